"""What a policy is: typed parameters, a calendar, and a plan that writes levers and spending.

To add a policy, write one module in this package (or in another distribution, under the entry-point
group ``qunsim.policies``) with one subclass of :class:`Policy`:

1. declare its parameters as fields, by :func:`setting`;
2. say what it is: ``key``, ``handbook``, ``every``, ``evidence``, ``failures``, ``kpis``, ``off``;
3. write ``plan(calendar, levers)``: what it does on the days on which it acts.

A policy never sees a member. It writes daily levers (``sim.levers``) and books what its own work
costs; what comes of it is decided by the day.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.levers import Levers
    from sim.parameters import Parameters

FEN = 100
"""Fen a yuan."""

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
    """

    days: int
    start: int = 0
    stop: int | None = None
    every: int = 1
    first_weekday: int = 0

    def __iter__(self) -> Iterator[int]:
        """Days on which the policy acts, in order."""
        return iter(self.acting)

    @property
    def end(self) -> int:
        """Day after the last on which the policy is there, at most H."""
        return self.days if self.stop is None else min(self.stop, self.days)

    @property
    def acting(self) -> range:
        """Days on which the policy acts."""
        return range(self.start, self.end, self.every)

    def weekday(self, day: int) -> int:
        """Weekday of a day, Monday = 0."""
        return (self.first_weekday + day) % 7


@dataclass(frozen=True)
class PolicyLevers:
    """The levers as one policy sees them: everything written is under its name.

    Attributes:
        levers: Levers of the whole run.
        index: The policy's index in ``levers.policies``.
        parameters: The scenario's parameters: prices and minutes of the operator's work.
    """

    levers: Levers
    index: int
    parameters: Parameters

    def set(self, name: str, day: int, amount: float, *, group: int = -1) -> None:
        """Use a lever on one day, in all groups unless one is named.

        Raises:
            KeyError: No lever has this name.
        """
        self.levers.set(name, day, amount, policy=self.index, group=group)

    def spend(self, account: str, day: int, yuan: float) -> None:
        """Book spending in yuan, rounded to the fen.

        Raises:
            ValueError: No account has this name.
        """
        self.levers.spend(account, day, round(yuan * FEN), policy=self.index)

    def work(self, day: int, minutes: float) -> None:
        """Book minutes of the staff's time, rounded."""
        self.levers.spend("staff_minutes", day, round(minutes), policy=self.index)


class Policy(BaseModel, ABC):
    """Something that an operator can do; immutable, no unknown parameters.

    Attributes:
        key: Name in files and on the command line.
        handbook: Ids of its rows in the handbook of community operation.
        every: Days from one use to the next unless a scenario says otherwise.
        evidence: What is known about its effect, with sources.
        failures: Known ways to fail.
        kpis: KPIs that it is meant to move, and which way: ``"+"`` or ``"-"``.
        off: Parameters at which it does nothing at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    key: ClassVar[str]
    handbook: ClassVar[tuple[str, ...]]
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = ()
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
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    note: str
    source: str


def setting(
    default: float, *, low: float, high: float, unit: str, note: str, source: str = "assumption"
) -> Any:
    """Declare a parameter of a policy.

    Args:
        default: Value unless a scenario says otherwise.
        low: Smallest value allowed.
        high: Largest value allowed.
        unit: Unit in words.
        note: What it means, in half a sentence.
        source: Where the default comes from.

    Returns:
        A pydantic field. Typed ``Any`` so that it can stand as the default of a ``float``.
    """
    about: Any = {"low": low, "high": high, "unit": unit, "note": note, "source": source}
    return Field(default, ge=low, le=high, json_schema_extra=about)


def settings_of(policy: type[Policy]) -> tuple[SettingInfo, ...]:
    """The parameters of a policy, in order of declaration."""
    infos = []
    for name, field in policy.model_fields.items():
        about: Any = field.json_schema_extra or {}
        infos.append(SettingInfo(name=name, default=field.default, **about))
    return tuple(infos)
