"""Policies that keep a community alive (handbook: D): what they move, spend and leave alone."""

from dataclasses import fields
from functools import cache

import numpy as np
import pytest

from sim.levers import LEVER_INDEX, NEUTRAL
from sim.metrics import run_kpis
from sim.policies.planning import plan_levers
from sim.policies.registry import policy_class
from sim.record import ACCOUNTS, DAILY_INDEX, Members, RunRecord
from sim.scenario import Scenario, preset_names
from sim.simulation import Run

KEYS = (
    "daily_topic", "fixed_activity", "red_packet", "ritual", "points_levels", "team_contest",
    "welcome", "moderation", "pruning", "offline_meeting", "care", "privilege", "service",
    "push_rhythm", "self_management", "guest_visit",
)  # fmt: skip
SETTINGS = {"service": {"amount": 1.0}}
"""Where a policy's own defaults move too little to be seen in few pairs."""
WORLD = {"points_levels": {"matter.limit": 0.0}}
"""Points move the appetite to talk: seen where talk never lacks matter."""
PAIRS = 50
Z = 1.96

PLAIN = Scenario.build(
    {
        "members": {"initial": 150},
        "days": 60,
        "groups": {"capacity": 500, "qr_limit": 500},
        "reach": {"open": 2.0},
        "owner": {"minutes_per_week": 10_080},
    }
)
TWO = PLAIN.replace({"groups.number": 2})


def simulated(levers, scenario, replicate):
    run = Run.start(scenario, seed=5, replicate=replicate, levers=levers)
    run.advance()
    return run.record()


def futures(*entries, scenario=PLAIN, pairs=PAIRS, promo=0.0):
    levers = plan_levers(scenario, extra=entries)
    for day in range(scenario.days if promo else 0):
        levers.set("promo", day, promo, policy=0)
    return [simulated(levers, scenario, replicate) for replicate in range(pairs)]


def measured(records, kpi):
    return np.array([run_kpis(record, keys=[kpi])[kpi] for record in records], float)


def interval(arm, base, kpi):
    """Ends of the 95 % interval of the paired difference."""
    difference = measured(arm, kpi) - measured(base, kpi)
    half = Z * difference.std(ddof=1) / np.sqrt(len(difference))
    return difference.mean() - half, difference.mean() + half


@cache
def without(use=""):
    return futures(scenario=PLAIN.replace(WORLD.get(use, {})))


@cache
def with_policy(use):
    entry = {"use": use, **SETTINGS.get(use, {})}
    return futures(entry, scenario=PLAIN.replace(WORLD.get(use, {})))


def base_of(use):
    return without(use) if use in WORLD else without()


CLAIMS = [(use, kpi, sign) for use in KEYS for kpi, sign in policy_class(use).kpis.items()]


@pytest.mark.parametrize(("use", "kpi", "sign"), CLAIMS)
def test_every_claim_is_seen(use, kpi, sign):
    low, high = interval(with_policy(use), base_of(use), kpi)
    assert low > 0 if sign == "+" else high < 0


def test_points_add_little_where_matter_is_short():
    played = futures({"use": "points_levels"})
    assert (
        interval(played, without(), "messages")[1] < 0.01 * measured(without(), "messages").mean()
    )


def parts(record):
    for field in fields(RunRecord):
        value = getattr(record, field.name)
        if isinstance(value, Members):
            yield from ((column.name, getattr(value, column.name)) for column in fields(Members))
        else:
            yield field.name, value


@pytest.mark.parametrize("use", KEYS)
def test_zero_intensity_is_as_if_absent(use):
    off = futures({"use": use, **policy_class(use).off}, pairs=1)[0]
    pairs = zip(parts(off), parts(without()[0]), strict=True)
    assert [name for (name, a), (_, b) in pairs if not np.array_equal(a, b)] == []


@pytest.mark.parametrize("use", KEYS)
def test_nothing_is_done_outside_its_days(use):
    levers = plan_levers(TWO, extra=[{"use": use, "start": 11, "stop": 44}])
    outside = np.r_[0:11, 44:60]
    assert (levers.values[outside] == NEUTRAL).all()
    assert not levers.planned[:, outside].any()
    assert (levers.values[11:44] != NEUTRAL).any()


