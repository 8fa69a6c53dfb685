"""One difference under changing assumptions: both arms, simulated where they are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.metrics import REGISTRY, restricted
from sim.study.explain.planned import Plans
from sim.study.explain.ranges import moved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.explain.lab import Lab
    from sim.study.explain.ranges import Assumption
    from sim.study.variant import Variant


@dataclass
class Question:
    """Which difference is looked at, and who simulates.

    Attributes:
        lab: Simulates.
        base: The baseline.
        variant: The variant explained.
        kpi: The KPI whose difference it is.
        days: Horizon.
        known: Futures of which the difference as assumed is known.
        seed: Seed of the draws.
    """

    lab: Lab
    base: Variant
    variant: Variant
    kpi: str
    days: int
    known: int
    seed: int
    _defaults: dict[str, dict[int, float]] = field(default_factory=dict)
    _arms: dict[tuple[str, tuple[tuple[str, float], ...]], Variant | None] = field(
        default_factory=dict
    )

    def arm(self, variant: Variant, values: Mapping[str, float]) -> Variant | None:
        """A variant under other assumptions; None = they do not fit together."""
        place = (variant.key, tuple(values.items()))
        if place not in self._arms:
            try:
                self._arms[place] = moved(variant, values)
            except UserError:
                self._arms[place] = None
        return self._arms[place]

    def fits(self, values: Mapping[str, float], variants: Sequence[Variant] = ()) -> bool:
        """Whether all arms are possible under other assumptions."""
        arms = (self.base, *(variants or (self.variant,)))
        return all(self.arm(one, values) is not None for one in arms)

    def differences(
        self, values: Mapping[str, float], variant: Variant, numbers: Sequence[int]
    ) -> dict[int, float]:
        """Differences to the baseline under other assumptions, by future where both are defined."""
        found: dict[int, float] = {}
        for number in numbers:
            before, after = (self.number(values, arm, number) for arm in (self.base, variant))
            if before is not None and after is not None:
                found[number] = after - before
        return found

    def planned(self, assumptions: Sequence[Assumption]) -> frozenset[str]:
        """Paths that planning depends on: settings of policies, and parameters that it reads.

        These are asked of fixed scenarios, so that a resumed explanation draws the same sets.
        """
        plans = Plans()
        if self.base.begins is None:
            for arm in (self.base, self.variant):
                plans.levers(arm.scenario)
        known = self.base.scenario.flat()
        return plans.reads() | {one.path for one in assumptions if one.path not in known}

    def defaults(self, variant: Variant) -> dict[int, float]:
        """Differences as assumed, of all futures known."""
        if variant.key not in self._defaults:
            self._defaults[variant.key] = self.differences({}, variant, range(self.known))
        return self._defaults[variant.key]

    def simulate(
        self,
        sets: Sequence[tuple[Mapping[str, float], Sequence[int]]],
        variants: Sequence[Variant] = (),
        *,
        base: bool = True,
    ) -> None:
        """See to it that arms are there: values by path, and futures; the baseline's too."""
        first = (self.base,) if base else ()
        self.lab.run([
            (made, number)
            for values, numbers in sets
            for arm in (*first, *(variants or (self.variant,)))
            for number in numbers
            if (made := self.arm(arm, values)) is not None
        ])  # fmt: skip

    def number(self, values: Mapping[str, float], variant: Variant, future: int) -> float | None:
        """The KPI of one run; None = undefined."""
        arm = self.arm(variant, values)
        kpis = None if arm is None else self.lab.of(arm, future)
        if kpis is None:
            return None
        value = kpis.get(self.kpi)
        if REGISTRY[self.kpi].may_never or self.kpi == "payback_day":
            return restricted(value, horizon=self.days)
        return None if value is None else float(value)
