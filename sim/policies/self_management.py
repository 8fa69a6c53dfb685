"""Self-management (handbook: D18): members keep order, take turns and grow into leading."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class SelfManagement(Policy):
    """Volunteers do what staff would do: order, rituals by turns; leaders are grown among them.

    Staff keeps ``1 - relief`` of the minutes that the same order and rituals would take
    (``minutes.moderation``, ``minutes.ritual``), a day and group. What other policies cost stays.
    """

    key: ClassVar[str] = "self_management"
    handbook: ClassVar[tuple[str, ...]] = ("D18",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "no published effect of members running a chat group; the mechanisms are those of D5 "
            "and D9"
        ),
        (
            "Ren and Kraut 2014: order raises commitment whoever keeps it (agent-based model, "
            "calibrated on Usenet)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "false decentralisation: nobody leads (handbook F2)",
        "volunteers burn out, or guard their group against newcomers (TeBlunthuis et al. 2018)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "speakers": "+", "active_30d": "+"}

    amount: float = setting(
        0.5, low=0.0, high=1.0, unit="strength", note="how much members run the group"
    )
    order: float = setting(
        0.3, low=0.0, high=1.0, unit="strictness", note="order that volunteers keep"
    )
    turns: float = setting(
        0.2, low=0.0, high=1.0, unit="strength", note="rituals that members host in turn"
    )
    relief: float = setting(
        0.5, low=0.0, high=1.0, unit="share", note="share of the staff's minutes that is saved"
    )
    thanks: float = setting(
        5.0, low=0.0, high=100_000.0, unit="yuan a day and group", note="thanks to volunteers"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes
        work = minutes.moderation * self.order + minutes.ritual * self.turns
        for day in calendar:
            levers.set("cultivate", day, self.amount)
            levers.set("moderation", day, self.order)
            levers.set("ritual", day, self.turns)
            levers.spend("prize", day, self.thanks, each=True)
            levers.work(day, work * (1.0 - self.relief), each=True)
