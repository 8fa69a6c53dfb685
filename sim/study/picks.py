"""A few members of a run worth reading about, found in its record alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.record import CHANNELS, LEFT_HOW, ROLES, STAFF_ROLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.record import Members, RunRecord

    Scores = NDArray[np.float64]

_SOON = 30
_LONG = 21
_NO = -np.inf


@dataclass(frozen=True)
class Pick:
    """A member worth reading about.

    Attributes:
        member: Row in ``RunRecord.members``.
        id: Number from which the member's name is made.
        why: What for, a key of :data:`CASES`.
        value: How much of it: messages, fen, days or persons.
    """

    member: int
    id: int
    why: str
    value: float


def _where(condition: NDArray[np.bool_], score: NDArray[np.integer]) -> Scores:
    return np.where(condition, score.astype(float), _NO)


def _silences(table: Members) -> Scores:
    """A silence in days that a member must have broken, at the least.

    Somebody with k messages between first and last word was silent for a k-1-th of that time.
    """
    gaps = (table.last_spoke - table.first_spoke) / np.maximum(table.messages - 1, 1)
    return np.where((table.messages > 1) & (table.first_spoke >= 0), np.floor(gaps), _NO)


def _scores(table: Members, days: int) -> dict[str, Scores]:
    """How good an example of each case every member is; minus infinity = none."""
    left = table.left >= 0
    end = np.where(left, table.left, days)
    stay = end - np.maximum(table.joined, 0)
    by_own = table.left_how == LEFT_HOW.index("left")
    invited = table.channel == CHANNELS.index("invited")
    silent = end - np.maximum(table.last_spoke, 0)
    came_back = _silences(table)
    return {
        "talker": _where(table.messages > 0, table.messages),
        "payer": _where(table.spent > 0, table.spent),
        "lurking_payer": _where((table.spent > 0) & (table.messages == 0), table.spent),
        "left_soon": _where(invited & by_own & (stay <= _SOON) & (table.messages > 0), -stay),
        "recruiter": _where(table.invited > 0, table.invited),
        "came_back": np.where(came_back >= _LONG, came_back, _NO),
        "rose": _where((table.role == ROLES.index("leader")) & (table.channel > 0), table.messages),
        "pillar_left": _where(by_own & (stay > 2 * _SOON), table.messages),
        "removed": _where(table.left_how == LEFT_HOW.index("pruned"), stay),
        "fell_silent": _where(~left & (table.messages > 0), silent),
        "reader": _where(~left & (table.messages == 0), stay),
    }


CASES = (
    "talker", "payer", "lurking_payer", "left_soon", "recruiter", "came_back", "rose",
    "pillar_left", "removed", "fell_silent", "reader",
)  # fmt: skip
"""What members are picked for: the most talkative; who paid most; who paid most without a word; who
came by invitation, spoke and left soonest; who brought most others; who broke the longest silence;
who became a leader; the most talkative of those who left after a long stay; who was removed after
the longest stay; who has been silent longest, and who has read longest without a word."""


def interesting_members(record: RunRecord, n: int = 6) -> list[Pick]:
    """A few members worth reading about, each for another reason.

    Staff are left out. Among equals who came first is taken; nobody is taken twice.

    Args:
        record: A finished run.
        n: How many at most.

    Returns:
        The picks in the order of :data:`CASES`; fewer if there are no examples.
    """
    table = record.members
    free = ~np.isin(table.role, STAFF_ROLES)
    picks: list[Pick] = []
    for why, scores in _scores(table, record.days).items():
        good = np.where(free, scores, _NO)
        if len(picks) == n or not len(good) or good.max() == _NO:
            continue
        member = int(good.argmax())
        free[member] = False
        value = abs(float(good[member]))
        picks.append(Pick(member=member, id=int(table.id[member]), why=why, value=value))
    return picks
