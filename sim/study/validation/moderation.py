"""Moderation: the orderings of Ren and Kraut 2014, and how different communities are (V26).

Their simulator compared no moderation, deletion of off-topic messages for all, and showing each
member what matches, in communities of narrow or broad topics and of low or high volume. The
coefficients of that simulator were not published in full; only orderings and ratios are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics import run_kpis
from sim.population import FLAGS as FLAG_COLUMN
from sim.population import LANES, PRESENT
from sim.study.validation.finding import Finding, judge, within
from sim.study.validation.observe import start
from sim.study.validation.operating import with_levers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.scenario import Scenario
    from sim.simulation import Run

_SETTLED, _DAYS = 100, 300
ARMS: Mapping[str, Mapping[str, float]] = {
    "none": {}, "community": {"moderation": 1.0}, "personal": {"personal": 1.0},
}  # fmt: skip
VOLUMES: Mapping[str, Mapping[str, object]] = {
    "low": {"members.initial": 100, "reach.open": 0.5},
    "high": {"members.initial": 400, "reach.open": 2.0, "law.intercept": -0.3},
}
BREADTHS: Mapping[str, Mapping[str, object]] = {
    "narrow": {"talk.breadth": 0.3}, "broad": {"talk.breadth": 0.8},
}  # fmt: skip
_COMMON: Mapping[str, object] = {
    "talk.offtopic": 0.3, "policies": [], "platform": "open",
    "groups.capacity": 5000, "groups.qr_limit": 5000,
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One arm, one entry a seed: posts a day, visits a member and day, ties a member."""

    posts: NDArray[np.float64]
    visits: NDArray[np.float64]
    ties: NDArray[np.float64]


def ties_per_member(run: Run) -> float:
    """Mean weight of all ties of present members."""
    rows = run.members.rows
    block, lane = rows // LANES, rows % LANES
    here = run.members.byte[block, FLAG_COLUMN, lane] & PRESENT > 0
    total = float(run.members.tie[rows[here]].sum(dtype=np.float64))
    return total / max(1, int(here.sum()))


def simulate(scenario: Scenario, *, seed: int, count: int) -> dict[tuple[str, str, str], Outcome]:
    """All arms: (volume, breadth, moderation) to outcomes, the same seeds in each."""
    outcomes = {}
    for volume, size in VOLUMES.items():
        for breadth, topics in BREADTHS.items():
            setting = scenario.replace({**_COMMON, **size, **topics})
            for arm, doses in ARMS.items():
                levers = with_levers(setting, days=_DAYS, doses=doses)
                rows = []
                for replicate in range(count):
                    run = start(setting, seed=seed, replicate=replicate, days=_DAYS, levers=levers)
                    run.advance()
                    daily = run.record()
                    visits = daily.total("openers")[_SETTLED:] / daily.total("members")[_SETTLED:]
                    posts = float(daily.total("messages")[_SETTLED:].mean())
                    rows.append((posts, float(visits.mean()), ties_per_member(run)))
                outcomes[volume, breadth, arm] = Outcome(*np.array(rows).T)
    return outcomes


