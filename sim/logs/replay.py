"""Replaying a log: every member's habit as the member law sees it, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.law import GAINS, law_terms
from sim.logs.law_members import LawMembers
from sim.logs.weeks import active_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.logs.table import EventTable
    from sim.logs.weeks import ActiveWeeks


@dataclass(frozen=True)
class GroupLevel:
    """The group's activity as its members feel it.

    Attributes:
        last: log(1 + speakers) of the last whole week.
        short: Its mean over about 8 weeks.
        long: Its mean over about 52 weeks.
    """

    last: float = 0.0
    short: float = 0.0
    long: float = 0.0

    @property
    def deviation(self) -> float:
        """How far the last week is above the short mean."""
        return self.last - self.short

    @property
    def trend(self) -> float:
        """How far the short mean is above the long one."""
        return self.short - self.long

    def after(self, speakers: int, *, week: int) -> GroupLevel:
        """The level once week ``week`` (0-based) had so many speakers."""
        last = float(np.log(speakers + 1.0))
        gain_short, gain_long = level_gains(week)
        return GroupLevel(
            last=last,
            short=self.short + gain_short * (last - self.short),
            long=self.long + gain_long * (last - self.long),
        )


def level_gains(week: int) -> tuple[float, float]:
    """Weight of week ``week`` (0-based) in the short and in the long mean of the group's level."""
    short, long = (max(1.0 / weeks, 1.0 / (week + 1.0)) for weeks in GAINS)
    return short, long


@dataclass(frozen=True)
class LawStates:
    """Every known member as the law sees them at the origin; arrays have length n.

    A member is known once the week of the first message is over. The weight of the history that
    a habit is compared with follows from ``weeks_known`` alone (``law.history_weight``).

    Attributes:
        week: Index of the week that the states are for: the first that starts at or after the
            origin.
        member: int32, codes of the event table, in order of the first message.
        habits: float64 of shape (3, n): decayed counts of weeks with a message (2, 8, 40 weeks).
        volume: float64, smoothed messages of an active week.
        weeks_silent: int32, weeks since the last message, at least 1.
        weeks_known: int32, weeks since the first message, at least 1.
        once: bool, never came back after the first week.
        first_week: int32, week of the first message.
        last_week: int32, week of the last message.
        messages: int64, messages so far.
        cut_messages: int64, messages of the unfinished week before the origin, 0 if there is none.
        level: The group's level after the last whole week.
    """

    week: int
    member: NDArray[np.int32]
    habits: NDArray[np.float64]
    volume: NDArray[np.float64]
    weeks_silent: NDArray[np.int32]
    weeks_known: NDArray[np.int32]
    once: NDArray[np.bool_]
    first_week: NDArray[np.int32]
    last_week: NDArray[np.int32]
    messages: NDArray[np.int64]
    cut_messages: NDArray[np.int64]
    level: GroupLevel

    def terms(self) -> NDArray[np.float64]:
        """The terms z of :func:`sim.logs.law.law_terms`, float64 of shape (n, 12)."""
        return law_terms(
            self.habits,
            weeks_silent=self.weeks_silent,
            weeks_known=self.weeks_known,
            once=self.once,
            volume=self.volume,
            short=self.level.deviation,
            trend=self.level.trend,
        )


class Replay(LawMembers):
    """The states of all members while the weeks go by; rows in order of the first message."""

    def __init__(self, active: ActiveWeeks) -> None:
        self.active = active
        posters = np.flatnonzero(active.first >= 0)
        self.member = posters[np.argsort(active.first[posters], kind="stable")].astype(np.int32)
        self.row = np.full(active.members, -1, dtype=np.int64)
        self.row[self.member] = np.arange(self.member.size)
        self.first = active.first[self.member]
        super().__init__(self.member.size)
        self.week = 0
        self.level = GroupLevel()
        self.messages = np.zeros(self.member.size, dtype=np.int64)

    def spoken(self, week: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows of those who spoke in a week, and their messages."""
        at = slice(self.active.starts[week], self.active.starts[week + 1])
        return self.row[self.active.member[at]], self.active.messages[at]

    def terms(self) -> NDArray[np.float64]:
        """Terms z of the known members at the start of the current week, shape (known, 12)."""
        return self.terms_at(short=self.level.deviation, trend=self.level.trend)

    def observe(self, *, silence: bool = True, level: bool = True) -> None:
        """Let the current week pass: update who was known, take in who is new.

        Args:
            silence: Whether not having spoken in this week counts as a week of silence.
            level: Whether the week's speakers move the group's level.
        """
        rows, messages = self.spoken(self.week)
        self.messages[rows] += messages
        back = rows < self.known
        again = rows[back]
        self.pass_week(again, messages[back], seen=None if silence else again)
        self.join(messages[~back])
        if level:
            self.level = self.level.after(rows.size, week=self.week)
        self.week += 1


def replay_weeks(active: ActiveWeeks) -> Iterator[Replay]:
    """The replay at the start of every whole week, and once more after the last.

    The same object is yielded each time, one week on; copy what should be kept.
    """
    state = Replay(active)
    for _ in range(active.whole):
        yield state
        state.observe()
    yield state


def replay(table: EventTable, *, until: int | None = None) -> LawStates:
    """Every member's state at an origin.

    If the origin cuts a week, what was seen of it still counts: who spoke in it has spoken. Who
    has not yet is taken as silent only if at least half of the week was seen, otherwise as not
    observed; and the group's level stays that of the last whole week. Otherwise the state would
    depend on the weekday on which somebody asks.

    Args:
        table: The events.
        until: Origin in seconds, exclusive; default: the midnight after the last event.
    """
    return replay_active(active_weeks(table, until=until))


def replay_active(active: ActiveWeeks) -> LawStates:
    """:func:`replay` of weeks already counted."""
    state = Replay(active)
    for _ in range(active.whole):
        state.observe()
    cut_messages = np.zeros(state.member.size, dtype=np.int64)
    if active.cut > 0:
        rows, messages = state.spoken(active.whole)
        cut_messages[rows] = messages
        state.observe(silence=active.cut >= 0.5, level=False)
    last = np.full(active.members, -1, dtype=np.int32)
    last[active.member] = active.week
    return LawStates(
        week=active.origin,
        member=state.member,
        habits=state.habits,
        volume=state.volume,
        weeks_silent=state.weeks_silent,
        weeks_known=state.weeks_known,
        once=state.once,
        first_week=state.first,
        last_week=last[state.member],
        messages=state.messages,
        cut_messages=cut_messages,
        level=state.level,
    )
