"""The portrait of a community: what it is, who is there, what is done, which numbers to adjust."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sim.parameters import by_path, table
from sim.policies.planning import read_plan
from sim.report import numbers
from sim.report.policy_lines import policy_line
from sim.scenario import Scenario
from sim.web.catalogue import Number, is_percent, step_of
from sim.web.said import parameter_said
from sim.web.totals import said
from sim.web.work import MEMBERS, MOST_MEMBERS
from sim.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.parameters import ParameterInfo

ADJUST = (
    MEMBERS, "member.wallet_median", "owner.minutes_per_week",
    "groups.number", "law.intercept", "reach.open", "member.trust_start", "buy.member_rate",
    "talk.topic_gain",
)  # fmt: skip
"""Numbers worth adjusting, the most important first: what an owner knows, and what decides most of
profit and activity among all assumptions (docs/tutorial-researcher.md)."""

_LEAST_MEMBERS = 10
_ROLES = (("leader", "leaders"), ("seed_user", "seed_users"), ("administrator", "administrators"),
          ("guest", "guests"))  # fmt: skip


class Adjustable(Number):
    """A parameter that can be set.

    Attributes:
        path: Dotted path, the key in a work's ``set``.
        value: What it is in this community.
    """

    path: str
    value: float


class Fact(BaseModel):
    """One fact of a community."""

    label: str
    value: str


class RoleShare(BaseModel):
    """A role and its share of the members on day 0."""

    key: str
    label: str
    share: float


class Habit(BaseModel):
    """A policy that the community has already: its key, in one line, as a file has it."""

    use: str
    text: str
    entry: dict[str, Any]


class Portrait(BaseModel):
    """A community as it is before anything is changed.

    Attributes:
        name: As people call it.
        about: What it is, in one line.
        badge: How far it is known: ``not_fitted``, ``fitted``, ``backtested``.
        badge_label: The same in words.
        members: Members on day 0.
        days: Days it is usually simulated.
        facts: What it is.
        roles: Who is there on day 0.
        policies: What is done already.
        adjust: Numbers worth adjusting; the first three are the main ones.
    """

    name: str
    about: str
    badge: str
    badge_label: str
    members: int
    days: int
    facts: list[Fact]
    roles: list[RoleShare]
    policies: list[Habit]
    adjust: list[Adjustable]


class Parameters(BaseModel):
    """Parameters that were asked for."""

    parameters: list[Adjustable]


@lru_cache(maxsize=64)
def preset_portrait(name: str, lang: Language) -> Portrait:
    """The portrait of a preset.

    Raises:
        UserError: ``not_found``/``preset``.
    """
    return portrait_of(Scenario.preset(name), badge="not_fitted", words=Words(lang))


def portrait_of(scenario: Scenario, *, badge: str, words: Words) -> Portrait:
    """The portrait of a community.

    Args:
        scenario: The community.
        badge: How far it is known.
        words: Language.
    """
    about = f"about.{scenario.name}"
    plan = zip(read_plan(scenario).policies, scenario.policies, strict=True)
    habits = [
        Habit(
            use=one.name, entry=entry,
            text=said(policy_line(one, entry, words), days=scenario.days, words=words),
        )
        for one, entry in plan
    ]  # fmt: skip
    return Portrait(
        name=words.preset(scenario.name), about=words.say(about) if words.has(about) else "",
        badge=badge, badge_label=words.badge(badge), members=scenario.members.initial,
        days=scenario.days, facts=_facts(scenario, words), roles=_roles(scenario, words),
        policies=habits,
        adjust=[adjustable(by_path()[path], scenario, words=words) for path in ADJUST],
    )  # fmt: skip


def _facts(scenario: Scenario, words: Words) -> list[Fact]:
    members, groups, reach = scenario.members, scenario.groups, scenario.reach
    arrivals = sum(value for name, value in reach if not name.startswith("cost"))

    def people(number: int) -> str:
        return words.say("web.catalogue.people", number=f"{number:,}")

    known = {"time": scenario.owner.minutes_per_week, "arrivals": arrivals,
             "policies": len(scenario.policies)}  # fmt: skip
    facts = {
        "platform": words.say(f"platform.{scenario.platform}"),
        "members": people(members.initial),
        "groups": words.say(
            "web.catalogue.groups_of", number=groups.number,
            capacity=f"{groups.capacity:,}",
        ),
        "time": words.say(
            "web.server.a_week",
            time=numbers.time_chosen(scenario.owner.minutes_per_week, words=words),
        ),
        "arrivals": words.say("web.catalogue.arrivals_of", number=numbers.plain_value(arrivals)),
        "market": people(scenario.market.size),
        "policies": words.say("web.catalogue.policies_of", number=len(scenario.policies)),
    }  # fmt: skip
    return [
        Fact(label=words.say(f"web.catalogue.fact_{key}"), value=value)
        for key, value in facts.items()
        if known.get(key, 1)  # what there is nothing of is no fact worth telling
    ]


def _roles(scenario: Scenario, words: Words) -> list[RoleShare]:
    """Roles on day 0; an owner is always among the first members."""
    members = scenario.members
    counted = {"owner": 1} | {role: int(getattr(members, name)) for role, name in _ROLES}
    counted["member"] = max(0, members.initial - sum(counted.values()))
    total = max(1, sum(counted.values()))
    return [
        RoleShare(key=role, label=words.role(role), share=count / total)
        for role, count in counted.items()
        if count
    ]


def adjustable(info: ParameterInfo, scenario: Scenario, *, words: Words) -> Adjustable:
    """A parameter as a field shows it, with its value in a community."""
    value = getattr(getattr(scenario, info.path.partition(".")[0]), info.path.partition(".")[2])
    told = scenario.sources.get(info.path)
    confidence = told.confidence if told else info.confidence
    label, meaning = parameter_said(info.path, words=words), words.parameter(info.path, info.note)
    named = label != meaning
    low, high = info.low, info.high
    plain = not (named and ("logit" in info.unit or "ln" in info.unit))  # else nobody could read it
    if info.path == MEMBERS:
        low, high = min(_LEAST_MEMBERS, value), MOST_MEMBERS
    return Adjustable(
        path=info.path, label=label,
        note=meaning if named else "", value=value, default=info.default, low=low, high=high,
        step=step_of(low, high, value, whole=info.counts), whole=info.counts,
        percent=is_percent(info.unit, info.high), unit=words.unit(info.unit) if plain else "",
        source=told.said(words.lang) if told else words.source(info.source),
        confidence=confidence, confidence_label=words.say(f"confidence.{confidence}"),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _all(preset: str, lang: Language) -> tuple[Adjustable, ...]:
    words, scenario = Words(lang), Scenario.preset(preset)
    return tuple(adjustable(info, scenario, words=words) for info in table())


def parameters(find: str, *, preset: str, lang: Language) -> Parameters:
    """Parameters in which all words that are looked for occur.

    Args:
        find: Words of the path, the name, the meaning or the unit; empty = all parameters.
        preset: Whose values.
        lang: Language.

    Raises:
        UserError: ``not_found``/``preset``.
    """
    asked = find.lower().replace("_", " ").split()
    return Parameters(parameters=[one for one in _all(preset, lang) if _has(one, asked)])


def _has(one: Adjustable, asked: Sequence[str]) -> bool:
    text = f"{one.path} {one.label} {one.note} {one.unit}".lower().replace("_", " ")
    return all(word in text for word in asked)
