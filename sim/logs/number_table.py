"""Small tables of numbers: members over time, or members left after each renewal."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.logs.files import open_bytes, read_head, refuse_binary, text_encoding, text_lines
from sim.logs.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

GROUP = ("segment", "community", "group", "venue")
TIME = ("date", "timestamp", "time")
COUNT = ("paying_members", "members", "subscribers", "payers", "count")
PERIOD = ("period", "year", "month", "quarter", "week")
LEFT = ("percent_surviving", "surviving", "survival", "members", "count")
"""Names of columns; of several in a table the first of a list counts."""


@dataclass(frozen=True)
class NumberRows:
    """The rows of one group of a table, in order of time.

    Attributes:
        group: Its name, empty in a table without groups.
        at: float64 of shape (n,), ascending: seconds since 1970 UTC, or periods.
        value: float64 of shape (n,).
        column: Name of the column of the values.
    """

    group: str
    at: Numbers
    value: Numbers
    column: str


def read_counts(path: Path) -> list[NumberRows]:
    """Members over time: a date and a number in each row, maybe a group.

    Raises:
        UserError: As :func:`_read`.
    """
    return _read(path, TIME, COUNT, wanted="date, members")


def read_survival(path: Path) -> list[NumberRows]:
    """Members left after 0, 1, 2 ... renewals, or their share or percentage, maybe by group.

    Raises:
        UserError: As :func:`_read`; ``contradiction``/``survival`` for periods other than 0, 1 ...
    """
    tables = _read(path, PERIOD, LEFT, wanted="period, surviving")
    for table in tables:
        if not np.array_equal(table.at, np.arange(table.at.size)):
            raise UserError("contradiction", "survival", file=str(path))
    return tables


def _read(
    path: Path, keys: Sequence[str], values: Sequence[str], *, wanted: str
) -> list[NumberRows]:
    """Rows by group, in the order of the groups.

    Raises:
        UserError: ``not_found``, ``no_permission``, ``wrong_file``; ``cannot_read``/
            ``number_columns`` and ``number_row``; ``too_short``/``no_rows``.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    with open_bytes(path) as stream, text_lines(stream, encoding=text_encoding(head)) as lines:
        rows = csv.reader(lines)
        names = [cell.strip().casefold() for cell in next(rows, [])]
        key, value, group = (_place(names, wanted) for wanted in (keys, values, GROUP))
        if key < 0 or value < 0:
            raise UserError("cannot_read", "number_columns", file=str(path), wanted=wanted)
        found: dict[str, list[tuple[float, float]]] = {}
        for place, pair in _pairs(rows, key, value, timed=keys is TIME, path=path):
            found.setdefault(place[group].strip() if group >= 0 else "", []).append(pair)
    if not found:
        raise UserError("too_short", "no_rows", file=str(path))
    return [
        NumberRows(group=name, at=pairs[:, 0], value=pairs[:, 1], column=names[value])
        for name, pairs in ((name, np.array(sorted(pairs))) for name, pairs in found.items())
    ]


def _place(names: Sequence[str], wanted: Sequence[str]) -> int:
    return next((names.index(name) for name in wanted if name in names), -1)


def _pairs(
    rows: Iterator[list[str]], key: int, value: int, *, timed: bool, path: Path
) -> Iterator[tuple[list[str], tuple[float, float]]]:
    """Rows with a number; those without one are left out."""
    for number, row in enumerate(rows, start=2):
        try:
            if not row or not row[value].strip():
                continue
            at = float(parse_time(row[key]) if timed else row[key])
            amount = float(row[value].strip().rstrip("%"))
        except (ValueError, IndexError, OverflowError) as error:
            raise UserError("cannot_read", "number_row", file=str(path), line=number) from error
        if not (math.isfinite(at) and math.isfinite(amount) and amount >= 0.0):
            raise UserError("cannot_read", "number_row", file=str(path), line=number)
        yield row, (at, amount)
