"""Logs whose law is known: communities that follow the member law, week by week.

A fit is judged by what it says of such logs, where the truth can be looked up: in the mean over
many (bias, error) and in how far its uncertainty is honest (``sim.study.calibration``). Real logs
have a fortune that all members share, a noise of single weeks and a walk; so have these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.fit_messages import PRIOR_MEAN
from sim.logs.law import chance
from sim.logs.law_members import START_VOLUME, LawMembers
from sim.logs.replay import GroupLevel
from sim.logs.table import EVENT_CODE, WEEK, build_table
from sim.logs.weeks import ActiveWeeks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from sim.logs.table import EventTable

MONDAY = 1_704_067_200
"""2024-01-01 00:00 UTC, a Monday: the first second of a synthetic log."""
MESSAGE_SHAPE = 1.0
"""Gamma shape of a member's messages in a week."""
FOUNDING = 3.0
"""Newcomers of the first week, in weeks of arrivals."""


@dataclass(frozen=True)
class Synthetic:
    """A log and what made it.

    Attributes:
        active: Who wrote how much in which week.
        shock: float64 of shape (weeks,): what all members shared in each week, on the logit scale.
    """

    active: ActiveWeeks
    shock: NDArray[np.float64]


def synthetic_log(
    coefficients: ArrayLike,
    *,
    weeks: int,
    arrivals: float,
    seed: int | list[int],
    noise: float = 0.0,
    walk: float = 0.0,
    dated: Mapping[int, float] | None = None,
) -> Synthetic:
    """A community without a past that follows the law from its first week on.

    Args:
        coefficients: Of all twelve terms (``law.TERMS``), the intercept as it is at the end.
        weeks: Weeks, at least 1.
        arrivals: Newcomers a week in the mean, above 0; three times as many in the first.
        seed: Seed of the log.
        noise: Standard deviation of what all share in one week only, logit scale.
        walk: Standard deviation of a week's step of what all share from then on, logit scale;
            the walk is 0 in the week after the last.
        dated: Logit added in some weeks, by week.
    """
    rng = np.random.default_rng(seed)
    steps = walk * rng.normal(size=weeks)
    shock = noise * rng.normal(size=weeks) - np.cumsum(steps[::-1])[::-1]
    for week, size in (dated or {}).items():
        shock[week] += size
    joining = rng.poisson(arrivals, size=weeks)
    joining[0] = max(1, round(FOUNDING * arrivals))
    members = LawMembers(int(joining.sum()))
    level = GroupLevel()
    who: list[NDArray[np.int64]] = []
    wrote: list[NDArray[np.int64]] = []
    for week in range(weeks):
        z = members.terms_at(short=level.deviation, trend=level.trend)
        p = chance(coefficients, z=z, shock=float(shock[week]))
        back = np.flatnonzero(rng.random(p.size) < p)
        mean = np.exp(PRIOR_MEAN[0] + PRIOR_MEAN[1] * np.log(members.volume[back]))
        messages = _messages(rng, np.maximum(mean, 1.0))
        first = _messages(rng, np.full(joining[week], START_VOLUME))
        new = np.arange(members.known, members.known + first.size)
        members.pass_week(back, messages)
        members.join(first)
        who.append(np.concatenate([back, new]))
        wrote.append(np.concatenate([messages, first]))
        level = level.after(who[-1].size, week=week)
    sizes = [one.size for one in who]
    return Synthetic(
        active=ActiveWeeks(
            members=members.known,
            whole=weeks,
            cut=0.0,
            week=np.repeat(np.arange(weeks), sizes).astype(np.int32),
            member=np.concatenate(who).astype(np.int32),
            messages=np.concatenate(wrote),
            starts=np.cumsum([0, *sizes, 0]).astype(np.int64),
            first=np.repeat(np.arange(weeks), joining).astype(np.int32),
        ),
        shock=shock,
    )


def synthetic_events(active: ActiveWeeks, *, seed: int | list[int]) -> EventTable:
    """The same log as events: messages at random moments of their weeks, from a Monday on.

    The first message is moved to the first second and the last to the last, so that the weeks of
    the table are those of the log.
    """
    rng = np.random.default_rng(seed)
    total = int(active.messages.sum())
    seconds = MONDAY + np.repeat(active.week.astype(np.int64), active.messages) * WEEK
    seconds += rng.integers(0, WEEK, size=total)
    seconds[0], seconds[-1] = MONDAY, MONDAY + active.whole * WEEK - 1
    return build_table(
        seconds,
        np.repeat(active.member, active.messages),
        np.full(total, EVENT_CODE["message"], dtype=np.uint8),
        np.full(total, -1, dtype=np.int32),
        np.full(total, np.nan),
        names=tuple(str(member) for member in range(active.members)),
    )


def _messages(rng: np.random.Generator, mean: NDArray[np.float64]) -> NDArray[np.int64]:
    rates = rng.gamma(MESSAGE_SHAPE, (mean - 1.0) / MESSAGE_SHAPE)
    return np.asarray(1 + rng.poisson(rates), dtype=np.int64)
