import math

import numpy as np
import pytest

from sim.logs.inflow import fit_inflow, local_trend, youth


def test_against_the_formula_one_week_at_a_time():
    newcomers = np.array([50, 3, 0, 2, 5, 1, 4], dtype=np.int64)
    shape, rate = 0.3, 0.3 / (15 / 6)
    memory = 10 - 6 * math.exp(-((6 / 52) ** 2))
    for week in range(1, 7):
        weight = math.exp(-(7 - week) / memory)
        shape += weight * newcomers[week]
        rate += weight
    fit = fit_inflow(newcomers)
    assert (fit.shape, fit.rate) == (pytest.approx(shape), pytest.approx(rate))
    assert fit.long_run == pytest.approx(math.log(15 / 6))
    assert (fit.largest, fit.weeks) == (5.0, 6)


@pytest.mark.parametrize("level", [1, 7, 40])
def test_a_constant_inflow_is_its_own_level(level):
    fit = fit_inflow(np.full(200, level))
    assert fit.mean == pytest.approx(level)
    assert math.exp(fit.long_run) == pytest.approx(level)


def test_the_first_week_does_not_count():
    a, b = np.array([0, 2, 2, 2]), np.array([900, 2, 2, 2])
    assert fit_inflow(a) == fit_inflow(b)


def test_recent_weeks_count_most_and_two_years_give_the_long_run():
    newcomers = np.concatenate([np.full(200, 9), np.full(104, 2), np.full(5, 6)])
    fit = fit_inflow(newcomers)
    assert 2 < fit.mean < 6
    assert math.exp(fit.long_run) == pytest.approx((99 * 2 + 5 * 6) / 104)


def test_a_log_where_nobody_came_keeps_a_small_chance():
    fit = fit_inflow(np.concatenate([[10], np.zeros(80, dtype=np.int64)]))
    assert 0 < fit.mean < 0.05
    assert math.isfinite(fit.long_run)
    assert fit.largest == 1.0


def test_a_poisson_level_is_found_within_its_own_error():
    rng = np.random.default_rng(0)
    away = []
    for _ in range(400):
        level = rng.gamma(4.0, 2.0)
        fit = fit_inflow(rng.poisson(level, size=150))
        away.append((fit.mean - level) / math.sqrt(fit.shape) * fit.rate)
    # weights exp(-age/10) leave half of the variance that the posterior claims: sum w^2 / sum w
    assert np.std(away) == pytest.approx(math.sqrt(0.5), abs=0.08)
    assert abs(np.mean(away)) < 0.1


def test_youth_passes_within_two_years():
    assert youth(0) == 1.0
    assert youth(52) == pytest.approx(math.exp(-1))
    assert youth(104) == pytest.approx(math.exp(-4))
    assert youth(400) < 1e-20


@pytest.mark.parametrize("weeks", [2, 9, 30])
def test_the_trend_is_the_slope_of_a_straight_line_shrunk_by_its_luck(weeks):
    counts = np.random.default_rng(weeks).poisson(6.0, weeks).astype(np.float64) + 1.0
    week = np.arange(weeks)
    weights = np.exp((week - weeks) / 12)
    slope = np.polyfit(week, counts, 1, w=np.sqrt(weights))[0]
    level = np.average(counts, weights=weights)
    away = week - np.average(week, weights=weights)
    # the slope is sum(gain * counts); a count has variance level + level^2 / 3.5
    gain = weights * away / (weights @ away**2)
    variance = (gain @ gain) * (level + level**2 / 3.5) / level**2
    expected = slope / level * 0.05**2 / (0.05**2 + variance)
    assert local_trend(counts) == pytest.approx(expected, rel=1e-9)


def test_no_trend_without_change_or_in_one_week():
    assert local_trend(np.full(40, 7.0)) == pytest.approx(0.0, abs=1e-15)
    assert local_trend(np.zeros(40)) == 0.0
    assert local_trend(np.array([5.0])) == 0.0


def test_trends_drawn_from_the_prior_are_found_better_than_by_saying_none():
    rng = np.random.default_rng(3)
    week = np.arange(-30, 0)
    true, found = rng.normal(0.0, 0.05, 400), []
    for trend in true:
        rate = 20 * np.exp(trend * week) * rng.gamma(3.5, 1 / 3.5, week.size)
        found.append(local_trend(rng.poisson(rate).astype(np.float64)))
    assert np.mean((true - found) ** 2) < 0.4 * 0.05**2
    assert np.corrcoef(true, found)[0, 1] > 0.8


def test_a_launch_goes_on_and_an_old_log_reverts():
    growth = np.round(5 * np.exp(0.05 * np.arange(30))).astype(np.int64)
    launch = fit_inflow(growth)
    old = fit_inflow(np.concatenate([np.full(300, 5), growth]))
    assert launch.trend > 0.02
    assert launch.reversion < 0.3 * 0.025
    assert old.trend == pytest.approx(0.0, abs=1e-12)
    assert old.reversion == pytest.approx(0.025)
    assert fit_inflow(growth[::-1].copy()).trend < -0.02
