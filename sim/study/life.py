"""One member's life in one run, day by day, read from the columns while the run goes on.

A life is watched, not simulated: the run is advanced as ever, and what changed in the member's row
between two evenings is what happened to him. What the columns do not tell (which share of a red
packet was whose, why somebody left) is asked of the functions that decided it (``witness``,
``leaving``).

**Who is member k.** The k-th row of ``RunRecord.members``: order of arrival, 0 = the owner, then
the other founders. While a community has a single group and nobody is put on file (``run.tidy``),
this is also his row in the columns, so he is found without knowing the end. With several groups the
order depends on how members were moved in the end: then his identity (``Members.id``, from which
his luck is drawn, with the day he joined) is read from a record, the one of the result's folder or
of a copy of the run that is simulated first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.record import RunRecord
    from sim.simulation import Run

FRIEND = 0.5
"""Weight from which a tie is called a friendship: half of the strongest there can be."""
MEASURES = (
    "opened", "messages", "answers", "company", "blasts", "packets", "fen", "engagement", "trust",
    "fatigue", "overload",
)  # fmt: skip
"""What is kept of every day: whether he looked in; messages; answers to them; weight of friends who
spoke; adverts that he met; shares of red packets; fen paid; the states in the evening; and how far
the day's messages in his group were beyond what anybody can read (0 = not)."""


@dataclass(frozen=True)
class Person:
    """Somebody else in a life.

    Attributes:
        id: Number that keys the person's draws (``Members.id``).
        role: Role at that time, one of ``sim.record.ROLES``.
    """

    id: int
    role: str


@dataclass(frozen=True)
class Event:
    """Something that happened to a member on one day.

    ``kind`` and its ``values``:

    - ``joined``: ``channel``, ``inviter`` (a Person or None);
    - ``first_words``, ``first_packet``: nothing;
    - ``brought``: ``person``, who joined on his invitation;
    - ``paid``: ``fen``, ``what`` (``entry``, ``membership``, ``renewal``, ``course`` or ``goods``);
    - ``refunded``: ``fen``; ``lapsed``: his paid period ended;
    - ``muted``: ``reasons`` (as of leaving); ``unmuted``;
    - ``role``: ``before``, ``after``; ``level``: ``level`` reached in the game of points;
    - ``moved``: ``group``, the group he is in from this day on;
    - ``friend``, ``friend_left``: ``person``.
    """

    day: int
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ending:
    """How the story ends.

    Attributes:
        how: ``present`` = still a member, ``left``, ``pruned`` = removed, ``left_behind`` = his
            group was closed and he no longer looked in, ``owner_goes`` = the owner left as planned.
        day: Last day.
        reasons: Shares of what drove him out, adding up to 1; empty unless he left by himself.
    """

    how: str
    day: int
    reasons: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Life:
    """One member's life.

    Attributes:
        member: Row in ``RunRecord.members``.
        id: Number that keys his draws.
        channel: How he came.
        hunter: Whether he is there for bargains alone.
        role: Role on the first day.
        last_role: Role on the last day.
        first: First day of the story; 0 for founders.
        horizon: Days of the run.
        days: The measures of every day from ``first`` to the last, float64 of shape (N,) each.
        start: Engagement and trust before the first evening.
        events: What happened, in order of days.
        ending: How it ends.
        friends: Present members with a tie of at least ``FRIEND``, the strongest first.
        paid_until: First day without a paid period; None = he is in none.
        old: Whether the group had a past before day 0 of the story.
    """

    member: int
    id: int
    channel: str
    hunter: bool
    role: str
    last_role: str
    first: int
    horizon: int
    days: Mapping[str, NDArray[np.float64]]
    start: Mapping[str, float]
    events: tuple[Event, ...]
    ending: Ending
    friends: tuple[Person, ...]
    paid_until: int | None
    old: bool = False

    @property
    def length(self) -> int:
        """Days of the story N."""
        return len(self.days["opened"])

    def document(self) -> dict[str, Any]:
        """The life as plain data, for ``life.json``; money in yuan."""
        reasons = {key: round(part, 6) for key, part in self.ending.reasons.items()}
        return {
            "schema": 1, "member": self.member, "id": self.id, "channel": self.channel,
            "deal_hunter": self.hunter, "role": self.role, "last_role": self.last_role,
            "first_day": self.first, "horizon": self.horizon,
            "ending": {"how": self.ending.how, "day": self.ending.day, "reasons": reasons},
            "friends": [_plain(friend) for friend in self.friends],
            "paid_until": self.paid_until,
            "events": [
                {"day": event.day, "kind": event.kind, **_plain(dict(event.values))}
                for event in self.events
            ],
            "days": _plain({name: column.tolist() for name, column in self.days.items()}),
        }  # fmt: skip


def _plain(value: Any) -> Any:
    """A value as JSON can hold it; what is called ``fen`` becomes ``yuan``."""
    if isinstance(value, Person):
        return {"id": value.id, "role": value.role}
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    plain = {name: _plain(one) for name, one in value.items() if name != "fen"}
    if "fen" in value:
        plain["yuan"] = (np.array(value["fen"]) / 100).tolist()
    return plain


def life_of(run: Run, member: int, *, record: RunRecord | None = None) -> Life:
    """Watch one member's life.

    Args:
        run: A run that has not begun, or goes on from a saved community and is where that was
            saved; days then count from there, as in its record. It is advanced to its horizon, or
            past the day on which the member is gone; advanced further, it leaves the record that
            it would have left unwatched.
        member: Row in ``RunRecord.members``.
        record: Record of the same run, if there is one: saves a second run where there are several
            groups.

    Raises:
        UserError: ``not_found``/``member`` if the run has no such member.
        ValueError: The run has begun.
    """
    from sim.study.watching import Watch

    lived = run.day - begins_on(run)
    if lived:
        raise ValueError(f"the run has lived {lived} days already; a life is watched from day 0")
    run.tidy = False
    if record is None and (len(run.groups) > 1 or run.day):
        twin = run.fork()
        twin.advance()
        record = twin.record()
    if member < 0 or (record is not None and member >= len(record.members.id)):
        raise _nobody(member, record)
    watch = Watch(run, member, record)
    while run.day < run.days and not watch.over:
        watch.live()
    if watch.row < 0:
        raise _nobody(member, run.record())
    return watch.life()


def begins_on(run: Run) -> int:
    """Day of the community's own calendar that is day 0 of the run's record."""
    return 0 if run.before is None else run.before.day


def same_member(record: RunRecord, life: Life) -> int | None:
    """Row of the same person in the record of another variant; None = never came there.

    Who came through the same inviter or channel in the same way is the same person, with the same
    luck.
    """
    rows = np.flatnonzero(record.members.id == life.id)
    return int(rows[0]) if len(rows) else None


def _nobody(member: int, record: RunRecord | None) -> UserError:
    last = len(record.members.id) - 1 if record is not None else 0
    return UserError("not_found", "member", value=member, high=last)
