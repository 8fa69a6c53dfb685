"""Red packets (handbook: D4): money thrown into the group, first come, first served."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class RedPacket(Policy):
    """One packet in every group on every acting day, or the same money in rounds, a day apart.

    Rounds that would fall behind ``stop`` or the end are not given. What is taken, split, sent back
    and returned unclaimed is decided and booked by the day (``sim.phases.packets``); the plan says
    how much there is and books the minutes of every packet.
    """

    key: ClassVar[str] = "red_packet"
    handbook: ClassVar[tuple[str, ...]] = ("D4",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Yuan et al. 2024: of each yuan received, 0.18 is sent back to the group within a day "
            "(36 million packets, 174,131 groups)"
        ),
        (
            "Yuan et al. 2017, Online Red Packets: participation and ties within the group rise "
            "(61 million packets, matched comparison; the size is not known)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "members get used to it: the effect of a gift falls with the gifts before it (Chaudhry "
            "et al., a live chat; how fast in WeChat is not known)"
        ),
        (
            "four fifths of the money is not sent back within a day (Yuan et al. 2024), and it "
            "draws deal hunters"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "messages": "+", "cost": "+"}

    amount: float = setting(
        50.0, low=0.0, high=100_000.0, unit="yuan each time", note="money, all rounds together"
    )
    shares: int = setting(
        10, low=1, high=10_000, unit="shares", note="members who can take a share of a packet"
    )
    rounds: int = setting(
        1, low=1, high=30, unit="packets each time",
        note="packets, a day apart, among which the money is divided",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.packet
        for first in calendar:
            for day in range(first, min(first + self.rounds, calendar.end)):
                levers.set("packet", day, self.amount / self.rounds)
                levers.set("packet_parts", day, self.shares)
                levers.work(day, minutes, each=True)
