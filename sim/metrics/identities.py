"""What must hold in every run, whatever the scenario: a cheap check of the books and the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.ledger import CLASS_OF_ACCOUNTS
from sim.metrics.measured import Measured

if TYPE_CHECKING:
    from sim.record import RunRecord


def broken_identities(record: RunRecord) -> list[str]:
    """Names of the identities that a run breaks; empty if it is sound.

    ``members`` (stock = stock before + joins - leaves - pruned + the owner's new accounts),
    ``moves`` (who left a group for another arrived there; only such an account comes from nowhere),
    ``revenue`` and ``cost`` (daily columns = ledger), ``policies`` (ledger
    by policy = ledger), ``replies`` (no more than messages), ``speakers`` (no more than openers),
    ``openers`` (no more than present), ``payers`` (distinct no more than the sum of daily ones),
    ``rows`` (members' rows = daily counts), ``order`` (inviters stand before those they invited),
    ``tenure`` (contribution by tenure fits the horizon).
    """
    run = Measured(record)
    members = run.series("members")
    before = np.concatenate(([record.initial_members], members[:-1]))
    joins, leaves, pruned = (run.series(name) for name in ("joins", "leaves", "pruned"))
    accounts = run.series("moved_in") - run.series("moved_out")
    ledger = record.ledger
    booked = [ledger[:, part].sum(axis=1) for part in CLASS_OF_ACCOUNTS.values()]
    rows = record.members
    holds = {
        "members": members == before + joins - leaves - pruned + accounts,
        "moves": accounts >= 0,
        "revenue": run.series("revenue") == booked[0],
        "cost": run.series("cost") == sum(booked[1:]),
        "policies": record.ledger_policy.sum(axis=0) == ledger.sum(axis=0),
        "replies": run.series("replies") <= run.series("messages"),
        "speakers": run.series("speakers") <= run.series("openers"),
        "openers": run.series("openers") <= before + joins,
        "payers": np.count_nonzero(run.persons.first_paid >= 0) <= run.total("payers"),
        "rows": [
            np.count_nonzero(rows.joined >= 0) == run.total("joins"),
            np.count_nonzero(rows.left < 0) == members[-1],
            np.count_nonzero(rows.left >= 0) == run.total("leaves") + run.total("pruned"),
        ],
        "order": rows.inviter < np.arange(rows.inviter.size),
        "tenure": record.tenure_contribution.shape == (record.days,),
    }
    return [name for name, held in holds.items() if not np.all(held)]
