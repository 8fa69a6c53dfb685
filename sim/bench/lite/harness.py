"""How a simulator's script answers: one JSON object a line, asked on standard input.

``{"n": members, "days": days, "seed": seed}`` is answered by ``{"seconds": s, "rows": [[messages,
members, motivation], ...]}``, where the seconds are those of the days alone: building the
community, importing and reading back what was recorded are left out.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Community(Protocol):
    """A built community, ready for day 0."""

    def advance(self, days: int) -> None:
        """Simulate the days; this is what is timed."""

    def rows(self) -> Sequence[Sequence[float]]:
        """What was recorded: messages, members, summed motivation of each day."""


def serve(build: Callable[[int, int, int], Community]) -> None:
    """Answer requests until standard input ends.

    Args:
        build: Makes a community from the number of members, the days it will be asked for (some
            simulators want to know beforehand) and the seed.
    """
    answers, sys.stdout = sys.stdout, sys.stderr  # what a simulator prints is no answer
    for line in sys.stdin:
        request = json.loads(line)
        community = build(request["n"], request["days"], request["seed"])
        gc.collect()
        begin = time.perf_counter()
        community.advance(request["days"])
        seconds = time.perf_counter() - begin
        rows = [[float(value) for value in row] for row in community.rows()]
        print(json.dumps({"seconds": seconds, "rows": rows}), file=answers, flush=True)
        del community
