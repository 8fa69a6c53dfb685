"""Levers for some: they reach those and nobody else; what is for all by content is for all."""

import numpy as np
import pytest

from sim import checkpoint
from sim.audiences import read_audience
from sim.levers import AIM_INDEX, Levers
from sim.model import CommunityModel
from sim.phases.booking import (
    AIMED_AT_NOBODY,
    AIMED_PERSONS,
    INVITES_ACCEPTED,
    PACKET,
    PEER_PACKET,
    REFERRAL_REWARD,
)
from sim.policies.planning import plan_levers
from sim.population import (
    FATIGUE,
    FLAGS,
    HUNTER,
    JOINED,
    LANES,
    LAST_SPOKE,
    MUTED,
    OPENED,
    OWNER,
    PAID,
    PRESENT,
    ROLE,
)
from sim.record import DAILY
from sim.scenario import Scenario
from sim.simulation import Run
from sim.state import VOLUME_YESTERDAY

DAYS = 40
TOWN = Scenario.preset("knowledge").replace(
    {
        "members.initial": 300, "policies": [], "days": DAYS, "reach.open": 6.0,
        "groups.qr_limit": 500, "hunter.share_open": 0.5, "invite.rate": 0.4,
    }
)  # fmt: skip
EVERYBODY = "role:lurker+seed_user+leader+owner+administrator+guest"
AMOUNTS = {
    "content": 2.0, "packet": 30.0, "packet_parts": 7.0, "care": 0.7, "promo": 1.0, "soft": 2.0,
    "discount": 0.3, "invite_reward": 1.0, "ask": 2.0,
}  # fmt: skip
SHOP = {"price_goods": 60.0, "price_member": 40.0, "period_member": 20.0, "price_course": 99.0}


def levers_for(to, doses, *, first=0, every=1, days=DAYS, groups=1, factor=1.0):
    """A shop that is open every day, and doses for an audience (or everybody)."""
    audience = read_audience(to)
    levers = Levers.neutral(days, groups, ("shop", "some"), (audience,) if audience else ())
    for day in range(days):
        for name, price in SHOP.items():
            levers.set(name, day, price, policy=1)
        for name, amount in doses.items() if day >= first and (day - first) % every == 0 else ():
            levers.set(name, day, factor * amount, policy=2, audience=0 if audience else -1)
    return levers


def lived(levers, *, until=DAYS, scenario=TOWN, seed=4):
    run = Run.start(scenario, seed=seed, levers=levers)
    run.advance(until)
    return run


def state(run, *, memo=False):
    """All that a run has become; the counts of aimed persons only if asked for."""
    accounts = slice(None) if memo else slice(AIMED_PERSONS)
    books = run.books
    return [
        *run.members, run.groups, books.daily, books.weekly, books.tenure,
        books.ledger[:, accounts], books.ledger_policy[:, accounts],
    ]  # fmt: skip


def same(one, other, **options):
    return all(map(np.array_equal, state(one, **options), state(other, **options)))


@pytest.mark.parametrize("groups", [1, 3])
def test_an_audience_of_everybody_is_everybody(groups):
    scenario = TOWN.replace({"groups.number": groups})
    aimed, plain = (
        lived(levers_for(to, AMOUNTS, every=2, groups=groups), scenario=scenario)
        for to in (EVERYBODY, "everyone")
    )
    assert same(aimed, plain)
    assert not same(aimed, lived(levers_for("everyone", {}, groups=groups), scenario=scenario))


@pytest.mark.parametrize("to", ["newcomers", "silent", EVERYBODY])
def test_an_aimed_lever_at_nothing_is_as_if_absent(to):
    doses = {name: 1.0 if name == "packet_parts" else 0.0 for name in AMOUNTS}
    assert set(doses) == set(AIM_INDEX)
    plain = lived(levers_for("everyone", {}), until=20)
    assert same(lived(levers_for(to, doses), until=20), plain, memo=True)


