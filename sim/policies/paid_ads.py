"""Paid advertising (handbook: C12): people for money."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import FEN, WEEK, attract, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class PaidAds(Policy):
    """A budget on every acting day buys candidates at ``reach.cost_partner`` each (at least a fen).

    The money is spent whether or not they join. Adjusted once a week.
    """

    key: ClassVar[str] = "paid_ads"
    handbook: ClassVar[tuple[str, ...]] = ("C12",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "no study of advertisements for chat groups was found; the price of a candidate is "
            "an assumption"
        ),
        "Schmitt, Skiera and Van den Bulte 2011: customers who were not referred leave sooner",
    )
    measured: ClassVar[bool] = False
    failures: ClassVar[tuple[str, ...]] = ("slow and dear for a small business (handbook: C12)",)
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"budget": 0}

    budget: float = setting(
        20.0, low=0.0, high=1_000_000.0, unit="yuan a day", note="money spent on an acting day"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price = max(levers.parameters.reach.cost_partner, FEN)
        for day in calendar:
            attract(levers, "partner", day, self.budget / price)
            levers.spend("ads", day, self.budget)
        for day in in_force(calendar)[::WEEK]:
            levers.work(day, levers.parameters.minutes.promotion)
