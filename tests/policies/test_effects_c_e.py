"""Policies that bring members and that earn (handbook: C, E): what they move and book."""

from functools import cache

import numpy as np
import pytest

from sim.ledger import sides
from sim.levers import LEVER_INDEX
from sim.metrics import broken_identities, run_kpis
from sim.policies.planning import plan_levers
from sim.policies.registry import policy_class
from sim.record import ACCOUNTS, Members, RunRecord
from sim.scenario import Scenario, preset_names
from sim.simulation import Run

KEYS = (
    "invitation_code", "personal_invitation", "friend_referral", "seed_promotion", "free_course",
    "giveaway", "event", "newcomer_red_packet", "qr_channel", "partnership", "paid_ads",
    "business_first", "commission", "entry_threshold", "paid_membership", "paid_entry",
    "paid_course", "goods_sale", "coupon", "affiliate", "agents", "advertising", "brand",
)  # fmt: skip
PAIRS = 40
PLAIN = {
    "members": {"initial": 150, "leaders": 3, "seed_users": 10, "administrators": 1},
    "owner": {"minutes_per_week": 10_080.0},
    "days": 90,
}
SCENARIO = Scenario.build(PLAIN)
ON_SALE = {"coupon": ({"use": "goods_sale", "discount": 0},)}
"""What is there in both arms, because a coupon without goods does nothing."""


def simulated(*entries, scenario=SCENARIO, days=90, replicate=0):
    levers = plan_levers(scenario, extra=entries, days=days)
    run = Run.start(scenario, seed=41, replicate=replicate, days=days, levers=levers)
    run.advance()
    return run.record()


def measured(entries, kpis):
    levers = plan_levers(SCENARIO, extra=entries)
    rows = []
    for replicate in range(PAIRS):
        run = Run.start(SCENARIO, seed=41, replicate=replicate, levers=levers)
        run.advance()
        rows.append([*run_kpis(run.record(), keys=kpis).values()])
    return np.array(rows, float)


@cache
def without(key):
    """The arm without a policy of this key, by KPI: float64 of shape (PAIRS,)."""
    if key and key not in ON_SALE:
        return without("")
    kpis = sorted({kpi for one in KEYS for kpi in policy_class(one).kpis})
    return dict(zip(kpis, measured(ON_SALE.get(key, ()), kpis).T, strict=True))


@pytest.mark.parametrize("key", KEYS)
def test_it_moves_what_it_claims_to_move(key):
    claims = policy_class(key).kpis
    values = measured([*ON_SALE.get(key, ()), {"use": key}], list(claims))
    before = without(key)
    for place, (kpi, sign) in enumerate(claims.items()):
        difference = values[:, place] - before[kpi]
        half = 1.96 * difference.std(ddof=1) / np.sqrt(PAIRS)
        mean = difference.mean() if sign == "+" else -difference.mean()
        assert mean > half, f"{kpi}: {difference.mean():.3f} +- {half:.3f}"


def parts(record):
    """Everything in a record but the bookers' names, by name."""
    for name in RunRecord.__dataclass_fields__:
        value = getattr(record, name)
        if isinstance(value, Members):
            yield from ((column, getattr(value, column)) for column in Members.__dataclass_fields__)
        else:
            yield name, value


def differing(one, other):
    pairs = zip(parts(one), parts(other), strict=True)
    return [name for (name, a), (_, b) in pairs if not np.array_equal(a, b)]


@pytest.fixture(scope="module")
def plain():
    return simulated()


@pytest.mark.parametrize("key", KEYS)
def test_at_zero_it_leaves_the_run_bit_identical(key, plain):
    assert differing(plain, simulated({"use": key, **policy_class(key).off})) == []


@pytest.mark.parametrize("preset", preset_names())
def test_it_runs_on_its_defaults_everywhere(preset):
    scenario = Scenario.preset(preset)
    split = scenario.replace({"groups.number": 3, "owner.minutes_per_week": 10_080.0})
    for k, key in enumerate(KEYS, preset_names().index(preset)):
        # every policy lives in one group and in three: each in half of the presets
        record = simulated({"use": key}, scenario=(scenario, split)[k % 2], days=45)
        assert broken_identities(record) == [], key
        assert sides(record).agree, key


