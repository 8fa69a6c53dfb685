"""Shocks with a date: read, taken out of the past, put into the future."""

import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.community import community_from_log
from sim.logs.dated import Dated, coming, past_weeks, read_dated, with_dated
from sim.logs.fit_law import FIT_WEEKS, fit_law, law_rows
from sim.logs.law import POOLED
from sim.logs.synthetic import MONDAY, synthetic_events, synthetic_log
from sim.logs.table import DAY, WEEK, day_text
from sim.logs.volatility import speakers_volatility, volatility
from sim.logs.weeks import weekly_series


def test_as_written():
    assert read_dated("2024-01-15:launch") == Dated(MONDAY + 14 * DAY, kind="launch")
    assert read_dated("2024-01-15:-0.5") == Dated(MONDAY + 14 * DAY, size=-0.5)
    assert read_dated("2024-01-15：开业").kind == "开业"
    for text in ("2024-01-15", "2024-01-15:", "2024-01-15:9", "2024-01-15:nan"):
        with pytest.raises(UserError) as error:
            read_dated(text)
        assert (error.value.kind, error.value.reason) == ("wrong_form", "shock")
    with pytest.raises(UserError) as error:
        read_dated("January:launch")
    assert error.value.reason == "date"


def test_past_and_coming():
    dated = [read_dated("2024-01-15:launch"), read_dated("2024-03-06:-0.7")]
    until = MONDAY + 8 * WEEK
    assert past_weeks(dated, start=MONDAY, until=until) == [2]
    # the coming one is on a Wednesday, two days into the second simulated week
    ahead = coming(dated, first=until, weeks=3)
    assert ahead == pytest.approx([0.0, -0.7 * 5 / 7, -0.7])
    with pytest.raises(UserError) as error:
        past_weeks([read_dated("2024-01-15:1")], start=MONDAY, until=until)
    assert error.value.reason == "shock_size"
    for text in ("2023-12-31:before", "2024-02-26:after"):
        with pytest.raises(UserError) as error:
            past_weeks([read_dated(text)], start=MONDAY, until=until)
        assert error.value.reason == "shock_past"


def test_columns():
    active = synthetic_log(POOLED.mean, weeks=20, arrivals=3.0, seed=1).active
    rows = law_rows(active, columns=POOLED.columns, weeks=FIT_WEEKS)
    wider, prior = with_dated(rows, weeks=[50, 10], prior=POOLED)
    assert prior.terms[12:] == tuple(f"shock_1_{k}" for k in range(5))  # the other lies outside
    for block in wider:
        extra = block.z[0, 12:].tolist()
        assert extra == [block.week < 10, *(block.week == 10 + k for k in range(4))]
    same, unchanged = with_dated(rows, weeks=[], prior=POOLED)
    assert same == rows
    assert unchanged is POOLED


def test_changes_across_the_date_are_left_out():
    # a flat series that doubles in week 40: all the volatility there is comes from the step
    series = np.where(np.arange(80) < 40, 50.0, 100.0)
    quiet = volatility(np.full(80, 50.0), prior=0.3)
    assert volatility(series, prior=0.3) > quiet + 0.06
    # fewer changes are left, so the prior weighs more than in the flat series
    assert quiet < volatility(series, prior=0.3, dated=[40]) < quiet + 0.05
    assert volatility(series[30:52], prior=0.3, dated=[10]) == 0.3


@pytest.fixture(scope="module")
def shocked():
    """Communities of one truth with a step of -1.5 in week 60, and the same without."""
    step = dict.fromkeys(range(60, 90), -1.5)
    law = [*POOLED.mean[:11], 0.0]
    return [
        [
            synthetic_log(law, weeks=90, arrivals=8.0, seed=seed, noise=0.1, dated=dated).active
            for dated in (step, None)
        ]
        for seed in range(5)
    ]


def test_a_known_step_is_no_volatility(shocked):
    naive, told, calm = np.mean(
        [
            [
                speakers_volatility(weekly_series(active)),
                speakers_volatility(weekly_series(active), dated=[60]),
                speakers_volatility(weekly_series(still)),
            ]
            for active, still in shocked
        ],
        axis=0,
    )
    assert abs(told - calm) < 0.5 * abs(naive - calm)


def test_the_law_is_that_of_the_level_since(shocked):
    naive, told = [], []
    for active, _ in shocked:
        naive.append(fit_law(active).coefficients - POOLED.mean)
        told.append(fit_law(active, dated=[60]).coefficients - POOLED.mean)
    # today's intercept is 1.5 lower
    naive, told = (np.array(x) + np.array([1.5, *[0.0] * 11]) for x in (naive, told))
    assert np.abs(told[:, 0]).mean() < np.abs(naive[:, 0]).mean()


@pytest.mark.slow
def test_bands_are_narrower_and_a_coming_shock_moves_them(shocked):
    from sim.study.forecast import forecast

    table = synthetic_events(shocked[0][0], seed=9)
    past = Dated(MONDAY + 60 * WEEK, kind="closure")
    ahead = Dated(table.end + 14 * DAY, size=-1.0)
    options = {"weeks": 8, "replicates": 40, "jobs": 1}
    naive, told, moved = (
        forecast(table, dated=dated, **options) for dated in ((), (past,), (past, ahead))
    )
    widths = [
        np.log((one.quantiles[0, :, 4] + 1) / (one.quantiles[0, :, 0] + 1)).mean()
        for one in (naive, told)
    ]
    assert widths[1] < widths[0]
    np.testing.assert_array_equal(told.quantiles[:, :2], moved.quantiles[:, :2])
    assert np.all(moved.quantiles[0, 3:, 2] < 0.8 * told.quantiles[0, 3:, 2])
    assert np.all(moved.quantiles[2, 4:].mean() < told.quantiles[2, 4:].mean())


def test_a_community_with_a_shock_outside_of_its_log(random_table):
    table = random_table(1)
    late = Dated(table.end + WEEK, kind="move")
    with pytest.raises(UserError, match=day_text(late.seconds)) as error:
        community_from_log(table, dated=[late])
    assert error.value.reason == "shock_past"
