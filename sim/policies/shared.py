"""What several policies share: what is in force day after day, crowds, pieces of the owner.

A policy that lasts is in force every day from its start to its end; its calendar then says on which
days it is announced or renewed, which is when it takes work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.policies.base import Calendar, PolicyLevers

WEEK = 7
YUAN = 10.0
"""Yuan that one unit of a reward or gift for inviting is (``sim.phases.arriving``)."""
FEN = 0.01
"""A fen in yuan, the smallest price."""


def in_force(calendar: Calendar) -> range:
    """Every day from the first to the last, whatever the rhythm."""
    return range(calendar.start, calendar.end)


def following(calendar: Calendar, day: int, count: int) -> range:
    """A day and those after it, ``count`` in all, as far as the policy is there."""
    return range(day, min(day + count, calendar.end))


def attract(levers: PolicyLevers, channel: str, day: int, candidates: float) -> None:
    """Candidates of one day by one channel, shared out evenly among its groups.

    Args:
        levers: Where to write.
        channel: ``open``, ``content``, ``giveaway``, ``partner`` or ``business``.
        day: Day of the run, 0-based.
        candidates: Expected number in the whole community, >= 0.
    """
    levers.share(f"reach_{channel}", day, candidates)


def owner_days(levers: PolicyLevers, days: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Days on which the owner is there, each with the freshness of what he makes (handbook: A1)."""
    owner = levers.parameters.owner
    for day in days:
        if 0 <= owner.leaves_on <= day:
            return
        yield day, levers.freshness(day)
