"""Where messages begin in what QQ's message manager writes: text, web archive, or pasted lines."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sim.logs.files import DAMAGE, bounded_lines, head_text, open_bytes, text_encoding
from sim.logs.qq_notices import notice, number_of
from sim.logs.times import HALF_DAY, hour_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PREAMBLE = "消息记录（此消息记录为文本格式"

_HEAD = re.compile(
    rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}) (\d{{1,2}}):(\d{{2}}):(\d{{2}})"
    rf"(?:\s?({HALF_DAY}))? (.*\S)\s*"
)
_NUMBERED = re.compile(r"(.*)(?:\((\d{5,12})\)|<([^<>\s@]+@[^<>\s]+)>)")
_TITLES = re.compile(r"(?:【[^】]{0,6}】)+")
_SECTION = re.compile(r"消息(分组|对象)[:：](.*)")
_RULER = re.compile(r"={20,}\s*")
_PASTED = re.compile(
    rf"(.*\S)\s+(\d{{1,4}})[/-](\d{{1,2}})[/-](\d{{1,4}})\s+({HALF_DAY})?\s?"
    rf"(\d{{1,2}}):(\d{{2}}):(\d{{2}})\s?({HALF_DAY})?\s*"
)
_PASTED_TIME = re.compile(
    rf"(.*\S)(?:\s+(\d{{1,2}}):(\d{{2}}):(\d{{2}})\s?({HALF_DAY})"
    r"|  +(\d{1,2}):(\d{2}):(\d{2}))\s*"
)
_PASTED_DAY = re.compile(r"[\s—–-]*[—–-]\s+(\d{4})[-/](\d{1,2})[-/](\d{1,2})\s+[—–-][\s—–-]*")
_WEB_DAY = re.compile(r"日期:\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})\s*")
_WEB_TIME = re.compile(rf"\s*(\d{{1,2}}):(\d{{2}}):(\d{{2}})\s?({HALF_DAY})?\s*")
_GROUPS = re.compile(r"(?:群|群组|群聊|讨论组|多人聊天|groups?|discussions?)$", re.IGNORECASE)
_TWO = 2  # people of a talk between two
_LONGEST = 400  # characters of a line with which a message begins
_NIGHT = 12  # a clock that goes back by more hours than this shows the next day


class Section(NamedTuple):
    """A chat begins; ``group`` = what the file calls the list it is in."""

    group: str


class Head(NamedTuple):
    """A message begins.

    Attributes:
        line: Line in the file.
        day: Year, month, day; None = not told.
        clock: Hour, minute, second.
        name: As shown.
        number: Empty = not told.
    """

    line: int
    day: tuple[int, int, int] | None
    clock: tuple[int, int, int]
    name: str
    number: str


class Text(NamedTuple):
    """A line of the message that began last."""

    line: int
    text: str


Piece = Section | Head | Text


@dataclass
class _Chat:
    """What is found out of a section before it is read."""

    group: str = ""
    people: set[str] = field(default_factory=set)
    numbered: bool = False
    grouped: bool = field(init=False)

    def __post_init__(self) -> None:
        self.grouped = not self.group or _GROUPS.search(self.group) is not None

    @property
    def private(self) -> bool:
        """Whether two talk: a list of friends, and never a third person."""
        return not self.grouped and len(self.people) <= _TWO

    @property
    def settled(self) -> bool:
        """Whether looking on would change nothing."""
        return self.numbered and (self.grouped or len(self.people) > _TWO)


@dataclass
class Survey:
    """What is found out of a file before it is read.

    Attributes:
        web: It is a web archive.
        pasted: It was copied out of the window of a chat, not written by the message manager.
        blank: Messages are parted by blank lines.
        day_first: Pasted dates are day, month, year.
        chats: One for each section, the first for what stands before all sections.
    """

    web: bool = False
    pasted: bool = False
    blank: bool = True
    day_first: bool = False
    chats: list[_Chat] = field(default_factory=lambda: [_Chat()])

    def numbered(self, section: int) -> bool:
        """Whether a section, from 0, shows numbers beside names."""
        return section < len(self.chats) and self.chats[section].numbered

    def private(self, section: int) -> bool:
        """Whether a section, from 0, is a talk between two."""
        return section < len(self.chats) and self.chats[section].private


def looks_like(text: str) -> bool:
    """Whether a text that begins like this is QQ's."""
    if PREAMBLE in text or ("消息对象:" in text and "消息分组:" in text):
        return True
    pasted = 0
    for line in text.split("\n")[:2000]:
        head = _official(line.lstrip("\ufeff"), numbered=False)
        if head is not None and head.number:
            return True
        if len(line) > _LONGEST:
            continue
        day = _PASTED.fullmatch(line)
        pasted += bool(day and "/" in line and "【" in day[1]) or bool(_PASTED_DAY.fullmatch(line))
        pasted += bool(day and "/" in line and pasted)
        if pasted > 1 or (pasted and _PASTED_TIME.fullmatch(line)):
            return True
    return False


