"""Opinion leaders brought in from outside (handbook: A2); they may also be grown inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class OutsideLeader(Policy):
    """Somebody with a name is won for the group: talkative, listened to, known to nobody there.

    On each acting day so many leaders join every group that has places. Whether they last is up to
    the group: a leader whom few answer loses the rank. Leaders grown inside come with friends.
    """

    key: ClassVar[str] = "outside_leader"
    handbook: ClassVar[tuple[str, ...]] = ("A2",)
    every: ClassVar[int] = 180
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Backstrom et al. 2008: a small core draws and gives most answers (Yahoo! Groups; the "
            "cause may run the other way)"
        ),
        "leaders grown inside outlast leaders brought in: a practitioners' claim (handbook I14)",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "nobody answers the newcomer, and the rank is lost",
        "two leaders without a common cause split the talk",
    )
    kpis: ClassVar[Mapping[str, str]] = {"messages": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"leaders": 0}

    leaders: int = setting(1, low=0, high=20, unit="persons a group", note="won on each acting day")
    fee: float = setting(
        2000.0, low=0.0, high=1_000_000.0, unit="yuan each", note="what it takes to win them"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.search
        for day in calendar:
            levers.set("leaders", day, self.leaders)
            levers.spend("guest_fee", day, self.fee * self.leaders, each=True)
            levers.work(day, minutes * self.leaders, each=True)
