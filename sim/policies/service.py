"""Answers and service (handbook: D16): posts that nobody answered are answered by the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Service(Policy):
    """A share of what nobody answered is answered on the same day, in every group.

    How many answers that takes is decided and booked by the day (``price.answer``,
    ``minutes.answer`` each); the plan books nothing.
    """

    key: ClassVar[str] = "service"
    handbook: ClassVar[tuple[str, ...]] = ("D16",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Joyce and Kraut 2006: whose first message is answered posts again in 56 % instead of "
            "44 % of cases, whatever the answer says (observed, hence an upper bound)"
        ),
        "Burke et al. 2007: 40 % of would-be openings of 99 newsgroups found no answer",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "the livelier the group, the more answers are due: staff time grows with success",
        "where the operator answers everything, members may leave it to him (not modelled)",
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "answered_share": "+", "openers": "+", "cost": "+", "owner_minutes": "+",
    }  # fmt: skip

    amount: float = setting(
        0.5, low=0.0, high=1.0, unit="share", note="share of unanswered posts that are answered"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in calendar:
            levers.set("service", day, self.amount)
