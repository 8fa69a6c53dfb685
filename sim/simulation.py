"""One run: memory, luck and levers of one community, advanced by days, measured at the end.

This is the engine without Mesa: studies call it thousands of times; ``sim.model`` wraps it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.coefficients import coefficients
from sim.day import run_days
from sim.draws import run_key
from sim.founding import draw_drivers, found, open_groups, trait_tables
from sim.levers import ORDER_COLUMNS, Levers
from sim.population import (
    BYTE_INDEX,
    DAY_INDEX,
    LANES,
    MUTED,
    NEVER,
    NOBODY,
    WORD_INDEX,
    Population,
    allocate,
    grow,
)  # fmt: skip
from sim.record import Members, RunRecord
from sim.state import OPEN, Books, Drivers, new_books, new_groups
from sim.tidying import EVERY, order_of_arrival, tidy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.going_on import Before
    from sim.phases.arriving import Traits
    from sim.scenario import Scenario

_SPARE = 2


@dataclass
class Run:
    """The whole state of one run; everything in it is plain memory.

    Attributes:
        scenario: What was configured.
        seed: Seed of the experiment.
        replicate: Number of the replicate; equal numbers mean equal luck.
        day: Next day to simulate.
        days: Horizon.
        key: Philox key of the run, two uint32.
        members: The members' columns.
        groups: float64 of shape (G, len(GROUP)).
        levers: What policies planned.
        drivers: What comes from outside.
        books: What was counted so far.
        traits: Quantile tables of traits.
        capacity: int64 of shape (G,).
        initial_members: Members before day 0.
        leaving: Whether members may mute and leave (phase 8).
        tidy: Whether departed members are put on file now and then (``sim.tidying``), which makes
            the others' rows move; to be switched off by whoever remembers rows from day to day.
        moves: New row of each row, ``NOBODY`` = was not in use, each time members were moved
            between groups.
        before: What had happened before measuring began, in a run that goes on from a saved
            community (``sim.going_on``); None = measured from day 0.
    """

    scenario: Scenario
    seed: int
    replicate: int
    day: int
    days: int
    key: tuple[np.uint32, np.uint32]
    members: Population
    groups: NDArray[np.float64]
    levers: Levers
    drivers: Drivers
    books: Books
    traits: Traits
    capacity: NDArray[np.int64]
    initial_members: int
    leaving: bool = True
    tidy: bool = True
    moves: list[NDArray[np.uint32]] = field(default_factory=list)
    before: Before | None = None
    _reckoned: tuple[Scenario, Any] | None = field(default=None, init=False, repr=False)

    @classmethod
    def start(
        cls,
        scenario: Scenario,
        *,
        seed: int = 0,
        replicate: int = 0,
        days: int | None = None,
        levers: Levers | None = None,
    ) -> Run:
        """A community on the morning of day 0.

        Args:
            scenario: What is configured.
            seed: Seed of the experiment, 0 to 2^63 - 1.
            replicate: Number of the replicate.
            days: Horizon; the scenario's own by default.
            levers: Planned levers over at least that horizon; neutral by default.
        """
        horizon = scenario.days if days is None else days
        opened = scenario.groups.number
        count = opened if levers is None else max(opened, levers.values.shape[1])
        c: Any = coefficients(scenario)
        key = run_key(seed, replicate)
        traits = trait_tables(scenario)
        per_group = np.full(opened, scenario.members.initial // opened, np.int64)
        per_group[: scenario.members.initial % opened] += 1
        blocks = int((-(-per_group // LANES)).sum()) + count + _SPARE
        members, groups = allocate(blocks), new_groups(count, opened=opened)
        found(*key, members, groups[:opened], c, traits, per_group, True)
        open_groups(*key, members, groups[:opened], c)
        weekday, weekend = week_shape(scenario)
        planned = levers if levers is not None else Levers.neutral(horizon, count)
        if planned.operator is not None:
            planned = planned.own()
        books = new_books(horizon, count, len(planned.policies))
        books.ledger[:] = planned.planned[:, :horizon].sum(axis=0)
        books.ledger_policy[:] = planned.planned[:, :horizon].sum(axis=1)
        run = cls(
            scenario=scenario, seed=seed, replicate=replicate, day=0, days=horizon, key=key,
            members=members, groups=groups, levers=planned,
            drivers=draw_drivers(*key, horizon, c, traits, weekday, weekend), books=books,
            traits=traits, capacity=np.full(count, scenario.groups.capacity, np.int64),
            initial_members=scenario.members.initial,
        )  # fmt: skip
        run._reckoned = (scenario, c)
        return run

    def advance(self, until: int | None = None) -> None:
        """Simulate up to (not including) day ``until``; to the horizon by default."""
        last = self.days if until is None else min(until, self.days)
        c = self.coefficients
        while self.day < last:
            # by the calendar alone: days may be split and forked as anybody likes
            if self.tidy and self.day and self.day % EVERY == 0:
                tidy(self.members, self.groups)
            stop = min(last, (self.day // EVERY + 1) * EVERY) if self.tidy else last
            if self.levers.operator is not None:
                self.levers.operator.morning(self)
                stop = self.day + 1
            else:
                ordered = self._ordered(last)
                if ordered[:1] == [self.day]:
                    self.regroup()
                stop = min([stop, *(day for day in ordered if day > self.day)])
            self._live(stop, c)

    def _ordered(self, last: int) -> list[int]:
        """Days from today to ``last - 1`` on which members are moved between groups."""
        orders = self.levers.values[self.day : last][..., ORDER_COLUMNS].any(axis=(1, 2))
        return [self.day + int(day) for day in np.flatnonzero(orders)]

    def regroup(self) -> None:
        """Move members between groups as today's levers order, before the day begins."""
        # compiled only where a community has several groups
        from sim.regrouping import regroup

        regroup(self)

    @property
    def open_groups(self) -> tuple[int, ...]:
        """Numbers of the groups there are."""
        return tuple(np.flatnonzero(self.groups[:, OPEN]).tolist())

    def _live(self, until: int, c: Any) -> None:
        """Simulate days whose levers are written."""
        while self.day < until:
            self.day = run_days(
                self.day, until, *self.key, self.members, self.groups, c, self.traits,
                self.levers.values, self.levers.booker, self.levers.aims, self.drivers, self.books,
                self.capacity, float(self.scenario.market.size), self.leaving,
            )  # fmt: skip
            if self.day < until:
                self.members = grow(self.members, len(self.groups) + len(self.members.fill) // 2)

    @property
    def coefficients(self) -> Any:
        """The parameters as compiled code takes them; made once for a scenario."""
        if self._reckoned is None or self._reckoned[0] is not self.scenario:
            self._reckoned = (self.scenario, coefficients(self.scenario))
        return self._reckoned[1]

    def fork(self, *, levers: Levers | None = None, scenario: Scenario | None = None) -> Run:
        """An independent copy at the present day, with other policies or parameters from here on.

        Args:
            levers: Levers of the whole horizon; days already simulated are not looked at. A policy
                that has booked before goes on being listed.
            scenario: Other parameters from today on, those of the world outside included. The
                horizon and the members there are stay.

        Raises:
            ValueError: Another number of groups on day 0, or levers of fewer groups or days.
        """
        other = copy.deepcopy(self)
        if scenario is not None:
            other._obey(scenario)  # noqa: SLF001  of the same class
        if levers is not None:
            days, groups = levers.values.shape[:2]
            if days < self.days or groups < len(self.groups):
                raise ValueError(
                    f"levers of {days} days, {groups} groups; "
                    f"the run has {self.days} days, {len(self.groups)} groups"
                )
            other._make_room(groups)  # noqa: SLF001  of the same class
            other.levers = _with_past_policies(levers, self.levers.policies)
            other.books = _rebook(other, self.levers, other.levers)
        return other

    def _make_room(self, groups: int) -> None:
        """Room for groups that may open later."""
        more = groups - len(self.groups)
        if more == 0:
            return
        self.groups = np.concatenate([self.groups, new_groups(groups, opened=0)[-more:]])
        self.capacity = np.append(self.capacity, np.full(more, self.scenario.groups.capacity))
        daily, weekly = (
            np.pad(counts, ((0, 0), (0, more), (0, 0)))
            for counts in (self.books.daily, self.books.weekly)
        )
        self.books = self.books._replace(daily=daily, weekly=weekly)

    def _obey(self, scenario: Scenario) -> None:
        """Take over other parameters, and what was drawn ahead under those that differ."""
        if scenario.groups.number != self.scenario.groups.number:
            raise ValueError(
                f"{scenario.groups.number} groups; the run began with {self.scenario.groups.number}"
            )
        before, after = (
            draw_drivers(
                *self.key, self.days, coefficients(one), trait_tables(one), *week_shape(one)
            )
            for one in (self.scenario, scenario)
        )
        # what a caller put in place of the drawn drivers stays, unless its parameters differ
        self.drivers = Drivers(
            *(
                mine if np.array_equal(old, new) else new
                for mine, old, new in zip(self.drivers, before, after, strict=True)
            )
        )
        if scenario.groups.capacity != self.scenario.groups.capacity:
            self.capacity = np.full(len(self.groups), scenario.groups.capacity, np.int64)
        self.traits = trait_tables(scenario)
        self.scenario = scenario

    def record(self) -> RunRecord:
        """What the finished (or so far finished) run leaves behind."""
        days = self.day
        ahead = self.levers.planned[:, days : self.days].sum(axis=1)  # booked, not yet spent
        record = RunRecord(
            days=days,
            daily=self.books.daily[:days],
            weekly=self.books.weekly[: days // 7],
            ledger=self.books.ledger[:days],
            ledger_policy=self.books.ledger_policy - ahead,
            policies=self.levers.policies,
            initial_members=self.initial_members,
            members=_member_table(self.members),
            tenure_contribution=self.books.tenure[:days],
            capacity=self.capacity,
        )
        return record if self.before is None else self.before.taken_from(record)


def _with_past_policies(levers: Levers, past: tuple[str, ...]) -> Levers:
    """The same levers with a place in the books for the policies of a run's past."""
    gone = tuple(name for name in past if name not in levers.policies)
    none = np.zeros((len(gone), *levers.planned.shape[1:]), np.int64)
    return replace(
        levers,
        planned=np.concatenate([levers.planned, none]),
        policies=(*levers.policies, *gone),
    )


def _rebook(run: Run, before: Levers, levers: Levers) -> Books:
    """Books of a fork: what has happened stays, what was only planned is replaced."""
    books = new_books(run.days, len(run.groups), len(levers.policies))
    books.daily[:] = run.books.daily
    books.weekly[:] = run.books.weekly
    books.tenure[:] = run.books.tenure
    books.ledger[:] = run.books.ledger
    future = slice(run.day, run.days)
    books.ledger[future] -= before.planned[:, future].sum(axis=0)
    books.ledger[future] += levers.planned[:, future].sum(axis=0)
    for index, name in enumerate(before.policies):
        place = levers.policies.index(name)
        books.ledger_policy[place] += run.books.ledger_policy[index]
        books.ledger_policy[place] -= before.planned[index, future].sum(axis=0)
    books.ledger_policy[:] += levers.planned[:, future].sum(axis=1)
    return books


def week_shape(scenario: Scenario) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares of a week's wish to speak by day, and which days are weekends, day 0 first."""
    r = scenario.rhythm
    weights = np.array(
        [r.monday, r.tuesday, r.wednesday, r.thursday, r.friday, r.saturday, r.sunday], float
    )
    order = (np.arange(7) + scenario.first_weekday) % 7
    return weights[order] / weights.sum(), (order >= 5).astype(float)


def _member_table(members: Population) -> Members:
    rows = order_of_arrival(members)
    b, j = rows // LANES, rows % LANES
    position = np.full(len(members.fill) * LANES, -1, np.int64)
    position[rows] = np.arange(len(rows))

    def day(name: str) -> NDArray[np.int32]:
        values = members.day[b, DAY_INDEX[name], j].astype(np.int32)
        days: NDArray[np.int32] = np.where(values == NEVER, -1, np.maximum(values, -1))
        return days

    def byte(name: str) -> NDArray[np.int32]:
        codes: NDArray[np.int32] = members.byte[b, BYTE_INDEX[name], j].astype(np.int32)
        return codes

    inviter = members.word[b, WORD_INDEX["inviter"], j]
    known = inviter != NOBODY
    invited_by = np.full(len(rows), -1, np.int64)
    invited_by[known] = position[inviter[known]]
    founder = byte("channel") == 0
    accepted = np.bincount(invited_by[known], minlength=len(rows))
    return Members(
        id=members.word[b, WORD_INDEX["id"], j],
        group=np.maximum(members.block_group[b], 0),  # who is archived was in the only group
        role=byte("role"),
        channel=byte("channel"),
        inviter=invited_by,
        joined=np.where(founder, -1, day("joined")),
        left=day("left"),
        left_how=byte("left_how"),
        first_spoke=day("first_spoke"),
        last_spoke=day("last_spoke"),
        last_opened=day("last_opened"),
        messages=members.word[b, WORD_INDEX["messages"], j].astype(np.int64),
        invited=accepted.astype(np.int64),
        spent=members.spent[b, j],
        first_paid=day("first_paid"),
        muted=(byte("flags") & int(MUTED)) > 0,
        paid_until=day("paid_until"),
    )
