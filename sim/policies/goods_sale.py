"""Goods and flash sales (handbook: E4): what suits the moment, cheaper for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class GoodsSale(Policy):
    """Own goods are on sale every day; acting days are flash sales, with a discount and a mention.

    Takings, goods and fees are booked by the day (``sim.phases.acting``).
    """

    key: ClassVar[str] = "goods_sale"
    handbook: ClassVar[tuple[str, ...]] = ("E4",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        "Fader, Hardie and Lee 2005: how often customers buy differs widely between them (CDNOW)",
        (
            "Wang, Greenwood and Pavlou 2020: a mass post sells 6 % more at once (80,000 "
            "followers on WeChat)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "buyers wait for the next flash sale",
        "no hard need, only a match to the moment: without trust nothing sells (handbook: E4)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"payers": "+", "revenue": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"price": 0}

    price: float = setting(80.0, low=0.0, high=100_000.0, unit="yuan a basket", note="list price")
    discount: float = setting(
        0.15, low=0.0, high=0.9, unit="share", note="discount on an acting day"
    )
    mentions: float = setting(
        1.0, low=0.0, high=10.0, unit="mentions each time", note="soft mentions on an acting day"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("price_goods", day, self.price)
        for day in calendar:
            levers.set("discount", day, self.discount)
            levers.set("soft", day, self.mentions)
            levers.work(day, levers.parameters.minutes.promotion)
