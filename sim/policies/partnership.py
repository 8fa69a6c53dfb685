"""Partners and influencers (handbook: C11): their people, and perhaps their face."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract, following

if TYPE_CHECKING:
    from collections.abc import Mapping


class Partnership(Policy):
    """A campaign with a partner on each acting day: his people, paid by head, over a few days.

    A price a head of 0 (``reach.cost_partner``) is a swap of recommendations. An influencer may
    visit the group on the first day (``guest``), for a fee.
    """

    key: ClassVar[str] = "partnership"
    handbook: ClassVar[tuple[str, ...]] = ("C11",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Hinz, Skiera, Barrot and Becker 2011: the best choice of hubs did up to eight "
            "times better than the worst; they win by taking part, not by persuading better"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "a visit is a spike: no size was found for chat groups",
        (
            "where rules were posted, newcomers wrote 65.5 % less in threads with celebrities "
            "(Matias 2019)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"candidates": 0, "guest": 0}

    candidates: float = setting(
        40.0, low=0.0, high=100_000.0, unit="persons", note="candidates whom a campaign brings"
    )
    spread: int = setting(3, low=1, high=60, unit="days", note="days over which they come")
    guest: float = setting(
        0.0,
        low=0.0,
        high=1.0,
        unit="presence",
        note="how present the influencer is in the group; 0 = not at all",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day in calendar:
            for later in following(calendar, day, self.spread):
                attract(levers, "partner", later, self.candidates / self.spread)
                fee = parameters.reach.cost_partner * self.candidates / self.spread
                levers.spend("partner_fee", later, fee)
            levers.work(day, parameters.minutes.partner)
            if self.guest > 0.0:
                levers.set("guest", day, self.guest)
                levers.spend("guest_fee", day, parameters.price.guest * self.guest)
                levers.work(day, parameters.minutes.guest)
