import numpy as np
import pytest

from sim.errors import UserError
from sim.logs.community import community_from_log
from sim.logs.law import MINIMAL
from sim.logs.table import DAY, WEEK


def test_eight_weeks_with_messages_are_needed(make_table):
    rows = [(7.0 * week, "a") for week in (0, 1, 2, 3, 10, 11, 12, 13)]
    table = make_table([*rows, (7.0 * 14 + 1, "b")])
    community = community_from_log(table, until=table.start + 14 * WEEK)
    assert community.week == 14
    with pytest.raises(UserError) as error:
        community_from_log(table, until=table.start + 13 * WEEK + DAY)
    assert (error.value.kind, error.value.reason) == ("too_short", "weeks")
    assert error.value.values == {
        "weeks": 7, "needed": 8, "backtest": 26, "until": "2024-04-02",
    }  # fmt: skip


def test_nothing_after_the_date_is_used(random_table):
    table = random_table(1)
    until = table.start + 120 * DAY
    a, b = (
        community_from_log(table, until=until),
        community_from_log(table.before(until), until=until),
    )
    np.testing.assert_array_equal(a.law.coefficients, b.law.coefficients)
    np.testing.assert_array_equal(a.states.terms(), b.states.terms())
    np.testing.assert_array_equal(a.first_counts, b.first_counts)
    np.testing.assert_array_equal(a.messages.misfit, b.messages.misfit)
    np.testing.assert_array_equal(a.returning.speakers, b.returning.speakers)
    np.testing.assert_array_equal(a.returning.messages, b.returning.messages)
    for name in ("inflow", "shock", "message_shock", "message_level", "message_noise"):
        assert getattr(a, name) == getattr(b, name)
    assert (a.messages.base, a.messages.volume) == (b.messages.base, b.messages.volume)


def test_simulated_day_zero_is_the_first_window_from_the_date_on(random_table):
    table = random_table(1)  # begins on a Monday
    for days, week in ((119, 17), (120, 18), (125, 18), (126, 18)):
        community = community_from_log(table, until=table.start + days * DAY)
        assert community.week == community.states.week == week
        assert community.start == table.start + week * WEEK
        assert community.first_weekday == 0
        assert community.series.speakers.size == days // 7


def test_the_pieces_fit_together(simulated_log):
    truth = [-0.9, 0.2, 0.2, 0.3, 0, -0.6, 0.2, 1.3, 0.2, -0.3, 0.2, 0]
    table = simulated_log(truth, weeks=60, arrivals=5.0, seed=4)
    community = community_from_log(table, prior=MINIMAL)
    assert community.states.member.size == table.members
    assert int(community.states.messages.sum()) == len(table)
    assert community.weekday.sum() == pytest.approx(1.0)
    assert community.weekday == pytest.approx(np.full(7, 1 / 7), abs=0.02)
    assert community.inflow.mean == pytest.approx(5.0, rel=0.4)
    assert community.law.terms == MINIMAL.terms
    assert community.first_counts.mean() == pytest.approx(3.0, rel=0.15)
