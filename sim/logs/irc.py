"""Importer of IRC logs: mIRC, ZNC, irssi, HexChat, WeeChat, Limnoria and their like."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.logs.files import (
    DAMAGE,
    bounded_lines,
    head_text,
    is_text,
    open_bytes,
    read_head,
    refuse_binary,
    text_encoding,
)
from sim.logs.format import Format
from sim.logs.irc_text import Changed, Clock, Moved, Notice, Said, body, looks_like
from sim.logs.people import plain_name
from sim.logs.times import local_seconds

if TYPE_CHECKING:
    from datetime import date, tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_ADDRESSED = re.compile(r"@?([^\s:,<>]{1,64})[:,]")


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is a log of IRC.

    Args:
        head: The first bytes, unpacked.
        path: The file.
    """
    return is_text(head) and looks_like(head_text(head))


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file.

    Args:
        path: The log, gzipped or not; its name may hold the date.
        gather: Takes the events.
        local: Zone of the logger's clock.

    Raises:
        UserError: ``wrong_file``/``no_date`` if no line has a date, nor the file's name; what else
            keeps it from being read.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    taker = _Taker(gather, local, Clock(path.name))
    before = len(gather)
    try:
        with open_bytes(path) as stream:
            lines = bounded_lines(stream, encoding=text_encoding(head))
            for number, line in enumerate(lines, 1):
                taker.take(line, number)
    except DAMAGE:
        gather.broke_off()
    if len(gather) == before and taker.undated:
        raise UserError("wrong_file", "no_date", file=str(path))


class _Taker:
    """Turns lines into events."""

    def __init__(self, gather: Gather, local: tzinfo, clock: Clock) -> None:
        self._gather, self._local, self._clock = gather, local, clock
        self._people: dict[str, int] = {}
        self.undated = 0

    def take(self, line: str, number: int) -> None:
        """Take one line."""
        if not line or line.isspace():
            return
        if line[0] in "Ss-*" and self._clock.frame(line):
            return
        read = self._clock.read(line)
        told = body(read[3], columns=self._clock.columns) if read is not None else None
        if read is None or told is None:
            self._gather.skip(number)
        elif isinstance(told, Notice):
            self._gather.count("notices")
        elif isinstance(told, Changed):
            self._gather.renamed(self._nick(told.old), self._nick(told.new))
            self._gather.count("notices")
        else:
            try:
                self._add(self._seconds(*read[:3]), told)
            except ValueError:
                self.undated += 1
                self._gather.count("undated")

    def _seconds(self, day: date | None, moment: int, offset: str) -> int:
        if day is None:
            raise ValueError(moment)
        hour, rest = divmod(moment, 3600)
        zone = self._local
        if offset:
            zone = datetime.strptime(offset.replace(":", ""), "%z").tzinfo or zone
        return local_seconds(day.year, day.month, day.day, hour, *divmod(rest, 60), local=zone)

    def _add(self, seconds: int, told: Said | Moved) -> None:
        if isinstance(told, Moved):
            self._gather.add(seconds, self._nick(told.nick), told.event)
            return
        addressed = _ADDRESSED.match(told.text)
        answered = self._nick(addressed[1]) if addressed is not None else -1
        self._gather.add(seconds, self._nick(told.nick), reply_if_seen=answered)

    def _nick(self, nick: str) -> int:
        code = self._people.get(nick)
        if code is None:
            code = self._gather.named(plain_name(nick).casefold(), shown=nick)
            self._people[nick] = code
        return code


FORMAT = Format(name="irc", sniff=sniff, read=read, joins=True, leaves=True)
"""Logs of IRC."""
