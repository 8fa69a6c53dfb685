"""What differs between the supported versions of Mesa: 3.3 on Python 3.11, 3.5 from 3.12 on.

Features are looked for, not version numbers, and only here. Everything above is written against
what both versions share; Mesa 4 announces to drop ``batch_run``, ``seed=`` and ``Model.steps``, so
none of them is built upon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNTS_BY_MODEL = hasattr(mesa.Agent, "_ids")
"""Mesa 3.3 numbers agents by a class-wide table keyed by model, which keeps every model alive for
ever. Later versions number agents in the model."""


def enrol(agent: mesa.Agent, *, model: mesa.Model, unique_id: int) -> None:
    """Register an agent with its model under a number of its own.

    Stands for ``mesa.Agent.__init__``, whose numbers follow the order of construction.

    Args:
        agent: A new agent, or one whose class has changed and that was taken out before.
        model: Its model.
        unique_id: Stable number, unique within the model.
    """
    if _COUNTS_BY_MODEL:
        agent.model, agent.unique_id, agent.pos = model, unique_id, None
        model.register_agent(agent)
    else:
        mesa.Agent.__init__(agent, model)
        agent.unique_id = unique_id


def change_class(agent: mesa.Agent, kind: type[mesa.Agent]) -> None:
    """Turn an agent into one of another class; it stays the same object with the same number.

    Args:
        agent: A registered agent.
        kind: Its new class.
    """
    model, unique_id, place = agent.model, agent.unique_id, agent.pos
    mesa.Agent.remove(agent)
    agent.__class__ = kind
    enrol(agent, model=model, unique_id=unique_id)
    agent.pos = place


def catch_up(model: mesa.Model, *, steps: int, step: Callable[[], Any]) -> None:
    """Let Mesa's clock and schedule take steps in which ``step`` replaces the model's own.

    Mesa's counters must be moved by Mesa: 3.3 counts in a wrapper, 3.5 by scheduled events.

    Args:
        model: The model.
        steps: How many.
        step: What happens in each.
    """
    own = model._user_step  # noqa: SLF001  both versions call the model's own step by this name
    model._user_step = step  # noqa: SLF001
    try:
        for _ in range(steps):
            model.step()
    finally:
        model._user_step = own  # noqa: SLF001
