"""Commission and distribution (handbook: C14): a share of a sale to whoever brought the buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class Commission(Policy):
    """A share of what a member pays goes to the member who invited him, on all that is sold.

    Goods of its own price are put on sale with it, because without sales nothing binds; with
    ``price`` = 0 only what other policies sell counts. The day pays the direct inviter only:
    further levels are legal up to the limit and move no money here. Announced on acting days.
    """

    key: ClassVar[str] = "commission"
    handbook: ClassVar[tuple[str, ...]] = ("C14",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "field experiment with 160,000 users (Management Science, doi "
            "10.1287/mnsc.2024.05685): an uncertain reward to the inviter brings 20.9 % more "
            "referrals"
        ),
        (
            "Sun et al. (MIS Quarterly): a code to share brings fewer purchases of one's own "
            "and more by others; both codes together neither"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "rewarded referrals bring smaller margins (Wolters and Gedenk 2019)",
        (
            "sellers among the members flood the group: unfollowing rose by 280 % after blasts "
            "(Wang, Greenwood and Pavlou 2020)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_sent": "+", "revenue": "+"}
    off: ClassVar[Mapping[str, float]] = {"share": 0}

    share: float = setting(
        0.2, low=0.0, high=0.9, unit="share of a sale", note="to the direct inviter of the buyer"
    )
    levels: int = setting(
        1,
        low=1,
        high=3,
        unit="levels",
        note="levels that are promised; only the first moves money in the model",
        source="legal limit of three levels; from memory, not verified",
        confidence="low",
    )
    price: float = setting(
        80.0,
        low=0.0,
        high=100_000.0,
        unit="yuan a basket",
        note="price of goods put on sale with it; 0 = none of its own",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("commission", day, self.share)
            levers.set("price_goods", day, self.price)
        for day in calendar:
            levers.work(day, levers.parameters.minutes.promotion)
