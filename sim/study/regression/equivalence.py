"""Is a difference of means practically nothing, certainly something, or not known yet?

A difference is *equivalent* if its interval lies within its margin (two one-sided tests,
Schuirmann 1987), *different* if the interval lies outside it (the one-sided test of
``|difference| <= margin``), and undecided in between. Nothing is called different merely because it
is not zero.

Several looks at a growing sample share the allowed errors: each look spends its part of them
(``spent``, after Lan and DeMets 1983, with the parts simply added up, which keeps the level
whatever the dependence between looks).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import kolmogorov, stdtr, stdtrit

from sim.study.paired import holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

EQUIVALENT_LEVEL = 0.05
"""Chance of calling a KPI equivalent whose difference is at its margin, over all looks."""

GATE_LEVEL = REST_LEVEL = SHAPE_LEVEL = DECISION_LEVEL = 0.005
"""Chances of a false ``different`` over all looks: by a gate KPI (Holm), by one of the rest
(Benjamini-Hochberg), by the shape of a distribution, by a turned decision; together 2 in 100."""

INTERVAL = 0.95
SHAPE_DISTANCE = 0.15
"""Share of futures that must lie elsewhere before another shape of a distribution matters."""

LEAST = 8
"""Futures below which nothing is called different or equivalent."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A difference of means, after less before.

    Attributes:
        n: Pairs, or futures of the newer side where they are not paired.
        before: Mean before.
        after: Mean after.
        delta: Difference.
        error: Standard error of the difference.
        freedom: Degrees of freedom of that error.
    """

    n: int
    before: float
    after: float
    delta: float
    error: float
    freedom: float

    def interval(self, level: float = INTERVAL) -> tuple[float, float]:
        """Two-sided interval of the difference by Student's t."""
        if self.error == 0.0:
            return self.delta, self.delta
        reach = float(stdtrit(self.freedom, 0.5 + level / 2)) * self.error
        return self.delta - reach, self.delta + reach

    def within(self, margin: float, *, level: float) -> bool:
        """Whether both one-sided tests at a level say that the difference is inside the margin."""
        low, high = self.interval(1 - 2 * level)
        return self.n >= LEAST and -margin <= low and high <= margin

    def beyond(self, margin: float) -> float:
        """Chance of so large a difference if the true one is no larger than the margin."""
        over = abs(self.delta) - margin
        if self.n < LEAST:
            return 1.0
        if self.error == 0.0:
            return 0.0 if over > 0 else 1.0
        return float(stdtr(self.freedom, -over / self.error))

    def more(self, margin: float, *, level: float) -> int:
        """About how many more futures it takes to tell on which side of the margin it lies.

        A difference close to its margin may never be told; no more than half a margin of closeness
        is believed, as what is estimated now moves on.
        """
        room = max(abs(abs(self.delta) - margin), margin / 2)
        if self.error == 0.0 or room == 0.0:
            return 0
        wanted = self.n * (float(stdtrit(self.freedom, 1 - level)) * self.error / room) ** 2
        return max(1, math.ceil(min(wanted, 1e6) - self.n))


def paired_estimate(before: Numbers, after: Numbers) -> Estimate:
    """The difference over futures with the same luck, at least two.

    Args:
        before: Values of shape (n,).
        after: Values of the same futures.
    """
    difference = after - before
    n = len(difference)
    error = float(difference.std(ddof=1)) / math.sqrt(n)
    return Estimate(
        n=n, before=float(before.mean()), after=float(after.mean()),
        delta=float(difference.mean()), error=error, freedom=n - 1,
    )  # fmt: skip


def independent_estimate(before: Numbers, after: Numbers) -> Estimate:
    """The difference between futures of other luck (Welch 1947), at least two on each side."""
    parts = [float(side.var(ddof=1)) / len(side) for side in (before, after)]
    total = sum(parts)
    freedom = float(len(before) + len(after) - 2)
    if total > 0:
        below = sum(
            part**2 / (len(side) - 1) for part, side in zip(parts, (before, after), strict=True)
        )
        freedom = total**2 / below
    return Estimate(
        n=len(after), before=float(before.mean()), after=float(after.mean()),
        delta=float(after.mean() - before.mean()), error=math.sqrt(total), freedom=freedom,
    )  # fmt: skip


def spent(level: float, *, until: float, since: float) -> float:
    """The part of a level that a look spends: in proportion to what it adds to the sample.

    Args:
        level: Level of all looks together.
        until: Share of the largest sample there is at this look, 0 to 1.
        since: The same at the look before; 0 at the first.
    """
    return level * (until - since)


def rejected_by_holm(chances: Sequence[float], level: float) -> list[bool]:
    """Which hypotheses fall if no false one of them may, but with a chance of ``level``."""
    return [one <= level for one in holm(chances)]


def rejected_by_discovery(chances: Sequence[float], level: float) -> list[bool]:
    """Which fall if false ones may be a share of ``level`` among them (Benjamini, Hochberg 1995).

    If no hypothesis is false, that is the chance that any falls.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    last = 0
    for rank, index in enumerate(order, start=1):
        if chances[index] <= level * rank / len(chances):
            last = rank
    fallen = set(order[:last])
    return [index in fallen for index in range(len(chances))]


def shape_distance(before: Numbers, after: Numbers, *, tolerance: float) -> tuple[float, float]:
    """How far apart two distributions are where a shift up to a tolerance does not count.

    The Kolmogorov-Smirnov distance between them after either may be moved by the tolerance, point
    by point: never more than the usual distance, so the usual chance is an upper bound. Values that
    are paired are alike and make it smaller still.

    Args:
        before: Values of shape (n,).
        after: Values of shape (m,).
        tolerance: Shift that does not count, in their unit.

    Returns:
        The distance, 0 to 1, and the chance of at least that much between equal distributions.
    """
    first, second = np.sort(before), np.sort(after)
    reach = tolerance * (1 + 1e-9)  # values just a tolerance apart are within it
    distance = 0.0
    for one, other in ((first, second), (second, first)):
        mine = np.searchsorted(one, one, side="right") / len(one)
        theirs = np.searchsorted(other, one + reach, side="right") / len(other)
        distance = max(distance, float((mine - theirs).max()))
    size = len(first) * len(second) / (len(first) + len(second))
    return distance, float(kolmogorov(distance * math.sqrt(size)))
