"""What a method of sensitivity analysis is: how points are placed, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

CONFIDENCE = 0.95
"""Of all intervals."""

RESAMPLES = 1000
"""Bootstrap resamples behind an interval, where a method's own formula is cheap."""

FEW_RESAMPLES = 40
"""Where it is not: the spread of forty estimates is known to a ninth of itself."""

_NO_RESAMPLES = 2  # as few as SALib can work with

Indices = dict[str, "Numbers"]
"""Arrays of shape (D,) by the name of the index; ``<name>_conf`` is half its 95 % interval."""


@dataclass(frozen=True, kw_only=True)
class Design:
    """Points of the unit cube.

    Attributes:
        shares: Of shape (P, D), in [0, 1]; the last column is the inert factor's.
        luck: Which set of replicates each point is simulated with, 0 or 1: of shape (P,).
        block: Points that only tell something together; they follow each other.
    """

    shares: Numbers
    luck: NDArray[np.int64]
    block: int = 1

    @property
    def blocks(self) -> int:
        """How many such groups of points there are."""
        return len(self.shares) // self.block

    def whole(self, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Points in whose blocks every answer is known: of shape (P,)."""
        complete = known.reshape(-1, self.block).all(axis=1)
        return np.repeat(complete, self.block)

    def of(self, rows: NDArray[np.bool_]) -> Design:
        """Only some points, whole blocks of them."""
        return Design(shares=self.shares[rows], luck=self.luck[rows], block=self.block)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Answers at the points of a design, none missing.

    Attributes:
        design: The points.
        answers: Of shape (P, R), one column a replicate.
        seed: Of resampling, >= 1: SALib takes 0 for "none".
        intervals: Whether intervals are wanted; without them, what is said of them is void.
    """

    design: Design
    answers: Numbers
    seed: int
    intervals: bool = True

    def resamples(self, count: int) -> int:
        """How often to resample, of ``count`` where intervals are wanted."""
        return count if self.intervals else _NO_RESAMPLES

    @property
    def means(self) -> Numbers:
        """Means over replicates, of shape (P,)."""
        found: Numbers = self.answers.mean(axis=1)
        return found

    @property
    def problem(self) -> dict[str, Any]:
        """What SALib wants to know."""
        return problem_of(self.design.shares.shape[1])


class Method(Protocol):
    """One method: class attributes, a design, what is read off it."""

    @property
    def key(self) -> str:
        """Name in files."""

    @property
    def main(self) -> str:
        """The index that factors are ranked by."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Indices shown in a table, the main one first."""

    @property
    def count(self) -> int:
        """Size of a design unless a study says otherwise; what it counts is the method's."""

    @property
    def given(self) -> bool:
        """Whether any random points do."""

    @property
    def depends(self) -> bool:
        """Whether factors may go together."""

    @property
    def extends(self) -> bool:
        """Whether a larger design has the points of a smaller one."""

    def wrong_count(self, count: int) -> int | None:
        """The nearest size that will do; None = this one does."""

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """Points for a number of factors, the inert one included.

        Args:
            factors: D.
            count: Size.
            seed: Seed, >= 1.
            centres: Shares at which the factors are as assumed, of shape (D,).
        """

    def indices(self, sample: Sample) -> Indices:
        """What the answers tell."""


def problem_of(factors: int) -> dict[str, Any]:
    """The unit cube as SALib describes it."""
    names = [str(number) for number in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def no_luck(points: int) -> NDArray[np.int64]:
    """The same luck at all points."""
    return np.zeros(points, np.int64)


def half_width(resampled: Numbers) -> Numbers:
    """Half of the 95 % interval by the spread of resampled estimates, along the first axis."""
    from scipy.special import ndtri

    found: Numbers = ndtri(0.5 + CONFIDENCE / 2) * resampled.std(axis=0, ddof=1)
    return found


def resampled_rows(count: int, *, times: int, seed: int) -> NDArray[np.int64]:
    """Rows drawn with replacement: of shape (times, count)."""
    return np.random.default_rng(seed).integers(count, size=(times, count))


def crossed(one: Numbers, other: Numbers) -> Numbers:
    """Products averaged over pairs of different replicates, along the last axis.

    With a single replicate, plain products.
    """
    count = one.shape[-1]
    if count == 1:
        product: Numbers = (one * other)[..., 0]
        return product
    sums = one.sum(axis=-1) * other.sum(axis=-1)
    found: Numbers = (sums - (one * other).sum(axis=-1)) / (count * (count - 1))
    return found
