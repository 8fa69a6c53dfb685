"""A classification tree: the same question as PRIM's, answered by rules that divide all of space.

CART (Breiman, Friedman, Olshen and Stone 1984) of scikit-learn, pruned by minimal cost complexity.
How far is decided by cross-validation of the Brier score, whole points left out together, with the
rule of one standard error: the smallest tree that is not clearly worse than the best.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.discovery.box import Box, FoundBox, agreement, found_box
from sim.study.discovery.extra import check_extra

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.study.discovery.sample import Bools, Floats, Ints, Sample

FOLDS = 5
DEEPEST = 6
"""Questions that a rule asks at most: longer ones are not read."""

_FEWEST, _SHARE = 10, 0.01  # points in a leaf: at least so many, and so large a share of all
_PRUNINGS = 10  # degrees of pruning that are tried


@dataclass(frozen=True, eq=False)
class Tree:
    """A pruned tree.

    Attributes:
        leaves: Its leaves, the densest first.
        chosen: How many of them, from the first, tell where the cases are: those that together
            agree best with the set of cases (F measure).
        coverage: Coverage of the chosen leaves together, 0 to 1; 0 if the tree is a stump.
        density: Density of them together.
        pruning: Complexity parameter that was chosen.
        brier: Brier score of the pruned tree in cross-validation; smaller is better.
        brier_base: That of saying the mean share everywhere.
    """

    leaves: tuple[FoundBox, ...]
    chosen: int
    coverage: float
    density: float
    pruning: float
    brier: float
    brier_base: float

    @property
    def rules(self) -> tuple[FoundBox, ...]:
        """The leaves that tell where the cases are."""
        return self.leaves[: self.chosen]

    def table(self, sample: Sample) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        return {
            "coverage": self.coverage, "density": self.density, "chosen": self.chosen,
            "brier": self.brier, "brier_base": self.brier_base, "pruning": self.pruning,
            "leaves": [leaf.table(sample) for leaf in self.leaves],
        }  # fmt: skip


def grow(sample: Sample, case: Bools, *, seed: int, weight: float = 1.0) -> Tree:
    """Grow a tree and prune it by cross-validation.

    Args:
        sample: The runs; their outputs are not looked at.
        case: Which meet the condition, shape (n,); some, not all.
        seed: Deals points to folds, and breaks ties of equally good splits.
        weight: How many times as important coverage is as density, in choosing leaves.

    Raises:
        UserError: ``missing_extra``/``extra``.
    """
    check_extra()
    pruning, brier, base = _pruned_by_folds(sample, case, seed=seed)
    leaves = _leaves(sample, case, pruning=pruning, seed=seed)
    chosen = _best_leaves(leaves, int(case.sum()), weight=weight)
    rows = sum(leaf.rows for leaf in leaves[:chosen])
    cases = sum(leaf.cases for leaf in leaves[:chosen])
    return Tree(
        leaves=tuple(leaves), chosen=chosen, coverage=cases / int(case.sum()),
        density=cases / max(1, rows), pruning=pruning, brier=brier, brier_base=base,
    )  # fmt: skip


def telling_leaves(
    sample: Sample, case: Bools, *, pruning: float, seed: int, weight: float = 1.0
) -> list[Box]:
    """Leaves that tell where the cases are, of a tree pruned as far as another one.

    Args:
        sample: The runs.
        case: Which are cases, shape (n,).
        pruning: Complexity parameter.
        seed: Breaks ties.
        weight: As in :func:`grow`.
    """
    leaves = _leaves(sample, case, pruning=pruning, seed=seed)
    return [leaf.box for leaf in leaves[: _best_leaves(leaves, int(case.sum()), weight=weight)]]


def _leaves(sample: Sample, case: Bools, *, pruning: float, seed: int) -> list[FoundBox]:
    """The leaves of a pruned tree, the densest first."""
    boxes = leaf_boxes(sample, case, pruning=pruning, seed=seed)
    found = (found_box(box, sample, case) for box in boxes)
    return sorted(found, key=lambda one: (-one.density, -one.rows))


def leaf_boxes(sample: Sample, case: Bools, *, pruning: float, seed: int) -> list[Box]:
    """The leaves of a pruned tree as boxes, which divide the space among them."""
    ranks = _ranks(sample, case)
    fitted = _tree(sample, pruning=pruning, seed=seed).fit(_columns(sample.x, ranks), case)
    nodes, boxes = fitted.tree_, list[Box]()

    def descend(node: int, box: Box) -> None:
        if nodes.children_left[node] < 0:
            boxes.append(box)
            return
        factor, end = int(nodes.feature[node]), float(nodes.threshold[node])
        for child, below in ((nodes.children_left, True), (nodes.children_right, False)):
            side = _half(sample, box, factor, ranks.get(factor), end=end, below=below)
            descend(int(child[node]), side)

    descend(0, Box.whole(sample))
    return boxes


def _half(
    sample: Sample, box: Box, factor: int, rank: Ints | None, *, end: float, below: bool
) -> Box:
    """One side of a split."""
    if rank is not None:
        for code in np.flatnonzero((rank > end) if below else (rank <= end)):
            box = box.leaving(factor, int(code))
        return box
    whole = bool(sample.whole[factor])
    if below:
        return box.bounded(factor, high=math.floor(end) if whole else end)
    return box.bounded(factor, low=math.ceil(end) if whole else float(np.nextafter(end, math.inf)))


def _tree(sample: Sample, *, pruning: float, seed: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(
        max_depth=DEEPEST,
        min_samples_leaf=round(max(_FEWEST * sample.futures, _SHARE * sample.rows)),
        ccp_alpha=pruning,
        random_state=seed % 2**32,
    )


def _ranks(sample: Sample, case: Bools) -> dict[int, Ints]:
    """The order of the categories of each factor that has them, by their share of cases.

    The best division of categories in two is one along this order (Breiman and others, 4.2.2).
    """
    ranks = {}
    for factor in sample.categorical:
        codes, most = sample.x[:, factor].astype(int), len(sample.levels[factor])
        count = np.bincount(codes, minlength=most)
        share = np.bincount(codes, weights=case, minlength=most) / np.maximum(count, 1)
        ranks[factor] = np.argsort(np.argsort(share, kind="stable"), kind="stable")
    return ranks


def _columns(x: Floats, ranks: dict[int, Ints]) -> Floats:
    """What the tree divides, shape (n, D): numbers as they are, categories as their rank."""
    columns = x.copy()
    for factor, rank in ranks.items():
        columns[:, factor] = rank[x[:, factor].astype(int)]
    return columns


def _best_leaves(leaves: list[FoundBox], all_cases: int, *, weight: float) -> int:
    """How many leaves, from the densest, agree best with the cases; 0 if there is but one."""
    if len(leaves) < 2:
        return 0
    rows = np.cumsum([leaf.rows for leaf in leaves])
    cases = np.cumsum([leaf.cases for leaf in leaves])
    scores = [
        agreement(inside, hits, all_cases=all_cases, weight=weight)
        for inside, hits in zip(rows, cases, strict=True)
    ]
    best = int(np.argmax(scores)) + 1
    return 0 if best == len(leaves) else best


def _pruned_by_folds(sample: Sample, case: Bools, *, seed: int) -> tuple[float, float, float]:
    """The complexity parameter by the rule of one standard error, its Brier score, and the base."""
    columns = _columns(sample.x, _ranks(sample, case))
    path = _tree(sample, pruning=0.0, seed=seed).cost_complexity_pruning_path(columns, case)
    ends = np.unique(np.maximum(path.ccp_alphas, 0.0))
    # geometric means of neighbours stand for the trees between them (Breiman and others, 11.5)
    values = np.append(np.sqrt(ends[:-1] * ends[1:]), ends[-1])
    values = values[np.unique(np.linspace(0, len(values) - 1, _PRUNINGS).round().astype(int))]
    errors, base = np.zeros((sample.rows, len(values))), np.zeros(sample.rows)
    for train, test in _folds(sample, case, seed=seed):
        base[test] = (case[train].mean() - case[test]) ** 2
        part = sample.pick(train)
        columns = _columns(sample.x, _ranks(part, case[train]))
        for column, pruning in enumerate(values):
            tree = _tree(part, pruning=pruning, seed=seed).fit(columns[train], case[train])
            share = tree.predict_proba(columns[test])[:, list(tree.classes_).index(True)]
            errors[test, column] = (share - case[test]) ** 2
    mean = errors.mean(axis=0)
    best = int(np.argmin(mean))
    by_point = np.bincount(sample.points, weights=errors[:, best]) / np.bincount(sample.points)
    slack = by_point.std(ddof=1) / math.sqrt(len(by_point))
    at = int(np.flatnonzero(mean <= mean[best] + slack)[-1])
    return float(values[at]), float(mean[at]), float(base.mean())


def _folds(sample: Sample, case: Bools, *, seed: int) -> Iterator[tuple[Any, Any]]:
    """Rows to learn from and rows to test on; a point's futures stay together."""
    points = sample.points
    share = np.bincount(points, weights=case) / np.bincount(points)
    rng = np.random.default_rng((seed, 1984))
    order = np.lexsort((rng.random(len(share)), share))  # cases are dealt evenly
    fold = np.empty(len(share), np.int64)
    fold[order] = np.arange(len(share)) % FOLDS
    for number in range(FOLDS):
        test = fold[points] == number
        if test.any() and case[~test].any():
            yield np.flatnonzero(~test), np.flatnonzero(test)
