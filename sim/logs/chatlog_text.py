"""chatlog's text of a WeChat group: ``Name(number) 01-02 15:04:05``, then the text.

The time has no year where all of it falls in one, and no date where it falls in one day: both are
then taken from the file's name, as in ``group_2024-03-05.txt``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sim.errors import UserError
from sim.logs.files import (
    DAMAGE,
    bounded_lines,
    head_text,
    is_text,
    open_bytes,
    read_head,
    text_encoding,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_WHO = r"(?:(?P<name>.{0,400})\((?P<number>[^()\s]{1,100})\)|(?P<alone>[^()\s>]{1,100}))"
_GROUP = r" (?:\[(?P<group>[^\n]{1,400})\] )?"
_CLOCK = r"(?P<date>(?:\d{4}-)?\d\d-\d\d )?(?P<clock>\d\d:\d\d:\d\d)"
_HEAD = re.compile(_WHO + _GROUP + _CLOCK)
_QUOTED = re.compile("> " + _WHO + " " + _CLOCK)
_ENDS = re.compile(r"\d\d:\d\d:\d\d")
_NUMBER = re.compile(r"我|系统消息|[A-Za-z0-9][-\w@.]*", re.ASCII)
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LONGEST = 20_000  # characters of a text that are kept
_HALF_YEAR = timedelta(days=180)


class Entry(NamedTuple):
    """One message."""

    seconds: float
    sender: str
    name: str
    group: str
    text: str


class Quoted(NamedTuple):
    """Whose message is quoted."""

    sender: str
    name: str


def sniff(head: bytes) -> bool:
    """Whether a text begins with such a head and something after it."""
    if not is_text(head):
        return False
    lines = [line for line in head_text(head).splitlines()[:200] if line.strip()]
    found = _head(lines[0]) if lines else None
    # without a number the line could be of many formats
    return found is not None and (
        found["number"] is not None or found["alone"] in ("我", "系统消息")
    )


def quoted(text: str) -> Quoted | None:
    """Whose message a text quotes in its first line."""
    if not text.startswith("> "):
        return None
    found = _QUOTED.fullmatch(text.partition("\n")[0])
    if found is None:
        return None
    return Quoted(found["number"] or found["alone"], found["name"] or "")


def entries(path: Path, gather: Gather, *, local: tzinfo) -> Iterator[Entry]:
    """Messages of a file, in its order.

    Raises:
        UserError: ``cannot_read``/``no_date`` if neither file nor name tells the date.
    """
    dates = _Dates(path)
    found: re.Match[str] | None = None
    seconds, text = 0.0, ""
    for line, head in _lines(path, gather):
        if head is None:
            if len(text) < _LONGEST:
                text += line + "\n"
            continue
        if found is not None:
            yield _entry(found, seconds, text)
        found, text = head, ""
        try:
            seconds = dates.moment(head).replace(tzinfo=local).timestamp()
        except (ValueError, OverflowError):
            seconds = float("nan")
    if found is not None:
        yield _entry(found, seconds, text)


def _lines(path: Path, gather: Gather) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Lines, and what heads are among them: those that write the time as the first does."""
    form: int | None = None
    with open_bytes(path) as stream:
        try:
            for line in bounded_lines(stream, encoding=text_encoding(read_head(path))):
                found = _head(line)
                if found is not None and form in (None, len(found["date"] or "")):
                    form = len(found["date"] or "")
                    yield line, found
                else:
                    yield line, None
        except DAMAGE:
            gather.broke_off()


def _head(line: str) -> re.Match[str] | None:
    if not _ENDS.fullmatch(line[-8:]) or line.startswith("> "):
        return None
    found = _HEAD.fullmatch(line)
    if found is None or not _NUMBER.fullmatch(found["number"] or found["alone"]):
        return None
    return found


def _entry(found: re.Match[str], seconds: float, text: str) -> Entry:
    return Entry(
        seconds, found["number"] or found["alone"], found["name"] or "", found["group"] or "",
        text.rstrip("\n"),
    )  # fmt: skip


class _Dates:
    """Completes times that lack year or date."""

    def __init__(self, path: Path) -> None:
        self._path = path
        whole, year = _DATE_IN_NAME.search(path.name), _YEAR_IN_NAME.search(path.name)
        self._day: date | None = None
        try:
            self._day = date(int(whole[1]), int(whole[2]), int(whole[3])) if whole else None
        except ValueError:
            whole = None
        self._year = int(whole[1]) if whole else int(year[1]) if year else 0
        self._last: datetime | None = None

    def moment(self, found: re.Match[str]) -> datetime:
        """The moment that a head names.

        Raises:
            UserError: ``cannot_read``/``no_date``.
            ValueError: There is no such moment.
        """
        day, clock = (found["date"] or "").strip(), found["clock"]
        if len(day) == 10:
            return datetime.fromisoformat(f"{day} {clock}")
        if day and self._year:
            moment = datetime.fromisoformat(f"{self._year:04d}-{day} {clock}")
            if self._last is not None and self._last - moment > _HALF_YEAR:
                self._year += 1  # January after December
                moment = moment.replace(year=self._year)
            self._last = moment
            return moment
        if not day and self._day is not None:
            return datetime.fromisoformat(f"{self._day} {clock}")
        raise UserError("cannot_read", "no_date", file=str(self._path))
