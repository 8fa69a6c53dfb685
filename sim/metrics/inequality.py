"""How unequally people talk: Gini coefficient, Lorenz curve, share of the most active.

The population is everybody who wrote at least once in the run, staff included. Inequality grows
with the horizon, so only runs of equal length compare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.metrics.persons import persons_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.metrics.measured import Measured
    from sim.record import RunRecord


def gini(amounts: ArrayLike) -> float | None:
    """Gini coefficient: half the mean absolute difference of two persons over the mean.

    Args:
        amounts: Non-negative whole numbers, one a person, of shape (n,).

    Returns:
        0 (all equal) to (n - 1) / n (one has all); None if the sum is 0.
    """
    return _gini(np.sort(np.asarray(amounts, dtype=np.int64)))


def lorenz(amounts: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Lorenz curve: what share of the total the least active share of the persons holds.

    Args:
        amounts: As for :func:`gini`.

    Returns:
        Shares of persons and of the total, both of shape (n + 1,), from 0 to 1; None if the sum
        is 0.
    """
    ordered = np.sort(np.asarray(amounts, dtype=np.int64))
    total = int(ordered.sum())
    if total == 0:
        return None
    held = np.concatenate(([0], np.cumsum(ordered))) / total
    return np.linspace(0.0, 1.0, ordered.size + 1), held


def top_share(amounts: ArrayLike, *, top: float) -> float | None:
    """Share of the total held by the most active ``top`` of the persons.

    The Lorenz curve is read by linear interpolation: no rounding to whole persons, so that 1 % of
    thirty people is 0.3 of the most active one's amount.

    Args:
        amounts: As for :func:`gini`.
        top: Share of the persons, 0 to 1.
    """
    return _top_share(np.sort(np.asarray(amounts, dtype=np.int64)), top)


def _gini(ordered: NDArray[np.int64]) -> float | None:
    total = int(ordered.sum())
    if total == 0:
        return None
    weights = np.arange(1 - ordered.size, ordered.size, 2)
    return float(weights @ ordered) / (ordered.size * total)


def _top_share(ordered: NDArray[np.int64], top: float) -> float | None:
    total = int(ordered.sum())
    if total == 0:
        return None
    whole, part = divmod(top * ordered.size, 1.0)
    first = ordered.size - int(whole)
    held = float(ordered[first:].sum())
    if part > 0.0 and first > 0:
        held += part * float(ordered[first - 1])
    return held / total


def message_counts(
    record: RunRecord, *, population: Literal["speakers", "members"] = "speakers"
) -> NDArray[np.int64]:
    """Messages of each person in the run.

    Args:
        record: The run.
        population: Only those who wrote at least once, or every member ever (as figures of the kind
            "1 % of the members" need it).
    """
    counts = persons_of(record.members, days=record.days).messages
    return counts[counts > 0] if population == "speakers" else counts


def gini_messages(run: Measured) -> float | None:
    """Gini coefficient of messages over those who wrote."""
    return _gini(run.talk)


def top_message_share(run: Measured, *, top: float) -> float | None:
    """Share of the messages by the most active share of those who wrote."""
    return _top_share(run.talk, top)
