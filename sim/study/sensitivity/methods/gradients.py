"""Derivative-based global sensitivity measures: an upper bound on total indices, for few runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import qmc

from sim.study.sensitivity.methods.base import RESAMPLES, Design, Indices, crossed, half_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]

_STEP = 0.05
"""Of the range: large enough for a count to change, small enough to be a slope."""


class Gradients:
    """A base point and one step a factor; a design of size N has N (D + 1) points.

    Kucherenko et al. 2009, https://doi.org/10.1016/j.ress.2008.05.006: vi is the mean square of the
    slope over the unit cube, and vi / (pi^2 V) bounds ST from above (Sobol and Kucherenko 2009).
    SALib's steps are relative to a value, so that near zero nothing but luck is left of a slope;
    here every step has the same width, and squares are products of different replicates.
    """

    key, main, columns = "dgsm", "dgsm", ("dgsm", "vi")
    count = 128
    given, depends, extends = False, False, True

    def wrong_count(self, count: int) -> int | None:
        """Powers of two fill the cube evenly."""
        fine = count >= 8 and count & (count - 1) == 0
        return None if fine else max(8, 2 ** round(np.log2(max(count, 1))))

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """Blocks of a base point and its neighbours; the inert one's has other luck."""
        first = qmc.Sobol(factors, rng=seed).random(count)
        shares = np.repeat(first[:, None], factors + 1, axis=1)
        steps = np.where(first < 1 - _STEP, _STEP, -_STEP)
        each = np.arange(factors)
        shares[:, each + 1, each] += steps
        luck = np.zeros((count, factors + 1), np.int64)
        luck[:, factors] = 1
        return Design(
            shares=shares.reshape(-1, factors), luck=luck.reshape(-1), block=factors + 1
        )  # fmt: skip

    def indices(self, sample: Sample) -> Indices:
        """Mean square of the slope, and the bound on ST."""
        blocks = sample.answers.reshape(sample.design.blocks, sample.design.block, -1)
        count = len(blocks)
        draws = np.random.default_rng(sample.seed).multinomial(
            count, np.full(count, 1 / count), size=RESAMPLES
        )
        weights = np.vstack([np.ones(count), draws]) / count
        base = blocks[:, :1] - blocks[:, :1].mean(axis=0)
        slopes = (blocks[:, 1:] - blocks[:, :1]) / _STEP
        vi = weights @ crossed(slopes, slopes)
        means = weights @ base[:, 0]
        variance = weights @ crossed(base, base)[:, 0] - crossed(means, means)
        bound = vi / (np.pi**2 * variance[:, None])
        return {"dgsm": bound[0], "dgsm_conf": half_width(bound[1:]), "vi": vi[0]}
