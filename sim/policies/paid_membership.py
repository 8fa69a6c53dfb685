"""Paid membership (handbook: E1): a period of belonging, for money."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class PaidMembership(Policy):
    """A membership is on sale every day; who has one is asked to renew when it ends.

    Who pays, who renews and what it fetches is decided and booked by the day
    (``sim.phases.acting``). Announced on acting days. What paying members get is promised by other
    policies: without benefit nobody stays.
    """

    key: ClassVar[str] = "paid_membership"
    handbook: ClassVar[tuple[str, ...]] = ("E1",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Fader and Hardie 2007: of subscribers 63 to 87 % renew after the first year, of "
            "the remaining ever more"
        ),
        (
            "Bapna and Umyarov 2015: with a paying friend the odds of paying rise by 50 to 60 %"
            " (field experiment)"
        ),
        "of free members of online services 2 to 7 % pay (a survey of services)",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "paying raises use, hardly posting: +2 % (Bapna, Ramaprasad and Umyarov 2018)",
        "no value to members, no money (handbook: F7)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"payers": "+", "revenue": "+"}
    off: ClassVar[Mapping[str, float]] = {"price": 0}

    price: float = setting(
        99.0, low=0.0, high=100_000.0, unit="yuan a period", note="price of a period"
    )
    period: int = setting(
        365, low=1, high=3650, unit="days", note="length of a period",
        source="a year: the periods whose renewals were published (Fader and Hardie 2007)",
        confidence="low",
    )  # fmt: skip

    places: int = setting(
        0, low=0, high=100_000, unit="persons a group", note="memberships at a time; 0 = any"
    )
    refund: int = setting(
        0, low=0, high=3650, unit="days", note="who leaves within so many days gets the fee back"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("price_member", day, self.price)
            levers.set("period_member", day, self.period)
            levers.set("member_places", day, self.places)
            levers.set("refund_days", day, self.refund)
        for day in calendar:
            levers.work(day, levers.parameters.minutes.promotion)
