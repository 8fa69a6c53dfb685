"""From the policies of a scenario to the levers of a run, every mistake told at its place."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sim.audiences import MOST
from sim.errors import UserError, UserErrors
from sim.levers import Levers
from sim.policies.aiming import audiences_of, cannot_be_aimed, for_nobody, in_effect, too_many
from sim.policies.base import Calendar, Deed, Policy, PolicyLevers, settings_of
from sim.policies.clashing import clashing
from sim.policies.guarding import guarded
from sim.policies.operating import Desk, Operator, Planned
from sim.policies.registry import policy_class
from sim.policies.schedule import KEYS, ScheduleReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

    from sim.scenario import Scenario

Entry = dict[str, Any]
"""One ``[[policies]]`` table: ``use``, ``start``, ``stop``, ``every`` and parameters."""

MOST_GROUPS = 256
"""More groups are not opened, whatever is planned."""

_STRAIGHT = str.maketrans({"：": ":", "，": ",", "＝": "="})


@dataclass(frozen=True, kw_only=True)
class Caution:
    """Something that is allowed and probably not meant.

    Attributes:
        key: Its text in the catalogue of words, ``warning.*``.
        values: What the text needs; ``policy`` and ``other`` are policies' names.
    """

    key: str
    values: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What operators will do in a run.

    Attributes:
        policies: In the order written.
        cautions: What is probably not meant.
    """

    policies: tuple[Planned, ...]
    cautions: tuple[Caution, ...]


def read_plan(
    scenario: Scenario, *, extra: Sequence[Mapping[str, Any]] = (), days: int | None = None
) -> Plan:
    """Check the policies of a scenario.

    Args:
        scenario: Its ``policies`` are read.
        extra: More entries, after the scenario's own.
        days: Horizon; the scenario's own by default.

    Raises:
        UserError: Unknown policy or parameter (with the nearest one), a value outside its range, a
            policy that would never act or cannot be aimed, too many audiences; ``UserErrors`` if
            there are several mistakes.
    """
    horizon = scenario.days if days is None else days
    entries: list[Mapping[str, Any]] = [*scenario.policies, *extra]
    errors: list[UserError] = []
    planned: list[Planned] = []
    readers: list[_Reader] = []
    aiming: list[_Reader] = []
    used: Counter[str] = Counter()
    for index, entry in enumerate(entries):
        written = index < len(scenario.policies)
        reader = _Reader(entry, index=index, scenario=scenario, written=written)
        readers.append(reader)
        one = reader.read(horizon)
        if one is not None and cannot_be_aimed(one, scenario, days=horizon):
            reader.refuse("audience", policy=one.name)
        errors += reader.errors
        if one is not None:
            used[one.name] += 1
            number = used[one.name]
            name = one.name if number == 1 else f"{one.name}#{number}"
            planned.append(replace(one, name=name))
            aiming.append(reader)
    number = _places(scenario, planned)
    for reader in readers:
        errors += reader.missing_groups(number)
    if (one := too_many(planned)) is not None:
        reader = aiming[planned.index(one)]
        reader.refuse("audiences", most=MOST)
        errors += reader.errors[-1:]
    if errors:
        raise errors[0] if len(errors) == 1 else UserErrors(errors)
    cautions = [*_cautions(planned), *_vain(planned, scenario, days=horizon)]
    return Plan(policies=tuple(planned), cautions=tuple(cautions))