# 60 days: 9 weekly uses, 5 every fortnight, 2 a month, 20 every three days
BY_PLAN = {
    "invitation_code": ({}, {"staff_minutes": 2 * 15}),
    "personal_invitation": ({"asked": 4.0}, {"staff_minutes": 60 * 0.04 * 150 * 5}),
    "friend_referral": ({}, {"staff_minutes": 2 * 15}),
    "seed_promotion": ({}, {"content": 9 * 60, "staff_minutes": 9 * 15}),
    "free_course": ({}, {"free_course_cost": 4 * 60, "staff_minutes": 4 * 90}),
    "giveaway": ({}, {"giveaway": 60 * 5 * 5, "staff_minutes": 9 * 15}),
    "event": (
        {"intensity": 0.5, "offline": 0.2},
        {"event_cost": 5 * 150, "venue": 5 * 1500, "staff_minutes": 5 * (90 + 480)},
    ),
    "newcomer_red_packet": ({}, {"staff_minutes": 9 * 5}),
    "qr_channel": ({"articles": 2}, {"content": 9 * 120, "staff_minutes": 9 * (15 + 60)}),
    "partnership": (
        {"guest": 0.5},
        {"partner_fee": 2 * 40 * 6, "guest_fee": 2 * 1000, "staff_minutes": 2 * (240 + 120)},
    ),
    "paid_ads": ({}, {"ads": 60 * 20, "staff_minutes": 9 * 15}),
    "business_first": ({}, {"partner_fee": 9 * 2 * 200, "staff_minutes": 9 * 2 * 60}),
    "commission": ({}, {"staff_minutes": 2 * 15}),
    "entry_threshold": ({}, {"staff_minutes": 60 * 5}),
    "paid_membership": ({}, {"staff_minutes": 2 * 15}),
    "paid_entry": ({}, {"staff_minutes": 0}),
    "paid_course": (
        {"trial": 2, "lessons": 5},
        {"free_course_cost": 4 * 60, "fulfilment": 10 * 60, "staff_minutes": 14 * 90},
    ),
    "goods_sale": ({}, {"staff_minutes": 9 * 15}),
    "coupon": ({}, {"staff_minutes": 2 * 15}),
    "affiliate": ({}, {"staff_minutes": 20 * 15}),
    "agents": ({}, {"staff_minutes": 9 * 90}),
    "advertising": (
        {"hard": 2, "soft": 1},
        {"sponsor": 9 * (2 * 50 + 20), "staff_minutes": 9 * 3 * 15},
    ),
    "brand": ({}, {"content": 60 * 96, "staff_minutes": 60 * 48}),
}
BY_THE_DAY = {
    "membership", "entry_fee", "course", "goods", "affiliate", "goods_cost", "platform_fee",
    "commission_out", "referral_reward", "packet", "gross_sales", "discount_given", "peer_packet",
}  # fmt: skip
"""Accounts of money that depends on what members do."""


def booked(record, key):
    """Yuan (minutes) under one policy, by account."""
    lines = record.ledger_policy[record.policies.index(key)]
    return {
        name: fen if name == "staff_minutes" else fen / 100
        for name, fen in zip(ACCOUNTS, lines.tolist(), strict=True)
    }


@pytest.mark.parametrize("key", KEYS)
def test_what_it_plans_to_spend_is_booked_once(key):
    values, expected = BY_PLAN[key]
    lines = booked(simulated({"use": key, **values}, days=60), key)
    gifts = {"giveaway"} if key == "newcomer_red_packet" else set()
    planned = {name: lines[name] for name in ACCOUNTS if name not in BY_THE_DAY | gifts}
    assert {name: amount for name, amount in planned.items() if amount} == {
        name: amount for name, amount in expected.items() if amount
    }


# everybody buys more than usual, so that every line of the books has something in it
BUSY = SCENARIO.replace(
    {"buy.goods_rate": 0.1, "buy.member_rate": 0.03, "invite.rate": 1.0, "invite.floor": 0.2}
)


def test_inviters_and_friends_get_what_was_promised():
    record = simulated({"use": "friend_referral", "reward": 7, "gift": 3}, scenario=BUSY)
    arrived = int(record.total("invites_accepted").sum())
    lines = booked(record, "friend_referral")
    assert arrived > 50
    assert (lines["referral_reward"], lines["giveaway"]) == (7 * arrived, 3 * arrived)


def test_invited_newcomers_get_their_packet_and_all_the_round():
    record = simulated({"use": "newcomer_red_packet", "round": 20}, scenario=BUSY)
    arrived = int(record.total("invites_accepted").sum())
    lines = booked(record, "newcomer_red_packet")
    assert arrived > 50
    assert lines["giveaway"] == pytest.approx(8.8 * arrived, abs=0.001)
    assert lines["packet"] == 20 * 13, "ten of 150 are always there to take it"


def test_whoever_enters_pays_the_ticket():
    record = simulated({"use": "paid_entry"}, scenario=BUSY)
    joins = int(record.total("joins").sum())
    assert joins > 50
    assert booked(record, "paid_entry")["entry_fee"] == pytest.approx(19.9 * joins)
    by_fee = simulated({"use": "entry_threshold", "share": 0, "fee": 19.9}, scenario=BUSY)
    assert int(by_fee.total("joins").sum()) == joins, "a fee is a fee"


@pytest.mark.parametrize("key", ["commission", "agents"])
def test_commission_is_a_share_of_what_the_invited_paid(key):
    record = simulated({"use": key, "share": 0.25}, scenario=BUSY)
    members = record.members
    from_invited = int(members.spent[members.inviter >= 0].sum())
    lines = booked(record, key)
    assert from_invited > 50 * 8000
    assert lines["commission_out"] * 100 == 0.25 * from_invited
    assert lines["goods"] * 100 == members.spent.sum()


def test_levels_beyond_the_first_move_no_money():
    one, three = (simulated({"use": "commission", "levels": n}, scenario=BUSY) for n in (1, 3))
    assert differing(one, three) == []