def test_an_audience_of_nobody_changes_no_member():
    """A packet for nobody goes out and comes back; all else is as if it were not there."""
    doses = {name: amount for name, amount in AMOUNTS.items() if "packet" not in name}
    plain, vain = (lived(levers_for("role:guest", one)) for one in ({}, doses))
    assert same(plain, vain)
    assert vain.books.ledger_policy[2, AIMED_AT_NOBODY] == DAYS
    assert vain.books.ledger_policy[2, AIMED_PERSONS] == 0
    thrown = lived(levers_for("role:guest", {"packet": 9.0}, every=7))
    days = np.arange(0, DAYS, 7)
    assert (thrown.books.ledger[days, PACKET] == 900).all()
    assert (thrown.books.ledger[days + 1, PACKET] == -900).all()
    assert not thrown.books.ledger[:, PEER_PACKET].any()
    assert np.array_equal(thrown.books.daily[:, :, :12], plain.books.daily[:, :, :12])


def on_day(to, doses, day=25):
    """Two runs at the end of a day on which only one has the doses, and the state before it."""
    levers = levers_for(to, doses, first=day, every=DAYS)
    before = lived(levers, until=day)
    having, without = before.fork(), before.fork(levers=levers_for(to, {}))
    having.advance(day + 1)
    without.advance(day + 1)
    return before, having, without


def flag(run, bit):
    return (run.members.byte[:, FLAGS].ravel() & bit) > 0


def real(run, column):
    return run.members.real[:, column].ravel()


def day_of(run, column):
    return run.members.day[:, column].ravel().astype(int)


def present(run):
    return flag(run, PRESENT)


def silent_for(run, day, days):
    latest = np.maximum(day_of(run, JOINED), day_of(run, LAST_SPOKE))
    return day - latest > days


def test_care_for_the_silent_brings_the_silent():
    before, having, without = on_day("silent:10", {"care": 1.0})
    silent = silent_for(before, 25, 10)
    opened, else_opened = flag(having, OPENED), flag(without, OPENED)
    assert np.array_equal(opened[~silent], else_opened[~silent])
    assert (opened[silent] >= else_opened[silent]).all()
    assert opened[silent].sum() > else_opened[silent].sum() > 0
    met = having.books.ledger[25, AIMED_PERSONS]
    assert met == (silent & present(before)).sum()  # newcomers of the day are not silent


def test_newcomers_are_those_who_joined_lately():
    before, having, without = on_day("newcomers:5", {"care": 1.0})
    joined, there = day_of(having, JOINED), present(before) | (day_of(having, JOINED) == 25)
    young = there & (25 - joined < 5)
    assert having.books.ledger[25, AIMED_PERSONS] == young.sum() > 5
    assert np.array_equal(flag(having, OPENED)[~young], flag(without, OPENED)[~young])


def test_a_packet_for_payers_is_taken_by_payers():
    before, _, without = on_day("payers", {})
    paying = flag(before, PAID)
    staff = before.members.byte[:, ROLE].ravel() == OWNER
    for extra in (0, 1):
        levers = levers_for("payers", {"packet": 50.0}, first=25, every=DAYS)
        seen = before.fork(levers=levers)
        seen.advance(26)  # who opens depends on the packet, not on its parts
        takers = int((flag(seen, OPENED) & paying & ~staff).sum())
        assert takers > 1
        levers.set("packet_parts", 25, takers + extra, policy=2, audience=0)
        run = before.fork(levers=levers)
        run.advance(27)
        thrown, back = run.books.ledger[25, PACKET], run.books.ledger[26, PACKET]
        assert thrown == 5000
        assert (back == 0) == (extra == 0)  # all parts are taken just if there are as many payers
        assert -5000 < back <= 0
        assert run.books.ledger[25, PEER_PACKET] > 0
        assert np.array_equal(flag(seen, OPENED)[~paying], flag(without, OPENED)[~paying])


def test_a_discount_for_newcomers_leaves_the_others_alone():
    _, having, without = on_day("newcomers:10", {"discount": 0.9})
    old = 25 - day_of(having, JOINED) >= 10
    spent, else_spent = (run.members.spent.ravel() for run in (having, without))
    assert np.array_equal(spent[old], else_spent[old])
    assert np.array_equal(flag(having, PAID)[old], flag(without, PAID)[old])
    cheap, dear = (lived(levers_for("newcomers:10", one)) for one in ({"discount": 0.9}, {}))
    buyers = [
        (run.members.spent.ravel()[day_of(run, JOINED) >= 0] > 0).sum() for run in (cheap, dear)
    ]
    assert buyers[0] > buyers[1] > 0


