"""community-lite on Mesa: agents with attributes, activated simultaneously in two passes.

Follows Mesa's guide to activation (all agents ``do`` the first half, then the second) and its
``DataCollector``. Whom a member reads is a plain list of agents, lighter than a network space.
"""

from __future__ import annotations

import math
from typing import Any

import mesa
from harness import serve
from reference import DELTA, H0, KH, READS, RHO, A, B, C, start, stream


class Member(mesa.Agent):
    """One member."""

    def __init__(self, model: Lite, *, motivation: float, active: bool) -> None:
        super().__init__(model)
        self.motivation = motivation
        self.active = active
        self.exposure = 0.0
        self.reads: list[Member] = []

    def look(self) -> None:
        """Read what the others posted yesterday."""
        self.exposure = sum([other.active for other in self.reads]) / READS

    def act(self) -> None:
        """Post, be moved, perhaps leave."""
        draw = self.random.random
        logit = A + B * self.exposure + C * self.motivation
        self.active = draw() < 1 / (1 + math.exp(-logit))
        self.model.messages += self.active
        self.motivation += RHO * self.exposure - DELTA * self.motivation
        if draw() < H0 * math.exp(-KH * self.motivation):
            self.active = False
            self.remove()


class Lite(mesa.Model):
    """The community."""

    def __init__(self, n: int, days: int, seed: int) -> None:
        del days
        super().__init__(rng=stream(seed))
        begin = start(n, seed=seed)
        members = [
            Member(self, motivation=motivation, active=active)
            for motivation, active in zip(
                begin.motivation.tolist(), begin.active.tolist(), strict=True
            )
        ]
        for member, reads in zip(members, begin.reads.tolist(), strict=True):
            member.reads = [members[other] for other in reads]
        self.messages = 0
        self.datacollector = mesa.DataCollector(
            model_reporters={"messages": "messages", "members": count, "motivation": motivation_of}
        )

    def step(self) -> None:
        """One day."""
        self.messages = 0
        self.agents.do("look")
        self.agents.do("act")
        self.datacollector.collect(self)

    def advance(self, days: int) -> None:
        """Simulate the days."""
        for _ in range(days):
            self.step()

    def rows(self) -> list[Any]:
        """What the data collector holds."""
        kept = self.datacollector.model_vars
        return list(zip(kept["messages"], kept["members"], kept["motivation"], strict=True))


def count(model: Lite) -> int:
    """Members present."""
    return len(model.agents)


def motivation_of(model: Lite) -> float:
    """Their summed motivation."""
    return float(model.agents.agg("motivation", sum))


if __name__ == "__main__":
    serve(Lite)
