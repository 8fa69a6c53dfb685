"""Steady content (handbook: D1): pieces of substance by the owner, day after day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import owner_days

if TYPE_CHECKING:
    from collections.abc import Mapping


class ValueContent(Policy):
    """Pieces of substance on every acting day, in every group; made once, posted everywhere.

    The owner is freshest at the start: quality falls with ``owner.half_life`` (handbook: A1), and
    nobody writes after the day on which the owner goes (``owner.leaves_on``). A piece costs
    ``price.content`` and ``minutes.content``.
    """

    key: ClassVar[str] = "value_content"
    handbook: ClassVar[tuple[str, ...]] = ("D1",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        "handbook D1: persistence matters more than volume",
        "Ren and Kraut: information saturates at about 40 relevant messages",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "owners are hot at the start and go downhill within two years (handbook A1)",
        "messages beside the point cost attention: too many are the first reason to unsubscribe",
    )
    kpis: ClassVar[Mapping[str, str]] = {"messages": "+", "openers": "+", "cost": "+"}

    amount: float = setting(
        1.0, low=0.0, high=5.0, unit="pieces a day", note="pieces on a day of content"
    )
    quality: float = setting(
        1.0, low=0.0, high=2.0, unit="factor", note="quality relative to a usual piece"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price, minutes = levers.parameters.price, levers.parameters.minutes
        for day, fresh in owner_days(levers, calendar.acting):
            levers.set("content", day, self.amount)
            levers.set("quality", day, self.quality * fresh)
            levers.spend("content", day, price.content * self.amount)
            levers.work(day, minutes.content * self.amount)
