"""The pooled law as the other families know it, so that no forecast rests on what it is tested on.

Every log is summed up by its own law and how sharply its likelihood bends there; the pooled law of
some logs is then the mean of theirs, weighted by these curvatures: one Newton step from what a
regression over all their member-weeks would find (forecasting note, 3.2: weights, families).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import inf, sqrt
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.fit_law import law_rows, map_logistic
from sim.logs.law import POOLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.law import LawPrior
    from sim.logs.weeks import ActiveWeeks

    Numbers = NDArray[np.float64]

FEWEST_FAMILIES = 4
"""Other families without which the shipped prior is not replaced."""
FEWEST_WEEKS = 26
"""Whole weeks of a log that tells something of the law."""
MOST_SPOKEN = 2000
"""Active member-weeks beyond which a log counts no more than others."""
_WIDE = 10.0  # prior standard deviation of a log's own law: next to none, yet never singular


@dataclass(frozen=True)
class Evidence:
    """What one log says about the law.

    Attributes:
        family: Its family.
        coefficients: Its own law, float64 of shape (k,).
        curvature: Of its negative log likelihood there, shape (k, k).
        spoken: Member-weeks with a message.
    """

    family: str
    coefficients: Numbers
    curvature: Numbers
    spoken: int


def evidence(active: ActiveWeeks, *, family: str) -> Evidence | None:
    """Fit a log's own law to all its whole weeks; None if it is too short or silent."""
    if active.whole < FEWEST_WEEKS:
        return None
    rows = law_rows(active, columns=POOLED.columns, weeks=active.whole, memory=inf)
    spoken = sum(int(block.spoke.sum()) for block in rows)
    if not spoken:
        return None
    precision = np.full(len(POOLED.terms), _WIDE**-2)
    own, curvature, _ = map_logistic(rows, mean=np.zeros(precision.size), precision=precision)
    return Evidence(
        family=family, coefficients=own, curvature=curvature - np.diag(precision), spoken=spoken
    )


def left_out_prior(known: Sequence[Evidence], *, family: str) -> LawPrior | None:
    """The pooled law without one family.

    Args:
        known: Evidence of all logs.
        family: Whose logs are left out.

    Returns:
        The shipped prior with other means; None if fewer than :data:`FEWEST_FAMILIES` are left.
    """
    others = [one for one in known if one.family != family]
    logs = Counter(one.family for one in others)
    if len(logs) < FEWEST_FAMILIES:
        return None
    size = len(POOLED.terms)
    total, pull = np.zeros((size, size)), np.zeros(size)
    for one in others:
        weight = min(1.0, MOST_SPOKEN / one.spoken) / sqrt(logs[one.family])
        total += weight * one.curvature
        pull += weight * (one.curvature @ one.coefficients)
    mean = np.linalg.solve(total, pull)
    return replace(POOLED, mean=tuple(mean.tolist()))
