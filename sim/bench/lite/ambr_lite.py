"""community-lite on ambr: its array-kernel model, the lane it names for a step that is array math.

Its ``recommend`` names two lanes for dense interactions: columns borrowed and committed, and
``ArrayKernelModel`` where the whole step is array math. The second is 1.4 to 4 times faster here,
so it stands for ambr. Who left stays as a row that is not present.
"""

from __future__ import annotations

from typing import Any

import ambr
from harness import serve
from reference import DELTA, H0, KH, RHO, A, B, C, start, stream


class Lite(ambr.ArrayKernelModel):
    """The community; ``xp`` is NumPy, or CuPy where there is a graphics card."""

    def init_state(self, xp: Any, n: int, rng: Any, p: dict[str, Any]) -> dict[str, Any]:
        """Take over the start."""
        del rng
        self.reads = xp.asarray(p["begin"].reads)
        return {
            "motivation": xp.asarray(p["begin"].motivation),
            "active": xp.asarray(p["begin"].active),
            "present": xp.ones(n, dtype=bool),
            "posts": xp.zeros(n, dtype=bool),
        }

    def step_state(
        self, xp: Any, state: dict[str, Any], rng: Any, p: dict[str, Any]
    ) -> dict[str, Any]:
        """One day."""
        motivation, present = state["motivation"], state["present"]
        exposure = state["active"][self.reads].mean(axis=1)
        chance = 1 / (1 + xp.exp(-(A + B * exposure + C * motivation)))
        posts = (rng.random(p["n"]) < chance) & present
        motivation = xp.where(present, (1 - DELTA) * motivation + RHO * exposure, motivation)
        present = present & (rng.random(p["n"]) >= H0 * xp.exp(-KH * motivation))
        return {
            "motivation": motivation,
            "active": posts & present,
            "present": present,
            "posts": posts,
        }

    def metrics(self, xp: Any, state: dict[str, Any]) -> dict[str, Any]:
        """The day's totals."""
        del xp
        return {
            "messages": state["posts"].sum(),
            "members": state["present"].sum(),
            "motivation": state["motivation"][state["present"]].sum(),
        }


class Run:
    """One simulation; its start is drawn beforehand, because ``run`` also initialises."""

    def __init__(self, n: int, days: int, seed: int) -> None:
        del days
        parameters = {"n": n, "begin": start(n, seed=seed), "seed": stream(seed)}
        self.model = Lite({**parameters, "prefer_gpu": False})
        self.results: Any = None

    def advance(self, days: int) -> None:
        """Simulate the days."""
        self.results = self.model.run(steps=days)

    def rows(self) -> list[Any]:
        """What was recorded."""
        return list(self.results.model.select("messages", "members", "motivation").rows())


if __name__ == "__main__":
    serve(Run)