def test_promotion_for_the_muted_is_seen_by_those_who_open():
    before, having, without = on_day("muted", {"promo": 2.0}, day=30)
    muted = flag(before, MUTED)
    assert (muted & present(before)).sum() > 3
    seen = real(having, FATIGUE) != real(without, FATIGUE)
    assert np.array_equal(seen, muted & flag(without, OPENED) & flag(having, OPENED))


def test_the_group_hears_as_much_as_its_share_meets():
    """Three messages of noise for a blast, times the share of members for whom it is meant."""
    before, having, without = on_day("hunters", {"promo": 1.0})
    day = having.books.ledger[25, AIMED_PERSONS]
    joins = having.books.daily[25, 0, DAILY.index("joins")]
    there = present(before).sum() + joins
    assert 0 < day <= flag(having, HUNTER).sum()
    kept = [run.books.daily[25, 0, DAILY.index("messages")] for run in (having, without)]
    said = having.groups[0, VOLUME_YESTERDAY] - without.groups[0, VOLUME_YESTERDAY]
    assert said - (kept[0] - kept[1]) == pytest.approx(3.0 * day / there, rel=1e-5)


def test_an_inviter_s_reward_is_that_of_his_audience():
    paid = []
    for to in ("everyone", "hunters", "role:guest"):
        run = lived(levers_for(to, {"invite_reward": 1.0}))
        accepted = run.books.daily[:, 0, INVITES_ACCEPTED].sum()
        assert accepted > 10
        paid.append(run.books.ledger[:, REFERRAL_REWARD].sum() / (1000 * accepted))
    assert paid[0] == 1.0
    assert 0.0 < paid[1] < 1.0
    assert paid[2] == 0.0


def test_runs_go_on_from_a_file_and_a_fork(tmp_path):
    levers = levers_for("newcomers", AMOUNTS, every=3)
    whole, part = lived(levers), lived(levers, until=13)
    checkpoint.save(part, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    assert all(map(np.array_equal, loaded.levers.aims, levers.aims))
    for run in (loaded, part.fork(), part.fork(levers=levers)):
        run.advance()
        assert same(run, whole, memo=True)


def test_an_operator_who_waits_aims_as_one_who_plans(tmp_path):
    care = {"use": "care", "to": "silent", "every": 2, "start": 2}
    packet = {"use": "red_packet", "to": "newcomers:20"}
    planned = lived(plan_levers(TOWN, extra=[care, {**packet, "start": 7}]))
    waiting_levers = plan_levers(
        TOWN, extra=[{**care, "when": "members > 0"}, {**packet, "start": 7}]
    )
    waiting = lived(waiting_levers)
    assert same(planned, waiting, memo=True)
    assert (waiting_levers.aims.values[:, :, 0] == waiting_levers.aims.values[0, :, 0]).all()
    part = lived(waiting_levers, until=9)
    checkpoint.save(part, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    loaded.advance()
    assert same(loaded, planned, memo=True)


def test_views_know_what_a_member_meets():
    """A leader's chances are those under care for all, anybody else's those without it."""
    aimed, cared, plain = (
        CommunityModel(TOWN, seed=2, policies=policies)
        for policies in ("care:amount=1,to=role:leader", "care:amount=1", "")
    )
    for mine, theirs, none in zip(aimed.agents, cared.agents, plain.agents, strict=True):
        like = theirs if mine.role == "leader" else none
        assert mine.chance_to_open() == like.chance_to_open()
    leader = next(one for one in aimed.agents if one.role == "leader")
    assert leader.chance_to_open() > plain.agents[leader.row].chance_to_open()
    assert leader.place == divmod(leader.row, LANES)
    asked = CommunityModel(TOWN, seed=2, policies="personal_invitation:to=role:leader")
    other = asked.agents[leader.row]
    assert other.expected_invitations() > leader.expected_invitations()
    shouted = CommunityModel(TOWN, seed=2, policies="advertising:hard=7,every=1,to=role:leader")
    bothered = shouted.agents[leader.row]
    assert bothered.hazard_of_leaving() > leader.hazard_of_leaving()