@pytest.mark.parametrize("preset", preset_names())
def test_all_can_be_planned_alone_on_every_preset(preset):
    scenario = Scenario.preset(preset)
    own = plan_levers(scenario, days=60)
    for use in KEYS:
        levers = plan_levers(scenario, extra=[{"use": use}], days=60)
        assert len(levers.policies) == len(own.policies) + 1


# By hand, from the prices and minutes of the parameter table: 60 days, two groups.
BOOKED = {
    # three prompts at 10 yuan; 10 minutes each in each group
    "daily_topic": {"content": 60 * 30, "staff_minutes": 60 * 60},
    # nine Mondays of half an event (300 yuan, 180 minutes), two prompts, a prize of 50
    "fixed_activity": {
        "event_cost": 9 * 150, "content": 9 * 20, "prize": 9 * 50, "staff_minutes": 9 * (90 + 40),
    },
    "ritual": {"staff_minutes": 60 * 5 * 2},
    "points_levels": {"points_redeemed": 60 * 5 * 2, "staff_minutes": 60 * 10 * 2},
    # two contests of seven days at 15 minutes a group, a final of half an event, a prize of 100
    "team_contest": {"prize": 2 * 100, "staff_minutes": 2 * (7 * 15 * 2 + 90)},
    "welcome": {"staff_minutes": 60 * 3 * 3},
    "moderation": {"tools": 60 * 15 * 2, "staff_minutes": 60 * 15 * 2},
    "pruning": {"staff_minutes": 2 * (20 + 5) * 2},
    "offline_meeting": {"venue": 2 * 1500, "staff_minutes": 2 * 480},
    "care": {"care": 60 * 30 * 2, "staff_minutes": 60 * 45},
    "privilege": {"staff_minutes": 60 * 10 * 2},
    "service": {},
    "push_rhythm": {"staff_minutes": 60 * 3 * 2 * 2},
    # half of (30 minutes x .3 + 10 minutes x .2) a group
    "self_management": {"prize": 60 * 5 * 2, "staff_minutes": 60 * 11},
    # on days 2 and 32, after two days with a prompt each
    "guest_visit": {
        "guest_fee": 2 * 2000, "content": 2 * 2 * 10, "staff_minutes": 2 * (2 * 10 * 2 + 120),
    },
    "red_packet": {"staff_minutes": 9 * 5 * 2},
}  # fmt: skip


@pytest.mark.parametrize("use", KEYS)
def test_what_is_planned_is_booked_by_the_table(use):
    levers = plan_levers(TWO, extra=[{"use": use}])
    totals = levers.planned[1].sum(axis=0)
    booked = {ACCOUNTS[k]: int(totals[k]) for k in np.flatnonzero(totals)}
    assert booked == {
        account: amount if account == "staff_minutes" else amount * 100
        for account, amount in BOOKED[use].items()
    }


@pytest.mark.parametrize("use", ["moderation", "guest_visit", "red_packet"])
def test_plans_are_what_the_books_of_a_run_show(use):
    record = simulated(plan_levers(TWO, extra=[{"use": use}]), TWO, 0)
    for account, amount in BOOKED[use].items():
        fen = amount if account == "staff_minutes" else amount * 100
        assert record.ledger_policy[1, ACCOUNTS.index(account)] == fen


def used(levers, name):
    column = levers.values[:, 0, LEVER_INDEX[name]]
    days = np.flatnonzero(column != NEUTRAL[LEVER_INDEX[name]])
    return {int(day): float(column[day]) for day in days}


def test_rounds_divide_the_money_and_all_of_it_is_taken():
    entry = {"use": "red_packet", "amount": 90, "rounds": 3, "shares": 1, "every": 30}
    levers = plan_levers(PLAIN, extra=[entry])
    assert used(levers, "packet") == dict.fromkeys([0, 1, 2, 30, 31, 32], 30.0)
    record = simulated(levers, PLAIN, 0)
    # somebody opens every day, and the only share holds all
    assert record.ledger[:, ACCOUNTS.index("packet")].sum() == 2 * 9000


def test_rounds_behind_the_end_are_not_given():
    entry = {"use": "red_packet", "amount": 90, "rounds": 3, "stop": 2}
    assert used(plan_levers(PLAIN, extra=[entry]), "packet") == {0: 30.0, 1: 30.0}


