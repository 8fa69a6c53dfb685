"""Members as Mesa agents: thin views that read and write their row of the columns.

A view holds nothing but its model and its row. Views are made only when somebody asks a model for
its agents, and kept in step with the columns by a roster (``sim.roster``). What a view can be asked
(``chance_to_speak`` and the like) is answered by the very functions the compiled day decides with.

What code does through views is outside the guarantee of common random numbers only as far as it
draws from Mesa's ``model.random``; the community's own draws stay keyed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

import mesa
import numpy as np

from sim import mesa_compat
from sim.population import (
    BYTE_INDEX,
    COURSE,
    DAY_INDEX,
    FLAGS,
    HUNTER,
    LANES,
    LEADER,
    MUTED,
    NEVER,
    NOBODY,
    OPENED,
    PAID,
    PRESENT,
    REAL_INDEX,
    ROLE,
    SPOKE,
    WORD_INDEX,
)  # fmt: skip
from sim.record import CHANNELS, LEFT_HOW, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.population import Population
    from sim.simulation import Run

T = TypeVar("T")

_INFINITY = float("inf")


class Viewed(Protocol):
    """What a view needs of the Mesa model that it belongs to (see ``sim.model``)."""

    engine: Run

    @property
    def coefficients(self) -> Any:
        """The parameters as compiled code takes them."""

    @property
    def levers_today(self) -> NDArray[np.float32]:
        """Levers of the coming day."""

    def mark_changed(self) -> None:
        """Let views follow when next asked."""

    def let_go(self, row: int) -> None:
        """Let a member leave."""


class _Real:
    """A float column, written through; out of range or not a number is refused."""

    def __init__(self, low: float = -_INFINITY, high: float = _INFINITY) -> None:
        self._low = low
        self._high = high

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._index = REAL_INDEX[name]

    @overload
    def __get__(self, view: None, owner: type) -> _Real: ...
    @overload
    def __get__(self, view: Member, owner: type) -> float: ...
    def __get__(self, view: Member | None, owner: type) -> float | _Real:
        if view is None:
            return self
        b, j = view.place
        return float(view.columns.real[b, self._index, j])

    def __set__(self, view: Member, value: float) -> None:
        number = float(np.float32(value))
        if not (self._low <= number <= self._high and abs(number) < _INFINITY):
            raise ValueError(f"{self._name} = {value}; allowed: {self._low:g} to {self._high:g}")
        b, j = view.place
        view.columns.real[b, self._index, j] = number


class _Read(Generic[T]):
    """Something of the row that only the day writes."""

    def __init__(self, read: Callable[[Population, int, int], T]) -> None:
        self._read = read

    @overload
    def __get__(self, view: None, owner: type) -> _Read[T]: ...
    @overload
    def __get__(self, view: Member, owner: type) -> T: ...
    def __get__(self, view: Member | None, owner: type) -> T | _Read[T]:
        return self if view is None else self._read(view.columns, *view.place)


def _count(name: str) -> _Read[int]:
    index = WORD_INDEX[name]
    return _Read(lambda columns, b, j: int(columns.word[b, index, j]))


def _flag(bit: np.uint8) -> _Read[bool]:
    return _Read(lambda columns, b, j: bool(columns.byte[b, FLAGS, j] & bit))


def _day(name: str) -> _Read[int | None]:
    index = DAY_INDEX[name]

    def read(columns: Population, b: int, j: int) -> int | None:
        day = int(columns.day[b, index, j])
        return None if day == int(NEVER) else day

    return _Read(read)


def _code(name: str, names: tuple[str, ...]) -> _Read[str]:
    index = BYTE_INDEX[name]
    return _Read(lambda columns, b, j: names[int(columns.byte[b, index, j])])


class Member(mesa.Agent):
    """One member of the community, seen as a Mesa agent.

    Made by the model (``model.agents``), not by hand. All values are Python scalars. Days are days
    of the run, negative before it, ``None`` = never. Who has left keeps the row: a view that
    somebody still holds goes on reading it.

    Attributes:
        unique_id: Row number + 1 (later ones go on counting when members were moved between
            groups); stable for the whole run and unlike for any two members.
        row: Row in the columns.
        identity: Number that keys the member's draws (``Members.id`` of a record).
        activity: Appetite to talk relative to the median, > 0.
        fit: Closeness to the group's core, standard deviations.
        restless: Relative hazard of leaving, >= 0.
        tolerance: Of promotion, > 0.
        wallet: Willingness to pay, yuan, > 0.
        buy_rate: Relative rate of buying goods, >= 0.
        friends: Friends outside who might still join, >= 0.
        engagement: Memory of net benefit, 0 to 1.
        lift: Part of engagement that the operator's actions made, -1 to 1.
        trust: In the operator, 0 to 1.
        fatigue: Decaying count of promotions seen, >= 0.
        grief: Decaying weight of departed ties, >= 0.
        heat: Of inviting, >= 0.
        standing: Smoothed replies received a day, >= 0.
        points: Points of the game, >= 0.
        habit: Logit of speaking in this week, before the group and the shock.
        got: Replies received on the last day, >= 0.
        company: Weight of ties who spoke on the last day, >= 0.
        group: Index of the group.
        role: One of ``sim.record.ROLES``.
        channel: How the member arrived, one of ``sim.record.CHANNELS``.
        left_how: One of ``sim.record.LEFT_HOW``.
        present: Whether still a member.
        muted: Whether the group is muted; can be written.
        opened: Whether the group was opened on the last day.
        spoke: Whether the member spoke on the last day.
        paid: Whether in a paid period.
        took_course: Whether the course was bought.
        deal_hunter: Whether drawn by bargains alone.
        messages: Messages in the run.
        invited: Accepted invitations.
        spent: Fen paid to the operator, refunds deducted.
    """

    activity = _Real(1e-6)
    fit = _Real()
    restless = _Real(0.0)
    tolerance = _Real(1e-6)
    wallet = _Real(1e-6)
    buy_rate = _Real(0.0)
    friends = _Real(0.0)
    engagement = _Real(0.0, 1.0)
    lift = _Real(-1.0, 1.0)
    trust = _Real(0.0, 1.0)
    fatigue = _Real(0.0)
    grief = _Real(0.0)
    heat = _Real(0.0)
    standing = _Real(0.0)
    points = _Real(0.0)
    habit = _Real()
    got = _Real(0.0)
    company = _Real(0.0)

    identity = _count("id")
    messages = _count("messages")
    invited = _count("invited")
    spent = _Read(lambda columns, b, j: int(columns.spent[b, j]))
    group = _Read(lambda columns, b, _: int(columns.block_group[b]))
    present = _flag(PRESENT)
    opened = _flag(OPENED)
    spoke = _flag(SPOKE)
    paid = _flag(PAID)
    took_course = _flag(COURSE)
    deal_hunter = _flag(HUNTER)
    channel = _code("channel", CHANNELS)
    left_how = _code("left_how", LEFT_HOW)
    joined = _day("joined")
    left = _day("left")
    first_spoke = _day("first_spoke")
    last_spoke = _day("last_spoke")
    last_opened = _day("last_opened")
    paid_until = _day("paid_until")
    first_paid = _day("first_paid")

    def __init__(self, model: Viewed, *, row: int, before: int = 0) -> None:  # numbered by enrol
        self.row = row
        mesa_compat.enrol(self, model=model, unique_id=before + row + 1)

    @property
    def columns(self) -> Population:
        """The columns of all members."""
        members: Population = self.model.engine.members
        return members

    @property
    def place(self) -> tuple[int, int]:
        """Block and lane of the row."""
        return divmod(self.row, LANES)

    @property
    def muted(self) -> bool:
        """Whether the group is muted."""
        b, j = self.place
        return bool(self.columns.byte[b, FLAGS, j] & MUTED)

    @muted.setter
    def muted(self, value: bool) -> None:
        b, j = self.place
        flags = int(self.columns.byte[b, FLAGS, j])
        present = flags & int(PRESENT)  # who has left mutes nothing
        kept = flags & ~int(MUTED)
        self.columns.byte[b, FLAGS, j] = kept | (int(MUTED) if value and present else 0)

    @property
    def role(self) -> str:
        """The role; setting it to lurker, seed_user or leader moves the member, staff stay."""
        b, j = self.place
        return ROLES[int(self.columns.byte[b, ROLE, j])]

    @role.setter
    def role(self, value: str) -> None:
        movable = ROLES[: LEADER + 1]
        if value not in movable or self.role not in movable:
            raise ValueError(f"role {self.role} -> {value}; roles that move: {', '.join(movable)}")
        if value != self.role:
            from sim.phases.prospects import appoint

            appoint(self.columns, self.row, ROLES.index(value), self.model.coefficients)
            self.model.mark_changed()

    @property
    def ties(self) -> dict[int, float]:
        """Weight in (0, 1] of each tie, by the ``unique_id`` of the other, the strongest first."""
        partners, weights = self.columns.partner[self.row], self.columns.tie[self.row]
        known = {
            int(partner) + 1: float(weight)
            for partner, weight in zip(partners, weights, strict=True)
            if partner != NOBODY and weight > 0
        }
        return dict(sorted(known.items(), key=lambda tie: -tie[1]))

    def chance_to_speak(self) -> float:
        """Chance of speaking on the coming day, under its levers."""
        return self._chances()[0]

    def chance_to_open(self) -> float:
        """Chance of opening the group on the coming day; who speaks has opened it."""
        return self._chances()[1]

    def hazard_of_leaving(self, *, looked: bool = True) -> float:
        """Hazard of wanting to be gone on the coming day (it ends in muting or leaving).

        Args:
            looked: Whether the member opens the group on that day.
        """
        from sim.phases.prospects import exit_hazard

        model = self.model
        return float(
            exit_hazard(
                model.engine.day, self.columns, self.row, model.engine.groups, model.coefficients,
                model.levers_today, model.engine.levers.aims, looked,
            )
        )  # fmt: skip

    def expected_invitations(self) -> float:
        """Expected invitations sent on the coming day by this member, if the group is opened."""
        from sim.phases.prospects import invitations

        model = self.model
        return float(
            invitations(
                model.engine.day, self.columns, self.row, model.engine.groups, model.coefficients,
                model.levers_today, model.engine.levers.aims,
            )
        )  # fmt: skip

    def remove(self) -> None:
        """Leave the community today, as by own decision: the row is closed and ties grieve.

        After the last day there is nothing left to leave: only the view goes.
        """
        if self.present:
            self.model.let_go(self.row)
        super().remove()

    def _chances(self) -> tuple[float, float]:
        from sim.phases.prospects import chances

        model = self.model
        engine = model.engine
        speak, look = chances(
            engine.day, self.columns, self.row, engine.groups, model.coefficients,
            model.levers_today, engine.levers.aims, engine.drivers,
        )  # fmt: skip
        return float(speak), float(look)


class Owner(Member):
    """The owner (handbook A1)."""


class Leader(Member):
    """An opinion leader (handbook A2)."""


class SeedUser(Member):
    """A seed user (handbook A4)."""


class Lurker(Member):
    """An ordinary member (handbook A5)."""


class Administrator(Member):
    """An administrator: staff, left out of rates."""


class Guest(Member):
    """An invited guest: staff, left out of rates."""


VIEWS: tuple[type[Member], ...] = (Lurker, SeedUser, Leader, Owner, Administrator, Guest)
"""Class of a member's view by role code (order of ``sim.record.ROLES``)."""
