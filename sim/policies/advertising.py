"""Advertising in the group (handbook: E8): soft mentions and hard adverts, for others' money."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Advertising(Policy):
    """Adverts in every group on acting days; a sponsor pays for each, or nobody for one's own.

    Hard adverts sell at once and drive people out; soft ones do less of both
    (``sim.phases.staying``).
    """

    key: ClassVar[str] = "advertising"
    handbook: ClassVar[tuple[str, ...]] = ("E8",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Wang, Greenwood and Pavlou 2020: a mass post sells 6 % more at once, unfollowing "
            "rises by 280 %, sales fall in the long run (80,000 followers on WeChat)"
        ),
        (
            "Cellit 2012: fewest opt-outs at two messages a week or fewer (1,180 campaigns by "
            "text message)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "hard selling drives people out (handbook: E8)",
        (
            "27 % of shoppers find one message a day too many, 32 % more find more than two too "
            "many (eMarketer, USA)"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"revenue": "+", "leaves": "+", "muted": "+"}
    off: ClassVar[Mapping[str, float]] = {"hard": 0, "soft": 0}

    hard: float = setting(
        1.0, low=0.0, high=10.0, unit="adverts each time", note="hard adverts on an acting day"
    )
    soft: float = setting(
        0.0, low=0.0, high=10.0, unit="mentions each time", note="soft mentions on an acting day"
    )
    fee: float = setting(
        50.0,
        low=0.0,
        high=1_000_000.0,
        unit="yuan an advert and group",
        note="what a sponsor pays for a hard advert; 0 = one's own",
    )
    soft_fee: float = setting(
        20.0,
        low=0.0,
        high=1_000_000.0,
        unit="yuan a mention and group",
        note="what a sponsor pays for a soft mention; 0 = one's own",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        for day in calendar:
            levers.set("promo", day, self.hard)
            levers.set("soft", day, self.soft)
            fees = self.fee * self.hard + self.soft_fee * self.soft
            levers.spend("sponsor", day, fees, each=True)
            levers.work(day, levers.parameters.minutes.promotion * (self.hard + self.soft))
