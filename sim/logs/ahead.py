"""The laws of a log, week by week ahead: where its members are going by themselves.

A plain form of the weeks that the engine lives day by day: who speaks by the member law, what is
written by the message law, newcomers at the inflow's expected path, no luck common to all. It
tells what the engine would do on average, at a hundredth of its cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.logs.inflow import expected_path
from sim.logs.law import DECAY, GAINS, TERMS, chance, law_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.fit_law import LawFit
    from sim.logs.fit_messages import MessageFit
    from sim.logs.inflow import InflowFit
    from sim.logs.replay import LawStates

    Numbers = NDArray[np.float64]

_ROWS, _FEWEST, _MOST = 40_000, 4, 256
"""Member-runs, and runs at least and at most."""
_VOLUME_GAIN, _START_VOLUME = 0.25, 3.0


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
        world.pass_week(spoke, said, new=new, first=first)
    return speakers, written


class _World:
    """Members of all runs in one row after the other, and the group's level in each run."""

    def __init__(self, states: LawStates, *, runs: int, room: int) -> None:
        size = states.member.size
        self.known = runs * size
        total = self.known + room
        self.run = np.zeros(total, np.int64)
        self.run[: self.known] = np.repeat(np.arange(runs), size)
        self.habits = np.zeros((len(DECAY), total))
        self.habits[:, : self.known] = np.tile(states.habits, runs)
        self._volume, self.silent, self.age, self.once = (
            np.ones(total), np.ones(total, np.int32), np.ones(total, np.int32),
            np.ones(total, np.bool_),
        )  # fmt: skip
        for mine, theirs in (
            (self._volume, states.volume), (self.silent, states.weeks_silent),
            (self.age, states.weeks_known), (self.once, states.once),
        ):  # fmt: skip
            mine[: self.known] = np.tile(theirs, runs)
        self.level = np.tile(
            np.array([[states.level.last], [states.level.short], [states.level.long]]), runs
        )
        self.week = states.week

    @property
    def volume(self) -> Numbers:
        """Smoothed messages of those known."""
        return self._volume[: self.known]

    def terms(self) -> Numbers:
        """Terms of those known, shape (known, 12)."""
        known = slice(0, self.known)
        z = law_terms(
            self.habits[:, known], weeks_silent=self.silent[known], weeks_known=self.age[known],
            once=self.once[known], volume=self.volume, short=0.0, trend=0.0,
        )  # fmt: skip
        last, short, long = self.level
        z[:, TERMS.index("group_short")] = (last - short)[self.run[known]]
        z[:, TERMS.index("group_trend")] = (short - long)[self.run[known]]
        return z

    def pass_week(
        self,
        spoke: NDArray[np.int64],
        said: NDArray[np.int64],
        *,
        new: NDArray[np.int64],
        first: NDArray[np.int64],
    ) -> None:
        """What the week leaves: who spoke, who came (their runs), and what they wrote."""
        known = slice(0, self.known)
        for habit, decay in zip(self.habits, DECAY, strict=True):
            habit[known] *= decay
            habit[spoke] += 1.0
        self.silent[known] += 1
        self.age[known] += 1
        self.silent[spoke], self.once[spoke] = 1, False
        self._volume[spoke] += _VOLUME_GAIN * (said - self._volume[spoke])
        rows = slice(self.known, self.known + new.size)
        self.run[rows], self._volume[rows] = new, (first + _START_VOLUME) / 2.0
        runs = self.level.shape[1]
        count = np.bincount(np.concatenate([self.run[spoke], new]), minlength=runs)
        last = np.log(count + 1.0)
        gains = [max(1.0 / weeks, 1.0 / (self.week + 1.0)) for weeks in GAINS]
        self.level[1] += gains[0] * (last - self.level[1])
        self.level[2] += gains[1] * (last - self.level[2])
        self.level[0] = last
        self.known += new.size
        self.week += 1
