"""Newcomer red packet (handbook: C9): money for whoever is brought in, and a round for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import YUAN, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class NewcomerRedPacket(Policy):
    """A packet for every invited newcomer, and a round in every group on acting days.

    The newcomer's packet makes invitations more welcome and draws deal hunters; the day pays it on
    arrival, as a gift. Who comes by another channel gets only his share of the round.
    """

    key: ClassVar[str] = "newcomer_red_packet"
    handbook: ClassVar[tuple[str, ...]] = ("C9",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Yuan et al. 2024: of each yuan received, 0.18 is sent back to the group within a "
            "day (36 million packets, 174,131 groups)"
        ),
        "Lewis 2006: who came by a discount of 35 % was worth about half",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "money draws deal hunters, who take and go",
        (
            "members get used to it: the effect of a gift falls with the gifts before it "
            "(Chaudhry et al., a live chat)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_accepted": "+", "openers": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"amount": 0, "round": 0}

    amount: float = setting(
        8.8, low=0.0, high=20.0, unit="yuan", note="packet for an invited newcomer"
    )
    round: float = setting(
        20.0,
        low=0.0,
        high=100_000.0,
        unit="yuan each time",
        note="packet for the whole group on an acting day",
    )
    shares: int = setting(
        10, low=1, high=10000, unit="shares", note="members who can take a share of the round"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in in_force(calendar):
            levers.set("invite_gift", day, self.amount / YUAN)
        if self.round > 0.0:
            for day in calendar:
                levers.set("packet", day, self.round)
                levers.set("packet_parts", day, self.shares)
                levers.work(day, levers.parameters.minutes.packet, each=True)
