"""What is explored: a table of factors, one row a run, and one output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Kind = Literal["continuous", "integer", "categorical"]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sample:
    """Runs of a study: where each stands in the space of factors, and what came out.

    Attributes:
        names: Name of each factor, D of them.
        kinds: Kind of each.
        levels: Labels of the categories of each, empty for numbers.
        lows: Lower end of the range sampled, shape (D,), in the factor's unit; 0 for categories.
        highs: Upper end, shape (D,); number of categories - 1 for categories.
        x: Shape (n, D), in the factors' units, categories as codes 0 to k - 1. Rows that agree in
            every factor are futures of one point.
        y: Output, shape (n,); NaN = the run failed or the output is not defined there.

    Raises:
        ValueError: Shapes or codes that do not fit each other.
    """

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    levels: tuple[tuple[str, ...], ...]
    lows: Floats
    highs: Floats
    x: Floats
    y: Floats

    def __post_init__(self) -> None:
        for name in ("lows", "highs", "x", "y"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.float64))
        factors = len(self.names)
        shapes = {len(self.kinds), len(self.levels), len(self.lows), len(self.highs)}
        if shapes != {factors} or self.x.shape != (len(self.y), factors) or not factors:
            raise ValueError(f"{factors} names do not fit {shapes} and x of {self.x.shape}")
        if not np.isfinite(self.x).all():
            raise ValueError("a factor without a value")
        for factor, (kind, labels) in enumerate(zip(self.kinds, self.levels, strict=True)):
            if kind not in get_args(Kind):
                raise ValueError(f"no kind {kind!r}")
            column = self.x[:, factor]
            if kind == "categorical" and not np.isin(column, np.arange(len(labels))).all():
                raise ValueError(f"{self.names[factor]} has codes without a label")

    @property
    def rows(self) -> int:
        """Number of runs."""
        return len(self.y)

    @cached_property
    def numeric(self) -> tuple[int, ...]:
        """Factors that are numbers."""
        return tuple(i for i, kind in enumerate(self.kinds) if kind != "categorical")

    @cached_property
    def categorical(self) -> tuple[int, ...]:
        """Factors that are categories."""
        return tuple(i for i, kind in enumerate(self.kinds) if kind == "categorical")

    @cached_property
    def whole(self) -> Bools:
        """Which factors are whole numbers, shape (D,)."""
        return np.array([kind == "integer" for kind in self.kinds])

    @cached_property
    def points(self) -> Ints:
        """Which point each row belongs to, shape (n,): futures of one point share a number."""
        _, found = np.unique(self.x, axis=0, return_inverse=True)
        return found.reshape(-1).astype(np.int64)

    @cached_property
    def futures(self) -> float:
        """Runs of a point on average: so many count as one piece of evidence about factors."""
        return self.rows / max(1, len(np.unique(self.points)))

    @cached_property
    def known(self) -> Sample:
        """The runs whose output is known."""
        there = np.isfinite(self.y)
        return self if there.all() else self.pick(np.flatnonzero(there))

    def pick(self, rows: Ints) -> Sample:
        """Some of the runs, in the order given, perhaps several times."""
        return replace(self, x=self.x[rows], y=self.y[rows])


def resample(points: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw as many points as there are, with replacement (Efron 1979).

    Points are drawn, not runs: futures of one point are no independent evidence about factors.

    Args:
        points: Point of each row, shape (n,), numbered from 0.
        rng: Where luck comes from.

    Returns:
        The rows drawn, and those of points that were not drawn (about 37 %), ascending.
    """
    count = int(points.max()) + 1
    times = np.bincount(rng.integers(0, count, count), minlength=count)
    return np.repeat(np.arange(len(points)), times[points]), np.flatnonzero(times[points] == 0)
