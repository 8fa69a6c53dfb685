"""Numbers of members: what must come of a line, of a standstill, and of luck."""

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.number_table import NumberRows
from sim.logs.table import DAY
from sim.study.counts import TREND_KEPT, counts_csv, forecast_counts, regular


def rows(days, values):
    return NumberRows(
        group="g", at=np.array(days, float) * DAY, value=np.array(values, float), column="members"
    )


def test_a_line_goes_on_a_little_slower_each_step():
    quantiles = forecast_counts(np.arange(100.0, 200.0, 5.0), 4)
    moved = np.cumsum(TREND_KEPT ** np.arange(1, 5))
    np.testing.assert_allclose(quantiles, (195 + 5 * moved)[:, None] * np.ones(5), rtol=1e-6)


def test_a_standstill_stays():
    np.testing.assert_allclose(forecast_counts(np.full(20, 70.0), 3), 70.0)
    assert (forecast_counts(np.zeros(20), 3) == 0).all()


def test_ranges_of_a_random_walk_hold_what_they_promise():
    rng = np.random.default_rng(2)
    inside = []
    for _ in range(400):
        walk = 10_000 + np.cumsum(rng.normal(0, 50, 46))
        quantiles = forecast_counts(walk[:40], 6)
        inside.append((quantiles[:, 0] <= walk[40:]) & (walk[40:] <= quantiles[:, 4]))
    assert 0.85 < np.mean(inside) < 0.97


def test_steps_are_made_equal_and_the_last_value_is_kept():
    found = regular(rows([0, 2, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20], range(12)))
    assert found.days == 2
    assert found.start == 0
    assert found.value[-1] == 11
    assert found.value.tolist() == [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]


def test_of_two_values_of_a_moment_one_counts():
    found = regular(rows([0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9], [1] * 4 + [5] * 7))
    assert found.value.tolist() == [1, 1, 1, 5, 5, 5, 5, 5, 5, 5]


def test_too_short():
    with pytest.raises(UserError) as caught:
        regular(rows(range(8), range(8)))
    assert (caught.value.reason, caught.value.values["steps"]) == ("steps", 7)
    with pytest.raises(UserError, match="steps"):
        regular(rows([3], [1]))


def test_dates_follow_the_last_one():
    series = regular(rows(range(0, 70, 7), range(10)))
    lines = counts_csv([("g", series, forecast_counts(series.value, 2))]).splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["1970-03-12", "1970-03-19"]
