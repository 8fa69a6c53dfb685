"""Events gathered from one or many files of a chat export, until they are one log.

What only the whole can tell waits for the end: whom a reply is to, if the message answered stands
in another file; who is meant where a notice names a person and not his number; what several files
hold of the same.
"""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.nicks import same_people
from sim.logs.table import EVENT_CODE, MESSAGE, ReadNotes, build_table

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

EARLIEST, LATEST = 631_152_000, 4_102_444_800
"""Seconds since 1970 of 1990-01-01 and 2100-01-01 UTC: what lies outside is no time of a chat."""

LONGEST = 200
"""Characters of a name or number that count; nobody's is longer."""

_NAMED = "name:"
_LISTED = "names:"
_BETWEEN = "、"
_MOST_LISTED = 20_000  # characters of a list of names
_MOST_BETWEEN = 8  # of the mark in one name
_NOBODY = -1


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


class Gather:
    """Rows as they come, from any number of files.

    Attributes:
        counts: See :class:`Part`; of the file being read.
        parts: Files that were read.
        chats: Groups or channels whose messages were read, where formats number them.

    A person is a key: the number that a format gives him (:meth:`person`), else the name shown
    (:meth:`named`). Where both occur, names that only one number bore become that number.
    """

    def __init__(self) -> None:
        """Nothing gathered yet."""
        self.counts: Counter[str] = Counter()
        self.parts: list[Part] = []
        self.chats: set[Hashable] = set()
        self._codes: dict[str, int] = {}
        self._met: dict[tuple[str, str], tuple[int, str]] = {}
        self._shown: dict[int, str] = {}
        self._bearers: dict[str, dict[int, None]] = {}
        self._changes: set[tuple[int, int]] = set()
        self._seconds, self._ids, self._reply_ids = array("q"), array("q"), array("q")
        self._person, self._reply_to = array("i"), array("i")
        self._event, self._amount = array("B"), array("d")
        self._starts = [0]
        self._skipped = self._first_skipped = 0
        self._damaged = False

    def __len__(self) -> int:
        return len(self._seconds)

    def person(self, number: str, *, shown: str = "") -> int:
        """Somebody by the number that the format gives him.

        Args:
            number: It never changes, whatever he calls himself.
            shown: What he is called here; empty = unknown.
        """
        met = self._met.get((number, shown))
        if met is None:
            met = self._meet(number, shown)
        code, name = met
        if name:
            self._shown[code] = name  # the latest
        return code

    def named(self, name: str, *, shown: str = "") -> int:
        """Somebody of whom only the name shown is known.

        Args:
            name: What tells him from others.
            shown: How it is written, if that is not the same.
        """
        name = plain_name(name)
        code = self._code(_NAMED + name)
        self._shown.setdefault(code, plain_name(shown) or name)
        return code

    def renamed(self, old: int, new: int) -> None:
        """Note that somebody known by name only took another; :meth:`table` finds who is who."""
        self._changes.add((old, new))

    def listed(self, names: str) -> int:
        """Everybody in a list such as ``A、B``, for one event each.

        A name may hold the mark itself. Where the list ends and a name begins is told by all names
        met until :meth:`table`.
        """
        if _BETWEEN not in names:
            return self.named(names)
        return self._code(_LISTED + names[:_MOST_LISTED])

    def add(
        self,
        seconds: float,
        person: int,
        event: str = "message",
        *,
        reply_to: int = _NOBODY,
        reply_if_seen: int = _NOBODY,
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
        self._reply_to.append(reply_to if reply_if_seen < 0 else _NOBODY - 1 - reply_if_seen)
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
        given = [self._given(name) if name else _NOBODY for name in names]
        codes = np.array([*given, _NOBODY], np.int32)
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
        known = self._recoded()
        person = known[np.frombuffer(self._person, np.int32)]
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
            names=tuple(self._names(known)), notes=notes,
        )  # fmt: skip
        return table, len(self) - len(kept)

    @property
    def weak_share(self) -> float:
        """Share of persons of whom only a name is known, after :meth:`table`'s matching."""
        self._unlist()
        known = self._recoded()
        present = np.unique(known[np.frombuffer(self._person, np.int32)])
        weak = {code for key, code in self._codes.items() if key.startswith(_NAMED)}
        return sum(int(code) in weak for code in present) / max(1, len(present))

    def _names(self, known: NDArray[np.int32]) -> list[str]:
        """What each person is called, by code; of two of one name the second has a number."""
        names, taken = [], Counter[str]()
        for key, code in self._codes.items():
            name = self._shown.get(code) or plain_name(key.partition(":")[2])
            taken[name] += known[code] == code  # not counted if he is somebody known by number
            names.append(name if taken[name] <= 1 else f"{name} ({taken[name]})")
        return names

    def _meet(self, number: str, shown: str) -> tuple[int, str]:
        """A number with a name for the first time; kept unless too long to be a person's."""
        code, name = self._code("id:" + _whole(number[:LONGEST])), plain_name(shown)
        if shown:
            self._bearers.setdefault(name, {})[code] = None
        if len(number) + len(shown) <= LONGEST:
            self._met[number, shown] = code, name
        return code, name

    def _given(self, name: str) -> int:
        code = self._code("id:" + name)
        self._shown[code] = name
        return code

    def _code(self, key: str) -> int:
        return self._codes.setdefault(key, len(self._codes))

    def _unlist(self) -> None:
        """Turn each event of a list of people into one event each."""
        lists = [(key, code) for key, code in self._codes.items() if key.startswith(_LISTED)]
        people = {code: self._split(key.removeprefix(_LISTED)) for key, code in lists}
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

    def _split(self, names: str) -> list[int]:
        """People in a list: at each place the longest name met, else up to the next mark."""
        parts = names.split(_BETWEEN)
        people, at = list[int](), 0
        while at < len(parts):
            ends = range(min(at + _MOST_BETWEEN, len(parts)), at, -1)
            for end in ends:
                name = plain_name(_BETWEEN.join(parts[at:end]))
                if name in self._bearers or _NAMED + name in self._codes:
                    break
            else:
                end, name = at + 1, plain_name(parts[at])
            if name:
                people.append(self.named(name))
            at = end
        return people

    def _recoded(self) -> NDArray[np.int32]:
        """Code of each person by code; the last entry serves nobody."""
        known = np.append(np.arange(len(self._codes), dtype=np.int32), np.int32(_NOBODY))
        if self._changes:
            shown = [key.partition(":")[2] for key in self._codes]
            times = self._moments()
            people = same_people(
                self._changes, name=shown.__getitem__, weight=lambda code: int(times[code])
            )
            known[list(people)] = list(people.values())
        for name, bearers in self._bearers.items():
            code = self._codes.get(_NAMED + name)
            if code is not None and len(bearers) == 1:
                known[code] = next(iter(bearers))
        return known

    def _moments(self) -> NDArray[np.int64]:
        """At how many moments there is something of each code: the same for overlapping files."""
        moments = np.frombuffer(self._seconds, np.int64), np.frombuffer(self._person, np.int32)
        different = np.unique(np.column_stack(moments), axis=0)
        return np.bincount(different[:, 1], minlength=len(self._codes))

    def _answered(
        self,
        seconds: NDArray[np.int64],
        person: NDArray[np.int32],
        event: NDArray[np.uint8],
        known: NDArray[np.int32],
    ) -> NDArray[np.int32]:
        """Who is answered, where the message answered is there."""
        told = np.frombuffer(self._reply_to, np.int32)
        unsure = told < _NOBODY
        reply_to: NDArray[np.int32] = known[np.where(unsure, _NOBODY - 1 - told, told)]
        if unsure.any():
            reply_to[unsure & ~self._seen(seconds, person, reply_to)] = _NOBODY
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


def plain_name(name: str) -> str:
    """A name as people read it: without marks of direction, runs of spaces and invisible signs."""
    return _plain(name[: 4 * LONGEST])


@lru_cache(maxsize=1 << 14)
def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name)
    kept = "".join(
        letter for letter in text
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs") or letter in "\t\u200d"
    )  # fmt: skip
    return " ".join(kept.split())[:LONGEST]


def _whole(number: str) -> str:
    """Without halves of characters, which JSON may hold and no file can."""
    return number if number.isascii() else number.encode("utf-8", "replace").decode()


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
