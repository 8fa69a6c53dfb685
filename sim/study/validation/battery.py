"""The whole validation: every target, on seeds that no calibration has seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.study.validation import (
    audience,
    giving,
    growing,
    leaving,
    moderation,
    organic,
    persons,
    selling,
    unknowns,
)
from sim.study.validation.finding import FIRST_SEED, Finding
from sim.study.validation.observe import preset

if TYPE_CHECKING:
    from collections.abc import Callable

OPERATED = ("knowledge", "interest", "product")


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes:
        groups: Organic groups.
        watched_groups: Organic groups watched day by day.
        runs: Runs of a year of each operated community, watched day by day.
        seeds: Seeds of the experiments.
        communities: Different communities compared.
    """

    groups: int
    watched_groups: int
    runs: int
    seeds: int
    communities: int


FULL = Effort(groups=3000, watched_groups=300, runs=10, seeds=10, communities=120)
QUICK = Effort(groups=100, watched_groups=20, runs=2, seeds=2, communities=20)


def validate(
    effort: Effort = FULL, *, seed: int = FIRST_SEED, progress: Callable[[str], None] | None = None
) -> list[Finding]:
    """Measure every target.

    Args:
        effort: How much to simulate; :data:`FULL` takes minutes.
        seed: First seed; each measurement uses others from there on.
        progress: Told what is measured next.
    """
    tell = progress or (lambda _: None)
    tell("organic groups")
    found = list(
        organic.findings(
            preset("organic"), seed=seed, count=effort.groups, watched=effort.watched_groups
        )
    )
    tell("members of operated communities")
    found += _persons(effort, seed=seed + 100)
    tell("money")
    found += _selling(effort, seed=seed + 200)
    tell("audiences")
    everybody = {name: preset(name) for name in OPERATED}
    found += [
        moderation.success_finding(preset("interest"), seed=seed + 300, count=effort.communities),
        audience.points_finding(preset("knowledge"), seed=seed + 301, count=effort.seeds // 2),
        audience.meeting_finding(preset("knowledge"), seed=seed + 302, count=effort.seeds),
        audience.loss_finding(everybody, seed=seed + 303, count=2 * effort.seeds),
    ]
    tell("moderation")
    arms = moderation.simulate(preset("interest"), seed=seed + 400, count=2 * effort.seeds)
    found += moderation.orderings(arms)
    tell("who leaves takes others along")
    small = preset("interest").replace(leaving.SMALL)
    led = {"forty people": small} | {name: everybody[name] for name in ("knowledge", "product")}
    found += [
        leaving.contagion_finding(everybody, seed=seed + 500, count=3 * effort.seeds),
        *leaving.lead_findings(led, seed=seed + 501, count=2 * effort.seeds),
    ]
    tell("who is let in, who was first")
    found += [
        giving.spill_over_finding(everybody, seed=seed + 600, count=4 * effort.seeds),
        *growing.seed_findings(
            preset("knowledge"), preset("interest"), seed=seed + 601, count=2 * effort.seeds
        ),
        growing.threshold_finding(everybody, seed=seed + 602, count=effort.seeds),
    ]
    return sorted(found, key=_place)


def sweep(
    effort: Effort = FULL, *, seed: int = FIRST_SEED, progress: Callable[[str], None] | None = None
) -> list[unknowns.Swept]:
    """What has no published figure, over the range of what is thinkable."""
    if progress is not None:
        progress("what has no number")
    everybody = {name: preset(name) for name in OPERATED}
    return unknowns.sweeps(everybody, seed=seed + 700, count=effort.seeds)


def _place(finding: Finding) -> tuple[int, int, str]:
    """Order of the table: V1 to V30, then logs, then claims by letter and number."""
    letter, number = re.match(r"([A-Za-z]+)(\d*)", finding.key).groups()  # type: ignore[union-attr]
    return ("V", "logs", "F", "I").index(letter), int(number or 0), finding.key


def _persons(effort: Effort, *, seed: int) -> list[Finding]:
    watched = {
        name: persons.watch_many(preset(name), seed=seed + k, count=effort.runs, days=persons.YEAR)
        for k, name in enumerate(OPERATED)
    }
    without = [
        seen
        for k, name in enumerate(OPERATED)
        for seen in persons.watch_many(
            preset(name).replace(persons.REPLY_OFF), seed=seed + k, count=effort.runs,
            days=persons.YEAR,
        )
    ]  # fmt: skip
    every = [seen for runs in watched.values() for seen in runs]
    return [
        persons.quitting_finding([seen.record for seen in every]),
        *persons.talk_findings({n: [s.record for s in runs] for n, runs in watched.items()}),
        persons.reply_finding(every, without),
        persons.burstiness_finding(watched),
        persons.volume_finding(watched["knowledge"]),
        *persons.log_findings(watched),
    ]


def _selling(effort: Effort, *, seed: int) -> list[Finding]:
    knowledge = preset("knowledge")
    return [
        selling.packet_finding(preset("product"), seed=seed),
        selling.promotion_finding(preset("product"), seed=seed + 1, count=effort.seeds),
        *selling.channel_findings(knowledge, seed=seed + 2, count=max(1, effort.seeds // 2)),
        *selling.course_findings(preset("course"), seed=seed + 3, count=4 * effort.seeds),
        selling.renewal_finding(knowledge, seed=seed + 4),
        selling.peer_finding(knowledge, seed=seed + 5),
    ]
