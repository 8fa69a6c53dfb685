"""What people do to each other: goals, meetings, a lost audience (V28 to V30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.population import (
    FLAGS,
    LANES,
    LURKER,
    MUTED,
    PAID,
    PRESENT,
    ROLE,
    SEED_USER,
    SLOTS,
)  # fmt: skip
from sim.state import HEADCOUNT
from sim.study.validation.finding import Finding, judge, within
from sim.study.validation.observe import column, start
from sim.study.validation.operating import with_levers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.scenario import Scenario
    from sim.simulation import Run

_LEVEL = 20.0
"""Points of the first level (see ``sim.phases.talking.goal_gradient``)."""

_NO_LIMIT: Mapping[str, object] = {
    "platform": "open", "groups.capacity": 100_000, "groups.qr_limit": 100_000,
}  # fmt: skip


def remove_half(run: Run, *, seed: int) -> NDArray[np.bool_]:
    """Take a random half of the ordinary members out of a run, as an outage would; nobody grieves.

    Returns:
        Who stays, bool over the rows in use.
    """
    rows = run.members.rows
    block, lane = rows // LANES, rows % LANES
    flags = run.members.byte[block, FLAGS, lane]
    role = run.members.byte[block, ROLE, lane]
    gone = (np.random.default_rng(seed).random(rows.size) < 0.5) & (flags & PRESENT > 0)
    gone &= (role == LURKER) | (role == SEED_USER)
    run.members.byte[block[gone], FLAGS, lane[gone]] &= np.uint8(0xFF ^ int(PRESENT | MUTED | PAID))
    run.groups[0, HEADCOUNT] -= float(gone.sum())
    stayed: NDArray[np.bool_] = ~gone & (flags & PRESENT > 0)
    return stayed


def audience_loss(
    scenario: Scenario, *, seed: int, count: int, day: int = 120, after: int = 60
) -> float:
    """Change of stayers' messages in the days after half the audience is gone (geometric mean).

    As when a country is cut off: half of the candidates stay away too, and the places that come
    free do not draw others. A full group turns candidates away; half empty it lets them in, and
    would be a group with more newcomers rather than one with a smaller audience.
    """
    held = scenario.replace(_NO_LIMIT)
    changes = []
    for replicate in range(count):
        whole = start(held, seed=seed, replicate=replicate, days=day + after)
        whole.advance(day)
        halved = whole.fork()
        stays = np.flatnonzero(remove_half(halved, seed=replicate))
        halved.drivers.reach[day:] *= 0.5
        before = column(whole.members, "messages")[stays]
        whole.advance()
        halved.advance()
        kept = float((column(whole.members, "messages")[stays] - before).sum())
        alone = float((column(halved.members, "messages")[stays] - before).sum())
        changes.append(np.log((alone + 1.0) / (kept + 1.0)))
    return float(np.exp(np.mean(changes)) - 1.0)


def loss_finding(presets: Mapping[str, Scenario], *, seed: int, count: int) -> Finding:
    """V30 by community."""
    values = {name: audience_loss(s, seed=seed, count=count) for name, s in presets.items()}
    return Finding(
        key="V30", statement="half the audience gone: change of the stayers' messages in 60 days",
        band="-45 to -10 %", values=values, mark="seen",
        verdict=judge(*(within(value, -0.45, -0.10) for value in values.values())),
    )  # fmt: skip


def tie_sums(run: Run, among: NDArray[np.bool_]) -> tuple[float, float]:
    """Weight of the ties of some members with each other, and with everybody else."""
    rows = run.members.rows
    place = np.zeros(int(rows[-1]) + 1, np.bool_)
    place[rows] = among
    inside = outside = 0.0
    for slot in range(SLOTS):
        weight = run.members.tie[rows[among], slot]
        partner = run.members.partner[rows[among], slot].astype(np.int64)
        known = partner < place.size
        with_them = np.zeros(partner.size, np.bool_)
        with_them[known] = place[partner[known]]
        inside += float(weight[with_them].sum())
        outside += float(weight[known & ~with_them].sum())
    return inside, outside


def meeting_finding(scenario: Scenario, *, seed: int, count: int, day: int = 60) -> Finding:
    """V29: a meeting against the same day without one."""
    sums = np.zeros((2, 2))
    met = with_levers(scenario, days=day + 1, doses={"meet": lambda t: 0.5 if t == day else 0.0})
    for replicate in range(count):
        without = start(scenario, seed=seed, replicate=replicate, days=day + 1)
        without.advance(day)
        having = without.fork(levers=met)
        without.advance()
        having.advance()
        warmer = column(having.members, "engagement") - column(without.members, "engagement")
        there = (warmer > 0.05) | (
            (column(having.members, "trust") - column(without.members, "trust")) > 0.02
        )
        sums += np.array([tie_sums(having, there), tie_sums(without, there)])
    inside, outside = (sums[0] / sums[1]).tolist()
    return Finding(
        key="V29", statement="ties among attendees and to the absent, a meeting against none",
        band="above 1; below 1", values={"among attendees": inside, "to the absent": outside},
        mark="put in", verdict=judge(inside > 1.0, outside < 1.0),
    )  # fmt: skip


def points_finding(scenario: Scenario, *, seed: int, count: int, days: int = 240) -> Finding:
    """V28: messages of a speaking day just before and just after a level, first and second."""
    levers = with_levers(scenario, days=days, doses={"points": 1.0})
    sums, counts = np.zeros((2, 2)), np.zeros((2, 2))
    for replicate in range(count):
        run = start(scenario, seed=seed, replicate=replicate, days=days, levers=levers)
        said = column(run.members, "messages")
        for day in range(days):
            points = column(run.members, "points")
            run.advance(day + 1)
            now = column(run.members, "messages")[: said.size]
            wrote = now - said
            said = column(run.members, "messages")
            for level, (low, high) in enumerate(((0.0, _LEVEL), (_LEVEL, 3.0 * _LEVEL))):
                near = (points >= high - 0.15 * (high - low)) & (points < high)
                past = (points >= high) & (points < high + 0.3 * (high - low))
                for side, which in enumerate((near, past)):
                    spoke = wrote[which & (wrote > 0)]
                    sums[level, side] += np.log(spoke).sum()
                    counts[level, side] += spoke.size
    means = sums / np.maximum(counts, 1.0)
    first, second = np.exp(means[:, 1] - means[:, 0]).tolist()
    return Finding(
        key="V28", statement="points: messages of a speaking day after a level, against before it",
        band="below 1, and nearer to 1 at the second level", mark="put in",
        values={"first level": first, "second level": second},
        verdict=judge(first < 1.0, second > first),
    )  # fmt: skip
