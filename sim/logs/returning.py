"""What it would take to bring a community back to the level of its last half year.

Communities often go on as they were whatever their members' histories say: on the training logs the
quantiles of the last 26 weeks are the best single classical forecast. So in some futures the common
shock, and that of messages, lead back there (docs/decisions.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.ahead import weeks_ahead
from sim.logs.inflow import youth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.fit_law import LawFit
    from sim.logs.fit_messages import MessageFit
    from sim.logs.inflow import InflowFit
    from sim.logs.replay import LawStates
    from sim.logs.weeks import WeeklySeries

    Numbers = NDArray[np.float64]

WEEKS = 26
"""Weeks of which the mean is the level to return to, and in which the way there is known."""
SHARE = 0.5
"""Share of futures that return, of an old log (chosen on the training logs, families left out)."""
_TRIAL, _LEAST_RESPONSE, _MOST = 0.3, 0.3, 1.5
_ROUNDS = 2
_FEW = 0.3  # added to speakers and messages, so that silence has a logarithm


@dataclass(frozen=True)
class Returning:
    """Shifts by week ahead that lead back; float64 of shape (26,), the last holds on.

    Attributes:
        share: Share of futures that return: few of a young log, which has no usual level yet.
        speakers: Of every member's logit.
        messages: Of the log of messages a speaker.
    """

    share: float
    speakers: Numbers
    messages: Numbers

    def over(self, weeks: int) -> tuple[Numbers, Numbers]:
        """Both over a horizon of any length, each of shape (weeks,)."""
        at = np.minimum(np.arange(weeks), WEEKS - 1)
        return self.speakers[at], self.messages[at]


def fit_returning(
    states: LawStates,
    *,
    series: WeeklySeries,
    law: LawFit,
    messages: MessageFit,
    inflow: InflowFit,
    first_counts: NDArray[np.int64],
) -> Returning:
    """Find the shifts, by a trial of how strongly the members' laws answer to one.

    Args:
        states: Members at the origin.
        series: The log's weeks.
        law: Who speaks.
        messages: What they write.
        inflow: How many come.
        first_counts: What newcomers wrote in their first week.
    """
    ahead = partial(
        weeks_ahead, states, law=law, messages=messages, inflow=inflow, first_counts=first_counts
    )
    lately = np.log(series.speakers[-WEEKS:] + _FEW)
    usual = float(lately.mean())
    usual_rate = float((np.log(series.messages[-WEEKS:] + _FEW) - lately).mean())
    shift = np.zeros(WEEKS)
    speakers, _ = ahead(shift=shift)
    moved, _ = ahead(shift=shift + _TRIAL)
    answer = np.maximum(np.log((moved + _FEW) / (speakers + _FEW)) / _TRIAL, _LEAST_RESPONSE)
    for _ in range(_ROUNDS):
        shift = shift + (usual - np.log(speakers + _FEW)) / answer
        shift = np.clip(shift, -_MOST, _MOST)
        speakers, written = ahead(shift=shift)
    rate = np.log((written + _FEW) / (speakers + _FEW))
    gap = np.clip(usual_rate - rate, -_MOST, _MOST)
    return Returning(
        share=SHARE * (1.0 - youth(inflow.weeks)), speakers=_smooth(shift), messages=_smooth(gap)
    )


def _smooth(path: Numbers) -> Numbers:
    """Moving mean of five weeks, of fewer at the ends."""
    total = np.convolve(path, np.ones(5), mode="same")
    return np.asarray(total / np.convolve(np.ones(path.size), np.ones(5), mode="same"))
