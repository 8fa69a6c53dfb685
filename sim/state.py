"""What the compiled day reads and writes beside the members: groups, drivers, books.

Everything is a named tuple of arrays, so that one run is a bundle of plain memory: easy to copy
(fork), to write to a file (checkpoint), and free of Python while it runs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.record import ACCOUNTS, DAILY

GROUP = (
    "matter",  # what there is to talk about, opening posts
    "audience",  # smoothed engaged audience
    "volume",  # messages and pushes of yesterday
    "packets",  # satiation with packets (decaying count of uses)
    "happenings",  # satiation with events and guests
    "life",  # smoothed speakers a day
    "week_speakers",  # distinct speakers of the running week
    "last",  # logarithm of 1 + speakers of last week
    "level",  # its mean over 8 weeks
    "norm",  # its mean over 52 weeks
    "weeks",  # weeks observed by the two means
    "luck",  # factor on what members bring to talk about
    "purpose",  # logit added to everybody's wish to speak
    "content_weeks",  # run of good content that brand rests on
    "brand",  # added to the trust of newcomers
    "lessons",  # lessons given
    "present",  # members now
    "ever",  # members ever
    "tail",  # last block of the group
    # the day's own quantities, kept for readers
    "reply_share",  # mean replies a message begets (branching)
    "found",  # share of the appetite that found matter
    # what regrouping changes
    "open",  # 1 = there is such a group, 0 = not yet or no more
    "door",  # group in which those arrive who are invited by its members
    "above",  # group to which its payers move up, -1 = none yet
    "focus",  # factor on the breadth of topics
)
GROUP_INDEX = {name: k for k, name in enumerate(GROUP)}
(MATTER, AUDIENCE, VOLUME_YESTERDAY, PACKETS, HAPPENINGS, LIFE, WEEK_SPEAKERS, LAST, LEVEL, NORM,
 WEEKS, LUCK, PURPOSE, CONTENT_WEEKS, BRAND, LESSONS_GIVEN, HEADCOUNT, EVER, TAIL, REPLY_SHARE,
 FOUND, OPEN, DOOR, ABOVE, FOCUS) = range(len(GROUP))  # fmt: skip


class Drivers(NamedTuple):
    """What comes from outside and is shared by all arms of a comparison.

    Attributes:
        common: float64 of shape (W,): logit added to everybody's chance, by week (community shock
            and weekly noise).
        message: float64 of shape (W,): factor on messages beyond the first.
        reach: float64 of shape (H, 5): candidates expected a day by channel (open, content,
            giveaway, partner, business), before policies.
        posters: float64 of shape (H,): newcomers expected a day who arrive speaking (a community
            known only from its log has no others).
        weekday: float64 of shape (7,): share of a week's wish to speak that falls on each weekday,
            day 0 first.
        weekend: float64 of shape (7,): 1 for Saturday and Sunday, day 0 first.
    """

    common: NDArray[np.float64]
    message: NDArray[np.float64]
    reach: NDArray[np.float64]
    posters: NDArray[np.float64]
    weekday: NDArray[np.float64]
    weekend: NDArray[np.float64]


class Books(NamedTuple):
    """What is counted (see ``sim.record.RunRecord`` for the meaning).

    Attributes:
        daily: int64 of shape (H, G, len(DAILY)).
        weekly: int64 of shape (W, G, 3).
        ledger: int64 of shape (H, len(ACCOUNTS)).
        ledger_policy: int64 of shape (P, len(ACCOUNTS)).
        tenure: int64 of shape (H,).
        since: int64 of shape (1,): day from which joining counts as joining in the run.
    """

    daily: NDArray[np.int64]
    weekly: NDArray[np.int64]
    ledger: NDArray[np.int64]
    ledger_policy: NDArray[np.int64]
    tenure: NDArray[np.int64]
    since: NDArray[np.int64]


def new_groups(count: int, *, opened: int | None = None) -> NDArray[np.float64]:
    """Groups' quantities, float64 of shape (G, len(GROUP)), with neutral factors.

    Args:
        count: G.
        opened: The first groups, which there are from the beginning; all by default.
    """
    groups = np.zeros((count, len(GROUP)))
    groups[:, LUCK] = groups[:, FOCUS] = 1.0
    groups[: count if opened is None else opened, OPEN] = 1.0
    groups[:, DOOR] = np.arange(count)
    groups[:, ABOVE] = groups[:, TAIL] = -1.0
    return groups


def new_books(days: int, groups: int, policies: int) -> Books:
    """Empty books of a run."""
    return Books(
        daily=np.zeros((days, groups, len(DAILY)), np.int64),
        weekly=np.zeros((days // 7, groups, 3), np.int64),
        ledger=np.zeros((days, len(ACCOUNTS)), np.int64),
        ledger_policy=np.zeros((policies, len(ACCOUNTS)), np.int64),
        tenure=np.zeros(days, np.int64),
        since=np.zeros(1, np.int64),
    )
