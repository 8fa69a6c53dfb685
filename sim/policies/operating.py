"""The operator: does what policies wrote down, as far as his time and money allow.

Policies compete for the week's minutes and for the purse in the order in which they are written. A
deed of one policy on one day is done whole or not at all; what is not done is booked on the memo
accounts ``minutes_not_done`` and ``money_not_done``. Where nothing depends on the run, all days are
settled beforehand and a run costs no time here; where a policy reacts, waits for a condition, or
the purse may run empty, the operator is asked on every morning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sim.policies.base import EACH, FEN, MINUTES, SHARED, Deed, PolicyLevers
from sim.policies.community import Community
from sim.policies.guarding import guarded
from sim.record import ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.audiences import Audience
    from sim.levers import Levers
    from sim.parameters import Parameters
    from sim.policies.base import Calendar, Policy
    from sim.policies.conditions import Comparison

WEEK = 7
_MINUTES = ACCOUNTS.index(MINUTES)
_FIRST_COST, _LAST_INCOME = ACCOUNTS.index("goods_cost"), ACCOUNTS.index("refund")
_LAST_COST = ACCOUNTS.index("other")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One policy as a run uses it.

    Attributes:
        name: Its key; the second of a kind is ``red_packet#2``.
        policy: The policy with its parameters.
        calendar: When it acts.
        when: What has to hold on a morning for it to act.
        groups: Groups in which it acts; empty = all.
        audience: Whom it is for, as far as its levers can be aimed; None = everybody.
    """

    name: str
    policy: Policy
    calendar: Calendar
    when: tuple[Comparison, ...] = ()
    groups: tuple[int, ...] = ()
    audience: Audience | None = None


@dataclass(frozen=True)
class Desk:
    """One policy and what it wrote down beforehand.

    Attributes:
        planned: The policy, its name, calendar, condition and groups.
        index: Its index among the bookers of the levers.
        deeds: What it wrote down, by day.
        audience: Index of its audience among those of the levers; -1 = everybody.
    """

    planned: Planned
    index: int
    deeds: dict[int, Deed]
    audience: int = -1

    @property
    def waits(self) -> bool:
        """Whether what it does depends on the run."""
        return bool(self.planned.when) or self.planned.policy.reacts()


@dataclass
class Left:
    """What is left of the week's minutes and of the purse, in fen."""

    minutes: float
    fen: float

    def takes(self, minutes: int, fen: int) -> bool:
        """Whether there is enough; if so it is taken."""
        if minutes > self.minutes or fen > max(self.fen, 0.0):
            return False
        self.minutes -= minutes
        self.fen -= fen
        return True


