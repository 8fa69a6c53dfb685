"""Comparisons against an effect that is known in closed form, and against none."""

from functools import cache

import numpy as np
import pytest

from sim.scenario import Scenario
from sim.study.paired import compare_pairs
from sim.study.store import Study
from sim.study.study import Runs
from sim.study.variant import Variant

DAYS, MARKET, FOUNDERS = 6, 40, 2
BEFORE, AFTER = 2.0, 3.0
PAIRS = 30


def town(reach):
    """Strangers walk in by one open door out of a finite town, and nobody invites anybody."""
    return Scenario.preset("interest").replace(
        {
            "policies": [], "days": DAYS, "platform": "open", "groups.capacity": 100_000,
            "groups.qr_limit": 100_000, "members.initial": FOUNDERS, "members.leaders": 0,
            "members.seed_users": 0, "members.administrators": 0, "market.size": MARKET,
            "tie.founders": 0.0, "invite.rate": 0.0, "reach.open": reach, "reach.content": 0.0,
            "shock.inflow_shape": 1000.0, "shock.inflow_share": 0.0, "shock.volatility": 0.0,
        }
    )  # fmt: skip


def expected(reach):
    """Newcomers: each day brings reach x (share of the town that has never joined)."""
    return (MARKET - FOUNDERS) * (1 - (1 - reach / MARKET) ** DAYS)


@cache
def joins(reach, trials):
    """Newcomers in many futures, the same ones under any reach: float64 (trials, PAIRS)."""
    arm = Variant(scenario=town(reach))
    runs = Runs(Study(variants=(arm,), seed=4), whole=0)
    runs.simulate(runs.missing(range(trials * PAIRS)))
    return np.array([run["joins"] for run in runs.kpis(arm.name).values()]).reshape(trials, PAIRS)


@pytest.mark.parametrize("trials", [20, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_known_effect_is_covered_as_often_as_said(trials):
    base, more = joins(BEFORE, 2 * trials)[:trials], joins(AFTER, trials)
    effect = expected(AFTER) - expected(BEFORE)
    found = [compare_pairs(a, b, direction=1) for a, b in zip(base, more, strict=True)]
    share = np.mean([one.lo <= effect <= one.hi for one in found])
    # two points of bias, and four standard errors of a share of so few trials
    assert abs(share - 0.95) <= 0.02 + 4 * np.sqrt(0.95 * 0.05 / trials)
    bias = np.mean([one.delta for one in found]) - effect
    assert abs(bias) < 4.5 * (more - base).std() / np.sqrt(more.size)


@pytest.mark.parametrize("trials", [20, pytest.param(1000, marks=pytest.mark.slow)])
def test_no_effect_between_independent_futures_is_covered_as_often_as_said(trials):
    base = joins(BEFORE, 2 * trials)
    found = [compare_pairs(a, b, direction=1) for a, b in zip(base[::2], base[1::2], strict=True)]
    share = np.mean([one.lo <= 0 <= one.hi for one in found])
    assert abs(share - 0.95) <= 0.02 + (4 * np.sqrt(0.95 * 0.05 / trials) if trials < 1000 else 0)
