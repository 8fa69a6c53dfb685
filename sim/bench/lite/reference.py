"""community-lite in plain NumPy: the reading of the rules that the others are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

READS = 10
"""Members whose posts one member reads."""
A, B, C = -3.0, 2.0, 2.0
"""Logit of posting: constant, per unit of exposure, per unit of motivation."""
DELTA, RHO = 0.03, 0.06
"""Motivation: share lost a day, gain per unit of exposure."""
H0, KH = 0.003, 3.0
"""Leaving: hazard a day at no motivation, its fall per unit of motivation."""

_OWN_STREAM = 1
"""Keeps the draws of the days apart from those of the start, whatever the seed."""


@dataclass(frozen=True)
class Start:
    """A community before day 0, the same for every simulator.

    Attributes:
        reads: int64 of shape (n, READS): whom each member reads.
        motivation: float64 of shape (n,), in [0, 1).
        active: bool of shape (n,): posted the day before.
    """

    reads: NDArray[np.int64]
    motivation: NDArray[np.float64]
    active: NDArray[np.bool_]


def start(n: int, *, seed: int) -> Start:
    """Draw a community of ``n`` members."""
    rng = np.random.default_rng(seed)
    reads = rng.integers(0, n - 1, (n, READS))
    reads += reads >= np.arange(n)[:, None]  # nobody reads himself
    motivation = rng.random(n)
    return Start(reads=reads, motivation=motivation, active=rng.random(n) < 0.10)


def stream(seed: int) -> int:
    """A seed for a simulator's own draws, far from the one that drew the start."""
    return int(np.random.SeedSequence([seed, _OWN_STREAM]).generate_state(1)[0])


def run(n: int, *, days: int, seed: int) -> NDArray[np.float64]:
    """Simulate a community.

    Args:
        n: Members at the start, at least 2.
        days: Days to simulate.
        seed: Seed of the start and, apart from it, of the days.

    Returns:
        float64 of shape (days, 3): messages, members, summed motivation of a day.
    """
    begin = start(n, seed=seed)
    motivation, active = begin.motivation, begin.active
    present = np.ones(n, dtype=bool)
    rng = np.random.default_rng(stream(seed))
    rows = np.empty((days, 3))
    for day in range(days):
        exposure = active[begin.reads].mean(axis=1)
        chance = 1 / (1 + np.exp(-(A + B * exposure + C * motivation)))
        posts = (rng.random(n) < chance) & present
        motivation = np.where(present, (1 - DELTA) * motivation + RHO * exposure, motivation)
        present = present & (rng.random(n) >= H0 * np.exp(-KH * motivation))
        active = posts & present
        rows[day] = posts.sum(), present.sum(), motivation[present].sum()
    return rows
