"""BG/NBD against published numbers, and against simulation of its own story."""

import math

import numpy as np
import pytest

from sim.logs.events import read_events
from sim.logs.purchases import buying_days
from sim.logs.table import WEEK
from sim.study.backtest.bgnbd import BgNbd, Buyers, fit_bgnbd
from sim.study.backtest.purchases import buyers_of, draw_bgnbd

PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
"""Fader, Hardie and Lee 2005, table 2: one customer in ten of CDNOW, 39 weeks."""


def buyers(*rows):
    return Buyers(*np.array(rows, dtype=np.float64).T)


def test_the_published_customer():
    # Their note on BG/NBD in a spreadsheet: x = 2, t_x = 30.43, T = 38.86; 39 weeks ahead
    expected = PUBLISHED.to_come(buyers((2, 30.43, 38.86)), weeks=39)
    assert expected[0] == pytest.approx(1.226, abs=5e-4)


def story(law, weeks, runs, seed):
    """Purchase times of members, as the model tells it; numpy and nothing else."""
    rng = np.random.default_rng(seed)
    rate, drop = rng.gamma(law.r, 1 / law.alpha, runs), rng.beta(law.a, law.b, runs)
    now, count, last, alive = np.zeros(runs), np.zeros(runs), np.zeros(runs), np.ones(runs, bool)
    while alive.any():
        now[alive] += rng.exponential(1 / rate[alive])
        alive &= now <= weeks
        count[alive] += 1
        last[alive] = now[alive]
        alive &= rng.random(runs) >= drop
    return count, last


LAW = BgNbd(r=0.9, alpha=5.0, a=1.4, b=3.0)


def test_expected_purchases_by_simulation():
    count, _ = story(LAW, 30.0, 200_000, 1)
    error = count.std() / math.sqrt(count.size)
    assert LAW.expected(30.0) == pytest.approx(count.mean(), abs=4 * error)


def test_likelihood_of_a_count_by_simulation():
    # the density of (x = 1, t_x) integrated over t_x is the chance of one purchase
    count, _ = story(LAW, 12.0, 200_000, 2)
    at = np.linspace(0.0, 12.0, 4001)[1:] - 12.0 / 8000
    densities = np.exp(LAW.log_likelihood(Buyers(np.ones(at.size), at, np.full(at.size, 12.0))))
    assert densities.mean() * 12.0 == pytest.approx((count == 1).mean(), abs=0.004)
    none = np.exp(LAW.log_likelihood(buyers((0, 0, 12))))[0]
    assert none == pytest.approx((count == 0).mean(), abs=0.004)


def test_who_is_alive_by_simulation():
    # who bought again once, in weeks 4 to 6 of 12: how many have not dropped out
    runs = 400_000
    rng = np.random.default_rng(4)
    rate, drop = rng.gamma(LAW.r, 1 / LAW.alpha, runs), rng.beta(LAW.a, LAW.b, runs)
    first = rng.exponential(1 / rate)
    stays = rng.random(runs) >= drop
    second = first + rng.exponential(1 / rate)
    seen = (first > 4) & (first <= 6) & ((second > 12) | ~stays)
    alive = stays[seen]
    at = np.linspace(4, 6, 201)
    history = Buyers(np.ones(at.size), at, np.full(at.size, 12.0))
    weights = np.exp(LAW.log_likelihood(history))
    expected = (weights @ LAW.alive(history)) / weights.sum()
    assert expected == pytest.approx(alive.mean(), abs=4 * math.sqrt(0.25 / seen.sum()))


def test_draws_have_the_expected_mean():
    history = buyers((0, 0, 20), (3, 15, 20), (3, 2, 20), (12, 19, 20))
    drawn = draw_bgnbd(LAW, history, weeks=26, runs=40_000, rng=np.random.default_rng(5))
    error = drawn.std(axis=0) / 200
    assert (np.abs(drawn.mean(axis=0) - LAW.to_come(history, weeks=26)) < 4 * error).all()


def test_parameters_of_the_whole_cohort_are_near_those_of_the_published_tenth(train):
    table = read_events(train / "shop_cdnow.csv.gz")
    until = table.start + 39 * WEEK
    days = buying_days(table)
    about = buyers_of(days, members=np.arange(table.members), until=until)
    law = fit_bgnbd(about)
    assert law.r == pytest.approx(PUBLISHED.r, rel=0.05)
    assert law.alpha == pytest.approx(PUBLISHED.alpha, rel=0.1)
    assert law.a / (law.a + law.b) == pytest.approx(0.793 / 3.219, rel=0.05)
    gained = law.log_likelihood(about).sum() - PUBLISHED.log_likelihood(about).sum()
    assert 0 < gained < 0.001 * abs(law.log_likelihood(about).sum())
