"""Reacting to KPIs (handbook: H1, H2): measure every morning, do more when talk falls off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.policies.community import Community

WEEK = 7


class Adaptive(Policy):
    """Prompts talk, and throws a packet, after a week in which fewer spoke than is usual.

    The last seven days are compared with the weeks before them. Alarm is raised on the first
    morning on which speakers fall below ``alarm`` of what is usual, and at most once in ``every``
    days a packet is thrown; prompts go on while the alarm lasts. Any policy can be made to wait for
    a KPI by ``when``; this one compares a community with its own past.
    """

    key: ClassVar[str] = "adaptive"
    handbook: ClassVar[tuple[str, ...]] = ("H2",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "handbook H1, H2: measure activity, retention and conversion, adjust by what was "
            "measured; no study of a closed loop in a chat group was found"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "what falls by chance comes back by itself, and the policy is praised for it",
        "it acts when the best time to act is over: talk lags what causes it",
    )
    kpis: ClassVar[Mapping[str, str]] = {"messages": "+", "speakers": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"amount": 0, "packet": 0}

    amount: float = setting(
        5.0, low=0.0, high=20.0, unit="prompts a day", note="prompts while the alarm lasts"
    )
    alarm: float = setting(
        0.9, low=0.1, high=2.0, unit="share of the usual",
        note="speakers of the last week, against the usual, below which it acts",
    )  # fmt: skip
    memory: int = setting(28, low=7, high=365, unit="days", note="days before, which are the usual")
    packet: float = setting(
        30.0, low=0.0, high=100_000.0, unit="yuan each time", note="money in a packet at an alarm"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """Nothing beforehand."""

    def react(self, community: Community, levers: PolicyLevers) -> None:
        """See :meth:`Policy.react`."""
        today = community.day
        usual = community.mean("speakers", days=self.memory, before=WEEK)
        if today <= WEEK or community.mean("speakers", days=WEEK) >= self.alarm * usual:
            return
        parameters = levers.parameters
        levers.set("topic", today, self.amount)
        levers.spend("content", today, parameters.price.prompt * self.amount)
        levers.work(today, parameters.minutes.prompt * self.amount, each=True)
        recent = range(max(0, today - self.every + 1), today)
        thrown = any("packet" in levers.used(day) for day in recent)
        if self.packet > 0 and not thrown:
            levers.set("packet", today, self.packet)
            levers.set("packet_parts", today, 10)
            levers.work(today, parameters.minutes.packet, each=True)
