"""A preset plans its year: in a shorter run some of its policies never act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.policies.planning import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.policies.operating import Planned
    from sim.policies.planning import Plan
    from sim.scenario import Scenario

LATER = "warning.later"


def late_policies(scenario: Scenario, plan: Plan) -> dict[int, Planned]:
    """Policies of a preset that do not act within the horizon, by their number in the scenario.

    Args:
        scenario: While it is known where its policies were written.
        plan: Of these policies, perhaps of more behind them.
    """
    return {
        index: plan.policies[index]
        for index in range(len(scenario.policies))
        if scenario.place(f"policies.{index}").shipped and not plan.policies[index].calendar.acting
    }


def keys_of(cautions: Iterable[Caution]) -> frozenset[str]:
    """Keys of policies that the horizon has left out, as the cautions about them say."""
    found = (str(one.values["policy"]) for one in cautions if one.key == LATER)
    return frozenset(name.partition("#")[0] for name in found)


def cautions_of(late: Mapping[int, Planned], *, days: int) -> tuple[Caution, ...]:
    """What is told of them."""
    return tuple(
        Caution(key=LATER, values={"policy": one.name, "days": days}) for one in late.values()
    )
