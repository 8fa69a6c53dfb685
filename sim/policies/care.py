"""Personal care (handbook: D14): birthdays, festivals, a private word, tea time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Care(Policy):
    """Care on every acting day; costs ``price.care`` and ``minutes.care`` in every group."""

    key: ClassVar[str] = "care"
    handbook: ClassVar[tuple[str, ...]] = ("D14",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Ren et al. 2012: bonds between persons raise visits, about half as much as a common "
            "identity does (MovieLens, field experiment)"
        ),
        "no study of an operator's care in chat groups: the size is an assumption",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "the time it takes grows with every member; a mass message is not care",
        "care that is followed by an offer counts as promotion",
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "openers": "+", "speakers": "+", "messages": "+", "cost": "+",
    }  # fmt: skip

    amount: float = setting(
        0.5, low=0.0, high=1.0, unit="strength", note="how much personal care members get"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day in calendar:
            levers.set("care", day, self.amount)
            levers.spend("care", day, parameters.price.care * self.amount, each=True)
            levers.work(day, parameters.minutes.care * self.amount, each=True)
