"""Who keeps speaking: members by the month of their first message, followed month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.table import DAY, MESSAGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.table import EventTable

MONTH = 30
"""Days of a month of somebody's life in the community."""
MOST_MONTHS = 24
"""Months that are followed."""


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Cohorts by calendar month (UTC) of the first message, C of them, followed K months.

    Attributes:
        months: First day of each calendar month, ``datetime64[M]``, shape (C,); none is left out.
        firsts: Members whose first message falls in the month, int64 of shape (C,).
        followed: Of these, members whose whole month k after the first message lies before the end
            of the log, int64 of shape (C, K); k = 1 .. K is column k - 1.
        spoke: Of the followed, members with a message on days 30 k to 30 (k + 1) after their first,
            int64 of shape (C, K).
    """

    months: NDArray[np.datetime64]
    firsts: NDArray[np.int64]
    followed: NDArray[np.int64]
    spoke: NDArray[np.int64]

    @property
    def share(self) -> NDArray[np.float64]:
        """Share of the followed who spoke, shape (C, K); NaN where nobody was followed."""
        share = np.full(self.spoke.shape, np.nan)
        np.divide(self.spoke, self.followed, out=share, where=self.followed > 0)
        return share

    def pooled(self, length: int) -> Retention:
        """The same with ``length`` months as one cohort: quarters, halves, years of the calendar.

        The first may be cut by the beginning of the log.
        """
        whole = self.months.astype(np.int64) // length
        starts = np.append(0, np.flatnonzero(np.diff(whole)) + 1)
        return Retention(
            months=(whole[starts] * length).astype("datetime64[M]"),
            firsts=np.add.reduceat(self.firsts, starts),
            followed=np.add.reduceat(self.followed, starts, axis=0),
            spoke=np.add.reduceat(self.spoke, starts, axis=0),
        )

    def document(self) -> dict[str, Any]:
        """As plain data; None = nobody was followed that long."""
        share = self.share
        return {
            "days_a_month": MONTH,
            "cohorts": [
                {
                    "month": str(month),
                    "first_messages": int(self.firsts[row]),
                    "followed": self.followed[row].tolist(),
                    "share": [None if np.isnan(one) else float(one) for one in share[row]],
                }
                for row, month in enumerate(self.months)
            ],
        }


def retention(table: EventTable) -> Retention:
    """Follow everybody from the first message on.

    Args:
        table: Events with at least one message.

    Returns:
        One row a calendar month from the first message's to the last event's; as many columns as
        whole months of 30 days fit, at most 24.
    """
    use = table.event == MESSAGE
    seconds, member = table.seconds[use], table.member[use]
    posters, at = np.unique(member, return_index=True)
    first = np.zeros(table.members, dtype=np.int64)
    first[posters] = seconds[at]
    month = seconds[at].astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    row = np.zeros(table.members, dtype=np.int64)
    row[posters] = month - month.min()
    end = table.seconds[-1:].astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    rows = int(end[0] - month.min()) + 1
    span = MONTH * DAY
    reach = (table.end - first[posters]) // span - 1  # whole months after the first
    columns = int(min(MOST_MONTHS, max(reach.max(), 0)))
    ages = (seconds - first[member]) // span
    late = (ages >= 1) & (ages <= columns)
    seen = np.unique(member[late].astype(np.int64) * (columns + 1) + ages[late])
    who, age = np.divmod(seen, columns + 1)
    spoke = np.zeros((rows, columns), dtype=np.int64)
    # Who spoke in a month that the log cuts off is left out, as are those who did not.
    whole = (table.end - first[who]) // span > age
    np.add.at(spoke, (row[who[whole]], age[whole] - 1), 1)
    followed = np.zeros((rows, columns), dtype=np.int64)
    for k in range(columns):
        followed[:, k] = np.bincount(row[posters[reach > k]], minlength=rows)
    return Retention(
        months=(month.min() + np.arange(rows)).astype("datetime64[M]"),
        firsts=np.bincount(row[posters], minlength=rows),
        followed=followed,
        spoke=spoke,
    )
