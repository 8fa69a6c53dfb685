"""Who goes takes others along: contagion of leaving (V18) and the lead figure gone (F8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.policies.planning import plan_levers
from sim.population import (
    FLAGS,
    GRIEF,
    LANES,
    LEADER,
    LEFT,
    LEFT_HOW,
    LURKER,
    MUTED,
    NOBODY,
    OWNER,
    PAID,
    PRESENT,
    SLOTS,
)  # fmt: skip
from sim.state import HEADCOUNT
from sim.study.validation.finding import Finding, judge, within
from sim.study.validation.observe import column, start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.scenario import Scenario
    from sim.simulation import Run

FULL_TIE, FRIEND, ANY_TIE = 0.5, 0.25, 0.05
"""Weights from which a tie counts: grief is at its full height from one half on."""
_MONTH = 30
_GONE = np.uint8(0xFF ^ int(PRESENT | MUTED | PAID))
_WEIGHT = 2.0


def depart(run: Run, who: NDArray[np.int64]) -> None:
    """Let members of a community of one group go as by their own decision; their ties grieve.

    Args:
        run: In the morning of a day.
        who: Places in order of arrival.
    """
    members = run.members
    role = column(members, "role")
    for place in who.tolist():
        row = int(members.rows[place])
        leads = role[place] in {LEADER, OWNER}
        weight = _WEIGHT * (1.0 + (run.scenario.exit.leader_pull if leads else 0.0))
        for slot in range(SLOTS):
            partner = int(members.partner[row, slot])
            if partner != NOBODY:
                grief = min(1.0, weight * float(members.tie[row, slot]))
                members.real[partner // LANES, GRIEF, partner % LANES] += np.float32(grief)
        block, lane = row // LANES, row % LANES
        members.byte[block, FLAGS, lane] &= _GONE
        members.byte[block, LEFT_HOW, lane] = 1
        members.day[block, LEFT, lane] = run.day
    run.groups[0, HEADCOUNT] -= float(who.size)


def tied_to(run: Run, gone: NDArray[np.bool_], *, least: float) -> NDArray[np.bool_]:
    """Who is a partner of one of those who go, by a tie of at least ``least``."""
    rows = run.members.rows
    place = np.full(len(run.members.fill) * LANES, -1, np.int64)
    place[rows] = np.arange(rows.size)
    partner, weight = run.members.partner[rows[gone]], run.members.tie[rows[gone]]
    known = partner[(weight >= least) & (partner != NOBODY)].astype(np.int64)
    tied = np.zeros(rows.size, np.bool_)
    tied[place[known]] = True
    return tied


def _present(run: Run) -> NDArray[np.bool_]:
    present: NDArray[np.bool_] = (column(run.members, "flags") & PRESENT) > 0
    return present


def _exits(run: Run, who: NDArray[np.bool_], *, since: int) -> tuple[int, int]:
    """How many of some members left since a day, and their days of membership since."""
    there = _present(run)[: who.size]
    left = column(run.members, "left")[: who.size]
    days = np.where(there, run.day - since, left - since + 1)
    return int((~there & who).sum()), int(days[who].sum())


def assigned(
    scenario: Scenario, *, seed: int, count: int, share: float = 0.1, days: int = 360
) -> dict[float, NDArray[np.int64]]:
    """An experiment: every 30 days a tenth of the ordinary members go in one future, none in one.

    Both futures of a month start from the same day; the next month goes on from the one in which
    nobody was made to go.

    Returns:
        By least tie to one who went: int64 of shape (2, 2), exits and days at risk of those tied
        to him, without and with his going.
    """
    counts = {least: np.zeros((2, 2), np.int64) for least in (ANY_TIE, FRIEND, FULL_TIE)}
    for replicate in range(count):
        run = start(scenario, seed=seed, replicate=replicate, days=days)
        for day in range(_MONTH, days - _MONTH + 1, _MONTH):
            run.advance(day)
            rng = np.random.default_rng((seed, replicate, day))
            role, here = column(run.members, "role"), _present(run)
            gone = here & (role == LURKER) & (rng.random(role.size) < share)
            tied = {
                least: tied_to(run, gone, least=least) & here & ~gone & (role != OWNER)
                for least in counts
            }
            left = run.fork()
            depart(left, np.flatnonzero(gone))
            left.advance(day + _MONTH)
            run.advance(day + _MONTH)
            for least, who in tied.items():
                for arm, future in enumerate((run, left)):
                    counts[least][arm] += _exits(future, who, since=day)
    return counts


def seen(scenario: Scenario, *, seed: int, count: int, days: int = 360) -> NDArray[np.int64]:
    """What an observer would count: exits after a friend's own departure, and without one.

    Returns:
        int64 of shape (SLOTS + 1, 2, 2): by the number of ties of at least :data:`FRIEND`; nobody
        and somebody among them gone within 30 days; exits and days at risk.
    """
    counts = np.zeros((SLOTS + 1, 2, 2), np.int64)
    for replicate in range(count):
        run = start(scenario, seed=seed, replicate=replicate, days=days)
        until = np.zeros(0, np.int64)
        while run.day < days:
            before, day = _present(run), run.day
            friends = (run.members.tie[run.members.rows] >= FRIEND).sum(axis=1)
            staff = column(run.members, "role") == OWNER
            until = np.concatenate([until, np.zeros(before.size - until.size, np.int64)])
            run.advance(day + 1)
            goes = before & ~_present(run)[: before.size]
            at_risk = before & ~staff
            exposed = (until > day).astype(np.int64)
            np.add.at(counts[:, :, 0], (friends[at_risk & goes], exposed[at_risk & goes]), 1)
            np.add.at(counts[:, :, 1], (friends[at_risk], exposed[at_risk]), 1)
            if goes.any():
                everybody = np.zeros(run.members.rows.size, np.bool_)
                everybody[: goes.size] = goes
                tied = tied_to(run, everybody, least=FRIEND)[: before.size]
                until[tied] = day + 1 + _MONTH
    return counts


def hazard_ratio(counts: NDArray[np.int64]) -> float:
    """Exits a day in the second row of (exits, days) against the first."""
    (few, low), (many, high) = counts.astype(float).tolist()
    return (many / high) / (few / low) if few and high else float("nan")


def pooled_ratio(strata: NDArray[np.int64]) -> float:
    """Mantel-Haenszel ratio of hazards; strata (S, 2, 2): (exits, days) by exposure."""
    counts = strata.astype(float)
    days = counts[:, :, 1].sum(axis=1)
    counts, days = counts[days > 0], days[days > 0]
    above = (counts[:, 1, 0] * counts[:, 0, 1] / days).sum()
    below = (counts[:, 0, 0] * counts[:, 1, 1] / days).sum()
    return float(above / below) if below else float("nan")


def contagion_finding(presets: Mapping[str, Scenario], *, seed: int, count: int) -> Finding:
    """V18: leaving in the 30 days after a tie has left, by experiment and as seen."""
    trials = [assigned(one, seed=seed, count=count) for one in presets.values()]
    total = {least: np.sum([trial[least] for trial in trials], axis=0) for least in trials[0]}
    watched = np.sum([seen(one, seed=seed, count=count) for one in presets.values()], axis=0)
    full = hazard_ratio(total[FULL_TIE])
    values = {
        "by chance, tie of .5 or more": full,
        "tie of .25 or more": hazard_ratio(total[FRIEND]),
        "any tie": hazard_ratio(total[ANY_TIE]),
        "exits after": float(total[FULL_TIE][1, 0]),
        "as seen, friend gone against none": hazard_ratio(watched.sum(axis=0)),
        "as seen, as many friends": pooled_ratio(watched),
    }
    return Finding(
        key="V18", statement="leaving within 30 days of a tie's departure, against without it",
        band="1.4 to 2.2 (1.8 a neighbour)", values=values, mark="put in",
        verdict=judge(within(full, 1.4, 2.2), values["as seen, as many friends"] > 1.0),
        note="judged by departures assigned by chance, with ties of at least one half; weaker ties "
        "grieve less, and members with friends leave less than others, grief or not",
    )  # fmt: skip


def lead_goes(
    scenario: Scenario, *, owner: bool, leader: bool, seed: int, count: int, day: int = 120,
    days: int = 360,
) -> dict[str, float]:  # fmt: skip
    """Change after the owner, the leader with the highest standing, or both go on one day.

    With the owner go the pieces that he writes. Messages and speakers are the group's; stayers are
    those of that day, without who goes.

    Returns:
        Geometric means over runs, less 1: messages and speakers of the last 120 days, messages of
        those who stay in the first 60.
    """
    without = scenario.replace({"owner.leaves_on": day}) if owner else scenario
    levers = plan_levers(without, days=days)
    logs = []
    for replicate in range(count):
        run = start(scenario, seed=seed, replicate=replicate, days=days)
        run.advance(day)
        lost = run.fork(levers=levers, scenario=without)
        role, standing = column(run.members, "role"), column(run.members, "standing")
        leads = np.flatnonzero(_present(run) & (role == LEADER))
        top = leads[np.argsort(-standing[leads], kind="stable")][:1]
        if leader:
            depart(lost, top)
        stays = _present(lost) & ~(owner & (role == OWNER))
        said = column(run.members, "messages")[stays]
        own = []
        for future in (run, lost):
            future.advance(day + 60)
            now = column(future.members, "messages")[: stays.size][stays]
            own.append(float((now - said).sum()))
            future.advance()
        late = [
            [float(future.record().total(name)[-days // 3 :].sum()) for future in (run, lost)]
            for name in ("messages", "speakers")
        ]
        logs.append([np.log((b + 1.0) / (a + 1.0)) for a, b in (*late, own)])
    names = ("messages", "speakers", "stayers' own")
    return dict(zip(names, (np.exp(np.mean(logs, axis=0)) - 1.0).tolist(), strict=True))


SMALL: Mapping[str, object] = {
    "members.initial": 40, "members.leaders": 1, "members.seed_users": 2, "reach.open": 0.5,
}  # fmt: skip
"""A group of forty with one leader and few newcomers."""


def lead_findings(communities: Mapping[str, Scenario], *, seed: int, count: int) -> list[Finding]:
    """F8: the owner goes; the leader whom the group answers most goes; both go."""
    arms = (
        ("F8, owner", "the owner goes, and what he wrote", True, False),
        ("F8, leader", "the leader with the highest standing goes", False, True),
        ("F8, both", "both go", True, True),
    )
    found = []
    for key, what, owner, leader in arms:
        changes = {
            name: lead_goes(one, owner=owner, leader=leader, seed=seed, count=count)
            for name, one in communities.items()
        }
        values = {
            f"{name}, {part}": value
            for name, change in changes.items()
            for part, value in change.items()
        }
        found.append(
            Finding(
                key=key, statement=f"{what}: days 120 to 240 after; stayers' own in 60 days",
                band="less is said (handbook; sites decay with their experts, Abufouda: sign)",
                values=values, mark="emergent",
                verdict=judge(*(change["messages"] < -0.05 for change in changes.values())),
            )
        )  # fmt: skip
    return found
