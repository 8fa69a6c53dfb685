"""Runs watched from outside: who wrote on which day, who invited when, who was answered.

A finished run keeps counts, not events. Here a run is advanced a day at a time and its columns are
read in the evening, so that simulated communities can be measured by the code that measures real
logs. Slower than a compiled run (about a millisecond a day): for small ensembles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.logs.table import DAY, EventTable
from sim.population import BYTE_INDEX, DAY_INDEX, REAL_INDEX, WORD_INDEX
from sim.record import STAFF_ROLES
from sim.scenario import Scenario
from sim.simulation import Run
from sim.study.validation.operating import operated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from sim.levers import Levers
    from sim.population import Population
    from sim.record import RunRecord

_HOUR = 3600


@dataclass(frozen=True)
class Watched:
    """One run as events; "row" is the position in ``record.members``.

    Attributes:
        record: The run.
        day: int64 of shape (n,): days on which somebody wrote, non-decreasing.
        row: int64 of shape (n,): who.
        messages: int64 of shape (n,): how many messages.
        answered: bool of shape (n,): whether any of them was answered that day.
        invite_day: int64 of shape (m,): days of accepted invitations, one entry each.
        invite_row: int64 of shape (m,): the inviter.
    """

    record: RunRecord
    day: NDArray[np.int64]
    row: NDArray[np.int64]
    messages: NDArray[np.int64]
    answered: NDArray[np.bool_]
    invite_day: NDArray[np.int64]
    invite_row: NDArray[np.int64]

    @property
    def staff(self) -> NDArray[np.bool_]:
        """Which members ever are owner, administrator or guest: bool of shape (R,)."""
        return np.isin(self.record.members.role, STAFF_ROLES)

    def table(self) -> EventTable:
        """The run as an event log of messages, as a logger without reply links would write it."""
        day = np.repeat(self.day, self.messages)
        row = np.repeat(self.row, self.messages)
        # the n messages of a member's day stand one minute apart, from an hour of its own
        starts = np.cumsum(self.messages) - self.messages
        ordinal = np.arange(day.size) - np.repeat(starts, self.messages)
        seconds = day * DAY + (row * 617 % 20) * _HOUR + np.minimum(ordinal, 200) * 60
        order = np.argsort(seconds, kind="stable")
        _, first, member = np.unique(row[order], return_index=True, return_inverse=True)
        rank = np.argsort(np.argsort(first))
        count = day.size
        return EventTable(
            seconds=seconds[order],
            member=rank[member].astype(np.int32),
            event=np.zeros(count, np.uint8),
            reply_to=np.full(count, -1, np.int32),
            amount=np.full(count, np.nan),
            names=tuple(str(number) for number in range(first.size)),
        )


CALIBRATED: dict[str, tuple[dict[str, object], ...]] = {
    "knowledge": ({"use": "value_content", "amount": 1.0, "quality": 1.0},),
    "interest": (),
    "product": (
        {"use": "red_packet", "every": 7, "amount": 50.0, "shares": 10},
        {"use": "value_content", "amount": 0.3, "quality": 0.8},
    ),
}
"""What operators do in the communities that were calibrated.

The published figures were measured where little was done, and free parameters were fitted to them
with these policies only. The presets do more; validating them as they are would ask the figures of
communities in which nobody has measured them.
"""


@cache
def preset(name: str) -> Scenario:
    """A preset as it was calibrated, read once: with the policies of ``CALIBRATED``, if any."""
    scenario = Scenario.read(name)
    policies = CALIBRATED.get(name)
    return scenario if policies is None else scenario.replace({"policies": policies})


def community(name: str, changes: Mapping[str, object] | None = None) -> Scenario:
    """A preset as it was calibrated, with other values (dotted path: value)."""
    return preset(name).replace(changes) if changes else preset(name)


def start(
    scenario: Scenario, *, seed: int, replicate: int, days: int, levers: Levers | None = None
) -> Run:
    """A run with the scenario's own policies or the levers given, whose rows never move."""
    run = Run.start(
        scenario,
        seed=seed,
        replicate=replicate,
        days=days,
        levers=operated(scenario, days=days) if levers is None else levers,
    )
    run.tidy = False
    return run


def records(scenario: Scenario, *, seed: int, count: int, days: int) -> Iterator[RunRecord]:
    """Finished runs of replicates 0 to ``count - 1``."""
    levers = operated(scenario, days=days)
    for replicate in range(count):
        run = start(scenario, seed=seed, replicate=replicate, days=days, levers=levers)
        run.advance()
        yield run.record()


def column(members: Population, name: str) -> NDArray[Any]:
    """A copy of one column over the rows in use, in order of ``record.members``."""
    rows = members.rows
    block, lane = rows // members.byte.shape[2], rows % members.byte.shape[2]
    values: NDArray[Any]
    if name in REAL_INDEX:
        values = members.real[block, REAL_INDEX[name], lane]
    elif name in WORD_INDEX:
        values = members.word[block, WORD_INDEX[name], lane].astype(np.int64)
    elif name in DAY_INDEX:
        values = members.day[block, DAY_INDEX[name], lane].astype(np.int64)
    else:
        values = members.byte[block, BYTE_INDEX[name], lane]
    return values


def watch(run: Run) -> Watched:
    """Advance a run to its end, a day at a time, and note what happened.

    Args:
        run: A community of one group on its first day.
    """
    days, rows, counts, replied = [], [], [], []
    invite_days, invite_rows = [], []
    said = column(run.members, "messages")
    invited = column(run.members, "invited")
    while run.day < run.days:
        today = run.day
        run.advance(today + 1)
        said, wrote = _change(said, column(run.members, "messages"))
        invited, accepted = _change(invited, column(run.members, "invited"))
        writers = np.flatnonzero(wrote)
        days.append(np.full(writers.size, today))
        rows.append(writers)
        counts.append(wrote[writers])
        replied.append(column(run.members, "got")[writers] > 0)
        inviters = np.repeat(np.flatnonzero(accepted), accepted[accepted > 0])
        invite_days.append(np.full(inviters.size, today))
        invite_rows.append(inviters)
    return Watched(
        record=run.record(),
        day=np.concatenate(days),
        row=np.concatenate(rows),
        messages=np.concatenate(counts),
        answered=np.concatenate(replied),
        invite_day=np.concatenate(invite_days),
        invite_row=np.concatenate(invite_rows),
    )


def _change(
    before: NDArray[np.int64], now: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The column now, and by how much it grew (rows are only ever appended)."""
    change = now.copy()
    change[: before.size] -= before
    return now, change
