"""community-lite on Starsim: a module with states, Bernoulli draws, and deaths for leaving.

Follows Starsim's guide to modules: parameters and states are defined, chances are functions of the
module, draws are its common random numbers (the default), and who leaves is a requested death.
Whom a member reads is a plain array, lighter than a network of edges.
"""

from __future__ import annotations

import os
from typing import Any

os.environ["STARSIM_INSTALL_FONTS"] = "0"  # figures are not drawn

import numpy as np
import starsim as ss
from harness import serve
from reference import DELTA, H0, KH, RHO, A, B, C, Start, start, stream


def chance_to_post(module: Talk, sim: Any, uids: Any) -> Any:
    """Chance of each to post today."""
    del sim
    return 1 / (1 + np.exp(-(A + B * module.exposure[uids] + C * module.motivation[uids])))


def chance_to_leave(module: Talk, sim: Any, uids: Any) -> Any:
    """Chance of each to leave today."""
    del sim
    return H0 * np.exp(-KH * module.motivation[uids])


class Talk(ss.Module):
    """What the members do."""

    def __init__(self, begin: Start) -> None:
        super().__init__(name="talk")
        self.define_pars(post=ss.bernoulli(p=chance_to_post), leave=ss.bernoulli(p=chance_to_leave))
        self.define_states(
            ss.FloatArr("motivation", default=0.0),
            ss.FloatArr("exposure", default=0.0),
            ss.BoolArr("active", default=False),
        )
        self.begin = begin
        self.messages = 0

    def init_results(self) -> None:
        """Three totals a day."""
        super().init_results()
        self.define_results(
            ss.Result("messages", dtype=int),
            ss.Result("members", dtype=int),
            ss.Result("motivation", dtype=float),
        )

    def init_post(self) -> None:
        """Take over the start."""
        super().init_post()
        self.motivation[:] = self.begin.motivation
        self.active[:] = self.begin.active

    def step(self) -> None:
        """One day."""
        present = self.sim.people.auids
        exposure = self.active.raw[self.begin.reads[present]].mean(axis=1)
        self.exposure[present] = exposure
        posts = self.pars.post.filter(present)
        self.motivation[present] = (1 - DELTA) * self.motivation[present] + RHO * exposure
        leaving = self.pars.leave.filter(present)
        self.active[present] = False
        self.active[posts] = True
        self.active[leaving] = False
        self.sim.people.request_death(leaving)
        self.messages = len(posts)

    def update_results(self) -> None:
        """Record the day, after those who left were marked."""
        super().update_results()
        stays = self.sim.people.alive.uids
        self.results.messages[self.ti] = self.messages
        self.results.members[self.ti] = len(stays)
        self.results.motivation[self.ti] = self.motivation[stays].sum()


class Run:
    """One simulation, initialised beforehand."""

    def __init__(self, n: int, days: int, seed: int) -> None:
        self.sim = ss.Sim(
            n_agents=n,
            start=ss.date("2026-01-01"),
            dur=ss.days(days - 1),
            dt=ss.days(1),
            rand_seed=stream(seed),
            modules=Talk(start(n, seed=seed)),
            verbose=0,
        )
        self.sim.init()

    def advance(self, days: int) -> None:
        """Simulate the days it was made for."""
        del days
        self.sim.run()

    def rows(self) -> list[Any]:
        """What was recorded."""
        kept = self.sim.results.talk
        return list(zip(kept.messages, kept.members, kept.motivation, strict=True))


if __name__ == "__main__":
    serve(Run)
