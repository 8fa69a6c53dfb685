"""DiscordChatExporter, CSV."""

from __future__ import annotations

import csv
import re
from functools import partial
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.logs.discord_parts import parts
from sim.logs.files import DAMAGE, open_bytes, read_head, refuse_binary, text_encoding, text_lines
from sim.logs.format import Format
from sim.logs.times import hour_of_day, local_seconds, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path

    from sim.logs.gather import Gather

_HEADER = ["AuthorID", "Author", "Date", "Content", "Attachments", "Reactions"]
_LONGEST_LINE = 1_000_000
_MAX_FIELD = 4_000_000
_LONGEST_NOTICE = 500
_JOINED, _LEFT = "Joined the server.", "Left the group."
_NOTICE = re.compile(
    r"(?:(?P<added>Added)|(?P<removed>Removed)) (?P<whom>.+) (?:to|from) the group\."
    r"|Pinned a message\.|Started a thread\.|Started a call .*"
    r"|Changed the channel (?:name|icon)\b.*"
)
_OLD_DATE = re.compile(
    r"(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3})-(?P<year>\d{4}|\d{2})"
    r" (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?: (?P<half>[AP]M))?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is such an export."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].rstrip()
    return first.replace(b'"', b"") == ",".join(_HEADER).encode()


def read(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read the messages of a channel; whom one answers and who reacted is not told here.

    Raises:
        UserError: ``cannot_read``/``columns`` and what :func:`read_head` and
            :func:`refuse_binary` raise.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    if not sniff(head, path):
        raise UserError("cannot_read", "columns", file=str(path), missing=_HEADER[:3])
    limit = csv.field_size_limit(_MAX_FIELD)
    try:
        with (
            open_bytes(path) as stream,
            text_lines(stream, encoding=text_encoding(head)) as lines,
        ):
            rows = csv.reader(iter(partial(lines.readline, _LONGEST_LINE), ""))
            for line, row in _rows(rows):
                if row is None:
                    gather.skip(line)
                elif row and row != _HEADER:
                    _take(row, line, gather, local)
    except DAMAGE:
        gather.broke_off()
    finally:
        csv.field_size_limit(limit)


def _rows(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the line where it begins; None where a field has no end."""
    while True:
        line = rows.line_num + 1  # type: ignore[attr-defined]
        try:
            row = next(rows, None)
        except csv.Error:
            yield line, None
            continue
        if row is None:
            return
        yield line, row


def _take(row: list[str], line: int, gather: Gather, local: tzinfo) -> None:
    if len(row) != len(_HEADER) or not (row[0].isascii() and row[0].isdigit()):
        gather.skip(line)
        return
    number, shown, date, content = row[:4]
    try:
        seconds = _seconds(date, local)
        person = gather.person(number, shown=shown)
        if content in (_JOINED, _LEFT):
            gather.add(seconds, person, "join" if content == _JOINED else "leave")
            return
        notice = _NOTICE.fullmatch(content) if len(content) < _LONGEST_NOTICE else None
        if notice is None:
            gather.add(seconds, person)
        elif notice["whom"]:
            whom = gather.named(notice["whom"])
            gather.add(seconds, whom, "join" if notice["added"] else "leave")
        else:
            gather.count("notices")
    except (ValueError, OverflowError):
        gather.count("undated")


def _seconds(date: str, local: tzinfo) -> int:
    """A moment as the exporter writes it; its older versions as ``01-Mar-22 05:30 PM``."""
    old = _OLD_DATE.fullmatch(date.strip())
    if old is None:
        return parse_time(date, local=local)
    year = int(old["year"]) + (2000 if len(old["year"]) == 2 else 0)
    month = 1 + _MONTHS.index(old["month"].lower())
    hour = hour_of_day(int(old["hour"]), old["half"])
    return local_seconds(
        year, month, int(old["day"]), hour, int(old["minute"]), int(old["second"] or 0),
        local=local,
    )  # fmt: skip


FORMAT = Format(name="discord_csv", sniff=sniff, read=read, parts=parts, joins=True)
