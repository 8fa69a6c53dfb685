import math

import numpy as np
import pytest

from sim.logs.replay import replay
from sim.logs.table import DAY, WEEK
from sim.logs.weeks import active_weeks


class Person:
    """One member's state, updated a week at a time as the law's definition reads."""

    def __init__(self, week, messages):
        self.habit = [0.0, 0.0, 0.0]
        self.weight = [0.0, 0.0, 0.0]
        self.silent = self.known = 1
        self.once = True
        self.volume = (messages + 3) / 2
        self.first = self.last = week
        self.total = messages
        self.cut = 0

    def week(self, week, messages):
        for scale, tau in enumerate((2, 8, 40)):
            decay = math.exp(-1 / tau)
            self.habit[scale] = decay * self.habit[scale] + (messages > 0)
            self.weight[scale] = decay * self.weight[scale] + 1
        self.known += 1
        self.silent += 1
        if messages:
            self.silent = 1
            self.once = False
            self.volume = 0.75 * self.volume + 0.25 * messages
            self.last = week
            self.total += messages


def naive_replay(table, until):
    whole, rest = divmod(until - table.start, WEEK)
    people = {}
    level = short = long = 0.0
    for week in range(whole + (rest > 0)):
        counts = {}
        for second, member, event in zip(table.seconds, table.member, table.event, strict=True):
            if event == 0 and second < until and (second - table.start) // WEEK == week:
                counts[member] = counts.get(member, 0) + 1
        cut = week == whole
        for member, person in people.items():
            if counts.get(member, 0) or not cut or rest >= WEEK / 2:
                person.week(week, counts.get(member, 0))
        for member, count in counts.items():
            if member not in people:
                people[member] = Person(week, count)
            people[member].cut = count if cut else 0
        if not cut:
            level = math.log(len(counts) + 1)
            short += max(1 / 8, 1 / (week + 1)) * (level - short)
            long += max(1 / 52, 1 / (week + 1)) * (level - long)
    return people, (level, short, long)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("days", [None, 7, 70, 101, 103.4])
def test_replay_against_one_person_at_a_time(random_table, seed, days):
    table = random_table(seed)
    until = table.end if days is None else table.start + int(days * DAY)
    states = replay(table, until=until)
    people, level = naive_replay(table, until)
    assert set(states.member.tolist()) == set(people)
    for row, member in enumerate(states.member):
        person = people[member]
        np.testing.assert_allclose(states.habits[:, row], person.habit, atol=1e-12)
        assert states.volume[row] == pytest.approx(person.volume)
        assert states.weeks_silent[row] == person.silent
        assert states.weeks_known[row] == person.known
        assert states.once[row] == person.once
        assert (states.first_week[row], states.last_week[row]) == (person.first, person.last)
        assert (states.messages[row], states.cut_messages[row]) == (person.total, person.cut)
        share = (np.array(person.habit) + 0.05) / (np.array(person.weight) + 0.5)
        np.testing.assert_allclose(states.terms()[row, 1:4], np.log(share / (1 - share)))
    assert (states.level.last, states.level.short, states.level.long) == pytest.approx(level)


def test_replaying_up_to_a_date_ignores_what_comes_after(random_table):
    table = random_table(11)
    until = table.start + 100 * DAY
    whole, cut = replay(table, until=until), replay(table.before(until), until=until)
    np.testing.assert_array_equal(whole.member, cut.member)
    np.testing.assert_array_equal(whole.terms(), cut.terms())


def test_asking_a_day_later_hardly_moves_a_state(random_table):
    # a week of which one day was seen is not a week of silence
    table = random_table(2)
    at = table.start + 70 * DAY
    before, after = replay(table, until=at), replay(table, until=at + DAY)
    silent = after.cut_messages[: before.member.size] == 0
    np.testing.assert_array_equal(
        before.weeks_silent[silent], after.weeks_silent[: before.member.size][silent]
    )
    assert before.level == after.level
    assert (before.week, after.week) == (10, 11)


def test_a_week_that_is_nearly_over_counts_almost_as_a_whole_one(random_table):
    table = random_table(3)
    at = table.start + 70 * DAY
    whole, nearly = replay(table, until=at), replay(table, until=at - 1)
    assert whole.week == nearly.week
    np.testing.assert_array_equal(whole.habits, nearly.habits)
    np.testing.assert_array_equal(whole.weeks_silent, nearly.weeks_silent)


def test_a_real_log(train):
    from sim.logs.events import read_events

    table = read_events(train / "gitter_fcc_tampa.csv.gz")
    states = replay(table)
    people, level = naive_replay(table, table.end)
    assert states.member.size == 32
    for row, member in enumerate(states.member):
        np.testing.assert_allclose(states.habits[:, row], people[member].habit, atol=1e-10)
        assert states.weeks_silent[row] == people[member].silent
    assert states.level.long == pytest.approx(level[2])
    assert states.week == active_weeks(table).origin
