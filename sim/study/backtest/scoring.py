"""Scores of quantile forecasts, and how methods compare over logs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.study.forecast import LEVELS, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

OFFSET = dict(zip(TARGETS, (0.05, 0.5, 0.02), strict=True))
"""Added to scores before ratios, so that a dead log makes no infinite ones."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """How one forecast did.

    Attributes:
        log: Name of the log.
        family: Its family.
        origin: Share of its weeks.
        target: One of ``TARGETS``.
        method: Who forecast.
        wis: Weighted interval score, mean over weeks, in the target's unit; lower is better.
        coverage50: Share of weeks inside the 50 % interval.
        coverage90: Share of weeks inside the 90 % interval.
    """

    log: str
    family: str
    origin: float
    target: str
    method: str
    wis: float
    coverage50: float
    coverage90: float


def weighted_interval_score(
    quantiles: NDArray[np.float64], actual: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Twice the mean pinball loss over quantiles (Bracher, Ray, Gneiting and Reich 2021).

    Args:
        quantiles: Of shape (weeks, levels), at ``LEVELS``.
        actual: What came, of shape (weeks,).

    Returns:
        float64 of shape (weeks,).
    """
    away = actual[:, None] - quantiles
    levels = np.array(LEVELS)
    loss: NDArray[np.float64] = 2.0 * np.maximum(levels * away, (levels - 1.0) * away).mean(axis=1)
    return loss


def coverage(quantiles: NDArray[np.float64], actual: NDArray[np.float64], *, share: float) -> float:
    """Share of weeks inside the central interval of that share, its ends included."""
    low = LEVELS.index(round((1 - share) / 2, 3))
    inside = (quantiles[:, low] <= actual) & (actual <= quantiles[:, len(LEVELS) - 1 - low])
    return float(inside.mean())


def ratio(scores: Iterable[Score], *, method: str, reference: str, target: str) -> float:
    """Geometric mean of score ratios over cases, families weighted alike; below 1 = better.

    Cases that one of the two lacks are left out; NaN if none is left.
    """
    by_family = log_ratios(scores, method=method, reference=reference, target=target)
    if not by_family:
        return float("nan")
    return float(np.exp(np.mean([np.mean(values) for values in by_family.values()])))


def log_ratios(
    scores: Iterable[Score], *, method: str, reference: str, target: str
) -> dict[str, list[float]]:
    """Logarithms of score ratios by family, case by case."""
    known: dict[tuple[str, float], dict[str, Score]] = defaultdict(dict)
    for one in scores:
        if one.target == target and one.method in (method, reference):
            known[one.log, one.origin][one.method] = one
    found: dict[str, list[float]] = defaultdict(list)
    for pair in known.values():
        if method in pair and reference in pair:
            mine, theirs = pair[method].wis + OFFSET[target], pair[reference].wis + OFFSET[target]
            found[pair[method].family].append(float(np.log(mine / theirs)))
    return dict(found)


def best_single(scores: Sequence[Score], methods: Sequence[str], *, target: str) -> str:
    """The one method with the lowest score over all logs: chosen in hindsight.

    Each is measured against the first of ``methods``.
    """
    reference = methods[0]
    ratios = {
        one: 1.0 if one == reference
        else ratio(scores, method=one, reference=reference, target=target)
        for one in methods
    }  # fmt: skip
    known = {one: value for one, value in ratios.items() if not np.isnan(value)}
    return min(known, key=known.__getitem__)


def mean_coverage(scores: Iterable[Score], *, method: str, target: str) -> tuple[float, float]:
    """Coverage of the 50 % and the 90 % interval, mean over families of the mean over cases."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in scores:
        if one.target == target and one.method == method:
            found[one.family].append((one.coverage50, one.coverage90))
    if not found:
        return float("nan"), float("nan")
    means = np.mean([np.mean(values, axis=0) for values in found.values()], axis=0)
    return float(means[0]), float(means[1])
