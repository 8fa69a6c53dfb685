"""Push rhythm (handbook: D17): what is sent at its hour to whom it concerns, or anyhow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class PushRhythm(Policy):
    """The same number of pushed messages, with or without a rhythm, in every group.

    The policy is the rhythm; ``irregular`` is its neglect. A message at its hour is worth one
    message that is wanted (``benefit.piece`` of them make a piece of content), and ``layered``
    pushing keeps from members what does not concern them. An irregular one is one more message to
    read past, nothing is layered, and promotion falls into the hours of rest. Each costs
    ``minutes.push`` in every group, regular or not.
    """

    key: ClassVar[str] = "push_rhythm"
    handbook: ClassVar[tuple[str, ...]] = ("D17",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Wang, Greenwood and Pavlou 2020: one broadcast to all is unfollowed at 3.8 times the "
            "rate, more so in commuting hours (WeChat, 80,000 followers)"
        ),
        "Cellit 2012: 18 opt-outs a thousand on weekdays, 85 at weekends (1,180 campaigns)",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "irregular, long, unlayered pushing kills groups (handbook F6): raise irregular to see it",
        (
            "one message a day is too many for 27 % of subscribers, two for 32 % more (eMarketer "
            "surveys)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "openers": "+", "speakers": "+", "messages": "+", "owner_minutes": "+",
    }  # fmt: skip

    amount: float = setting(
        3.0, low=0.0, high=100.0, unit="messages a day", note="messages pushed a day"
    )
    layered: float = setting(
        0.5, low=0.0, high=1.0, unit="share",
        note="share of what does not concern a member that is kept from him",
    )  # fmt: skip
    irregular: float = setting(
        0.0, low=0.0, high=1.0, unit="share",
        note="share sent at any hour to everybody (the neglect)",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        regular = 1.0 - self.irregular
        for day in calendar:
            levers.set("content", day, self.amount * regular / parameters.benefit.piece)
            levers.set("personal", day, self.layered * regular)
            levers.set("push_noise", day, self.amount * self.irregular)
            levers.set("bad_hour", day, self.irregular)
            levers.work(day, parameters.minutes.push * self.amount, each=True)
