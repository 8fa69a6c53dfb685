"""Where messages begin in WhatsApp's text, and how its dates are to be read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sim.logs.people import plain_name
from sim.logs.times import HALF_DAY, hour_of_day
from sim.logs.whatsapp_notices import begins_notice, group_name, is_encryption, is_notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_SIGNS = f"[{_MARKS}]*"
_HEAD = re.compile(
    rf"{_SIGNS}(\[)?{_SIGNS}(\d{{1,4}})\s?(?:([./-])|年)\s?(\d{{1,2}})\s?(?:[./-]|月)\s?(\d{{1,4}})[.日]?"
    rf"[,،]?\s+{_SIGNS}({HALF_DAY})?\s?(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?{_SIGNS}\s?({HALF_DAY})?{_SIGNS}"
    rf"(?(1)\]\s?|\s+[-–—]\s)"
)
_FIRST = frozenset("[" + _MARKS)
_PHONE = re.compile(r"\+?[\d\s().-]{7,25}")
_SPLIT = re.compile(r":(?:\s|$)")
_ENOUGH = 3  # lines that show that a name holds a colon
_MOST_NAMES = 200_000
_YEAR, _MONTHS, _DAYS = 4, 12, 31
_TRIES = 30
_EARLY = 3  # messages among which a chat's first notice stands
_NAME = 60  # characters of a contact's name that holds a colon


class Line(NamedTuple):
    """A message or notice begins.

    Attributes:
        number: Line in the file.
        date: Three numbers as written.
        year_first: The first of them is the year.
        clock: Hour, minute, second.
        half: Whether the clock shows twelve hours.
        rest: What stands behind the time.
        dots: Dots part the numbers of the date.
    """

    number: int
    date: tuple[int, int, int]
    year_first: bool
    clock: tuple[int, int, int]
    half: bool
    rest: str
    dots: bool


def head(line: str, number: int = 0) -> Line | None:
    """The beginning of a message; None = the line goes on with the one before."""
    found = _HEAD.match(line)
    if found is None:
        return None
    _, one, mark, two, three, before, hour, minute, second, after = found.groups()
    try:
        half = before or after
        clock = (hour_of_day(int(hour), half), int(minute), int(second or 0))
    except ValueError:
        return None
    date, year_first = _date(one, two, three)
    if date is None or clock > (23, 59, 60):
        return None
    return Line(number, date, year_first, clock, half is not None, line[found.end() :], mark == ".")


@lru_cache(maxsize=1024)
def _date(one: str, two: str, three: str) -> tuple[tuple[int, int, int] | None, bool]:
    """Three numbers as written, None if they are no date, and whether the first is the year."""
    date = (int(one), int(two), int(three))
    year_first = len(one) == _YEAR or date[0] > _DAYS
    low, high = sorted(date[1:] if year_first else date[:2])
    return (date if 1 <= low <= _MONTHS and 1 <= high <= _DAYS else None), year_first


def looks_like(text: str) -> bool:
    """Whether a text that begins like this is WhatsApp's."""
    for line in text.split("\n")[:_TRIES]:
        found = head(line[:2000])
        if found is not None:
            return not found.rest.lstrip().startswith(("<", "*"))
    return False


def heads(lines: Iterable[str]) -> Iterator[Line | int]:
    """Where messages begin; of other lines their number, as long as none has begun."""
    begun = False
    for number, line in enumerate(lines, 1):
        # most lines that go on begin with a letter
        found = head(line, number) if line[:1].isdecimal() or line[:1] in _FIRST else None
        if found is not None:
            begun = True
            yield found
        elif not begun and line.strip():
            yield number


@dataclass
class Survey:
    """What is found out of a file before it is read.

    Attributes:
        day_first: Whether the day stands before the month.
        groups: What the group was called.
        colons: Names that hold a colon.
    """

    day_first: bool = True
    groups: set[str] = field(default_factory=set)
    colons: tuple[str, ...] = ()

    def sender(self, rest: str) -> tuple[str, str]:
        """Who says what; nobody where it is a notice."""
        for name in self.colons:
            if rest.startswith(name):
                behind = rest[len(name) :]
                return (name, behind[1:].strip()) if behind.startswith(":") else ("", rest)
        cut = _SPLIT.search(rest)
        if cut is None:
            return "", rest
        name, text = rest[: cut.start()], rest[cut.end() :]
        plain, sentence = _before_colon(name)
        if plain in self.groups and is_notice(plain_name(text)):
            return "", text
        return ("", rest) if sentence else (name, text)


