"""Departed members make room, and nothing but the time a run takes shows it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import checkpoint
from sim.errors import UserError
from sim.levers import Levers
from sim.model import CommunityModel
from sim.population import (
    ARCHIVED,
    BYTE_INDEX,
    FLAGS,
    FREE,
    ID,
    INVITER,
    LANES,
    NOBODY,
    PENDING,
    PRESENT,
    allocate,
)
from sim.record import ACCOUNTS
from sim.scenario import Scenario
from sim.simulation import Run
from sim.state import HEADCOUNT, TAIL
from sim.tidying import EVERY, order_of_arrival, tidy

DAYS = 231
SIZE = {"platform": "planet", "groups.capacity": 420, "groups.qr_limit": 420, "policies": [],
        "market.size": 50_000, "reach.open": 6.0, "exit.hazard": 0.03}  # fmt: skip
BUSY = {
    "content": (1.0, 1), "topic": (2.0, 1), "event": (0.5, 14), "packet": (50.0, 7),
    "packet_parts": (20.0, 7), "points": (0.5, 1), "team": (0.2, 1), "welcome": (0.5, 1),
    "moderation": (0.3, 1), "service": (0.2, 1), "cultivate": (1.0, 1), "promo": (0.2, 1),
    "lesson": (1.0, 5), "meet": (0.5, 30), "price_member": (49.0, 1), "period_member": (30.0, 1),
    "price_course": (99.0, 1), "price_goods": (59.0, 1), "commission": (0.1, 1),
    "invite_reward": (1.0, 1), "invite_gift": (0.5, 1), "ask": (1.0, 1), "prune": (60.0, 1),
}  # fmt: skip


def started(preset, *, busy, seed=1, members=400, days=DAYS, **changes):
    scenario = Scenario.preset(preset).replace({"members.initial": members, **SIZE, **changes})
    levers = Levers.neutral(days, scenario.groups.number, ("busy",))
    for name, (amount, every) in BUSY.items() if busy else ():
        for day in range(0, days, every):
            levers.set(name, day, amount, policy=1)
    return Run.start(scenario, seed=seed, days=days, levers=levers)


def untidied(*args, **kwargs):
    run = started(*args, **kwargs)
    run.tidy = False
    return run


def own_blocks(run):
    return int((run.members.block_group == 0).sum())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("preset", ["knowledge", "interest", "course"])
def test_records_are_the_same_to_the_last_bit(same, preset, busy, seed):
    tidied, left_alone = (one(preset, busy=busy, seed=seed) for one in (started, untidied))
    tidied.advance()
    left_alone.advance()
    record = tidied.record()
    same(record, left_alone.record())
    same(tidied.groups[0, :TAIL], left_alone.groups[0, :TAIL])
    assert own_blocks(tidied) < own_blocks(left_alone)
    assert (left_alone.members.block_group != ARCHIVED).all()
    if busy:
        for name in ("pruned", "invites_accepted", "first_payers", "replies"):
            assert record.total(name).sum() > 0, name
        paid = dict(zip(ACCOUNTS, record.ledger.sum(axis=0).tolist(), strict=True))
        assert paid["membership"] > 0
        assert paid["commission_out"] > 0
        assert (record.members.inviter >= 0).any()


@settings(max_examples=15, deadline=None)
@given(
    cuts=st.lists(st.integers(0, DAYS) | st.sampled_from([28, 56, 84]), max_size=4).map(sorted),
    at=st.integers(0, DAYS),
    seed=st.integers(0, 2**63 - 1),
)
def test_any_splitting_and_forking_agree(same, cuts, at, seed):
    whole, split = (started("knowledge", busy=True, seed=seed) for _ in range(2))
    whole.advance()
    for day in cuts:
        split.advance(day)
        same(split.record(), split.record())
        if day >= at:
            split = split.fork()
    split.advance()
    same(whole, split)


@pytest.mark.parametrize("day", [27, 28, 29, 100, 140, DAYS])
def test_checkpoints(same, tmp_path, day):
    whole, part, plain = (one("knowledge", busy=True) for one in (started, started, untidied))
    whole.advance()
    plain.advance()
    part.advance(day)
    checkpoint.save(part, tmp_path / "run")
    loaded = checkpoint.load(tmp_path / "run")
    assert loaded.tidy
    loaded.advance()
    same(whole, loaded)
    same(plain.record(), loaded.record())


def test_a_file_whose_archive_is_out_of_order_is_refused(tmp_path):
    for wrong in (0, 1_000_000):
        run = started("knowledge", busy=True)
        run.advance(150)
        row = int(np.flatnonzero(run.members.block_group == ARCHIVED)[0]) * LANES
        assert (run.members.block_group == ARCHIVED).sum() * LANES > 2
        run.members.partner[row : row + 2, 0] = wrong
        checkpoint.save(run, tmp_path / "run")
        with pytest.raises(UserError, match="damaged"):
            checkpoint.load(tmp_path / "run")


def portraits(members):
    """Every member as a dictionary by what he is called, in order of arrival; ties by name."""
    rows = order_of_arrival(members).tolist()
    name = {row: (int(members.word[row // LANES, ID, row % LANES]), k)
            for k, row in enumerate(rows)}  # fmt: skip
    there = {row for row in rows if members.byte[row // LANES, FLAGS, row % LANES] & PRESENT}
    people = []
    for row in rows:
        b, j = divmod(row, LANES)
        inviter = int(members.word[b, INVITER, j])
        word = [int(n) for k, n in enumerate(members.word[b, :, j]) if k != INVITER]
        person = {
            "name": name[row], "word": word, "real": members.real[b, :, j].tobytes(),
            "day": members.day[b, :, j].tolist(), "byte": members.byte[b, :, j].tolist(),
            "spent": int(members.spent[b, j]),
            "inviter": None if inviter == NOBODY else name[inviter],
        }  # fmt: skip
        if row in there:
            partners = [int(one) for one in members.partner[row]]
            person["ties"] = [name[one] if one in there else None for one in partners]
            person["weights"] = members.tie[row].tobytes()
        people.append(person)
    return people


def tidy_and_compare(run):
    before = portraits(run.members)
    assert tidy(run.members, run.groups)
    members = run.members
    assert portraits(members) == before
    blank = allocate(len(members.fill))
    lanes = np.arange(LANES) >= members.fill[:, None]
    for array, empty in zip(members, blank, strict=True):
        if array.ndim == 3:
            assert (array == empty)[np.broadcast_to(lanes[:, None, :], array.shape)].all()
    assert (members.spent[lanes] == 0).all()
    assert (members.partner[lanes.ravel()] == NOBODY).all()
    assert (members.tie[lanes.ravel()] == 0).all()
    assert ((members.fill == 0) == (members.block_group == FREE)).all()
    own = np.flatnonzero(members.block_group == 0)
    assert run.groups[0, TAIL] == (own[-1] if own.size else -1)
    free = np.flatnonzero(members.block_group == FREE)
    assert not own.size or not free.size or own.max() < free.min()


@pytest.mark.parametrize("day", [60, 100, 150, DAYS])
def test_who_is_who_afterwards(day):
    run = untidied("knowledge", busy=True)
    run.advance(day)
    tidy_and_compare(run)


def test_again_and_again():
    run = untidied("interest", busy=True)
    tidied = 0
    for day in range(40, DAYS, 40):
        run.advance(day)
        held = own_blocks(run)
        if held > -(-int(run.record().daily[-1, 0, 0]) // LANES):
            tidy_and_compare(run)
            tidied += 1
    assert tidied > 1


def test_nobody_is_left():
    run = untidied("knowledge", busy=False)
    run.advance(10)
    flags = run.members.byte[:, FLAGS, :]
    flags &= np.uint8(0xFF ^ int(PRESENT))
    run.members.byte[:, PENDING, :] = 0
    run.groups[0, HEADCOUNT] = 0.0
    tidy_and_compare(run)
    assert own_blocks(run) == 0


def test_who_has_friends_on_their_way_stays_until_they_are_there():
    run = untidied("knowledge", busy=True)
    run.advance(100)
    members = run.members
    rows = [
        row for row in members.rows.tolist()
        if not members.byte[row // LANES, FLAGS, row % LANES] & PRESENT
    ]  # fmt: skip
    members.byte[:, BYTE_INDEX["pending"], :] = 0
    b, j = divmod(rows[3], LANES)
    members.byte[b, PENDING, j] = 1
    who = members.word[b, ID, j]
    tidy_and_compare(run)
    place = np.argwhere(members.word[:, ID, :] == who)
    assert (members.block_group[place[:, 0]] == 0).any()


def test_it_happens_every_four_weeks_whoever_asks():
    run = started("knowledge", busy=True)
    on_file, days = 0, []
    while run.day < run.days:
        morning = run.day
        run.advance(morning + 1)
        now = int(run.members.fill[run.members.block_group == ARCHIVED].sum())
        days += [morning] if now > on_file else []
        on_file = now
    assert len(days) > 2
    assert not any(day % EVERY for day in days)


def test_several_groups_are_left_alone():
    run = started("knowledge", busy=True, days=120, **{"groups.number": 2})
    run.advance()
    assert (run.members.block_group != ARCHIVED).all()
    assert not tidy(run.members, run.groups)


def test_views_keep_their_rows(tmp_path):
    run = started("knowledge", busy=True)
    run.advance(140)
    assert (run.members.block_group == ARCHIVED).any()
    model = CommunityModel.of(run.fork())
    names = {view.unique_id: view.identity for view in model.agents}
    assert len(names) == model.members
    for _ in range(30):
        model.step()
    assert {view.unique_id: view.identity for view in model.agents}.items() & names.items()
    assert all(names.get(v.unique_id, v.identity) == v.identity for v in model.agents)
    assert not model.fork().engine.tidy
    model.save(tmp_path / "model")
    assert not checkpoint.load(tmp_path / "model").tidy
    run.advance(170)
    assert model.record().daily.tobytes() == run.record().daily.tobytes()
