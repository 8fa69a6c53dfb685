"""Invitation codes (handbook: C1): few, and therefore cherished."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 100
"""Codes a member for which the lever has room."""


CLOSED = -1
"""The quota before the first codes are given: 0 would be no limit."""


class InvitationCode(Policy):
    """A few codes for every member, more of them on every acting day; unused ones are kept.

    What is scarce is accepted more readily, and a member without a code left cannot bring anybody
    (``sim.phases.acting``). Codes may be for seed users and leaders only, and the door by QR code
    may be shut meanwhile; who comes by another channel needs none. Who invited whom stays in the
    record (``inviter``), so chains can be followed.
    """

    key: ClassVar[str] = "invitation_code"
    handbook: ClassVar[tuple[str, ...]] = ("C1",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Schmitt, Skiera and Van den Bulte 2011: referred customers are worth at least 16 %"
            " more and stay longer (about 10,000 customers of a bank)"
        ),
        "no number was found for scarcity itself",
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "members bring in fewer than one each: recommendations do not spread far (Leskovec,"
            " Adamic and Huberman 2007)"
        ),
        (
            "codes are passed on or sold; customers referred by e-mail were worth less than others "
            "(Wolters and Gedenk 2019)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"invites_accepted": "+", "joins": "+"}
    off: ClassVar[Mapping[str, float]] = {"codes": 0}

    codes: int = setting(
        3, low=0, high=100, unit="codes a member", note="codes for every member on each acting day"
    )
    holders: int = setting(
        0, low=0, high=1, unit="0 or 1", note="1 = only seed users and leaders get codes"
    )
    shut: int = setting(
        0, low=0, high=1, unit="0 or 1", note="1 = nobody joins by QR code meanwhile"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        releases = frozenset(calendar)
        released = 0
        for day in in_force(calendar):
            if day in releases:
                released += 1
                levers.work(day, levers.parameters.minutes.promotion)
            levers.set("quota", day, min(MOST, self.codes * released) or CLOSED)
            levers.set("code_holders", day, self.holders)
            levers.set("door_shut", day, self.shut)
