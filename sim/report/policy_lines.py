"""Policies as lines of a report: when they act and how they are set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.audiences import EVERYONE
from sim.report import numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sim.policies.operating import Planned
    from sim.scenario import Scenario
    from sim.study.beginning import Beginning
    from sim.words import Words


@dataclass(frozen=True)
class PolicyLine:
    """One policy that acts in the run.

    Attributes:
        use: Its key, perhaps numbered (``red_packet#2``).
        start: First day.
        stop: Day after the last; None = the end.
        settings: Parameters as ``name = value``.
        rhythm: How often, on which weekdays, in which groups, on what condition.
        written: Names of the parameters that were set rather than left as they are.
        audience: For whom it is, as it is written.
    """

    use: str
    start: int
    stop: int | None
    settings: tuple[str, ...] = ()
    rhythm: str = ""
    written: frozenset[str] = frozenset()
    audience: str = EVERYONE


def policy_lines(
    scenario: Scenario, words: Words, *, begins: Beginning | None = None
) -> list[PolicyLine]:
    """The policies of a scenario as the report lists them.

    Args:
        scenario: Whose policies.
        words: Language.
        begins: The saved community that goes on; days count from its today.
    """
    from sim.policies.planning import read_plan  # loads every policy

    planned = zip(read_plan(scenario).policies, scenario.policies, strict=True)
    today = 0 if begins is None else begins.day
    return [policy_line(one, entry, words, today=today) for one, entry in planned]


def policy_line(
    one: Planned, entry: Mapping[str, Any], words: Words, *, today: int = 0
) -> PolicyLine:
    """One policy as the report lists it.

    Args:
        one: The policy.
        entry: As it is written.
        words: Language.
        today: Day from which its days are counted.
    """
    settings = one.policy.model_dump().items()
    return PolicyLine(
        one.name, one.calendar.start - today,
        None if one.calendar.stop is None else one.calendar.stop - today,
        settings=tuple(f"{name} = {numbers.plain_value(value)}" for name, value in settings),
        rhythm=_rhythm(one, str(entry.get("when", "")), words),
        written=frozenset(entry) & {name for name, _ in settings},
        audience=str(one.audience or EVERYONE),
    )  # fmt: skip


def _rhythm(one: Planned, when: str, words: Words) -> str:
    """How often, on which weekdays, in which groups, on what condition."""
    from sim.policies.base import WEEKDAYS

    every, days = one.calendar.every, sorted(one.calendar.weekdays)
    parts = []
    if every > 1 or not days:
        daily = "report.every_day" if every == 1 else "report.every_days"
        parts.append(words.say(daily, days=every))
    if days:
        parts.append(words.join([words.say(f"weekday.{WEEKDAYS[day]}") for day in days]))
    if one.groups:
        listed = words.join([str(group) for group in one.groups])
        parts.append(words.say("report.in_groups", groups=listed))
    if when:
        parts.append(words.say("report.only_when", condition=when))
    return ("；" if words.lang == "zh" else "; ").join(parts)


def settings_said(
    line: PolicyLine, *, words: Words, only: Collection[str] | None = None
) -> list[str]:
    """How a policy is set, as operators say it.

    Args:
        line: The policy.
        words: Language.
        only: Names of the settings to tell; None = all of them.
    """
    pairs = (text.partition(" = ") for text in line.settings)
    return [
        words.setting(line.use, name, value)
        for name, _, value in pairs
        if only is None or name in only
    ]


def known_texts(kind: str, key: str, own: Sequence[str], words: Words) -> list[str]:
    """What is known of a policy: the catalogue's texts where it has them, else the policy's own.

    Args:
        kind: ``evidence`` or ``failure``.
        key: The policy's.
        own: What it says of itself.
        words: Language.
    """
    names = [f"{kind}.{key}.{number}" for number in range(1, len(own) + 1)]
    return [
        words.say(name) if words.has(name) else text for name, text in zip(names, own, strict=True)
    ]
