"""A scenario fitted to a log, and runs that begin with the log's members as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.draws import run_key
from sim.simulation import week_shape
from sim.warm_start.beginning import begin
from sim.warm_start.drivers import draw_drivers
from sim.warm_start.fitted import first_guess
from sim.warm_start.levels import talk_levels
from sim.warm_start.pilot import tune

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.levers import Levers
    from sim.logs.community import Community
    from sim.scenario import Scenario
    from sim.simulation import Run


def scenario_from_community(community: Community, *, weeks: int = 26) -> Scenario:
    """The scenario of a real community without an operator.

    Law, rhythm, talk and shocks are the log's; what a log does not show keeps its default.

    Args:
        community: The fitted log.
        weeks: Horizon.

    Raises:
        UserError: ``out_of_range``/``limits`` for a horizon that no scenario can have.
    """
    levels = talk_levels(community)
    return tune(first_guess(community, levels=levels, weeks=weeks), community, levels=levels)


def run_from_community(
    community: Community,
    *,
    seed: int = 0,
    replicate: int = 0,
    weeks: int = 26,
    scenario: Scenario | None = None,
    levers: Levers | None = None,
    leaving: bool = True,
    coming: NDArray[np.float64] | None = None,
) -> Run:
    """A run that begins with the members of a log, on the morning of its first simulated day.

    Day 0 is the first day of the first window after the origin (``community.start``). There is no
    owner and no role; who never wrote is not known. Newcomers come as the log's inflow has it, and
    speak on the day they come.

    Args:
        community: The fitted log.
        seed: Seed of the experiment, 0 to 2^63 - 1.
        replicate: Number of the replicate; equal numbers mean equal luck.
        weeks: Horizon.
        scenario: As :func:`scenario_from_community` made it, with whatever changes; made here if
            left out, which takes longer than many a run.
        levers: What policies planned, over at least ``7 * weeks`` days; neutral by default.
        leaving: Whether members may mute and leave. The law has been fitted with those who left
            in it, so a forecast leaves it out.
        coming: Known shocks ahead: logit added in each week, shape (weeks,). Newcomers feel their
            share of it, as of the shocks of chance.
    """
    scenario = scenario_from_community(community, weeks=weeks) if scenario is None else scenario
    key = run_key(seed, replicate)
    weekday, weekend = week_shape(scenario)
    drivers = draw_drivers(
        key, community=community, scenario=scenario, weeks=weeks, weekday=weekday, weekend=weekend
    )  # fmt: skip
    if coming is not None:
        newcomers = np.exp(scenario.shock.inflow_share * np.repeat(coming, 7))
        drivers = drivers._replace(
            common=drivers.common + coming, posters=drivers.posters * newcomers
        )
    return begin(
        community, scenario=scenario, seed=seed, replicate=replicate, drivers=drivers,
        levers=levers, leaving=leaving, days=7 * weeks,
    )  # fmt: skip
