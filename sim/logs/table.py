"""The event table: who did what when, as columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVENTS = ("message", "join", "leave", "reaction", "red_packet", "transfer", "purchase")
"""Kinds of events; the position is the code in :attr:`EventTable.event`."""

EVENT_CODE = {name: code for code, name in enumerate(EVENTS)}
MESSAGE = EVENT_CODE["message"]
PURCHASE = EVENT_CODE["purchase"]

DAY = 86_400
"""Seconds of a day."""
WEEK = 7 * DAY
"""Seconds of a week."""


@dataclass(frozen=True)
class ReadNotes:
    """What reading a file left out.

    Attributes:
        skipped: Rows that could not be read and were left out.
        first_skipped: Line of the first of them (1-based), 0 = none.
        damaged: The file was cut off or corrupt; the rows before the damage were kept.
        unsorted: The rows were not in order of time and were sorted (stably).
    """

    skipped: int = 0
    first_skipped: int = 0
    damaged: bool = False
    unsorted: bool = False


@dataclass(frozen=True)
class EventTable:
    """Events in order of time; all arrays have length n.

    Attributes:
        seconds: int64, seconds since 1970-01-01T00:00:00Z, non-decreasing.
        member: int32 codes ``0..members-1``, in order of first appearance.
        event: uint8 codes of :data:`EVENTS`.
        reply_to: int32 codes of the member answered, -1 = none.
        amount: float64 in the currency's main unit, NaN = none.
        names: What the source calls each member, by code. Never shown or written unless asked for.
        notes: What reading left out.
    """

    seconds: NDArray[np.int64]
    member: NDArray[np.int32]
    event: NDArray[np.uint8]
    reply_to: NDArray[np.int32]
    amount: NDArray[np.float64]
    names: tuple[str, ...] = field(repr=False)
    notes: ReadNotes = ReadNotes()

    def __len__(self) -> int:
        return int(self.seconds.size)

    @property
    def members(self) -> int:
        """Number of members with at least one event of any kind."""
        return len(self.names)

    @property
    def start(self) -> int:
        """Midnight UTC of the first event of any kind, in seconds: weeks are counted from here."""
        return int(self.seconds[0]) // DAY * DAY

    @property
    def end(self) -> int:
        """Midnight UTC after the last event, in seconds."""
        return (int(self.seconds[-1]) // DAY + 1) * DAY

    def before(self, until: int) -> EventTable:
        """The events before a moment; members keep their codes and names.

        Args:
            until: Seconds since 1970 UTC, exclusive.

        Raises:
            UserError: ``out_of_range``/``until_before_log`` if no event is earlier.
        """
        count = int(np.searchsorted(self.seconds, until, side="left"))
        if count == 0:
            raise UserError(
                "out_of_range",
                "until_before_log",
                until=day_text(until),
                first=day_text(int(self.seconds[0])),
            )
        if count == len(self):
            return self
        # Codes follow first appearance, hence the members seen so far are a prefix.
        seen = int(self.member[:count].max()) + 1
        reply_to = self.reply_to[:count]
        return replace(
            self,
            seconds=self.seconds[:count],
            member=self.member[:count],
            event=self.event[:count],
            reply_to=np.where(reply_to < seen, reply_to, np.int32(-1)),
            amount=self.amount[:count],
            names=self.names[:seen],
        )


def day_text(seconds: int) -> str:
    """The UTC date of a moment as ``YYYY-MM-DD``."""
    return str(np.datetime64(seconds, "s").astype("datetime64[D]"))


def build_table(
    seconds: NDArray[np.int64],
    member: NDArray[np.int32],
    event: NDArray[np.uint8],
    reply_to: NDArray[np.int32],
    amount: NDArray[np.float64],
    *,
    names: tuple[str, ...],
    notes: ReadNotes = ReadNotes(),
) -> EventTable:
    """An :class:`EventTable` from columns in source order and codes of any order.

    Rows are sorted by time (stably), members are renumbered in order of first appearance, and a
    reply to somebody without an event of their own becomes a reply to nobody.

    Args:
        seconds: int64 of shape (n,), n >= 1.
        member: int32 of shape (n,), positions in ``names``.
        event: uint8 of shape (n,).
        reply_to: int32 of shape (n,), positions in ``names`` or -1.
        amount: float64 of shape (n,).
        names: Every name met, in any order.
        notes: What reading left out.
    """
    if np.any(seconds[1:] < seconds[:-1]):
        order = np.argsort(seconds, kind="stable")
        seconds, member, event = seconds[order], member[order], event[order]
        reply_to, amount = reply_to[order], amount[order]
        notes = replace(notes, unsorted=True)
    present, first = np.unique(member, return_index=True)
    by_appearance = present[np.argsort(first, kind="stable")]
    code = np.full(len(names) + 1, -1, dtype=np.int32)  # the last entry serves reply_to = -1
    code[by_appearance] = np.arange(by_appearance.size, dtype=np.int32)
    return EventTable(
        seconds=seconds,
        member=code[member],
        event=event,
        reply_to=code[reply_to],
        amount=amount,
        names=tuple(names[old] for old in by_appearance),
        notes=notes,
    )
