"""Team contests (handbook: D7): the group in teams for some days, a final, a prize."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class TeamContest(Policy):
    """A contest of ``length`` days from every acting day on; on its last day the teams are called.

    A day costs ``minutes.contest`` in every group; the final, one for all groups, costs the prize
    and ``minutes.event`` for its intensity. A contest that ``stop`` or the end cuts short has none.
    """

    key: ClassVar[str] = "team_contest"
    handbook: ClassVar[tuple[str, ...]] = ("D7",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Ren et al. 2012: common goals and contests between groups raise visits more than "
            "bonds between persons do (MovieLens, field experiment)"
        ),
        "no study of teams within a chat group: that their members grow closer is an assumption",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "effort falls after the goal (Goes, Guo and Lin 2016, ranks): what comes after the final?",
        "teams are chosen among those who talk anyway; the silent stay silent",
    )
    kpis: ClassVar[Mapping[str, str]] = {"messages": "+", "replies": "+", "cost": "+"}

    amount: float = setting(
        1.0, low=0.0, high=1.0, unit="strength", note="how much of group life runs in teams"
    )
    length: int = setting(7, low=1, high=365, unit="days", note="days of a contest")
    final: float = setting(
        0.5, low=0.0, high=2.0, unit="intensity", note="the final as an event, 1 = a full one"
    )
    prize: float = setting(100.0, low=0.0, high=100_000.0, unit="yuan a contest", note="prizes")

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes
        for first in calendar:
            for day in range(first, min(first + self.length, calendar.end)):
                levers.set("team", day, self.amount)
                levers.work(day, minutes.contest * self.amount, each=True)
            last = first + self.length - 1
            if last < calendar.end:
                levers.set("event", last, self.final * self.amount)
                levers.work(last, minutes.event * self.final * self.amount)
                levers.spend("prize", last, self.prize)
