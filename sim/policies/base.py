"""What a policy is: typed parameters, a calendar, and a plan that writes levers and spending.

To add a policy, write one module in this package (or in another distribution, under the entry-point
group ``qunsim.policies``) with one subclass of :class:`Policy`:

1. declare its parameters as fields, by :func:`setting`;
2. say what it is: ``key``, ``handbook``, ``every``, ``evidence``, ``failures``, ``kpis``, ``off``;
3. write ``plan(calendar, levers)``: what it does on the days on which it acts; and, if it answers
   to what happens, ``react(community, levers)``, which is called on every morning.

A policy never sees a member. It writes daily levers (``sim.levers``) and books what its own work
costs; what comes of it is decided by the day.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.levers import LEVER_INDEX, ORDERS
from sim.record import ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.levers import Levers
    from sim.parameters import Parameters
    from sim.parameters.base import Confidence
    from sim.policies.community import Community

FEN = 100
"""Fen a yuan."""

ASSUMPTION = "assumption"
"""Source of a default that has none."""

MINUTES = "staff_minutes"
"""The account of the staff's time."""

COSTS = ACCOUNTS[ACCOUNTS.index("goods_cost") : ACCOUNTS.index("other") + 1]
"""Accounts of money that leaves the purse."""

EACH, SHARED = -1, -2
"""In place of a group's number: in each group; shared out evenly among them."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Names of weekdays in files, Monday first."""

LONGEST = 10_000
"""Days of the longest horizon; larger schedules mean nothing."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days of a run and those of them on which a policy acts.

    Attributes:
        days: Horizon H.
        start: First day, 0-based.
        stop: Day after the last; None = the end of the run.
        every: Days from one use to the next, >= 1.
        first_weekday: Weekday of day 0, Monday = 0.
        weekdays: Weekdays on which it acts, Monday = 0; empty = all.
    """

    days: int
    start: int = 0
    stop: int | None = None
    every: int = 1
    first_weekday: int = 0
    weekdays: frozenset[int] = frozenset()

    def __iter__(self) -> Iterator[int]:
        """Days on which the policy acts, in order."""
        return iter(self.acting)

    @property
    def end(self) -> int:
        """Day after the last on which the policy is there, at most H."""
        return self.days if self.stop is None else min(self.stop, self.days)

    @property
    def acting(self) -> Sequence[int]:
        """Days on which the policy acts, ascending."""
        days = range(self.start, self.end, self.every)
        if not self.weekdays:
            return days
        return [day for day in days if self.weekday(day) in self.weekdays]

    def weekday(self, day: int) -> int:
        """Weekday of a day, Monday = 0."""
        return (self.first_weekday + day) % 7


@dataclass
class Deed:
    """What one policy does on one day.

    Attributes:
        uses: Levers used: (name, amount, group; ``EACH`` = in each group, ``SHARED`` = shared out
            evenly among them).
        spending: Money and minutes: (account, fen or minutes, whether for each group), rounded
            when it is known for how many groups.
    """

    uses: list[tuple[str, float, int]] = field(default_factory=list)
    spending: list[tuple[str, float, bool]] = field(default_factory=list)

    def copy(self) -> Deed:
        """The same deed, to be written on."""
        return Deed(list(self.uses), list(self.spending))

    def costs(self, groups: int) -> list[tuple[str, int]]:
        """Accounts and fen, or minutes, that it takes in ``groups`` groups."""
        return [
            (account, round(amount * groups if each else amount))
            for account, amount, each in self.spending
        ]

    def minutes(self, groups: int) -> int:
        """Minutes of the staff's time that it takes in ``groups`` groups."""
        return sum(amount for account, amount in self.costs(groups) if account == MINUTES)

    def fen(self, groups: int) -> int:
        """Money that it takes: what is spent by plan, and what is thrown into ``groups`` groups."""
        planned = sum(amount for account, amount in self.costs(groups) if account in COSTS)
        thrown = sum(
            amount * FEN * (groups if group == EACH else 1)
            for name, amount, group in self.uses
            if name == "packet"
        )
        return planned + round(thrown)

    @property
    def regroups(self) -> bool:
        """Whether it moves members between groups."""
        return any(name in ORDERS for name, _, _ in self.uses)


