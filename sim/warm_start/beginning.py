"""The morning of day 0: the log's members in their rows, the group as they left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.coefficients import coefficients
from sim.draws import run_key
from sim.founding import trait_tables
from sim.levers import Levers
from sim.phases.returning import take_seats
from sim.population import ENGAGEMENT, HABIT, LANES, allocate
from sim.simulation import Run
from sim.state import (
    AUDIENCE,
    LAST,
    LEVEL,
    LIFE,
    MATTER,
    NORM,
    TAIL,
    WEEKS,
    new_books,
    new_groups,
)  # fmt: skip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.logs.replay import LawStates
    from sim.population import Population
    from sim.scenario import Scenario
    from sim.state import Drivers

_SPARE = 3


def begin(
    community: Community,
    *,
    scenario: Scenario,
    seed: int,
    replicate: int,
    drivers: Drivers,
    days: int,
    levers: Levers | None = None,
    leaving: bool = True,
) -> Run:
    """A run of a community with given drivers.

    Args:
        community: The fitted log.
        scenario: The scenario made of it.
        seed: Seed of the experiment.
        replicate: Number of the replicate.
        drivers: The outside world over at least ``days``.
        days: Horizon.
        levers: What policies planned; neutral by default.
        leaving: Whether members may mute and leave.
    """
    c: Any = coefficients(scenario)
    key = run_key(seed, replicate)
    traits = trait_tables(scenario)
    states = community.states
    arrivals = int(drivers.posters.sum())
    members = allocate((states.member.size + arrivals) // LANES + _SPARE)
    groups = new_groups(1)
    groups[0, TAIL] = -1.0
    take_seats(  # type: ignore[no-untyped-call]
        *key, members, groups, c, traits, states.member.astype(np.uint32),
        states.habits.astype(np.float32), states.volume.astype(np.float32),
        states.weeks_silent.astype(np.int64), states.weeks_known.astype(np.int64),
    )  # fmt: skip
    _open_group(groups[0], members, states=states, matter=scenario.matter.start)
    planned = levers if levers is not None else Levers.neutral(days, 1)
    books = new_books(days, 1, len(planned.policies))
    books.ledger[:] = planned.planned[:, :days].sum(axis=0)
    books.ledger_policy[:] = planned.planned[:, :days].sum(axis=1)
    return Run(
        scenario=scenario, seed=seed, replicate=replicate, day=0, days=days, key=key,
        members=members, groups=groups, levers=planned, drivers=drivers, books=books,
        traits=traits, capacity=np.array([scenario.groups.capacity], np.int64),
        initial_members=int(states.member.size), leaving=leaving,
    )  # fmt: skip


def _open_group(
    group: NDArray[np.float64], members: Population, *, states: LawStates, matter: float
) -> None:
    """The group's level is the log's; audience and life follow from its members."""
    group[LAST], group[LEVEL], group[NORM] = (
        states.level.last, states.level.short, states.level.long,
    )  # fmt: skip
    group[WEEKS] = float(states.week)
    group[MATTER] = matter
    blocks, lanes = members.rows // LANES, members.rows % LANES
    group[AUDIENCE] = 0.5 * float(members.real[blocks, ENGAGEMENT, lanes].sum())
    habit = members.real[blocks, HABIT, lanes].astype(np.float64)
    group[LIFE] = float((1.0 / (1.0 + np.exp(-habit))).sum()) / 4.0
