"""The laws of a log, week by week ahead: where its members are going by themselves.

A plain form of the weeks that the engine lives day by day: who speaks by the member law, what is
written by the message law, newcomers at the inflow's expected path, no luck common to all. It
tells what the engine would do on average, at a hundredth of its cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.logs.inflow import expected_path
from sim.logs.law import TERMS, chance
from sim.logs.law_members import LawMembers
from sim.logs.replay import level_gains

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.fit_law import LawFit
    from sim.logs.fit_messages import MessageFit
    from sim.logs.inflow import InflowFit
    from sim.logs.replay import LawStates

    Numbers = NDArray[np.float64]

_ROWS, _FEWEST, _MOST = 40_000, 4, 256
"""Member-runs, and runs at least and at most."""


def weeks_ahead(
    states: LawStates,
    *,
    law: LawFit,
    messages: MessageFit,
    inflow: InflowFit,
    first_counts: NDArray[np.int64],
    shift: Numbers,
) -> tuple[Numbers, Numbers]:
    """Mean speakers and messages of the coming weeks.

    The same luck whatever the shift, so that differences are those of the shift.

    Args:
        states: Members at the origin.
        law: Who speaks.
        messages: What they write.
        inflow: How many come.
        first_counts: What newcomers wrote in their first week.
        shift: Added to every member's logit, by week, shape (weeks,).

    Returns:
        Two float64 arrays of shape (weeks,).
    """
    weeks, size = shift.size, states.member.size
    runs = int(np.clip(_ROWS // max(size, 1), _FEWEST, _MOST))
    rng = np.random.default_rng(8_010_204)  # part of a fit, apart from the seeds of studies
    come = rng.poisson(expected_path(inflow, weeks=weeks), (runs, weeks))
    pool = first_counts if first_counts.size else np.ones(1, np.int64)
    world = _World(states, runs=runs, room=int(come.sum()))
    columns = [TERMS.index(term) for term in law.terms]
    speakers, written = np.zeros(weeks), np.zeros(weeks)
    for week in range(weeks):
        p = chance(law.coefficients, z=world.terms()[:, columns], shock=float(shift[week]))
        spoke = np.flatnonzero(rng.random(p.size) < p)
        mean = messages.mean(world.volume[spoke]) - 1.0
        said = 1 + rng.poisson(mean * rng.gamma(messages.shape, 1.0 / messages.shape, mean.size))
        new = np.repeat(np.arange(runs), come[:, week])
        first = rng.choice(pool, new.size)
        speakers[week] = (spoke.size + new.size) / runs
        written[week] = (said.sum() + first.sum()) / runs
        world.pass_week(spoke, said)
        world.count(np.bincount(np.concatenate([world.run[spoke], new]), minlength=runs))
        world.arrive(new, first)
    return speakers, written


class _World(LawMembers):
    """Members of all runs in one row after the other, and the group's level in each run."""

    def __init__(self, states: LawStates, *, runs: int, room: int) -> None:
        size = states.member.size
        super().__init__(runs * size + room)
        self.known = runs * size
        self.run = np.zeros(self.volume.size, np.int64)
        self.run[: self.known] = np.repeat(np.arange(runs), size)
        self.habits[:, : self.known] = np.tile(states.habits, runs)
        for mine, theirs in (
            (self.volume, states.volume), (self.weeks_silent, states.weeks_silent),
            (self.weeks_known, states.weeks_known), (self.once, states.once),
        ):  # fmt: skip
            mine[: self.known] = np.tile(theirs, runs)
        level = states.level
        self.last, self.short, self.long = (
            np.full(runs, one) for one in (level.last, level.short, level.long)
        )
        self.week = states.week

    def terms(self) -> Numbers:
        """Terms of those known, shape (known, 12)."""
        run = self.run[: self.known]
        short, trend = self.last - self.short, self.short - self.long
        return self.terms_at(short=short[run], trend=trend[run])

    def arrive(self, new: NDArray[np.int64], first: NDArray[np.int64]) -> None:
        """Take in newcomers: the run of each and what he wrote."""
        self.run[self.join(first)] = new

    def count(self, speakers: NDArray[np.int64]) -> None:
        """Let the week's speakers, by run, move the group's level."""
        self.last = np.log(speakers + 1.0)
        gain_short, gain_long = level_gains(self.week)
        self.short = self.short + gain_short * (self.last - self.short)
        self.long = self.long + gain_long * (self.last - self.long)
        self.week += 1
