"""Boxes in the space of factors: what PRIM and the leaves of a tree both are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.study.discovery.sample import Bools, Floats, Sample

SIDES = ("low", "high", "levels")
"""What may bound a factor: a lower end, an upper end, categories left out."""


class Limit(NamedTuple):
    """One bound of a box: a factor and a side of it."""

    factor: int
    side: str


@dataclass(frozen=True, eq=False)
class Box:
    """A box: for every number a range, for every category those left out.

    Attributes:
        low: Lowest value inside, shape (D,); -inf = no lower end.
        high: Highest value inside, shape (D,); inf = no upper end.
        without: Shape (D, k): category k of factor D is left out; k = most categories of any.
    """

    low: Floats
    high: Floats
    without: Bools

    @classmethod
    def whole(cls, sample: Sample) -> Box:
        """The box that holds everything."""
        factors = len(sample.names)
        most = max(map(len, sample.levels), default=0)
        return cls(
            np.full(factors, -np.inf), np.full(factors, np.inf), np.zeros((factors, most), np.bool_)
        )

    def contains(self, x: Floats) -> Bools:
        """Which rows of x (n, D) are inside, shape (n,)."""
        inside = np.ones(len(x), np.bool_)
        for factor, side in self.limits():
            column = x[:, factor]
            if side == "low":
                inside &= column >= self.low[factor]
            elif side == "high":
                inside &= column <= self.high[factor]
            else:
                inside &= ~self.without[factor][column.astype(int)]
        return inside

    def limits(self) -> Iterator[Limit]:
        """What bounds it."""
        for side, bounded in zip(
            SIDES,
            (np.isfinite(self.low), np.isfinite(self.high), self.without.any(axis=1)),
            strict=True,
        ):
            for factor in np.flatnonzero(bounded):
                yield Limit(int(factor), side)

    def factors(self) -> list[int]:
        """Factors that are bounded, ascending."""
        return sorted({limit.factor for limit in self.limits()})

    def bounded(self, factor: int, *, low: float | None = None, high: float | None = None) -> Box:
        """The same with another end of one factor."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[factor] = lows[factor] if low is None else low
        highs[factor] = highs[factor] if high is None else high
        return replace(self, low=lows, high=highs)

    def leaving(self, factor: int, code: int, *, out: bool = True) -> Box:
        """The same with one category left out, or taken in again."""
        without = self.without.copy()
        without[factor, code] = out
        return replace(self, without=without)

    def free(self, limit: Limit) -> Box:
        """The same without one of its bounds."""
        if limit.side == "low":
            return self.bounded(limit.factor, low=-np.inf)
        if limit.side == "high":
            return self.bounded(limit.factor, high=np.inf)
        without = self.without.copy()
        without[limit.factor] = False
        return replace(self, without=without)

    def free_of(self, factor: int) -> Box:
        """The same without any bound of one factor."""
        box = self
        for side in SIDES:
            box = box.free(Limit(factor, side))
        return box


@dataclass(frozen=True)
class Restriction:
    """What a found box says about one factor.

    Attributes:
        factor: Which.
        low: Lowest value inside, in the factor's unit; None = no lower end.
        high: Highest value inside; None = no upper end.
        kept: Codes of the categories inside; None for numbers.
        p: Quasi-p-value (Bryant and Lempert 2010): how likely so many cases are in the box, or
            more, if this factor were of no account and cases as frequent as in the box without the
            restriction. "Quasi", as the box was found on the same runs.
    """

    factor: int
    low: float | None
    high: float | None
    kept: tuple[int, ...] | None
    p: float


@dataclass(frozen=True)
class FoundBox:
    """A box and how well it tells cases from the rest.

    Attributes:
        restrictions: What it says, the most telling first.
        rows: Runs inside.
        cases: Runs inside that meet the condition.
        coverage: Share of all cases that are inside, 0 to 1.
        density: Share of the runs inside that are cases, 0 to 1.
        mass: Share of all runs that are inside, 0 to 1.
        box: The box itself.
    """

    restrictions: tuple[Restriction, ...]
    rows: int
    cases: int
    coverage: float
    density: float
    mass: float
    box: Box

    def table(self, sample: Sample) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        return {
            "rows": self.rows, "cases": self.cases, "coverage": self.coverage,
            "density": self.density, "mass": self.mass,
            "restrictions": [
                {
                    "factor": sample.names[one.factor], "kind": sample.kinds[one.factor],
                    "low": one.low, "high": one.high,
                    "kept": None if one.kept is None
                    else [sample.levels[one.factor][code] for code in one.kept],
                    "sampled": [float(sample.lows[one.factor]), float(sample.highs[one.factor])],
                    "levels": list(sample.levels[one.factor]), "p": one.p,
                }
                for one in self.restrictions
            ],
        }  # fmt: skip


def found_box(box: Box, sample: Sample, case: Bools, *, among: Bools | None = None) -> FoundBox:
    """Describe a box.

    Args:
        box: The box.
        sample: All runs.
        case: Which meet the condition, shape (n,).
        among: Runs that the box was looked for in (those outside earlier boxes), shape (n,); only
            they count as inside. None = all.
    """
    free = np.ones(sample.rows, np.bool_) if among is None else among
    inside = box.contains(sample.x) & free
    rows, cases = int(inside.sum()), int(case[inside].sum())
    restrictions = []
    for factor in box.factors():
        wider = box.free_of(factor).contains(sample.x) & free
        left_out, labels = box.without[factor], sample.levels[factor]
        restrictions.append(
            Restriction(
                factor=factor, low=_end(box.low[factor]), high=_end(box.high[factor]),
                kept=tuple(k for k in range(len(labels)) if not left_out[k]) if labels else None,
                p=quasi_p(
                    rows,
                    cases,
                    rows_without=int(wider.sum()),
                    cases_without=int(case[wider].sum()),
                    futures=sample.futures,
                ),
            )
        )  # fmt: skip
    return FoundBox(
        restrictions=tuple(sorted(restrictions, key=lambda one: (one.p, one.factor))),
        rows=rows, cases=cases, coverage=cases / max(1, int(case.sum())),
        density=cases / max(1, rows), mass=rows / max(1, sample.rows), box=box,
    )  # fmt: skip


def quasi_p(
    rows: int, cases: int, *, rows_without: int, cases_without: int, futures: float = 1.0
) -> float:
    """Quasi-p-value of a restriction: P(Bin(rows, cases_without / rows_without) >= cases).

    Bryant and Lempert, Technological Forecasting and Social Change 77 (2010).

    Args:
        rows: Runs inside the box.
        cases: Cases among them.
        rows_without: Runs inside without the restriction.
        cases_without: Cases among those.
        futures: Runs of one point. They share their factors, so that rows and cases are counted in
            points; the published value is that of one run a point.
    """
    from scipy.stats import binom

    if not rows_without:
        return 1.0
    count, hits = round(rows / futures), round(cases / futures)
    return float(binom.sf(hits - 1, count, cases_without / rows_without))


def agreement(rows: float, cases: float, *, all_cases: float, weight: float = 1.0) -> float:
    """How well a set of runs agrees with the set of cases: the F measure (van Rijsbergen 1979).

    The weighted harmonic mean of coverage and density; 0 (no case inside) to 1 (all cases and
    nothing else).

    Args:
        rows: Runs inside.
        cases: Cases inside.
        all_cases: All cases.
        weight: How many times as important coverage is as density.
    """
    square = weight * weight
    total = rows + square * all_cases
    return (1 + square) * cases / total if total else 0.0


def _end(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