@dataclass(slots=True)  # made anew for every policy on every morning
class PolicyLevers:
    """What one policy writes down to do, day by day; the operator does what time and money allow.

    Attributes:
        levers: Levers of the whole run, for their shape.
        parameters: The scenario's parameters: prices and minutes of the operator's work.
        deeds: What was written, by day.
        today: Days before it are over and can no longer be written.
    """

    levers: Levers
    parameters: Parameters
    deeds: dict[int, Deed] = field(default_factory=dict)
    today: int = 0

    def set(self, name: str, day: int, amount: float, *, group: int = EACH) -> None:
        """Use a lever on one day, in each of its groups unless one is named.

        Raises:
            KeyError: No lever has this name.
            ValueError: The amount is no finite number, the day is over or beyond the horizon, or
                there is no such group.
        """
        LEVER_INDEX[name]
        if not math.isfinite(amount):
            raise ValueError(f"{name} = {amount}")
        if not SHARED <= group < self.levers.values.shape[1]:
            raise ValueError(f"group {group} of {self.levers.values.shape[1]}")
        self._deed(day).uses.append((name, float(amount), group))

    def share(self, name: str, day: int, amount: float) -> None:
        """Use a lever on one day, the amount shared out evenly among its groups.

        Raises:
            KeyError, ValueError: As :meth:`set`.
        """
        self.set(name, day, amount, group=SHARED)

    def spend(self, account: str, day: int, yuan: float, *, each: bool = False) -> None:
        """Spend yuan, rounded to the fen; ``each``: so much for each of its groups.

        Raises:
            ValueError: No account has this name, the amount is negative or no finite number, the
                day is over or beyond the horizon.
        """
        if account not in ACCOUNTS:
            raise ValueError(account)
        if not (math.isfinite(yuan) and yuan >= 0):
            raise ValueError(f"{account}: {yuan} yuan")
        self._deed(day).spending.append((account, float(yuan) * FEN, each))

    def work(self, day: int, minutes: float, *, each: bool = False) -> None:
        """Use minutes of the staff's time, rounded; ``each``: so many for each of its groups.

        Raises:
            ValueError: As :meth:`spend`.
        """
        if not (math.isfinite(minutes) and minutes >= 0):
            raise ValueError(f"{minutes} minutes")
        self._deed(day).spending.append((MINUTES, float(minutes), each))

    def freshness(self, day: int) -> float:
        """Factor on the quality of what the owner makes himself on a day (handbook: A1)."""
        # the compiler is loaded with the owner's behaviour: not before something is planned
        from sim.agents.owner import freshness

        fresh: Any = freshness
        return float(fresh.py_func(self.parameters.owner, day))

    def used(self, day: int) -> frozenset[str]:
        """Levers that this policy has written for a day, past days included."""
        deed = self.deeds.get(day)
        return frozenset(() if deed is None else (name for name, _, _ in deed.uses))

    def _deed(self, day: int) -> Deed:
        if not self.today <= day < len(self.levers.values):
            raise ValueError(f"day {day} of {self.today} to {len(self.levers.values) - 1}")
        return self.deeds.setdefault(int(day), Deed())


class Draft(PolicyLevers):
    """A sheet that nobody carries out: it tells which levers a policy moves, and what it takes.

    How fresh the owner's pieces are makes no difference to that, and telling it takes the compiler.
    """

    def freshness(self, day: int) -> float:
        """As on day 0."""
        return 1.0


