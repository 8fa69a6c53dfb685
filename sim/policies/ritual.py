"""Rituals (handbook: D5): sign-in, slogan, names in one style, silence at the same hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ritual(Policy):
    """Rituals in every group on every acting day; they cost no money, only ``minutes.ritual``."""

    key: ClassVar[str] = "ritual"
    handbook: ClassVar[tuple[str, ...]] = ("D5",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Ren et al. 2012: features that give a group an identity about double the visits, "
            "newcomers' most (MovieLens, field experiment of six months)"
        ),
        "no study of sign-in rituals in chat groups: that they bind there is carried over",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "messages of sign-in tell nobody anything: in a large group they bury the talk",
        "who breaks a series may stay away for good (not modelled)",
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "openers": "+", "speakers": "+", "messages": "+", "owner_minutes": "+",
    }  # fmt: skip

    amount: float = setting(
        0.5, low=0.0, high=1.0, unit="strength", note="how much of group life is ritual"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.ritual
        for day in calendar:
            levers.set("ritual", day, self.amount)
            levers.work(day, minutes * self.amount, each=True)
