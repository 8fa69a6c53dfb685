"""Follows one member through a run: what his row tells each evening (see ``sim.study.life``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim import levers as lv
from sim.population import (
    BYTE_INDEX,
    COURSE,
    DAY_INDEX,
    HUNTER,
    LANES,
    MUTED,
    NEVER,
    NOBODY,
    OPENED,
    OWNER,
    PAID,
    PRESENT,
    REAL_INDEX,
    WORD_INDEX,
    Population,
)  # fmt: skip
from sim.record import CHANNELS, LEFT_HOW, ROLES
from sim.state import VOLUME_YESTERDAY
from sim.study.leaving import copied, moment_of, reasons_of
from sim.study.life import FRIEND, MEASURES, Ending, Event, Life, Person, begins_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.record import RunRecord
    from sim.simulation import Run
    from sim.study.leaving import Moment

_LEVEL_POINTS = 20.0
_LAST_LEVEL = 12


@dataclass(frozen=True)
class Evening:
    """A member's row on one evening."""

    real: NDArray[np.float32]
    flags: int
    role: int
    group: int
    words: NDArray[np.uint32]
    days: NDArray[np.int16]
    spent: int
    ties: dict[int, float]  # by row

    @classmethod
    def of(cls, members: Population, row: int) -> Evening:
        """Read a row."""
        b, j = divmod(row, LANES)
        partners, weights = members.partner[row].tolist(), members.tie[row].tolist()
        return cls(
            real=members.real[b, :, j].copy(),
            flags=int(members.byte[b, BYTE_INDEX["flags"], j]),
            role=int(members.byte[b, BYTE_INDEX["role"], j]),
            group=int(members.block_group[b]),
            words=members.word[b, :, j].copy(),
            days=members.day[b, :, j].copy(),
            spent=int(members.spent[b, j]),
            ties={
                other: weight
                for other, weight in zip(partners, weights, strict=True)
                if other != NOBODY and weight > 0
            },
        )

    def word(self, name: str) -> int:
        """A column of whole numbers."""
        return int(self.words[WORD_INDEX[name]])

    def day(self, name: str) -> int:
        """A column of days; ``NEVER`` = not yet."""
        return int(self.days[DAY_INDEX[name]])

    def state(self, name: str) -> float:
        """A column of real numbers."""
        return float(self.real[REAL_INDEX[name]])

    def has(self, bit: np.uint8) -> bool:
        """Whether a bit of ``flags`` is set."""
        return bool(self.flags & int(bit))