def survey(lines: Iterable[Line | int]) -> Survey:
    """Look through a file once.

    The order of day and month is one for the whole file: a number over 12 shows it, else that
    order is right in which time goes back less often, else the one that takes less time.
    """
    found = Survey()
    order = _Order()
    names, deeper = Counter[str](), Counter[tuple[str, str]]()
    for line in lines:
        if isinstance(line, int):
            continue
        order.look(line)
        first, colon, behind = line.rest[:400].partition(":")
        if colon and len(names) < _MOST_NAMES:
            names[first] += 1
            second, more, _ = behind.partition(":")
            if more and len(deeper) < _MOST_NAMES:
                deeper[first, second] += 1
            early = order.seen <= _EARLY or "\u200e" in behind[:3]
            if early and is_encryption(behind):
                found.groups.add(plain_name(first))
        if '"' in line.rest or "“" in line.rest or "«" in line.rest:
            who, said = found.sender(line.rest[:400])
            name = group_name(said) if not who or is_notice(said) else ""
            if name:
                found.groups.add(plain_name(name))
    found.day_first = order.day_first
    found.colons = tuple(
        f"{first}:{second}" for (first, second), count in deeper.items()
        if count >= _ENOUGH and names[first] - count <= max(1, count // 10) and len(second) <= _NAME
    )  # fmt: skip
    return found


@lru_cache(maxsize=50_000)
def _before_colon(name: str) -> tuple[str, bool]:
    """A name as people read it, and whether it is rather a sentence."""
    return plain_name(name), begins_notice(name)


class _Order:
    """Which of day and month comes first."""

    def __init__(self) -> None:
        self.seen = 0
        self._shown = [0, 0]  # of day first, of month first
        self._back = [0, 0]
        self._span: list[tuple[int, int] | None] = [None, None]
        self._last: list[tuple[int, ...]] = [(), ()]
        self._half = self._dots = False
        self._date: tuple[int, ...] = ()
        self._clock: tuple[int, ...] = ()

    def look(self, line: Line) -> None:
        """Take a line into account."""
        self.seen += 1
        same, self._date = line.date == self._date, line.date
        later, self._clock = line.clock >= self._clock, line.clock
        if line.year_first or (same and later):  # tells nothing more
            return
        first, second, year = line.date
        self._half, self._dots = self._half or line.half, self._dots or line.dots
        self._shown[0] += first > _MONTHS
        self._shown[1] += second > _MONTHS
        if self._shown[0] != self._shown[1]:
            return
        for at, (month, day) in enumerate(((second, first), (first, second))):
            moment = (year, month, day, *line.clock)
            self._back[at] += moment < self._last[at]
            self._last[at] = moment
            days = (year * 12 + month) * 31 + day
            low, high = self._span[at] or (days, days)
            self._span[at] = (min(low, days), max(high, days))

    @property
    def day_first(self) -> bool:
        """The decision."""
        if self._shown[0] != self._shown[1]:
            return self._shown[0] > self._shown[1]
        if self._back[0] != self._back[1]:
            return self._back[0] < self._back[1]
        spans = [high - low for low, high in filter(None, self._span)]
        if spans and spans[0] != spans[1]:
            return spans[0] < spans[1]
        return self._dots or not self._half


def day_of(line: Line, *, day_first: bool) -> tuple[int, int, int]:
    """Year, month and day."""
    first, second, third = line.date
    if line.year_first:
        year, month, day = first, second, third
    elif day_first:
        year, month, day = third, second, first
    else:
        year, month, day = third, first, second
    return year + 2000 if year < 100 else year, month, day


def phone(name: str) -> str:
    """The digits of a telephone number; empty = it is a name."""
    plain = plain_name(name)
    if _PHONE.fullmatch(plain) is None:
        return ""
    return "+" + "".join(letter for letter in plain if letter.isdecimal())
