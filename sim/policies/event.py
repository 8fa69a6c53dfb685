"""Events (handbook: C8): online or offline, announced, surprising or of service."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract

if TYPE_CHECKING:
    from collections.abc import Mapping


class Event(Policy):
    """One event for the whole community on each acting day, with guests from outside.

    Costs go with intensity; a part held offline (``offline`` = share of the engaged who come) is a
    meeting with its own price and minutes.
    """

    key: ClassVar[str] = "event"
    handbook: ClassVar[tuple[str, ...]] = ("C8",)
    every: ClassVar[int] = 14
    evidence: ClassVar[tuple[str, ...]] = (
        "Zhang et al. 2016: people join groups by spread and by outside impulses (100,000 groups)",
        (
            "Sessions 2010: who met offline was more engaged online afterwards; McCully et al. "
            "2011 found the opposite elsewhere"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "activity rises for a day or two and goes back; who came for the event leaves "
            "sooner (weak sources)"
        ),
        "ties to those who were not there loosen (Sessions 2010)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "joins": "+", "messages": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"intensity": 0, "offline": 0, "candidates": 0}

    intensity: float = setting(
        1.0, low=0.0, high=2.0, unit="factor", note="size of the event, 1 = usual"
    )
    candidates: float = setting(
        10.0, low=0.0, high=100_000.0, unit="persons", note="candidates whom the event brings"
    )
    offline: float = setting(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of the engaged",
        note="who of the engaged comes to the place; 0 = online only",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        price, minutes = levers.parameters.price, levers.parameters.minutes
        for day in calendar:
            levers.set("event", day, self.intensity)
            attract(levers, "giveaway", day, self.candidates)
            levers.spend("event_cost", day, price.event * self.intensity)
            levers.work(day, minutes.event * self.intensity)
            if self.offline > 0.0:
                levers.set("meet", day, self.offline)
                levers.spend("venue", day, price.meeting)
                levers.work(day, minutes.meeting)
