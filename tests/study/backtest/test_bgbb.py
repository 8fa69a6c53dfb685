"""BG/BB against sums that must be one, and against brute force."""

import math

import numpy as np
import pytest

from sim.logs.bgbb import Histories, fit, histories, log_likelihood
from sim.logs.weeks import active_weeks
from sim.study.backtest.bgbb import forecast_bgbb

LAWS = np.array([0.7, 1.6, 0.5, 3.0])


def chance(spoken, last, known, laws=LAWS):
    arrays = (np.array([value], np.int64) for value in (spoken, last, known))
    found = log_likelihood(laws, **dict(zip(("spoken", "last", "known"), arrays, strict=True)))
    return math.exp(found[0])


@pytest.mark.parametrize("known", [1, 2, 5, 12])
def test_chances_of_all_histories_add_up_to_one(known):
    total = chance(0, 0, known)
    for last in range(1, known + 1):
        for spoken in range(1, last + 1):
            total += math.comb(last - 1, spoken - 1) * chance(spoken, last, known)
    assert total == pytest.approx(1, abs=1e-9)


def test_a_history_by_simulation():
    rng = np.random.default_rng(1)
    runs, known = 200_000, 4
    p, theta = rng.beta(*LAWS[:2], runs), rng.beta(*LAWS[2:], runs)
    alive = np.cumprod(rng.random((known, runs)) >= theta, axis=0).astype(bool)
    spoke = alive & (rng.random((known, runs)) < p)
    share = np.mean((spoke == np.array([True, False, True, False])[:, None]).all(axis=0))
    assert share == pytest.approx(chance(2, 3, 4), abs=4 * math.sqrt(share / runs))


def test_laws_are_found_again():
    rng = np.random.default_rng(2)
    members, known = 6000, 30
    p, theta = rng.beta(1.2, 3.0, members), rng.beta(0.8, 8.0, members)
    alive = np.cumprod(rng.random((known, members)) >= theta, axis=0).astype(bool)
    spoke = alive & (rng.random((known, members)) < p)
    weeks = np.arange(1, known + 1)[:, None]
    a, b, c, d = fit(
        Histories(
            spoken=spoke.sum(axis=0), last=(spoke * weeks).max(axis=0),
            known=np.full(members, known),
        )
    )  # fmt: skip
    assert a / (a + b) == pytest.approx(1.2 / 4.2, rel=0.08)
    assert c / (c + d) == pytest.approx(0.8 / 8.8, rel=0.2)


def test_histories_are_counted_by_hand(make_table):
    table = make_table([(0, "a"), (8, "a"), (21, "a"), (7, "b"), (27.9, "c")])
    about, codes = histories(active_weeks(table))
    names = [table.names[code] for code in codes]
    rows = dict(zip(names, zip(about.spoken, about.last, about.known, strict=True), strict=True))
    assert rows == {"a": (2, 3, 3), "b": (0, 0, 2), "c": (0, 0, 0)}


def test_a_steady_group_is_forecast_as_steady(make_table):
    table = make_table([(7 * week + who / 10, f"m{who}") for week in range(40) for who in range(8)])
    quantiles = forecast_bgbb(active_weeks(table), weeks=4, runs=60)
    assert quantiles.shape == (3, 4, 5)
    assert (np.diff(quantiles, axis=2) >= 0).all()
    assert 5 <= quantiles[0, 0, 2] <= 8.5
    assert quantiles[2, :, 2].max() <= 1
