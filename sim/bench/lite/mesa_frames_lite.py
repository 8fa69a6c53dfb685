"""community-lite on mesa-frames: one Polars agent set, a day in native expressions.

Its guide asks for native expressions. Reading the ten others by gathering a column is several times
faster than the join on ids of its examples; who left stays as a row that is not present, so that
a position remains an id.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from harness import serve
from mesa_frames import AgentSetPolars, ModelDF
from reference import DELTA, H0, KH, READS, RHO, A, B, C, start, stream


class Members(AgentSetPolars):
    """All members."""

    agents: Any

    def __init__(self, n: int, model: Lite, seed: int) -> None:
        super().__init__(model)
        begin = start(n, seed=seed)
        columns = {
            "unique_id": pl.arange(n, eager=True),
            "motivation": begin.motivation,
            "active": begin.active,
            "present": pl.Series([True]).new_from_index(0, n),
        }
        reads = {f"read_{k}": begin.reads[:, k] for k in range(READS)}
        self.add(pl.DataFrame({**columns, **reads}))

    def step(self) -> None:
        """One day."""
        n = len(self)
        draw = self.random.random
        seen = [pl.col("active").gather(pl.col(f"read_{k}")) for k in range(READS)]
        logit = A + B * pl.col("exposure") + C * pl.col("motivation")
        moved = (1 - DELTA) * pl.col("motivation") + RHO * pl.col("exposure")
        self.agents = (
            self.agents.with_columns(
                exposure=pl.sum_horizontal(seen) / READS,
                luck=pl.Series(draw(n)),
                fate=pl.Series(draw(n)),
            )
            .with_columns(
                posts=(pl.col("luck") < 1 / (1 + (-logit).exp())) & pl.col("present"),
                motivation=pl.when("present").then(moved).otherwise("motivation"),
            )
            .with_columns(
                present=pl.col("present")
                & (pl.col("fate") >= H0 * (-KH * pl.col("motivation")).exp())
            )
            .with_columns(active=pl.col("posts") & pl.col("present"))
        )


class Lite(ModelDF):
    """The community."""

    def __init__(self, n: int, days: int, seed: int) -> None:
        del days
        super().__init__(stream(seed))
        self.agents += Members(n, self, seed)
        self.recorded: list[Any] = []

    def step(self) -> None:
        """One day and its totals."""
        self.agents.do("step")
        members = self.get_agents_of_type(Members).agents
        totals = members.select(
            pl.col("posts").sum(),
            pl.col("present").sum(),
            pl.col("motivation").filter("present").sum(),
        )
        self.recorded.append(totals.row(0))

    def advance(self, days: int) -> None:
        """Simulate the days."""
        for _ in range(days):
            self.step()

    def rows(self) -> list[Any]:
        """What was recorded."""
        return self.recorded


if __name__ == "__main__":
    serve(Lite)
