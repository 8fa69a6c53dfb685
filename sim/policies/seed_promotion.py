"""Seed users promote (handbook: C5): posts in their own circles, with places to give away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class SeedPromotion(Policy):
    """Every seed user posts once on an acting day; members get a few places to give away.

    The posts bring people like those who come for content. Seed users are counted at the
    start (``members.seed_users``). The material is one piece of content.
    """

    key: ClassVar[str] = "seed_promotion"
    handbook: ClassVar[tuple[str, ...]] = ("C5",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Hinz, Skiera, Barrot and Becker 2011: the best choice of seeds did up to eight "
            "times better than the worst; hubs win by taking part more, not by persuading "
            "better (200,000 customers)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "recommendations do not spread far (Leskovec, Adamic and Huberman 2007)",
        "seed users who tire become ordinary members (assumption)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"candidates": 0, "places": 0}

    candidates: float = setting(
        0.5,
        low=0.0,
        high=1000.0,
        unit="persons",
        note="candidates whom one post of one seed user brings",
    )
    places: int = setting(
        5,
        low=0,
        high=100,
        unit="places a member",
        note="places that every member can give away; 0 = no limit",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day in in_force(calendar):
            levers.set("quota", day, self.places)
        for day in calendar:
            attract(levers, "content", day, self.candidates * parameters.members.seed_users)
            levers.spend("content", day, parameters.price.content)
            levers.work(day, parameters.minutes.promotion)
