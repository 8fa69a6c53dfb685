"""The outside world of a real community over the simulated weeks: one path of luck a run.

The forms were chosen on the training logs, families left out (forecasting note, 3.3 to 3.5). Sizes
come from the scenario's section ``shock``, which a fit has filled; constants of the inflow's level
stand in ``sim.logs.inflow``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.logs import inflow, volatility
from sim.logs.law_members import VOLUME_GAIN
from sim.phases.returning import outside_uniforms
from sim.state import Drivers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.parameters.world import Shock
    from sim.scenario import Scenario

_LEAST_LEVEL = 1e-6  # newcomers a week; a nearly empty posterior reaches 0 in double precision


def draw_drivers(
    key: tuple[np.uint32, np.uint32],
    *,
    community: Community,
    scenario: Scenario,
    weeks: int,
    weekday: NDArray[np.float64],
    weekend: NDArray[np.float64],
) -> Drivers:
    """Shocks, factor on messages and newcomers of one run.

    Args:
        key: Philox key of the run; the same key with more weeks begins alike.
        community: Fits of the log.
        scenario: The scenario made of them.
        weeks: How many weeks.
        weekday: Shares of a week by day, day 0 first, shape (7,).
        weekend: 1 on weekends, day 0 first, shape (7,).
    """
    from scipy.special import ndtri

    u = outside_uniforms(*key, weeks)  # type: ignore[no-untyped-call]
    z = ndtri(u)
    shock = scenario.shock
    walk = community_walk(z, shock)
    trend, message_trend = trends(u, community=community, shock=shock, weeks=weeks)
    common = walk[1:] + trend + shock.weekly_noise * z[1:, 0, 2]
    factor, inflation = message_factor(
        message_path(z, shock, start=community.message_level.sd, trend=message_trend),
        extra=_extra_a_day(community),
        persistence=scenario.talk.volume_persistence,
    )
    # What the shock adds to the volume must not make members speak more often.
    common -= scenario.law.volume * np.log(inflation)
    arrivals = inflow_path(u, z, community=community, shock=shock, walk=walk)
    days = 7 * weeks
    return Drivers(
        common=common,
        message=factor,
        reach=np.zeros((days, 5)),
        posters=(arrivals[:, None] * weekday[None, :]).ravel(),
        weekday=weekday,
        weekend=weekend,
    )


def trends(
    u: NDArray[np.float64], *, community: Community, shock: Shock, weeks: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the paths lead: on with a drift, or back to the level of the last half year.

    Args:
        u: Uniforms of :func:`sim.phases.returning.outside_uniforms`.
        community: Fits of the log.
        shock: Section of the scenario.
        weeks: How many weeks.

    Returns:
        For the members' logit and for the log of messages, float64 of shape (weeks,) each.
    """
    if u[0, 0, 2] < community.returning.share:
        return community.returning.over(weeks)
    ahead = np.arange(1.0, weeks + 1.0)
    return shock.drift * ahead, community.message_level.mean + shock.message_drift * ahead


def community_walk(z: NDArray[np.float64], shock: Shock) -> NDArray[np.float64]:
    """The community's shock without its drift: float64 of shape (weeks + 1,), origin first."""
    start = shock.start * shock.volatility * z[0, 0, 0]
    steps = shock.walk * shock.volatility / np.sqrt(volatility.QUARTER) * z[1:, 0, 0]
    return np.concatenate([[start], start + np.cumsum(steps)])


def message_path(
    z: NDArray[np.float64], shock: Shock, *, start: float, trend: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The factor on a week's messages: float64 of shape (weeks,)."""
    step = volatility.MESSAGES_WALK * shock.message_volatility / np.sqrt(volatility.QUARTER)
    log = start * z[0, 0, 1] + np.cumsum(step * z[1:, 0, 1])
    log = log + shock.message_noise * z[1:, 0, 3] + trend
    return np.asarray(np.exp(log), dtype=np.float64)


def message_factor(
    total: NDArray[np.float64], *, extra: float, persistence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The factor on messages beyond the first of a day that moves all messages by ``total``.

    The engine's members remember what they wrote, shock included, whereas the path was fitted
    as a factor outside of that memory. So the inflation of the smoothed volume is followed (that of
    a member who speaks every week, who writes most) and taken out again.

    Args:
        total: Factors wanted, shape (weeks,).
        extra: Messages beyond the first of a speaking day.
        persistence: Exponent of the volume in them.

    Returns:
        (factor, inflation): float64 of shape (weeks,) each; the inflation is that at the start of
        the week.
    """
    factor, inflation = np.empty_like(total), np.empty_like(total)
    volume = 1.0
    for week, wanted in enumerate(total):
        inflation[week] = volume
        beyond = max(wanted * (1.0 + extra) - 1.0, 0.0)
        factor[week] = beyond / (extra * volume**persistence)
        volume += VOLUME_GAIN * (wanted - volume)
    return factor, inflation


def inflow_path(
    u: NDArray[np.float64],
    z: NDArray[np.float64],
    *,
    community: Community,
    shock: Shock,
    walk: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Newcomers expected in each week, its own luck included: float64 of shape (weeks,).

    The level starts at a draw from its posterior, goes on with its trend for a while (a young log)
    or reverts to the mean of two years (an old one), walks, drifts and follows the community's
    shock in part.

    Args:
        u: Uniforms of :func:`sim.phases.returning.outside_uniforms`.
        z: The same as normal values.
        community: Fits of the log.
        shock: Section of the scenario.
        walk: Of :func:`community_walk`.
    """
    from scipy.special import gammaincinv

    fit = community.inflow
    level = float(np.log(max(gammaincinv(fit.shape, u[0, 1, 0]) / fit.rate, _LEAST_LEVEL)))
    drift = inflow.DRIFT_MEAN + inflow.DRIFT_SD * z[0, 1, 1]
    ceiling = float(np.log(inflow.CAP * fit.largest))
    levels = np.empty(len(walk) - 1)
    for week, moved in enumerate(np.diff(walk)):
        pull = inflow.pull(fit, level, week=week)
        step = drift + inflow.WALK_SD * z[week + 1, 1, 0]
        level = min(level + step + pull + shock.inflow_share * moved, ceiling)
        levels[week] = level
    luck = gammaincinv(shock.inflow_shape, u[1:, 1, 1]) / shock.inflow_shape
    return np.asarray(np.exp(levels) * luck, dtype=np.float64)


def _extra_a_day(community: Community) -> float:
    weeks = community.days
    days = float(weeks.days.sum())
    expected = float(community.messages.mean(weeks.volume).sum())
    return max(expected / days - 1.0, 0.05) if days > 0.0 else 1.0
