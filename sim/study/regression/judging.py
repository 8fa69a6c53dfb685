"""The statistical layer: every KPI of every community, look by look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.metrics import Margin
from sim.study.regression.equivalence import (
    EQUIVALENT_LEVEL,
    GATE_LEVEL,
    LEAST,
    REST_LEVEL,
    SHAPE_DISTANCE,
    SHAPE_LEVEL,
    Estimate,
    independent_estimate,
    paired_estimate,
    rejected_by_discovery,
    rejected_by_holm,
    shape_distance,
    spent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.study.regression.suite import Suite

    Numbers = NDArray[np.float64]
    Values = Mapping[str, Mapping[str, Numbers]]  # community -> KPI -> one value a future

Verdict = Literal["equivalent", "different", "undecided"]
Aspect = Literal["mean", "defined", "shape"]

DEFINED = Margin(relative=0.0, floor=0.05)
"""Share of futures by which two sides may differ in whether a KPI is defined."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is said of one KPI of one community.

    Attributes:
        case: Name of the community.
        kpi: Key.
        aspect: ``mean``; ``defined`` = share of futures in which it is; ``shape`` = how its values
            are spread over futures, about the same mean.
        gate: Whether it is one of the KPIs that decide first.
        verdict: ``equivalent``, ``different`` or ``undecided``.
        n: Pairs, or futures of the newer side.
        before: Mean in the baseline; of a shape 0.
        after: Mean now; of a shape the distance between both.
        delta: Difference.
        lo: Lower end of its 95 % interval.
        hi: Upper end.
        margin: Largest difference that is equivalent, in the KPI's unit.
        more: About how many more futures it takes to tell.
    """

    case: str
    kpi: str
    aspect: Aspect
    gate: bool
    verdict: Verdict
    n: int
    before: float | None
    after: float | None
    delta: float | None
    lo: float | None
    hi: float | None
    margin: float
    more: int = 0


Key = tuple[str, str, Aspect]


@dataclass
class Judge:
    """Verdicts that are reached look by look; one that is reached stays.

    Attributes:
        suite: What is judged.
        paired: Whether futures before and after have the same luck.
        rows: What is known so far, in the order of the suite.
        reached: Share of the largest sample that there was at the last look.
    """

    suite: Suite
    paired: bool
    rows: dict[Key, Row] = field(default_factory=dict)
    reached: float = 0.0

    def look(self, before: Values, after: Values, *, share: float) -> None:
        """Judge what there is by now.

        Args:
            before: The baseline's values; where futures are paired, at least as many as after.
            after: Values so far.
            share: Share of the largest sample that there is now.
        """
        found = {
            key: one
            for case in self.suite.cases
            for key, one in self._estimates(case.name, before[case.name], after[case.name])
        }
        part = {"until": share, "since": self.reached}
        fallen = self._fallen(found, part)
        level = spent(EQUIVALENT_LEVEL, **part)
        for key, (estimate, margin) in found.items():
            known = self.rows.get(key)
            if known is not None and known.verdict != "undecided":
                continue
            self.rows[key] = self._row(key, estimate, margin, different=key in fallen, level=level)
        self.reached = share

    def shapes(self, before: Values, after: Values) -> None:
        """Judge, once and at the end, how values are spread about their means."""
        found: dict[Key, tuple[float, float, Row]] = {}
        for (case, kpi, aspect), row in self.rows.items():
            if aspect != "mean" or row.verdict == "different" or row.n < LEAST:
                continue
            sides = [_known(side[case][kpi]) for side in (before, after)]
            if self.paired:
                sides = list(_both(before[case][kpi], after[case][kpi]))
            found[case, kpi, "shape"] = (*shape_distance(*sides, tolerance=row.margin), row)
        if not found:
            return
        fallen = rejected_by_holm([chance for _, chance, _ in found.values()], SHAPE_LEVEL)
        for (key, (distance, _, row)), falls in zip(found.items(), fallen, strict=True):
            if falls and distance > SHAPE_DISTANCE:
                self.rows[key] = replace(
                    row, aspect="shape", verdict="different", before=0.0, after=distance,
                    delta=distance, lo=None, hi=None, margin=SHAPE_DISTANCE, more=0,
                )  # fmt: skip

    def undecided(self, case: str) -> bool:
        """Whether something of a community is not known yet."""
        return any(row.verdict == "undecided" for row in self.rows.values() if row.case == case)

    def _estimates(
        self, case: str, before: Mapping[str, Numbers], after: Mapping[str, Numbers]
    ) -> list[tuple[Key, tuple[Estimate | None, float]]]:
        """Differences of a community's KPIs, each with its margin; None = nothing to compare."""
        found: list[tuple[Key, tuple[Estimate | None, float]]] = []
        one = self.suite.case(case)
        revenue = before.get("revenue")
        for kpi in one.kpis:
            first, second = before[kpi], after[kpi]
            base = _mean(first)
            takings = None if revenue is None else _mean(revenue)
            margin = one.margins[kpi].size(base, revenue=takings or 0.0)
            found.append(((case, kpi, "mean"), (self._estimate(first, second), margin)))
            if np.isnan(first).any() or np.isnan(second).any():
                there = [(~np.isnan(side)).astype(np.float64) for side in (first, second)]
                found.append(((case, kpi, "defined"), (self._estimate(*there), DEFINED.floor)))
        return found

    def _estimate(self, before: Numbers, after: Numbers) -> Estimate | None:
        if self.paired:
            first, second = _both(before, after)
        else:
            first, second = _known(before), _known(after)
        if min(len(first), len(second)) < 2:
            return None
        return (paired_estimate if self.paired else independent_estimate)(first, second)

    def _fallen(
        self, found: Mapping[Key, tuple[Estimate | None, float]], part: Mapping[str, float]
    ) -> set[Key]:
        """What is different, as far as this look may say."""
        fallen: set[Key] = set()
        for gate, level, rule in (
            (True, GATE_LEVEL, rejected_by_holm),
            (False, REST_LEVEL, rejected_by_discovery),
        ):
            family = [key for key in found if self._gate(key) == gate]
            chances = [
                1.0 if (one := found[key][0]) is None else one.beyond(found[key][1])
                for key in family
            ]
            verdicts = rule(chances, spent(level, **part)) if family else []
            fallen |= {key for key, falls in zip(family, verdicts, strict=True) if falls}
        return fallen

    def _gate(self, key: Key) -> bool:
        return key[1] in self.suite.gate

    def _row(
        self, key: Key, estimate: Estimate | None, margin: float, *, different: bool, level: float
    ) -> Row:
        case, kpi, aspect = key
        row = Row(
            case=case, kpi=kpi, aspect=aspect, gate=self._gate(key), verdict="equivalent", n=0,
            before=None, after=None, delta=None, lo=None, hi=None, margin=margin,
        )  # fmt: skip
        if estimate is None:  # defined nowhere: whether that is new, the row ``defined`` says
            return row
        verdict: Verdict = "undecided"
        if different:
            verdict = "different"
        elif estimate.within(margin, level=level):
            verdict = "equivalent"
        low, high = estimate.interval()
        more = estimate.more(margin, level=level) if verdict == "undecided" else 0
        return replace(
            row, verdict=verdict, n=estimate.n, before=estimate.before, after=estimate.after,
            delta=estimate.delta, lo=low, hi=high, more=more,
        )  # fmt: skip


def _known(values: Numbers) -> Numbers:
    known: Numbers = values[~np.isnan(values)]
    return known


def _both(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs in which both sides are defined."""
    size = min(len(before), len(after))
    there = ~(np.isnan(before[:size]) | np.isnan(after[:size]))
    return before[:size][there], after[:size][there]


def _mean(values: Numbers) -> float:
    known = _known(values)
    return float(known.mean()) if len(known) else 0.0
