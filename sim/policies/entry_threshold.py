"""Entry threshold (handbook: C15): screening, an interview, perhaps a fee."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class EntryThreshold(Policy):
    """Candidates who fit least are turned away, every day; invitations become a little harder.

    Minutes are those of screening the candidates whom the scenario itself expects
    (``reach``); who comes by policies and invitations is screened without being counted.
    """

    key: ClassVar[str] = "entry_threshold"
    handbook: ClassVar[tuple[str, ...]] = ("C15",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Drenner, Sen and Terveen 2008: more work on entering, fewer who finish it, and "
            "these contribute far more (field experiment)"
        ),
        "no number was found for chat groups",
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "too small an audience: contributions fell by 42.8 % when an audience was cut off "
            "(Zhang and Zhu 2011)"
        ),
        (
            "turning newcomers away is part of how communities decline (TeBlunthuis, Shaw and "
            "Hill 2018)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"joins": "-", "activation_d7": "+"}
    off: ClassVar[Mapping[str, float]] = {"share": 0, "fee": 0}

    share: float = setting(
        0.3, low=0.0, high=0.9, unit="share", note="share of candidates who are turned away"
    )
    fee: float = setting(
        0.0, low=0.0, high=100_000.0, unit="yuan", note="what entering costs; 0 = nothing"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        reach = levers.parameters.reach
        expected = reach.open + reach.content + reach.giveaway + reach.partner + reach.business
        for day in calendar:
            levers.set("entry", day, self.share)
            levers.set("entry_price", day, self.fee)
            if self.share > 0.0:
                levers.work(day, expected * levers.parameters.minutes.screening)