def survey(path: Path, head: bytes) -> Survey:
    """Look through a file once."""
    text = head_text(head)
    found = Survey(web="<html" in text.casefold() and PREAMBLE not in text)
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if _official(line, numbered=False) is not None]
    numbered = [at for at in heads if _official(lines[at], numbered=True) is not None]
    found.pasted = not found.web and PREAMBLE not in text and not numbered
    others = (numbered or heads)[1:]
    parted = sum(not lines[at - 1].strip("\r =") for at in others)
    found.blank = not others or 2 * parted > len(others)
    try:
        for piece in pieces(path, head, found, only_sections=True):
            chat = found.chats[-1]
            if isinstance(piece, Section):
                found.chats.append(_Chat(piece.group))
            elif isinstance(piece, Head):
                chat.numbered = chat.numbered or bool(piece.number)
                if len(chat.people) <= _TWO and piece.number not in ("10000", "1000000"):
                    chat.people.add(piece.number or piece.name)
    except DAMAGE:  # reading meets it again
        pass
    return found


def pieces(
    path: Path, head: bytes, known: Survey, *, only_sections: bool = False
) -> Iterator[Piece]:
    """A file, piece by piece.

    Args:
        path: The file.
        head: How it begins.
        known: What is known of it.
        only_sections: Of a section of which enough is known, nothing need come.

    Raises:
        EOFError, zlib.error, gzip.BadGzipFile: Where it breaks off.
    """
    with open_bytes(path) as stream:
        if known.web:
            tags = bounded_lines(stream, encoding=text_encoding(head), end="<")
            yield from _web(tags)
        else:
            lines = bounded_lines(stream, encoding=text_encoding(head))
            if known.pasted:
                yield from _pasted(lines, known)
            else:
                yield from _written(lines, known, only_sections=only_sections)


@lru_cache(maxsize=50_000)
def person(shown: str) -> tuple[str, str]:
    """Name and number of what stands for a person; the number may be empty."""
    shown = shown.strip()[:_LONGEST]
    found = _NUMBERED.fullmatch(shown)
    name, number = (found[1], found[2] or number_of(found[3])) if found else (shown, "")
    name = name.strip()
    return _TITLES.sub("", name, count=1).strip() or name, number


def _official(line: str, *, numbered: bool, at: int = 0) -> Head | None:
    """The beginning of a message in the message manager's own form."""
    if not line[:4].isdecimal() or len(line) > _LONGEST:
        return None
    found = _HEAD.fullmatch(line.rstrip("\r"))
    if found is None:
        return None
    year, month, day, hour, minute, second, half, shown = found.groups()
    name, number = person(shown)
    if numbered and not number and notice(name) is None:
        return None
    clock = (hour_of_day(int(hour), half), int(minute), int(second))
    return Head(at, (int(year), int(month), int(day)), clock, name, number)


