"""Levers that many variants share: policies are planned again only where what they read differs.

Planning reads few of a scenario's values (prices, minutes, the calendar). Two scenarios that differ
in none of those that were read have the same levers, whatever else differs; hundreds of sets of
assumptions then cost a few plans instead of hundreds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.parameters import SECTIONS
from sim.study.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.levers import Levers
    from sim.scenario import Scenario

    Reads = dict[tuple[str, str], Any]


class _Section:
    """A section of a scenario that notes what is read of it."""

    def __init__(self, name: str, section: Any, reads: Reads) -> None:
        self.__dict__.update(_name=name, _section=section, _reads=reads)

    def __getattr__(self, key: str) -> Any:
        value = getattr(self._section, key)
        self._reads[self._name, key] = value
        return value

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for key, value in self._section:
            self._reads[self._name, key] = value
            yield key, value


class Plans:
    """Plans levers, each only once."""

    def __init__(self) -> None:
        """Nothing planned yet."""
        self._made: dict[str, list[tuple[Reads, Levers]]] = defaultdict(list)

    def named(self, variant: Variant, name: str) -> Variant:
        """The same variant by another name, its levers planned already.

        Raises:
            UserError: As ``sim.policies.planning.plan_levers``.
        """
        made = Variant(scenario=variant.scenario, name=name, begins=variant.begins)
        if "levers" in variant.__dict__:
            made.__dict__["levers"] = variant.levers
        elif variant.begins is None:
            made.__dict__["levers"] = self.levers(variant.scenario)
        return made

    def levers(self, scenario: Scenario) -> Levers:
        """The levers of a scenario.

        Raises:
            UserError: As ``sim.policies.planning.plan_levers``.
        """
        about = _fixed(scenario)
        for reads, levers in self._made[about]:
            if all(getattr(getattr(scenario, s), k) == v for (s, k), v in reads.items()):
                return _of(scenario, levers)
        from sim.policies.planning import plan_levers

        reads = {}
        watched = scenario.model_copy(
            update={name: _Section(name, getattr(scenario, name), reads) for name in SECTIONS}
        )
        levers = plan_levers(watched)
        self._made[about].append((dict(reads), levers))
        return _of(scenario, levers)

    @property
    def made(self) -> int:
        """Levers that were planned and are remembered."""
        return sum(map(len, self._made.values()))

    def reads(self) -> frozenset[str]:
        """Paths of the parameters that planning has read so far."""
        made = (reads for plans in self._made.values() for reads, _ in plans)
        return frozenset(f"{section}.{key}" for reads in made for section, key in reads)


def _fixed(scenario: Scenario) -> str:
    """Everything of a scenario but its parameters."""
    head = {key: value for key, value in scenario.flat().items() if "." not in key}
    return json.dumps([head, scenario.policies], default=str, sort_keys=True)


def _of(scenario: Scenario, levers: Levers) -> Levers:
    """Levers whose operator, who also reads while a run goes on, works for this scenario."""
    from sim.policies.operating import Operator

    if levers.operator is None:
        return levers
    assert isinstance(levers.operator, Operator)
    operator = Operator(levers.operator.desks, scenario, levers.operator.entries)
    return replace(levers, operator=operator)
