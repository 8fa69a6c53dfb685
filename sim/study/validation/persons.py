"""Who stays, who talks, who is answered (V10 to V16), and whether posters are like real ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.describe import describe
from sim.metrics.inequality import message_counts, top_share
from sim.record import LEFT_HOW, STAFF_ROLES
from sim.study.validation.finding import Finding, judge, within
from sim.study.validation.observe import start, watch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.record import RunRecord
    from sim.scenario import Scenario
    from sim.study.validation.observe import Watched

YEAR = 365
LEFT = LEFT_HOW.index("left")
_QUARTER = 84
"""Days of the published lurker studies: 12 weeks."""

LOG_QUARTILES = {
    "ret30_60": (0.115, 0.147, 0.176),
    "once": (0.127, 0.159, 0.218),
    "one_day": (0.361, 0.467, 0.533),
    "gini": (0.800, 0.838, 0.906),
    "top10_share": (0.707, 0.779, 0.881),
    "med_life_days": (0.04, 0.21, 3.95),
}
"""First quartile, median and third quartile of 40 real logs as ``qunsim describe`` measures them
(39 chat channels, mail lists and forums named in docs/validation.md)."""

LOG_BURSTINESS = (0.412, 0.498, 0.626)
"""The same for the burstiness of gaps between a member's speaking days."""


@dataclass(frozen=True)
class Quitting:
    """How long stays last: exponential against Lomax (power-law) survival.

    Attributes:
        stays: Number of stays.
        gain: AIC of the exponential minus AIC of the Lomax law; above 0 the power law wins.
        shape: Shape of the Lomax law.
        first: Leaving a day in the first week.
        second: Leaving a day on days 30 to 59.
    """

    stays: int
    gain: float
    shape: float
    first: float
    second: float


