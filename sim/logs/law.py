"""The member law: how likely a member with a history is to speak in the coming week.

The logit of the chance is linear in smoothed own habit on three time scales, silence, tenure,
volume and the group's recent level. The law was found, nearly unchanged, in mail lists, chat
channels, a forum and a private-message site; what differs between logs is mostly the intercept.
Written here in float64 and without reference to the engine's own float32 form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

TERMS = (
    "intercept",
    "habit_fast",
    "habit_medium",
    "habit_slow",
    "spoke_last_week",
    "log_silence",
    "log_tenure",
    "once",
    "log_volume",
    "once_log_silence",
    "group_short",
    "group_trend",
)
"""Terms of the law, in order."""

SCALES = (2.0, 8.0, 40.0)
"""Time constants of the habits, in weeks."""

DECAY = tuple(float(np.exp(-1.0 / scale)) for scale in SCALES)
"""What a week leaves of each habit."""

PRIOR_SHARE = 0.1
"""Share of weeks in which a member without history is taken to speak."""
PRIOR_WEEKS = 0.5
"""How many weeks of history that prior is worth."""

GAINS = (8, 52)
"""Weeks over which the group's level is averaged for its short and long mean."""


@dataclass(frozen=True)
class LawPrior:
    """Coefficients shared by the families of logs, and how far a single log strays from them.

    Attributes:
        terms: Names, a subset of :data:`TERMS` in their order.
        mean: Coefficient of each.
        sd: Prior standard deviation of each.
    """

    terms: tuple[str, ...]
    mean: tuple[float, ...]
    sd: tuple[float, ...]

    @property
    def columns(self) -> NDArray[np.int64]:
        """Positions of the terms in :data:`TERMS`."""
        return np.array([TERMS.index(term) for term in self.terms])


POOLED = LawPrior(
    terms=TERMS,
    mean=(-1.04, 0.19, 0.19, 0.35, 0.00, -0.64, 0.20, 1.35, 0.17, -0.33, 0.25, -0.03),
    sd=(0.5, 0.2, 0.2, 0.25, 0.2, 0.2, 0.25, 0.25, 0.15, 0.15, 0.25, 0.5),
)
"""All twelve terms; pooled over eight families of logs (forecasting note, section 3.2)."""

MINIMAL = LawPrior(
    terms=(
        "intercept",
        "habit_medium",
        "habit_slow",
        "log_silence",
        "log_tenure",
        "log_volume",
        "group_short",
        "group_trend",
    ),
    mean=(-0.69, 0.19, 0.29, -0.97, 0.13, 0.20, 0.28, -0.06),
    sd=(0.5, 0.2, 0.25, 0.2, 0.25, 0.15, 0.25, 0.5),
)
"""Eight terms that forecast as well (same section)."""


def history_weight(weeks_known: ArrayLike, *, decay: float) -> NDArray[np.float64]:
    """The largest value a habit can have: the decayed count of the weeks observed.

    Args:
        weeks_known: Weeks since the first message, at least 1; ``weeks_known - 1`` were observed.
        decay: What a week leaves, one of :data:`DECAY`.
    """
    observed = np.asarray(weeks_known, dtype=np.float64) - 1.0
    return np.asarray((1.0 - decay**observed) / (1.0 - decay), dtype=np.float64)


def habit_logit(
    habit: NDArray[np.float64], *, weeks_known: NDArray[np.int32], decay: float
) -> NDArray[np.float64]:
    """Logit of the smoothed share of weeks with a message, shrunk towards :data:`PRIOR_SHARE`."""
    spoken = habit + PRIOR_WEEKS * PRIOR_SHARE
    weeks = history_weight(weeks_known, decay=decay) + PRIOR_WEEKS
    return np.asarray(np.log(spoken / (weeks - spoken)), dtype=np.float64)


def law_terms(
    habits: NDArray[np.float64],
    *,
    weeks_silent: NDArray[np.int32],
    weeks_known: NDArray[np.int32],
    once: NDArray[np.bool_],
    volume: NDArray[np.float64],
    short: float | NDArray[np.float64],
    trend: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """The twelve terms z of members at the start of a week.

    Args:
        habits: float64 of shape (3, n): decayed counts of weeks with a message, fast to slow.
        weeks_silent: int32 of shape (n,): weeks since the last message, at least 1.
        weeks_known: int32 of shape (n,): weeks since the first message, at least 1.
        once: bool of shape (n,): never came back after the first week.
        volume: float64 of shape (n,): smoothed messages of an active week, above 1.
        short: The group's level minus its 8-week mean (log speakers), one for all or one each.
        trend: Its 8-week mean minus its 52-week mean, likewise.

    Returns:
        float64 of shape (n, 12), columns as :data:`TERMS`.
    """
    silence = np.log(weeks_silent.astype(np.float64))
    z = np.empty((weeks_silent.size, len(TERMS)))
    z[:, 0] = 1.0
    for scale, decay in enumerate(DECAY):
        z[:, 1 + scale] = habit_logit(habits[scale], weeks_known=weeks_known, decay=decay)
    z[:, 4] = weeks_silent == 1
    z[:, 5] = silence
    z[:, 6] = np.log(weeks_known.astype(np.float64))
    z[:, 7] = once
    z[:, 8] = np.log(volume)
    z[:, 9] = once * silence
    z[:, 10] = short
    z[:, 11] = trend
    return z


def chance(
    coefficients: ArrayLike, *, z: NDArray[np.float64], shock: float = 0.0
) -> NDArray[np.float64]:
    """Chance to speak in the week.

    Args:
        coefficients: One for each column of ``z``.
        z: Terms, shape (n, k).
        shock: The common shock and the week's noise, on the logit scale.

    Returns:
        float64 of shape (n,), from 0 to 1.
    """
    logit = z @ np.asarray(coefficients, dtype=np.float64) + shock
    small = np.exp(-np.abs(logit))  # never overflows, whatever the shock
    return np.asarray(np.where(logit >= 0.0, 1.0, small) / (1.0 + small), dtype=np.float64)