class Watch:
    """Follows one member through a run."""

    def __init__(self, run: Run, member: int, record: RunRecord | None) -> None:
        self.run = run
        self.begins = begins_on(run)
        self.member = member
        self.who = None
        if record is not None:
            table = record.members
            self.who = (int(table.id[member]), int(table.joined[member]))
        self.row = -1
        self.over = False
        self.first = 0
        self.events: list[Event] = []
        self.days: dict[str, list[float]] = {name: [] for name in MEASURES}
        self.moment: Moment | None = None
        self.ending = Ending("present", run.days - 1 - self.begins)
        self.befriended: set[int] = set()
        self._seek()
        self.begun = self.now = None if self.row < 0 else Evening.of(run.members, self.row)
        if self.now is not None:
            self._known(self.now)

    def live(self) -> None:
        """One day of the run."""
        run, t = self.run, self.run.day
        morning = copied(run.members)
        groups, moves, before = run.groups.copy(), len(run.moves), self.now
        run.advance(t + 1)
        for moved in run.moves[moves:]:
            self.row = int(moved[self.row]) if self.row >= 0 else -1
        rearranged = len(run.moves) > moves
        if self.row < 0:
            self._seek()
            if self.row < 0:
                return
        self.now = now = Evening.of(run.members, self.row)
        if before is None:
            self.first = t - self.begins
            self.begun = now
            self._known(now)
            self._note("joined", channel=self._channel(), inviter=self._inviter(now))
        asked = run.members if rearranged or before is None else morning
        self._measure(t, before, now, asked)
        self._happenings(t, before or _newborn(now), now)
        self._company(t, before or _newborn(now), now, rearranged=rearranged)
        self._choices(t, before or _newborn(now), now, morning, groups)

    def life(self) -> Life:
        """What was seen."""
        assert self.begun is not None
        assert self.now is not None
        friends = sorted(self.now.ties.items(), key=lambda tie: -tie[1])
        return Life(
            member=self.member, id=self.now.word("id"), channel=self._channel(),
            hunter=self.now.has(HUNTER), role=ROLES[self.begun.role],
            last_role=ROLES[self.now.role], first=self.first, horizon=self.run.days - self.begins,
            days={name: np.array(column, float) for name, column in self.days.items()},
            start={name: self.begun.state(name) for name in ("engagement", "trust")},
            events=tuple(self.events), ending=self.ending,
            friends=tuple(
                self._person(row)
                for row, weight in friends
                if weight >= FRIEND and self._flags(row) & int(PRESENT)
            ),
            paid_until=(
                self.now.day("paid_until") - self.begins if self.now.has(PAID) else None
            ),
            old=self.begins > 0,
        )  # fmt: skip

    def _seek(self) -> None:
        """Find the member's row, if he is there by now."""
        rows = self.run.members.rows
        if self.who is None:
            self.row = self.member if self.member < len(rows) else -1
            return
        who, joined = self.who
        b, j = rows // LANES, rows % LANES
        members = self.run.members
        same = rows[members.word[b, WORD_INDEX["id"], j] == who]
        for row in same.tolist():
            founder = members.byte[row // LANES, BYTE_INDEX["channel"], row % LANES] == 0
            day = int(members.day[row // LANES, DAY_INDEX["joined"], row % LANES])
            since = -1 if founder else max(day - self.begins, -1)
            # of several stays of one person before the story begins, the one that goes on
            if joined == since and (since >= 0 or self._flags(row) & int(PRESENT)):
                self.row = row

    def _known(self, now: Evening) -> None:
        """Whom he knows well on the first day is no news later."""
        self.befriended = {
            self._id(row) for row, weight in now.ties.items() if weight >= FRIEND
        } | ({self._id(now.word("inviter"))} if now.word("inviter") != NOBODY else set())

    def _note(self, kind: str, **values: Any) -> None:
        self.events.append(Event(self.run.day - 1 - self.begins, kind, values))

    def _measure(self, t: int, before: Evening | None, now: Evening, asked: Population) -> None:
        from sim.study.witness import levers_met, shares_taken

        run = self.run
        today, aims = run.levers.values[t], run.levers.aims
        met = levers_met(t, asked, self.row, today, aims)
        packets = 0
        on_offer = today[:, lv.PACKET_YUAN].any() or aims.values[t][..., lv.AIM_PACKET].any()
        if on_offer and now.has(OPENED):
            packets = shares_taken(t, *run.key, run.members, asked, self.row, today, aims)
        capacity = float(run.scenario.cost.capacity)
        volume = float(run.groups[max(now.group, 0), VOLUME_YESTERDAY])
        measured = {
            "opened": now.has(OPENED),
            "messages": now.word("messages") - (before.word("messages") if before else 0),
            "answers": now.state("got"), "company": now.state("company"),
            "blasts": met[lv.PROMO], "packets": packets,
            "fen": now.spent - (before.spent if before else 0),
            "engagement": now.state("engagement"), "trust": now.state("trust"),
            "fatigue": now.state("fatigue"), "overload": max(0.0, volume / capacity - 1.0),
        }  # fmt: skip
        for name, value in measured.items():
            self.days[name].append(float(value))
        if packets and sum(self.days["packets"]) == packets:
            self._note("first_packet")
        if now.day("first_spoke") == t:
            self._note("first_words")

    def _happenings(self, t: int, before: Evening, now: Evening) -> None:
        """Money, role, points, group."""
        fen = int(self.days["fen"][-1])
        if fen > 0:
            self._note("paid", fen=fen, what=_bought(t, before, now))
        elif fen < 0:
            self._note("refunded", fen=-fen)
        ended = before.has(PAID) and before.day("paid_until") == t
        if ended and not now.has(PAID) and now.has(PRESENT):
            self._note("lapsed")
        if now.role != before.role:
            self._note("role", before=ROLES[before.role], after=ROLES[now.role])
        level = _level(now.state("points"))
        if level > _level(before.state("points")):
            self._note("level", level=level)
        if now.group != before.group:
            self._note("moved", group=now.group)

    def _company(self, t: int, before: Evening, now: Evening, *, rearranged: bool) -> None:
        """Who came through him, who became a friend, which friend went."""
        members = self.run.members
        rows = members.rows
        b, j = rows // LANES, rows % LANES
        came = members.day[b, DAY_INDEX["joined"], j] == t
        own = members.word[b, WORD_INDEX["inviter"], j] == self.row
        for row in rows[came & own].tolist():
            self.befriended.add(self._id(row))
            self._note("brought", person=self._person(row))
        for row, weight in now.ties.items():
            if weight >= FRIEND and self._id(row) not in self.befriended:
                self.befriended.add(self._id(row))
                self._note("friend", person=self._person(row))
        ties = now.ties if rearranged else before.ties
        for row, weight in ties.items():
            left = int(members.day[row // LANES, DAY_INDEX["left"], row % LANES])
            if weight >= FRIEND and left == t:
                self._note("friend_left", person=self._person(row))

    def _choices(
        self,
        t: int,
        before: Evening,
        now: Evening,
        morning: Population,
        groups: NDArray[np.float64],
    ) -> None:
        """Muting and unmuting, leaving and being removed."""
        gone = not now.has(PRESENT)
        mutes = now.has(MUTED) and not before.has(MUTED)
        how = LEFT_HOW[self._byte("left_how")] if gone else "present"
        if mutes or how == "left":
            self.moment = moment_of(self.run, day=t, row=self.row, members=morning, groups=groups)
        if mutes:
            assert self.moment is not None
            self._note("muted", reasons=reasons_of(self.moment))
        elif not gone and before.has(MUTED) and not now.has(MUTED):
            self._note("unmuted")
        if not gone:
            return
        self.over = True
        reasons: dict[str, float] = {}
        if how == "left":
            assert self.moment is not None
            if now.role == OWNER and t == int(self.run.scenario.owner.leaves_on):
                how = "owner_goes"
            elif not self.moment.there:
                how = "left_behind"
            else:
                reasons = reasons_of(self.moment)
        self.ending = Ending(how, t - self.begins, reasons)

    def _byte(self, name: str) -> int:
        b, j = divmod(self.row, LANES)
        return int(self.run.members.byte[b, BYTE_INDEX[name], j])

    def _channel(self) -> str:
        return CHANNELS[self._byte("channel")]

    def _inviter(self, now: Evening) -> Person | None:
        row = now.word("inviter")
        return None if row == NOBODY else self._person(row)

    def _flags(self, row: int) -> int:
        return int(self.run.members.byte[row // LANES, BYTE_INDEX["flags"], row % LANES])

    def _id(self, row: int) -> int:
        return int(self.run.members.word[row // LANES, WORD_INDEX["id"], row % LANES])

    def _person(self, row: int) -> Person:
        role = self.run.members.byte[row // LANES, BYTE_INDEX["role"], row % LANES]
        return Person(self._id(row), ROLES[int(role)])


def _newborn(now: Evening) -> Evening:
    """The member of this evening before anything had happened to him."""
    return Evening(
        real=np.zeros_like(now.real), flags=0, role=now.role, group=now.group,
        words=np.zeros_like(now.words), days=np.full_like(now.days, NEVER), spent=0, ties={},
    )  # fmt: skip


def _bought(t: int, before: Evening, now: Evening) -> str:
    """What a payment was for; a renewal comes before what is bought beside it."""
    if now.has(COURSE) and not before.has(COURSE):
        return "course"
    begins = now.day("paid_until") != before.day("paid_until")
    if begins and now.day("paid_until") > t:
        return "renewal" if before.day("paid_until") == t else "membership"
    return "entry" if now.day("joined") == t and now.day("first_paid") != t else "goods"


def _level(points: float) -> int:
    """Level of the game of points: level l is reached at 20 (2^l - 1) points."""
    levels = [
        level for level in range(1, _LAST_LEVEL + 1) if points >= _LEVEL_POINTS * (2**level - 1)
    ]
    return levels[-1] if levels else 0
