"""Paid course (handbook: E3): trial lessons first, then the course for money."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting
from sim.policies.shared import following, in_force, owner_days

if TYPE_CHECKING:
    from collections.abc import Mapping


class PaidCourse(Policy):
    """A course is on sale every day, once to each member; a round of lessons begins on acting days.

    Trial lessons are pieces of content to the whole group and ease the decision
    (``sim.phases.acting``). The paid lessons are taught outside it: they take minutes and
    material, and change nothing in the group. Nobody teaches when the owner is gone.
    """

    key: ClassVar[str] = "paid_course"
    handbook: ClassVar[tuple[str, ...]] = ("E3",)
    every: ClassVar[int] = 30
    evidence: ClassVar[tuple[str, ...]] = (
        "practitioners: 5 to 10 of 100 people in a trial camp buy (weak source)",
        (
            "Datta, Foubert and van Heerde 2015: free trials draw people worth 59 % less, who "
            "answer better to messages and use"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        (
            "of open courses a median of 12.6 % finish (Jordan 2015): a course that is not "
            "finished is not recommended"
        ),
        "everybody buys once: without new members the sale ends",
    )
    kpis: ClassVar[Mapping[str, str]] = {"payers": "+", "revenue": "+"}
    off: ClassVar[Mapping[str, float]] = {"price": 0}

    price: float = setting(199.0, low=0.0, high=100_000.0, unit="yuan", note="price of the course")
    trial: int = setting(
        1,
        low=0,
        high=100,
        unit="lessons",
        note="trial lessons to the whole group, one a day from each acting day",
    )
    lessons: int = setting(
        3,
        low=0,
        high=1000,
        unit="lessons a round",
        note="paid lessons taught in a round; buyers here do not mind how many",
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        parameters = levers.parameters
        for day, _ in owner_days(levers, in_force(calendar)):
            levers.set("price_course", day, self.price)
        for day in calendar:
            trial = following(calendar, day, self.trial)
            for taught, fresh in owner_days(levers, trial):
                levers.set("lesson", taught, 1.0)
                levers.set("content", taught, 1.0)
                levers.set("quality", taught, fresh)
                levers.spend("free_course_cost", taught, parameters.price.content)
                levers.work(taught, parameters.minutes.lesson)
            for taught, _ in owner_days(levers, following(calendar, trial.stop, self.lessons)):
                levers.spend("fulfilment", taught, parameters.price.content)
                levers.work(taught, parameters.minutes.lesson)
