"""How much is said on a speaking day, so that a week brings what the log's message law expects.

The log's law is weekly (``sim.logs.fit_messages``), the engine's daily: messages beyond the first
are, in the mean, rate x M^persistence, where M is the member's smoothed volume.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.parameters import by_path
from sim.warm_start.days import FurtherDays, days_spoken, fit_base

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.community import Community

PRIOR_DAYS, PRIOR_DAYS_WEEKS = 2.21, 5.0
"""Speaking days of an active week in the training logs, and the active weeks that is worth."""
PRIOR_EXTRA = (-0.21, 0.71)
"""log E[messages beyond the first of a speaking day] = -.21 + .71 log M (training logs)."""
PRIOR_PRECISION = (20.0, 200.0)
"""As for the weekly message law."""
DAY_SHAPE = 0.5
"""Gamma shape of the messages beyond the first of a speaking day (training logs, median .53)."""
NEWCOMERS_SIGMA = 0.3
"""Spread of newcomers' lasting appetite. Small: after the first week the smoothed volume carries
what somebody is used to write, and the message law knows of no other difference."""
LEAST_EXTRA = 0.02
"""Messages beyond the first of a speaking day, at least."""
_STEPS = 60
_LEAST_PERSISTENCE = 0.05
_BURST_SHIFT = float(np.exp(-0.125))  # burst of an appetite of 1 (talking.say)


@dataclass(frozen=True)
class TalkLevels:
    """The daily levels of one log.

    Attributes:
        further: Chance of further speaking days.
        rate: Expected messages beyond the first of a speaking day of a member of volume 1.
        persistence: Exponent of the volume, 0 to 1.
        burst: ``member.burst``: how bursty a day is.
        first_volume: ``arrival.first_volume``: talk of newcomers in their first week.
    """

    further: FurtherDays
    rate: float
    persistence: float
    burst: float
    first_volume: float


def further_default() -> FurtherDays:
    """The pooled chance of further days."""
    table = by_path()
    base, habit, yesterday = (
        float(table[f"again.{name}"].default) for name in ("base", "habit", "yesterday")
    )
    return FurtherDays(base=base, habit=habit, yesterday=yesterday)


def talk_levels(
    community: Community, *, more_days: float = 1.0, more_first: float = 1.0
) -> TalkLevels:
    """Fit the daily levels to the active weeks of the last 26 weeks.

    Args:
        community: The fitted log.
        more_days: Factor on the speaking days seen, to tell what their luck does to the levels.
        more_first: The same on newcomers' first-week messages.
    """
    weeks = community.days
    logit = weeks.logit
    further = further_default()
    if logit.size:
        total = more_days * float(weeks.days.sum()) + PRIOR_DAYS * PRIOR_DAYS_WEEKS
        level = by_path()["again.base"]
        further = fit_base(
            logit, mean_days=total / (logit.size + PRIOR_DAYS_WEEKS), law=further,
            weekday=community.weekday, low=level.low, high=level.high,
        )  # fmt: skip
    days = days_spoken(logit, law=further, weekday=community.weekday)
    log_volume = np.log(weeks.volume)
    expected = community.messages.mean(weeks.volume)
    base, persistence = _fit_extra(log_volume, days=days, messages=expected)
    extra = np.exp(base + persistence * log_volume)
    return TalkLevels(
        further=further,
        rate=float(np.exp(base)),
        persistence=persistence,
        burst=_burst(extra, days=days),
        first_volume=_first_volume(
            float(np.exp(base)), persistence=persistence, further=further, community=community,
            more=more_first,
        ),
    )  # fmt: skip


def _fit_extra(
    log_volume: NDArray[np.float64], *, days: NDArray[np.float64], messages: NDArray[np.float64]
) -> tuple[float, float]:
    """Level and exponent at which days x (1 + extra) has the weekly law's total and slope.

    The two moment equations are those of a Poisson regression with the pooled law as prior.
    """
    design = np.column_stack([np.ones(log_volume.size), log_volume])
    mean, precision = np.array(PRIOR_EXTRA), np.diag(PRIOR_PRECISION)
    beta = mean.copy()
    wanted = messages - days
    for _ in range(_STEPS):
        extra = days * np.exp(design @ beta)
        gradient = design.T @ (wanted - extra) - precision @ (beta - mean)
        curvature = (design.T * extra) @ design + precision
        move = np.clip(np.linalg.solve(curvature, gradient), -1.0, 1.0)
        beta = beta + move
        if float(np.abs(move).max()) < 1e-10:
            break
    persistence = float(np.clip(beta[1], 0.0, 1.0))
    if persistence == beta[1] or not log_volume.size:
        return float(beta[0]), persistence
    total = max(float(wanted.sum()), LEAST_EXTRA * float(days.sum()))
    return float(np.log(total / (days @ np.exp(persistence * log_volume)))), persistence


def _burst(extra: NDArray[np.float64], *, days: NDArray[np.float64]) -> float:
    """Burst of a day, so that days are as uneven as in the training logs (gamma shape .5).

    A day's extra has mean m and variance m^2 + m (2 b - 1), b being the burst at an appetite of 1;
    the gamma-Poisson has m + 2 m^2, and 40 % of its days have one message only (35 % in the logs).
    """
    info = by_path()["member.burst"]
    if not extra.size:
        return float(info.default)
    half = 0.5 * (1.0 / DAY_SHAPE - 1.0)
    burst = 1.0 + half * float(days @ np.square(extra)) / float(days @ extra)
    return float(np.clip(1.0 + (burst - 1.0) / _BURST_SHIFT, info.low, info.high))


def _first_volume(
    rate: float,
    *,
    persistence: float,
    further: FurtherDays,
    community: Community,
    more: float,
) -> float:
    """Volume with which newcomers start, so that their first week brings what recent ones' did."""
    info = by_path()["arrival.first_volume"]
    counts = community.first_counts
    if not counts.size or persistence < _LEAST_PERSISTENCE:
        return float(info.default)
    # Who arrives on any day of the week has three days left on average.
    days = 1.0 + 3.0 / (1.0 + np.exp(-(further.base + further.habit * newcomer_logit(community))))
    extra = max(more * float(counts.mean()) / days - 1.0, LEAST_EXTRA)
    appetite = np.exp(0.5 * NEWCOMERS_SIGMA**2)
    return float(np.clip((extra / (rate * appetite)) ** (1.0 / persistence), info.low, info.high))


def newcomer_logit(community: Community) -> float:
    """Logit of a newcomer in the first week, as the engine's habit has it."""
    table = by_path()
    law = dict(zip(community.law.terms, community.law.coefficients.tolist(), strict=True))
    prior = float(np.log(0.1 / 0.9))  # a member without history (law.PRIOR_SHARE)
    habit = sum(law.get(name, 0.0) for name in ("habit_fast", "habit_medium", "habit_slow"))
    known = law["intercept"] + habit * prior + law.get("once", 0.0)
    known += law.get("spoke_last_week", 0.0) + law.get("log_volume", 0.0) * float(np.log(1.5))
    return float(known + float(table["law.lurker"].default))
