"""Indices of given data: RBD-FAST, the delta moment-independent measure, and PAWN, by SALib.

All three need nothing but random points, so they serve any sample: dependent factors, and answers
that something else asked for.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.sensitivity.methods.base import (
    CONFIDENCE,
    FEW_RESAMPLES,
    Design,
    Indices,
    half_width,
    no_luck,
    resampled_rows,
)
from sim.study.sensitivity.methods.latin import latin_hypercube

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]


class GivenData:
    """Random points; a design of size N has N points, a Latin hypercube."""

    count = 1024
    given, depends, extends = True, True, True
    fewest = 32

    def wrong_count(self, count: int) -> int | None:
        """Too few points tell nothing."""
        return None if count >= self.fewest else self.fewest

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """A Latin hypercube, whose inert column changes nothing."""
        return Design(shares=latin_hypercube(count, factors, seed=seed), luck=no_luck(count))


class RbdFast(GivenData):
    """First-order indices by random balance (Tarantola et al. 2006; Plischke 2010, EASI).

    https://doi.org/10.1016/j.ress.2009.11.005
    """

    key, main, columns = "rbd_fast", "S1", ("S1",)
    fewest = 64

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """S1."""
        from SALib.analyze import rbd_fast

        found = rbd_fast.analyze(
            sample.problem, sample.design.shares, sample.means,
            num_resamples=sample.resamples(FEW_RESAMPLES), conf_level=CONFIDENCE, seed=sample.seed,
        )  # fmt: skip
        return _arrays(found, ("S1", "S1_conf"))


class Delta(GivenData):
    """How far knowing a factor moves the whole distribution (Borgonovo 2007; Plischke et al. 2013).

    https://doi.org/10.1016/j.ejor.2012.11.047
    """

    key, main, columns = "delta", "delta", ("delta", "S1")

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """Delta and S1."""
        from SALib.analyze import delta

        with warnings.catch_warnings(record=True):  # it lets its own through in any case
            found = delta.analyze(
                sample.problem, sample.design.shares, sample.means,
                num_resamples=sample.resamples(FEW_RESAMPLES), conf_level=CONFIDENCE,
                seed=sample.seed,
            )  # fmt: skip
        indices = _arrays(found, ("S1", "S1_conf"))
        indices["delta"] = np.asarray(found["delta_balanced"], np.float64)
        indices["delta_conf"] = np.asarray(found["delta_balanced_conf"], np.float64)
        return indices


class Pawn(GivenData):
    """Largest distance between distribution functions (Pianosi and Wagener 2018).

    https://doi.org/10.1016/j.envsoft.2018.07.019. The median over ten slices; it is positive also
    for a factor without effect, which is what the inert factor is there to show.
    """

    key, main, columns = "pawn", "median", ("median", "maximum")

    @classmethod
    def indices(cls, sample: Sample) -> Indices:
        """Median and maximum over slices."""
        found = cls._once(sample, np.arange(len(sample.means)))
        rows = resampled_rows(
            len(sample.means), times=sample.resamples(FEW_RESAMPLES), seed=sample.seed
        )
        again = np.array([cls._once(sample, one)["median"] for one in rows])
        return {
            "median": found["median"], "median_conf": half_width(again),
            "maximum": found["maximum"],
        }  # fmt: skip

    @staticmethod
    def _once(sample: Sample, rows: NDArray[np.int64]) -> Indices:
        from SALib.analyze import pawn

        found = pawn.analyze(
            sample.problem, sample.design.shares[rows], sample.means[rows], S=10, seed=sample.seed
        )
        return _arrays(found, ("median", "maximum"))


def _arrays(found: Any, names: tuple[str, ...]) -> Indices:
    return {name: np.asarray(found[name], np.float64) for name in names}
