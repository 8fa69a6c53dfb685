"""QR codes and content outside (handbook: C10): where, what topic, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import WEEK, attract, following, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping


class QrChannel(Policy):
    """Codes hung out where the audience is, and articles outside; codes are renewed on acting days.

    A code brings people as long as the group may be joined by code (``groups.qr_limit``). An
    article brings its readers evenly over a week; they fit better than who scans a code.
    """

    key: ClassVar[str] = "qr_channel"
    handbook: ClassVar[tuple[str, ...]] = ("C10",)
    every: ClassVar[int] = 7
    evidence: ClassVar[tuple[str, ...]] = (
        "Zhang et al. 2016: people join groups by spread and by outside impulses (100,000 groups)",
        (
            "a WeChat group is joined by code below 200 members, and its code expires after 7 "
            "days (rules of the platform)"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "every further step on the way loses 15 to 20 of 100 people (vendors, weak source)",
        "who scans a code knows nobody inside, and hunters scan too",
    )
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"scans": 0, "articles": 0}

    scans: float = setting(
        2.0, low=0.0, high=100_000.0, unit="candidates a day", note="who comes by code"
    )
    articles: float = setting(
        1.0,
        low=0.0,
        high=100.0,
        unit="articles each time",
        note="articles written on an acting day",
    )
    readers: float = setting(
        5.0, low=0.0, high=100_000.0, unit="persons", note="candidates whom one article brings"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day in in_force(calendar):
            attract(levers, "open", day, self.scans)
        for day in calendar:
            for later in following(calendar, day, WEEK):
                attract(levers, "content", later, self.articles * self.readers / WEEK)
            levers.spend("content", day, parameters.price.content * self.articles)
            levers.work(
                day, parameters.minutes.promotion + parameters.minutes.content * self.articles
            )
