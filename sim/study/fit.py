"""``qunsim fit``: what a log tells of a community, how well, and a community like it in a file.

The scenario is that of a warm start, founded anew; every number in it that came from the log has a
90 % range. docs/fitting.md says how each is found and how honest the ranges are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.bgbb import Turnover, turnover
from sim.logs.community import community_from_log
from sim.logs.dated import past_weeks, with_dated
from sim.logs.estimate import Estimate, lognormal, normal
from sim.logs.fit_law import FIT_WEEKS, LawFit, law_rows
from sim.logs.fit_shared import SIZE_SPREAD, SharedFit, fit_shared
from sim.logs.law import POOLED
from sim.logs.speaking_days import speaking_days
from sim.logs.table import EVENT_CODE, EventTable
from sim.logs.uncertainty import (
    inflow_estimate,
    message_estimates,
    volatility_estimate,
    weekday_errors,
)
from sim.logs.volatility import LEVEL_WEEKS, MESSAGES_WEEK_WORTH
from sim.logs.weeks import active_weeks
from sim.warm_start import scenario_from_community
from sim.warm_start.anew import founded_anew
from sim.warm_start.fitted import TERM_PATHS, WEEKDAYS
from sim.warm_start.levels import talk_levels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.logs.dated import Dated
    from sim.logs.weeks import ActiveWeeks
    from sim.scenario import Scenario

SCHEMA = 1
CORRELATED = 0.9
"""Size of the correlation from which two estimates can hardly be told apart."""
SILENT = 0.1
"""Contraction under which a log says next to nothing."""
_STEP = 0.05  # of differences in the talk's levels
_MOVED = 4  # what the talk's levels are a function of
_LEVEL = 8  # weeks behind members.habit


@dataclass(frozen=True)
class LogFit:
    """What was learned from a log.

    Attributes:
        community: The community at the log's end, its law that of :attr:`shared`.
        scenario: A community like it, founded anew; without sources.
        estimates: By path of the scenario.
        also: Estimates that no path of a scenario means: the message law by week, newcomers a
            week, the size of the walk, what past shocks did.
        members: How members speak and are lost, by the BG/BB law.
        correlated: Pairs of law paths whose errors correlate by 0.9 or more in size, and the
            correlation.
        silent: Paths, and keys of ``fit.silent_*``, of which the log says nothing.
        member_weeks: Rows that the law was fitted to.
    """

    community: Community
    scenario: Scenario
    estimates: dict[str, Estimate]
    also: dict[str, Estimate]
    members: Turnover
    correlated: tuple[tuple[str, str, float], ...]
    silent: tuple[str, ...]
    member_weeks: int


def fit_log(table: EventTable, *, until: int | None = None, dated: Sequence[Dated] = ()) -> LogFit:
    """Fit everything, with uncertainty.

    Args:
        table: The events.
        until: Origin in seconds since 1970 UTC; default: the midnight after the last event.
        dated: Known shocks of the past.

    Raises:
        UserError: As ``community_from_log``.
    """
    until = table.end if until is None else until
    community = community_from_log(table, until=until, dated=dated)
    table = table.before(until)
    active = active_weeks(table, until=until)
    rows, prior = with_dated(
        law_rows(active, columns=POOLED.columns, weeks=FIT_WEEKS),
        weeks=past_weeks(dated, start=table.start, until=until), prior=POOLED,
    )  # fmt: skip
    shared = fit_shared(rows, prior=prior)
    size = len(POOLED.terms)
    law = LawFit(
        terms=POOLED.terms,
        coefficients=shared.coefficients[:size],
        covariance=shared.covariance[:size, :size],
        member_weeks=community.law.member_weeks,
        spoken=community.law.spoken,
        steps=community.law.steps,
    )
    days = speaking_days(table, active=active, law=law, prior=POOLED)
    community = replace(community, law=law, days=days)
    scenario = founded_anew(scenario_from_community(community, weeks=52), community)
    scenario = scenario.replace({"shock.weekly_noise": min(shared.noise, 1.0)})
    estimates, also = _estimates(
        community, scenario=scenario, shared=shared, active=active,
        weekdays=weekday_errors(table, until=until),
    )  # fmt: skip
    return LogFit(
        community=community,
        scenario=scenario,
        estimates=estimates,
        also=also,
        members=turnover(active),
        correlated=_correlated(law),
        silent=_silent(estimates, table),
        member_weeks=law.member_weeks,
    )


def _estimates(
    community: Community,
    *,
    scenario: Scenario,
    shared: SharedFit,
    active: ActiveWeeks,
    weekdays: NDArray[np.float64],
) -> tuple[dict[str, Estimate], dict[str, Estimate]]:
    """Every estimate by path, and those without a path."""
    size = len(POOLED.terms)
    found = {
        TERM_PATHS[term]: normal(float(value), float(error), prior_sd=sd)
        for term, value, error, sd in zip(
            POOLED.terms, shared.coefficients, shared.errors, POOLED.sd, strict=False
        )
    }
    noise, walk = shared.size_errors
    found["shock.weekly_noise"] = lognormal(shared.noise, noise, prior_sd=SIZE_SPREAD)
    weeks = community.series.speakers.size
    found["shock.volatility"] = volatility_estimate(community.shock, weeks=weeks)
    found["shock.message_volatility"] = volatility_estimate(community.message_shock, weeks=weeks)
    for day, name in enumerate(WEEKDAYS):
        position = (day - community.first_weekday) % 7
        share, error = float(community.weekday[position]), float(weekdays[position])
        found[f"rhythm.{name}"] = normal(7.0 * share, 7.0 * error)
    base, volume, shape, covariance = message_estimates(active, community.messages)
    found |= _talk(community, scenario=scenario, covariance=covariance)
    inflow = inflow_estimate(community.inflow)
    found["reach.open"] = lognormal(scenario.reach.open, inflow.sd, prior_sd=inflow.prior_sd)
    lately = community.series.speakers[-_LEVEL:].astype(np.float64)
    unsure = float(lately.std(ddof=1)) / max(float(lately.mean()), 0.5) / math.sqrt(_LEVEL)
    found["members.habit"] = lognormal(scenario.members.habit, unsure)
    also = {
        "messages.base": base,
        "messages.volume": volume,
        "messages.shape": shape,
        "newcomers_week": inflow,
        "walk_week": lognormal(shared.walk, walk, prior_sd=SIZE_SPREAD),
    }
    for k in range(size, shared.coefficients.size):
        also[shared.terms[k]] = normal(
            float(shared.coefficients[k]), float(shared.errors[k]), prior_sd=1.0
        )
    return found, also


def _talk(
    community: Community,
    *,
    scenario: Scenario,
    covariance: NDArray[np.float64],
) -> dict[str, Estimate]:
    """The daily levels of talk: errors of the weekly law and of the days carried through.

    The levels are a function of the weekly law's base and exponent, of the speaking days of an
    active week and of newcomers' first messages; its slopes are differences.
    """
    days = community.days.days.astype(np.float64)
    day_sd = float(days.std()) / float(days.mean()) / math.sqrt(days.size) if days.size else 0.5
    counts = community.first_counts.astype(np.float64)
    first_sd = float(counts.std()) / float(counts.mean()) / math.sqrt(counts.size)
    spread = np.zeros((_MOVED, _MOVED))
    spread[:2, :2] = covariance
    spread[2, 2], spread[3, 3] = day_sd**2, first_sd**2

    def levels(moved: Sequence[float]) -> NDArray[np.float64]:
        law = community.messages
        law = replace(law, base=law.base + moved[0], volume=law.volume + moved[1])
        more_days, more_first = math.exp(moved[2]), math.exp(moved[3])
        changed = replace(community, messages=law)
        found = talk_levels(changed, more_days=more_days, more_first=more_first)
        return np.array([
            found.further.base, math.log(found.rate), found.persistence, math.log(found.burst),
            math.log(found.first_volume),
        ])  # fmt: skip

    slopes = _slopes(levels)
    further, rate, persistence, burst, first = np.sqrt(
        np.einsum("ij,jk,ik->i", slopes, spread, slopes)
    ).tolist()
    value = scenario
    return {
        "again.base": normal(value.again.base, further),
        "member.activity_rate": lognormal(value.member.activity_rate, rate),
        "talk.volume_persistence": normal(value.talk.volume_persistence, persistence),
        "member.burst": lognormal(value.member.burst, burst),
        "shock.message_noise": lognormal(
            value.shock.message_noise, _difference_error(community.messages.misfit)
        ),
        "arrival.first_volume": lognormal(value.arrival.first_volume, first),
    }


def _difference_error(misfit: NDArray[np.float64]) -> float:
    """Relative error of a standard deviation taken from changes between adjacent weeks.

    The variance of half the mean squared change of n independent normal values is 3 / n of its
    square (von Neumann 1941).
    """
    seen = int(np.isfinite(np.diff(misfit[-LEVEL_WEEKS:])).sum())
    return 0.5 * math.sqrt(3.0 / (seen + MESSAGES_WEEK_WORTH))


def _slopes(
    levels: Callable[[Sequence[float]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Central differences of the levels: float64 of shape (levels, 4)."""
    columns = []
    for k in range(_MOVED):
        up, down = [0.0] * _MOVED, [0.0] * _MOVED
        up[k], down[k] = _STEP, -_STEP
        columns.append((levels(up) - levels(down)) / (2.0 * _STEP))
    return np.column_stack(columns)


def _correlated(law: LawFit) -> tuple[tuple[str, str, float], ...]:
    """Pairs of the law's paths that can hardly be told apart, the closest first."""
    correlation = law.covariance / np.outer(law.errors, law.errors)
    paths = [TERM_PATHS[term] for term in law.terms]
    pairs = [
        (paths[i], paths[j], float(correlation[i, j]))
        for i in range(len(paths))
        for j in range(i)
        if abs(correlation[i, j]) >= CORRELATED
    ]
    return tuple(sorted(pairs, key=lambda pair: -abs(pair[2])))


def _silent(estimates: dict[str, Estimate], table: EventTable) -> tuple[str, ...]:
    """Paths whose prior the log hardly changed, then what no such log can show."""
    paths = [
        path
        for path, one in estimates.items()
        if one.contraction is not None and one.contraction < SILENT
    ]
    kinds = set(np.unique(table.event).tolist())
    missing = ["readers", "policies", "inviting"]
    missing += [] if EVENT_CODE["leave"] in kinds else ["leaving"]
    missing += [] if EVENT_CODE["purchase"] in kinds else ["money"]
    return (*paths, *missing)
