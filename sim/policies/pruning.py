"""Removing the silent (handbook: D10): a notice, a date, and who has not spoken is out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pruning(Policy):
    """On every acting day ordinary members who were silent for longer are removed.

    Who pays, leads or serves is spared, and so is who has not been there for so long (the day
    decides: ``sim.phases.staying``). Costs ``minutes.pruning`` for going through the list and
    ``minutes.notice`` for each notice before, a group.
    """

    key: ClassVar[str] = "pruning"
    handbook: ClassVar[tuple[str, ...]] = ("D10",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        "no causal estimate was found of what removing the silent does to those who stay",
        (
            "Zhang and Zhu 2011: when a block took part of the audience away, the others wrote "
            "42.8 % less (Chinese Wikipedia; active members were lost too: an upper bound)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "activity per member rises because there are fewer members; look at totals",
        "onlookers read and buy (handbook A5): 46 to 82 % never post (Nonnecke and Preece 2000)",
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "pruned": "+", "members": "-", "interaction_rate": "+", "owner_minutes": "+",
    }  # fmt: skip
    off: ClassVar[Mapping[str, float]] = {"silent_days": 0}

    silent_days: int = setting(
        60, low=0, high=3650, unit="days", note="days of silence tolerated, 0 = nobody is removed"
    )
    notices: int = setting(
        1, low=0, high=100, unit="notices each time", note="notices before; they cost time only"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes
        for day in calendar:
            levers.set("prune", day, self.silent_days)
            levers.work(day, minutes.pruning + minutes.notice * self.notices, each=True)
