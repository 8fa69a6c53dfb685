"""Split and dissolve (handbook: D11): A becomes B and C, and A is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Split(Policy):
    """Every group is split into parts; who no longer looks in is left behind when it is dissolved.

    Acts on the first ``times`` acting days after day 0. Members go with their interests or at
    random; leaders and seed users are dealt to the parts, and the owner has an account in each.
    """

    key: ClassVar[str] = "split"
    handbook: ClassVar[tuple[str, ...]] = ("D11",)
    every: ClassVar[int] = 28
    evidence: ClassVar[tuple[str, ...]] = (
        "no study of split groups was found: what it costs in ties is unknown (tie.cut)",
        (
            "Jones, Ravid and Rafaeli 2004: members of larger newsgroups are likelier to end "
            "active participation (overload)"
        ),
    )
    measured: ClassVar[bool] = False
    failures: ClassVar[tuple[str, ...]] = (
        "friends come into different groups, and their tie fades",
        "a part without a leader falls silent",
        "the silent are left behind, and with them an audience that buys",
    )
    kpis: ClassVar[Mapping[str, str]] = {"leaves": "+", "members": "-", "owner_minutes": "+"}
    off: ClassVar[Mapping[str, float]] = {"parts": 0}

    parts: int = setting(2, low=0, high=10, unit="groups", note="that one group becomes")
    by_interest: float = setting(
        1.0, low=0.0, high=1.0, unit="share", note="how far interests decide, 0 = at random"
    )
    dissolve: int = setting(
        1, low=0, high=1, unit="0 or 1", note="1 = the old group ends: who does not look in is out"
    )
    times: int = setting(1, low=1, high=6, unit="times", note="how often in a row")

    def opens(self, calendar: Calendar, *, groups: int) -> int:
        """See :meth:`Policy.opens`."""
        return groups * (self.parts ** len(self._days(calendar)) - 1) if self._splits else 0

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in self._days(calendar) if self._splits else []:
            levers.set("split", day, self.parts)
            levers.set("by_interest", day, self.by_interest)
            levers.set("close", day, self.dissolve)
            levers.work(day, levers.parameters.minutes.moving, each=True)

    @property
    def _splits(self) -> bool:
        return self.parts > 1

    def _days(self, calendar: Calendar) -> list[int]:
        return [day for day in calendar if day > 0][: self.times]
