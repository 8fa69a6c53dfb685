"""The levers of a scenario's own policies, and single levers for experiments."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.levers import Levers
from sim.policies.planning import plan_levers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.scenario import Scenario


@lru_cache(maxsize=16)
def operated(scenario: Scenario, *, days: int) -> Levers:
    """Levers of the policies that a scenario names."""
    return plan_levers(scenario, days=days)


def with_levers(
    scenario: Scenario, *, days: int, doses: Mapping[str, float | Callable[[int], float]]
) -> Levers:
    """The scenario's own policies and an experimenter's levers beside them.

    Args:
        scenario: The community.
        days: Horizon.
        doses: Value of each lever, constant or by day; 0 leaves the lever as it is.
    """
    own = operated(scenario, days=days)
    levers = Levers.neutral(days, scenario.groups.number, (*own.policies[1:], "experiment"))
    levers.planned[: len(own.policies)] = own.planned
    levers = replace(own.own(), planned=levers.planned, policies=levers.policies, operator=None)
    experiment = len(own.policies)
    for name, dose in doses.items():
        for day in range(days):
            amount = dose(day) if callable(dose) else dose
            if amount:
                levers.set(name, day, amount, policy=experiment)
    return levers
