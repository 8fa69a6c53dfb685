"""A real community at a date: all that the simulator needs to go on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.logs.dated import past_weeks
from sim.logs.fit_law import fit_law
from sim.logs.fit_messages import first_counts, fit_messages
from sim.logs.inflow import fit_inflow
from sim.logs.law import POOLED
from sim.logs.replay import replay_active
from sim.logs.returning import fit_returning
from sim.logs.speaking_days import speaking_days
from sim.logs.table import DAY, WEEK, day_text
from sim.logs.volatility import (
    messages_level,
    messages_volatility,
    speakers_volatility,
)
from sim.logs.weeks import active_weeks, weekday_shares, weekly_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.dated import Dated
    from sim.logs.fit_law import LawFit
    from sim.logs.fit_messages import MessageFit
    from sim.logs.inflow import InflowFit
    from sim.logs.law import LawPrior
    from sim.logs.local_level import LocalLevel
    from sim.logs.replay import LawStates
    from sim.logs.returning import Returning
    from sim.logs.speaking_days import SpeakingDays
    from sim.logs.table import EventTable
    from sim.logs.weeks import WeeklySeries

LEAST_WEEKS = 8
"""Whole weeks with messages that a forecast needs."""
BACKTEST_WEEKS = 26
"""Whole weeks with messages that a backtest needs."""
_THURSDAY = 3  # 1970-01-01, counted from Monday = 0


@dataclass(frozen=True)
class Community:
    """Where a simulation of a real community starts.

    Attributes:
        states: Every known member, as of the first simulated week.
        law: The member law fitted to this log.
        messages: The message law.
        days: How recent active weeks fell into days.
        inflow: The level of newcomers.
        shock: Volatility of speakers, logit scale, per quarter.
        message_shock: Volatility of messages a speaker, log scale, per quarter.
        message_level: Where that of messages stands at the origin.
        message_noise: Standard deviation of a single week around it.
        returning: What would lead back to the last half year's level.
        weekday: float64 of shape (7,), sum 1: shares of speaking days by day of the log's week;
            simulated day d has share ``weekday[d % 7]``.
        first_counts: int64, first-week messages of recent newcomers, to draw from.
        series: Weekly speakers, messages and newcomers of the whole weeks before the origin.
        week: Index of the first simulated week.
        start: Seconds since 1970 UTC of its midnight, which is simulated day 0.
        first_weekday: Weekday of simulated day 0, Monday = 0.
    """

    states: LawStates
    law: LawFit
    messages: MessageFit
    days: SpeakingDays
    inflow: InflowFit
    shock: float
    message_shock: float
    message_level: LocalLevel
    message_noise: float
    returning: Returning
    weekday: NDArray[np.float64]
    first_counts: NDArray[np.int64]
    series: WeeklySeries
    week: int
    start: int
    first_weekday: int


def community_from_log(
    table: EventTable,
    *,
    until: int | None = None,
    prior: LawPrior = POOLED,
    dated: Sequence[Dated] = (),
) -> Community:
    """Fit everything to the events before a date.

    Args:
        table: The events.
        until: Origin in seconds since 1970 UTC, exclusive; default: the midnight after the last
            event.
        prior: Which form of the member law.
        dated: Known shocks; those of the past are kept out of the law and of the volatilities.

    Raises:
        UserError: ``too_short``/``weeks`` with fewer than 8 whole weeks with messages;
            ``out_of_range``/``until_before_log``; as ``dated.past_weeks``.
    """
    until = table.end if until is None else until
    table = table.before(until)
    known = past_weeks(dated, start=table.start, until=until)
    active = active_weeks(table, until=until)
    series = weekly_series(active)
    weeks = int(np.count_nonzero(series.messages))
    if weeks < LEAST_WEEKS:
        raise UserError(
            "too_short",
            "weeks",
            weeks=weeks,
            until=day_text(until),
            needed=LEAST_WEEKS,
            backtest=BACKTEST_WEEKS,
        )
    start = table.start + active.origin * WEEK
    law = fit_law(active, prior=prior, dated=known)
    messages = fit_messages(active)
    shock = speakers_volatility(series, dated=known)
    message_shock = messages_volatility(series, dated=known)
    message_level, message_noise = messages_level(messages.misfit, volatility=message_shock)
    states, inflow = replay_active(active), fit_inflow(series.newcomers)
    first = first_counts(active)
    returning = fit_returning(
        states, series=series, law=law, messages=messages, inflow=inflow, first_counts=first
    )
    return Community(
        states=states,
        law=law,
        messages=messages,
        days=speaking_days(table, active=active, law=law, prior=prior),
        inflow=inflow,
        shock=shock,
        message_shock=message_shock,
        message_level=message_level,
        message_noise=message_noise,
        returning=returning,
        weekday=weekday_shares(table, until=until),
        first_counts=first,
        series=series,
        week=active.origin,
        start=start,
        first_weekday=(start // DAY + _THURSDAY) % 7,
    )
