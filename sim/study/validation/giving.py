"""What red packets do to talk: the spill-over and its satiation (evidence beside V17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.study.validation.finding import Finding, judge
from sim.study.validation.observe import start
from sim.study.validation.operating import with_levers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.levers import Levers
    from sim.scenario import Scenario

_PORTIONS, _YUAN = 10.0, 50.0


def _packets(scenario: Scenario, *, first: int, last: int, days: int) -> Levers:
    """A packet on every day from ``first`` to ``last``."""
    doses = {
        name: lambda t, size=size: size if first <= t <= last else 0.0
        for name, size in (("packet", _YUAN), ("packet_parts", _PORTIONS))
    }
    return with_levers(scenario, days=days, doses=doses)


def spill_over(
    scenario: Scenario, *, before: int, seed: int, count: int, day: int = 60
) -> tuple[float, float]:
    """What one packet more does, after ``before`` packets on the days before it.

    Returns:
        For each of its ten portions: members who speak on that day and would not have, and
        messages of that day and the six after it.
    """
    plain = scenario.replace({"policies": []})
    days = day + 7
    levers = [_packets(plain, first=day - before, last=last, days=days) for last in (day - 1, day)]
    more = np.zeros(2)
    for replicate in range(count):
        without = start(plain, seed=seed, replicate=replicate, days=days, levers=levers[0])
        without.advance(day)
        given = without.fork(levers=levers[1])
        for sign, future in ((-1.0, without), (1.0, given)):
            future.advance()
            record = future.record()
            more += sign * np.array(
                [record.total("speakers")[day], record.total("messages")[day:].sum()]
            )
    speakers, messages = (more / count / _PORTIONS).tolist()
    return speakers, messages


def spill_over_finding(presets: Mapping[str, Scenario], *, seed: int, count: int) -> Finding:
    """The talk that a packet brings, and how it falls the more packets went before."""
    values: dict[str, float] = {}
    tests: list[bool] = []
    for name, scenario in presets.items():
        runs = [spill_over(scenario, before=before, seed=seed, count=count) for before in (0, 2, 7)]
        first, third, eighth = (speakers for speakers, _ in runs)
        values |= {f"{name}, first": first, f"{name}, third": third, f"{name}, eighth": eighth,
                   f"{name}, messages of a week": runs[0][1]}  # fmt: skip
        tests += [first > 0.0 and runs[0][1] > 0.0, eighth < third < first]
    return Finding(
        key="V17, talk", statement="members who speak because of a packet of ten portions, for "
        "each; after no, two and seven packets on the days before",
        band="above 0 (.69 for each who was given, in a live chat); falls with gifts before",
        values=values, mark="put in", verdict=judge(*tests),
        note="attention and its wearing off are put in (stimulus.*, talk.stimulus), not these "
        "figures; all who look are called alike: who gets a portion talks no more than who looked",
    )  # fmt: skip
