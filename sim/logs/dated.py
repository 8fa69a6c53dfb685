"""Shocks with a date: what somebody knows of a log beyond its events, or of the days ahead.

A launch, a move, a closed venue: a known cause is no sign of a restless community. Of a past shock
only the date is given; what it did is fitted (four weeks of its own, and a level before it that
differs from the level since) and taken out of the law and of the volatility. Of a coming shock the
size is given, on the logit scale of speaking in a week, from its day on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.logs.law import LawPrior
from sim.logs.table import DAY, WEEK, day_text
from sim.logs.times import parse_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.fit_law import Rows

AFTERMATH = 4
"""Weeks, that of the date included, in which a past shock may do anything."""
SIZE_SD = 1.0
"""Standard deviation of what a past shock did, logit, before the log is seen."""
LARGEST = 5.0
"""Size of a coming shock at most: at 5 nearly everybody speaks, at -5 hardly anybody."""


@dataclass(frozen=True)
class Dated:
    """One shock.

    Attributes:
        seconds: Midnight UTC of its day, since 1970.
        kind: What it was, in the user's words; empty for a coming one.
        size: Logit from its day on; None for a past one.
    """

    seconds: int
    kind: str = ""
    size: float | None = None


def read_dated(text: str) -> Dated:
    """A shock as written: ``2016-12-01:launch`` (past), ``2026-12-24:-0.5`` (coming).

    Raises:
        UserError: ``wrong_form``/``shock``, ``wrong_form``/``date``.
    """
    date, colon, rest = text.replace("：", ":").partition(":")
    rest = rest.strip()
    if not colon or not rest:
        raise UserError("wrong_form", "shock", value=text)
    seconds = parse_day(date.strip())
    try:
        size = float(rest)
    except ValueError:
        return Dated(seconds, kind=rest)
    if not math.isfinite(size) or abs(size) > LARGEST:
        raise UserError("wrong_form", "shock", value=text)
    return Dated(seconds, size=size)


def past_weeks(dated: Sequence[Dated], *, start: int, until: int) -> list[int]:
    """Weeks of the past shocks, counted from the log's first day.

    Args:
        dated: All shocks.
        start: Seconds of week 0.
        until: Origin in seconds.

    Raises:
        UserError: ``out_of_range``/``shock_size`` for a size before the origin,
            ``out_of_range``/``shock_past`` for a name outside of the log.
    """
    weeks = []
    for one in dated:
        day = day_text(one.seconds)
        if one.size is not None:
            if one.seconds < until:
                raise UserError("out_of_range", "shock_size", day=day, until=day_text(until))
            continue
        if not start <= one.seconds < until:
            raise UserError(
                "out_of_range", "shock_past", day=day, kind_given=one.kind, first=day_text(start),
                until=day_text(until),
            )  # fmt: skip
        weeks.append((one.seconds - start) // WEEK)
    return weeks


def coming(dated: Sequence[Dated], *, first: int, weeks: int) -> NDArray[np.float64]:
    """Logit added in each simulated week: float64 of shape (weeks,).

    A shock in mid-week counts in its first week for the days that are left of it.

    Args:
        dated: All shocks; those without a size are left out.
        first: Seconds of the first simulated day.
        weeks: Horizon.
    """
    total = np.zeros(weeks)
    starts = np.arange(weeks) * 7.0
    for one in dated:
        if one.size is not None:
            day = (one.seconds - first) / DAY
            total += one.size * np.clip((starts + 7.0 - day) / 7.0, 0.0, 1.0)
    return total


def with_dated(
    rows: Sequence[Rows], *, weeks: Sequence[int], prior: LawPrior
) -> tuple[list[Rows], LawPrior]:
    """The law's rows and prior with five more terms for each past shock among them.

    The first (``shock_<number>_0``) is 1 before the shock, so that the intercept is today's level;
    the others mark its four weeks. A shock before the weeks fitted, or after them, adds nothing.

    Args:
        rows: One block a week.
        weeks: Weeks of the shocks (:func:`past_weeks`).
        prior: Prior of the law.
    """
    fitted = [block.week for block in rows]
    within = {
        number: week
        for number, week in enumerate(weeks)
        if fitted and fitted[0] - AFTERMATH < week <= fitted[-1]
    }
    if not within:
        return list(rows), prior
    names = tuple(f"shock_{number}_{k}" for number in within for k in range(1 + AFTERMATH))
    more = []
    for block in rows:
        marks = [
            [block.week < week, *(block.week == week + k for k in range(AFTERMATH))]
            for week in within.values()
        ]
        extra = np.broadcast_to(np.ravel(marks), (block.spoke.size, len(names)))
        more.append(replace(block, z=np.hstack([block.z, extra.astype(np.float32)])))
    return more, LawPrior(
        terms=prior.terms + names,
        mean=prior.mean + (0.0,) * len(names),
        sd=prior.sd + (SIZE_SD,) * len(names),
    )
