"""Commission on others' goods (handbook: E6): recommend, and keep a share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class Affiliate(Policy):
    """Others' goods are on sale every day, mentioned on acting days; only the share kept is money.

    The share holds for all goods of the group: with goods of one's own on the same days, these
    would count as others' too.
    """

    key: ClassVar[str] = "affiliate"
    handbook: ClassVar[tuple[str, ...]] = ("E6",)
    every: ClassVar[int] = 3
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Wang, Greenwood and Pavlou 2020: a mass post sells 6 % more at once (80,000 "
            "followers on WeChat)"
        ),
        "no number was found for commissions in chat groups",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "recommending what one has not tried costs trust",
        "too many mentions: 27 % of shoppers find one message a day too many (eMarketer, USA)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"payers": "+", "revenue": "+"}
    off: ClassVar[Mapping[str, float]] = {"share": 0}

    share: float = setting(
        0.15, low=0.0, high=1.0, unit="share", note="share of the price that is kept"
    )
    price: float = setting(
        60.0, low=0.0, high=100_000.0, unit="yuan a basket", note="price of the goods"
    )
    mentions: float = setting(
        1.0, low=0.0, high=10.0, unit="mentions each time", note="soft mentions on an acting day"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("margin", day, self.share)
            levers.set("price_goods", day, self.price)
        for day in calendar:
            levers.set("soft", day, self.mentions)
            levers.work(day, levers.parameters.minutes.promotion)
