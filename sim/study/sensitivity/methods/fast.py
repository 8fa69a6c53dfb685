"""The extended Fourier amplitude sensitivity test."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from sim.study.sensitivity.methods.base import (
    CONFIDENCE,
    FEW_RESAMPLES,
    Design,
    Indices,
    no_luck,
    problem_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]

_HARMONICS = 4


class Fast:
    """A curve through the cube for each factor; a design of size N has N D points.

    Saltelli, Tarantola and Chan 1999, https://doi.org/10.1080/00401706.1999.10485594, by SALib.
    Every point of a curve is needed, and a longer curve is another one: nothing can be left out,
    and a larger design has none of the points of a smaller one. Its intervals, by resampling a
    curve, are rough.
    """

    key, main, columns = "fast", "ST", ("ST", "S1")
    count = 257
    given, depends, extends = False, False, False

    def wrong_count(self, count: int) -> int | None:
        """More than 4 M^2 points let the harmonics be told apart."""
        fewest = 4 * _HARMONICS**2 + 1
        return None if count >= fewest else fewest

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """One curve a factor, all one block."""
        from SALib.sample import fast_sampler

        shares = fast_sampler.sample(problem_of(factors), count, M=_HARMONICS, seed=seed)
        return Design(shares=shares, luck=no_luck(len(shares)), block=len(shares))

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """S1 and ST."""
        from SALib.analyze import fast

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the intervals are rough
            found = fast.analyze(
                sample.problem, sample.means, M=_HARMONICS,
                num_resamples=sample.resamples(FEW_RESAMPLES), conf_level=CONFIDENCE,
                seed=sample.seed,
            )  # fmt: skip
        names = ("ST", "ST_conf", "S1", "S1_conf")
        return {name: np.asarray(found[name], np.float64) for name in names}
