"""A community like the one in a log, founded anew: first members and ways in set from its numbers.

A scenario file cannot hold members. What it can say of those who still spoke lately is how many
they are and how often they spoke; with that the first weeks have the log's speakers, and newcomers
come by the open door at the rate at which the log's became known. Both are set by trial runs
without shocks, because who founds a community is drawn and who arrives may never speak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.parameters import by_path
from sim.simulation import Run
from sim.warm_start.fitted import within_ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.scenario import Scenario

LATELY = 26
"""Weeks: who spoke in them is there when the community is founded anew."""
_LEVEL = 8  # weeks whose speakers the first weeks are to have
_SEED = 8_010_204
_ROUNDS = 6
_RUNS = 4
_LEAST = 1e-3  # newcomers a week


def founded_anew(scenario: Scenario, community: Community) -> Scenario:
    """The scenario of a warm start, to be begun without the members.

    Args:
        scenario: Of ``scenario_from_community``.
        community: The fitted log.
    """
    states = community.states
    window = min(LATELY, community.series.speakers.size)
    lately = int(np.count_nonzero(states.last_week >= community.week - window))
    share = float(community.series.speakers[-window:].mean()) / max(lately, 1)
    level = float(community.series.speakers[-_LEVEL:].mean())
    rate = max(community.inflow.mean, _LEAST)
    found = scenario.replace(
        within_ranges(
            {
                "members.initial": max(lately, 2),
                "members.history": window,
                "members.habit": share,
                "reach.open": rate / 7.0,
                "days": 364,
                "owner.activity": 0.0,  # who runs it talks as any member: no log tells who it is
            }
        )
    )
    return _tuned(found, level=level, rate=rate)


def _tuned(scenario: Scenario, *, level: float, rate: float) -> Scenario:
    """``members.habit`` and ``reach.open`` so that speakers and newcomers are the log's."""
    habit, reach = by_path()["members.habit"], by_path()["reach.open"]
    for _ in range(_ROUNDS):
        series = _trials(scenario)
        speakers = max(float(series[:_LEVEL, 0].mean()), 0.1)
        new = max(float(series[:, 2].mean()), _LEAST)
        odds = scenario.members.habit / (1.0 - scenario.members.habit + 1e-9)
        odds *= float(np.clip((level / speakers) ** 1.5, 0.2, 5.0))
        values = {
            "members.habit": float(np.clip(odds / (1.0 + odds), 0.001, min(habit.high, 0.99))),
            "reach.open": min(
                scenario.reach.open * float(np.clip(rate / new, 0.2, 5.0)), reach.high
            ),
        }
        scenario = scenario.replace(values)
    return scenario


def _trials(scenario: Scenario) -> NDArray[np.float64]:
    """Weekly speakers, messages and newcomers without shocks, mean of some runs: (weeks, 3)."""
    calm = scenario.replace(
        {"shock.volatility": 0.0, "shock.weekly_noise": 0.0, "shock.drift": 0.0}
    )
    total = np.zeros((LATELY, 3))
    for replicate in range(_RUNS):
        run = Run.start(calm, seed=_SEED, replicate=replicate, days=7 * LATELY)
        run.advance()
        total += run.record().weekly[:, 0, :]
    return total / _RUNS
