"""Free course (handbook: C6): lessons for all, newcomers for the course, perhaps a sale after."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import attract, following, owner_days

if TYPE_CHECKING:
    from collections.abc import Mapping


class FreeCourse(Policy):
    """A course of daily lessons begins on each acting day; while it runs, it draws newcomers.

    A lesson is taught by the owner: one piece of content to the group, remembered by whoever opens
    it, which makes the paid course that may follow easier to buy (``sim.phases.acting``). Who comes
    for the course is like who comes for a giveaway. Nobody teaches when the owner is gone.
    """

    key: ClassVar[str] = "free_course"
    handbook: ClassVar[tuple[str, ...]] = ("C6",)
    every: ClassVar[int] = 60
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Jordan 2015: of 221 open courses a median of 12.6 % finish (0.7 to 52.1); most "
            "leave in the first two weeks"
        ),
        "Datta, Foubert and van Heerde 2015: who came by free trial was worth 59 % less",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "newcomers want the course, not the group",
        (
            "groups made for an occasion die sooner (Qiu et al. 2016): after the last lesson "
            "the purpose is gone"
        ),
    )
    kpis: ClassVar[Mapping[str, str]] = {"joins": "+", "messages": "+", "cost": "+"}
    off: ClassVar[Mapping[str, float]] = {"lessons": 0, "candidates": 0, "price": 0}

    lessons: int = setting(
        4, low=0, high=100, unit="lessons", note="lessons of a course, one a day"
    )
    candidates: float = setting(
        3.0,
        low=0.0,
        high=100_000.0,
        unit="candidates a day",
        note="who comes for the course, while it runs",
    )
    price: float = setting(
        0.0,
        low=0.0,
        high=100_000.0,
        unit="yuan",
        note="price of the paid course after it; 0 = none",
    )
    sale_days: int = setting(
        14, low=1, high=365, unit="days", note="days on which the paid course is sold"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day in calendar:
            days = following(calendar, day, self.lessons)
            for taught, fresh in owner_days(levers, days):
                levers.set("lesson", taught, 1.0)
                levers.set("content", taught, 1.0)
                levers.set("quality", taught, fresh)
                attract(levers, "giveaway", taught, self.candidates)
                levers.spend("free_course_cost", taught, parameters.price.content)
                levers.work(taught, parameters.minutes.lesson)
            for open_day in following(calendar, days.stop, self.sale_days):
                levers.set("price_course", open_day, self.price)
