"""How far a community strays from its level by itself: the size of the common shock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.local_level import LocalLevel, local_level, week_noise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.weeks import WeeklySeries

SPEAKERS_PRIOR = 0.30
"""Standard deviation of the quarterly log change of speakers in a log not yet seen."""
MESSAGES_PRIOR = 0.35
"""The same of messages a speaker."""
SMALLEST = 0.05

# Paths of the shocks over the simulated weeks, in units of the volatility (forecasting note,
# sections 3.4, 3.5 and 7); drivers of a run, not of one log.
SPEAKERS_START, SPEAKERS_WALK, SPEAKERS_DRIFT = 0.5, 0.6, -0.012
"""Shock at the origin, its walk over 13 weeks, and its drift a week (logit scale)."""
SPEAKERS_WEEK_SD = 0.2
"""Noise common to all members in one week (logit scale)."""
MESSAGES_START, MESSAGES_WALK, MESSAGES_DRIFT = 0.5, 0.5, -0.015
"""The same for messages (log scale)."""
MESSAGES_LAW_SD = 0.25
"""Error of the message law itself, which no history of its misfits shows (log scale)."""
MESSAGES_WEEK_SD = 0.3
"""Noise of one week's messages (log scale) in a log not yet seen."""
MESSAGES_WEEK_WORTH = 10.0
"""Weeks that this is worth once a log is seen."""
LEVEL_WEEKS = 104
"""Weeks through which levels are followed."""

QUARTER = 13
_WINDOW = 6
_HISTORY = 156
_PRIOR_QUARTERS = 6.0
_LARGEST_CHANGE = 1.0
_CHANCE_SHARE = 0.7
_LEAST = -0.2
_OFFSET = 0.3


def volatility(series: NDArray[np.float64], *, prior: float, dated: Sequence[int] = ()) -> float:
    """Standard deviation of the log change over a quarter, beyond counting noise.

    A 6-week running mean of the last three years is compared with itself 13 weeks later; the
    squared changes, less what counting noise would give, are averaged and shrunk towards a prior
    worth six independent quarters.

    Args:
        series: A value a week, whole weeks before the origin, shape (weeks,).
        prior: Standard deviation expected without a history.
        dated: Weeks of the series with a shock of known cause: changes across one are left out.

    Returns:
        At least 0.05; the prior itself if the series is shorter than 19 weeks.
    """
    recent = np.asarray(series, dtype=np.float64)[-_HISTORY:]
    if recent.size < _WINDOW + QUARTER:
        return prior
    total = np.concatenate([[0.0], np.cumsum(recent)])
    level = (total[_WINDOW:] - total[:-_WINDOW]) / _WINDOW + _OFFSET
    early, late = level[:-QUARTER], level[QUARTER:]
    squared = np.minimum(np.square(np.log(late / early)), _LARGEST_CHANGE)
    chance = _CHANCE_SHARE * (1.0 / (_WINDOW * early) + 1.0 / (_WINDOW * late))
    week = series.size - recent.size + np.arange(squared.size)
    kept = np.ones(squared.size, dtype=np.bool_)
    for shock in dated:
        kept &= (shock < week) | (shock >= week + _WINDOW + QUARTER)
    if not kept.any():
        return prior
    excess = float(np.maximum(squared - chance, _LEAST)[kept].mean())
    quarters = int(kept.sum()) / QUARTER
    variance = (_PRIOR_QUARTERS * prior**2 + quarters * excess) / (_PRIOR_QUARTERS + quarters)
    return float(np.sqrt(max(variance, SMALLEST**2)))


def speakers_volatility(series: WeeklySeries, *, dated: Sequence[int] = ()) -> float:
    """Volatility of the number of speakers."""
    return volatility(series.speakers.astype(np.float64), prior=SPEAKERS_PRIOR, dated=dated)


def messages_volatility(series: WeeklySeries, *, dated: Sequence[int] = ()) -> float:
    """Volatility of the messages a speaker."""
    each = (series.messages + 0.5) / (series.speakers + 0.5)
    return volatility(each, prior=MESSAGES_PRIOR, dated=dated)


def messages_level(misfit: NDArray[np.float64], *, volatility: float) -> tuple[LocalLevel, float]:
    """Where the shock on messages stands after the last week, and the noise of a week.

    Args:
        misfit: Log of messages over what the message law expected, shape (weeks,), NaN = nobody.
        volatility: Of messages a speaker.
    """
    recent = misfit[-LEVEL_WEEKS:]
    step = MESSAGES_WALK * volatility / QUARTER**0.5
    noise = week_noise(recent, step=step, prior=MESSAGES_WEEK_SD, worth=MESSAGES_WEEK_WORTH)
    level = local_level(
        recent,
        noise=np.full(recent.size, max(noise, SMALLEST) ** 2),
        step=step,
        start=MESSAGES_START * volatility,
    )
    return LocalLevel(level.mean, math.hypot(level.sd, MESSAGES_LAW_SD)), noise
