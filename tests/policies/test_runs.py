"""Policies in runs: what does nothing changes nothing, what comes later changes nothing earlier."""

from dataclasses import fields

import numpy as np
import pytest

from sim.policies.planning import plan_levers
from sim.record import ACCOUNTS, Members, RunRecord
from sim.scenario import Scenario
from sim.simulation import Run

SMALL = Scenario.build(
    {"members": {"initial": 40, "leaders": 1, "seed_users": 4, "administrators": 1}, "days": 120}
)


def simulated(*entries, days=120):
    run = Run.start(SMALL, seed=3, days=days, levers=plan_levers(SMALL, extra=entries, days=days))
    run.advance()
    return run.record()


def parts(record):
    """Everything in a record, by name."""
    for field in fields(RunRecord):
        value = getattr(record, field.name)
        if isinstance(value, Members):
            for column in fields(Members):
                yield f"members.{column.name}", getattr(value, column.name)
        else:
            yield field.name, value


def same(one, other):
    return [name for (name, a), (_, b) in zip(parts(one), parts(other), strict=True)
            if not np.array_equal(a, b)] == []  # fmt: skip


@pytest.fixture(scope="module")
def plain():
    return simulated()


@pytest.mark.parametrize("use", ["value_content", "red_packet"])
def test_an_inert_policy_leaves_the_run_bit_identical(plain, use):
    assert same(plain, simulated({"use": use, "amount": 0}))


@pytest.mark.parametrize("use", ["value_content", "red_packet"])
def test_the_days_before_a_policy_are_bit_identical(plain, use):
    record = simulated({"use": use, "amount": 5, "start": 100})
    assert np.array_equal(plain.daily[:100], record.daily[:100])
    assert np.array_equal(plain.ledger[:100], record.ledger[:100])
    assert np.array_equal(plain.weekly[:14], record.weekly[:14])
    assert not np.array_equal(plain.ledger[100:], record.ledger[100:])
    assert not np.array_equal(plain.daily[100:], record.daily[100:])


def test_what_a_policy_spends_is_booked_under_its_name():
    record = simulated({"use": "value_content"}, {"use": "red_packet", "amount": 30})
    assert record.policies == ("scenario", "value_content", "red_packet")
    content, packet = ACCOUNTS.index("content"), ACCOUNTS.index("packet")
    assert record.ledger_policy[1, content] == 120 * round(100 * SMALL.price.content)
    assert record.ledger_policy[:, content].sum() == record.ledger[:, content].sum()
    uses = len(range(0, 120, 7))
    assert 0 < record.ledger_policy[2, packet] <= uses * 3000
    assert record.ledger_policy[[0, 1], packet].tolist() == [0, 0]
    minutes = ACCOUNTS.index("staff_minutes")
    assert record.ledger_policy[2, minutes] == uses * SMALL.minutes.packet
