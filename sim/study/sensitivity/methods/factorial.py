"""Two-level fractional factorial design: main effects of many factors between two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.study.sensitivity.methods.base import Design, Indices, no_luck, problem_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]


class Factorial:
    """Every factor at its low and its high end, all at once in a balanced way (SALib's ``ff``).

    Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, chapter 2. The number of points
    follows from the number of factors; a size of n repeats it n times with other luck each, which
    only replicates do here, so it is 1.
    """

    key, main, columns = "factorial", "effect", ("effect",)
    count = 1
    given, depends, extends = False, False, False

    def wrong_count(self, count: int) -> int | None:
        """The design has a size of its own."""
        return None if count == 1 else 1

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """Corners of the cube; dummy columns that SALib adds are left out, the rows are not."""
        from SALib.sample import ff

        shares = np.asarray(ff.sample(problem_of(factors), seed=seed), np.float64)[:, :factors]
        return Design(shares=shares, luck=no_luck(len(shares)), block=len(shares))

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """Mean difference between the high and the low end of each factor."""
        signs = 2 * sample.design.shares - 1
        effects = signs.T @ sample.means * 2 / len(signs)
        spread = sample.answers.std(axis=1, ddof=1) if sample.answers.shape[1] > 1 else None
        found: Indices = {"effect": effects}
        if spread is not None:
            error = 1.96 * np.sqrt((spread**2).mean() / sample.answers.size) * 2
            found["effect_conf"] = np.full(len(effects), error)
        return found
