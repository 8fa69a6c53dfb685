"""Guest visits (handbook: D19): a known name comes into the groups, announced step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class GuestVisit(Policy):
    """From every acting day on some days of questions, then the visit, in all groups at once.

    A visit costs ``price.guest`` and ``minutes.guest``, a day of questions ``price.prompt``, and
    ``minutes.prompt`` in every group. A visit that would fall behind ``stop`` or
    the end is not announced either.
    """

    key: ClassVar[str] = "guest_visit"
    handbook: ClassVar[tuple[str, ...]] = ("D19",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Hinz et al. 2011: well-connected members spread more because they take part more, not "
            "because each contact persuades more"
        ),
        "no study of a known name's visit to a chat group: the size is an assumption",
    )
    measured: ClassVar[bool] = False
    failures: ClassVar[tuple[str, ...]] = (
        "activity spikes on the day and is back after one to three days (practitioners, unproven)",
        (
            "posted rules, helpful elsewhere, cut newcomers' comments by 65.5 % where a celebrity "
            "was asked (Matias 2019)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "openers": "+", "speakers": "+", "messages": "+", "cost": "+",
    }  # fmt: skip

    amount: float = setting(
        1.0, low=0.0, high=1.0, unit="presence", note="how much of the guest the group gets"
    )
    warm_up: int = setting(
        2, low=0, high=60, unit="days", note="days with a question before the visit",
        source="handbook D19: step by step", confidence="low",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price, minutes = levers.parameters.price, levers.parameters.minutes
        for first in calendar:
            visit = first + self.warm_up
            if visit >= calendar.end:
                continue
            for day in range(first, visit):
                levers.set("topic", day, 1.0)
                levers.spend("content", day, price.prompt)
                levers.work(day, minutes.prompt, each=True)
            levers.set("guest", visit, self.amount)
            levers.spend("guest_fee", visit, price.guest * self.amount)
            levers.work(visit, minutes.guest * self.amount)
