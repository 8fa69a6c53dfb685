"""Weeks of a log: 7-day windows from midnight UTC of its first event of any kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.table import DAY, MESSAGE, WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.table import EventTable


@dataclass(frozen=True)
class ActiveWeeks:
    """Who wrote how much in which week: one entry for each active member-week, sorted by week.

    Written for messages; counted from events of another kind, every "message" is one of those.

    Attributes:
        members: Number of members of the table (the range of ``member``).
        whole: Number of whole weeks before the origin.
        cut: Share of the week after them that was seen before the origin, 0 <= cut < 1.
        week: int32 of shape (n,); the value ``whole`` is the cut week.
        member: int32 of shape (n,), codes of the table.
        messages: int64 of shape (n,), at least 1.
        starts: int64 of shape (whole + 2,): entries of week t are ``starts[t]:starts[t + 1]``.
        first: int32 of shape (members,): week of the first message, -1 = none.
    """

    members: int
    whole: int
    cut: float
    week: NDArray[np.int32]
    member: NDArray[np.int32]
    messages: NDArray[np.int64]
    starts: NDArray[np.int64]
    first: NDArray[np.int32]

    @property
    def origin(self) -> int:
        """Index of the first window that starts at or after the origin."""
        return self.whole + (self.cut > 0)


@dataclass(frozen=True)
class WeeklySeries:
    """The three weekly series of a log, whole weeks only; int64 of shape (weeks,).

    Attributes:
        speakers: Distinct members with a message.
        messages: Messages.
        newcomers: Members whose first message falls in the week.
    """

    speakers: NDArray[np.int64]
    messages: NDArray[np.int64]
    newcomers: NDArray[np.int64]


def active_weeks(
    table: EventTable,
    *,
    start: int | None = None,
    until: int | None = None,
    event: int = MESSAGE,
) -> ActiveWeeks:
    """Count messages, or events of another kind, by member and week.

    Args:
        table: The events.
        start: Seconds from which weeks are counted; default: :attr:`EventTable.start`.
        until: Origin in seconds, exclusive; default: :attr:`EventTable.end`.
        event: Code of the kind of event.
    """
    start = table.start if start is None else start
    until = table.end if until is None else until
    whole, rest = divmod(max(until - start, 0), WEEK)
    use = (table.event == event) & (table.seconds >= start) & (table.seconds < until)
    members = table.members
    week = (table.seconds[use] - start) // WEEK
    key, messages = np.unique(week * members + table.member[use], return_counts=True)
    week, member = np.divmod(key, members)
    first = np.full(members, -1, dtype=np.int32)
    first[member[::-1]] = week[::-1]  # sorted by week: the earliest is written last
    return ActiveWeeks(
        members=members,
        whole=int(whole),
        cut=rest / WEEK,
        week=week.astype(np.int32),
        member=member.astype(np.int32),
        messages=messages.astype(np.int64),
        starts=np.searchsorted(week, np.arange(whole + 2)).astype(np.int64),
        first=first,
    )


def weekly_series(active: ActiveWeeks) -> WeeklySeries:
    """The three series of :class:`ActiveWeeks`, its cut week left out."""
    size = active.whole
    messages = np.bincount(active.week, weights=active.messages, minlength=size)[:size]
    return WeeklySeries(
        speakers=np.bincount(active.week, minlength=size)[:size].astype(np.int64),
        messages=np.rint(messages).astype(np.int64),
        newcomers=np.bincount(active.first[active.first >= 0], minlength=size)[:size].astype(
            np.int64
        ),
    )


def weekly(
    table: EventTable, *, start: int | None = None, until: int | None = None
) -> WeeklySeries:
    """Speakers, messages and newcomers of every whole week.

    Args:
        table: The events.
        start: Seconds from which weeks are counted; default: midnight UTC of the first event.
        until: Seconds, exclusive; default: the midnight after the last event.
    """
    return weekly_series(active_weeks(table, start=start, until=until))


def weekday_shares(table: EventTable, *, until: int | None = None) -> NDArray[np.float64]:
    """Share of speaking days (member-days with a message) by position in the week.

    Position 0 is the weekday of the first event, hence the same windows as the weeks; half a
    speaking day is added to each position so that a short log does not rule a weekday out.

    Returns:
        float64 of shape (7,), sum 1.
    """
    start, until = table.start, table.end if until is None else until
    whole = start + max(until - start, 0) // WEEK * WEEK
    use = (table.event == MESSAGE) & (table.seconds < whole)
    day = (table.seconds[use] - start) // DAY
    key = np.unique(day * table.members + table.member[use])
    counts = np.bincount(key // max(table.members, 1) % 7, minlength=7) + 0.5
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares
