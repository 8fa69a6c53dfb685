"""How many days of an active week a member speaks, by the engine's daily form of the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class FurtherDays:
    """Chance of a further day in a week in which one has spoken: section ``again``.

    Attributes:
        base: Level, logit.
        habit: Weight of the logit of speaking in the week.
        yesterday: Logit added after a day on which one spoke.
    """

    base: float
    habit: float
    yesterday: float


def days_moments(
    logit: NDArray[np.float64], *, law: FurtherDays, weekday: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance of the speaking days of a week, given that there is at least one.

    Exact for the engine's daily law without answers and company: a chain over seven days whose
    state is whether one has spoken in this week and whether one spoke yesterday.

    Args:
        logit: Logit of speaking in the week, shape (n,).
        law: Chance of further days.
        weekday: Shares of a week's wish to speak, day 0 first, shape (7,), sum 1.

    Returns:
        Two float64 arrays of shape (n,); the mean is from 1 to 7.
    """
    hazard = np.logaddexp(0.0, logit)
    silent = np.ones_like(logit)
    # Rows: probability, first and second moment of the count; last day spoken, last day not.
    spoke, rested = np.zeros((3, logit.size)), np.zeros((3, logit.size))
    for share in weekday:
        first = -np.expm1(-hazard * share)
        wish = law.base + law.habit * logit + np.log(7.0 * share)
        after, later = _logistic(wish + law.yesterday), _logistic(wish)
        new = _one_more(spoke) * after + _one_more(rested) * later + silent * first
        rested = spoke * (1.0 - after) + rested * (1.0 - later)
        spoke = new
        silent = silent * (1.0 - first)
    _, mean, square = (spoke + rested) / -np.expm1(-hazard)
    return mean, np.maximum(square - mean * mean, 0.0)


def _one_more(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Moments of a count plus one, each times the probability."""
    p, mean, square = moments
    return np.stack([p, mean + p, square + 2.0 * mean + p])


def _logistic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float64)


def fit_base(
    logit: NDArray[np.float64],
    *,
    mean_days: float,
    law: FurtherDays,
    weekday: NDArray[np.float64],
    low: float,
    high: float,
) -> FurtherDays:
    """The level at which the members' active weeks have so many days on average, by bisection.

    Args:
        logit: Of the active weeks, shape (n,), n >= 1.
        mean_days: What the log shows, 1 to 7.
        law: Where the other coefficients come from.
        weekday: As in :func:`days_moments`.
        low: Smallest level.
        high: Largest level.
    """
    for _ in range(40):
        middle = 0.5 * (low + high)
        law = FurtherDays(middle, law.habit, law.yesterday)
        mean, _ = days_moments(logit, law=law, weekday=weekday)
        if float(mean.mean()) < mean_days:
            low = middle
        else:
            high = middle
    return law