@dataclass(frozen=True)
class Operator:
    """Whoever carries policies out.

    Attributes:
        desks: The policies, most important first.
        parameters: The scenario's parameters.
        entries: The ``[[policies]]`` tables that they were read from.
    """

    desks: tuple[Desk, ...]
    parameters: Parameters
    entries: tuple[Mapping[str, Any], ...] = ()

    def own(self) -> Operator:
        """An operator for one run: reactions are written onto sheets of his own."""
        desks = tuple(
            replace(desk, deeds={day: deed.copy() for day, deed in desk.deeds.items()})
            if desk.planned.policy.reacts()
            else desk
            for desk in self.desks
        )
        return replace(self, desks=desks)

    def memory(self) -> dict[str, Any]:
        """All that is needed to make him again, as JSON can hold it."""
        return {
            "entries": [
                {key: str(one) if isinstance(one, date) else one for key, one in entry.items()}
                for entry in self.entries
            ],
            "sheets": {
                desk.planned.name: [
                    [day, deed.uses, deed.spending] for day, deed in desk.deeds.items()
                ]
                for desk in self.desks
                if desk.planned.policy.reacts()
            },
        }

    def waits(self, groups: int) -> bool:
        """Whether he has to see the run: for a policy, or because the purse may run empty.

        Also if members are moved between groups: what he does then depends on which there are.
        """
        deeds = [deed for desk in self.desks for deed in desk.deeds.values()]
        if any(desk.waits for desk in self.desks) or any(deed.regroups for deed in deeds):
            return True
        return sum(deed.fen(groups) for deed in deeds) > self.parameters.owner.purse * FEN

    def settle(self, levers: Levers) -> None:
        """Do everything beforehand.

        Args:
            levers: Levers of the whole horizon, neutral; written in place.
        """
        days, number = levers.values.shape[:2]
        groups = tuple(range(number))
        for first in range(0, days, WEEK):
            left = Left(self.parameters.owner.minutes_per_week, float("inf"))
            for day in range(first, min(first + WEEK, days)):
                for desk in self.desks:
                    if day in desk.deeds:
                        self._do(desk, desk.deeds[day], day, left, levers, groups)

    def morning(self, run: Any) -> None:
        """Decide and do what is done today, and book it at once.

        Members are moved between groups first, so that all else happens where they then are.

        Args:
            run: A ``sim.simulation.Run`` on the morning of ``run.day``.

        Raises:
            UserError: ``policy_failed`` if a policy fails.
        """
        day, levers = run.day, run.levers
        levers.clear(day)
        community = Community(run)
        # all are asked before anything is done: where one fails, nothing of this day is booked
        asked = [(desk, self._wanted(desk, community, levers)) for desk in self.desks]
        wanted = [(desk, deed, deed.regroups) for desk, deed in asked if deed is not None]
        if not wanted:
            return
        before = levers.planned[:, day].copy()
        left = Left(self._minutes_left(run, day), self._fen_left(run, day))
        for first in (True, False) if any(moves for _, _, moves in wanted) else (False,):
            groups = run.open_groups
            for desk, deed, moves in wanted:
                if moves is first:
                    self._do(desk, deed, day, left, levers, groups)
            if first:
                run.regroup()
        booked = levers.planned[:, day] - before
        run.books.ledger[day] += booked.sum(axis=0)
        run.books.ledger_policy[:] += booked

    def _wanted(self, desk: Desk, community: Community, levers: Levers) -> Deed | None:
        """What a policy would do today."""
        day, one = community.day, desk.planned
        if not one.calendar.start <= day < one.calendar.end:
            return None
        if not all(comparison.holds(community) for comparison in one.when):
            return None
        if not one.policy.reacts():
            return desk.deeds.get(day)
        sheet = PolicyLevers(levers, self.parameters, desk.deeds, day)
        guarded(lambda: one.policy.react(community, sheet), policy=one.name, day=day)
        return desk.deeds.get(day)

    def _do(
        self,
        desk: Desk,
        deed: Deed,
        day: int,
        left: Left,
        levers: Levers,
        groups: tuple[int, ...],
    ) -> None:
        """Do a deed in those of the ``groups`` there are in which the policy acts."""
        chosen = desk.planned.groups
        places = tuple(g for g in groups if g in chosen) if chosen else groups
        number = len(places)
        if not number:
            return
        minutes, fen = deed.minutes(number), deed.fen(number)
        if not left.takes(minutes, fen):
            levers.spend("minutes_not_done", day, minutes, policy=desk.index)
            levers.spend("money_not_done", day, fen, policy=desk.index)
            return
        spots = (EACH,) if number == levers.values.shape[1] else places
        for name, amount, group in deed.uses:
            dose = amount / number if group == SHARED else amount
            for at in spots if group < 0 else (group,):
                levers.set(name, day, dose, policy=desk.index, group=at, audience=desk.audience)
        for account, cost in deed.costs(number):
            levers.spend(account, day, cost, policy=desk.index)

    def _minutes_left(self, run: Any, day: int) -> float:
        week = slice(day - day % WEEK, day)
        used = int(run.books.ledger[week, _MINUTES].sum())
        return float(self.parameters.owner.minutes_per_week) - used

    def _fen_left(self, run: Any, day: int) -> float:
        books = run.books.ledger[:day]
        earned = int(books[:, : _LAST_INCOME + 1].sum())
        spent = int(books[:, _FIRST_COST : _LAST_COST + 1].sum())
        return float(self.parameters.owner.purse) * FEN + earned - spent
