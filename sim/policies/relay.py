"""Relay (handbook: D12): from an open group to a paid, closer one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class Relay(Policy):
    """Membership is sold, and who pays moves up to a group of payers; strangers stay below.

    Who stops paying stays where he is. Whom members of the upper group invite arrives below it.
    What else is offered above is up to other policies (``groups``).
    """

    key: ClassVar[str] = "relay"
    handbook: ClassVar[tuple[str, ...]] = ("D12",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        "no study of tiers of chat groups was found",
        "Bapna and Umyarov 2015: who has a paying friend pays with 1.6 times the odds",
    )
    measured: ClassVar[bool] = False
    failures: ClassVar[tuple[str, ...]] = (
        "the keen leave the open group, and it falls silent",
        "a small circle of payers has too little to talk about",
    )
    kpis: ClassVar[Mapping[str, str]] = {"payers": "+", "revenue": "+"}
    off: ClassVar[Mapping[str, float]] = {"price": 0}

    price: float = setting(
        99.0, low=0.0, high=100_000.0, unit="yuan a period", note="what the upper group costs"
    )
    period: int = setting(90, low=1, high=3650, unit="days", note="length of a period")

    def opens(self, calendar: Calendar, *, groups: int) -> int:
        """See :meth:`Policy.opens`."""
        return groups

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("price_member", day, self.price)
            levers.set("period_member", day, self.period)
        for day in calendar:
            levers.set("relay", day, 1.0)
            levers.work(day, levers.parameters.minutes.tier, each=True)
