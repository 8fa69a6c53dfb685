"""Points and levels (handbook: D6): talking and being answered earns points, points make levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class PointsLevels(Policy):
    """Points in every group; they are counted by the day, what they are exchanged for is a budget.

    Costs ``minutes.points`` and the exchanged goods, both a day and group.
    """

    key: ClassVar[str] = "points_levels"
    handbook: ClassVar[tuple[str, ...]] = ("D6",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Goes, Guo and Lin 2016: effort rises before a rank, falls clearly after it, and each "
            "higher rank moves less (a knowledge exchange)"
        ),
        "Anderson et al. 2013: badges raise activity close to their threshold (Stack Overflow)",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "effort falls after the goal, and the effect is temporary (Goes, Guo and Lin 2016)",
        "who wants points needs something to say: without fresh matter they add nothing",
    )
    kpis: ClassVar[Mapping[str, str]] = {"messages": "+", "cost": "+"}

    amount: float = setting(
        1.0, low=0.0, high=1.0, unit="strength", note="how much points and levels count"
    )
    exchanged: float = setting(
        5.0, low=0.0, high=100_000.0, unit="yuan a day and group", note="goods for points"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.points
        for day in calendar:
            levers.set("points", day, self.amount)
            levers.spend("points_redeemed", day, self.exchanged, each=True)
            levers.work(day, minutes * self.amount, each=True)
