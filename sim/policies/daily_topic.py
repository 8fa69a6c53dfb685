"""Daily topics (handbook: D2): the owner asks something worth answering, day after day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import owner_days

if TYPE_CHECKING:
    from collections.abc import Mapping


class DailyTopic(Policy):
    """Prompted interactions on every acting day, in every group.

    Thought up once (``price.prompt``), led in every group (``minutes.prompt``). Nobody asks after
    the day on which the owner goes (``owner.leaves_on``).
    """

    key: ClassVar[str] = "daily_topic"
    handbook: ClassVar[tuple[str, ...]] = ("D2",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "handbook D2: at least three interactions a day; no study measured prompted topics in "
            "chats"
        ),
        "Burke et al. 2007: 40 % of would-be openings of 99 newsgroups found no answer",
    )
    measured: ClassVar[bool] = False
    failures: ClassVar[tuple[str, ...]] = (
        "each further prompt adds less, and all of them are messages that somebody has to read",
        (
            "one message a day is too many for 27 % of subscribers, two for 32 % more (eMarketer "
            "surveys)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "speakers": "+", "messages": "+", "openers": "+", "cost": "+",
    }  # fmt: skip

    amount: float = setting(
        3.0, low=0.0, high=20.0, unit="prompts a day", note="prompts on a day with topics",
        source="handbook D2: at least three interactions a day", confidence="low",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day, _ in owner_days(levers, calendar.acting):
            levers.set("topic", day, self.amount)
            levers.spend("content", day, parameters.price.prompt * self.amount)
            minutes = parameters.minutes.prompt * self.amount
            levers.work(day, minutes, each=True)
