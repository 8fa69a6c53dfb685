"""Where a community's common fortune stands today: a local level behind noisy weeks.

What a fitted law leaves unexplained, week by week, is a slowly moving level that all members share
and the noise of single weeks. The level at the origin and how well it is known follow from the
Kalman filter of a local-level model (Durbin and Koopman 2012, section 2.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURPRISE = 3.0
"""A week that is further off than so many standard deviations counts as one that is so far off."""


@dataclass(frozen=True)
class LocalLevel:
    """The level at the end of the last week.

    Attributes:
        mean: Expected level, log or logit scale.
        sd: Its standard deviation.
    """

    mean: float
    sd: float


def local_level(
    residuals: NDArray[np.float64], *, noise: NDArray[np.float64], step: float, start: float
) -> LocalLevel:
    """Follow a level through weekly residuals.

    Args:
        residuals: What a week was off, shape (weeks,), oldest first; NaN = nothing was seen.
        noise: Variance of each week around the level, shape (weeks,).
        step: Standard deviation of the level's step from week to week.
        start: Standard deviation of the level before the first week; its mean is 0.
    """
    mean, variance = 0.0, start**2
    for seen, own in zip(residuals.tolist(), noise.tolist(), strict=True):
        variance += step**2
        if seen != seen:  # noqa: PLR0124  NaN
            continue
        total = variance + own
        most = SURPRISE * total**0.5
        mean += variance / total * float(np.clip(seen - mean, -most, most))
        variance *= own / total
    return LocalLevel(mean=mean, sd=variance**0.5)


def week_noise(residuals: NDArray[np.float64], *, step: float, prior: float, worth: float) -> float:
    """Standard deviation of single weeks around the level, from changes between adjacent weeks.

    Half the mean squared change, less the level's own step, shrunk towards a prior.

    Args:
        residuals: As for :func:`local_level`.
        step: Standard deviation of the level's step.
        prior: Standard deviation expected without a history.
        worth: Changes that the prior is worth.
    """
    own = 0.5 * (np.square(np.diff(residuals)) - step**2)
    own = own[np.isfinite(own)]
    variance = (worth * prior**2 + float(own.sum())) / (worth + own.size)
    return float(max(variance, 0.0) ** 0.5)
