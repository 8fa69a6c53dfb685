"""Sobol's first-order and total indices, with what luck adds to them taken out.

Points: Saltelli's scheme on a scrambled Sobol sequence (SALib). Estimators: Saltelli et al. 2010,
https://doi.org/10.1016/j.cpc.2009.09.018, for S1, Jansen 1999 for ST, as in SALib, which a test
holds them to. With several replicates, products of two answers are taken between different
replicates only. Luck in one is independent of luck in the other, so its variance, which would pass
for variance explained, has expectation 0; where answers do not depend on luck, nothing changes.

The inert factor is other luck: the points where it alone differs are simulated with another set of
replicates. What its indices are off from zero is what a factor without any effect may show.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from sim.study.sensitivity.methods.base import (
    CONFIDENCE,
    RESAMPLES,
    Design,
    Indices,
    crossed,
    half_width,
    problem_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]


class Sobol:
    """Variance-based indices; a design of size N has N (D + 2) points."""

    key, main, columns = "sobol", "ST", ("ST", "S1")
    count = 512
    given, depends, extends = False, False, True

    def wrong_count(self, count: int) -> int | None:
        """Powers of two fill the cube evenly."""
        fine = count >= 8 and count & (count - 1) == 0
        return None if fine else max(8, 2 ** round(np.log2(max(count, 1))))

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """Blocks of A, A with each column of B in turn, B; the inert column is the last."""
        from SALib.sample import sobol

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shares = sobol.sample(
                problem_of(factors), count, calc_second_order=False, seed=seed
            )  # fmt: skip
        luck = np.zeros((count, factors + 2), np.int64)
        luck[:, factors] = 1
        return Design(shares=shares, luck=luck.reshape(-1), block=factors + 2)

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """S1 and ST with bootstrap intervals over blocks; NaN where nothing but luck is sure."""
        design = sample.design
        blocks = sample.answers.reshape(design.blocks, design.block, -1)
        rng = np.random.default_rng(sample.seed)
        count = len(blocks)
        draws = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
        weights = np.vstack([np.ones(count), draws]) / count
        first, total, variance = estimates(blocks, weights)
        fine = variance > 0
        if not fine[0] or fine[1:].mean() < (1 + CONFIDENCE) / 2:  # no variance but luck's is sure
            none = np.full(first.shape[1], np.nan)
            return {"S1": none, "S1_conf": none, "ST": none, "ST_conf": none}
        first, total = first[fine], total[fine]
        return {
            "S1": first[0], "S1_conf": half_width(first[1:]),
            "ST": total[0], "ST_conf": half_width(total[1:]),
        }  # fmt: skip


def estimates(blocks: Numbers, weights: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """First-order and total indices, and the variance that they are shares of.

    Args:
        blocks: Answers of shape (N, D + 2, R).
        weights: Weights of the blocks, rows of sum 1: of shape (B, N).

    Returns:
        Two arrays of shape (B, D), one of shape (B,). Luck has no part in them if R >= 2.
    """
    ends = blocks[:, [0, -1]]
    blocks = blocks - ends.mean(axis=(0, 1))  # as SALib: products of large numbers lose digits
    a, mixed, b = blocks[:, :1], blocks[:, 1:-1], blocks[:, -1:]
    means = weights @ (a + b)[:, 0] / 2
    squares = weights @ (crossed(a, a) + crossed(b, b))[:, 0] / 2
    variance = squares - crossed(means, means)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = weights @ crossed(b, mixed - a) / variance[:, None]
        total = weights @ crossed(mixed - a, mixed - a) / (2 * variance[:, None])
    return first, total, variance
