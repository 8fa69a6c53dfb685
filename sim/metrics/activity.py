"""Who opens and speaks: daily rates, active members, silence. Staff are left out of every rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.peak import half_life_after
from sim.metrics.stage import DORMANT, STAGES
from sim.metrics.survival import LEFT
from sim.metrics.values import Value, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.measured import Measured

STICKINESS_WINDOW = 30
STICKINESS_LEAST = 5
"""Distinct speakers below which their daily share says nothing."""

LONG_PRESENT = 30
"""Days in the group before somebody counts as one who never spoke."""


def interaction_rate(run: Measured) -> float | None:
    """Speakers per member and day."""
    return ratio(run.total("member_speakers"), run.member_days)


def open_rate(run: Measured) -> float | None:
    """Openers per member and day."""
    return ratio(run.total("member_openers"), run.member_days)


def message_density(run: Measured) -> float | None:
    """Messages per member and day."""
    return ratio(run.total("member_messages"), run.member_days)


def messages_per_speaker(run: Measured) -> float | None:
    """Messages per speaker and day."""
    return ratio(run.total("member_messages"), run.total("member_speakers"))


def reply_share(run: Measured) -> float | None:
    """Share of all messages that are replies (the writers are not recorded: with staff)."""
    return ratio(run.total("replies"), run.total("messages"))


def answered_share(run: Measured) -> float | None:
    """Share of messages that are not replies and got a reply on the same day, staff included."""
    return ratio(run.total("roots_answered"), run.total("roots"))


def mute_share(run: Measured) -> float | None:
    """Share of the last day's members who have muted the group."""
    current = run.ordinary & (run.members.left < 0)
    muted = np.count_nonzero(current & run.members.muted)
    return ratio(int(muted), int(np.count_nonzero(current)))


def silent_share(run: Measured, *, window: int) -> float | None:
    """Share of those who were members throughout the window without a message in it.

    In a run shorter than the window: the initial members, over the whole run.
    """
    members = run.members
    start = max(run.days - window, 0)
    early = (members.joined < 0) | (members.joined <= run.days - window)
    tenured = run.ordinary & (members.left < 0) & early
    silent = np.count_nonzero(tenured & (members.last_spoke < start))
    return ratio(int(silent), int(np.count_nonzero(tenured)))


def _spoke_lately(run: Measured, window: int) -> NDArray[np.bool_]:
    persons = run.persons
    return ~persons.staff & (persons.last_spoke >= max(run.days - window, 0))


def active(run: Measured, *, window: int) -> float:
    """Distinct current members with a message in the last ``window`` days."""
    return float(np.count_nonzero(_spoke_lately(run, window) & run.persons.present))


def stickiness(run: Measured) -> float | None:
    """Mean daily speakers of the last 30 days over the distinct speakers of these days."""
    distinct = int(np.count_nonzero(_spoke_lately(run, STICKINESS_WINDOW)))
    if distinct < STICKINESS_LEAST:
        return None
    return float(run.series("member_speakers")[-STICKINESS_WINDOW:].mean()) / distinct


def never_spoke(run: Measured) -> float | None:
    """Share of the persons present for 30 days or more who wrote nothing in the run."""
    persons = run.persons
    long_present = ~persons.staff & (persons.days_present >= LONG_PRESENT)
    mute = np.count_nonzero(long_present & (persons.messages == 0))
    return ratio(int(mute), int(np.count_nonzero(long_present)))


def one_and_done(run: Measured, *, window: int) -> float | None:
    """Share who wrote once only of those whose first message is ``window`` or more days back."""
    persons = run.persons
    posters = ~persons.staff & (persons.first_spoke >= 0)
    posters &= persons.first_spoke <= run.days - window
    once = np.count_nonzero(posters & (persons.messages == 1))
    return ratio(int(once), int(np.count_nonzero(posters)))


def stage(run: Measured) -> str:
    """Stage on the last day."""
    return STAGES[run.stage[-1]]


def alive_end(run: Measured) -> float:
    """1 unless the last day's stage is dormant."""
    return float(run.stage[-1] != DORMANT)


def peak_day(run: Measured) -> float:
    """Day of highest activity."""
    return float(run.peak.day)


def peak_at_edge(run: Measured) -> float:
    """1 if activity was highest in the last window: not at its peak yet."""
    return float(run.peak.at_edge)


def half_life_days(run: Measured) -> Value:
    """Half-life of activity after its peak."""
    return half_life_after(run.series("member_speakers"), run.peak)


def exit_rate(run: Measured, *, window: int) -> float | None:
    """Share of the members ``window`` days ago who have since left by themselves.

    Joiners of the window are in neither line, nor are those who were removed in it, nor staff.
    In a shorter run: since the start.
    """
    members = run.members
    start = max(run.days - 1 - window, -1)
    base = run.ordinary & (members.joined <= start) & ((members.left < 0) | (members.left > start))
    gone = members.left_how[base & (members.left >= 0)]
    left_alone = int(np.count_nonzero(gone == LEFT))
    removed = gone.size - left_alone
    return ratio(left_alone, int(np.count_nonzero(base)) - removed)
