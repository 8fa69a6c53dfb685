"""community-lite on AgentPy: an ``AgentList`` whose methods are called for every agent.

Follows AgentPy's model template (``setup``, ``step``, ``update``, ``record``). Whom a member reads
is a plain list of agents, lighter than its ``Network``.
"""

from __future__ import annotations

import math
from typing import Any

import agentpy as ap
from harness import serve
from reference import DELTA, H0, KH, READS, RHO, A, B, C, start, stream


class Member(ap.Agent):
    """One member."""

    def setup(self, begin: Any) -> None:
        """Take over the start; AgentPy numbers agents from 1."""
        self.present = True
        self.motivation = float(begin.motivation[self.id - 1])
        self.active = bool(begin.active[self.id - 1])
        self.exposure = 0.0
        self.reads: list[Member] = []

    def look(self) -> None:
        """Read what the others posted yesterday."""
        self.exposure = sum([other.active for other in self.reads]) / READS

    def act(self) -> None:
        """Post, be moved, perhaps leave."""
        draw = self.model.random.random
        logit = A + B * self.exposure + C * self.motivation
        self.active = draw() < 1 / (1 + math.exp(-logit))
        self.model.messages += self.active
        self.motivation += RHO * self.exposure - DELTA * self.motivation
        if draw() < H0 * math.exp(-KH * self.motivation):
            self.active = self.present = False
            self.model.leaving = True


class Lite(ap.Model):
    """The community."""

    def setup(self) -> None:
        """Build it."""
        begin = start(self.p.n, seed=self.p.start)
        self.agents = ap.AgentList(self, self.p.n, Member, begin=begin)
        everyone = list(self.agents)
        for member, reads in zip(everyone, begin.reads.tolist(), strict=True):
            member.reads = [everyone[other] for other in reads]
        self.messages = 0
        self.leaving = False

    def step(self) -> None:
        """One day."""
        self.messages = 0
        self.agents.look()
        self.agents.act()
        if self.leaving:
            self.agents = self.agents.select(self.agents.present)
            self.leaving = False

    def update(self) -> None:
        """Record the day; AgentPy also calls this before the first."""
        if self.t:
            self.record("messages")
            self.record("members", len(self.agents))
            self.record("motivation", sum(self.agents.motivation))


class Run:
    """One simulation, advanced as AgentPy's own ``run`` does."""

    def __init__(self, n: int, days: int, seed: int) -> None:
        self.model = Lite({"n": n, "start": seed, "seed": stream(seed)})
        self.model.sim_setup(steps=days)

    def advance(self, days: int) -> None:
        """Simulate the days."""
        for _ in range(days):
            self.model.sim_step()

    def rows(self) -> list[Any]:
        """What was recorded."""
        log = self.model.log
        return list(zip(log["messages"], log["members"], log["motivation"], strict=True))


if __name__ == "__main__":
    serve(Run)
