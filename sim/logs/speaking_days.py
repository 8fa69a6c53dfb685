"""How active weeks of known members fall into days: what a daily engine needs beyond the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.replay import replay_weeks
from sim.logs.table import DAY, MESSAGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.fit_law import LawFit
    from sim.logs.law import LawPrior
    from sim.logs.table import EventTable
    from sim.logs.weeks import ActiveWeeks

RECENT_WEEKS = 26
"""Levels are taken from so many whole weeks before the origin."""


@dataclass(frozen=True)
class SpeakingDays:
    """Active weeks of members already known, in the last 26 whole weeks; arrays of length n.

    Attributes:
        logit: float64, logit of speaking in that week by the law fitted to the log, without shock.
        volume: float64, smoothed messages of an active week, at the week's start.
        days: int64, days with a message, 1 to 7.
        messages: int64, messages of the week, at least 1.
    """

    logit: NDArray[np.float64]
    volume: NDArray[np.float64]
    days: NDArray[np.int64]
    messages: NDArray[np.int64]


def speaking_days(
    table: EventTable, *, active: ActiveWeeks, law: LawFit, prior: LawPrior
) -> SpeakingDays:
    """Collect the active member-weeks of the last 26 whole weeks.

    Args:
        table: The events.
        active: Their member-weeks up to the origin.
        law: The fitted law.
        prior: Which terms it has.
    """
    days = _days(table, active)
    first = max(0, active.whole - RECENT_WEEKS)
    logit, volume = [np.empty(0)], [np.empty(0)]
    place = [np.empty(0, np.int64)]
    for state in replay_weeks(active):
        if not first <= state.week < active.whole or not state.known:
            continue
        rows, _ = state.spoken(state.week)
        again = rows < state.known
        z = state.terms()[:, prior.columns][rows[again]]
        logit.append(z @ law.coefficients)
        volume.append(state.volume[rows[again]])
        place.append(active.starts[state.week] + np.flatnonzero(again))
    at = np.concatenate(place)
    return SpeakingDays(
        logit=np.concatenate(logit),
        volume=np.concatenate(volume),
        days=days[at],
        messages=active.messages[at],
    )


def _days(table: EventTable, active: ActiveWeeks) -> NDArray[np.int64]:
    """Days with a message of every entry of ``active`` (its whole weeks; sorted alike)."""
    use = (table.event == MESSAGE) & (table.seconds >= table.start)
    day = (table.seconds[use] - table.start) // DAY
    key = np.unique((day // 7 * active.members + table.member[use]) * 7 + day % 7)
    _, days = np.unique(key // 7, return_counts=True)
    return days.astype(np.int64)
