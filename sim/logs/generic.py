"""Importer of the generic CSV: any table with a time and a member in each row."""

from __future__ import annotations

import csv
import math
from array import array
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.logs.files import (
    DAMAGE,
    first_line,
    open_bytes,
    read_head,
    refuse_binary,
    text_encoding,
    text_lines,
)
from sim.logs.format import Format
from sim.logs.table import EVENT_CODE, MESSAGE, EventTable, ReadNotes, build_table
from sim.logs.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.logs.gather import Gather

NAME = "csv"

_COLUMNS = {
    "time": ("timestamp", "time", "date"),
    "member": ("member", "user", "author", "sender", "name"),
    "event": ("event", "type"),
    "reply_to": ("reply_to",),
    "amount": ("amount",),
}
_MAX_FIELD = 4_000_000  # a message text can be long; the csv module stops at 131,072 by itself
_REFUSE_SHARE = 0.01
_BLOCK = 2_000  # small enough for the processor's cache
_KINDS = {**EVENT_CODE, "": MESSAGE}


@dataclass(frozen=True)
class Header:
    """Where the columns are; -1 = absent.

    Attributes:
        delimiter: ``,``, ``;`` or tab.
        time: Position of the time.
        member: Position of the member.
        event: Position of the kind of event.
        reply_to: Position of the member answered.
        amount: Position of the amount.
    """

    delimiter: str
    time: int
    member: int
    event: int
    reply_to: int
    amount: int


def _find_header(line: str) -> tuple[Header | None, list[str]]:
    delimiter = max(",;\t", key=line.count)
    cells = next(csv.reader([line], delimiter=delimiter), [])
    names = [cell.strip().casefold() for cell in cells]
    position = {
        field: next((names.index(name) for name in aliases if name in names), -1)
        for field, aliases in _COLUMNS.items()
    }
    missing = [field for field in ("time", "member") if position[field] < 0]
    return (None if missing else Header(delimiter=delimiter, **position)), missing


def sniff(head: bytes, path: Path) -> bool:  # noqa: ARG001  all formats are asked alike
    """Whether a file that begins like this is a CSV with a time and a member.

    Args:
        head: The first bytes, unpacked.
        path: The file.
    """
    return _find_header(first_line(head))[0] is not None


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Rows as they were read: positions in ``names``, -1 = nobody; all arrays have length n."""

    seconds: NDArray[np.int64]
    member: NDArray[np.int32]
    event: NDArray[np.uint8]
    reply_to: NDArray[np.int32]
    amount: NDArray[np.float64]
    names: tuple[str, ...]
    notes: ReadNotes


def read(path: Path, *, local: tzinfo = UTC) -> EventTable:
    """Read one CSV as a log of its own.

    Args:
        path: The file, gzipped or not.
        local: Zone of times that name none.

    Raises:
        UserError: As :func:`read_columns`.
    """
    found = read_columns(path, local=local)
    return build_table(
        found.seconds, found.member, found.event, found.reply_to, found.amount,
        names=found.names, notes=found.notes,
    )  # fmt: skip


def gather_from(path: Path, gather: Gather, *, local: tzinfo) -> None:
    """Read one CSV as a part of a log.

    Raises:
        UserError: As :func:`read_columns`.
    """
    found = read_columns(path, local=local)
    gather.take(
        found.seconds, found.member, found.event, found.reply_to, found.amount, names=found.names
    )
    gather.skip(found.notes.first_skipped, number=found.notes.skipped)
    if found.notes.damaged:
        gather.broke_off()


def read_columns(path: Path, *, local: tzinfo) -> Columns:
    """Read one CSV in one pass, in memory proportional to the events, not to the text.

    Args:
        path: The file, gzipped or not.
        local: Zone of times that name none.

    Returns:
        The rows. Rows that cannot be read are left out and counted if they are at most 1 %;
        of a file that breaks off, what was read is kept and ``notes.damaged`` is set.

    Raises:
        UserError: ``wrong_file`` (not a text, empty, no table), ``cannot_read``/``columns`` (no
            header, or time or member missing), ``cannot_read`` with ``row``, ``row_time``,
            ``row_event`` or ``row_amount`` (more than 1 % of the lines unreadable; the first of
            them), ``too_short``/``no_events`` (a header alone), ``damaged``/``unreadable``.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    first = first_line(head)
    header, missing = _find_header(first)
    if header is None:
        if not any(mark in first for mark in ",;\t"):
            raise UserError("wrong_file", "no_table", file=str(path))
        raise UserError("cannot_read", "columns", file=str(path), missing=missing)
    sink = _Sink(header, local)
    damaged = False
    limit = csv.field_size_limit(_MAX_FIELD)
    try:
        with (
            open_bytes(path) as stream,
            text_lines(stream, encoding=text_encoding(head)) as lines,
        ):
            sink.take(lines)
    except DAMAGE:
        damaged = True
    finally:
        csv.field_size_limit(limit)
    return sink.columns(path, damaged=damaged)


def _amount(text: str) -> float:
    value = float(text) if text else math.nan
    if math.isinf(value):
        raise ValueError(text)
    return value


