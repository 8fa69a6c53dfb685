"""Rules and moderation (handbook: D9): none, one rule for all, or what concerns each member."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Moderation(Policy):
    """Two ways to keep a group readable, alone or together, in every group.

    ``amount``: what is beside the point is deleted for everybody. ``personal``: each member gets
    what concerns him (topics apart, digests, tags). Each costs ``price.moderation`` and
    ``minutes.moderation`` a day and group at full dose.
    """

    key: ClassVar[str] = "moderation"
    handbook: ClassVar[tuple[str, ...]] = ("D9",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Ren and Kraut 2014: personalised moderation brings 36 % more posts than none; "
            "deleting for everybody raises commitment, not posts (agent-based model, Usenet)"
        ),
        (
            "Matias 2019: posted rules raise newcomers' compliance from 52 to 60 % (experiment, "
            "2,190 discussions)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "too strict: newcomers are turned away and the community declines (TeBlunthuis, Shaw "
            "and Hill 2018)"
        ),
        "what is deleted can tie nobody to anybody (Ren and Kraut 2014)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"amount": 0, "personal": 0}

    amount: float = setting(
        0.5, low=0.0, high=1.0, unit="strictness", note="for everybody: how much is deleted"
    )
    personal: float = setting(
        0.0, low=0.0, high=1.0, unit="share",
        note="for each: share of what does not concern a member that is kept from him",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        dose = self.amount + self.personal
        for day in calendar:
            levers.set("moderation", day, self.amount)
            levers.set("personal", day, self.personal)
            levers.spend("tools", day, parameters.price.moderation * dose, each=True)
            levers.work(day, parameters.minutes.moderation * dose, each=True)
