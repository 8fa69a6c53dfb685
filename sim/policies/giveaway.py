"""Giveaways and deep discounts (handbook: C7): something for nothing, to draw people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class Giveaway(Policy):
    """People who come for a gift, and perhaps a deep discount on what is sold.

    Gifts are bought for the planned number of people, whether or not so many come. Most who come
    are deal hunters (``hunter.share_giveaway``).
    """

    key: ClassVar[str] = "giveaway"
    handbook: ClassVar[tuple[str, ...]] = ("C7",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Lewis 2006: who came by a discount of 35 % was worth about half (a newspaper, an "
            "online grocer)"
        ),
        "Datta, Foubert and van Heerde 2015: who came by free trial was worth 59 % less",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "deal hunters take and go; vendors tell of fewer than 3 % who stay (weak source)",
        "members wait for the next discount",
    )
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "open_rate": "-", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"candidates": 0, "discount": 0}

    candidates: float = setting(
        5.0,
        low=0.0,
        high=100_000.0,
        unit="candidates a day",
        note="who comes for the gift on an acting day",
    )
    gift: float = setting(5.0, low=0.0, high=10_000.0, unit="yuan", note="what a gift costs")
    discount: float = setting(
        0.0, low=0.0, high=0.9, unit="share", note="discount on what is sold, on an acting day"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in calendar:
            attract(levers, "giveaway", day, self.candidates)
            levers.set("discount", day, self.discount)
            levers.spend("giveaway", day, self.gift * self.candidates)
        for day in in_force(calendar)[::7]:
            levers.work(day, levers.parameters.minutes.promotion)
