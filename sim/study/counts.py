"""Members over time, where only their number is known: level, damped trend and the spread of both.

No person can be followed in a series of totals, so nothing of the member law applies. The number
goes on by what the last steps added, a little less of it each step; the ranges hold the size of
past surprises and how badly the trend is known. docs/purchases.md has what was tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from sim.errors import UserError
from sim.logs.table import DAY, day_text
from sim.study.forecast import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.number_table import NumberRows

    Numbers = NDArray[np.float64]

TREND_MEMORY = 5.0
"""Steps after which a step counts for 1/e in the trend."""
NOISE_MEMORY = 13.0
"""The same in the size of surprises."""
TREND_KEPT = 0.98
"""Share of the trend that is left a step later."""
LEAST_STEPS = 8
"""Steps that must have been seen."""

COUNTS_HEADER = "group,date,q05,q25,q50,q75,q95"

_LEAST = 1e-300
_FLOOR = 0.5  # members: what a share is taken of, where nobody is left


@dataclass(frozen=True)
class Regular:
    """A series of numbers in equal steps.

    Attributes:
        days: Days of a step.
        start: Seconds since 1970 UTC of the first value.
        value: float64 of shape (n,).
    """

    days: int
    start: int
    value: Numbers


def regular(rows: NumberRows) -> Regular:
    """Equal steps as long as the middle distance of the rows, between them along a straight line.

    Raises:
        UserError: ``too_short``/``steps`` with fewer than eight steps.
    """
    if np.unique(rows.at).size < rows.at.size:  # the last value of a moment
        last = np.append(np.diff(rows.at) > 0.0, True)
        at, value = rows.at[last], rows.value[last]
    else:
        at, value = rows.at, rows.value
    days = max(1, round(float(np.median(np.diff(at))) / DAY)) if at.size > 1 else 1
    grid = np.arange(at[-1], at[0] - 1.0, -days * DAY)[::-1]  # the last value is kept as it is
    if grid.size <= LEAST_STEPS:
        raise UserError("too_short", "steps", steps=max(grid.size - 1, 0), needed=LEAST_STEPS)
    return Regular(days=days, start=int(grid[0]), value=np.interp(grid, at, value))


def forecast_counts(series: Numbers, steps: int) -> Numbers:
    """Quantiles of the steps to come.

    Args:
        series: Members at each step, shape (n,), n >= 3.
        steps: Steps ahead.

    Returns:
        float64 of shape (steps, 5), at ``LEVELS``.
    """
    level = max(float(series[-1]), _FLOOR)
    moves = np.diff(series) / level
    age = np.arange(moves.size, 0, -1)
    weights, late = np.exp(-age / TREND_MEMORY), np.exp(-age / NOISE_MEMORY)
    raw = float(weights @ moves / weights.sum())
    freed = moves.size / (moves.size - 1.0)  # the trend was taken from the same moves
    surprise = float(late @ np.square(moves - raw) / late.sum()) * freed
    error = surprise * float(weights @ weights) / float(weights.sum()) ** 2
    trusted = raw**2 / max(
        raw**2 + error, _LEAST
    )  # the trend is its own scale: steps may be months
    trend, unsure = trusted * raw, trusted * error
    ahead = np.arange(1, steps + 1)
    moved = np.cumsum(TREND_KEPT**ahead)
    spread = np.sqrt(surprise * ahead + unsure * moved**2)
    added = (trend * moved)[:, None] + spread[:, None] * ndtri(np.array(LEVELS))
    quantiles: Numbers = np.maximum(series[-1] + level * added, 0.0)
    return quantiles


def counts_csv(groups: list[tuple[str, Regular, Numbers]]) -> str:
    """The text of ``members.csv``: groups, each with its series and the quantiles ahead."""
    lines = [COUNTS_HEADER]
    for name, series, quantiles in groups:
        end = series.start + (series.value.size - 1) * series.days * DAY
        for ahead, values in enumerate(quantiles, start=1):
            day = day_text(end + ahead * series.days * DAY)
            lines.append(f"{name},{day}," + ",".join(f"{value:.10g}" for value in values))
    return "\n".join(lines) + "\n"
