"""How well a log tells its newcomers, volatility, messages, weekdays: closed forms.

Weeks, not messages, are the unit: what many members do in one week has one cause. So errors of
means over rows are those of sums over weeks (linearised ratios; Cochran 1977, chapter 6), and the
covariance of a regression is the sandwich with the scores of a week summed up first (Liang and
Zeger 1986).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.estimate import Estimate, lognormal, normal
from sim.logs.fit_messages import MEMORY, PRIOR_MEAN, PRIOR_PRECISION, message_rows
from sim.logs.inflow import PRIOR_SHAPE
from sim.logs.table import DAY, MESSAGE, WEEK
from sim.logs.volatility import QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.fit_messages import MessageFit
    from sim.logs.inflow import InflowFit
    from sim.logs.table import EventTable
    from sim.logs.weeks import ActiveWeeks

PRIOR_QUARTERS = 6.0
"""Independent quarters that the prior of a volatility is worth (``sim.logs.volatility``)."""
_LOST = 19  # weeks of a series before its first change over a quarter is known


def inflow_estimate(fit: InflowFit) -> Estimate:
    """The level of newcomers a week: quantiles of its gamma posterior."""
    from scipy.special import gammaincinv, polygamma

    low, high = (float(gammaincinv(fit.shape, p)) / fit.rate for p in (0.05, 0.95))
    sd, prior = (math.sqrt(float(polygamma(1, shape))) for shape in (fit.shape, PRIOR_SHAPE))
    return Estimate(fit.mean, low, high, sd, prior, log=True)


def volatility_estimate(value: float, *, weeks: int) -> Estimate:
    """A volatility: its variance has a scaled inverse chi-square posterior.

    Six quarters of prior and one observation a quarter seen are the degrees of freedom; this is
    the conjugate law of which the estimate is the mean of the variances, weighted.

    Args:
        value: As ``sim.logs.volatility`` gives it.
        weeks: Whole weeks of the log, of which the last three years are used.
    """
    from scipy.special import chdtri, polygamma

    freedom = PRIOR_QUARTERS + max(0, min(weeks, 156) - _LOST + 1) / QUARTER
    low, high = (value * math.sqrt(freedom / float(chdtri(freedom, p))) for p in (0.05, 0.95))
    sd, prior = (math.sqrt(float(polygamma(1, n / 2.0))) / 2.0 for n in (freedom, PRIOR_QUARTERS))
    return Estimate(value, low, high, sd, prior, log=True)


def message_estimates(
    active: ActiveWeeks, fit: MessageFit
) -> tuple[Estimate, Estimate, Estimate, NDArray[np.float64]]:
    """Base, exponent and gamma shape of the message law, and the covariance of the first two.

    Args:
        active: Who wrote how much in which week.
        fit: What was fitted to it.
    """
    counts, volumes, weights = message_rows(active)
    precision = np.diag(PRIOR_PRECISION)
    prior = 1.0 / np.sqrt(np.array(PRIOR_PRECISION))
    if not counts.size:
        base, volume = (normal(m, float(sd)) for m, sd in zip(PRIOR_MEAN, prior, strict=True))
        return base, volume, lognormal(fit.shape, 1.0), np.diag(np.square(prior))
    design = np.column_stack([np.ones(counts.size), volumes])
    expected = np.exp(design @ np.array([fit.base, fit.volume]))
    pearson = max(1.0, float(weights @ (np.square(counts - expected) / expected) / weights.sum()))
    trust = weights / pearson
    week = np.rint(-MEMORY * np.log(weights)).astype(np.int64)  # weights tell the age
    curvature = (design.T * (trust * expected)) @ design + precision
    scores = _by_week(week, design * (trust * (counts - expected))[:, None])
    inverse = np.linalg.inv(curvature)
    covariance = inverse @ (scores.T @ scores + precision) @ inverse
    errors = np.sqrt(np.diag(covariance))
    beyond = np.maximum(expected, 1.0) - 1.0
    extra = weights * np.square(beyond)
    excess = weights * (np.square(counts - beyond - 1.0) - beyond)
    away = _by_week(week, (extra - fit.shape * excess)[:, None])
    shape_sd = math.sqrt(float(np.square(away).sum())) / max(float(extra.sum()), 1e-12)
    return (
        normal(fit.base, float(errors[0]), prior_sd=float(prior[0])),
        normal(fit.volume, float(errors[1]), prior_sd=float(prior[1])),
        lognormal(fit.shape, min(shape_sd, 2.0)),
        covariance,
    )


def weekday_errors(table: EventTable, *, until: int) -> NDArray[np.float64]:
    """Standard errors of ``weeks.weekday_shares``: float64 of shape (7,).

    Args:
        table: The events.
        until: Origin in seconds, exclusive.
    """
    whole = max(until - table.start, 0) // WEEK
    use = (table.event == MESSAGE) & (table.seconds < table.start + whole * WEEK)
    day = (table.seconds[use] - table.start) // DAY
    day = np.unique(day * table.members + table.member[use]) // max(table.members, 1)
    counts = np.bincount(day, minlength=7 * whole).reshape(-1, 7).astype(np.float64)
    total = float(counts.sum()) + 3.5
    share = (counts.sum(axis=0) + 0.5) / total
    away = counts - counts.sum(axis=1, keepdims=True) * share
    luck = np.square(away).sum(axis=0) + 0.5 * (1.0 - share)
    return np.asarray(np.sqrt(luck) / total, dtype=np.float64)


def _by_week(week: NDArray[np.int64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums of rows, float64 of shape (weeks, k)."""
    total = np.zeros((int(week.max(initial=0)) + 1, rows.shape[1]))
    np.add.at(total, week, rows)
    return total
