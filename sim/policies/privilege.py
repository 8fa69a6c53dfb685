"""Privileges and a say (handbook: D15): beta access, members announce, members design."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sim.policies.base import Calendar, Policy, PolicyLevers, setting

if TYPE_CHECKING:
    from collections.abc import Mapping


class Privilege(Policy):
    """Rights for members who are answered, in every group: leaders are grown (handbook: A2).

    Costs ``minutes.privilege`` a day and group at full dose.
    """

    key: ClassVar[str] = "privilege"
    handbook: ClassVar[tuple[str, ...]] = ("D15",)
    every: ClassVar[int] = 1
    evidence: ClassVar[tuple[str, ...]] = (
        (
            "Backstrom et al. 2008: who became a power user had been answered 20 times as often on "
            "joining (Yahoo! Groups; the cause may run the other way)"
        ),
        (
            "Hinz et al. 2011: well-connected members spread more because they take part more, not "
            "because each contact persuades more"
        ),
    )
    failures: ClassVar[tuple[str, ...]] = (
        "an inner circle forms, and newcomers find no way in",
        "a leader who goes takes others along (Abufouda; Nitzan and Libai 2011)",
    )
    kpis: ClassVar[Mapping[str, str]] = {"openers": "+", "speakers": "+", "owner_minutes": "+"}

    amount: float = setting(
        1.0, low=0.0, high=1.0, unit="strength", note="how much members may do and decide"
    )

    def plan(self, calendar: Calendar, levers: PolicyLevers) -> None:
        """See :meth:`Policy.plan`."""
        minutes = levers.parameters.minutes.privilege
        for day in calendar:
            levers.set("cultivate", day, self.amount)
            levers.work(day, minutes * self.amount, each=True)
