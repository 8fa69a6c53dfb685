"""A community as something that values go into and numbers come out of."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.metrics import DAILY_KPIS, REGISTRY, restricted
from sim.metrics.measured import Measured
from sim.metrics.values import yuan
from sim.parameters import SECTIONS
from sim.scenario import Scenario
from sim.study.explain.planned import Plans
from sim.study.explain.players import numbered
from sim.study.simulate import kpi_parameters, to_the_end
from sim.study.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.metrics import Value

NUMERIC = tuple(key for key, kpi in REGISTRY.items() if kpi.unit != "stage")
"""KPIs that are numbers."""

SERIES = tuple(DAILY_KPIS)
"""Daily counts whose course can be an output."""

_MONEY = ("revenue", "cost", "profit")
_MOST_PLANS = 32  # kept of the levers that were planned, about 200 kB each


@dataclass(frozen=True, kw_only=True)
class Community:
    """One arm of a study, and what is measured of it.

    Attributes:
        variant: The community as it is where nothing is moved.
        series: Daily counts whose means over stretches of days are measured too.
        every: Days of a stretch; what is left over at the end is none.
    """

    variant: Variant
    series: tuple[str, ...] = ()
    every: int = 30

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to another process, which keeps one object for all points."""
        return _arrived, (self.key, self.variant, self.series, self.every)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of what :meth:`measure` gives, in order; ``members@60`` is a mean up to day 60."""
        ends = range(self.every, self.variant.days + 1, self.every)
        return NUMERIC + tuple(f"{name}@{end}" for name in self.series for end in ends)

    @cached_property
    def key(self) -> str:
        """SHA-256 of all that determines its numbers but values and luck."""
        about = [self.variant.key, list(self.series), self.every if self.series else 0]
        return hashlib.sha256(json.dumps(about).encode()).hexdigest()

    def at(self, values: Mapping[str, Any]) -> Variant:
        """The community with other values.

        Args:
            values: By dotted path or ``policy.setting``; a list is one of policies that are added.

        Raises:
            UserError: The values do not fit together.
        """
        data: dict[str, Any] = dict(self._resolved)
        touched = set()
        for path, value in values.items():
            section, _, key = path.partition(".")
            if isinstance(value, list):
                data["policies"] = [*data["policies"], *value]
            elif section in SECTIONS:
                if section not in touched:
                    data[section] = dict(data[section])
                    touched.add(section)
                data[section][key] = value
            elif not key:
                data[path] = value
            else:
                _set_policy(data, section, key, value)
        scenario = Scenario.build(data)
        return Variant(scenario=scenario, name=self.variant.name, begins=self.variant.begins)

    @cached_property
    def _resolved(self) -> dict[str, Any]:
        data: dict[str, Any] = self.variant.scenario.resolved()
        data.pop("sources", None)
        return data

    def measure(
        self,
        values: Mapping[str, Any],
        *,
        seed: int,
        replicate: int,
        stopping: Callable[[], bool] | None = None,
    ) -> tuple[float | None, ...]:
        """Simulate one run.

        Args:
            values: As :meth:`at`.
            seed: Seed of the study.
            replicate: Number of the luck; equal luck is shared by all points.
            stopping: Asked now and then whether to give up.

        Returns:
            Numbers in the order of :attr:`outputs`; None = undefined. A time that did not come
            counts as the horizon.

        Raises:
            Stopped: It said yes.
            UserError: The values do not fit together; ``policy_failed``.
        """
        variant = _planned(self, values)
        run = variant.start(seed=seed, replicate=replicate)
        to_the_end(run, stopping)
        measured = Measured(run.record(), parameters=kpi_parameters(variant.scenario))
        found = [_number(REGISTRY[key].measure(measured), measured.days) for key in NUMERIC]
        for name in self.series:
            found += self._course(measured, name)
        return tuple(found)

    def _course(self, measured: Measured, name: str) -> list[float]:
        """Means of a daily count over the stretches."""
        daily = measured.profit if name == "profit" else measured.series(name)
        whole = measured.days // self.every * self.every
        means = daily[:whole].reshape(-1, self.every).mean(axis=1)
        return [yuan(one) if name in _MONEY else float(one) for one in means.tolist()]


def _set_policy(data: dict[str, Any], name: str, key: str, value: Any) -> None:
    """Change a setting of one of the policies; an arm that does not have it stays as it is."""
    entries = [dict(entry) for entry in data["policies"]]
    places = dict(zip(numbered(entries), entries, strict=True))
    if name in places:
        places[name][key] = value
        data["policies"] = entries


def _number(value: Value, days: int) -> float | None:
    return restricted(value, horizon=days) if isinstance(value, str) else value


_memory = threading.local()


def _planned(community: Community, values: Mapping[str, Any]) -> Variant:
    """The community with other values, its levers planned; the last one is remembered.

    All futures of a point come one after the other, and most points differ in nothing that
    planning reads; each thread remembers its own, so that none waits for another.
    """
    place = (community.key, json.dumps(values, sort_keys=True, default=str))
    if getattr(_memory, "place", None) != place:
        made = community.at(values)
        if getattr(_memory, "of", None) != community.key or _memory.plans.made >= _MOST_PLANS:
            _memory.plans, _memory.of = Plans(), community.key
        _memory.variant = _memory.plans.named(made, made.name)
        _memory.place = place
    found: Variant = _memory.variant
    return found


_KNOWN: dict[str, Community] = {}


def _arrived(key: str, variant: Variant, series: tuple[str, ...], every: int) -> Community:
    """A community in a process that it was sent to: the same object every time."""
    if key not in _KNOWN:
        _KNOWN[key] = Community(variant=variant, series=series, every=every)
    return _KNOWN[key]
