"""What policies take as they are planned: money and minutes by day, before anything is simulated.

What hangs on what members do cannot be planned: the goods that are sold, the packet of a newcomer,
a commission, an answer. That is in the books of a run only, so a bill is what is spent at least;
but for what is thrown as red packets, of which nobody may take a share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.levers import LEVERS, NEUTRAL, Levers, no_aims
from sim.policies.aiming import in_effect
from sim.policies.base import Draft
from sim.policies.guarding import guarded
from sim.policies.operating import WEEK, Left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.policies.operating import Planned
    from sim.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What one policy takes in the groups there are on day 0.

    Attributes:
        name: The policy's, numbered where it is used again.
        deeds: Fen and minutes by day, on the days on which it does something.
        waits: Whether what it does hangs on what happens, so that this is only what it may take:
            everything that it planned if it waits for a condition, nothing if it reacts.
    """

    name: str
    deeds: Mapping[int, tuple[int, int]]
    waits: bool

    @property
    def fen(self) -> int:
        """Money over all days."""
        return sum(fen for fen, _ in self.deeds.values())

    @property
    def minutes(self) -> int:
        """Staff minutes over all days."""
        return sum(minutes for _, minutes in self.deeds.values())


def bill_of(one: Planned, scenario: Scenario) -> Bill:
    """What a policy takes, over the horizon of its calendar.

    Args:
        one: The policy.
        scenario: Prices and minutes of the operator's work, and how many groups there are.

    Raises:
        UserError: ``policy_failed``/``planning`` if the policy raises.
    """
    waits = bool(one.when) or one.policy.reacts()
    groups = range(scenario.groups.number)
    number = len(groups if not one.groups else set(groups) & set(one.groups))
    if not in_effect(one) or not number:
        return Bill(name=one.name, deeds={}, waits=waits)
    sheet = Draft(_shape(one.calendar.days, max(scenario.groups.number, *one.groups, 1)), scenario)
    guarded(partial(one.policy.plan, one.calendar, sheet), policy=one.name)
    deeds = {day: (deed.fen(number), deed.minutes(number)) for day, deed in sheet.deeds.items()}
    return Bill(name=one.name, deeds=dict(sorted(deeds.items())), waits=waits)


def _shape(days: int, groups: int) -> Levers:
    """Levers that nobody can write on, for a sheet that asks how many days and groups there are."""
    shape = (days, groups, len(LEVERS))
    return Levers(
        values=np.broadcast_to(NEUTRAL, shape), booker=np.broadcast_to(np.int16(0), shape),
        planned=np.zeros((1, 0, 0), np.int64), policies=("scenario",), aims=no_aims(0, 0),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Undone:
    """A deed for which the week's minutes are not enough.

    Attributes:
        day: Its day.
        name: The policy's.
        minutes: What it would take.
        fen: Likewise.
    """

    day: int
    name: str
    minutes: int
    fen: int


def undone(bills: Sequence[Bill], *, minutes_per_week: float) -> list[Undone]:
    """What the operator will not get done, as ``Operator.settle`` finds it.

    Args:
        bills: What policies take, the most important first.
        minutes_per_week: What there is.

    Returns:
        By day, then by policy.
    """
    days = sorted({day for bill in bills for day in bill.deeds})
    found, week, left = list[Undone](), -1, Left(0.0, 0.0)
    for day in days:
        if day // WEEK != week:
            week, left = day // WEEK, Left(minutes_per_week, float("inf"))
        for bill in bills:
            fen, minutes = bill.deeds.get(day, (0, 0))
            if not left.takes(minutes, 0):
                found.append(Undone(day=day, name=bill.name, minutes=minutes, fen=fen))
    return found
