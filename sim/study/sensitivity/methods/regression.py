"""Regression on a Latin hypercube: direction and strength of straight and of monotone effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata

from sim.study.sensitivity.methods.base import (
    FEW_RESAMPLES,
    Indices,
    half_width,
    resampled_rows,
)
from sim.study.sensitivity.methods.moments import GivenData

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]


_RIDGE = 1e-9  # of a perfect relation there is no inverse otherwise


class Regression(GivenData):
    """Partial rank correlations and standardised regression coefficients.

    Saltelli and Marivoet 1990, https://doi.org/10.1016/0951-8320(90)90065-U; both have a sign. The
    share of variance that a straight model explains (R2) says how far to trust them.
    """

    key, main, columns = "lhs", "PRCC", ("PRCC", "SRC")

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """PRCC and SRC with bootstrap intervals, and R2 (the same for all factors)."""
        shares, means = sample.design.shares, sample.means
        rows = resampled_rows(len(means), times=sample.resamples(FEW_RESAMPLES), seed=sample.seed)
        found = [_fitted(shares, means)] + [_fitted(shares[one], means[one]) for one in rows]
        partial, standard, fits = (np.array(one) for one in zip(*found, strict=True))
        return {
            "PRCC": partial[0], "PRCC_conf": half_width(partial[1:]),
            "SRC": standard[0], "SRC_conf": half_width(standard[1:]),
            "R2": np.full(shares.shape[1], fits[0]),
        }  # fmt: skip


def _fitted(shares: Numbers, means: Numbers) -> tuple[Numbers, Numbers, float]:
    ranks, ranked = rankdata(shares, axis=0), rankdata(means)
    both = np.column_stack([ranks, ranked])
    inverse = np.linalg.inv(np.corrcoef(both, rowvar=False) + _RIDGE * np.eye(both.shape[1]))
    scale = np.sqrt(np.diag(inverse))
    partial: Numbers = -inverse[:-1, -1] / (scale[:-1] * scale[-1])
    x = (shares - shares.mean(axis=0)) / shares.std(axis=0)
    spread = means.std()
    y = (means - means.mean()) / (spread or 1.0)
    slopes, *_ = np.linalg.lstsq(x, y, rcond=None)
    left = y - x @ slopes
    return partial, slopes, float(1 - (left @ left) / max(y @ y, np.finfo(float).tiny))