def orderings(outcomes: Mapping[tuple[str, str, str], Outcome]) -> list[Finding]:
    """Results 1, 1b, 2, 3 and 4 of the published experiment."""

    def posts_ratio(volume: str, breadth: str, arm: str) -> NDArray[np.float64]:
        base = outcomes[volume, breadth, "none"].posts
        return outcomes[volume, breadth, arm].posts / np.maximum(base, 1e-9)

    def pooled(volume: str, arm: str) -> NDArray[np.float64]:
        return np.concatenate([posts_ratio(volume, breadth, arm) for breadth in BREADTHS])

    best = np.minimum(
        pooled("high", "personal"), pooled("high", "personal") / pooled("high", "community")
    )
    gain = {
        f"{v}, {b}": float(np.median(posts_ratio(v, b, "personal")))
        for v in VOLUMES
        for b in BREADTHS
    }
    plain = pooled("high", "community")
    visits = {
        arm: np.concatenate(
            [outcomes["high", b, arm].visits / outcomes["high", b, "none"].visits for b in BREADTHS]
        )
        for arm in ("community", "personal")
    }
    ties = np.concatenate(
        [outcomes["high", b, "community"].ties / outcomes["high", b, "none"].ties for b in BREADTHS]
    )
    larger = {
        "high - low": sum(gain[f"high, {b}"] - gain[f"low, {b}"] for b in BREADTHS) / 2.0,
        "broad - narrow": sum(gain[f"{v}, broad"] - gain[f"{v}, narrow"] for v in VOLUMES) / 2.0,
    }
    high = float(np.median(pooled("high", "personal")))
    first = float((best > 1.0).mean())
    no_gain = float((plain <= 1.0).mean())
    loses = float((ties < 1.0).mean())
    return [
        Finding(
            key="V27, R1", statement="posts: personalised above none and above community-level",
            band="in 90 % of seeds at high volume; ratio to none 1.15 to 1.8 (1.36)", mark="seen",
            values={"seeds": first, "high": high} | gain,
            verdict=judge(first >= 0.9, within(high, 1.15, 1.8)),
        ),
        Finding(
            key="V27, R1b", statement="posts: community-level brings no gain over none",
            band="in 90 % of seeds at high volume; ratio about .91", mark="seen",
            values={"seeds": no_gain, "ratio": float(np.median(plain))},
            verdict=judge(no_gain >= 0.9),
        ),
        Finding(
            key="V27, R2", statement="visits a member: both above none", band="both", mark="seen",
            values={f"seeds, {k}": float((v > 1.0).mean()) for k, v in visits.items()}
            | {f"ratio, {k}": float(np.median(v)) for k, v in visits.items()},
            verdict=judge(*(float((v > 1.0).mean()) >= 0.9 for v in visits.values())),
        ),
        Finding(
            key="V27, R3", band="both", mark="seen", values=larger,
            statement="gain of personalising: larger at high volume, and in broad topics",
            verdict=judge(
                larger["high - low"] > 0.0,
                larger["broad - narrow"] > 0.0,
            ),
        ),
        Finding(
            key="V27, R4", statement="deleting costs ties: community-level below none",
            band="in 90 % of seeds at high volume", mark="seen",
            values={"seeds": loses, "ratio": float(np.median(ties))}, verdict=judge(loses >= 0.9),
        ),
    ]  # fmt: skip


def different(scenario: Scenario, *, seed: int) -> Scenario:
    """A community like the scenario, but with habits, inflow, topics and hazards of its own."""
    rng = np.random.default_rng(seed)
    z = rng.standard_normal(8)

    def scaled(
        path: str, value: float, sigma: float, draw: float, low: float, high: float
    ) -> dict[str, object]:
        return {path: float(np.clip(value * np.exp(sigma * draw), low, high))}

    changes: dict[str, object] = {
        "law.intercept": float(np.clip(scenario.law.intercept + 0.48 * z[0], -5.0, 2.0)),
        "talk.breadth": float(rng.uniform(0.1, 0.9)),
        "members.initial": int(np.clip(100 * np.exp(0.6 * z[1]), 30, 400)),
        "policies": [], "platform": "open", "groups.capacity": 5000, "groups.qr_limit": 5000,
    }  # fmt: skip
    changes |= scaled("reach.open", 1.0, 0.8, z[2], 0.0, 100.0)
    changes |= scaled("exit.hazard", scenario.exit.hazard, 0.5, z[3], 0.01, 0.15)
    changes |= scaled("member.activity_rate", scenario.member.activity_rate, 0.5, z[4], 0.03, 1.5)
    changes |= scaled("invite.rate", scenario.invite.rate, 0.7, z[5], 0.01, 2.0)
    changes |= scaled("member.friends_median", scenario.member.friends_median, 0.4, z[6], 1.0, 40.0)
    return scenario.replace(changes)


def success_finding(scenario: Scenario, *, seed: int, count: int, days: int = 365) -> Finding:
    """V26: rank correlations of four kinds of success over different communities."""
    from scipy.stats import spearmanr

    rows = []
    for number in range(count):
        run = start(different(scenario, seed=seed + number), seed=seed, replicate=number, days=days)
        run.advance()
        record = run.record()
        speakers = record.total("speakers")
        stayed = run_kpis(record, keys=("retention_d90",))["retention_d90"]
        rows.append(
            (
                float(np.log(record.total("members")[-1] / record.initial_members)),
                stayed if isinstance(stayed, float) else np.nan,
                float(np.log((speakers[-84:].mean() + 0.1) / (speakers[:84].mean() + 0.1))),
                float(np.log1p(record.total("messages").mean())),
            )
        )
    names = ("growth", "retention", "survival", "volume")
    matrix = np.asarray(spearmanr(np.array(rows), nan_policy="omit").statistic)
    values = {
        f"{names[i]}, {names[j]}": float(matrix[i, j]) for i in range(4) for j in range(i + 1, 4)
    }
    return Finding(
        key="V26", statement="kinds of success over different communities: rank correlations",
        band="absolute values below .7", values=values, mark="seen",
        verdict=judge(*(abs(value) < 0.7 for value in values.values())),
        note="communities differ in habit (as the logs do), inflow, topics, hazards, volume, size",
    )  # fmt: skip
