"""Personal invitation (handbook: C2): asking members one by one to bring somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class PersonalInvitation(Policy):
    """Some members are asked each acting day, face to face, by phone or message.

    A request makes a member as likely to invite on that day as he would by himself over
    ``worth`` days. The lever has no audience, so everybody gets the mean dose, at most ten. Minutes
    are those of asking the share of the initial members.
    """

    key: ClassVar[str] = "personal_invitation"
    handbook: ClassVar[tuple[str, ...]] = ("C2",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Qiu et al. 2016: four fifths of first invitations fall within five days of joining"
            " (474,726 WeChat groups)"
        ),
        "Qiu et al. 2016: who invites is engaged, and who comes has friends inside",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "every request takes staff time, and friends are used up",
        "recommendations do not spread far (Leskovec, Adamic and Huberman 2007)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_sent": "+", "joins": "+"}
    off: ClassVar[Mapping[str, float]] = {"asked": 0}

    asked: float = setting(
        3.0, low=0.0, high=100.0, unit="of 100 members", note="members asked on an acting day"
    )
    worth: float = setting(
        50.0,
        low=0.0,
        high=300.0,
        unit="days",
        note="days of inviting by himself that one request is worth",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        share = self.asked / 100.0
        for day in calendar:
            levers.set("ask", day, share * self.worth)
            levers.work(day, share * parameters.members.initial * parameters.minutes.invitation)
