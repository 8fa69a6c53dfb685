"""Business customers first (handbook: C13): equip who has resources; they bring consumers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract

if TYPE_CHECKING:
    from collections.abc import Mapping


class BusinessFirst(Policy):
    """Business customers are approached on acting days, with equipment and time for each.

    They have ten times the friends and three times the wallet of others (``sim.phases.arriving``).
    Equipment is bought for the planned number.
    """

    key: ClassVar[str] = "business_first"
    handbook: ClassVar[tuple[str, ...]] = ("C13",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Hinz, Skiera, Barrot and Becker 2011: hubs win by taking part more and reaching "
            "more people, not by persuading better"
        ),
        "no study of business customers in chat groups was found",
    )
    measured: ClassVar[bool] = False
    failures: ClassVar[tuple[str, ...]] = ("a business that does not take part brings nobody",)
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "invites_sent": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"businesses": 0}

    businesses: float = setting(
        2.0,
        low=0.0,
        high=10_000.0,
        unit="businesses each time",
        note="business customers approached on an acting day",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day in calendar:
            attract(levers, "business", day, self.businesses)
            levers.spend("partner_fee", day, parameters.price.kit * self.businesses)
            levers.work(day, parameters.minutes.business * self.businesses)
