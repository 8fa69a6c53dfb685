"""Which forecasts are made: logs, and the weeks in them from which one looks ahead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.table import WEEK
from sim.logs.weeks import weekly

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

FEWEST_WEEKS = 72
"""Whole weeks of a log that is looked at."""

BEFORE, FEWEST_SPEAKERS = 26, 2.0
"""Weeks before the origin, and speakers a week in them on average, that make a case."""

ORIGINS = (0.5, 0.75)
"""Shares of a log's whole weeks after which one looks ahead."""


@dataclass(frozen=True)
class Case:
    """One forecast to be made.

    Attributes:
        log: Name of the log.
        family: Logs that share people or a fate; by default a log is a family of its own.
        origin: Share of the log's weeks.
        week: Whole weeks before the origin.
        until: The origin in seconds since 1970 UTC; only events before it may be looked at.
        past: int64 of shape (3, week): speakers, messages, newcomers.
        future: int64 of shape (3, H'), H' <= the horizon: what came.
    """

    log: str
    family: str
    origin: float
    week: int
    until: int
    past: NDArray[np.int64]
    future: NDArray[np.int64]


def cases_of(
    table: EventTable,
    *,
    log: str,
    family: str,
    origins: Sequence[float] = ORIGINS,
    weeks: int = 26,
) -> list[Case]:
    """The cases of one log.

    Args:
        table: Its events.
        log: Its name.
        family: Its family.
        origins: Shares of its whole weeks, each the week ``floor(share * weeks)``, at most so late
            that the whole horizon has been seen.
        weeks: Horizon.

    Returns:
        Nothing if it is shorter than :data:`FEWEST_WEEKS`; no case without enough speakers before
        its origin, nor a second one with the same origin.
    """
    series = weekly(table)
    whole = series.speakers.size
    if whole < FEWEST_WEEKS:
        return []
    every = np.stack([series.speakers, series.messages, series.newcomers])
    found: dict[int, Case] = {}
    for share in origins:
        week = min(int(share * whole), whole - weeks)
        if week < BEFORE or every[0, week - BEFORE : week].mean() < FEWEST_SPEAKERS:
            continue
        found.setdefault(
            week,
            Case(
                log=log, family=family, origin=share, week=week,
                until=table.start + week * WEEK, past=every[:, :week],
                future=every[:, week : week + weeks],
            ),
        )  # fmt: skip
    return list(found.values())


def name_of(path: Path) -> str:
    """What a log is called: its file's name without endings."""
    return path.name.partition(".")[0]


def family_of(path: Path) -> str:
    """The family that the file beside a log names (``<name>.json``), else the log's own name."""
    try:
        about = json.loads(path.with_name(f"{name_of(path)}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return name_of(path)
    family = about.get("family") if isinstance(about, dict) else None
    return family if isinstance(family, str) and family else name_of(path)
