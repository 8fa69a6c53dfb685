"""How many newcomers a week: a slowly reverting gamma-Poisson level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEMORY = 10.0
"""Weeks after which a week's newcomers count for 1/e in the local level."""
PRIOR_SHAPE = 0.3
PRIOR_WEEKS = 52
LEVEL_WEEKS = 104

# The level's path over the simulated weeks (chosen on the training logs; forecasting note,
# sections 3.3 and 7). They belong to the drivers of a run, not to one log.
WALK_SD = 0.06
"""Standard deviation of a week's step of the log level."""
REVERSION = 0.025
"""Share of the distance to the long-run level that is made up in a week."""
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
    """

    shape: float
    rate: float
    long_run: float
    largest: float
    weeks: int

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
    weights = np.exp(-np.arange(counts.size, 0, -1) / MEMORY)
    recent = _mean(counts[-PRIOR_WEEKS:])
    return InflowFit(
        shape=float(weights @ counts) + PRIOR_SHAPE,
        rate=float(weights.sum()) + PRIOR_SHAPE / recent,
        long_run=float(np.log(_mean(counts[-LEVEL_WEEKS:]))),
        largest=max(float(counts.max()), 1.0),
        weeks=counts.size,
    )


def _mean(counts: NDArray[np.float64]) -> float:
    return max(float(counts.sum()), _FLOOR) / counts.size
