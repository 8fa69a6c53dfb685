"""Two mixes in the same futures, KPI by KPI."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Pairs:
    """A mix and what it is held against.

    Attributes:
        after: KPIs of the mix by future.
        before: KPIs of the other one, mostly the baseline.
        numbers: Futures to look at.
    """

    after: Mapping[int, Values]
    before: Mapping[int, Values]
    numbers: Sequence[int]

    def raw(self, key: str) -> Numbers:
        """Differences of a KPI future by future, NaN where undefined."""
        found: Numbers = column(self.after, self.numbers, key) - self.level(key)
        return found

    def level(self, key: str) -> Numbers:
        """The KPI of what the mix is held against, future by future, NaN where undefined."""
        return column(self.before, self.numbers, key)

    def gains(self, key: str) -> Numbers:
        """Differences in the KPI's good direction, where both sides are defined."""
        found = self.raw(key) * REGISTRY[key].direction
        defined: Numbers = found[~np.isnan(found)]
        return defined

    def gains_by_future(self, key: str) -> dict[int, float]:
        """Differences in the KPI's good direction, by future where both sides are defined."""
        found = self.raw(key) * REGISTRY[key].direction
        return {n: float(v) for n, v in zip(self.numbers, found, strict=True) if not np.isnan(v)}

    def lost(self, key: str) -> float:
        """Share of the other's mean that is lost; of KPIs that pass through 0, of its revenue."""
        gains = self.gains(key)
        if not len(gains):
            return 0.0  # undefined on both sides: nothing to lose
        of_revenue = REGISTRY[key].margins.eq.of_revenue
        level = float(np.nanmean(self.level("revenue" if of_revenue else key)))
        if level == 0:
            return 0.0 if gains.mean() >= 0 else 1.0
        return float(-gains.mean() / abs(level))

    def difference(self, key: str) -> Difference:
        """The paired difference of a KPI with its interval; raw sign."""
        before, after = self.level(key), column(self.after, self.numbers, key)
        defined = ~(np.isnan(before) | np.isnan(after))
        if defined.sum() < 2:
            return Difference(n=int(defined.sum()), why="undefined")
        direction = REGISTRY[key].direction
        return compare_pairs(before[defined], after[defined], direction=direction)
