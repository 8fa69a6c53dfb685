"""How honest the law's uncertainty is: fits of logs whose law is known.

Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018): coefficients are
drawn from the prior, a log is simulated with them and fitted; where the truth stands in the
posterior must be uniform over many such logs. ``python -m sim.study.calibration`` makes the numbers
of docs/fitting.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.fit_law import FIT_WEEKS, fit_law, law_rows, map_logistic
from sim.logs.fit_shared import NOISE_PRIOR, WALK_PRIOR, fit_shared
from sim.logs.law import POOLED, TERMS
from sim.logs.synthetic import synthetic_log

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.logs.weeks import ActiveWeeks

    Numbers = NDArray[np.float64]
    Fit = Callable[[ActiveWeeks], tuple[Numbers, Numbers]]

BINS = 10
"""Bins of the ranks."""
WEEKS, ARRIVALS = 120, 4.0
"""Length of the logs, and newcomers a week."""


def shared_law(active: ActiveWeeks) -> tuple[Numbers, Numbers]:
    """Coefficients and standard errors with what weeks do to all (``fit_shared``)."""
    fit = fit_shared(law_rows(active, columns=POOLED.columns, weeks=FIT_WEEKS), prior=POOLED)
    return fit.coefficients, fit.errors


def plain_law(active: ActiveWeeks) -> tuple[Numbers, Numbers]:
    """The same as forecasts have it: old weeks weigh less, rows are taken as independent."""
    fit = fit_law(active)
    return fit.coefficients, fit.errors


def even_law(active: ActiveWeeks) -> tuple[Numbers, Numbers]:
    """As :func:`plain_law`, all weeks alike: Bayes' rule itself where weeks share nothing."""
    rows = law_rows(active, columns=POOLED.columns, weeks=FIT_WEEKS)
    mean, curvature, _ = map_logistic(
        [replace(block, weight=1.0) for block in rows],
        mean=np.array(POOLED.mean),
        precision=1.0 / np.square(np.array(POOLED.sd)),
    )
    return mean, np.sqrt(np.diag(np.linalg.inv(curvature)))


@dataclass(frozen=True)
class Calibration:
    """Fits of many logs; arrays of shape (logs, 12).

    Attributes:
        truth: Coefficients.
        mean: What was fitted.
        error: Its standard errors.
    """

    truth: Numbers
    mean: Numbers
    error: Numbers

    @property
    def ranks(self) -> Numbers:
        """Share of the posterior below the truth, 0 to 1; uniform if the posterior is honest."""
        from scipy.special import ndtr

        return np.asarray(ndtr((self.truth - self.mean) / self.error), dtype=np.float64)

    @property
    def bias(self) -> Numbers:
        """Mean error of each coefficient."""
        return np.asarray((self.mean - self.truth).mean(axis=0), dtype=np.float64)

    @property
    def rmse(self) -> Numbers:
        """Root mean square error of each coefficient."""
        return np.asarray(np.sqrt(np.square(self.mean - self.truth).mean(axis=0)), dtype=np.float64)

    @property
    def coverage(self) -> Numbers:
        """How often the 90 % range holds the truth."""
        return np.asarray((np.abs(self.ranks - 0.5) < 0.45).mean(axis=0), dtype=np.float64)

    @property
    def p_values(self) -> Numbers:
        """Chi-square tests of uniform ranks in ten bins: float64 of shape (12,)."""
        from scipy.special import chdtrc

        expected = len(self.truth) / BINS
        bins = np.minimum((self.ranks * BINS).astype(int), BINS - 1)
        counts = np.stack([(bins == k).sum(axis=0) for k in range(BINS)])
        return np.asarray(
            chdtrc(BINS - 1, (np.square(counts - expected) / expected).sum(axis=0)),
            dtype=np.float64,
        )


def calibrate(
    fits: Sequence[Fit],
    *,
    truths: int,
    noise: float = NOISE_PRIOR,
    walk: float = WALK_PRIOR,
    weeks: int = WEEKS,
    arrivals: float = ARRIVALS,
    seed: int = 0,
) -> list[Calibration]:
    """Fit logs with coefficients from the prior, each by several methods.

    Args:
        fits: Methods; each gives coefficients and errors of a log.
        truths: Logs.
        noise: What weeks do to all, for a week (``synthetic_log``).
        walk: The same to stay.
        weeks: Length of the logs.
        arrivals: Newcomers a week.
        seed: Seed of truths and logs.
    """
    size = len(TERMS)
    truth = np.empty((truths, size))
    mean, error = (np.empty((len(fits), truths, size)) for _ in range(2))
    for log in range(truths):
        rng = np.random.default_rng([seed, log])
        drawn = np.array(POOLED.mean) + np.array(POOLED.sd) * rng.normal(size=size)
        made = synthetic_log(
            drawn, weeks=weeks, arrivals=arrivals, seed=[seed, log, 1], noise=noise, walk=walk
        )
        truth[log] = drawn
        for method, fit in enumerate(fits):
            mean[method, log], error[method, log] = fit(made.active)
    return [Calibration(truth, mean[k], error[k]) for k in range(len(fits))]


def _main(truths: int) -> None:
    methods = (plain_law, even_law, shared_law)
    for noise, walk in ((0.0, 0.0), (NOISE_PRIOR, WALK_PRIOR)):
        found = calibrate(methods, truths=truths, noise=noise, walk=walk)
        for name, one in zip(("plain", "even", "shared"), found, strict=True):
            sys.stdout.write(f"\n{name}: noise {noise}, walk {walk}, {truths} logs\n")
            sys.stdout.write(f"{'':18}    bias    rmse  in 90 %  p of ranks\n")
            for k, term in enumerate(TERMS):
                told = (one.bias[k], one.rmse[k], one.coverage[k])
                row = "".join(f"{value:8.3f}" for value in told)
                sys.stdout.write(f"{term:18}{row}{one.p_values[k]:12.4f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
