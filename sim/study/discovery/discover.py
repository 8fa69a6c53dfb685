"""All of discovery in one call: boxes, rules, thresholds, interactions, and how far they hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.study.discovery.condition import Condition, parse_condition
from sim.study.discovery.effects import Curve, Surface, interactions, threshold
from sim.study.discovery.extra import check_extra, one_thread
from sim.study.discovery.prim import Found, PrimOptions, prim
from sim.study.discovery.stability import Stability, stability
from sim.study.discovery.surrogate import LEAST_POINTS, Surrogate, fit_surrogate
from sim.study.discovery.tree import Tree, grow, telling_leaves

if TYPE_CHECKING:
    from sim.study.discovery.box import Box
    from sim.study.discovery.sample import Bools, Sample

SCHEMA = 1

LEAST_CASES = 10
"""Runs that have to meet the condition, and runs that must not."""

_CURVES, _PAIRED = 6, 4  # factors whose curves are told, factors whose pairs are


@dataclass(frozen=True, eq=False)
class Discovery:
    """Where in the space of factors a condition holds.

    Attributes:
        condition: What was looked for.
        sample: The runs whose output is known.
        left_out: Runs that failed, or whose output is not defined.
        cases: Runs that meet the condition.
        boxes: Boxes of PRIM, perhaps none.
        boxes_stability: What becomes of them on resampled points.
        tree: The classification tree.
        tree_stability: What becomes of its rules.
        curves: Along the factors that tell most by themselves and those of the first box.
        strengths: What each factor tells by itself, 0 to 1, D of them.
        surrogate: Stands for the model; None with fewer than 20 points.
        surfaces: Pairs of the most telling factors; none without a surrogate worth asking.
    """

    condition: Condition
    sample: Sample
    left_out: int
    cases: int
    boxes: tuple[Found, ...]
    boxes_stability: Stability
    tree: Tree
    tree_stability: Stability
    curves: tuple[Curve, ...]
    strengths: tuple[float, ...]
    surrogate: Surrogate | None
    surfaces: tuple[Surface, ...]

    def table(self) -> dict[str, Any]:
        """As it stands in ``discover.json``: plain values, without NaN."""
        sample = self.sample
        return {
            "schema": SCHEMA,
            "condition": self.condition.table(),
            "rows": sample.rows,
            "left_out": self.left_out,
            "cases": self.cases,
            "base": self.cases / sample.rows,
            "factors": [
                {
                    "name": name, "kind": sample.kinds[i], "levels": list(sample.levels[i]),
                    "low": float(sample.lows[i]), "high": float(sample.highs[i]),
                    "strength": self.strengths[i],
                }
                for i, name in enumerate(sample.names)
            ],
            "boxes": [found.table(sample) for found in self.boxes],
            "boxes_stability": self.boxes_stability.table(sample),
            "tree": self.tree.table(sample),
            "tree_stability": self.tree_stability.table(sample),
            "curves": [curve.table(sample) for curve in self.curves],
            "surrogate": None if self.surrogate is None else self.surrogate.table(),
            "interactions": [surface.table(sample) for surface in self.surfaces],
        }  # fmt: skip


def discover(
    sample: Sample,
    *,
    condition: Condition | str,
    seed: int,
    options: PrimOptions | None = None,
    resamples: int = 50,
) -> Discovery:
    """Find where a condition holds.

    Args:
        sample: The runs; ``y`` is the output that the condition is about.
        condition: What is looked for, or its text (about any KPI).
        seed: The same sample, condition and seed give the same result.
        options: How PRIM looks; its weight holds for the tree's rules as well.
        resamples: How often everything is found again on resampled points.

    Raises:
        UserError: ``missing_extra``/``extra`` without scikit-learn; ``never_happens``/``condition``
            or ``never_happens``/``not_condition`` if no run or every run meets the condition;
            ``too_short``/``cases`` if fewer than ten do, or do not; what is wrong with the text.
    """
    check_extra()
    if isinstance(condition, str):
        condition = parse_condition(condition)
    options = options or PrimOptions()
    known = sample.known
    case = condition.met(known.y)
    _check_cases(condition, known, case)
    boxes = prim(known, case, options=options)

    as_many = replace(options, most_boxes=max(1, len(boxes)))

    def again(part: Sample, hits: Bools) -> list[Box]:
        return [found.box.box for found in prim(part, hits, options=as_many)]

    judged = partial(stability, known, case, resamples=resamples, seed=seed)
    with one_thread():
        tree = grow(known, case, seed=seed, weight=options.weight)
        leaves = partial(telling_leaves, pruning=tree.pruning, seed=seed, weight=options.weight)
        tree_stability = judged(search=leaves, boxes=max(1, tree.chosen))
    every = [threshold(known, case, factor, seed=seed) for factor in range(len(known.names))]
    order = _telling(boxes, every)
    surrogate = _surrogate(known, seed=seed)
    trusted = surrogate is not None and surrogate.trusted
    return Discovery(
        condition=condition, sample=known, left_out=sample.rows - known.rows,
        cases=int(case.sum()), boxes=boxes,
        boxes_stability=judged(search=again, boxes=max(1, len(boxes))), tree=tree,
        tree_stability=tree_stability, curves=tuple(every[factor] for factor in order[:_CURVES]),
        strengths=tuple(curve.strength for curve in every), surrogate=surrogate,
        surfaces=interactions(surrogate, sorted(order[:_PAIRED]))
        if surrogate is not None and trusted else (),
    )  # fmt: skip


def _telling(boxes: tuple[Found, ...], curves: list[Curve]) -> list[int]:
    """Factors by what they tell: those of the first box, then by their curves."""
    first = [one.factor for one in boxes[0].box.restrictions] if boxes else []
    rest = sorted(
        (one.factor for one in curves if one.factor not in first and len(one.at) > 1),
        key=lambda factor: -curves[factor].strength,
    )
    return [*first, *rest]


def _surrogate(sample: Sample, *, seed: int) -> Surrogate | None:
    if int(sample.points.max()) + 1 < LEAST_POINTS:
        return None
    return fit_surrogate(sample, seed=seed)


def _check_cases(condition: Condition, sample: Sample, case: Bools) -> None:
    """Refuse a condition that divides nothing."""
    count, hits = sample.rows, int(case.sum())
    if not count:
        raise UserError("too_short", "no_outputs", name=condition.kpi)
    low, high = (f"{end:.6g}" for end in (np.min(sample.y), np.max(sample.y)))
    if hits in (0, count):
        reason = "not_condition" if hits else "condition"
        raise UserError(
            "never_happens", reason, value=str(condition), name=condition.kpi, count=count,
            low=low, high=high,
        )  # fmt: skip
    if min(hits, count - hits) < LEAST_CASES:
        raise UserError(
            "too_short", "cases", value=str(condition), number=hits, count=count,
            least=LEAST_CASES, name=condition.kpi, low=low, high=high,
        )  # fmt: skip