class _Sink:
    """Rows turned into columns as they come.

    A block of rows without a fault is taken in column by column, each different text being looked
    at once; a block with a fault, row by row, to find out which rows it spoils.
    """

    def __init__(self, header: Header, local: tzinfo) -> None:
        self.header = header
        self.local = local
        self.codes: dict[str, int] = {}
        self.seconds = array("q")
        self.member = array("i")
        self.event = array("B")
        self.reply_to = array("i")
        self.amount = array("d")
        self.first_bad: tuple[int, str] | None = None
        self.bad_count = 0

    def take(self, lines: Iterator[str]) -> None:
        """Read every row after the header; what was read before an error is kept."""
        rows = csv.reader(lines, delimiter=self.header.delimiter)
        for row in rows:
            if any(cell.strip() for cell in row):
                break  # the header, after blank lines
        block: list[list[str]] = []
        more = True
        while more:
            start = rows.line_num
            block.clear()
            try:
                block.extend(islice(rows, _BLOCK))  # what came before an error stays in
                more = bool(block)
            except csv.Error:  # a field without end
                block.append([""])
            except DAMAGE:
                self._block(block, start=start, end=rows.line_num)
                raise
            self._block(block, start=start, end=rows.line_num)

    def _block(self, block: list[list[str]], *, start: int, end: int) -> None:
        if not block or self._columns(block):
            return
        for position, row in enumerate(block):
            lines = 1 + sum(cell.count("\n") for cell in row)
            if position == len(block) - 1:
                lines = max(end - start, 1)
            if row and not self._columns([row]):
                self._reject(start + 1, self._fault(row), count=lines)
            start += lines

    def _columns(self, block: list[list[str]]) -> bool:
        """Take in rows if all of them can be read; otherwise nothing."""
        header = self.header
        try:
            columns = list(zip(*block, strict=True))
            texts, names = columns[header.time], columns[header.member]
            seconds = {text: parse_time(text, local=self.local) for text in set(texts)}
            events = columns[header.event] if header.event >= 0 else ("",) * len(block)
            kinds = {word: _KINDS[word.strip().casefold()] for word in set(events)}
            amounts = columns[header.amount] if header.amount >= 0 else ("",) * len(block)
            values = {text: _amount(text) for text in set(amounts)}
            replies = columns[header.reply_to] if header.reply_to >= 0 else ("",) * len(block)
            people = dict.fromkeys(names + replies)
        except (ValueError, KeyError, IndexError, OverflowError):
            return False
        # A quotation mark without its partner swallows lines: names never span any.
        if not all(map(str.strip, set(names))) or any("\n" in name for name in people):
            return False
        for name in people:
            self.codes.setdefault(name, len(self.codes))
        self.seconds.extend(map(seconds.__getitem__, texts))
        self.member.extend(map(self.codes.__getitem__, names))
        self.event.extend(map(kinds.__getitem__, events))
        self.reply_to.extend(map(self.codes.__getitem__, replies))
        self.amount.extend(map(values.__getitem__, amounts))
        return True

    def _fault(self, row: list[str]) -> str:
        """What cannot be read in a row that :meth:`_columns` refused."""
        header = self.header
        if len(row) <= max(header.time, header.member, header.event, header.amount):
            return "row"
        try:
            parse_time(row[header.time], local=self.local)
        except (ValueError, OverflowError):
            return "row_time"
        if header.event >= 0 and row[header.event].strip().casefold() not in _KINDS:
            return "row_event"
        try:
            _amount(row[header.amount] if header.amount >= 0 else "")
        except ValueError:
            return "row_amount"
        return "row"

    def _reject(self, line: int, reason: str, *, count: int) -> None:
        self.bad_count += count
        if self.first_bad is None:
            self.first_bad = (line, reason)

    def columns(self, path: Path, *, damaged: bool) -> Columns:
        """What was read, or the error that says why it is nothing."""
        kept = len(self.seconds)
        if self.first_bad and self.bad_count > _REFUSE_SHARE * (kept + self.bad_count):
            line, reason = self.first_bad
            raise UserError(
                "cannot_read",
                reason,
                file=str(path),
                line=line,
                count=self.bad_count,
                rows=kept + self.bad_count,
            )
        if not kept:
            if damaged:
                raise UserError("damaged", "unreadable", file=str(path))
            raise UserError("too_short", "no_events", file=str(path))
        return Columns(
            seconds=np.frombuffer(self.seconds, dtype=np.int64).copy(),
            member=np.frombuffer(self.member, dtype=np.int32).copy(),
            event=np.frombuffer(self.event, dtype=np.uint8).copy(),
            reply_to=np.frombuffer(self.reply_to, dtype=np.int32).copy(),
            amount=np.frombuffer(self.amount, dtype=np.float64).copy(),
            names=tuple(self.codes),
            notes=ReadNotes(
                skipped=self.bad_count,
                first_skipped=self.first_bad[0] if self.first_bad else 0,
                damaged=damaged,
            ),
        )


FORMAT = Format(name=NAME, sniff=sniff, read=gather_from, joins=True, leaves=True)
