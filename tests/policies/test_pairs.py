"""Any two policies go together: members and money are conserved, and nothing is left to chance."""

from itertools import combinations

import numpy as np
import pytest

from sim.policies.planning import plan_levers
from sim.policies.registry import policy_keys
from sim.record import DAILY_INDEX
from sim.scenario import Scenario
from sim.simulation import Run

DAYS = 35
SMALL = Scenario.preset("knowledge").replace(
    {
        "members.initial": 40, "days": DAYS, "policies": [], "groups.number": 2,
        "owner.minutes_per_week": 10_000, "members.seed_users": 4,
    }
)  # fmt: skip
KEYS = policy_keys()


def lived(*keys, seed=4):
    entries = [{"use": key} for key in keys]
    run = Run.start(SMALL, seed=seed, levers=plan_levers(SMALL, extra=entries))
    run.advance()
    return run


def check(run):
    record = run.record()
    daily = record.daily.sum(axis=1)
    joins, leaves, pruned = (daily[:, DAILY_INDEX[name]] for name in ("joins", "leaves", "pruned"))
    accounts = daily[:, DAILY_INDEX["moved_in"]] - daily[:, DAILY_INDEX["moved_out"]]
    assert (accounts >= 0).all()  # the owner's, in groups that he opens
    stock = record.initial_members + np.cumsum(joins - leaves - pruned + accounts)
    assert np.array_equal(daily[:, DAILY_INDEX["members"]], stock)
    assert np.array_equal(record.ledger.sum(axis=0), record.ledger_policy.sum(axis=0))
    assert np.isfinite(run.members.real).all()
    assert np.isfinite(run.groups).all()
    assert (record.members.spent >= 0).all()


@pytest.mark.parametrize("key", KEYS)
def test_a_policy_goes_with_every_later_one(key):
    later = KEYS[KEYS.index(key) + 1 :]
    for other in later:
        check(lived(key, other))


def test_the_same_pair_gives_the_same_bits():
    for one, other in list(combinations(KEYS, 2))[::37]:
        first, second = lived(one, other), lived(one, other)
        assert np.array_equal(first.books.ledger, second.books.ledger)
        assert np.array_equal(first.members.real, second.members.real)
        assert np.array_equal(first.groups, second.groups)


def test_all_at_once():
    """The whole catalogue, as much as a week of 10,000 minutes takes."""
    check(lived(*KEYS))
