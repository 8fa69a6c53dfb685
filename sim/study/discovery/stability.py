"""How far a finding depends on the runs it was found on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.discovery.sample import resample

if TYPE_CHECKING:
    from sim.study.discovery.box import Box
    from sim.study.discovery.sample import Bools, Floats, Sample

Search = Callable[["Sample", "Bools"], "Sequence[Box]"]
Ends = tuple[float, float, float]


@dataclass(frozen=True)
class Stability:
    """What becomes of a finding on resampled points.

    Attributes:
        resamples: How often points were drawn with replacement and the search was made anew.
        found: Share of them in which anything was found.
        used: Share of them in which the first box bounds each factor, D of them.
        coverage: Coverage among points that were not drawn, of as many boxes together as were
            found in the whole sample: 5th percentile, median, 95th. NaN if nothing was found.
        density: Density there, likewise.
        base: Share of cases in the whole sample.
    """

    resamples: int
    found: float
    used: tuple[float, ...]
    coverage: Ends
    density: Ends
    base: float

    @property
    def holds(self) -> bool:
        """Whether cases are clearly more frequent inside, also on points not searched.

        Found in nine resamples of ten, and there the density among the points that were left out
        is above that of the whole sample in at least 95 %.
        """
        return self.found >= 0.9 and self.density[0] > self.base

    def table(self, sample: Sample) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        return {
            "resamples": self.resamples, "found": self.found, "holds": self.holds,
            "used": dict(zip(sample.names, self.used, strict=True)),
            "coverage": _ends_table(self.coverage), "density": _ends_table(self.density),
        }  # fmt: skip


def stability(
    sample: Sample, case: Bools, *, search: Search, boxes: int, resamples: int, seed: int
) -> Stability:
    """Search again on resampled points, and judge what is found on those left out.

    Args:
        sample: The runs.
        case: Which are cases, shape (n,).
        search: Finds boxes in a sample, the most important one first.
        boxes: How many of them to judge together, 1 or more.
        resamples: How often, 1 or more.
        seed: Where luck comes from.
    """
    used = np.zeros(len(sample.names))
    found, coverage, density = 0, list[float](), list[float]()
    for number in range(resamples):
        rng = np.random.default_rng((seed, 1999, number))
        drawn, left = resample(sample.points, rng)
        hits = case[drawn]
        again = search(sample.pick(drawn), hits) if 0 < hits.sum() < len(drawn) else []
        if not again:
            continue
        found += 1
        used[again[0].factors()] += 1
        inside, hit = within(again[:boxes], sample.x[left]), case[left]
        if hit.any() and inside.any():
            coverage.append(float((inside & hit).sum() / hit.sum()))
            density.append(float(hit[inside].mean()))
    return Stability(
        resamples=resamples, found=found / resamples,
        used=tuple((used / resamples).tolist()), coverage=_ends(coverage), density=_ends(density),
        base=float(case.mean()),
    )  # fmt: skip


def within(boxes: Sequence[Box], x: Floats) -> Bools:
    """Which rows of x (n, D) are in any of the boxes, shape (n,)."""
    inside = np.zeros(len(x), np.bool_)
    for box in boxes:
        inside |= box.contains(x)
    return inside


def _ends(values: list[float]) -> Ends:
    if not values:
        return (np.nan, np.nan, np.nan)
    low, middle, high = np.percentile(values, (5, 50, 95))
    return float(low), float(middle), float(high)


def _ends_table(ends: Ends) -> dict[str, float | None]:
    return {
        name: None if np.isnan(end) else end
        for name, end in zip(("p05", "p50", "p95"), ends, strict=True)
    }
