"""Importer of WhatsApp's text export, alone or in the archive that a telephone sends."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, BinaryIO

from sim.errors import UserError
from sim.logs.archive import FAULTS, is_archive, open_archive
from sim.logs.files import (
    DAMAGE,
    HEAD_BYTES,
    bounded_lines,
    head_text,
    is_text,
    open_bytes,
    read_head,
    refuse_binary,
    text_encoding,
)
from sim.logs.format import Format
from sim.logs.people import plain_name
from sim.logs.times import local_seconds
from sim.logs.whatsapp_notices import told
from sim.logs.whatsapp_text import Survey, day_of, heads, looks_like, phone, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.archive import Archive
    from sim.logs.gather import Gather
    from sim.logs.whatsapp_text import Line

_CHAT = "_chat.txt"
_BROKEN = (*DAMAGE, *FAULTS)


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file that begins like this is WhatsApp's text, or an archive with it.

    Args:
        head: The first bytes, unpacked.
        path: The file.
    """
    if is_archive(head):
        try:
            head = _head(path)
        except UserError:
            return False
    return is_text(head) and looks_like(head_text(head))


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file.

    Args:
        path: The text, gzipped or not, or an archive with it.
        gather: Takes the events.
        local: Zone of the telephone's clock.

    Raises:
        UserError: What keeps it from being read.
    """
    head = read_head(path)
    if is_archive(head):
        head = _head(path)
    else:
        refuse_binary(head, path=path)
    encoding = text_encoding(head)
    known = survey(heads(_lines(path, encoding, lambda: None)))  # reading meets damage again
    taker = _Taker(gather, local, known)
    for line in heads(_lines(path, encoding, gather.broke_off)):
        if isinstance(line, int):
            gather.skip(line)
        else:
            taker.take(line)


def _head(path: Path) -> bytes:
    """How the chat in an archive begins.

    Raises:
        UserError: As :func:`_open`; ``damaged``/``unreadable``.
    """
    try:
        with _open(path) as stream:
            return stream.read(HEAD_BYTES)
    except _BROKEN:
        raise UserError("damaged", "unreadable", file=str(path)) from None


def _lines(path: Path, encoding: str, broken: Callable[[], None]) -> Iterator[str]:
    """Lines of the chat, as far as they can be read; ``broken`` is told if that is not all."""
    try:
        with _open(path) as stream:
            yield from bounded_lines(stream, encoding=encoding)
    except _BROKEN:
        broken()


@contextlib.contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a chat.

    Raises:
        UserError: ``wrong_file``/``zip`` if an archive holds none, and what
            :func:`sim.logs.archive.open_archive` raises.
    """
    with open_bytes(path) as stream:
        if not is_archive(stream.read(4)):
            stream.seek(0)
            yield stream
            return
    with open_archive(path) as archive, archive.open(_member(archive, path)) as stream:
        yield stream


def _member(archive: Archive, path: Path) -> str:
    names = [name for name in archive.names if name.lower().endswith(".txt")]
    chat = [name for name in names if name.rpartition("/")[2] == _CHAT]
    named = [name for name in names if "whatsapp" in name.casefold()]
    if not (chat or named):
        raise UserError("wrong_file", "zip", file=str(path))
    return (chat or named)[0]


class _Taker:
    """Turns lines into events."""

    def __init__(self, gather: Gather, local: tzinfo, known: Survey) -> None:
        self._gather, self._local, self._known = gather, local, known
        self._people: dict[str, int] = {}

    def take(self, line: Line) -> None:
        """Take one message or notice."""
        day = day_of(line, day_first=self._known.day_first)
        name, text = self._known.sender(line.rest)
        try:
            seconds = local_seconds(*day, *line.clock, local=self._local)
            if not name:
                self._notice(seconds, plain_name(text))
            else:
                self._gather.add(seconds, self._person(name))
        except ValueError:
            self._gather.count("undated")

    def _notice(self, seconds: int, text: str) -> None:
        event = told(text)
        if event is None:
            self._gather.count("notices")
            return
        for name in event[1]:
            self._gather.add(seconds, self._person(name), event[0])

    def _person(self, name: str) -> int:
        code = self._people.get(name)
        if code is None:
            number = phone(name)
            if number:
                code = self._gather.person(number, shown=name)
            else:
                # a tilde marks who is no contact: he stays himself when he becomes one
                code = self._gather.named(plain_name(name).removeprefix("~").strip() or name)
            self._people[name] = code
        return code


FORMAT = Format(name="whatsapp", sniff=sniff, read=read, joins=True, leaves=True)
"""Text that WhatsApp exports."""
