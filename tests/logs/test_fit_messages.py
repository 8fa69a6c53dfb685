import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from sim.logs.fit_messages import first_counts, fit_messages, message_rows
from sim.logs.law import POOLED
from sim.logs.weeks import active_weeks


def test_known_law_is_recovered(simulated_log):
    law = (0.9, 0.6, 1.2)
    table = simulated_log(
        np.array(POOLED.mean) + np.eye(12)[0] * 0.8,
        weeks=80,
        arrivals=12.0,
        seed=3,
        message_law=law,
    )
    fit = fit_messages(active_weeks(table))
    assert fit.weeks > 1000
    # the prior (0.45, 0.75) is worth something: the tolerance is about two standard errors
    assert fit.base == pytest.approx(law[0], abs=0.15)
    assert fit.volume == pytest.approx(law[1], abs=0.06)
    assert fit.shape == pytest.approx(law[2], rel=0.25)


def test_rows_against_one_member_by_hand(make_table):
    # weeks 0, 2 and 3 with 1, 4 and 2 messages; one more week without
    rows = [
        (0.0, "a"),
        *[(14.0 + i / 9, "a") for i in range(4)],
        (21.0, "a"),
        (22.0, "a"),
        (34.9, "b"),
    ]
    active = active_weeks(make_table(rows))
    counts, volumes, ages = message_rows(active)
    start = (1 + 3) / 2
    assert counts.tolist() == [4, 2]
    np.testing.assert_allclose(np.exp(volumes), [start, 0.75 * start + 0.25 * 4])
    assert ages.tolist() == [3, 2]
    fit = fit_messages(active)
    said = fit.mean(np.array([start, 0.75 * start + 0.25 * 4]))
    # of five whole weeks, only the third and the fourth have somebody who had been known
    expected = np.log(np.array([4.5, 2.5]) / (said + 0.5))
    np.testing.assert_allclose(fit.misfit, [np.nan, np.nan, *expected, np.nan])


def test_without_active_weeks_the_prior_remains(make_table):
    fit = fit_messages(active_weeks(make_table([(0.0, "a"), (20.0, "b")])))
    assert (fit.base, fit.volume, fit.shape, fit.weeks) == (0.45, 0.75, 1.0, 0)


def test_single_messages_leave_no_room_for_bursts(make_table):
    table = make_table([(7.0 * week, f"m{i}") for week in range(40) for i in range(20)])
    fit = fit_messages(active_weeks(table))
    counts, volumes, _ = message_rows(active_weeks(table))
    assert set(counts.tolist()) == {1.0}
    assert fit.mean(np.exp(volumes)).mean() == pytest.approx(1.0, abs=0.15)


def test_the_optimum_is_one(simulated_log):
    # with the dispersion held at its value there, no other slope does better
    table = simulated_log(POOLED.mean, weeks=60, arrivals=4.0, seed=9)
    active = active_weeks(table)
    fit = fit_messages(active)
    counts, volumes, ages = message_rows(active)
    weights = np.exp(-ages / 26)
    mean = np.exp(fit.base + fit.volume * volumes)
    phi = max(1.0, float(weights @ ((counts - mean) ** 2 / mean) / weights.sum()))

    def loss(slope):
        log_mean = fit.base + slope * volumes
        likelihood = float(weights @ (counts * log_mean - np.exp(log_mean))) / phi
        return -likelihood + 0.5 * 200 * (slope - 0.75) ** 2

    best = minimize_scalar(loss, bounds=(-1, 3), method="bounded", options={"xatol": 1e-9})
    assert fit.volume == pytest.approx(best.x, abs=1e-5)


def test_first_counts_are_those_of_the_last_year(make_table):
    rows = [(0.0, "old")] + [(7.0 * 3, "early")] * 5
    rows += [
        (7.0 * 30, "late"),
        (7.0 * 30 + 1, "late"),
        (7.0 * 31, "late"),
        (7.0 * 60 - 0.1, "old"),
    ]
    assert first_counts(active_weeks(make_table(rows))).tolist() == [2]
    assert first_counts(active_weeks(make_table([*rows[:1], (20.0, "old")]))).tolist() == [1]
