"""How many newcomers a week: a gamma-Poisson level that follows its trend first and its mean later.

In the first year of a log what newcomers did lately goes on, upwards after a launch and downwards
where everybody is new only because the log begins; in older logs the level reverts. (Training logs:
the next quarter moves on by .7 of the level's log distance from the log's mean before week 45, and
back by .35 or more of it after week 120.) docs/decisions.md has what was tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEMORY = 10.0
"""Weeks after which a week's newcomers count for 1/e in the local level of an old log."""

# How a young log differs. Chosen together on the training logs, families left out: 309 origins from
# week 10 on, score relative to that without these, docs/decisions.md.
YOUTH = 52.0
"""Weeks: at this age a log is still young by exp(-1), at twice this age by exp(-4)."""
YOUNG_MEMORY = 4.0
"""Weeks of memory of a log that has just begun (7 is worse, 3 better if a launch ends at once)."""
TREND_MEMORY = 12.0
"""Weeks after which a week counts for 1/e in the trend (8 and 20 do as well)."""
TREND_SD = 0.05
"""Standard deviation of trends of the log level a week, before a log is seen."""
TREND_KEPT = 0.95
"""Share of the trend that is left a week later: it moves the level by 20 times itself in all."""

PRIOR_SHAPE = 0.3
PRIOR_WEEKS = 52
LEVEL_WEEKS = 104

# The level's path over the simulated weeks (chosen on the training logs; forecasting note,
# sections 3.3 and 7). They belong to the drivers of a run, not to one log.
WALK_SD = 0.06
"""Standard deviation of a week's step of the log level."""
REVERSION = 0.025
"""Share of the distance to the long-run level that is made up in a week, in an old log."""
SHOCK_SHARE = 0.5
"""Share of the community's shock (without its drift) that newcomers feel."""
DRIFT_MEAN = -0.008
"""Mean over runs of the log level's drift a week: a prior of ageing communities."""
DRIFT_SD = 0.015
"""Its standard deviation over runs."""
WEEK_SHAPE = 3.5
"""Gamma shape of a week's rate around the level."""
CAP = 3.0
"""The level stays below so many times the largest week seen."""

_FLOOR = 0.5  # newcomers in all the weeks averaged, where none came: a log needs a positive level


@dataclass(frozen=True)
class InflowFit:
    """The level of newcomers at the origin.

    Attributes:
        shape: Shape of the gamma posterior of the level, newcomers a week.
        rate: Its rate; the mean is ``shape / rate``.
        long_run: log of the mean of the last two years, to which the level reverts.
        largest: Newcomers of the largest week, at least 1.
        weeks: Weeks used.
        trend: Change of the log level in the first week ahead, next to nothing in an old log.
        reversion: Share of the distance to ``long_run`` made up in a week, in [0, REVERSION].
    """

    shape: float
    rate: float
    long_run: float
    largest: float
    weeks: int
    trend: float
    reversion: float

    @property
    def mean(self) -> float:
        """Posterior mean of the level, newcomers a week."""
        return self.shape / self.rate


def fit_inflow(newcomers: NDArray[np.int64]) -> InflowFit:
    """Fit the level to the newcomers of the whole weeks before the origin.

    The first week is left out: in a log that begins in mid-life everybody is new in it.

    Args:
        newcomers: Members whose first message fell in each week, shape (weeks,), weeks >= 2.
    """
    counts = newcomers[1:].astype(np.float64)
    young = youth(counts.size)
    memory = MEMORY + young * (YOUNG_MEMORY - MEMORY)
    weights = np.exp(-np.arange(counts.size, 0, -1) / memory)
    recent = _mean(counts[-PRIOR_WEEKS:])
    return InflowFit(
        shape=float(weights @ counts) + PRIOR_SHAPE,
        rate=float(weights.sum()) + PRIOR_SHAPE / recent,
        long_run=float(np.log(_mean(counts[-LEVEL_WEEKS:]))),
        largest=max(float(counts.max()), 1.0),
        weeks=counts.size,
        trend=young * local_trend(counts),
        reversion=(1.0 - young) * REVERSION,
    )


def expected_path(fit: InflowFit, *, weeks: int) -> NDArray[np.float64]:
    """Newcomers a week where luck does nothing, float64 of shape (weeks,)."""
    level, ceiling = math.log(max(fit.mean, _FLOOR / fit.weeks)), math.log(CAP * fit.largest)
    levels = np.empty(weeks)
    for week in range(weeks):
        level += DRIFT_MEAN + pull(fit, level, week=week)
        level = min(level, ceiling)
        levels[week] = level
    return np.exp(levels)


def pull(fit: InflowFit, level: float, *, week: int) -> float:
    """How far a log level moves in week ``week`` ahead, by trend and reversion."""
    return fit.reversion * (fit.long_run - level) + fit.trend * TREND_KEPT**week


def youth(weeks: float) -> float:
    """How young a log is: 1 when it begins, 0 when it is old."""
    return math.exp(-((weeks / YOUTH) ** 2))


def local_trend(counts: NDArray[np.float64]) -> float:
    """Trend of the log level a week, shrunk towards none by what luck could do.

    A weighted straight line through the counts, its slope relative to their mean, as the posterior
    mean under a normal prior of standard deviation :data:`TREND_SD`. The luck of a week is that of
    the inflow itself: a Poisson count around a gamma rate of shape :data:`WEEK_SHAPE`.

    Args:
        counts: Newcomers of each week, shape (weeks,), weeks >= 1.
    """
    if counts.size == 1:
        return 0.0
    week = np.arange(counts.size, dtype=np.float64)
    weights = np.exp((week - counts.size) / TREND_MEMORY)
    total = float(weights.sum())
    level = max(float(weights @ counts), _FLOOR) / total
    away = week - float(weights @ week) / total
    luck = float(np.square(weights * away).sum()) * (1.0 / level + 1.0 / WEEK_SHAPE)
    spread = float(weights @ np.square(away))
    moved = float((weights * away) @ counts) / level
    return moved * spread / (spread**2 + luck / TREND_SD**2)


def _mean(counts: NDArray[np.float64]) -> float:
    return max(float(counts.sum()), _FLOOR) / counts.size
