"""Rows of a CSV export by the names of its columns, in memory that no file exceeds."""

from __future__ import annotations

import csv
from operator import itemgetter
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.logs.files import (
    DAMAGE,
    bounded_lines,
    first_line,
    open_bytes,
    read_head,
    refuse_binary,
    text_encoding,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sim.logs.gather import Gather

LONGEST_ROW = 1_000_000
"""Characters of a row; a longer one is a quotation mark without its partner."""


def header_of(head: bytes) -> list[str]:
    """Cells of the first line that is not blank.

    Args:
        head: The first bytes of a file, unpacked.
    """
    try:
        return [cell.strip() for cell in next(csv.reader([first_line(head)[:10_000]]), [])]
    except csv.Error:
        return []


def read_rows(
    path: Path, gather: Gather, *, columns: Sequence[str], form: str
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows after the header.

    A row of another width than the header's is skipped; if it is the last, the file breaks off.

    Args:
        path: The file, gzipped or not.
        gather: Is told of rows that cannot be read.
        columns: What is wanted, at least two; extra columns do not matter, nor does the order.
        form: Name of the format, for those who named a wrong one.

    Yields:
        Number of the row's last line, and the cells in the order of ``columns``.

    Raises:
        UserError: ``wrong_file`` (not a text, empty, ``other_format``),
            ``damaged``/``unreadable``.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    names = header_of(head)
    if not set(columns) <= set(names):
        raise UserError("wrong_file", "other_format", file=str(path), form=form)
    pick = itemgetter(*map(names.index, columns))
    with open_bytes(path) as stream:
        rows = _Rows(bounded_lines(stream, encoding=text_encoding(head)))
        misfit = 0  # line of a row of another width, as long as none follows it
        try:
            for line, row in rows.read():
                if misfit:
                    gather.skip(misfit)
                    misfit = 0
                if len(row) != len(names):
                    misfit = line
                    continue
                yield line, pick(row)
        except DAMAGE:
            gather.broke_off()
        if misfit:
            gather.skip(misfit)
            gather.broke_off()


class _Rows:
    """Feeds lines to the csv module, no more than a row may have."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._size, self._first = lines, 0, True

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if self._size > LONGEST_ROW:
            raise csv.Error("a row without end")
        self._size += len(line) + 1
        return line + "\n"

    def read(self) -> Iterator[tuple[int, list[str]]]:
        """Rows after the header that are not blank; of one that cannot be read, no cells."""
        reader = csv.reader(self)
        limit = csv.field_size_limit(2 * LONGEST_ROW)
        try:
            while True:
                self._size = 0
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    row = [""]
                if row and self._first:
                    self._first = False
                elif row:
                    yield reader.line_num, row
        finally:
            csv.field_size_limit(limit)