def test_memberships_and_courses_are_sold_at_their_price():
    for key, account, price in (
        ("paid_membership", "membership", 99), ("paid_course", "course", 199),
    ):  # fmt: skip
        record = simulated({"use": key}, scenario=BUSY)
        buyers = int(record.total("first_payers").sum())
        assert buyers > 20
        assert booked(record, key)[account] == price * buyers, "once to each in a quarter"


def test_flash_sales_are_cheaper_on_their_days():
    record = simulated({"use": "goods_sale", "price": 100, "discount": 0.2}, scenario=BUSY)
    flash = np.arange(90) % 7 == 0
    gross, goods, given, cost = (
        record.ledger[:, ACCOUNTS.index(name)]
        for name in ("gross_sales", "goods", "discount_given", "goods_cost")
    )
    assert gross[flash].sum() > 0
    assert np.array_equal(goods, np.where(flash, 0.8, 1.0) * gross)
    assert np.array_equal(given, gross - goods)
    assert np.array_equal(cost, 0.45 * gross), "goods cost the same at any price"


def test_a_coupon_takes_its_share_off_while_it_is_good():
    record = simulated(
        {"use": "goods_sale", "price": 100, "discount": 0},
        {"use": "coupon", "discount": 0.2, "valid": 10},
        scenario=BUSY,
    )
    good = np.arange(90) % 30 < 10
    gross, given = (
        record.ledger[:, ACCOUNTS.index(name)] for name in ("gross_sales", "discount_given")
    )
    assert np.array_equal(given, np.where(good, 0.2, 0.0) * gross)


def test_of_others_goods_only_the_share_is_money():
    lines = booked(simulated({"use": "affiliate", "share": 0.5}, scenario=BUSY), "affiliate")
    assert lines["affiliate"] == 0.5 * lines["gross_sales"] > 0
    assert lines["goods"] == lines["goods_cost"] == lines["platform_fee"] == 0


def lever(levers, name):
    """One lever of the run, summed over groups, float64 of shape (H,)."""
    return levers.values[:, :, LEVER_INDEX[name]].astype(float).sum(axis=1)


@pytest.mark.parametrize(
    ("key", "channel", "total"),
    [
        ("seed_promotion", "content", 9 * 10 * 0.5),
        ("free_course", "giveaway", 4 * 3.0),
        ("giveaway", "giveaway", 60 * 5.0),
        ("event", "giveaway", 5 * 10.0),
        ("qr_channel", "open", 60 * 2.0),
        ("qr_channel", "content", (8 + 4 / 7) * 5.0),  # the last article has four days
        ("partnership", "partner", 2 * 40.0),
        ("paid_ads", "partner", 60 * 20 / 6),
        ("business_first", "business", 9 * 2.0),
        ("brand", "content", 60 * 0.5),
    ],
)
def test_a_crowd_is_as_large_in_three_groups_as_in_one(key, channel, total):
    for number in (1, 3):
        scenario = SCENARIO.replace({"groups.number": number})
        levers = plan_levers(scenario, extra=[{"use": key}], days=60)
        assert lever(levers, f"reach_{channel}").sum() == pytest.approx(total, rel=1e-6)


def test_nobody_brings_more_than_he_has_codes():
    record = simulated({"use": "invitation_code", "codes": 1}, scenario=BUSY)
    assert record.members.invited.max() == 3, "one code in each of three months"
    levers = plan_levers(SCENARIO, extra=[{"use": "invitation_code", "start": 10, "codes": 2}])
    assert lever(levers, "quota")[[9, 10, 39, 40, 70, 89]].tolist() == [0, 2, 2, 4, 6, 6]


def test_lessons_come_first_and_the_sale_after():
    entry = {"use": "free_course", "price": 99, "start": 5, "stop": 80}
    levers = plan_levers(SCENARIO, extra=[entry])
    assert np.flatnonzero(lever(levers, "lesson")).tolist() == [5, 6, 7, 8, 65, 66, 67, 68]
    sale = [*range(9, 23), *range(69, 80)]
    assert np.flatnonzero(lever(levers, "price_course")).tolist() == sale


@pytest.mark.parametrize("key", ["free_course", "paid_course", "brand"])
def test_nobody_teaches_or_writes_when_the_owner_is_gone(key):
    scenario = SCENARIO.replace({"owner.leaves_on": 2, "owner.half_life": 30.0})
    levers = plan_levers(scenario, extra=[{"use": key}])
    assert not lever(levers, "content")[2:].any()
    assert not levers.planned[1, 2:, ACCOUNTS.index("content")].any()
    assert lever(levers, "quality")[0] == pytest.approx(1.6 if key == "brand" else 1.0)
    if key != "paid_course":
        fresh = lever(levers, "quality")[:2]
        assert fresh[1] / fresh[0] == pytest.approx(0.5 ** (1 / 30))


def test_asking_is_dosed_by_the_share_that_is_asked():
    levers = plan_levers(SCENARIO, extra=[{"use": "personal_invitation", "asked": 4, "worth": 25}])
    assert lever(levers, "ask")[0] == 1.0
