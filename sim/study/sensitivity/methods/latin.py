"""Latin hypercubes that grow: twice as many points keep the first half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


def latin_hypercube(points: int, columns: int, *, seed: int) -> Numbers:
    """Points of which each column fills every one of ``points`` cells once.

    McKay, Beckman and Conover 1979. An even number of points is a hypercube of half as many and
    one that fills the cells of half the width that it left empty, so that every doubling extends
    a design (after Qian 2009, https://doi.org/10.1093/biomet/asp045).

    Returns:
        Of shape (points, columns), in [0, 1).
    """
    rng = np.random.default_rng((seed, points))
    if points % 2:
        cells = rng.permuted(np.tile(np.arange(points), (columns, 1)), axis=1).T
        drawn: Numbers = (cells + rng.random((points, columns))) / points
        return drawn
    first = latin_hypercube(points // 2, columns, seed=seed)
    taken = np.floor(first * points).astype(np.int64)
    rest = np.empty_like(taken)
    for column in range(columns):
        free = np.setdiff1d(np.arange(points), taken[:, column], assume_unique=True)
        rest[:, column] = rng.permutation(free)
    return np.concatenate([first, (rest + rng.random(rest.shape)) / points])
