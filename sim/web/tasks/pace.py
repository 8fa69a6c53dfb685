"""How long something takes that is done in many steps, and how often to look at it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SURE = 2.0
"""Seconds after which the time left is told: before, it would jump."""


@dataclass
class Clock:
    """Tells the time left from the pace so far.

    Attributes:
        now: Seconds on a clock that only goes forward.
    """

    now: Callable[[], float] = time.monotonic
    _first: tuple[float, int] | None = field(default=None, init=False)

    def left(self, done: int, total: int) -> float | None:
        """Seconds that the rest takes; None = not known yet."""
        if self._first is None:
            self._first = self.now(), done
        since, before = self._first
        passed = self.now() - since
        if passed < _SURE or done <= before:
            return None
        return passed * (total - done) / (done - before)


@dataclass
class Looks:
    """Decides when to look at what is there: soon at first, then never for most of the time.

    Attributes:
        first: Steps after which the first look is worth while.
        every: Seconds between looks at least; the first comes no later than this.
        share: Most of the time that looking may take.
        now: Seconds on a clock that only goes forward.
    """

    first: int = 20
    every: float = 1.0
    share: float = 0.2
    now: Callable[[], float] = time.monotonic
    _next: float | None = field(default=None, init=False)
    _looked: bool = field(default=False, init=False)

    def due(self, steps: int) -> bool:
        """Whether to look after so many steps."""
        if self._next is None:
            self._next = self.now() + self.every
        return self.now() >= self._next or (not self._looked and steps >= self.first)

    def looked(self, seconds: float) -> None:
        """A look took so long."""
        self._looked = True
        self._next = self.now() + max(self.every, seconds / self.share - seconds)
