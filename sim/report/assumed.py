"""What a scenario rests on, value by value: its parameters, and those of its policies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.parameters import table
from sim.policies.base import settings_of
from sim.policies.planning import read_plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sim.scenario import Scenario
    from sim.words import Words


@dataclass(frozen=True)
class Assumption:
    """One number that the calculation rests on.

    Attributes:
        path: Dotted path of the parameter.
        value: What was used.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit in words.
        source: Where the default comes from.
        confidence: ``high``, ``medium``, ``low`` or ``unknown``.
        changed: Whether the user set it.
        own: Whether it makes this community differ from the default one, or is of its policies.
        meaning: What it means, in a few words.
    """

    path: str
    value: object
    low: float
    high: float
    unit: str
    source: str
    confidence: str
    changed: bool = False
    own: bool = False
    meaning: str = ""


def assumptions_of(
    scenario: Scenario, *, words: Words, changed: Collection[str] = ()
) -> list[Assumption]:
    """Every parameter of a scenario and of its policies, with where its value comes from.

    Args:
        scenario: Its ``[sources]`` tell where its own values come from; what has none there is
            told by its declaration.
        words: Language.
        changed: Paths that the user set.

    Returns:
        Parameters in the table's order, then policies in the file's.
    """
    return [*_parameters(scenario, words, changed), *_settings(scenario, words)]


def own_assumptions(scenario: Scenario, *, words: Words) -> list[Assumption]:
    """Those that make this community differ from the default one."""
    return [one for one in assumptions_of(scenario, words=words) if one.own]


def _parameters(scenario: Scenario, words: Words, changed: Collection[str]) -> Iterator[Assumption]:
    values = scenario.flat()
    for row in table():
        told = scenario.sources.get(row.path)
        yield Assumption(
            path=row.path,
            value=values[row.path],
            low=row.low,
            high=row.high,
            unit=words.unit(row.unit),
            source=told.said(words.lang) if told else words.source(row.source),
            confidence=told.confidence if told else row.confidence,
            changed=row.path in changed,
            own=told is not None or values[row.path] != row.default,
            meaning=words.parameter(row.path, row.note),
        )


def _settings(scenario: Scenario, words: Words) -> Iterator[Assumption]:
    for planned, entry in zip(read_plan(scenario).policies, scenario.policies, strict=True):
        for info in settings_of(type(planned.policy)):
            path = f"{planned.name}.{info.name}"
            told = scenario.sources.get(path)
            if told is None and info.name in entry:
                told = scenario.sources.get(planned.name)
            text = f"setting.{planned.policy.key}.{info.name}"
            yield Assumption(
                path=path,
                value=getattr(planned.policy, info.name),
                low=info.low,
                high=info.high,
                unit=words.unit(info.unit),
                source=told.said(words.lang) if told else words.source(info.source),
                confidence=told.confidence if told else info.confidence,
                own=True,
                meaning=words.say(text) if words.has(text) else info.note,
            )
