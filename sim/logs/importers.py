"""Importing chat exports: one module a format, files merged and de-duplicated.

A format is a module with ``NAME``, ``sniff(head)`` and ``read(path, local=...)``; to add one, write
the module and name it in :data:`IMPORTERS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sim.errors import UserError
from sim.logs import generic
from sim.logs.files import read_head, refuse_binary
from sim.logs.table import EVENTS, ReadNotes, build_table, day_text
from sim.logs.times import zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from numpy.typing import NDArray

    from sim.logs.table import EventTable


class Sniff(Protocol):
    """Whether a file that begins like this is in the format."""

    def __call__(self, head: bytes) -> bool:
        """Look at the first bytes, unpacked."""


class Read(Protocol):
    """Read a file of the format."""

    def __call__(self, path: Path, *, local: tzinfo) -> EventTable:
        """Read the events; ``local`` is the zone of times that name none."""


@dataclass(frozen=True)
class Importer:
    """One format.

    Attributes:
        name: What ``--format`` calls it.
        sniff: Recognises it.
        read: Reads it.
    """

    name: str
    sniff: Sniff
    read: Read


IMPORTERS = (Importer(generic.NAME, generic.sniff, generic.read),)
"""All formats, the most particular first; the generic table comes last and explains refusals."""


@dataclass(frozen=True)
class FileReport:
    """What one file gave.

    Attributes:
        file: Its path.
        format: Name of the format.
        events: Events read.
        notes: What reading left out.
    """

    file: str
    format: str
    events: int
    notes: ReadNotes


@dataclass(frozen=True)
class ImportReport:
    """What an import gave; nothing in it names a person or quotes a text.

    Attributes:
        files: One entry a file, in the order read.
        events: Events in the result.
        members: Members in the result.
        duplicates: Events left out because another file holds them too.
        kinds: Events by kind, only kinds that occur.
        first: Date of the first event (UTC).
        last: Date of the last event (UTC).
    """

    files: tuple[FileReport, ...]
    events: int
    members: int
    duplicates: int
    kinds: dict[str, int]
    first: str
    last: str


def import_files(
    paths: Sequence[Path | str], *, importer: str | None = None, tz: str = "UTC"
) -> tuple[EventTable, ImportReport]:
    """Read files or folders into one table.

    Members are the same person where the files call them the same. An event that several files
    hold is taken once; equal events within one file are kept, for two messages may fall in one
    second: of each event there are as many as in the file that holds most.

    Args:
        paths: Files and folders, at least one; of a folder, the files in it that a format knows.
        importer: Name of the format; default: recognised file by file.
        tz: Zone of times that name none.

    Raises:
        UserError: ``not_found``/``format``, ``not_found``/``no_files``, ``wrong_file``/
            ``empty_folder``, and what reading raises.
    """
    if not paths:
        raise UserError("not_found", "no_files")
    local = zone(tz)
    files = [file for path in paths for file in _files(Path(path))]
    tables: list[EventTable] = []
    reports: list[FileReport] = []
    for file in files:
        chosen = _importer(file, importer)
        table = chosen.read(file, local=local)
        tables.append(table)
        reports.append(FileReport(str(file), chosen.name, len(table), table.notes))
    merged = tables[0] if len(tables) == 1 else _merge(tables)
    kinds = np.bincount(merged.event, minlength=len(EVENTS))
    return merged, ImportReport(
        files=tuple(reports),
        events=len(merged),
        members=merged.members,
        duplicates=sum(len(table) for table in tables) - len(merged),
        kinds={name: int(count) for name, count in zip(EVENTS, kinds, strict=True) if count},
        first=day_text(int(merged.seconds[0])),
        last=day_text(int(merged.seconds[-1])),
    )


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = [file for file in sorted(path.iterdir()) if file.is_file() and _known(file)]
    if not files:
        raise UserError("wrong_file", "empty_folder", file=str(path))
    return files


def _known(file: Path) -> bool:
    try:
        head = read_head(file)
    except UserError:
        return False
    return any(importer.sniff(head) for importer in IMPORTERS)


def _importer(file: Path, name: str | None) -> Importer:
    if name is not None:
        names = [importer.name for importer in IMPORTERS]
        if name not in names:
            raise UserError("not_found", "format", name=name, suggestion=names)
        return IMPORTERS[names.index(name)]
    head = read_head(file)
    for importer in IMPORTERS:
        if importer.sniff(head):
            return importer
    refuse_binary(head, path=file)
    return IMPORTERS[-1]


def _merge(tables: Sequence[EventTable]) -> EventTable:
    code: dict[str, int] = {}
    for table in tables:
        for name in table.names:
            code.setdefault(name, len(code))
    parts = [_columns(table, code) for table in tables]
    rows = np.concatenate(parts)
    # The n-th copy of an event in one file is the n-th copy in another.
    copies = np.concatenate([_copy_number(part) for part in parts])
    order = np.lexsort((copies, *rows.T[::-1]))
    ordered, number = rows[order], copies[order]
    new = np.ones(order.size, dtype=np.bool_)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1) | (number[1:] != number[:-1])
    # lexsort is stable, so of equal rows the first in source order is kept.
    use = np.sort(order[new])
    rows = rows[use]
    return build_table(
        rows[:, 0],
        rows[:, 1].astype(np.int32),
        rows[:, 2].astype(np.uint8),
        rows[:, 3].astype(np.int32),
        np.concatenate([table.amount for table in tables])[use],
        names=tuple(code),
        notes=ReadNotes(
            skipped=sum(table.notes.skipped for table in tables),
            damaged=any(table.notes.damaged for table in tables),
        ),
    )


def _columns(table: EventTable, code: dict[str, int]) -> NDArray[np.int64]:
    """An event as five integers; amounts by their bits, of which NaN has one pattern here."""
    of = np.array([code[name] for name in table.names] + [-1], dtype=np.int64)
    amount = np.where(np.isnan(table.amount), np.nan, table.amount)
    return np.column_stack(
        [
            table.seconds,
            of[table.member],
            table.event.astype(np.int64),
            of[table.reply_to],
            amount.view(np.int64),
        ]
    )


def _copy_number(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many equal rows come before each row."""
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    start = np.ones(order.size, dtype=np.bool_)
    start[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    position = np.arange(order.size)
    number = np.empty(order.size, dtype=np.int64)
    number[order] = position - np.maximum.accumulate(np.where(start, position, 0))
    return number