def plan_levers(
    scenario: Scenario,
    *,
    extra: Sequence[Mapping[str, Any]] = (),
    days: int | None = None,
    room: int = 0,
) -> Levers:
    """The levers of a run under the policies of a scenario.

    Args:
        scenario: Its ``policies`` are planned.
        extra: More entries, after the scenario's own.
        days: Horizon; the scenario's own by default.
        room: Groups for which there must be room at least, beside those that policies may open.

    Returns:
        Levers over the horizon, written as far as the owner's time allows; with an operator where
        what is done depends on the run. A policy that is off leaves no trace in them.

    Raises:
        UserError: As :func:`read_plan`; ``policy_failed``/``planning`` if a policy raises.
    """
    horizon = scenario.days if days is None else days
    plan = read_plan(scenario, extra=extra, days=horizon)
    acting = [one for one in plan.policies if in_effect(one)]
    names, audiences = tuple(one.name for one in acting), audiences_of(acting)
    levers = Levers.neutral(horizon, max(room, _places(scenario, acting)), names, audiences)
    desks = []
    for index, one in enumerate(acting, start=1):
        sheet = PolicyLevers(levers, scenario)
        guarded(partial(one.policy.plan, one.calendar, sheet), policy=one.name)
        audience = -1 if one.audience is None else audiences.index(one.audience)
        desks.append(Desk(one, index, sheet.deeds, audience))
    operator = Operator(tuple(desks), scenario, (*scenario.policies, *extra))
    if operator.waits(scenario.groups.number):
        return replace(levers, operator=operator)
    operator.settle(levers)
    return levers


def _places(scenario: Scenario, planned: Sequence[Planned]) -> int:
    """Groups there are on day 0, and those that policies may open, one policy after the other."""
    number = scenario.groups.number
    for one in planned:
        if not one.policy.is_off:
            number += one.policy.opens(one.calendar, groups=len(one.groups) or number)
    return min(number, MOST_GROUPS)


def recall_operator(memory: Mapping[str, Any], *, scenario: Scenario, days: int) -> Operator | None:
    """The operator that ``Operator.memory`` describes, with what he has written down so far.

    Args:
        memory: As it was kept.
        scenario: The run's scenario.
        days: The run's horizon.

    Raises:
        UserError: As :func:`plan_levers`, if its policies are not what they were.
    """
    bare = scenario.replace({"policies": []})
    made: Any = plan_levers(bare, extra=memory["entries"], days=days).operator
    if made is None:
        return None
    desks = [
        replace(desk, deeds={
            int(day): Deed([(str(n), float(a), int(g)) for n, a, g in uses],
                           [(str(account), float(amount), bool(each))
                            for account, amount, each in spending])
            for day, uses, spending in memory["sheets"][desk.planned.name]
        })
        if desk.planned.name in memory["sheets"]
        else desk
        for desk in made.desks
    ]  # fmt: skip
    return Operator(tuple(desks), scenario, made.entries)


def parse_policy(text: str) -> Entry:
    """One entry from ``key[:name=value,...]``, as on the command line.

    Args:
        text: For example ``red_packet`` or ``red_packet:amount=200,shares=20,every=7``. Full-width
            punctuation between the parts is read as straight.

    Raises:
        UserError: ``wrong_form``/``policy_option``.
    """
    key, colon, rest = text.translate(_STRAIGHT).partition(":")
    key = key.strip()
    if not key or (colon and not rest.strip()):
        raise UserError("wrong_form", "policy_option", value=text)
    try:
        values = tomllib.loads(f"values = {{ {rest} }}")["values"]
    except (ValueError, RecursionError):
        values = _plain_pairs(rest, text)
    return {"use": key, **values}


def _plain_pairs(rest: str, text: str) -> Entry:
    """``name=value`` pairs whose values are words without quotes."""
    values: Entry = {}
    for pair in rest.split(","):
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not name or not value:
            raise UserError("wrong_form", "policy_option", value=text)
        try:
            values[name] = tomllib.loads(f"value = {value}")["value"]
        except (ValueError, RecursionError):
            values[name] = value
    return values


def _cautions(planned: Sequence[Planned]) -> list[Caution]:
    """Identical entries, two uses of one policy on one day, policies that clash."""
    found = []
    for later, one in enumerate(planned):
        for other in planned[:later]:
            if other.policy.key != one.policy.key:
                continue
            if replace(other, name=one.name) == one:
                found.append(Caution(key="warning.duplicate", values={"policy": one.policy.key}))
                break
            both = sorted({*one.calendar.acting} & {*other.calendar.acting})
            off = one.policy.is_off or other.policy.is_off
            if both and not off and one.audience == other.audience:
                values = {"policy": one.policy.key, "day": both[0]}
                found.append(Caution(key="warning.same_day", values=values))
                break
    return [*found, *(Caution(key=key, values=values) for key, values in clashing(planned))]


