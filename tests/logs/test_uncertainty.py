"""Errors of what is read off a log: against exact laws, and against many logs of one truth."""

import math

import numpy as np
import pytest
from scipy.stats import chi2, gamma

from sim.logs.bgbb import turnover
from sim.logs.estimate import lognormal, normal, quantiles_of
from sim.logs.fit_messages import fit_messages
from sim.logs.inflow import fit_inflow
from sim.logs.law import POOLED
from sim.logs.synthetic import synthetic_events, synthetic_log
from sim.logs.table import EVENT_CODE, build_table
from sim.logs.uncertainty import (
    inflow_estimate,
    message_estimates,
    volatility_estimate,
    weekday_errors,
)
from sim.logs.weeks import active_weeks, weekday_shares


def test_ranges():
    one = normal(2.0, 0.5, prior_sd=1.0)
    assert (one.low, one.high) == pytest.approx((2 - 0.8224, 2 + 0.8224), abs=1e-3)
    assert one.contraction == pytest.approx(0.75)
    assert normal(0.0, 2.0, prior_sd=1.0).contraction == 0.0
    assert lognormal(2.0, 0.1).high == pytest.approx(2 * math.exp(0.16449), rel=1e-4)
    assert normal(0.0, 1.0).contraction is None
    assert quantiles_of(0.5, np.linspace(0, 1, 101)).low == pytest.approx(0.05)


def test_newcomers_have_their_gamma_posterior():
    fit = fit_inflow(np.array([9, 3, 4, 2, 5, 3, 3, 6, 1, 2]))
    one = inflow_estimate(fit)
    law = gamma(fit.shape, scale=1 / fit.rate)
    assert (one.low, one.high) == pytest.approx(law.ppf([0.05, 0.95]))
    draws = np.log(law.rvs(200_000, random_state=1))
    assert one.sd == pytest.approx(draws.std(), rel=0.01)


def test_a_volatility_has_a_chi_square_posterior():
    one = volatility_estimate(0.3, weeks=84)  # 66 changes, 13 a quarter
    freedom = 6 + 66 / 13
    assert one.low == pytest.approx(0.3 * math.sqrt(freedom / chi2.ppf(0.95, freedom)))
    assert one.high == pytest.approx(0.3 * math.sqrt(freedom / chi2.ppf(0.05, freedom)))
    assert volatility_estimate(0.3, weeks=10).contraction == pytest.approx(0.0)
    assert one.contraction > 0.4


def test_messages_stray_as_far_as_they_say():
    fits, errors = [], []
    for seed in range(30):
        active = synthetic_log(POOLED.mean, weeks=70, arrivals=3.0, seed=[2, seed]).active
        fit = fit_messages(active)
        base, volume, _, covariance = message_estimates(active, fit)
        assert np.diag(covariance) == pytest.approx([base.sd**2, volume.sd**2])
        fits.append([fit.base, fit.volume])
        errors.append([base.sd, volume.sd])
    # the truth is the prior's mean here, so the prior's part of the error does not show
    spread, told = np.std(fits, axis=0), np.mean(errors, axis=0)
    assert np.all(spread < 1.3 * told)
    assert np.all(spread > 0.3 * told)


def test_weekdays_stray_as_far_as_they_say():
    found, told = [], []
    for seed in range(25):
        active = synthetic_log(POOLED.mean, weeks=40, arrivals=2.0, seed=[3, seed]).active
        table = synthetic_events(active, seed=[4, seed])
        found.append(weekday_shares(table) - 1 / 7)  # every day is alike
        told.append(weekday_errors(table, until=table.end))
    spread = np.sqrt(np.mean(np.square(found)))
    assert spread == pytest.approx(np.sqrt(np.mean(np.square(told))), rel=0.2)


def test_turnover_holds_the_truth():
    rng = np.random.default_rng(6)
    rows = []
    for member in range(800):
        p, theta = rng.beta(1.2, 3.0), rng.beta(0.8, 6.0)
        start = int(rng.integers(0, 30))
        rows.append((7 * start, f"m{member}"))
        for week in range(start + 1, 52):
            if rng.random() < theta:
                break
            if rng.random() < p:
                rows.append((7 * week + 1, f"m{member}"))
    day, name = zip(*rows, strict=True)
    names = tuple(sorted(set(name)))
    size = len(rows)
    table = build_table(
        np.array(day, dtype=np.int64) * 86_400, np.array([names.index(n) for n in name], np.int32),
        np.full(size, EVENT_CODE["message"], np.uint8), np.full(size, -1, np.int32),
        np.full(size, np.nan), names=names,
    )  # fmt: skip
    found = turnover(active_weeks(table, until=52 * 7 * 86_400))
    for one, truth in ((found.speak, 1.2 / 4.2), (found.lost, 0.8 / 6.8)):
        middle, half = (one.low + one.high) / 2, (one.high - one.low) / 2
        assert abs(truth - middle) < 1.8 * half  # three standard deviations
        assert one.low < one.value < one.high
    stays = math.exp(sum(math.log((6 + k) / (6.8 + k)) for k in range(13)))
    assert found.quarter.value == pytest.approx(stays, abs=0.1)
