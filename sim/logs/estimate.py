"""An estimate with its uncertainty: a value, a 90 % range, and what was known without the log."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WITHIN = 1.6448536269514722
"""Standard deviations from the middle to the ends of a 90 % range of a normal value."""


@dataclass(frozen=True)
class Estimate:
    """One number from a log.

    Attributes:
        value: Best value.
        low: Lower end of the 90 % range.
        high: Upper end.
        sd: Standard deviation, of the logarithm where ``log``.
        prior_sd: The same before the log was seen; None = nothing was known, or it is not used.
        log: Whether it is the logarithm that is taken as normal.
    """

    value: float
    low: float
    high: float
    sd: float
    prior_sd: float | None = None
    log: bool = False

    @property
    def contraction(self) -> float | None:
        """Share of the prior variance that the log has taken away: 1 - (sd / prior sd)^2, 0 to 1.

        0 = the log says nothing. None where there is no prior.
        """
        if self.prior_sd is None:
            return None
        return max(0.0, 1.0 - (self.sd / self.prior_sd) ** 2)


def normal(value: float, sd: float, *, prior_sd: float | None = None) -> Estimate:
    """An estimate whose error is normal."""
    return Estimate(value, value - WITHIN * sd, value + WITHIN * sd, sd, prior_sd)


def lognormal(value: float, sd: float, *, prior_sd: float | None = None) -> Estimate:
    """A positive estimate whose logarithm has a normal error of standard deviation ``sd``."""
    factor = math.exp(WITHIN * sd)
    return Estimate(value, value / factor, value * factor, sd, prior_sd, log=True)


def quantiles_of(value: float, draws: NDArray[np.float64]) -> Estimate:
    """A value with the range of draws around it."""
    low, high = np.quantile(draws, (0.05, 0.95))
    return Estimate(value, float(low), float(high), float(draws.std()))
