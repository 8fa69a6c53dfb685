"""Money by account and by policy, in whole fen.

Every line of the books is a day, an account, a policy and an amount. It is written into two tables,
by day and by policy, whose totals must agree; what members paid is also written on the members, so
takings have a second side as well. The order of ``sim.record.ACCOUNTS`` is by class: a class is a
slice. Memo accounts belong to no class and never enter profit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.record import ACCOUNTS

if TYPE_CHECKING:
    from sim.record import RunRecord

_LAST_OF_CLASS = {
    "revenue": "refund",
    "variable": "fulfilment",
    "acquisition": "partner_fee",
    "engagement": "care",
    "fixed": "other",
}


def _slices() -> dict[str, slice]:
    slices, start = {}, 0
    for name, last in _LAST_OF_CLASS.items():
        stop = ACCOUNTS.index(last) + 1
        slices[name] = slice(start, stop)
        start = stop
    return slices


CLASS_OF_ACCOUNTS = _slices()
"""Class name -> slice of ``ACCOUNTS``: revenue (refunds are negative lines) and the four classes of
cost."""

_FROM_MEMBERS = tuple(
    ACCOUNTS.index(name)
    for name in ("membership", "entry_fee", "course", "goods", "affiliate", "refund")
)


@dataclass(frozen=True)
class Sides:
    """The two sides of one run's books, fen.

    Attributes:
        by_day: Revenue less cost, from the table by day.
        by_policy: The same, from the table by policy.
        taken: Takings from members, by account.
        spent: Takings from members, as written on the members.
    """

    by_day: int
    by_policy: int
    taken: int
    spent: int

    @property
    def agree(self) -> bool:
        """Whether both tables and both sides of the takings are equal to the fen."""
        return self.by_day == self.by_policy and self.taken == self.spent


def sides(record: RunRecord) -> Sides:
    """Both sides of a finished run's books."""
    revenue = CLASS_OF_ACCOUNTS["revenue"]
    costs = slice(revenue.stop, CLASS_OF_ACCOUNTS["fixed"].stop)
    daily, policies = record.ledger, record.ledger_policy
    return Sides(
        by_day=int(daily[:, revenue].sum() - daily[:, costs].sum()),
        by_policy=int(policies[:, revenue].sum() - policies[:, costs].sum()),
        taken=int(daily[:, _FROM_MEMBERS].sum()),
        spent=int(record.members.spent.sum()),
    )
