import math

import numpy as np
import pytest

from sim.logs.inflow import fit_inflow


def test_against_the_formula_one_week_at_a_time():
    newcomers = np.array([50, 3, 0, 2, 5, 1, 4], dtype=np.int64)
    shape, rate = 0.3, 0.3 / (15 / 6)
    for week in range(1, 7):
        weight = math.exp(-(7 - week) / 10)
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