def stays(record: RunRecord) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Stays begun in the run: days seen (half a day added), and whether they ended by leaving."""
    m = record.members
    began = (m.joined >= 0) & ~np.isin(m.role, STAFF_ROLES)
    left = (m.left_how == LEFT) & began
    end = np.where(m.left >= 0, m.left, record.days)
    seen: NDArray[np.float64] = (end - m.joined)[began].astype(np.float64) + 0.5
    ended: NDArray[np.bool_] = left[began]
    return seen, ended


def quitting(days: NDArray[np.float64], left: NDArray[np.bool_]) -> Quitting:
    """Fit both laws by maximum likelihood, stays that go on being censored."""
    from scipy.optimize import minimize

    exits, exposure = int(left.sum()), float(days.sum())
    rate = exits / exposure
    exponential = exits * np.log(rate) - rate * exposure

    def minus_likelihood(theta: NDArray[np.float64]) -> float:
        shape, scale = np.exp(theta)
        ended = np.log(shape / scale) - np.log1p(days[left] / scale)
        return -float(ended.sum() - shape * np.log1p(days / scale).sum())

    best = minimize(minus_likelihood, np.log([0.7, 20.0]), method="Nelder-Mead")

    def hazard(low: float, high: float) -> float:
        at_risk = np.clip(days, low, high) - low
        return float((left & (days > low) & (days <= high)).sum() / at_risk.sum())

    return Quitting(
        stays=days.size,
        gain=float(2.0 - 2.0 * exponential - (4.0 + 2.0 * best.fun)),
        shape=float(np.exp(best.x[0])),
        first=hazard(0.0, 7.0),
        second=hazard(30.0, 60.0),
    )


def quitting_finding(runs: Sequence[RunRecord]) -> Finding:
    """V10: the law of leaving among those who joined in the runs."""
    found = [stays(record) for record in runs]
    days = np.concatenate([seen for seen, _ in found])
    fit = quitting(days, np.concatenate([left for _, left in found]))
    fall = fit.first / fit.second
    return Finding(
        key="V10", band="power law beats exponential; hazard falls at least 3 times", mark="seen",
        statement="leaving of joiners: law of survival, hazard of week 1 against days 30 to 59",
        values={
            "AIC gain": fit.gain, "Lomax shape": fit.shape, "week 1": fit.first,
            "days 30 to 59": fit.second, "factor": fall,
        },
        verdict=judge(fit.gain > 0.0, fall >= 3.0),
    )  # fmt: skip


def concentration(record: RunRecord) -> tuple[float, float]:
    """Shares of messages by the most active 1 % and 10 % of all members ever."""
    counts = message_counts(record, population="members")
    return top_share(counts, top=0.01) or 0.0, top_share(counts, top=0.10) or 0.0


def silent_share(record: RunRecord) -> float:
    """Of members there for the last 12 weeks, staff left out: share who wrote nothing in them."""
    m = record.members
    there = (m.left < 0) & (m.joined < record.days - _QUARTER) & ~np.isin(m.role, STAFF_ROLES)
    quiet = (m.last_spoke < record.days - _QUARTER) | (m.messages == 0)
    return float(quiet[there].mean())


def unanswered(record: RunRecord) -> float:
    """Share of opening posts that nobody answered on their day."""
    return float(1.0 - record.total("roots_answered").sum() / record.total("roots").sum())


def talk_findings(runs: Mapping[str, Sequence[RunRecord]]) -> list[Finding]:
    """V11 to V13 by community, means over its runs of a year."""
    top1, top10, quiet, alone = {}, {}, {}, {}
    for name, several in runs.items():
        rows = [
            (*concentration(record), silent_share(record), unanswered(record)) for record in several
        ]
        top1[name], top10[name], quiet[name], alone[name] = np.mean(rows, axis=0).tolist()
    return [
        Finding(
            key="V11", statement="share of messages by the top 1 % and 10 % of all members",
            band=".20 to .75; .60 to .99", mark="calibrated",
            values={f"{n} 1 %": v for n, v in top1.items()}
            | {f"{n} 10 %": v for n, v in top10.items()},
            verdict=judge(
                *(within(v, 0.20, 0.75) for v in top1.values()),
                *(within(v, 0.60, 0.99) for v in top10.values()),
            ),
        ),
        Finding(
            key="V12", statement="members with no message in 12 weeks", band=".45 to .90",
            values=quiet, mark="calibrated",
            verdict=judge(*(within(v, 0.45, 0.90) for v in quiet.values())),
        ),
        Finding(
            key="V13", statement="opening posts that nobody answers", band=".40 to .62",
            values=alone, mark="calibrated",
            verdict=judge(*(within(v, 0.40, 0.62) for v in alone.values())),
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class FirstPosts:
    """First speaking days of newcomers, one entry each.

    Attributes:
        messages: Messages of that day.
        answered: Whether anybody answered.
        again: Whether the member wrote on a later day.
    """

    messages: NDArray[np.int64]
    answered: NDArray[np.bool_]
    again: NDArray[np.bool_]


def first_posts(seen: Watched, *, least: int = 60) -> FirstPosts:
    """First posts of members who joined in the run, at least ``least`` days before its end."""
    m = seen.record.members
    _, at = np.unique(seen.row, return_index=True)
    keep = (m.joined[seen.row[at]] >= 0) & (seen.day[at] <= seen.record.days - least)
    at = at[keep]
    return FirstPosts(
        messages=seen.messages[at],
        answered=seen.answered[at],
        again=m.last_spoke[seen.row[at]] > seen.day[at],
    )


def odds_ratio(posts: FirstPosts) -> tuple[float, float]:
    """Odds ratio of writing again given an answer: crude, and alike for equal first days.

    The published study follows one message and its answers. Who writes much on the first day is
    both answered more and likelier to return, so the second figure compares members with the same
    number of messages that day (Mantel and Haenszel 1959).
    """

    def pooled(strata: NDArray[np.int64]) -> float:
        up, down = 0.0, 0.0
        for stratum in np.unique(strata):
            here = strata == stratum
            yes, back = posts.answered[here], posts.again[here]
            up += float((yes & back).sum() * (~yes & ~back).sum()) / here.sum()
            down += float((yes & ~back).sum() * (~yes & back).sum()) / here.sum()
        return up / down if down else float("nan")

    return pooled(np.zeros_like(posts.messages)), pooled(np.minimum(posts.messages, 12))


REPLY_OFF = {"again.mention": 0.0, "opening.mention": 0.0, "benefit.recognition": 0.0}
"""The model without any effect of being answered."""


def _together(parts: Sequence[FirstPosts]) -> FirstPosts:
    return FirstPosts(
        messages=np.concatenate([part.messages for part in parts]),
        answered=np.concatenate([part.answered for part in parts]),
        again=np.concatenate([part.again for part in parts]),
    )


def reply_finding(watched: Sequence[Watched], without: Sequence[Watched]) -> Finding:
    """V14 from runs with and without the effects of being answered."""
    crude, alike = odds_ratio(_together([first_posts(seen) for seen in watched]))
    none_crude, none_alike = odds_ratio(_together([first_posts(seen) for seen in without]))
    return Finding(
        key="V14", statement="odds ratio of writing again given an answer on the first day",
        band="1.3 to 2.2; above 1 with effects of answers off", mark="emergent",
        values={
            "equal first days": alike, "crude": crude,
            "equal, effects off": none_alike, "crude, effects off": none_crude,
        },
        verdict=judge(within(crude, 1.3, 2.2), none_crude > 1.0),
        note="judged by the crude figure; real logs, same measures: crude 1.25 to 1.83, equal "
        "first days .88 to 1.44",
    )  # fmt: skip


def gap_burstiness(seen: Watched) -> float:
    """Burstiness of gaps between a member's speaking days, pooled over members with 10 gaps.

    B = (sd - mean) / (sd + mean) (Goh and Barabási 2008). Whole days: the daily cycle cannot enter.
    """
    gaps = []
    for row in np.unique(seen.row):
        mine = np.diff(seen.day[seen.row == row])
        if mine.size >= 10:
            gaps.append(mine)
    pooled = np.concatenate(gaps)
    mean, spread = float(pooled.mean()), float(pooled.std())
    return (spread - mean) / (spread + mean)


def burstiness_finding(watched: Mapping[str, Sequence[Watched]]) -> Finding:
    """V15 by community."""
    values = {
        name: float(np.mean([gap_burstiness(seen) for seen in runs]))
        for name, runs in watched.items()
    }
    low, _, high = LOG_BURSTINESS
    return Finding(
        key="V15", statement="burstiness of gaps between a member's speaking days",
        band=f"above .30 (real logs, same measure: {low:.2f} to {high:.2f})", values=values,
        mark="emergent", verdict=judge(*(value > 0.30 for value in values.values())),
        note="the model has days, not hours: the published figures are for gaps between messages",
    )  # fmt: skip


def monthly_active(seen: Watched) -> list[int]:
    """Distinct members who wrote in each whole window of 28 days."""
    return [
        int(np.unique(seen.row[(seen.day >= first) & (seen.day < first + 28)]).size)
        for first in range(0, seen.record.days - 27, 28)
    ]


def volume_finding(watched: Sequence[Watched]) -> Finding:
    """V16: windows of 28 days of a knowledge group in which 70 to 100 members wrote."""
    rows = []
    for seen in watched:
        for window, active in enumerate(monthly_active(seen)):
            inside = seen.day // 28 == window
            if 70 <= active <= 100:
                a_day = float(seen.messages[inside].sum()) / 28.0
                rows.append((a_day, a_day / active, active))
    values = np.array(rows) if rows else np.full((1, 3), np.nan)
    a_day, each, active = np.median(values, axis=0).tolist()
    return Finding(
        key="V16", statement="a lively group of 70 to 100 active members in 28 days",
        band="50 to 250 messages a day, .7 to 3 for each active member", mark="calibrated",
        values={
            "messages a day": a_day, "each": each, "active": active, "windows": float(len(rows)),
            "in band": float(((values[:, 0] >= 50) & (values[:, 0] <= 250)).mean()),
        },
        verdict=judge(within(a_day, 50, 250), within(each, 0.7, 3.0)),
    )  # fmt: skip


def log_statistics(seen: Watched) -> dict[str, float]:
    """The statistics of real logs, of a simulated one, by the same code."""
    table: dict[str, Any] = describe(seen.table())
    return {name: float(table[name]) for name in LOG_QUARTILES}


def log_findings(watched: Mapping[str, Sequence[Watched]]) -> list[Finding]:
    """Simulated posters against the quartiles of real logs, one row a community."""
    found = []
    for name, runs in watched.items():
        values = {
            key: float(np.mean([row[key] for row in map(log_statistics, runs)]))
            for key in LOG_QUARTILES
        }
        inside = [within(values[k], low, high) for k, (low, _, high) in LOG_QUARTILES.items()]
        found.append(
            Finding(
                key=f"logs, {name}",
                values=values | {"inside": float(sum(inside))},
                statement="posters against the quartiles of 40 real logs",
                mark="calibrated",
                band=", ".join(f"{k} {a:g} to {b:g}" for k, (a, _, b) in LOG_QUARTILES.items()),
                verdict="hit" if sum(inside) >= 4 else "miss",
                note="at least four of six",
            )
        )
    return found


def watch_many(scenario: Scenario, *, seed: int, count: int, days: int) -> list[Watched]:
    """Watch ``count`` runs day by day."""
    return [
        watch(start(scenario, seed=seed, replicate=replicate, days=days))
        for replicate in range(count)
    ]
