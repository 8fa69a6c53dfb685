"""What a good mix is: objectives, limits of money and time, and what must not suffer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics import REGISTRY
from sim.study.paired import Difference, compare_pairs
from sim.study.plan.bench import column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.study.plan.bench import Values

    Numbers = NDArray[np.float64]
    Rows = NDArray[np.float64]

MOST_UNDEFINED = 0.2
"""Share of futures in which an objective may be undefined."""

_SLACK = 1e-9


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What is known of a mix from futures in which the baseline was simulated too.

    Attributes:
        n: Futures.
        gains: Mean difference to the baseline by objective, in its good direction.
        errors: Standard errors of these.
        cost: Yuan more than the baseline's, mean over futures.
        minutes: Staff minutes a week more than the baseline's.
        excess: By limit and constraint, how far it is exceeded as a share; <= 0 = held.
    """

    n: int
    gains: tuple[float, ...]
    errors: tuple[float, ...]
    cost: float
    minutes: float
    excess: Mapping[str, float]

    @property
    def feasible(self) -> bool:
        """Whether every limit and constraint is held."""
        return all(value <= _SLACK for value in self.excess.values())


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is asked of a mix.

    Attributes:
        objectives: KPIs; the first decides.
        constraints: Share of the baseline's mean to be kept, by KPI.
        days: Days simulated.
        budget: Yuan above the baseline's spending over the horizon; None = not limited.
        minutes: Staff minutes a week above the baseline's; None = not limited.
    """

    objectives: tuple[str, ...]
    days: int
    constraints: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None
    minutes: float | None = None

    @property
    def goal(self) -> str:
        """The KPI that decides."""
        return self.objectives[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """KPIs that have to be measured."""
        wanted = (*self.objectives, *self.constraints, "cost", "owner_minutes", "revenue")
        return tuple(dict.fromkeys(wanted))

    def estimate(
        self, mix: Mapping[int, Values], base: Mapping[int, Values], numbers: Sequence[int]
    ) -> Estimate | None:
        """What futures say of a mix.

        Args:
            mix: Its KPIs by future.
            base: The baseline's.
            numbers: Futures to look at.

        Returns:
            The estimate; None where an objective is undefined in too many futures.
        """
        gains, errors = [], []
        for key in self.objectives:
            pairs = self.pairs(mix, base, numbers, key)
            if len(pairs) < max(1, (1 - MOST_UNDEFINED) * len(numbers)):
                return None
            gains.append(float(pairs.mean()))
            spread = float(pairs.std(ddof=1)) if len(pairs) > 1 else 0.0
            errors.append(spread / len(pairs) ** 0.5)
        raw = {
            key: float((column(mix, numbers, key) - column(base, numbers, key)).mean())
            for key in ("cost", "owner_minutes")
        }
        minutes = raw["owner_minutes"] * 7 / self.days
        excess: dict[str, float] = {}
        limits = (("budget", raw["cost"], self.budget), ("minutes", minutes, self.minutes))
        for name, used, limit in limits:
            if limit is not None:
                excess[name] = (used - limit) / max(limit, 1.0)
        for key, share in self.constraints.items():
            excess[key] = self._lost(mix, base, numbers, key) - (1 - share)
        return Estimate(
            n=len(numbers), gains=tuple(gains), errors=tuple(errors), cost=raw["cost"],
            minutes=minutes, excess=excess,
        )  # fmt: skip

    def pairs(
        self,
        mix: Mapping[int, Values],
        base: Mapping[int, Values],
        numbers: Sequence[int],
        key: str,
    ) -> Numbers:
        """Differences of a KPI in its good direction, where both sides are defined."""
        found = self.pairs_by_future(mix, base, numbers, key)
        defined: Numbers = found[~np.isnan(found)]
        return defined

    def pairs_by_future(
        self,
        mix: Mapping[int, Values],
        base: Mapping[int, Values],
        numbers: Sequence[int],
        key: str,
    ) -> Numbers:
        """Differences of a KPI in its good direction, future by future, NaN where undefined."""
        found: Numbers = column(mix, numbers, key) - column(base, numbers, key)
        return found * REGISTRY[key].direction

    def _lost(
        self,
        mix: Mapping[int, Values],
        base: Mapping[int, Values],
        numbers: Sequence[int],
        key: str,
    ) -> float:
        """Share of the baseline's mean that is lost; of KPIs that pass through 0, of revenue."""
        pairs = self.pairs(mix, base, numbers, key)
        if not len(pairs):
            return 0.0  # undefined on both sides: nothing to lose
        of_revenue = REGISTRY[key].margins.eq.of_revenue
        level = float(np.nanmean(column(base, numbers, "revenue" if of_revenue else key)))
        if level == 0:
            return 0.0 if pairs.mean() >= 0 else 1.0
        return float(-pairs.mean() / abs(level))

    def difference(
        self,
        mix: Mapping[int, Values],
        base: Mapping[int, Values],
        numbers: Sequence[int],
        key: str,
    ) -> Difference:
        """The paired difference of a KPI to the baseline, with its interval; raw sign."""
        before, after = column(base, numbers, key), column(mix, numbers, key)
        defined = ~(np.isnan(before) | np.isnan(after))
        if defined.sum() < 2:
            return Difference(n=int(defined.sum()), why="undefined")
        direction = REGISTRY[key].direction
        return compare_pairs(before[defined], after[defined], direction=direction)


def dominated_share(rows: Rows, among: Rows) -> list[float]:
    """For each row, the share of the others that are at least as good in all and better in one.

    Args:
        rows: Of shape (asked, objectives), some of those in ``among``; higher is better.
        among: Of shape (mixes, objectives).
    """
    others = max(1, len(among) - 1)
    return [
        float(((among >= row).all(axis=1) & (among > row).any(axis=1)).sum()) / others
        for row in rows
    ]


def pareto(gains: Rows) -> list[int]:
    """Rows that no other row dominates, in order."""
    return [index for index, share in enumerate(dominated_share(gains, gains)) if share == 0]
