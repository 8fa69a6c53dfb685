"""Offline meetings (handbook: D13): who is engaged meets face to face."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class OfflineMeeting(Policy):
    """One meeting for all groups on every acting day; bonds form within groups.

    Costs ``price.meeting`` and ``minutes.meeting``, however many come.
    """

    key: ClassVar[str] = "offline_meeting"
    handbook: ClassVar[tuple[str, ...]] = ("D13",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Sessions 2010: who came to meetings is more engaged online and closer to others who "
            "came (MetaFilter, eight years)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "ties to those who did not come dissolve (Sessions 2010)",
        "on another site offline ties went with less participation (McCully et al. 2011)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "messages": "+", "cost": "+"}

    amount: float = setting(
        0.3, low=0.0, high=1.0, unit="share", note="share of the engaged who come"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price, minutes = levers.parameters.price, levers.parameters.minutes
        for day in calendar:
            levers.set("meet", day, self.amount)
            levers.spend("venue", day, price.meeting)
            levers.work(day, minutes.meeting)
