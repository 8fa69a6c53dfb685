"""Splitting and forking runs: the past stays, books balance, luck is common."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.levers import Levers
from sim.policies.planning import parse_policy, plan_levers
from sim.record import ACCOUNTS
from sim.simulation import Run

PACKETS, MORE, CONTENT = (
    "red_packet:amount=80,every=3",
    "red_packet:amount=300,every=2",
    "value_content:amount=2",
)


def planned(scenario, *policies):
    return plan_levers(scenario, extra=[parse_policy(text) for text in policies])


def balanced(record):
    """Every line of the books stands under exactly one policy."""
    by_account, by_policy = record.ledger.sum(axis=0), record.ledger_policy.sum(axis=0)
    assert dict(zip(ACCOUNTS, by_account, strict=True)) == dict(
        zip(ACCOUNTS, by_policy, strict=True)
    )
    assert len(record.policies) == len(record.ledger_policy)


@settings(max_examples=12)
@given(
    cuts=st.lists(st.integers(0, 40), max_size=5).map(sorted),
    at=st.integers(0, 40),
    seed=st.integers(0, 2**63 - 1),
)
def test_any_splitting_and_forking_agree(begin, same, cuts, at, seed):
    whole, split = begin(PACKETS, seed=seed), begin(PACKETS, seed=seed)
    whole.advance()
    for day in cuts:
        split.advance(day)
        if day >= at:
            split = split.fork()
    split.advance()
    same(whole, split)
    balanced(split.record())


def test_levers_of_the_same_plan_change_nothing(begin, small, same):
    run, plain = begin(PACKETS), begin(PACKETS)
    run.advance(15)
    fork = run.fork(levers=planned(small, PACKETS))
    fork.advance()
    plain.advance()
    same(fork, plain)


@pytest.mark.parametrize("day", [0, 9, 14, 39, 40])
def test_a_fork_keeps_the_past_and_balances_its_books(begin, small, day):
    run = begin(PACKETS, CONTENT)
    run.advance(day)
    past = run.record()
    fork = run.fork(levers=planned(small, MORE))
    balanced(past)
    balanced(fork.record())
    fork.advance()
    record = fork.record()
    balanced(record)
    assert record.daily[:day].tobytes() == past.daily.tobytes()
    assert record.ledger[:day].tobytes() == past.ledger.tobytes()
    assert record.weekly[: day // 7].tobytes() == past.weekly.tobytes()
    assert set(run.levers.policies) <= set(record.policies)
    assert record.policies[0] == "scenario"


def test_a_fork_lives_as_if_it_had_always_been_planned_so(begin, small, same):
    """Policies that differ from day 20 on only: forking there equals having planned both."""
    late = f"{MORE},start=20"
    early = begin()
    early.advance(20)
    fork = early.fork(levers=planned(small, late))
    always = begin(late)
    fork.advance()
    always.advance()
    same(fork.record(), always.record())


def test_what_a_dropped_policy_had_planned_is_not_spent(begin, small):
    run = begin(CONTENT)
    name = run.levers.policies[-1]
    run.advance(10)
    spent = run.record().ledger_policy[run.levers.policies.index(name)]
    fork = run.fork(levers=planned(small))
    fork.advance()
    record = fork.record()
    assert spent[ACCOUNTS.index("content")] > 0
    assert (record.ledger_policy[record.policies.index(name)] == spent).all()


def test_the_forked_run_is_left_alone(begin, same):
    run, plain = begin(PACKETS), begin(PACKETS)
    run.advance(10)
    other = run.fork()
    other.advance()
    other.members.real[:] = 0
    other.levers.values[:] = 1
    plain.advance(10)
    same(run, plain)


def test_unfinished_records_hold_what_was_spent_so_far(begin):
    run = begin(CONTENT)
    for day in (0, 1, 13, 40):
        run.advance(day)
        record = run.record()
        balanced(record)
        if day == 0:
            assert not record.ledger_policy.any()


def test_other_parameters_of_the_world_take_effect(begin, small, same):
    run, plain = begin(), begin()
    run.advance(10)
    plain.advance()
    unchanged = run.fork(scenario=small.replace({}))
    crowd = run.fork(scenario=small.replace({"reach.open": 40.0}))
    small_room = run.fork(scenario=small.replace({"groups.capacity": 65}))
    for one in (unchanged, crowd, small_room):
        one.advance()
    same(unchanged, plain)
    assert (
        crowd.record().total("joins")[:10].tolist() == plain.record().total("joins")[:10].tolist()
    )
    joined = [one.record().total("joins")[10:].sum() for one in (crowd, plain, small_room)]
    assert joined[0] > joined[1]
    assert small_room.record().total("members")[10:].max() <= max(
        65, plain.record().total("members")[9]
    )


def test_drivers_of_a_caller_stay(begin, small):
    run = begin()
    run.drivers.common[:] = 0.5
    fork = run.fork(scenario=small.replace({"reach.open": 40.0}))
    assert (fork.drivers.common == 0.5).all()
    assert (fork.drivers.reach != run.drivers.reach).any()


def test_what_cannot_be_forked(begin, small):
    run = begin()
    with pytest.raises(ValueError, match="groups"):
        run.fork(scenario=small.replace({"groups.number": 2}))
    with pytest.raises(ValueError, match="days"):
        run.fork(levers=Levers.neutral(39, 1))
    longer = run.fork(levers=Levers.neutral(50, 1))
    longer.advance()
    assert longer.day == 40


def test_several_groups(small, same):
    scenario = small.replace({"groups.number": 3})
    whole = Run.start(scenario, seed=3, levers=planned(scenario, PACKETS))
    split = Run.start(scenario, seed=3, levers=planned(scenario, PACKETS))
    whole.advance()
    for day in range(1, 41):
        split.advance(day)
        split = split.fork()
    same(whole, split)
    assert np.count_nonzero(whole.record().daily[-1, :, 0]) == 3
