"""Importer of what QQ's message manager exports as text or web archive, and of pasted lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.logs.files import DAMAGE, head_text, is_text, read_head, refuse_binary
from sim.logs.format import Format
from sim.logs.qq_notices import RED_PACKET, ROBOTS, SYSTEM, notice, take_notice
from sim.logs.qq_text import Head, Section, looks_like, pieces, survey
from sim.logs.times import local_seconds

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_ANONYMOUS = "80000000"  # one number for everybody who hides his own
_NOTICE_LINES = 50


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is QQ's text.

    Args:
        head: The first bytes, unpacked.
        path: The file.
    """
    if not is_text(head):
        return False
    text = head_text(head)
    return text.lstrip("\r\n ")[:1] not in ("{", "[") and looks_like(text)


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file; sections of friends are left out and counted.

    Args:
        path: The file, gzipped or not.
        gather: Takes the events.
        local: Zone of the clock that the times were read from.

    Raises:
        UserError: What keeps it from being read.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    known = survey(path, head)
    taker = _Taker(gather, local)
    section = 0
    private = known.private(section)
    try:
        for piece in pieces(path, head, known):
            if isinstance(piece, Section):
                taker.finish()
                section += 1
                private = known.private(section)
                if private:
                    gather.count("sections")
            elif private:
                continue
            elif isinstance(piece, Head):
                taker.begin(piece)
            else:
                taker.text(piece.line, piece.text)
    except DAMAGE:
        gather.broke_off()
    taker.finish()


class _Taker:
    """Turns heads and lines into events."""

    def __init__(self, gather: Gather, local: tzinfo) -> None:
        self._gather, self._local = gather, local
        self._head: Head | None = None
        self._lines: list[str] = []
        self._begun = False
        self._people: dict[tuple[str, str], int] = {}

    def begin(self, head: Head) -> None:
        """A message begins."""
        self.finish()
        self._head, self._begun = head, True

    def text(self, line: int, text: str) -> None:
        """A line of the message, or of nothing yet."""
        if self._head is not None:
            if len(self._lines) < _NOTICE_LINES:
                self._lines.append(text)
        elif not self._begun and text.strip() and "消息记录" not in text:
            self._gather.skip(line)

    def finish(self) -> None:
        """The message ends."""
        head, text = self._head, "\n".join(self._lines).strip()
        self._head = None
        self._lines.clear()
        if head is None:
            return
        if head.number in ROBOTS:
            self._gather.count("bots")
            return
        if head.day is None:
            self._gather.count("undated")
            return
        try:
            seconds = local_seconds(*head.day, *head.clock, local=self._local)
            self._take(head, seconds, text)
        except ValueError:
            self._gather.count("undated")

    def _take(self, head: Head, seconds: int, text: str) -> None:
        if head.number in SYSTEM or (not head.number and head.name == "系统消息"):
            take_notice(self._gather, seconds, text)
        elif not head.number and not text and notice(head.name) is not None:
            take_notice(self._gather, seconds, head.name)
        else:
            event = "red_packet" if text.startswith(RED_PACKET) else "message"
            self._gather.add(seconds, self._person(head.name, head.number), event)

    def _person(self, name: str, number: str) -> int:
        code = self._people.get((name, number))
        if code is None:
            if number == _ANONYMOUS:
                code = self._gather.person(f"{number} {name}", shown=name)
            elif number:
                # a name equal to the number is shown where the name was lost
                code = self._gather.person(number, shown="" if name == number else name)
            else:
                code = self._gather.named(name)
            self._people[name, number] = code
        return code


FORMAT = Format(
    name="qq_txt", sniff=sniff, read=read, zone="Asia/Shanghai", joins=True, leaves=True
)
"""Text that QQ writes."""