class Policy(BaseModel, ABC):
    """Something that an operator can do; immutable, no unknown parameters.

    Attributes:
        key: Name in files and on the command line.
        handbook: Ids of its rows in the handbook of community operation.
        every: Days from one use to the next unless a scenario says otherwise.
        evidence: What is known about its effect, with sources.
        measured: Whether any study measured what it does; reports say so where none did.
        failures: Known ways to fail.
        kpis: KPIs that it is meant to move, and which way: ``"+"`` or ``"-"``.
        off: Parameters at which it does nothing at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    key: ClassVar[str]
    handbook: ClassVar[tuple[str, ...]]
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = ()
    measured: ClassVar[bool] = True
    failures: ClassVar[tuple[str, ...]] = ()
    kpis: ClassVar[Mapping[str, str]] = {}
    off: ClassVar[Mapping[str, float]] = {"amount": 0}

    @model_validator(mode="before")
    @classmethod
    def _whole_numbers(cls, data: Any) -> Any:
        """Accept 20.0 where 20 is meant: studies sample counts as floats."""
        if not isinstance(data, dict):
            return data
        return {key: _plain(cls, key, value) for key, value in data.items()}

    @property
    def is_off(self) -> bool:
        """Whether it does nothing: such a policy leaves no trace in a run."""
        return bool(self.off) and all(
            getattr(self, key) == value for key, value in self.off.items()
        )

    @abstractmethod
    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """Write levers and spending for the days on which the policy acts.

        Args:
            calendar: Iterate over it for the acting days.
            levers: Where to write.
        """

    def react(self, community: Community, levers: PolicyLevers) -> None:
        """Write levers and spending of today or later, from what was measured so far.

        Called on every morning from the policy's first day to its last, if a policy has this
        method; a policy without it costs no time while a run goes on.

        Args:
            community: What can be seen this morning.
            levers: Where to write, from ``community.day`` on.
        """

    def opens(self, calendar: Calendar, *, groups: int) -> int:
        """How many groups it may open in a run, beside the ``groups`` there are.

        Args:
            calendar: When it acts.
            groups: Groups in which it may act.
        """
        return 0

    @classmethod
    def reacts(cls) -> bool:
        """Whether it has a ``react`` of its own."""
        return cls.react is not Policy.react


def _plain(policy: type[Policy], key: str, value: Any) -> Any:
    field = policy.model_fields.get(key)
    if field is not None and field.annotation is int and isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value


@dataclass(frozen=True)
class SettingInfo:
    """One parameter of a policy, for tables and forms.

    Attributes:
        name: Its key.
        default: Value unless a scenario says otherwise; an ``int`` where only whole numbers are
            allowed.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit in words.
        note: What it means.
        source: Where the default comes from.
        confidence: How far the default can be trusted; ``unknown`` = nobody has measured it.
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    note: str
    source: str
    confidence: Confidence


def setting(
    default: float,
    *,
    low: float,
    high: float,
    unit: str,
    note: str,
    source: str = ASSUMPTION,
    confidence: Confidence = "unknown",
) -> Any:
    """Declare a parameter of a policy.

    Args:
        default: Value unless a scenario says otherwise.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit in words.
        note: What it means, in half a sentence.
        source: Where the default comes from.
        confidence: How far it can be trusted: ``low`` for a rule of practice or a finding from
            elsewhere, ``medium`` for one from such groups; an assumption is ``unknown``.

    Returns:
        A pydantic field. Typed ``Any`` so that it can stand as the default of a ``float``.
    """
    about: Any = {
        "low": low, "high": high, "unit": unit, "note": note, "source": source,
        "confidence": confidence,
    }  # fmt: skip
    return Field(default, ge=low, le=high, json_schema_extra=about)


def settings_of(policy: type[Policy]) -> tuple[SettingInfo, ...]:
    """The parameters of a policy, in order of declaration."""
    infos = []
    for name, declared in policy.model_fields.items():
        about: Any = declared.json_schema_extra or {}
        infos.append(SettingInfo(name=name, default=declared.default, **about))
    return tuple(infos)
