"""Brand building (handbook: E9): better than usual, without a break, also outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract, owner_days

if TYPE_CHECKING:
    from collections.abc import Mapping


class Brand(Policy):
    """Pieces above the usual quality on every acting day, which also bring readers from outside.

    Content whose pieces times quality exceed one a day builds the brand, which is trust that
    arrivals bring along. Money and minutes grow with quality. It is the owner's own brand: it is
    freshest at the start (``owner.half_life``) and ends when the owner goes.
    """

    key: ClassVar[str] = "brand"
    handbook: ClassVar[tuple[str, ...]] = ("E9",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        "no number was found for brands of chat groups; how fast trust grows is an assumption",
        "handbook A1: a personal brand draws people and must be produced without a break",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "the owner is overtaken: hot at the start and downhill within two years (handbook A1)",
        "hard promotion more than once a week undoes it (assumption)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "messages": "+", "joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"amount": 0, "readers": 0}

    amount: float = setting(
        1.0, low=0.0, high=5.0, unit="pieces a day", note="pieces on an acting day"
    )
    quality: float = setting(
        1.6, low=0.0, high=2.0, unit="factor", note="quality relative to a usual piece"
    )
    readers: float = setting(
        0.5,
        low=0.0,
        high=100_000.0,
        unit="candidates a day",
        note="who comes from outside because of the name",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price, minutes = levers.parameters.price, levers.parameters.minutes
        for day, fresh in owner_days(levers, calendar.acting):
            made = self.amount * self.quality
            levers.set("content", day, self.amount)
            levers.set("quality", day, self.quality * fresh)
            attract(levers, "content", day, self.readers)
            levers.spend("content", day, price.content * made)
            levers.work(day, minutes.content * made)
