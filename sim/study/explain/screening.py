"""Sets of assumptions, all drawn at once from their ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from sim.study.explain.ranges import Assumption

    Numbers = NDArray[np.float64]


def latin_hypercube(points: int, columns: int, *, seed: tuple[int, ...]) -> Numbers:
    """Points in the unit cube, each column evenly spread (McKay, Beckman and Conover 1979).

    Returns:
        Of shape (points, columns).
    """
    rng = np.random.default_rng(seed)
    cells = rng.permuted(np.tile(np.arange(points), (columns, 1)), axis=1).T
    drawn: Numbers = (cells + rng.random((points, columns))) / points
    return drawn


def drawn_sets(
    assumptions: Sequence[Assumption],
    *,
    sets: int,
    seed: tuple[int, ...],
    shared: Collection[str] = (),
    combinations: int = 1,
) -> list[dict[str, float]]:
    """Sets of assumptions, each value drawn from its range with the assumed one in the middle.

    Args:
        assumptions: What is drawn.
        sets: How many.
        seed: Seed.
        shared: Paths whose values come in few combinations, each of which serves several sets:
            every combination of them costs a plan of the policies.
        combinations: How many.

    Returns:
        Values by path, set by set.
    """
    few = [one.path in shared for one in assumptions]
    count = sum(few)
    places = np.zeros((sets, len(assumptions)))
    places[:, np.logical_not(few)] = latin_hypercube(sets, len(few) - count, seed=(*seed, 0))
    if count:
        number = min(sets, combinations)
        block = latin_hypercube(number, count, seed=(*seed, 1))
        places[:, few] = block[np.arange(sets) % number]
    return [
        {one.path: one.at(float(share)) for one, share in zip(assumptions, row, strict=True)}
        for row in places
    ]
