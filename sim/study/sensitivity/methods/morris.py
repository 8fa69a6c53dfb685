"""Morris' elementary effects: which of many factors matter at all, for few runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.study.sensitivity.methods.base import CONFIDENCE, RESAMPLES, Design, Indices, problem_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods.base import Sample

    Numbers = NDArray[np.float64]

_LEVELS = 4


class Morris:
    """Trajectories through the cube, one step a factor; a design of size N has N (D + 1) points.

    Points and mu, mu*, sigma are SALib's (Morris 1991; mu* of Campolongo et al. 2007,
    https://doi.org/10.1016/j.envsoft.2006.10.004). Each trajectory is sampled by itself, so that
    more of them leave the first ones as they are. Where the inert factor has moved, other luck
    reigns: its mu* is what luck alone makes of a step.
    """

    key, main, columns = "morris", "mu_star", ("mu_star", "sigma")
    count = 20
    given, depends, extends = False, False, True

    def wrong_count(self, count: int) -> int | None:
        """Two trajectories are the fewest that have a spread."""
        return None if count >= 2 else 2

    def design(self, factors: int, *, count: int, seed: int, centres: Numbers) -> Design:
        """Trajectories on a grid of four levels."""
        from SALib.sample import morris

        problem = problem_of(factors)
        seeds = [int(np.random.SeedSequence((seed, n)).generate_state(1)[0]) for n in range(count)]
        shares = np.concatenate([
            morris.sample(problem, 1, num_levels=_LEVELS, seed=one + 1) for one in seeds
        ])  # fmt: skip
        inert = shares[:, -1].reshape(count, factors + 1)
        luck = (inert != inert[:, :1]).astype(np.int64)
        return Design(shares=shares, luck=luck.reshape(-1), block=factors + 1)

    @staticmethod
    def indices(sample: Sample) -> Indices:
        """mu, mu* and sigma of the elementary effects, per width of a factor's whole range."""
        from SALib.analyze import morris

        found = morris.analyze(
            sample.problem, sample.design.shares, sample.means, num_levels=_LEVELS,
            num_resamples=sample.resamples(RESAMPLES), conf_level=CONFIDENCE, seed=sample.seed,
        )  # fmt: skip
        names = ("mu_star", "mu_star_conf", "sigma", "mu")
        return {name: np.asarray(found[name], np.float64) for name in names}
