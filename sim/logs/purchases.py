"""The law of buying again, from a log with purchases.

The member law (:mod:`sim.logs.law`) with purchases in place of messages. Three things differ:
buyers do not feel each other, so the group's level is left out; a habit that fades says too little
of purchases that are weeks apart, so the rate since the first purchase is a term; and the silence
of a frequent buyer says more than that of a rare one, so silence in units of the buyer's own pace
is another. docs/purchases.md has what each is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.fit_law import FIT_WEEKS, map_logistic, member_weeks
from sim.logs.law import DECAY, chance, habit_logit
from sim.logs.table import DAY, PURCHASE
from sim.logs.volatility import SPEAKERS_PRIOR, volatility
from sim.logs.weeks import active_weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.fit_law import Rows
    from sim.logs.replay import Replay
    from sim.logs.table import EventTable
    from sim.logs.weeks import ActiveWeeks

    Numbers = NDArray[np.float64]

PURCHASE_TERMS = (
    "intercept",
    "habit_slow",
    "log_silence",
    "log_tenure",
    "once",
    "once_log_silence",
    "log_rate",
    "overdue",
)
"""Terms of the law, in order; the first six as in the member law."""

PRIOR_MEAN = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
"""Without a log, a member buys at the rate seen so far."""
PRIOR_SD = (3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
"""Weak: there is one shop to learn from, and the coefficients are its own (.5 and 2 do as well)."""

RATE_PURCHASES, RATE_WEEKS = 0.25, 4.0
"""What a buyer's rate is shrunk to: near the published gamma law of CDNOW (.243 in 4.4 weeks)."""
PACE_WEEKS = 8.0
"""Buying weeks that the mean of all buyers is worth in how many days of a week one buys."""


@dataclass(frozen=True)
class PurchaseLaw:
    """Who buys in a week, and on how many days of it.

    Attributes:
        coefficients: float64 of shape (8,), of :data:`PURCHASE_TERMS`.
        covariance: float64 of shape (8, 8): inverse curvature of the log posterior.
        days: float64 of shape (members,): expected days with a purchase in a buying week, at
            least 1; of the table's members, for those without a purchase the mean.
        days_mean: Their mean.
        shock: How far repeat buyers stray from what the law expects: standard deviation of the log
            change over a quarter.
        member_weeks: Rows fitted.
        bought: Rows among them with a purchase.
    """

    coefficients: Numbers
    covariance: Numbers
    days: Numbers
    days_mean: float
    shock: float
    member_weeks: int
    bought: int


def buying_days(table: EventTable) -> EventTable:
    """The purchases alone, those of a member on one day (UTC) as one; their amounts are summed.

    One order is often several rows, and who buys twice a day is rare: the literature counts days.
    Members keep their codes.
    """
    use = np.flatnonzero(table.event == PURCHASE)
    key = table.seconds[use] // DAY * table.members + table.member[use]
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    amounts = table.amount[use]
    total = np.bincount(place, weights=np.nan_to_num(amounts), minlength=first.size)
    known = np.bincount(place, weights=np.isfinite(amounts), minlength=first.size) > 0
    order = np.argsort(first)
    at = use[first[order]]
    return replace(
        table,
        seconds=table.seconds[at],
        member=table.member[at],
        event=table.event[at],
        reply_to=table.reply_to[at],
        amount=np.where(known, total, np.nan)[order],
    )


def purchase_weeks(days: EventTable, *, start: int, until: int) -> ActiveWeeks:
    """Who bought on how many days of which week.

    Args:
        days: Of :func:`buying_days`.
        start: Seconds from which weeks are counted.
        until: Origin in seconds, exclusive.
    """
    return active_weeks(days, start=start, until=until, event=PURCHASE)


def purchase_terms(
    habit: Numbers,
    *,
    weeks_silent: NDArray[np.int32],
    weeks_known: NDArray[np.int32],
    once: NDArray[np.bool_],
    repeats: NDArray[np.int64],
) -> Numbers:
    """The eight terms z of buyers at the start of a week.

    Args:
        habit: float64 of shape (n,): decayed count of buying weeks after the first (40 weeks).
        weeks_silent: int32 of shape (n,): weeks since the last purchase, at least 1.
        weeks_known: int32 of shape (n,): weeks since the first, at least 1.
        once: bool of shape (n,): never came back after the first week.
        repeats: int64 of shape (n,): days with a purchase after the first.

    Returns:
        float64 of shape (n, 8), columns as :data:`PURCHASE_TERMS`.
    """
    silence = np.log(weeks_silent.astype(np.float64))
    rate = (repeats + RATE_PURCHASES) / (weeks_known + RATE_WEEKS)
    z = np.empty((weeks_silent.size, len(PURCHASE_TERMS)))
    z[:, 0] = 1.0
    z[:, 1] = habit_logit(habit, weeks_known=weeks_known, decay=DECAY[-1])
    z[:, 2] = silence
    z[:, 3] = np.log(weeks_known.astype(np.float64))
    z[:, 4] = once
    z[:, 5] = once * silence
    z[:, 6] = np.log(rate)
    z[:, 7] = np.log1p(rate * weeks_silent)
    return z


def fit_purchases(active: ActiveWeeks) -> PurchaseLaw:
    """Fit the law to the last 104 whole weeks before the origin, as the member law is fitted.

    Args:
        active: Of :func:`purchase_weeks`.
    """
    rows = member_weeks(active, terms=_terms, weeks=FIT_WEEKS)
    beta, curvature, _ = map_logistic(
        rows, mean=np.array(PRIOR_MEAN), precision=1.0 / np.square(np.array(PRIOR_SD))
    )
    mean, days = _pace(active)
    return PurchaseLaw(
        coefficients=beta,
        covariance=np.asarray(np.linalg.inv(curvature), dtype=np.float64),
        days=days,
        days_mean=mean,
        shock=_shock(rows, beta),
        member_weeks=sum(block.spoke.size for block in rows),
        bought=sum(int(block.spoke.sum()) for block in rows),
    )


def _terms(state: Replay) -> Numbers:
    known = state.known
    return purchase_terms(
        state.habits[-1, :known],
        weeks_silent=state.weeks_silent[:known],
        weeks_known=state.weeks_known[:known],
        once=state.once[:known],
        repeats=state.messages[:known] - 1,
    )


def _shock(rows: list[Rows], coefficients: Numbers) -> float:
    """Volatility beyond what the law itself expects: a cohort that dwindles is not volatile."""
    bought = np.array([float(block.spoke.sum()) for block in rows])
    expected = np.array(
        [float(chance(coefficients, z=block.z.astype(np.float64)).sum()) for block in rows]
    )
    level = bought.mean() if rows else 0.0
    return volatility(level * (bought + 0.5) / (expected + 0.5), prior=SPEAKERS_PRIOR)


def _pace(active: ActiveWeeks) -> tuple[float, Numbers]:
    """Days with a purchase in a buying week, after the first week: mean, and of each member."""
    again = (active.week > active.first[active.member]) & (active.week < active.whole)
    member, days = active.member[again], active.messages[again]
    weeks = np.bincount(member, minlength=active.members)
    total = np.bincount(member, weights=days, minlength=active.members)
    mean = (float(days.sum()) + 1.0) / (days.size + 1.0)
    each: Numbers = (total + PACE_WEEKS * mean) / (weeks + PACE_WEEKS)
    return mean, each
