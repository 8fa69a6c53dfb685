"""PRIM: boxes in which a condition is met more often than elsewhere.

The patient rule induction method (Friedman and Fisher, Statistics and Computing 9, 1999), as
scenario discovery uses it (Bryant and Lempert, Technological Forecasting and Social Change 77,
2010). A box begins as the whole space. **Peeling** takes off, again and again, the thin slice
after which the rest holds the largest share of cases for each run lost (the objective of Friedman
and Fisher for factors of different kinds: slices of whole numbers and categories are thicker than
``alpha``). What it passes through is the **trajectory**, from all cases at little density to few
cases at high density.

**Which box of the trajectory is taken** is a matter of taste: analysts pick one by eye. Here it is
the one that agrees best with the set of cases, by the harmonic mean of coverage and density (F
measure; ``weight`` above 1 asks for coverage, below 1 for density). Limits that do not tell
(quasi-p above 0.05) are then dropped, the least telling first, and **pasting** moves the remaining
ones outward as long as the agreement grows; with ``weight`` near 0 that is the pasting of Friedman
and Fisher, who look at the density alone. Further boxes are looked for outside those found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.study.discovery.box import Box, FoundBox, Limit, agreement, found_box, quasi_p

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.study.discovery.sample import Bools, Floats, Ints, Sample

TELLING = 0.05
"""Limits with a quasi-p-value above this are dropped."""

LEAST_COVERAGE = 0.05
"""A further box has to hold at least this share of all cases."""


@dataclass(frozen=True, kw_only=True)
class PrimOptions:
    """How boxes are looked for.

    Attributes:
        alpha: Share of the runs in a box that one peel takes off, 0.01 to 0.2: patience.
        least: Fewest points in a box; as many runs where a point has one future.
        weight: How many times as important coverage is as density, above 0.
        most_boxes: Boxes at most.
    """

    alpha: float = 0.05
    least: int = 20
    weight: float = 1.0
    most_boxes: int = 3


class Step(NamedTuple):
    """A box that peeling passed through."""

    coverage: float
    density: float
    mass: float
    factors: int


@dataclass(frozen=True, eq=False)
class Found:
    """One run of PRIM: the box that was taken, and its trajectory.

    Attributes:
        box: The box.
        steps: What peeling passed through, from the whole space to the smallest box.
        chosen: Index of the step that the box was made from.
    """

    box: FoundBox
    steps: tuple[Step, ...]
    chosen: int

    def table(self, sample: Sample) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        trajectory = [step._asdict() for step in self.steps]
        return {**self.box.table(sample), "chosen": self.chosen, "trajectory": trajectory}


def prim(sample: Sample, case: Bools, *, options: PrimOptions | None = None) -> tuple[Found, ...]:
    """Boxes in which cases are frequent, the first one first.

    Args:
        sample: The runs; their outputs are not looked at.
        case: Which runs are cases, shape (n,).
        options: How to look.

    Returns:
        The boxes, perhaps none: a first box has to say something that tells, a further one has to
        be denser than the whole sample as well and to hold 5 % of all cases. Coverage is always
        relative to all cases, runs in an earlier box do not count in a later one.
    """
    options = options or PrimOptions()
    free, found = np.ones(sample.rows, np.bool_), list[Found]()
    base, cases = case.mean(), case.sum()
    while len(found) < options.most_boxes and free.sum() >= options.least and case[free].any():
        one = _box_among(sample, case, free, options=options)
        said = one.box.restrictions
        if not said or said[0].p > TELLING:
            break
        if found and (one.box.density <= base or one.box.cases < LEAST_COVERAGE * cases):
            break
        found.append(one)
        free &= ~one.box.box.contains(sample.x)
    return tuple(found)


def _box_among(sample: Sample, case: Bools, free: Bools, *, options: PrimOptions) -> Found:
    """The box taken among the runs outside earlier ones."""
    rows = np.flatnonzero(free)
    part, hit = sample.pick(rows), case[rows].astype(np.float64)
    boxes = list(_peels(part, hit, options=options))
    total, cases = hit.sum(), max(1, int(case.sum()))
    scores, steps = [], []
    for box, inside, hits in boxes:
        scores.append(agreement(inside, hits, all_cases=total, weight=options.weight))
        steps.append(Step(hits / cases, hits / inside, inside / sample.rows, len(box.factors())))
    chosen = int(np.argmax(scores))  # of equals the largest
    box = _telling(boxes[chosen][0], part, hit)
    box = _paste(box, part, hit, options=options)
    box = _telling(box, part, hit)
    return Found(found_box(box, sample, case, among=free), tuple(steps), chosen)


def _peels(
    sample: Sample, hit: Floats, *, options: PrimOptions
) -> Iterator[tuple[Box, int, float]]:
    """Boxes from the whole space inward, each with its runs and cases."""
    box, rows = Box.whole(sample), np.arange(sample.rows)
    while True:
        hits = float(hit[rows].sum())
        yield box, len(rows), hits
        if hits == len(rows):
            return
        peel = _best_peel(sample, box, rows, hit, options=options)
        if peel is None:
            return
        box = peel
        rows = rows[box.contains(sample.x[rows])]


def _best_peel(
    sample: Sample, box: Box, rows: Ints, hit: Floats, *, options: PrimOptions
) -> Box | None:
    """The box after the best peel; None if no peel makes it denser."""
    x, y = sample.x[rows], hit[rows]
    least = options.least * sample.futures
    best, peel = 1e-12, None
    if sample.numeric:
        columns = x[:, sample.numeric]
        for side, outside in zip(("low", "high"), _slices(columns, options.alpha), strict=True):
            gains = _gains(y, outside, least=least)
            at = int(np.argmax(gains))
            if gains[at] > best:
                factor, off = sample.numeric[at], outside[:, at]
                best = float(gains[at])
                peel = _end_between(sample, box, factor, side, x[~off, factor], x[off, factor])
    for factor in sample.categorical:
        codes = np.unique(x[:, factor]).astype(int)
        gains = _gains(y, x[:, factor, np.newaxis] == codes, least=least)
        at = int(np.argmax(gains))
        if gains[at] > best:
            best, peel = float(gains[at]), box.leaving(factor, int(codes[at]))
    return peel


def _slices(columns: Floats, alpha: float) -> tuple[Bools, Bools]:
    """What a peel takes off at the lower and at the upper end of each column, shape (m, D) each.

    Values beyond the alpha-quantile; where ties leave nothing beyond it, the tied values as well.
    """
    count = len(columns)
    k = min(max(1, int(alpha * count)), count - 1)
    ordered = np.partition(columns, sorted({k, count - 1 - k}), axis=0)
    low, high = ordered[k], ordered[count - 1 - k]
    below, above = columns < low, columns > high
    return np.where(below.any(axis=0), below, columns <= low), np.where(
        above.any(axis=0), above, columns >= high
    )


def _gains(y: Floats, outside: Bools, *, least: float) -> Floats:
    """What each peel adds to the share of cases for each run that it takes off; -inf = too much."""
    count, taken = len(y), outside.sum(axis=0)
    kept = count - taken
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = ((y.sum() - y @ outside) / kept - y.mean()) / taken
    gains[(kept < max(1, least)) | (taken == 0)] = -np.inf
    return np.asarray(gains, dtype=np.float64)


def _end_between(
    sample: Sample, box: Box, factor: int, side: str, inside: Floats, outside: Floats
) -> Box:
    """The box with an end half-way between what is inside and what is beyond it."""
    inner, outer = (inside.min(), outside.max()) if side == "low" else (inside.max(), outside.min())
    end = float(inner if sample.whole[factor] else (inner + outer) / 2)
    return box.bounded(factor, **{side: end})


def _telling(box: Box, sample: Sample, hit: Floats) -> Box:
    """The box without limits that do not tell, the least telling dropped first."""
    while limits := list(box.limits()):
        inside = box.contains(sample.x)
        rows, cases = int(inside.sum()), int(hit[inside].sum())
        values = []
        for limit in limits:
            wider = box.free(limit).contains(sample.x)
            values.append(
                quasi_p(
                    rows,
                    cases,
                    rows_without=int(wider.sum()),
                    cases_without=int(hit[wider].sum()),
                    futures=sample.futures,
                )
            )
        worst = int(np.argmax(values))
        if values[worst] <= TELLING:
            return box
        box = box.free(limits[worst])
    return box


def _paste(box: Box, sample: Sample, hit: Floats, *, options: PrimOptions) -> Box:
    """The box after moving limits outward as long as it agrees better with the cases."""
    all_cases = float(hit.sum())

    def score(one: Box) -> float:
        inside = one.contains(sample.x)
        return agreement(
            int(inside.sum()), float(hit[inside].sum()), all_cases=all_cases, weight=options.weight
        )

    best = score(box)
    while True:
        wider = [
            one for limit in box.limits() for one in _wider(box, limit, sample, options=options)
        ]
        scores = [score(one) for one in wider]
        if not scores or max(scores) <= best + 1e-12:
            return box
        at = int(np.argmax(scores))
        box, best = wider[at], scores[at]


def _wider(box: Box, limit: Limit, sample: Sample, *, options: PrimOptions) -> Iterator[Box]:
    """The box with one limit moved outward by a slice, or with one more category."""
    factor, side = limit
    if side == "levels":
        for code in np.flatnonzero(box.without[factor]):
            yield box.leaving(factor, int(code), out=False)
        return
    free = box.free(limit)
    x = sample.x[free.contains(sample.x), factor]
    inside = (x >= box.low[factor]) & (x <= box.high[factor])
    beyond = np.sort(x[~inside])
    if len(beyond) == 0:
        yield free
        return
    k = min(max(1, int(options.alpha * inside.sum())), len(beyond))
    edge = beyond[-k] if side == "low" else beyond[k - 1]
    rest = beyond[beyond < edge] if side == "low" else beyond[beyond > edge]
    if len(rest) == 0:
        yield free
    else:
        yield _end_between(sample, box, factor, side, np.array([edge]), rest)
