"""One arm of a study: a community, what its operator does, and how it begins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.levers import Levers
    from sim.scenario import Scenario
    from sim.simulation import Run
    from sim.study.beginning import Beginning

BASE = "base"
"""Name of the variant that nothing was added to."""

_REMEMBERED = 64
"""Variants that a process remembers with their planned levers, a few megabytes each."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Variant:
    """Everything but luck that determines runs. Variants of one key are equal.

    Attributes:
        scenario: The community, policies and horizon included.
        name: What it is called.
        begins: The saved community that it goes on from; None = founded on day 0.
    """

    scenario: Scenario
    name: str = BASE
    begins: Beginning | None = None

    @cached_property
    def key(self) -> str:
        """SHA-256 of what determines its runs, 64 hex digits."""
        key = self.scenario.digest()
        if self.begins is not None:
            key = hashlib.sha256(f"{key} {self.begins.digest}".encode()).hexdigest()
        return key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variant) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def days(self) -> int:
        """Days that are simulated, counted from where it begins."""
        return self.scenario.days - (0 if self.begins is None else self.begins.day)

    @property
    def members(self) -> int:
        """Members on the first morning."""
        return self.scenario.members.initial if self.begins is None else self.begins.members

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to another process without its levers, which that process plans once."""
        return _arrived, (self.key, self.scenario, self.name, self.begins)

    @cached_property
    def levers(self) -> Levers:
        """What policies planned; the same object for all runs.

        Raises:
            UserError: As ``sim.policies.planning.plan_levers``.
        """
        from sim.policies.planning import plan_levers

        if self.begins is not None:
            return self.begins.levers(self.scenario)
        return plan_levers(self.scenario)

    def check(self) -> None:
        """Plan the levers now, so that what is wrong with a policy is told before any run.

        Raises:
            UserError: As ``sim.policies.planning.plan_levers``.
        """
        _ = self.levers

    def start(self, *, seed: int, replicate: int) -> Run:
        """A run on its first morning; equal seed and replicate mean equal luck in all variants.

        Raises:
            UserError: As ``sim.policies.planning.plan_levers``; ``not_found``, ``damaged`` for a
                saved community.
        """
        from sim.simulation import Run  # loads the compiler

        levers = self.levers
        if self.begins is not None:
            return self.begins.start(self.scenario, levers, seed=seed, replicate=replicate)
        return Run.start(
            self.scenario, seed=seed, replicate=replicate, days=self.scenario.days, levers=levers
        )


_KNOWN: dict[tuple[str, str], Variant] = {}


def _arrived(key: str, scenario: Scenario, name: str, begins: Beginning | None) -> Variant:
    """A variant in a process that it was sent to: the same object every time."""
    if (key, name) not in _KNOWN:
        while len(_KNOWN) >= _REMEMBERED:
            _KNOWN.pop(next(iter(_KNOWN)), None)
        _KNOWN[key, name] = Variant(scenario=scenario, name=name, begins=begins)
    return _KNOWN[key, name]
