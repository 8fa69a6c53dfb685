"""Sets of assumptions, drawn together, and which of them moves a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from sim.study.explain.ranges import Assumption

    Numbers = NDArray[np.float64]

_SPARE = 16  # combinations of planned values beyond how many there are


def latin_hypercube(points: int, columns: int, *, seed: tuple[int, ...]) -> Numbers:
    """Points in the unit cube, each column evenly spread (McKay, Beckman and Conover 1979).

    Returns:
        Of shape (points, columns).
    """
    if not columns:
        return np.zeros((points, 0))
    from scipy.stats import qmc

    rng = np.random.default_rng(seed)
    drawn: Numbers = qmc.LatinHypercube(d=columns, rng=rng).random(points)
    return drawn


def drawn_sets(
    assumptions: Sequence[Assumption],
    *,
    sets: int,
    seed: tuple[int, ...],
    shared: Collection[str] = (),
) -> list[dict[str, float]]:
    """Sets of assumptions, each value drawn from its range with the assumed one in the middle.

    Args:
        assumptions: What is drawn.
        sets: How many.
        seed: Seed.
        shared: Paths whose values come in few combinations, each of which serves several sets:
            every combination of them costs a plan of the policies.

    Returns:
        Values by path, set by set.
    """
    few = [one.path in shared for one in assumptions]
    count = sum(few)
    places = np.zeros((sets, len(assumptions)))
    places[:, np.logical_not(few)] = latin_hypercube(sets, len(few) - count, seed=(*seed, 0))
    if count:
        combinations = min(sets, count + _SPARE)
        block = latin_hypercube(combinations, count, seed=(*seed, 1))
        places[:, few] = block[np.arange(sets) % combinations]
    return [
        {one.path: one.at(float(share)) for one, share in zip(assumptions, row, strict=True)}
        for row in places
    ]


def partial_rank_correlations(x: Numbers, y: Numbers, *, given: Numbers) -> Numbers:
    """How strongly each column moves a result, the others held fixed (Iman and Conover 1979).

    Args:
        x: Inputs of shape (N, P).
        y: Results of shape (N,).
        given: Other inputs of shape (N, Q) whose influence is taken away too.

    Returns:
        Partial rank correlations of shape (P,), -1 to 1; 0 for a column that does not vary.
    """
    from scipy.stats import rankdata

    found = np.zeros(x.shape[1])
    varies = np.ptp(x, axis=0) > 0 if len(x) else np.zeros(x.shape[1], bool)
    rest = given[:, np.ptp(given, axis=0) > 0] if given.size else np.zeros((len(y), 0))
    if np.ptp(y) == 0 or not varies.any():
        return found
    table = np.column_stack([x[:, varies], rest, y])
    ranks = rankdata(table, axis=0)
    inverse = np.linalg.pinv(np.corrcoef(ranks, rowvar=False), hermitian=True)
    size = np.sqrt(np.abs(np.diag(inverse)))
    count = int(varies.sum())
    found[varies] = -inverse[:count, -1] / (size[:count] * size[-1])
    return np.clip(found, -1.0, 1.0)


def sets_needed(assumptions: int) -> int:
    """Sets with which as many assumptions can be told apart: two for each, and sixty."""
    return 2 * assumptions + 60
