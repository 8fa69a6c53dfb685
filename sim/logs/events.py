"""Reading and writing event files: ``timestamp,member,event,reply_to,amount``."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.logs import generic
from sim.logs.files import replacing
from sim.logs.table import EVENTS
from sim.logs.times import zone

if TYPE_CHECKING:
    from sim.logs.table import EventTable

HEADER = "timestamp,member,event,reply_to,amount"
_BLOCK = 50_000


def read_events(path: Path | str, *, tz: str = "UTC") -> EventTable:
    """Read an event file, gzipped or not, with or without the column ``amount``.

    Any CSV with a time and a member in each row will do (see :mod:`sim.logs.generic`).

    Args:
        path: The file.
        tz: Zone of times that name none.

    Raises:
        UserError: as :func:`sim.logs.generic.read`; ``not_found``/``time_zone``.
    """
    return generic.read(Path(path), local=zone(tz))


def write_events(table: EventTable, path: Path | str, *, keep_names: bool = False) -> None:
    """Write a table as CSV in UTF-8, gzipped if the name ends in ``.gz``; completely or not at all.

    Members are written as integers from 1 in order of first appearance, so that the file holds
    neither names nor text. The same table always gives the same bytes.

    Args:
        table: The events.
        path: Where to.
        keep_names: Write what the source calls the members.

    Raises:
        UserError: ``no_space``, ``no_permission``, ``not_found``/``file`` (its folder),
            ``wrong_form``/``folder``.
    """
    if keep_names:
        names = [_quoted(name) for name in table.names]
    else:
        names = [str(code + 1) for code in range(table.members)]
    names.append("")  # for reply_to = -1
    with replacing(Path(path)) as stream:
        stream.write(f"{HEADER}\n".encode())
        for start in range(0, len(table), _BLOCK):
            at = slice(start, start + _BLOCK)
            times = np.datetime_as_string(table.seconds[at].astype("datetime64[s]")).tolist()
            rows = zip(
                times,
                table.member[at].tolist(),
                table.event[at].tolist(),
                table.reply_to[at].tolist(),
                table.amount[at].tolist(),
                strict=True,
            )
            text = "".join(
                f"{time}Z,{names[who]},{EVENTS[kind]},{names[whom]},{_money(amount)}\n"
                for time, who, kind, whom, amount in rows
            )
            stream.write(text.encode())


def _money(amount: float) -> str:
    if math.isnan(amount):
        return ""
    cents = f"{amount:.2f}"
    return cents if float(cents) == amount else repr(amount)


def _quoted(name: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([name])
    return line.getvalue()
