"""What a benchmark is doing, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """What is being done.

    Attributes:
        step: ``compile``, ``day`` or ``ensemble`` of our engine; ``install``, ``check``, ``time``
            or ``failed`` of the simulators beside it.
        name: The simulator, or the size that is timed.
        done: Simulators or timings finished in this step.
        total: Of how many.
        reason: Why it failed; empty otherwise.
    """

    step: str
    name: str
    done: int
    total: int
    reason: str = ""


OnProgress = Callable[[Progress], None]
"""Called before everything that takes a while."""


def nobody(news: Progress) -> None:
    """Nobody is told."""
