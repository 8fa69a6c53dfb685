"""What the operator does of what policies wrote down: time, money, conditions, reactions."""

import threading
import time
from typing import ClassVar

import numpy as np
import pytest

from sim import checkpoint
from sim.errors import UserError
from sim.levers import LEVER_INDEX
from sim.policies import planning
from sim.policies.base import Policy, setting
from sim.policies.guarding import guarded
from sim.policies.planning import plan_levers
from sim.record import ACCOUNTS, DAILY
from sim.scenario import Scenario
from sim.simulation import Run

DAYS = 42
SMALL = Scenario.preset("knowledge").replace(
    {"members.initial": 60, "days": DAYS, "policies": [], "shock.volatility": 0.0}
)
CONTENT = {"use": "value_content", "amount": 1.0}
PACKET = {"use": "red_packet", "amount": 100, "every": 7}


def begin(*entries, scenario=SMALL, seed=3):
    return Run.start(scenario, seed=seed, levers=plan_levers(scenario, extra=entries))


def lived(*entries, scenario=SMALL):
    run = begin(*entries, scenario=scenario)
    run.advance()
    return run


def booked(run, account):
    return run.books.ledger[:, ACCOUNTS.index(account)]


def used(run, lever, group=0):
    return run.levers.values[:, group, LEVER_INDEX[lever]]


def same_life(one, other):
    """Whether members and groups are what they are in the other run, to the last bit."""
    return np.array_equal(one.groups, other.groups) and all(
        np.array_equal(mine, theirs)
        for mine, theirs in zip(one.members, other.members, strict=True)
    )


class Caller(Policy):
    """Prompts talk on the morning after a quiet day, and once a week a day ahead."""

    key: ClassVar[str] = "caller"
    handbook: ClassVar[tuple[str, ...]] = ("H2",)
    off: ClassVar[dict] = {"amount": 0}

    amount: float = setting(3.0, low=0, high=50, unit="prompts", note="prompts")

    def plan(self, calendar, levers):
        """Nothing beforehand."""

    def react(self, community, levers):
        today = community.day
        if community.last("speakers") < 8:
            levers.set("topic", today, self.amount)
            levers.work(today, 5)
        if today % 7 == 2:
            levers.set("topic", today + 1, 2.0)


@pytest.fixture
def caller(monkeypatch):
    def find(key):
        return Caller if key == "caller" else real(key)

    real = planning.policy_class
    monkeypatch.setattr(planning, "policy_class", find)
    return {"use": "caller"}


