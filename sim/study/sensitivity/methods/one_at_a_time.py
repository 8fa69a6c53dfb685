"""One factor at a time, to both ends of its range, all others as assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from sim.study.sensitivity.methods.base import CONFIDENCE, Design, Indices, no_luck

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]


class OneAtATime:
    """Points: as assumed, then each factor low and high; 2 D + 1 of them. It sees no interactions.

    The inert factor's two points have other luck.
    """

    key, main, columns = "oat", "span", ("span", "low", "high")
    count = 1
    given, depends, extends = False, False, False

    def wrong_count(self, count: int) -> int | None:
        """The design has a size of its own."""
        return None if count == 1 else 1

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """The assumed point and two ends a factor."""
        shares = np.tile(centres, (2 * factors + 1, 1))
        for factor in range(factors):
            shares[1 + 2 * factor, factor], shares[2 + 2 * factor, factor] = 0.0, 1.0
        luck = no_luck(len(shares))
        luck[-2:] = 1
        return Design(shares=shares, luck=luck, block=len(shares))

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """Changes at the low and at the high end, and the larger of their sizes.

        Intervals come from the differences by replicate, which share their luck.
        """
        changes = sample.answers[1:] - sample.answers[0]
        ends = changes.mean(axis=1).reshape(-1, 2)
        found: Indices = {"span": np.abs(ends).max(axis=1), "low": ends[:, 0], "high": ends[:, 1]}
        count = changes.shape[1]
        if count > 1:
            error = changes.std(axis=1, ddof=1) / np.sqrt(count)
            half = stdtrit(count - 1, 0.5 + CONFIDENCE / 2) * error
            found["span_conf"] = half.reshape(-1, 2).max(axis=1)
        return found
