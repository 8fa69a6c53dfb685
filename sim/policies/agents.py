"""Agents (handbook: E7): members who sell to those they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class Agents(Policy):
    """Goods on sale every day, a large share to whoever brought the buyer, and agents' adverts.

    Every member who has invited somebody is an agent. Their adverts in the group are hard
    promotion, and on acting days they are trained. Fees or stock that agents buy are not in the
    model: nobody decides there to become one.
    """

    key: ClassVar[str] = "agents"
    handbook: ClassVar[tuple[str, ...]] = ("E7",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        "Wolters and Gedenk 2019: referred customers leave less, but bring smaller margins",
        (
            "Hinz, Skiera, Barrot and Becker 2011: hubs win by taking part more, not by "
            "persuading better"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "blasts drive people out: unfollowing rose by 280 % (Wang, Greenwood and Pavlou 2020)",
        "without real buyers only what agents buy themselves is left (assumption)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_sent": "+", "revenue": "+", "leaves": "+"}
    off: ClassVar[Mapping[str, float]] = {"share": 0}

    share: float = setting(
        0.3, low=0.0, high=0.9, unit="share of a sale", note="to the direct inviter of the buyer"
    )
    price: float = setting(
        80.0, low=0.0, high=100_000.0, unit="yuan a basket", note="price of the goods"
    )
    adverts: float = setting(
        0.15, low=0.0, high=10.0, unit="adverts a day", note="hard adverts of agents in the group"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes
        for day in in_force(calendar):
            levers.set("commission", day, self.share)
            levers.set("price_goods", day, self.price)
            levers.set("promo", day, self.adverts)
        for day in calendar:
            levers.work(day, minutes.lesson)
