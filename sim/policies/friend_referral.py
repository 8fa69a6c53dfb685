"""Friend referral (handbook: C4): a reward for whom one brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import YUAN, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class FriendReferral(Policy):
    """A reward to the inviter, and perhaps a gift to the friend, for every friend who joins.

    The day pays both when the friend arrives (``sim.phases.arriving``). Rewarded invitations reach
    weaker ties; gifts draw deal hunters. Announced anew on acting days.
    """

    key: ClassVar[str] = "friend_referral"
    handbook: ClassVar[tuple[str, ...]] = ("C4",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "field experiment with 160,000 users (Management Science, doi "
            "10.1287/mnsc.2024.05685): an uncertain reward to the inviter brings 20.9 % more "
            "referrals, an uncertain gift to the friend 12.3 % fewer"
        ),
        "Schmitt, Skiera and Van den Bulte 2011: referred customers stay longer",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "rewarded referrals bring smaller margins (Wolters and Gedenk 2019)",
        (
            "showing friends one's purchase and the reward together did no more than showing "
            "neither (Sun, Viswanathan and Zheleva 2021)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_sent": "+", "joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"reward": 0, "gift": 0}

    reward: float = setting(
        10.0, low=0.0, high=20.0, unit="yuan", note="to the inviter for a friend who joins"
    )
    gift: float = setting(
        0.0, low=0.0, high=20.0, unit="yuan", note="to the friend who joins",
        source="none: an uncertain gift cost 12.3 % of referrals (doi 10.1287/mnsc.2024.05685)",
        confidence="low",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("invite_reward", day, self.reward / YUAN)
            levers.set("invite_gift", day, self.gift / YUAN)
        for day in calendar:
            levers.work(day, levers.parameters.minutes.promotion)
