import numpy as np
import pytest

from sim.logs.table import DAY, WEEK
from sim.logs.weeks import active_weeks, weekday_shares, weekly


def naive_weekly(table, until):
    """Sets of names, one event at a time."""
    weeks = (until - table.start) // WEEK
    speakers = [set() for _ in range(weeks)]
    messages = [0] * weeks
    newcomers = [0] * weeks
    seen = set()
    for second, member, event in zip(table.seconds, table.member, table.event, strict=True):
        week = (second - table.start) // WEEK
        if event != 0 or second >= until or week >= weeks:
            continue
        speakers[week].add(member)
        messages[week] += 1
        newcomers[week] += member not in seen
        seen.add(member)
    return [len(s) for s in speakers], messages, newcomers


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("days", [7, 30, 100.5, 205])
def test_series_against_counting_by_hand(random_table, seed, days):
    table = random_table(seed)
    until = table.start + int(days * DAY)
    series = weekly(table, until=until)
    speakers, messages, newcomers = naive_weekly(table, until)
    assert series.speakers.tolist() == speakers
    assert series.messages.tolist() == messages
    assert series.newcomers.tolist() == newcomers


def test_weeks_begin_at_midnight_of_the_first_event_of_any_kind(make_table):
    table = make_table([(2.9, "a", "join"), (8.99, "a"), (9.0, "b"), (15.99, "a"), (16.5, "c")])
    series = weekly(table)
    assert series.speakers.tolist() == [1, 2]
    assert series.newcomers.tolist() == [1, 1]
    assert series.messages.tolist() == [1, 2]


def test_a_log_shorter_than_a_week_has_no_week(make_table):
    assert weekly(make_table([(0.0, "a"), (3.0, "a")])).speakers.size == 0


def test_weeks_can_be_counted_from_elsewhere(make_table):
    table = make_table([(0.0, "a"), (8.0, "a"), (20.9, "b")])
    series = weekly(table, start=table.start + 7 * DAY)
    assert series.speakers.tolist() == [1, 1]
    assert series.newcomers.tolist() == [1, 1]


def test_the_cut_week_is_kept_apart(make_table):
    table = make_table([(0.0, "a"), (8.0, "b"), (8.5, "b")])
    active = active_weeks(table, until=table.start + 10 * DAY)
    assert (active.whole, active.cut, active.origin) == (1, pytest.approx(3 / 7), 2)
    assert active.week.tolist() == [0, 1]
    assert active.messages.tolist() == [1, 2]
    assert active_weeks(table, until=table.start + 14 * DAY).origin == 2


def test_weekday_shares_count_speaking_days_not_messages(make_table):
    # position 0 is the weekday of the first event; half a day is added to each position
    rows = [(0.1 + i / 100, "a") for i in range(30)] + [
        (1.0, "a"),
        (1.0, "b"),
        (8.0, "b"),
        (13.9, "a"),
    ]
    shares = weekday_shares(make_table(rows))
    days = np.array([1, 3, 0, 0, 0, 0, 1]) + 0.5
    np.testing.assert_allclose(shares, days / days.sum())
