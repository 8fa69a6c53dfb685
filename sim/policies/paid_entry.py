"""Paid entry (handbook: E2): a ticket to the group."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class PaidEntry(Policy):
    """Whoever wants in pays once; who will not, stays out (``sim.phases.arriving``)."""

    key: ClassVar[str] = "paid_entry"
    handbook: ClassVar[tuple[str, ...]] = ("E2",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Drenner, Sen and Terveen 2008: more work on entering, fewer who finish it, and "
            "these contribute far more (field experiment)"
        ),
        "no number was found for entry fees of chat groups",
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "too small an audience: contributions fell by 42.8 % when an audience was cut off "
            "(Zhang and Zhu 2011)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"revenue": "+", "joins": "-"}
    off: ClassVar[Mapping[str, float]] = {"price": 0}

    price: float = setting(19.9, low=0.0, high=100_000.0, unit="yuan", note="price of entering")

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in calendar:
            levers.set("entry_price", day, self.price)
