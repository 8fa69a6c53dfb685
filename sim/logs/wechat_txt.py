"""WeChatMsg's (留痕) TXT of a WeChat group.

A block is a line with time and name, lines of text, and a blank line
(app/util/exporter/exporter_txt.py). There are no numbers, and a system sentence stands where
otherwise the name is, with no text after it. Whether somebody or the system is meant is told by who
speaks elsewhere: the file is read twice.
"""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

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
from sim.logs.people import LONGEST, plain_name
from sim.logs.wechat import ZONE, Chat
from sim.logs.wechat_notices import is_notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_HEAD = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (.{0,20000})")
_OF_OTHERS = re.compile(r"\(\d{5,}\)\s*$|<[^<>\s]+@[^<>\s]+>\s*$|^\s*[<\[*\t]|^\S+\t")
_QUOTE = "引用:"
_MOST_COLONS = 8  # in a name
_MOST_SPEAKERS = 1_000_000
_LONGEST_NAME = 4 * LONGEST  # what becomes of a name does not depend on more
_LONGEST = 20_000  # characters of a text that are kept


_plain = lru_cache(maxsize=4096)(plain_name)


class _Block(NamedTuple):
    """One entry of the file."""

    line: int
    time: str
    name: str
    text: str
    blanks: int  # lines without text that follow it
    quoted: str  # what stands behind the mark of a quote


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file begins with a block: time and name, then text, and a blank line between."""
    if not is_text(head):
        return False
    lines = head_text(head).splitlines()
    lines = lines[next((at for at, line in enumerate(lines) if line.strip()), 0) :]
    if not lines or not _HEAD.fullmatch(lines[0]):
        return False
    alike = [at for at, line in enumerate(lines) if _HEAD.fullmatch(line)]
    heads = [at for at in alike if not at or not lines[at - 1].strip()]
    if 2 * len(heads) <= len(alike):  # a line a message: another format
        return False
    names = [lines[at][20:] for at in heads]
    foreign = sum(_OF_OTHERS.search(name) is not None for name in names)
    bodies = sum(at + 1 < len(lines) and bool(lines[at + 1].strip()) for at in heads)
    return 2 * foreign < len(heads) and (bodies > 0 or any(map(is_notice, names)))


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one file.

    Raises:
        UserError: ``wrong_file`` (not a text, empty, ``other_format``), ``damaged``/``unreadable``.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    encoding = text_encoding(head)
    speakers = _speakers(path, encoding)
    chat, found = Chat(gather), False
    for block in _blocks(path, encoding):
        if block is None:
            gather.broke_off()
            continue
        found = True
        try:
            moment = datetime.fromisoformat(block.time).replace(tzinfo=local)
            seconds = moment.timestamp()
        except (ValueError, OverflowError):
            gather.skip(block.line)
            continue
        _take(chat, block, seconds, speakers)
    if not found:
        raise UserError("wrong_file", "other_format", file=str(path), form=FORMAT.name)


def _take(chat: Chat, block: _Block, seconds: float, speakers: set[str]) -> None:
    name = _plain(block.name[:_LONGEST_NAME])
    identity = chat.same(seconds, name, block.text)
    nobody = not block.text and name not in speakers
    if not name:
        chat.gather.skip(block.line)
        return
    if nobody and (block.blanks < 2 or is_notice(block.name)):
        chat.notice(seconds, block.name, identity=identity)
        return
    chat.add(
        seconds, chat.speaker("", name), "message", "", identity=identity,
        reply_to=_quoted(chat, block.quoted, speakers),
    )  # fmt: skip


def _quoted(chat: Chat, quoted: str, speakers: set[str]) -> int:
    """Who is quoted by ``name:text``; of a name with colons, the longest that somebody bears."""
    parts = quoted.split(":", _MOST_COLONS)
    if len(parts) < 2:
        return -1
    names = [plain_name(":".join(parts[:end])) for end in range(len(parts) - 1, 0, -1)]
    name = next((name for name in names if name in speakers), names[-1])
    return chat.gather.named(name) if name else -1


def _speakers(path: Path, encoding: str) -> set[str]:
    """Names under which something is said."""
    names, name, blank = set[str](), "", True
    with open_bytes(path) as stream, contextlib.suppress(*DAMAGE):
        for line in bounded_lines(stream, encoding=encoding):
            found = _HEAD.fullmatch(line) if blank else None
            blank = False
            if found is not None:
                name = found[2]
            elif not line or line.isspace():
                blank = True
            elif name:
                if len(names) < _MOST_SPEAKERS:
                    names.add(name[:_LONGEST_NAME])
                name = ""
    return {plain_name(name) for name in names}


def _blocks(path: Path, encoding: str) -> Iterator[_Block | None]:
    """Entries of the file; None where it breaks off."""
    with open_bytes(path) as stream:
        yield from _split(bounded_lines(stream, encoding=encoding))


def _split(lines: Iterable[str]) -> Iterator[_Block | None]:
    """Cut lines into entries: a head is one only after a blank line."""
    head: re.Match[str] | None = None
    at, blanks, text, quoted = 0, 1, "", ""
    whole = True
    try:
        for number, line in enumerate(lines, 1):
            found = _HEAD.fullmatch(line) if blanks else None
            if found is not None:
                if head is not None:
                    yield _Block(at, head[1], head[2], text, blanks, quoted)
                head, at, blanks, text, quoted = found, number, 0, "", ""
            elif not line or line.isspace():
                blanks += 1
            else:
                blanks = 0
                if line.startswith(_QUOTE):
                    quoted = line[len(_QUOTE) :]
                if len(text) < _LONGEST:
                    text += line + "\n"
    except DAMAGE:
        whole = False
    if head is not None:
        yield _Block(at, head[1], head[2], text, blanks, quoted)
    if not whole:
        yield None


FORMAT = Format(name="wechat_txt", sniff=sniff, read=read, zone=ZONE, joins=True)