def test_a_guest_is_announced_step_by_step_or_not_at_all():
    entry = {"use": "guest_visit", "start": 5, "stop": 37, "warm_up": 3}
    levers = plan_levers(PLAIN, extra=[entry])
    assert used(levers, "topic") == {5: 1.0, 6: 1.0, 7: 1.0}
    assert used(levers, "guest") == {8: 1.0}


def test_a_contest_that_is_cut_short_has_no_final():
    levers = plan_levers(PLAIN, extra=[{"use": "team_contest", "length": 10, "stop": 35}])
    assert list(used(levers, "team")) == [*range(10), *range(30, 35)]
    assert used(levers, "event") == {9: 0.5}


def test_topics_end_with_the_owner():
    scenario = PLAIN.replace({"owner.leaves_on": 4})
    levers = plan_levers(scenario, extra=[{"use": "daily_topic"}])
    assert list(used(levers, "topic")) == [0, 1, 2, 3]
    assert levers.planned[1, :, ACCOUNTS.index("content")].sum() == 4 * 3000


def test_full_service_answers_every_post_and_books_each_answer():
    served, plain = with_policy("service")[0], without()[0]
    roots, answered = (served.daily[:, 0, DAILY_INDEX[k]] for k in ("roots", "roots_answered"))
    # of one author's posts, at most 64 are told apart
    assert np.mean(roots == answered) > 0.9
    minutes = served.ledger[:, ACCOUNTS.index("staff_minutes")]
    assert np.array_equal(served.ledger[:, ACCOUNTS.index("care")] * 3, minutes * 50)
    # on the first day the same is said in both futures
    more = answered[0] - plain.daily[0, 0, DAILY_INDEX["roots_answered"]]
    assert minutes[0] == 3 * more > 0


def test_only_the_long_silent_go_and_only_on_the_day_announced():
    record = with_policy("pruning")[0]
    members = record.members
    gone = members.left_how == 2
    assert gone.any()
    assert set(members.left[gone]) <= {0, 30}
    assert (members.role[gone] == 0).all()
    # a last message before day 0 is told as -1
    since = np.maximum(members.last_spoke, members.joined)[gone]
    assert ((since == -1) | (members.left[gone] - since > 60)).all()


def test_irregular_pushing_harms_and_costs_as_much():
    """Handbook D17, F6, I18: the same number of messages, with a rhythm or anyhow."""
    regular = with_policy("push_rhythm")
    anyhow = futures({"use": "push_rhythm", "irregular": 1.0})
    for kpi in ("openers", "speakers", "messages"):
        assert interval(anyhow, without(), kpi)[1] < 0
        assert interval(regular, anyhow, kpi)[0] > 0
    assert interval(regular, anyhow, "owner_minutes") == (0, 0)


def test_promotion_at_hours_of_rest_drives_more_out():
    resting = {"use": "push_rhythm", "layered": 0.0, "irregular": 1.0}
    awake = {**resting, "amount": 0.0}
    pairs = {"pairs": 60, "promo": 1.0}
    assert interval(futures(resting, **pairs), futures(awake, **pairs), "leaves")[0] > 0


def test_what_is_kept_away_for_each_beats_what_is_deleted_for_all():
    """Ren and Kraut 2014: personalised > none in posts; both > none in visits."""
    personal = futures({"use": "moderation", "amount": 0.0, "personal": 1.0})
    for_all = with_policy("moderation")
    assert interval(personal, without(), "messages")[0] > 0
    assert interval(personal, for_all, "messages")[0] > 0
    assert interval(for_all, without(), "messages")[1] < 0
    assert interval(personal, without(), "openers")[0] > 0


def test_volunteers_save_half_the_minutes_without_costing_life():
    """Handbook I21: the same order and rituals, kept by staff or by members."""
    staff = futures({"use": "moderation", "amount": 0.3}, {"use": "ritual", "amount": 0.2})
    members = with_policy("self_management")
    assert interval(members, staff, "openers")[1] > 0
    by_policy = plan_levers(TWO, extra=[{"use": "self_management"}]).planned
    by_staff = plan_levers(
        TWO, extra=[{"use": "moderation", "amount": 0.3}, {"use": "ritual", "amount": 0.2}]
    ).planned
    minutes = ACCOUNTS.index("staff_minutes")
    assert 2 * by_policy[:, :, minutes].sum() == by_staff[:, :, minutes].sum()
