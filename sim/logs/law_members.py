"""Members as the law sees them, and what a week leaves of them, in logs and in made-up weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.logs.law import DECAY, law_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

VOLUME_GAIN, START_VOLUME = 0.25, 3.0
"""Weight of a week in the smoothed messages, and what those of the first week are mixed with."""


class LawMembers:
    """A row for everybody who will ever be there, in the order of coming; the first are known.

    Attributes:
        known: How many are: a prefix, so that each week works on views without indexing.
        habits: float64 of shape (3, room): decayed counts of weeks with a message (2, 8, 40 weeks).
        volume: float64, smoothed messages of an active week.
        weeks_silent: int32, weeks since the last message, at least 1.
        weeks_known: int32, weeks since the first message, at least 1.
        once: bool, never came back after the first week.
    """

    def __init__(self, room: int) -> None:
        self.known = 0
        self.habits = np.zeros((len(DECAY), room))
        self.volume = np.ones(room)
        self.weeks_silent = np.ones(room, dtype=np.int32)
        self.weeks_known = np.ones(room, dtype=np.int32)
        self.once = np.ones(room, dtype=np.bool_)

    def terms_at(
        self, *, short: float | NDArray[np.float64], trend: float | NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Terms z of those known, float64 of shape (known, 12); see :func:`sim.logs.law.law_terms`.

        Args:
            short: The group's short deviation, one for all or one each.
            trend: Its trend, likewise.
        """
        known = self.known
        return law_terms(
            self.habits[:, :known],
            weeks_silent=self.weeks_silent[:known],
            weeks_known=self.weeks_known[:known],
            once=self.once[:known],
            volume=self.volume[:known],
            short=short,
            trend=trend,
        )

    def pass_week(
        self,
        spoke: NDArray[np.int64],
        messages: NDArray[np.int64],
        *,
        seen: slice | NDArray[np.int64] | None = None,
    ) -> None:
        """Let a week pass for those known.

        Args:
            spoke: Rows of those who spoke.
            messages: What each wrote.
            seen: Rows for whom the week counts; all known by default.
        """
        rows = slice(0, self.known) if seen is None else seen
        for habit, decay in zip(self.habits, DECAY, strict=True):
            habit[rows] *= decay
        self.weeks_silent[rows] += 1
        self.weeks_known[rows] += 1
        self.habits[:, spoke] += 1.0
        self.volume[spoke] += VOLUME_GAIN * (messages - self.volume[spoke])
        self.weeks_silent[spoke] = 1
        self.once[spoke] = False

    def join(self, messages: NDArray[np.int64]) -> slice:
        """Take in newcomers by what they wrote in their first week; their rows."""
        rows = slice(self.known, self.known + messages.size)
        self.volume[rows] = (messages + START_VOLUME) / 2.0
        self.known += messages.size
        return rows
