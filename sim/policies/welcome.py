"""Welcome (handbook: D8): a greeting, the rules, a round of introductions for who comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Welcome(Policy):
    """Newcomers are welcomed in every group on every acting day.

    A plan cannot know who will come: staff time is set aside for ``newcomers`` a day, at
    ``minutes.welcome`` each.
    """

    key: ClassVar[str] = "welcome"
    handbook: ClassVar[tuple[str, ...]] = ("D8",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Morgan and Halfaker 2018: newcomers invited to a welcome room stay longer (Wikipedia, "
            "controlled experiment; the size is not known)"
        ),
        (
            "Joyce and Kraut 2006: whose first message is answered posts again in 56 % instead of "
            "44 % of cases (newsgroups, observed, hence an upper bound)"
        ),
        "Matias 2019: rules shown at the entrance bring 70 % more newcomers' posts (experiment)",
    )
    failures: ClassVar[tuple[str, ...]] = (
        "only 4.5 % of those who were invited came to the welcome room's pilot (Wikipedia)",
        "the same text for everybody wears off",
    )
    kpis: ClassVar[Mapping[str, str]] = {
        "openers": "+", "messages": "+", "invites_sent": "+", "owner_minutes": "+",
    }  # fmt: skip

    amount: float = setting(
        1.0, low=0.0, high=1.0, unit="strength", note="how warmly newcomers are received"
    )
    newcomers: float = setting(
        3.0, low=0.0, high=10_000.0, unit="newcomers a day",
        note="for how many staff time is set aside, all groups together",
    )  # fmt: skip

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.welcome
        for day in calendar:
            levers.set("welcome", day, self.amount)
            levers.work(day, minutes * self.amount * self.newcomers)
