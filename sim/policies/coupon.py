"""Coupons (handbook: E5): money off what is sold, for a few days."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract, following

if TYPE_CHECKING:
    from collections.abc import Mapping


class Coupon(Policy):
    """A coupon on each acting day, good for some days, for all that is on sale.

    It sells nothing by itself: something must be on sale. A coupon that may be passed on brings
    people from outside, who are mostly deal hunters. The largest discount of a day counts.
    """

    key: ClassVar[str] = "coupon"
    handbook: ClassVar[tuple[str, ...]] = ("E5",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Lewis 2006: who came by a discount of 35 % was worth about half (a newspaper, an "
            "online grocer)"
        ),
        (
            "Sun et al. (MIS Quarterly): a code of one's own brings purchases, a code to share "
            "brings others; both together neither"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "who would have bought anyway pays less",
        "members wait for the next coupon",
    )
    kpis: ClassVar[Mapping[str, str]] = {"payers": "+"}
    off: ClassVar[Mapping[str, float]] = {"discount": 0, "candidates": 0}

    discount: float = setting(
        0.2, low=0.0, high=0.9, unit="share", note="what the coupon takes off"
    )
    valid: int = setting(5, low=1, high=365, unit="days", note="days for which it is good")
    candidates: float = setting(
        0.0,
        low=0.0,
        high=100_000.0,
        unit="candidates a day",
        note="who comes from outside for it, while it is good",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in calendar:
            levers.work(day, levers.parameters.minutes.promotion)
            for good in following(calendar, day, self.valid):
                levers.set("discount", good, self.discount)
                attract(levers, "giveaway", good, self.candidates)
