"""When people write: hours, weekdays, weeks, and how bursty it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.table import DAY

if TYPE_CHECKING:
    from datetime import tzinfo

    from numpy.typing import NDArray

    Offset = int | NDArray[np.int64]

_THURSDAY = 3  # 1970-01-01, counted from Monday = 0
_LEAST_GAPS = 20
_QUARTER = 900  # seconds


def local_offsets(seconds: NDArray[np.int64], local: tzinfo) -> NDArray[np.int64]:
    """Seconds that local time is ahead of UTC at each moment, of the moments' shape.

    Zones change at whole quarters of an hour: each quarter is looked up once.
    """
    quarters, which = np.unique(seconds // _QUARTER, return_inverse=True)
    ahead = [
        (
            datetime.fromtimestamp(int(one) * _QUARTER, local).utcoffset() or timedelta()
        ).total_seconds()
        for one in quarters
    ]
    return np.array(ahead, dtype=np.int64)[which]


def week_table(seconds: NDArray[np.int64], *, offset: Offset = 0) -> NDArray[np.int64]:
    """Messages by weekday (Monday first) and hour.

    Args:
        seconds: Moments of the messages, shape (n,).
        offset: Seconds that local time is ahead of UTC, one for all or one each.

    Returns:
        int64 of shape (7, 24), sum n.
    """
    hours = (seconds + offset) // 3600 + 24 * _THURSDAY
    return np.bincount(hours % 168, minlength=168).reshape(7, 24)


def hour_shares(seconds: NDArray[np.int64], *, offset: Offset = 0) -> NDArray[np.float64]:
    """Share of messages by hour of the day.

    Args:
        seconds: Moments of the messages, shape (n,), n >= 1.
        offset: Seconds that local time is ahead of UTC, one for all or one each.

    Returns:
        float64 of shape (24,), sum 1.
    """
    hours = np.bincount((seconds + offset) % DAY // 3600, minlength=24)
    return np.asarray(hours / seconds.size, dtype=np.float64)


def weekday_message_shares(
    seconds: NDArray[np.int64], *, offset: Offset = 0
) -> NDArray[np.float64]:
    """Share of messages by weekday, Monday first; float64 of shape (7,), sum 1."""
    days = ((seconds + offset) // DAY + _THURSDAY) % 7
    return np.asarray(np.bincount(days, minlength=7) / seconds.size, dtype=np.float64)


def burstiness(seconds: NDArray[np.int64]) -> float | None:
    """Burstiness of the gaps between successive messages of the whole community.

    B = (sd - mean) / (sd + mean): -1 for a clock, 0 for a Poisson process, towards 1 for bursts
    (Goh and Barabási 2008, EPL 81, 48002).

    Args:
        seconds: Moments of the messages, non-decreasing, shape (n,).

    Returns:
        None with fewer than 20 gaps, or if all messages fall in one moment.
    """
    gaps = np.diff(seconds).astype(np.float64)
    if gaps.size < _LEAST_GAPS or not gaps.any():
        return None
    mean, spread = float(gaps.mean()), float(gaps.std())
    return (spread - mean) / (spread + mean)


def member_burstiness(seconds: NDArray[np.int64], member: NDArray[np.int32]) -> float | None:
    """Median burstiness of single members' gaps, over those with at least 20 gaps.

    Args:
        seconds: Moments of the messages, non-decreasing, shape (n,).
        member: Who wrote them, shape (n,).
    """
    order = np.argsort(member, kind="stable")
    bounds = np.flatnonzero(np.diff(member[order])) + 1
    values = [burstiness(part) for part in np.split(seconds[order], bounds)]
    known = [value for value in values if value is not None]
    return float(np.median(known)) if known else None
