"""What holds in every run, whatever the scenario and the policies: counts, books, bounds, order.

Scenarios come from the whole space of parameters, bounds included, and so do the levers; only the
size is kept small.
"""

import dataclasses
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.levers import LEVER_INDEX, LEVERS, Levers
from sim.metrics import REGISTRY, broken_identities, run_kpis
from sim.parameters import by_path, table
from sim.population import ARCHIVED, FLAGS, PAID, PRESENT, REAL, REAL_INDEX
from sim.record import ACCOUNTS, DAILY_INDEX
from sim.scenario import Scenario
from sim.simulation import Run
from sim.state import FOUND, GROUP, GROUP_INDEX, MATTER, REPLY_SHARE

DAYS = 40
SIZES = {"members", "groups", "reach", "market"}
FREE = [info for info in table() if info.path.partition(".")[0] not in SIZES]
SOLD = ("membership", "entry_fee", "course", "goods")
MOST_REACH = 1000.0
SHARES = [key for key, kpi in REGISTRY.items() if kpi.unit == "share" and key != "margin_rate"]


def within(path):
    info = by_path()[path]
    if info.counts:
        return st.integers(int(info.low), int(info.high))
    return st.floats(info.low, info.high) | st.sampled_from([info.low, info.high])


@st.composite
def scenarios(draw):
    number = draw(st.sampled_from([1, 1, 2, 5]))
    initial = draw(st.integers(number, 60))
    capacity = draw(st.integers(max(3, -(-initial // number)), 150))
    values = {"days": DAYS, "platform": "open", "groups.number": number,
              "groups.capacity": capacity, "groups.qr_limit": draw(st.sampled_from([0, 50, 500])),
              "members.initial": initial}  # fmt: skip
    left = initial - number
    for role in ("leaders", "seed_users", "administrators", "guests"):
        values[f"members.{role}"] = draw(st.integers(0, min(left, 5)))
        left -= values[f"members.{role}"]
    values["members.history"] = draw(st.sampled_from([0, 1, 8, 200]))
    values["members.habit"] = draw(within("members.habit"))
    values["market.size"] = draw(st.sampled_from([1, 60, 200, 1_500_000_000]))
    for channel in ("open", "content", "giveaway", "partner", "business"):
        values[f"reach.{channel}"] = draw(st.sampled_from([0.0, 0.0, 1.0, MOST_REACH]))
    for info in draw(st.lists(st.sampled_from(FREE), max_size=40, unique_by=lambda i: i.path)):
        values[info.path] = draw(within(info.path))
    return Scenario.preset("knowledge").replace(values)


@st.composite
def operators(draw, groups):
    """Two policies that use any levers, on any days, to their bounds."""
    levers = Levers.neutral(DAYS, groups, ("one", "other"))
    for lever in draw(st.lists(st.sampled_from(LEVERS), max_size=25, unique_by=lambda v: v.name)):
        high = min(lever.high, MOST_REACH) if lever.name.startswith("reach") else lever.high
        amount = draw(st.sampled_from([lever.low, high]) | st.floats(lever.low, high))
        first, every = draw(st.integers(0, 20)), draw(st.integers(1, 14))
        policy, group = draw(st.integers(1, 2)), draw(st.integers(-1, groups - 1))
        for day in range(first, DAYS, every):
            levers.set(lever.name, day, amount, policy=policy, group=group)
    return levers


@st.composite
def runs(draw):
    scenario = draw(scenarios())
    levers = draw(operators(scenario.groups.number))
    seed = draw(st.integers(0, 2**63 - 1))
    return Run.start(scenario, seed=seed, days=DAYS, levers=levers)


def everything(run):
    """The whole state and all counts, as bytes (rows in use only)."""
    used = run.members.fill > 0
    parts = [array.reshape(len(used), -1)[used] for array in run.members] + [run.groups, *run.books]
    return [np.ascontiguousarray(part).tobytes() for part in parts]


@given(runs())
def test_counts_books_and_bounds(run):
    for until in (1, 7, 20, DAYS):
        run.advance(until)
        bounds_hold(run)
    books_hold(run)
    record = run.record()
    assert broken_identities(record) == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # means of nothing
        values = run_kpis(record)
    for key in SHARES:
        assert values[key] is None or -1e-12 <= values[key] <= 1 + 1e-12, key
    for key, value in values.items():
        assert not isinstance(value, float) or np.isfinite(value), key


def bounds_hold(run):
    members = run.members
    flags = members.byte[:, FLAGS, :]
    there = (flags & PRESENT) > 0
    for name in REAL:
        values = members.real[:, REAL_INDEX[name], :][there]
        assert np.isfinite(values).all(), name
        if name not in {"fit", "habit", "lift"}:
            assert (values >= 0).all(), name
    for name in ("activity", "tolerance", "wallet"):
        assert (members.real[:, REAL_INDEX[name], :][there] > 0).all(), name
    for name in ("engagement", "trust"):
        assert (members.real[:, REAL_INDEX[name], :][there] <= 1).all(), name
    assert (abs(members.real[:, REAL_INDEX["lift"], :][there]) <= 1).all()
    assert (members.tie[there.ravel()] <= 1).all()
    assert not (flags & PAID)[~there].any()
    for g, name in ((g, name) for g in range(len(run.groups)) for name in GROUP):
        assert np.isfinite(run.groups[g, GROUP_INDEX[name]]), name
    assert (run.groups[:, MATTER] >= 0).all()
    assert (run.groups[:, REPLY_SHARE] <= run.scenario.talk.n_max + 1e-6).all()
    assert ((run.groups[:, FOUND] >= 0) & (run.groups[:, FOUND] <= 1)).all()
    for g in range(len(run.groups)):
        assert run.groups[g, GROUP_INDEX["present"]] == there[members.block_group == g].sum()
        ever = members.block_group == g
        if len(run.groups) == 1:
            ever |= members.block_group == ARCHIVED
        assert run.groups[g, GROUP_INDEX["ever"]] == members.fill[ever].sum()


def books_hold(run):
    """Every fen is booked once on each side."""
    ledger = dict(zip(ACCOUNTS, run.books.ledger.sum(axis=0).tolist(), strict=True))
    assert (run.books.ledger.sum(axis=0) == run.books.ledger_policy.sum(axis=0)).all()
    takings = sum(ledger[name] for name in SOLD)
    assert run.members.spent.sum() == takings + ledger["affiliate"]
    assert ledger["gross_sales"] >= takings + ledger["discount_given"]
    if not run.levers.values[:, :, LEVER_INDEX["margin"]].any():
        assert ledger["gross_sales"] == takings + ledger["discount_given"]
    members = run.books.daily[:, :, DAILY_INDEX["members"]]
    assert (members <= run.capacity).all()
    given_ = np.floor(run.levers.values[:, :, LEVER_INDEX["packet"]].astype(float) * 100 + 0.5)
    assert 0 <= ledger["packet"] <= given_.sum()  # claimed = given less returned
    ever = run.groups[:, GROUP_INDEX["ever"]].sum() - run.initial_members
    assert ever == run.books.daily[:, :, DAILY_INDEX["joins"]].sum()
    quota = run.levers.values[:, :, LEVER_INDEX["quota"]]
    if (quota > 0).all():
        assert run.record().members.invited.max() <= np.ceil(quota.max())
    if (quota < 0).all():
        assert not run.books.daily[:, :, DAILY_INDEX["invites_sent"]].any()


@settings(max_examples=15)
@given(runs(), st.lists(st.integers(1, DAYS - 1), max_size=4), st.booleans())
def test_days_may_be_split_and_looked_at(run, stops, look):
    whole = run.fork()
    whole.advance()
    for stop in sorted(stops):
        run.advance(stop)
        if look:
            run_kpis(run.record(), keys=["members", "messages"])
        run = run.fork()  # what a checkpoint holds
    run.advance()
    assert everything(run) == everything(whole)


@settings(max_examples=15)
@given(runs(), st.sampled_from(LEVERS), st.integers(1, DAYS - 1), st.data())
def test_a_policy_changes_nothing_before_its_first_day(run, lever, first, data):
    high = min(lever.high, MOST_REACH) if lever.name.startswith("reach") else lever.high
    levers = dataclasses.replace(
        run.levers, values=run.levers.values.copy(), booker=run.levers.booker.copy()
    )
    for day in range(first, DAYS):
        levers.set(lever.name, day, data.draw(st.sampled_from([lever.low, high])), policy=2)
    other = run.fork(levers=levers)
    run.advance(first)
    other.advance(first)
    assert everything(run)[:8] == everything(other)[:8]
    assert (run.books.daily == other.books.daily).all()


@settings(max_examples=5)
@given(st.lists(runs(), min_size=3, max_size=3))
def test_threads_equal_one_after_the_other(batch):
    copies = [run.fork() for run in batch]
    for run in batch:
        run.advance()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Run.advance, copies))
    assert [everything(run) for run in batch] == [everything(run) for run in copies]


def test_a_full_group_needs_no_room_for_those_who_find_none():
    changes = {"reach.open": 100_000.0, "groups.qr_limit": 500}
    run = Run.start(Scenario.preset("knowledge").replace(changes), seed=1, days=5)
    run.advance()
    assert len(run.members.fill) <= 8  # blocks of 256; a place for each candidate would take 2,000
