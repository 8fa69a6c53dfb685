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


def days_spoken(
    logit: NDArray[np.float64], *, law: FurtherDays, weekday: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean of the speaking days of a week, given that there is at least one.

    Exact for the engine's daily law without answers and company: a chain over seven days whose
    state is whether one has spoken in this week and whether one spoke yesterday.

    Args:
        logit: Logit of speaking in the week, shape (n,).
        law: Chance of further days.
        weekday: Shares of a week's wish to speak, day 0 first, shape (7,), sum 1.

    Returns:
        From 1 to 7, float64 of shape (n,).
    """
    hazard = np.logaddexp(0.0, logit)
    silent = np.ones_like(logit)
    # Rows: probability, mean of the count times it; last day spoken, last day not.
    spoke, rested = np.zeros((2, logit.size)), np.zeros((2, logit.size))
    for share in weekday:
        first = -np.expm1(-hazard * share)
        wish = law.base + law.habit * logit + np.log(7.0 * share)
        after, later = _logistic(wish + law.yesterday), _logistic(wish)
        new = _one_more(spoke) * after + _one_more(rested) * later + silent * first
        rested = spoke * (1.0 - after) + rested * (1.0 - later)
        spoke = new
        silent = silent * (1.0 - first)
    return np.asarray((spoke + rested)[1] / -np.expm1(-hazard), dtype=np.float64)


def _one_more(spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability, and mean of a count plus one times it."""
    p, mean = spread
    return np.stack([p, mean + p])


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
        weekday: As in :func:`days_spoken`.
        low: Smallest level.
        high: Largest level.
    """
    for _ in range(40):
        middle = 0.5 * (low + high)
        law = FurtherDays(middle, law.habit, law.yesterday)
        if float(days_spoken(logit, law=law, weekday=weekday).mean()) < mean_days:
            low = middle
        else:
            high = middle
    return law