def _written(
    lines: Iterable[str], known: Survey, *, only_sections: bool = False
) -> Iterator[Piece]:
    """Text of the message manager."""
    group, section, parted, ruled = "", 0, True, False
    numbered = known.numbered(0)
    for number, line in enumerate(lines, 1):
        if ruled or line.startswith("===="):
            found = _SECTION.fullmatch(line) if ruled else None
            ruled = _RULER.fullmatch(line) is not None
            if found is not None and found[1] == "分组":
                group = found[2].strip()
            elif found is not None:
                section += 1
                yield Section(group)
                numbered = known.numbered(section)
            if ruled or found is not None:
                parted = True
                continue
        if only_sections and known.chats[-1].settled:
            continue
        if parted or not known.blank:
            head = _official(line, numbered=numbered, at=number)
            if head is not None:
                yield head
                parted = False
                continue
        parted = not line or line.isspace()
        yield Text(number, line)


def _pasted(lines: Iterable[str], known: Survey) -> Iterator[Piece]:
    """Lines copied out of a window: days may stand alone, or be missing."""
    day: tuple[int, int, int] | None = None
    before = 0
    for number, line in enumerate(lines, 1):
        alone = _PASTED_DAY.fullmatch(line) if len(line) <= _LONGEST else None
        if alone is not None:
            day, before = (int(alone[1]), int(alone[2]), int(alone[3])), 0
            continue
        head = _official(line, numbered=False) or _pasted_head(line, known)
        if head is None:
            yield Text(number, line)
            continue
        hour = head.clock[0]
        if head.day is None and day is not None and hour < before - _NIGHT:
            day = _next(day)
        day, before = head.day or day, hour
        yield head._replace(line=number, day=day)


def _next(day: tuple[int, int, int]) -> tuple[int, int, int]:
    try:
        after = date(*day) + timedelta(days=1)
    except (ValueError, OverflowError):
        return day  # it is no day, which shows later
    return after.year, after.month, after.day


def _pasted_head(line: str, known: Survey) -> Head | None:
    if ":" not in line[-16:] or len(line) > _LONGEST:
        return None
    found = _PASTED.fullmatch(line)
    if found is not None:
        first, second, third = int(found[2]), int(found[3]), int(found[4])
        if len(found[2]) == 4:
            day = (first, second, third)
        else:
            known.day_first = known.day_first or first > 12
            day = (third, second, first) if known.day_first else (third, first, second)
        clock = (hour_of_day(int(found[6]), found[5] or found[9]), int(found[7]), int(found[8]))
        return Head(0, day, clock, *person(found[1]))
    found = _PASTED_TIME.fullmatch(line)
    if found is None:
        return None
    hour, minute, second = (int(found[at] or found[at + 4] or 0) for at in (2, 3, 4))
    return Head(0, None, (hour_of_day(hour, found[5]), minute, second), *person(found[1]))


def _web(tags: Iterable[str]) -> Iterator[Piece]:
    """A web archive: pieces of it are a tag and what stands behind it."""
    day: tuple[int, int, int] | None = None
    group = shown = ""
    for number, piece in enumerate(tags, 1):
        tag, _, text = piece.partition(">")
        text = html.unescape(text).strip()
        if tag.startswith("/html"):
            return
        dated, section, clock = _WEB_DAY.fullmatch(text), _SECTION.fullmatch(text), None
        if dated is not None:
            day = (int(dated[1]), int(dated[2]), int(dated[3]))
        elif section is not None and section[1] == "分组":
            group = section[2].strip()
        elif section is not None:
            yield Section(group)
        elif "float:left" in tag.replace(" ", ""):
            shown = text
        elif shown and tag.startswith("/div"):
            clock = _WEB_TIME.fullmatch(text)
        elif text:
            yield Text(number, text)
        if clock is not None:
            hour = hour_of_day(int(clock[1]), clock[4])
            yield Head(number, day, (hour, int(clock[2]), int(clock[3])), *person(shown))
            shown = ""
