"""Paired comparison of one KPI: the same futures in both arms.

``lo, hi`` say how well the mean difference is known; ``p_better`` and ``d05, d95`` say what one
future may bring. The two ranges never appear under one name (docs: KPI dictionary).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtr, stdtrit

from sim.metrics import NEVER, REGISTRY, restricted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.metrics import Value

    Numbers = NDArray[np.float64]

LEVEL = 0.95
FEW, SKEWED = 30, 2.0
"""Fewer pairs than this, or differences more skewed, are resampled instead of taken for normal."""

MOST_NEVER = 0.5
_RESAMPLES, _SEED = 1000, 20_240_101
_MEMORY = 4_000_000  # numbers resampled at once


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Variant less baseline, over pairs of futures with the same luck.

    Attributes:
        delta: Mean difference in the KPI's unit, raw sign; None = not defined.
        lo: Lower end of its 95 % interval.
        hi: Upper end.
        p_better: Share of pairs in which the variant is better in the KPI's direction, ties one
            half; for a KPI without direction the share in which it is higher.
        n: Pairs in which both sides are defined.
        variance_reduction: [var(a) + var(b)] / var(a - b); None where the differences do not vary.
        d05: 5th percentile of the paired differences.
        d50: Middle.
        d95: 95th percentile.
        p_holm: Probability of so large a mean difference by chance, corrected by Holm's method for
            how many were looked at; None = the KPI is not among those that decide.
        why: Why there is no difference: ``few``, ``undefined``, ``never``; empty = there is one.
    """

    n: int
    delta: float | None = None
    lo: float | None = None
    hi: float | None = None
    p_better: float | None = None
    variance_reduction: float | None = None
    d05: float | None = None
    d50: float | None = None
    d95: float | None = None
    p_holm: float | None = None
    why: str = ""

    def table(self) -> dict[str, Any]:
        """As ``compare.json`` has it."""
        table = asdict(self)
        if not self.why:
            del table["why"]
        return table


def paired_values(
    base: Mapping[int, Mapping[str, Value]],
    variant: Mapping[int, Mapping[str, Value]],
    *,
    kpi: str,
    horizon: int,
) -> tuple[Numbers, Numbers, str]:
    """One KPI in both arms, pair by pair.

    Args:
        base: KPIs of the baseline by replicate.
        variant: KPIs of the variant by replicate.
        kpi: Key.
        horizon: Days simulated; times that did not come count as this.

    Returns:
        Values of the baseline and of the variant in pairs where both are defined, and why they
        cannot be compared (empty = they can).
    """
    pairs = [
        (base[number].get(kpi), variant[number].get(kpi))
        for number in sorted(base)
        if number in variant
    ]
    if any(value == NEVER for pair in pairs for value in pair):
        for arm in zip(*pairs, strict=True):
            known = [value for value in arm if value is not None]
            if sum(value == NEVER for value in known) > MOST_NEVER * len(known):
                return np.zeros(0), np.zeros(0), "never"
    numbers = [
        (restricted(a, horizon=horizon), restricted(b, horizon=horizon))
        if REGISTRY[kpi].may_never or kpi == "payback_day"
        else (a, b)
        for a, b in pairs
    ]
    both = np.array(
        [(a, b) for a, b in numbers if a is not None and b is not None], np.float64
    ).reshape(-1, 2)
    if len(both) < 2:
        return both[:, 0], both[:, 1], "undefined" if len(pairs) >= 2 else "few"
    return both[:, 0], both[:, 1], ""


def compare_pairs(base: Numbers, variant: Numbers, *, direction: int) -> Difference:
    """Compare two arms.

    Args:
        base: Values of the baseline, at least two.
        variant: Values of the variant in the same futures.
        direction: +1 higher is better, -1 lower is better, 0 neither.
    """
    difference = variant - base
    lo, hi = mean_interval(difference)
    spread = float(np.var(difference, ddof=1))
    reduction = None
    if spread > 0:
        reduction = float((np.var(base, ddof=1) + np.var(variant, ddof=1)) / spread)
    better = difference * (direction or 1)
    d05, d50, d95 = np.quantile(difference, (0.05, 0.5, 0.95))
    return Difference(
        n=len(difference), delta=float(difference.mean()), lo=lo, hi=hi,
        p_better=float((better > 0).mean() + (better == 0).mean() / 2),
        variance_reduction=reduction, d05=float(d05), d50=float(d50), d95=float(d95),
    )  # fmt: skip


def mean_interval(values: Numbers) -> tuple[float, float]:
    """The 95 % interval of the mean of independent values, at least two.

    Student's t; where there are fewer than 30 values or they are skewed, the bootstrap of Student's
    t (Efron and Tibshirani 1993, chapter 12), which follows the skew. Resampling is the same every
    time.
    """
    n, mean, error = len(values), float(values.mean()), standard_error(values)
    if error == 0.0:
        return mean, mean
    if n >= FEW and abs(skewness(values)) <= SKEWED:
        reach = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * error
        return mean - reach, mean + reach
    low, high = _bootstrap_t(values, mean)
    return mean - high * error, mean - low * error


def chance_of(values: Numbers) -> float:
    """Probability of a mean at least so far from 0 if the true one is 0 (two-sided t)."""
    error = standard_error(values)
    if error == 0.0:
        return 1.0 if values.mean() == 0 else 0.0
    return float(2 * stdtr(len(values) - 1, -abs(values.mean()) / error))


def standard_error(values: Numbers) -> float:
    """Standard error of the mean."""
    return float(np.std(values, ddof=1) / math.sqrt(len(values)))


def skewness(values: Numbers) -> float:
    """Third standardised moment; 0 where nothing varies."""
    centred = values - values.mean()
    spread = float((centred**2).mean())
    return float((centred**3).mean() / spread**1.5) if spread > 0 else 0.0


def _bootstrap_t(values: Numbers, mean: float) -> tuple[float, float]:
    """2.5 and 97.5 % quantiles of Student's t over resamples."""
    rng = np.random.default_rng(_SEED)
    n = len(values)
    found = []
    step = max(1, _MEMORY // n)
    for start in range(0, _RESAMPLES, step):
        rows = rng.integers(0, n, (min(step, _RESAMPLES - start), n))
        drawn = values[rows]
        spread = drawn.std(axis=1, ddof=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append((drawn.mean(axis=1) - mean) / (spread / math.sqrt(n)))
    t = np.concatenate(found)
    t = t[np.isfinite(t)]  # a resample of one value alone says nothing about spread
    low, high = np.quantile(t, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2))
    return float(low), float(high)


def holm(chances: Sequence[float]) -> list[float]:
    """Probabilities corrected for how many there are (Holm 1979), in the order given."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[index]))
        corrected[index] = highest
    return corrected
