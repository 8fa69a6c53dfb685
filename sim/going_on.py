"""From a saved community into many futures: its past stays, its luck from today on differs.

What a run of this kind leaves behind begins today: day 0 of its record is the day on which the
community was saved, and who was there then is an initial member.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.coefficients import coefficients
from sim.draws import run_key
from sim.founding import draw_drivers, trait_tables
from sim.levers import Levers
from sim.record import Members, RunRecord
from sim.simulation import week_shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.scenario import Scenario
    from sim.simulation import Run
    from sim.state import Books, Drivers

    Counts = NDArray[np.int64]

_WEEK = 7


@dataclass(frozen=True)
class Before:
    """What had happened when measuring began.

    Attributes:
        day: First day that is measured, counted from the founding.
        members: Members on its morning.
        ids: Numbers of everybody who had ever been a member, ascending.
        spent: Fen that each of them had paid.
        messages: What each of them had written.
        invited: Whom each of them had brought.
        booked: What each policy had booked, of shape (len(ACCOUNTS),).
    """

    day: int
    members: int
    ids: NDArray[np.uint32]
    spent: Counts
    messages: Counts
    invited: Counts
    booked: dict[str, Counts]

    @classmethod
    def of(cls, run: Run) -> Before:
        """Everything up to a run's present morning."""
        record = run.record()
        order = np.argsort(record.members.id, kind="stable")
        about = record.members
        return cls(
            day=run.day, members=int((about.left < 0).sum()), ids=about.id[order],
            spent=about.spent[order], messages=about.messages[order],
            invited=about.invited[order],
            booked=dict(zip(record.policies, record.ledger_policy.copy(), strict=True)),
        )  # fmt: skip

    def taken_from(self, record: RunRecord) -> RunRecord:
        """The record of the days since, in which this morning is that of day 0."""
        first_week = -(-self.day // _WEEK)
        booked = record.ledger_policy.copy()
        for index, name in enumerate(record.policies):
            if name in self.booked:
                booked[index] -= self.booked[name]
        return RunRecord(
            days=record.days - self.day,
            daily=record.daily[self.day :],
            weekly=record.weekly[first_week:],
            ledger=record.ledger[self.day :],
            ledger_policy=booked,
            policies=record.policies,
            initial_members=self.members,
            members=self._members(record.members),
            tenure_contribution=record.tenure_contribution[: record.days - self.day],
            capacity=record.capacity,
        )

    def _members(self, everybody: Members) -> Members:
        """Those who were there this morning or came since."""
        there = (everybody.left < 0) | (everybody.left >= self.day)
        place = np.where(there, np.cumsum(there) - 1, -1)
        kept = {
            name: getattr(everybody, name)[there]
            for name in Members.__dataclass_fields__
            if name not in ("inviter", *_COUNTED)
        }
        for name in _DAYS:
            days = kept[name]
            kept[name] = np.where(days >= self.day, days - self.day, -1).astype(days.dtype)
        inviter = everybody.inviter[there]
        kept["inviter"] = np.where(inviter >= 0, place[inviter], -1)
        known = np.searchsorted(self.ids, kept["id"])
        known = np.minimum(known, max(0, len(self.ids) - 1))
        old = self.ids[known] == kept["id"] if len(self.ids) else np.zeros(len(known), bool)
        for name in _COUNTED:
            past = np.where(old, getattr(self, name)[known], 0) if len(self.ids) else 0
            kept[name] = getattr(everybody, name)[there] - past
        return Members(**kept)


_COUNTED = ("spent", "messages", "invited")
_DAYS = (
    "joined", "left", "first_spoke", "last_spoke", "last_opened", "first_paid", "paid_until",
)  # fmt: skip


def go_on(run: Run, *, scenario: Scenario, levers: Levers, seed: int, replicate: int) -> Run:
    """One future of a saved community.

    Args:
        run: The community on its present morning; stays as it is.
        scenario: Parameters from today on; ``scenario.days`` counts from the founding.
        levers: Of the whole horizon, days gone by included.
        seed: Seed of the experiment.
        replicate: Number of the replicate; equal numbers mean equal luck from today on.

    Returns:
        A run whose record begins today.

    Raises:
        ValueError: As ``Run.fork``.
    """
    other = copy.copy(run)
    other.levers = _lasting(run.levers, scenario.days)
    other.days, other.books = scenario.days, _lasting_books(run.books, scenario.days)
    other = other.fork(levers=levers.own())
    other.before = Before.of(run)
    other.drivers = _drivers(run, scenario, key=run_key(seed, replicate))
    other.seed, other.replicate, other.key = seed, replicate, run_key(seed, replicate)
    other.scenario, other.traits = scenario, trait_tables(scenario)
    if scenario.groups.capacity != run.scenario.groups.capacity:
        other.capacity = np.full(len(other.groups), scenario.groups.capacity, np.int64)
    other.books.since[0] = run.day
    other.books.tenure[:] = 0
    return other


def _lasting(levers: Levers, days: int) -> Levers:
    """Levers as long as another horizon, neutral in days that nobody planned."""
    here = min(days, len(levers.values))
    longer = Levers.neutral(days, levers.values.shape[1], levers.policies[1:])
    longer.values[:here], longer.booker[:here] = levers.values[:here], levers.booker[:here]
    longer.planned[:, :here] = levers.planned[:, :here]
    return replace(longer, operator=levers.operator)


def _lasting_books(books: Books, days: int) -> Books:
    """Books as long as another horizon."""

    def fitted(rows: NDArray[np.int64], length: int) -> NDArray[np.int64]:
        longer = np.zeros((length, *rows.shape[1:]), np.int64)
        longer[: min(length, len(rows))] = rows[:length]
        return longer

    return books._replace(
        daily=fitted(books.daily, days), weekly=fitted(books.weekly, days // _WEEK),
        ledger=fitted(books.ledger, days), tenure=fitted(books.tenure, days),
    )  # fmt: skip


def _drivers(run: Run, scenario: Scenario, *, key: tuple[np.uint32, np.uint32]) -> Drivers:
    """The outside world: as it was up to this week, then other luck that sets out from there.

    The community's shock walks: from this week on it takes another walk's steps, begun at the
    level that it had reached.
    """
    days = scenario.days
    fresh = _drawn(key, scenario, days)
    quiet = {"shock.weekly_noise": 0.0, "shock.message_noise": 0.0}
    theirs = _drawn(key, scenario.replace(quiet), days)
    ours = _drawn(run.key, run.scenario.replace(quiet), days)
    week = run.day // _WEEK
    here = min(_WEEK * (week + 1), days)
    level = ours.common[week] - theirs.common[week]
    talk = ours.message[week] / theirs.message[week]
    fresh.common[week + 1 :] += level
    fresh.message[week + 1 :] *= talk
    fresh.reach[here:] *= np.exp(scenario.shock.inflow_share * level)
    fresh.common[: week + 1] = run.drivers.common[: week + 1]
    fresh.message[: week + 1] = run.drivers.message[: week + 1]
    past = min(here, len(run.drivers.reach))
    fresh.reach[:past] = run.drivers.reach[:past]
    return fresh


def _drawn(key: tuple[np.uint32, np.uint32], scenario: Scenario, days: int) -> Drivers:
    drivers: Drivers = draw_drivers(
        *key, days, coefficients(scenario), trait_tables(scenario), *week_shape(scenario)
    )
    return drivers
