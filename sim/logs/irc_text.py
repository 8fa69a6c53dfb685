"""What the lines of IRC logs say, in the ways of many programs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_CODES = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|[\x02\x04\x0f\x11\x16\x1d\x1e\x1f]")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TIME = re.compile(
    r"\[?(?:(\d{4})-(\d\d)-(\d\d)[T ]\s?|([A-Za-z]{3}) ( ?\d{1,2}) )?"
    r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s?([AaPp][Mm])?(?:Z|UTC)?([+-]\d\d:?\d\d)?"
    r"\]?([ \t]+|$)"
)
_SESSION = re.compile(
    r"(?:Session (Start|Time|Close)|-{3} (?:Log opened|Day changed)|\*{4} BEGIN LOGGING AT)"
    r":?\s+(?:[A-Za-z]{2,9},?\s+)?([A-Za-z]{3})\w*\s+(\d{1,2})\s+(?:(\d\d):(\d\d):(\d\d)\s+)?(\d{4})\s*",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:Session (?:Ident|Close)|-{3} (?:Log (?:opened|closed)|Day changed)"
    r"|\*{4} (?:BEGIN|ENDING) LOG).*", re.IGNORECASE
)  # fmt: skip
_NAMED_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_SAID = re.compile(r"<[@+%~&!* ]?([^\s<>]{1,64})>(?:[ \t](.*))?", re.DOTALL)
_ACTED = re.compile(r"\s*\*[ \t]+[@+%~&!]?(\S{1,64})(?:[ \t](.*))?", re.DOTALL)
_MARKED = re.compile(r"\s*(?:\*{3}|-!-|-->|<--|={2,3}|=!=|-{2,3}|>{2,3})[ \t]+(.*)", re.DOTALL)
_WHISPERED = re.compile(r"-[^\s-]\S{0,80}-(?:[ \t]|$)")
_COLUMNS = re.compile(r"([^\t]{0,64})\t(.*)", re.DOTALL)
_BRIDGED = re.compile(r"<[@+]?([^<>\s][^<>]{0,63})>[ \t](.*)", re.DOTALL)
_BRIDGE = re.compile(
    r"bot|bridge|relay|discord|telegram|matrix|slack|gitter|gateway|xmpp", re.IGNORECASE
)
_MASK = r"(?:[ \t]+[\[(<][^\s\])>]*[\])>])"
_CHANGED = re.compile(rf"(\S+){_MASK}? is now known as (\S+)\s*")
_EVENTS = (
    ("join", re.compile(r"Joins?: (\S+)(?:\s.*)?", re.DOTALL)),
    ("leave", re.compile(r"(?:Parts?|Quits?): (\S+)(?:\s.*)?", re.DOTALL)),
    ("leave", re.compile(r"(\S+) (?:was|has been) kicked (?:from \S+ )?by .*", re.DOTALL)),
    ("leave", re.compile(r"\S+ has kicked (\S+) from [#&]\S+(?:\s.*)?", re.DOTALL)),
    ("join", re.compile(rf"(\S+){_MASK} (?:has )?joined(?:\s.*)?", re.DOTALL)),
    ("leave", re.compile(rf"(\S+){_MASK} (?:has )?(?:left|quit)(?:\s.*)?", re.DOTALL)),
    ("leave", re.compile(r"(\S+) has quit \(.*\)\s*", re.DOTALL)),
)
_MARKED_EVENTS = (  # behind a mark that no member can write
    ("leave", re.compile(r"\S+ (?:has )?kicked (\S+)(?:\s.*)?", re.DOTALL)),
    ("join", re.compile(r"(\S+) (?:has )?joined(?:\s.*)?", re.DOTALL)),
    ("leave", re.compile(r"(\S+) (?:has )?(?:left|quit)(?:\s.*)?", re.DOTALL)),
)
_STATUS = re.compile(
    r"\S+ (?:sets mode|changes topic|has changed (?:the )?topic)|Now talking (?:in|on) |Set by "
    r"|Topic (?:is|for) |Disconnected|Attempting to |Rejoined |You (?:have|are|were) ",
    re.IGNORECASE,
)
_NO_NICKS = frozenset(("you", "now", "disconnected", "attempting", "mode", "topic"))
_HALF_YEAR = 6
_NIGHT = 12 * 3600


class Said(NamedTuple):
    """A message."""

    nick: str
    text: str


class Moved(NamedTuple):
    """Somebody came or went."""

    event: str
    nick: str


class Changed(NamedTuple):
    """Somebody took another name."""

    old: str
    new: str


class Notice(NamedTuple):
    """Something else, understood."""


def body(text: str, *, columns: bool = False) -> Said | Moved | Changed | Notice | None:
    """What a line says; None = nothing that is known.

    Args:
        text: Behind the time.
        columns: Whether a bare name and a tab may stand before what is said.
    """
    text = _CODES.sub("", text)
    marked = _MARKED.fullmatch(text)
    if marked is not None:
        return _told(marked[1], marked=True) or Notice()
    said = _SAID.fullmatch(text)
    if said is not None:
        return _unbridged(said[1], said[2] or "")
    acted = _ACTED.fullmatch(text)
    if acted is not None:
        told = _told(text.strip()[1:].strip(), marked=False)
        return Said(acted[1], "") if told is None else told
    if _WHISPERED.match(text):
        return Notice()
    column = _COLUMNS.fullmatch(text) if columns else None
    if column is not None and column[1].strip() and " " not in column[1].strip():
        return _unbridged(column[1].strip().lstrip("@+%~&!"), column[2])
    return None


def _told(text: str, *, marked: bool) -> Moved | Changed | Notice | None:
    changed = _CHANGED.fullmatch(text)
    if changed is not None:
        return Changed(_bare(changed[1]), _bare(changed[2]))
    for event, pattern in (*_EVENTS, *(_MARKED_EVENTS if marked else ())):
        found = pattern.fullmatch(text)
        if found is not None:
            nick = _bare(found[1])
            return Notice() if nick.casefold() in _NO_NICKS else Moved(event, nick)
    if _STATUS.match(text):
        return Notice()
    return None


def _bare(nick: str) -> str:
    return nick.lstrip("@+%~&!")[:64]


def _unbridged(nick: str, text: str) -> Said:
    """Who really speaks where a program passes on what is said elsewhere."""
    found = _BRIDGED.fullmatch(text) if _BRIDGE.search(nick) else None
    return Said(found[1], found[2]) if found is not None else Said(nick, text)


class Clock:
    """Days and times of the lines of one file."""

    def __init__(self, name: str) -> None:
        """Start with the date in a file's name, if there is one."""
        found = _NAMED_DAY.search(name)
        self.day = _day(int(found[1]), int(found[3]), int(found[4])) if found is not None else None
        self._last = 0
        self.columns = False

    def frame(self, line: str) -> bool:
        """Whether a line tells the date, or otherwise only frames others."""
        found = _SESSION.fullmatch(line)
        if found is None or (found[1] or "").casefold() == "close":
            return _FRAME.fullmatch(line) is not None
        month = _MONTHS.get(found[2].casefold(), 0)
        self.day = _day(int(found[7]), month, int(found[3])) or self.day
        self._last = sum(int(found[at] or 0) * by for at, by in ((4, 3600), (5, 60), (6, 1)))
        return True

    def read(self, line: str) -> tuple[date | None, int, str, str] | None:
        """Date, second of the day, offset from UTC if told, and what stands behind; None = no time.

        A time that goes back by more than twelve hours is the next day's.
        """
        found = _TIME.match(line)
        if found is None:
            return None
        year, month, day, word, of_month, hour, minute, second, half, offset, gap = found.groups()
        self.columns = bool(year) and "\t" in gap
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half[0] in "Pp" else 0)
        moment = hours * 3600 + int(minute) * 60 + int(second or 0)
        if year:
            return _day(int(year), int(month), int(day)), moment, offset or "", line[found.end() :]
        if word:
            self._month(_MONTHS.get(word.casefold(), 0), int(of_month))
        elif self.day is not None and moment < self._last - _NIGHT:
            self.day += timedelta(days=1)
        self._last = moment
        return self.day, moment, offset or "", line[found.end() :]

    def _month(self, month: int, day: int) -> None:
        if self.day is not None:
            year = self.day.year + (month < self.day.month - _HALF_YEAR)
            self.day = _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year < 2100 else None
    except ValueError:
        return None


def looks_like(text: str) -> bool:
    """Whether a text that begins like this is a log of IRC."""
    clock = Clock("")
    timed = known = 0
    lines = [line.rstrip("\r") for line in text.split("\n")[:300] if line.strip()]
    columns = bool(lines) and _TIME.match(lines[0]) is not None
    for line in lines:
        if clock.frame(line):
            return True
        read = clock.read(line[:2000])
        if read is not None:
            timed += 1
            known += body(read[3], columns=columns and clock.columns) is not None
    return bool(known) and known >= timed / 2 and timed >= len(lines) / 2
