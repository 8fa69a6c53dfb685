"""Groups without an operator: how long they live, and how their members invite (V1 to V9).

Published for all WeChat groups founded in a summer month (Qiu et al. 2016, WWW): dinners, projects,
friends. The window is 34 days, as there; a group's life is measured to its last message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.cascade import cascade
from sim.study.validation.finding import Finding, judge, within
from sim.study.validation.observe import records, start, watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.scenario import Scenario

WINDOW = 35
"""Days simulated: day 0 and the 34 days of the published window."""
_WEEK, _MONTH = 7, 30
_SMALL = 100
_LEAST_TREE = 3


@dataclass(frozen=True)
class Groups:
    """Many organic groups, one entry each.

    Attributes:
        life: int64, days until the end of the last day with a message; 0 = nobody ever wrote.
        size: int64, members on the last day.
        accepted: int64, accepted invitations.
        deep: int64, of these, newcomers three or more steps from the root.
        distance: int64, sum of the distances of all pairs of the invitation tree.
        pairs: int64, number of these pairs.
    """

    life: NDArray[np.int64]
    size: NDArray[np.int64]
    accepted: NDArray[np.int64]
    deep: NDArray[np.int64]
    distance: NDArray[np.int64]
    pairs: NDArray[np.int64]

    @property
    def short(self) -> NDArray[np.bool_]:
        """Silent within a week."""
        return self.life <= _WEEK

    @property
    def long(self) -> NDArray[np.bool_]:
        """Alive after a month."""
        return self.life > _MONTH


def simulate(scenario: Scenario, *, seed: int, count: int) -> Groups:
    """Simulate ``count`` groups without an operator."""
    rows = []
    for record in records(scenario, seed=seed, count=count, days=WINDOW):
        active = np.flatnonzero(record.total("messages"))
        tree = cascade(record)
        life = int(active[-1]) + 1 if active.size else 0
        size = int(record.total("members")[-1])
        rows.append((life, size, tree.accepted, tree.deep, tree.distance, tree.pairs))
    return Groups(*np.array(rows, np.int64).T)


def weibull_shape(life: NDArray[np.int64], *, until: int = _MONTH) -> float:
    """Maximum-likelihood shape of a Weibull law of lives known to the day, cut off at ``until``.

    A life of d days ended between d - 1 and d days after the founding (never used: within a day).
    """
    from scipy.optimize import minimize

    upper = np.maximum(life, 1).astype(float)
    done = upper <= until

    def minus_likelihood(theta: NDArray[np.float64]) -> float:
        shape, scale = np.exp(theta)
        survive = np.exp(-((upper / scale) ** shape))
        before = np.exp(-(((upper - 1.0) / scale) ** shape))
        alive = float(np.exp(-((until / scale) ** shape)))
        died = np.log(np.maximum(before[done] - survive[done], 1e-300)).sum()
        return -float(died + (~done).sum() * np.log(max(alive, 1e-300)))

    best = minimize(minus_likelihood, np.log([0.6, 20.0]), method="Nelder-Mead")
    return float(np.exp(best.x[0]))


def ratio(part: float, whole: float) -> float:
    """Quotient; NaN where there is nothing to divide by."""
    return part / whole if whole else float("nan")


def life_findings(groups: Groups) -> list[Finding]:
    """V1 to V4: how long groups live."""
    silent, alive = float(groups.short.mean()), float(groups.long.mean())
    shape = weibull_shape(groups.life)
    error = float(np.sqrt(silent * (1 - silent) / groups.life.size))
    return [
        Finding(
            key="V1", statement="organic groups: share silent within 7 days", band=".30 to .50",
            values={"share": silent, "standard error": error}, mark="calibrated",
            verdict=judge(within(silent, 0.30, 0.50)),
        ),
        Finding(
            key="V2", statement="organic groups: share with a message after day 30",
            band=".22 to .38", values={"share": alive}, mark="calibrated",
            verdict=judge(within(alive, 0.22, 0.38)),
        ),
        Finding(
            key="V3", statement="lives within 34 days are U-shaped: at most 7 or above 30 days",
            band="above .60", values={"share": silent + alive}, mark="calibrated",
            verdict=judge(silent + alive > 0.60), note="the sum of V1 and V2, no evidence beside",
        ),
        Finding(
            key="V4", statement="the hazard of a group falls with its age: Weibull shape",
            band=".45 to .75", values={"shape": shape}, mark="calibrated",
            verdict=judge(within(shape, 0.45, 0.75)), note="not independent of V1 and V2",
        ),
    ]  # fmt: skip


def tree_findings(groups: Groups) -> list[Finding]:
    """V7 to V9: invitation trees and sizes of short-lived and long-lived groups."""
    short, long = groups.short, groups.long
    deep = {
        name: ratio(float(groups.deep[who].sum()), float(groups.accepted[who].sum()))
        for name, who in (("long", long), ("short", short))
    }
    deep["ratio"] = ratio(deep["long"], deep["short"])
    trees = groups.pairs >= _LEAST_TREE
    wiener = {
        name: float((groups.distance[who & trees] / groups.pairs[who & trees]).mean())
        for name, who in (("long", long), ("short", short))
    }
    size = {"long": float(groups.size[long].mean()), "short": float(groups.size[short].mean())}
    size["short-lived below 100"] = float((groups.size[short] < _SMALL).mean())
    return [
        Finding(
            key="V7", statement="invitations at depth 3 or more, long-lived and short-lived groups",
            band="5 to 15 %, below 3 %, ratio at least 3", values=deep, mark="seen",
            verdict=judge(
                within(deep["long"], 0.05, 0.15), deep["short"] < 0.03, deep["ratio"] >= 3.0
            ),
        ),
        Finding(
            key="V8", statement="mean distance in invitation trees, long-lived above short-lived",
            band="1.8 to 4.0", values=wiener, mark="seen",
            verdict=judge(
                within(wiener["long"], 1.8, 4.0), wiener["long"] > wiener["short"]
            ),
        ),
        Finding(
            key="V9", statement="long-lived groups are larger; short-lived ones stay below 100",
            band="larger; at least 80 %", values=size, mark="seen",
            verdict=judge(size["long"] > size["short"], size["short-lived below 100"] >= 0.8),
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class Inviting:
    """When members invite.

    Attributes:
        latency: int64, days from joining to the first accepted invitation, one for each inviter.
        gaps: int64, days between consecutive accepted invitations of one inviter; 0 = same day.
    """

    latency: NDArray[np.int64]
    gaps: NDArray[np.int64]


def simulate_inviting(scenario: Scenario, *, seed: int, count: int) -> Inviting:
    """Watch ``count`` groups invite, day by day."""
    latency: list[int] = []
    gaps: list[NDArray[np.int64]] = []
    for replicate in range(count):
        seen = watch(start(scenario, seed=seed, replicate=replicate, days=WINDOW))
        joined = np.maximum(seen.record.members.joined, 0)
        for row in np.unique(seen.invite_row):
            days = seen.invite_day[seen.invite_row == row]
            latency.append(int(days[0] - joined[row]))
            gaps.append(np.diff(days))
    return Inviting(np.array(latency), np.concatenate(gaps) if gaps else np.zeros(0, np.int64))


def inviting_findings(inviting: Inviting) -> list[Finding]:
    """V5 and V6: how soon, and in what bursts."""
    soon = float((inviting.latency <= 5).mean())
    close = float((inviting.gaps <= 2).mean())
    between = inviting.gaps[inviting.gaps > 0]
    apart = float((between <= 2).mean()) if between.size else float("nan")
    return [
        Finding(
            key="V5", statement="first invitation within 5 days of joining", band=".70 to .90",
            values={"share": soon}, mark="put in", verdict=judge(within(soon, 0.70, 0.90)),
        ),
        Finding(
            key="V6", statement="consecutive invitations of one member at most 2 days apart",
            band=".70 to .90", mark="put in", verdict=judge(within(close, 0.70, 0.90)),
            values={"share": close, "of those on different days": apart},
            note="invitations of one day count as 0 days apart",
        ),
    ]  # fmt: skip


def findings(scenario: Scenario, *, seed: int, count: int, watched: int) -> Sequence[Finding]:
    """V1 to V9 for a scenario without an operator.

    Args:
        scenario: The ``organic`` preset, or a candidate for it.
        seed: Seed of the ensemble.
        count: Groups simulated for lives and trees.
        watched: Groups watched day by day for invitations.
    """
    groups = simulate(scenario, seed=seed, count=count)
    inviting = simulate_inviting(scenario, seed=seed + 1, count=watched)
    found = [*life_findings(groups), *inviting_findings(inviting), *tree_findings(groups)]
    return sorted(found, key=lambda finding: int(finding.key[1:]))
