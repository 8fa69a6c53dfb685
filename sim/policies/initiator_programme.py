"""Initiator programme (handbook: C3): members who carry the community on, with rights and fees."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class InitiatorProgramme(Policy):
    """The most engaged become initiators: they invite more, and are paid for whom they bring.

    On each acting day so many ordinary members of every group are made seed users, and equipped; a
    share of what those buy whom they brought goes to the inviter as long as the programme lasts.
    """

    key: ClassVar[str] = "initiator_programme"
    handbook: ClassVar[tuple[str, ...]] = ("C3",)
    every: ClassVar[int] = 90
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Hinz et al. 2011: seeding well-connected members spreads further than random seeding, "
            "because they take part more"
        ),
        "no number was found for programmes of initiators in chat groups",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "a title without substance: disengaged initiators become ordinary members again",
        "those who are paid for bringing people bring weaker ties (rewarded referrals)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_sent": "+", "joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"initiators": 0}

    initiators: int = setting(
        10, low=0, high=1000, unit="members a group", note="made initiators on each acting day"
    )
    ask: float = setting(
        0.5, low=0.0, high=10.0, unit="requests a day", note="how often they call for inviting"
    )
    share: float = setting(
        0.3, low=0.0, high=0.9, unit="share of a sale", note="to the inviter of who buys"
    )
    materials: float = setting(
        50.0, low=0.0, high=100_000.0, unit="yuan each", note="what an initiator is equipped with"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.initiator
        for day in in_force(calendar):
            levers.set("ask", day, self.ask)
            levers.set("commission", day, self.share)
        for day in calendar:
            levers.set("initiators", day, self.initiators)
            levers.spend("referral_reward", day, self.materials * self.initiators, each=True)
            levers.work(day, minutes * self.initiators, each=True)
