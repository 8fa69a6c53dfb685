"""Events gathered from one or many files of a chat export, until they are one log.

What only the whole can tell waits for the end: whom a reply is to, if the message answered stands
in another file; who is meant where a notice names a person and not his number; what several files
hold of the same.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.people import NOBODY, People
from sim.logs.table import EVENT_CODE, MESSAGE, ReadNotes, build_table

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

EARLIEST, LATEST = 631_152_000, 4_102_444_800
"""Seconds since 1970 of 1990-01-01 and 2100-01-01 UTC: what lies outside is no time of a chat."""


@dataclass(frozen=True)
class Part:
    """What one file gave.

    Attributes:
        events: Rows taken; until :meth:`Gather.table`, one where several people joined at once.
        notes: What was left out.
        counts: Lines or messages that are no event, by cause: ``bots``, ``notices``, ``undated``,
            ``nameless``, ``sections`` and ``too_long``.
    """

    events: int
    notes: ReadNotes
    counts: dict[str, int]


class Gather(People):
    """Rows as they come, from any number of files, and whose they are.

    Attributes:
        counts: See :class:`Part`; of the file being read.
        parts: Files that were read.
        chats: Groups or channels whose messages were read, where formats number them.
        weak_share: Share of persons of whom only a name is known, told by :meth:`table`.
    """

    def __init__(self) -> None:
        """Nothing gathered yet."""
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.parts: list[Part] = []
        self.chats: set[Hashable] = set()
        self.weak_share = 0.0
        self._seconds, self._ids, self._reply_ids = array("q"), array("q"), array("q")
        self._person, self._reply_to = array("i"), array("i")
        self._event, self._amount = array("B"), array("d")
        self._starts = [0]
        self._skipped = self._first_skipped = 0
        self._damaged = False

    def __len__(self) -> int:
        return len(self._seconds)

    def add(
        self,
        seconds: float,
        person: int,
        event: str = "message",
        *,
        reply_to: int = NOBODY,
        reply_if_seen: int = NOBODY,
        reply_id: Hashable = None,
        amount: float = math.nan,
        identity: Hashable = None,
    ) -> None:
        """Take one event.

        Args:
            seconds: Since 1970 UTC; fractions are cut.
            person: Who, from :meth:`person` or :meth:`named`.
            event: One of ``EVENTS``.
            reply_to: Who is answered; -1 = nobody, or see ``reply_id``.
            reply_if_seen: Who is answered if anything of him comes before; a word that may be a
                name.
            reply_id: Identity of the message answered.
            amount: In the currency's main unit.
            identity: Of the message in all files of its source; None = there is none.

        Raises:
            ValueError: The time is no time of a chat.
        """
        if not EARLIEST <= seconds < LATEST:
            raise ValueError(seconds)
        self._seconds.append(int(seconds // 1))
        self._person.append(person)
        self._event.append(EVENT_CODE[event])
        self._reply_to.append(reply_to if reply_if_seen < 0 else NOBODY - 1 - reply_if_seen)
        self._reply_ids.append(0 if reply_id is None else hash(reply_id))
        self._amount.append(amount)
        self._ids.append(0 if identity is None else hash(identity))

    def take(
        self,
        seconds: NDArray[np.int64],
        person: NDArray[np.int32],
        event: NDArray[np.uint8],
        reply_to: NDArray[np.int32],
        amount: NDArray[np.float64],
        *,
        names: Sequence[str],
    ) -> None:
        """Take many events at once, as columns.

        Args:
            seconds: Since 1970 UTC, of shape (n,).
            person: Positions in ``names``.
            event: Codes of ``EVENTS``.
            reply_to: Positions in ``names``, -1 = nobody.
            amount: In the currency's main unit, NaN = none.
            names: Keys of persons as this source has them.
        """
        given = [self.given(name) if name else NOBODY for name in names]
        codes = np.array([*given, NOBODY], np.int32)
        none = np.zeros(seconds.size, np.int64).tobytes()
        self._seconds.frombytes(seconds.astype(np.int64).tobytes())
        self._person.frombytes(codes[person].tobytes())
        self._event.frombytes(event.astype(np.uint8).tobytes())
        self._reply_to.frombytes(codes[reply_to].tobytes())
        self._amount.frombytes(amount.astype(np.float64).tobytes())
        self._reply_ids.frombytes(none)
        self._ids.frombytes(none)

    def chat(self, number: Hashable) -> None:
        """Note a group or channel that is read.

        Args:
            number: Its identity in all files of its source.
        """
        self.chats.add(hash(number))

    def count(self, cause: str, number: int = 1) -> None:
        """Note what is no event and was understood."""
        self.counts[cause] += number

    def skip(self, line: int = 0, *, number: int = 1) -> None:
        """Note what was not understood.

        Args:
            line: Line or place of it in the file, from 1; 0 = unknown.
            number: Lines lost.
        """
        self._skipped += number
        self._first_skipped = self._first_skipped or line

    def broke_off(self) -> None:
        """Note that the file ends before its end, or is damaged there."""
        self._damaged = True

    def end_file(self) -> Part:
        """Close the account of one file."""
        notes = ReadNotes(
            skipped=self._skipped, first_skipped=self._first_skipped, damaged=self._damaged
        )
        part = Part(len(self) - self._starts[-1], notes, dict(self.counts))
        self.parts.append(part)
        self._starts.append(len(self))
        self.counts = Counter()
        self._skipped = self._first_skipped = 0
        self._damaged = False
        return part

    def table(self) -> tuple[EventTable, int]:
        """The log, in order of time, and how many events several files held.

        Of events with an identity each is taken once; of others as many as the file has that holds
        most of them, for two messages may fall in one second.
        """
        self._unlist()
        seconds = np.frombuffer(self._seconds, np.int64)
        known = self.recoded(self._moments)
        person = known[np.frombuffer(self._person, np.int32)]
        present = np.unique(person).tolist()
        self.weak_share = len(self.by_name_only().intersection(present)) / max(1, len(present))
        event = np.frombuffer(self._event, np.uint8)
        reply_to = self._answered(seconds, person, event, known)
        amount = np.frombuffer(self._amount, np.float64)
        kept = self._once(seconds, person, event, reply_to, amount)
        notes = ReadNotes(
            skipped=sum(one.notes.skipped for one in self.parts),
            damaged=any(one.notes.damaged for one in self.parts),
        )
        table = build_table(
            seconds[kept], person[kept], event[kept], reply_to[kept], amount[kept],
            names=tuple(self.names(known)), notes=notes,
        )  # fmt: skip
        return table, len(self) - len(kept)

    def _unlist(self) -> None:
        """Turn each event of a list of people into one event each."""
        people = self.lists()
        person = np.frombuffer(self._person, np.int32)
        rows = np.flatnonzero(np.isin(person, list(people)))
        if not rows.size:
            return
        copies = np.ones(person.size, np.int64)
        copies[rows] = [len(people[code]) for code in person[rows].tolist()]
        start = np.cumsum(copies) - copies
        each = np.repeat(person, copies)
        for row in rows.tolist():
            each[start[row] : start[row] + copies[row]] = people[int(person[row])]
        self._person = array("i", each.tobytes())
        self._starts = [int(copies[:first].sum()) for first in self._starts]
        ends = zip(self.parts, self._starts, self._starts[1:], strict=False)  # the last is open
        self.parts = [replace(part, events=end - first) for part, first, end in ends]
        for name in ("_seconds", "_ids", "_reply_ids", "_reply_to", "_event", "_amount"):
            old = getattr(self, name)
            setattr(self, name, array(old.typecode, np.repeat(np.asarray(old), copies).tobytes()))

    def _moments(self) -> list[int]:
        """At how many moments there is something of each code: the same for overlapping files."""
        moments = np.frombuffer(self._seconds, np.int64), np.frombuffer(self._person, np.int32)
        different = np.unique(np.column_stack(moments), axis=0)
        return [int(n) for n in np.bincount(different[:, 1], minlength=len(self._codes))]

    def _answered(
        self,
        seconds: NDArray[np.int64],
        person: NDArray[np.int32],
        event: NDArray[np.uint8],
        known: NDArray[np.int32],
    ) -> NDArray[np.int32]:
        """Who is answered, where the message answered is there."""
        told = np.frombuffer(self._reply_to, np.int32)
        unsure = told < NOBODY
        reply_to: NDArray[np.int32] = known[np.where(unsure, NOBODY - 1 - told, told)]
        if unsure.any():
            reply_to[unsure & ~self._seen(seconds, person, reply_to)] = NOBODY
        asked, ids = np.frombuffer(self._reply_ids, np.int64), np.frombuffer(self._ids, np.int64)
        rows = np.flatnonzero(asked)
        there = np.flatnonzero((ids != 0) & (event == MESSAGE))
        if rows.size and there.size:
            order = there[np.argsort(ids[there], kind="stable")]
            place = np.searchsorted(ids[order], asked[rows])
            place = np.minimum(place, order.size - 1)
            found = ids[order][place] == asked[rows]
            reply_to[rows[found]] = person[order[place[found]]]
        return reply_to

    def _seen(
        self, seconds: NDArray[np.int64], person: NDArray[np.int32], whom: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Whether there is anything of ``whom`` before each row: earlier, or above in its file."""
        count = len(self._codes) + 1
        first = np.full(count, LATEST, np.int64)
        np.minimum.at(first, person, seconds)
        seen = first[whom] < seconds
        file = np.searchsorted(self._starts, np.arange(len(self)), side="right")
        early = np.flatnonzero(seconds == first[person])
        keys, places = np.unique(file[early] * count + person[early], return_index=True)
        same = np.flatnonzero(first[whom] == seconds)
        wanted = file[same] * count + whom[same]
        at = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        seen[same] = (keys[at] == wanted) & (early[places[at]] < same)
        return seen

    def _once(
        self,
        seconds: NDArray[np.int64],
        person: NDArray[np.int32],
        event: NDArray[np.uint8],
        reply_to: NDArray[np.int32],
        amount: NDArray[np.float64],
    ) -> NDArray[np.int64]:
        """Rows that are kept, in source order."""
        ids = np.frombuffer(self._ids, np.int64)
        bits = np.where(np.isnan(amount), np.nan, amount).view(np.int64)  # NaN has one pattern here
        same = np.column_stack([
            ids, np.where(ids != 0, 0, seconds), person, event, np.where(ids != 0, 0, bits),
        ])  # fmt: skip
        copies = np.zeros(len(self), np.int64)
        for start, end in zip(self._starts, [*self._starts[1:], len(self)], strict=True):
            rows = np.arange(start, end)
            rows = rows[ids[start:end] == 0]
            if rows.size:
                copies[rows] = _copy_number(same[rows])
        # of equal events the one of which more is known, else the first
        order = np.lexsort((reply_to < 0, copies, *same.T[::-1]))
        ordered, number = same[order], copies[order]
        new = np.ones(order.size, np.bool_)
        new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1) | (number[1:] != number[:-1])
        return np.sort(order[new])


def _copy_number(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many equal rows come before each row."""
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    start = np.ones(order.size, np.bool_)
    start[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    position = np.arange(order.size)
    number = np.empty(order.size, np.int64)
    number[order] = position - np.maximum.accumulate(np.where(start, position, 0))
    return number
