"""What a policy may see of a running community: the KPIs of the days that are over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.record import DAILY, DAILY_INDEX

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MONEY = {"revenue", "cost"}
_FEN = 100.0
OBSERVED = (*DAILY, "profit")
"""Names of the series that can be looked at; money in yuan, all else in numbers a day."""


class Community:
    """A community on the morning of a day, as its operator knows it.

    No member can be seen, and nothing of today or later.

    Args:
        run: A ``sim.simulation.Run`` on the morning of its ``day``.

    Attributes:
        day: Today, 0-based; the last day that can be seen is the one before.
    """

    def __init__(self, run: Any) -> None:
        self._run = run
        self.day = int(run.day)
        self._seen: dict[str, NDArray[np.float64]] = {}
        self._means: dict[tuple[str, int, int], float] = {}

    @property
    def members(self) -> int:
        """Members this morning."""
        if self.day == 0:
            return int(self._run.initial_members)
        return int(self.last("members"))

    def series(self, name: str) -> NDArray[np.float64]:
        """A daily KPI of the whole community over the past days, shape (day,).

        Raises:
            KeyError: No KPI of ``OBSERVED`` has this name.
        """
        if name not in self._seen:  # several policies may ask on one morning
            self._seen[name] = self._look(name)
        return self._seen[name]

    def _look(self, name: str) -> NDArray[np.float64]:
        if name == "profit":
            return self.series("revenue") - self.series("cost")
        counts: NDArray[np.int64] = self._run.books.daily[: self.day, :, DAILY_INDEX[name]]
        total: NDArray[np.float64] = counts.sum(axis=1) / (_FEN if name in _MONEY else 1.0)
        return total

    def last(self, name: str) -> float:
        """Yesterday's value; 0 on day 0, before anything was seen."""
        return self.mean(name, days=1)

    def mean(self, name: str, *, days: int = 7, before: int = 0) -> float:
        """Mean of ``days`` days, or of as many as there were; 0 if there were none.

        Args:
            name: A KPI of ``OBSERVED``.
            days: Days that are averaged.
            before: Days between the last of them and yesterday.
        """
        asked = (name, days, before)
        if asked not in self._means:
            last = max(0, self.day - before)
            seen = self.series(name)[max(0, last - days) : last]
            self._means[asked] = float(seen.sum()) / len(seen) if len(seen) else 0.0
        return self._means[asked]
