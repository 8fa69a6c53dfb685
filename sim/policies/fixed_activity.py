"""Fixed activities (handbook: D3): check-in, chain, quiz, live stream or book club."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class FixedActivity(Policy):
    """One activity for all groups on every acting day, with questions around it and a prize.

    An activity of intensity 1 costs ``price.event`` and ``minutes.event``; a question costs
    ``price.prompt``, and ``minutes.prompt`` in every group.
    """

    key: ClassVar[str] = "fixed_activity"
    handbook: ClassVar[tuple[str, ...]] = ("D3",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Zhang et al. 2016: beside diffusion, groups live on impulses from outside (100,000 "
            "groups, 10 million users)"
        ),
        "Jordan 2015: of those who begin a course, a median of 12.6 % finish it (221 courses)",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "activity spikes on the day and is back after one to three days (practitioners, unproven)",
        "who is served the same too often gets used to it; how fast is not known",
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "messages": "+", "openers": "+", "speakers": "+", "cost": "+",
    }  # fmt: skip

    amount: float = setting(
        0.5, low=0.0, high=2.0, unit="intensity", note="intensity, 1 = an event of its own"
    )
    questions: float = setting(
        2.0, low=0.0, high=20.0, unit="prompts a day", note="questions put on that day"
    )
    prize: float = setting(50.0, low=0.0, high=100_000.0, unit="yuan each time", note="prizes")

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price, minutes = levers.parameters.price, levers.parameters.minutes
        for day in calendar:
            levers.set("event", day, self.amount)
            levers.set("topic", day, self.questions)
            levers.spend("event_cost", day, price.event * self.amount)
            levers.spend("content", day, price.prompt * self.questions)
            levers.spend("prize", day, self.prize)
            levers.work(day, minutes.event * self.amount)
            levers.work(day, minutes.prompt * self.questions, each=True)