def _vain(planned: Sequence[Planned], scenario: Scenario, *, days: int) -> list[Caution]:
    """Policies for an audience that there cannot be."""
    return [
        Caution(
            key="warning.no_audience", values={"policy": one.name, "audience": str(one.audience)}
        )
        for one in for_nobody(planned, scenario, days=days)
    ]


class _Reader:
    """One entry being checked; ``errors`` is what is wrong with it."""

    def __init__(
        self, entry: Mapping[str, Any], *, index: int, scenario: Scenario, written: bool
    ) -> None:
        self.entry = entry
        self.errors: list[UserError] = []
        self._path = f"policies.{index}"
        self._scenario = scenario
        self._written = written
        self._groups: tuple[int, ...] = ()

    def missing_groups(self, number: int) -> list[UserError]:
        """Mistakes in ``groups``, if there will never be more than ``number``."""
        before = len(self.errors)
        if self._groups and self._groups[-1] >= number:
            about = {"key": f"{self.entry['use']}.groups", "value": self._groups[-1]}
            self._add("out_of_range", "group", "groups", last=number - 1, **about)
        return self.errors[before:]

    def read(self, days: int) -> Planned | None:
        key = str(self.entry.get("use", ""))
        try:
            policy = policy_class(key)
        except UserError as error:
            self._add(error.kind, error.reason, "use", **error.values)
            return None
        schedule = ScheduleReader(
            self.entry, policy=policy, scenario=self._scenario, days=days, add=self._add
        )
        calendar, when, groups = schedule.calendar(), schedule.condition(), schedule.groups()
        self._groups = groups
        audience = schedule.audience()
        values = {name: value for name, value in self.entry.items() if name not in {"use", *KEYS}}
        try:
            made = policy.model_validate(values)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._mistake(policy, detail)
            return None
        if self.errors:
            return None
        days_of = Calendar(days=days, first_weekday=self._scenario.first_weekday, **calendar)
        return Planned(
            name=key, policy=made, calendar=days_of, when=when, groups=groups, audience=audience
        )

    def refuse(self, reason: str, /, **values: object) -> None:
        """The policy cannot be for whom it is said to be."""
        self._add("contradiction", reason, "to", value=str(self.entry["to"]), **values)

    def _add(self, kind: str, reason: str, at: str, /, **values: object) -> None:
        """A mistake with the place of the key, if it was written in a file."""
        place: dict[str, object] = {}
        if self._written:
            found = self._scenario.place(f"{self._path}.{at}")
            if kind == "never_happens" and found.shipped:
                return  # a preset plans its year; a shorter run does not get so far
            place = {"file": found.file, "line": found.line}
        self.errors.append(UserError(kind, reason, **{**values, **place}))

    def _mistake(self, policy: type[Policy], detail: ErrorDetails) -> None:
        name = str(detail["loc"][0]) if detail["loc"] else "use"
        value, kind = detail["input"], detail["type"]
        about: dict[str, object] = {"key": f"{policy.key}.{name}", "value": _written(value)}
        info = next((one for one in settings_of(policy) if one.name == name), None)
        if kind == "extra_forbidden" or info is None:
            known = [*policy.model_fields, *KEYS]
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            suggestion = f"{policy.key}.{near[0]}" if near else None
            about["suggestion"] = suggestion
            reason = "parameter" if near else "policy_parameter"
            self._add("unknown_key", reason, name, **about, known=known)
            return
        about |= {"low": _plain(info.low), "high": _plain(info.high), "unit": info.unit}
        if kind in {"greater_than_equal", "less_than_equal"}:
            self._add("out_of_range", "limits", name, **about)
        elif isinstance(value, float) and not isinstance(value, bool):
            self._add("wrong_form", "whole_number", name, **about, mend=round(value))
        else:
            self._add("wrong_form", "number", name, **about)


def _written(value: object) -> str:
    """A value as it stands in a file."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return str(value)


def _plain(number: float) -> float:
    """Whole numbers without a point."""
    return int(number) if float(number).is_integer() else number
