"""When activity was highest, and how fast it halved afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.values import NEVER, Value

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


LASTING = 28
"""Days after a halving over which it must hold (as far as observed)."""

LASTING_LEAST = 14
"""Days that must be left to see whether it holds."""


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The window with most activity.

    Attributes:
        day: Its centre: the window covers days ``day - width // 2`` onwards.
        width: Its length in days.
        total: Speaker-days in it.
        at_edge: Whether it is the last window of the run, so that the peak may be still to come.
    """

    day: int
    width: int
    total: int
    at_edge: bool


def window_width(days: int) -> int:
    """Window over which activity is averaged in a run of ``days`` >= 1 days."""
    if days >= 112:
        return 28
    return 14 if days >= 56 else min(7, days)


def find_peak(speakers: ArrayLike) -> Peak:
    """Find the window with most speaker-days, the first if tied.

    Args:
        speakers: Members who spoke, by day, whole numbers of shape (H,), H >= 1.
    """
    series = np.asarray(speakers, dtype=np.int64)
    width = window_width(series.size)
    running = np.concatenate(([0], np.cumsum(series)))
    totals = running[width:] - running[:-width]
    start = int(totals.argmax())
    return Peak(
        day=start + width // 2,
        width=width,
        total=int(totals[start]),
        at_edge=start == totals.size - 1,
    )


def half_life(speakers: ArrayLike) -> Value:
    """Days from the peak to the first lasting halving.

    A halving is the first day whose centred window's mean is at most half the peak's, if so is the
    mean of the following 28 days, or of as many as were observed, but at least 14.

    Args:
        speakers: As for :func:`find_peak`.

    Returns:
        Days, ``NEVER``, or None if nobody ever spoke.
    """
    series = np.asarray(speakers, dtype=np.int64)
    return half_life_after(series, find_peak(series))


def half_life_after(series: NDArray[np.int64], peak: Peak) -> Value:
    """The half-life of :func:`half_life` where the peak is already known."""
    if peak.total == 0:
        return None
    running = np.concatenate(([0], np.cumsum(series)))
    day = np.arange(peak.day + 1, series.size - LASTING_LEAST)
    if day.size == 0:
        return NEVER
    start = day - peak.width // 2
    around = running[start + peak.width] - running[start]
    stop = np.minimum(day + LASTING + 1, series.size)
    after = running[stop] - running[day + 1]
    # Whole numbers: mean <= peak mean / 2 without division, so that exact halves count.
    halved = (2 * around <= peak.total) & (2 * peak.width * after <= peak.total * (stop - day - 1))
    first = int(halved.argmax())
    return float(first + 1) if halved[first] else NEVER
