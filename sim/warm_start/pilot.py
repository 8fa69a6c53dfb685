"""Trial weeks that settle the two levels which the engine's answers and company move.

How often one is answered, and how many messages answers add, comes out of the simulated talk. So
the level of further speaking days and that of messages are set where a first simulated week,
without shocks, brings the days and messages that the log's laws expect of the same speakers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.logs.law import TERMS
from sim.population import DAY_INDEX, LANES
from sim.simulation import week_shape
from sim.state import Drivers
from sim.warm_start.beginning import begin
from sim.warm_start.days import days_spoken
from sim.warm_start.fitted import within_ranges
from sim.warm_start.levels import LEAST_EXTRA

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.scenario import Scenario
    from sim.warm_start.levels import TalkLevels

_SEED = 8_010_203  # apart from the seeds of studies: trials are part of the fit
_ROUNDS = 4
_SPEAKERS = 1500.0
_FEW = 30
_FEWEST_RUNS, _MOST_RUNS = 4, 48


def tune(scenario: Scenario, community: Community, *, levels: TalkLevels) -> Scenario:
    """The scenario with ``again.base`` and ``member.activity_rate`` as trial weeks ask.

    Args:
        scenario: First guess.
        community: The fitted log.
        levels: Its daily levels.

    Returns:
        The first guess itself where fewer than 30 speakers appear in all the trials.
    """
    expected_days = _expected_days(community, levels=levels)
    expected_messages = community.messages.mean(community.states.volume)
    runs = _runs(community)
    for _ in range(_ROUNDS):
        spoke, days, messages = _trial_weeks(scenario, community, runs=runs)
        speakers = float(spoke.sum())
        if speakers < _FEW:
            return scenario
        further = max(float(spoke @ expected_days) - speakers, 0.01 * speakers)
        extra = max(float(spoke @ expected_messages) - days, LEAST_EXTRA * days)
        said = max(messages - days, LEAST_EXTRA * days)
        moved = np.log(further / max(days - speakers, 0.01 * speakers))
        scenario = scenario.replace(
            within_ranges(
                {
                    "again.base": scenario.again.base + float(np.clip(moved, -1.0, 1.0)),
                    "member.activity_rate": scenario.member.activity_rate * extra / said,
                }
            )
        )
    return scenario


def _runs(community: Community) -> int:
    lately = float(community.series.speakers[-8:].mean())
    return int(np.clip(_SPEAKERS / max(lately, 1.0), _FEWEST_RUNS, _MOST_RUNS))


def _expected_days(community: Community, *, levels: TalkLevels) -> NDArray[np.float64]:
    states, law = community.states, community.law
    z = states.terms()[:, [TERMS.index(term) for term in law.terms]]
    return days_spoken(z @ law.coefficients, law=levels.further, weekday=community.weekday)


def _trial_weeks(
    scenario: Scenario, community: Community, *, runs: int
) -> tuple[NDArray[np.float64], float, float]:
    """(How often each member spoke in the week, speaking days, messages), over all trials."""
    size = community.states.member.size
    spoke, days, messages = np.zeros(size), 0.0, 0.0
    weekday, weekend = week_shape(scenario)
    quiet = Drivers(np.zeros(1), np.ones(1), np.zeros((7, 5)), np.zeros(7), weekday, weekend)
    rows = np.arange(size)
    for replicate in range(runs):
        run = begin(
            community, scenario=scenario, seed=_SEED, replicate=replicate, drivers=quiet,
            leaving=False, days=7,
        )  # fmt: skip
        run.advance()
        last = run.members.day[rows // LANES, DAY_INDEX["last_spoke"], rows % LANES]
        spoke += last >= 0
        record = run.record()
        days += float(record.total("speakers").sum())
        messages += float(record.total("messages").sum())
    return spoke, days, messages