def test_a_week_has_its_minutes():
    minutes = SMALL.minutes.content
    tight = SMALL.replace({"owner.minutes_per_week": 3.5 * minutes})
    run = lived(CONTENT, scenario=tight)
    week = np.array([1, 1, 1, 0, 0, 0, 0], bool)  # three pieces fit, the first come first
    assert np.array_equal(used(run, "content") > 0, np.tile(week, DAYS // 7))
    assert booked(run, "staff_minutes").sum() == 3 * minutes * DAYS // 7
    assert booked(run, "minutes_not_done").sum() == 4 * minutes * DAYS // 7
    missed = round(4 * SMALL.price.content * 100) * DAYS // 7
    assert booked(run, "money_not_done").sum() == missed


def test_no_time_is_no_policy():
    run = lived(CONTENT, scenario=SMALL.replace({"owner.minutes_per_week": 0}))
    assert same_life(run, lived())
    assert booked(run, "content").sum() == 0


def test_who_stands_first_gets_the_time():
    tight = SMALL.replace({"owner.minutes_per_week": SMALL.minutes.content})
    first = lived({**CONTENT, "every": 7}, {**PACKET, "start": 3}, scenario=tight)
    assert used(first, "content")[::7].all()
    assert not used(first, "packet").any()


def test_the_purse_runs_empty():
    """Three packets of 100 yuan from 250, unless members hand some back: none, with 60 takers."""
    poor = SMALL.replace({"owner.purse": 250, "owner.minutes_per_week": 10_000})
    run = lived(PACKET, scenario=poor)
    thrown = np.flatnonzero(used(run, "packet"))
    spent = booked(run, "packet").cumsum() / 100
    assert thrown.tolist()[:2] == [0, 7]
    assert spent.max() <= 250
    for day in range(14, DAYS, 7):
        left = 250 - spent[day - 1]
        assert (day in thrown) == (left >= 100)
    assert booked(run, "money_not_done").sum() == 100_00 * (DAYS // 7 - len(thrown))


def test_an_empty_purse_throws_nothing():
    broke = lived(PACKET, scenario=SMALL.replace({"owner.purse": 0}))
    assert same_life(broke, lived())


def test_a_condition_holds_on_the_mornings_it_says():
    run = lived({**CONTENT, "every": 1, "when": "speakers_7d < 5 and members > 10"})
    speakers = run.books.daily[:, 0, DAILY.index("speakers")].astype(float)
    members = run.books.daily[:, 0, DAILY.index("members")]
    wanted = [
        day > 0 and speakers[max(0, day - 7) : day].mean() < 5 and members[day - 1] > 10
        for day in range(DAYS)
    ]
    assert 0 < sum(wanted) < DAYS - 1
    assert np.array_equal(used(run, "content") > 0, wanted)


def test_a_condition_that_always_holds_is_a_plan():
    waiting = lived({**CONTENT, "when": "members > 0"})
    planned = lived({**CONTENT, "start": 1})
    assert same_life(waiting, planned)
    assert np.array_equal(waiting.books.daily, planned.books.daily)
    assert np.array_equal(waiting.books.ledger, planned.books.ledger)
    assert np.array_equal(waiting.record().ledger_policy, planned.record().ledger_policy)


def test_reactions_are_what_was_seen(caller):
    run = lived(caller, CONTENT)
    speakers = run.books.daily[:, 0, DAILY.index("speakers")]
    quiet = [day == 0 or speakers[day - 1] < 8 for day in range(DAYS)]
    ahead = [day % 7 == 3 for day in range(DAYS)]
    wanted = 3.0 * np.array(quiet) + 2.0 * np.array(ahead)
    assert 1 < sum(quiet) < DAYS
    assert np.array_equal(used(run, "topic"), wanted)
    replayed = begin()
    replayed.levers.values[:] = run.levers.values
    replayed.advance()
    assert same_life(run, replayed)


def test_reactions_do_not_pass_to_other_runs(caller):
    levers = plan_levers(SMALL, extra=[caller])
    runs = [Run.start(SMALL, seed=seed, levers=levers) for seed in (1, 2, 1)]
    for run in runs:
        run.advance()
    assert not np.array_equal(used(runs[0], "topic"), used(runs[1], "topic"))
    assert same_life(runs[0], runs[2])
    assert not levers.values[:, :, LEVER_INDEX["topic"]].any()


def test_a_kept_and_a_split_run_react_alike(caller, tmp_path):
    entries = (caller, {**CONTENT, "when": "speakers < 9"}, PACKET)
    whole = lived(*entries)
    parts = begin(*entries)
    for until in (1, 10, 11):
        parts.advance(until)
    forked = parts.fork()
    checkpoint.save(parts, tmp_path / "run.zip")
    loaded = checkpoint.load(tmp_path / "run.zip")
    for run in (parts, forked, loaded):
        run.advance()
        assert same_life(run, whole)
        assert np.array_equal(run.books.ledger, whole.books.ledger)
        assert np.array_equal(run.record().ledger_policy, whole.record().ledger_policy)


def breaks(community, _):
    if community.day == 5:
        raise ZeroDivisionError("division by zero")


def changes_the_past(community, levers):
    if community.day == 4:
        levers.set("topic", 3, 1.0)


def misspells(community, levers):
    levers.set("topik", community.day, 1.0)


def has_no_number(community, levers):
    levers.set("topic", community.day, float("nan"))


def takes_money(community, levers):
    levers.spend("ads", community.day, -1)


def answers(community, _):
    return community.day


@pytest.mark.parametrize(
    ("react", "day", "told"),
    [
        (breaks, 5, "ZeroDivisionError: division by zero"),
        (changes_the_past, 4, "ValueError: day 3 of 4 to 41"),
        (misspells, 0, "KeyError: 'topik'"),
        (has_no_number, 0, "ValueError: topic = nan"),
        (takes_money, 0, "ValueError: ads: -1 yuan"),
        (answers, 0, "returned int instead of nothing"),
    ],
)
def test_a_policy_that_fails_is_named_with_its_day(caller, monkeypatch, react, day, told):
    monkeypatch.setattr(Caller, "react", lambda _, *both: react(*both))
    run = begin(caller)
    with pytest.raises(UserError) as caught:
        run.advance()
    error = caught.value
    assert (error.kind, error.reason) == ("policy_failed", "raised")
    assert error.values == {"policy": "caller", "day": day, "detail": told}
    assert run.record().days == day  # what was finished is there


def test_endless_work_is_interrupted():
    def work():
        while True:
            time.sleep(0.001)

    began = time.monotonic()
    with pytest.raises(UserError) as caught:
        guarded(work, policy="slow", day=3, limit=0.2)
    assert time.monotonic() - began < 2
    assert caught.value.values == {
        "policy": "slow", "day": 3, "detail": "took longer than 0.2 s"
    }  # fmt: skip
    assert threading.active_count() < 20
    guarded(lambda: None, policy="quick", day=3)


def test_weekdays_groups_and_dates():
    scenario = SMALL.replace({"groups.number": 3, "start": "2026-03-04"})  # a Wednesday
    entry = {
        **CONTENT, "weekdays": ["mon", "fri"], "groups": [0, 2], "start": "2026-03-09",
        "stop": "2026-03-21",
    }  # fmt: skip
    levers = plan_levers(scenario, extra=[entry])
    days, groups = np.nonzero(levers.values[:, :, LEVER_INDEX["content"]])
    assert sorted(set(days.tolist())) == [5, 9, 12, 16]  # Mondays and Fridays of two weeks
    assert set(groups.tolist()) == {0, 2}


def test_a_policy_of_one_group_costs_one_group():
    scenario = SMALL.replace({"groups.number": 3})
    every = plan_levers(scenario, extra=[PACKET])
    one = plan_levers(scenario, extra=[{**PACKET, "groups": [2]}])
    minutes = ACCOUNTS.index("staff_minutes")
    assert 3 * one.planned[1, :, minutes].sum() == every.planned[1, :, minutes].sum() > 0
    thrown = one.values[:, :, LEVER_INDEX["packet"]].sum(axis=0)
    assert thrown.tolist() == [0, 0, 100 * DAYS // 7]


@pytest.mark.parametrize(
    ("entry", "kind", "reason"),
    [
        ({"weekdays": ["moon"]}, "wrong_form", "weekday"),
        ({"weekdays": []}, "wrong_form", "weekday"),
        ({"when": "speakers"}, "wrong_form", "condition"),
        ({"when": 3}, "wrong_form", "condition"),
        ({"when": "speakers_0d < 3"}, "wrong_form", "condition"),
        ({"when": "happiness < 3"}, "unknown_key", "observed"),
        ({"groups": [1]}, "out_of_range", "group"),
        ({"groups": ["a"]}, "out_of_range", "group"),
        ({"start": "next week"}, "wrong_form", "number"),
    ],
)
def test_a_wrong_schedule_is_told(entry, kind, reason):
    with pytest.raises(UserError) as caught:
        plan_levers(SMALL, extra=[{**CONTENT, **entry}])
    assert (caught.value.kind, caught.value.reason) == (kind, reason)
