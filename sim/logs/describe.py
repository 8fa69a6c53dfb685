"""What a log looks like: the table of statistics of one community.

Months are windows of 30 days counted from the first message. A log does not tell who is staff,
hence nobody is left out of any figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.logs.rhythm import (
    burstiness,
    hour_shares,
    member_burstiness,
    weekday_message_shares,
)
from sim.logs.table import DAY, EVENTS, MESSAGE, day_text
from sim.logs.weeks import weekly
from sim.metrics.inequality import gini, top_share
from sim.metrics.stage import stage_codes, stage_names, too_quiet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.table import EventTable

MONTH = 30
"""Days of a window of monthly activity."""


def describe(table: EventTable, *, offset: int | NDArray[np.int64] = 0) -> dict[str, Any]:
    """Statistics of a log.

    Args:
        table: The events.
        offset: Seconds that local time is ahead of UTC, one for all or one for each message; moves
            the hours and weekdays only.

    Returns:
        By name, in the order in which they should be shown; None = cannot be told from this log:

        - ``first, last`` (dates), ``span_days``, ``ids`` (members with any event), ``posters``
          (with a message), ``messages``, and how many events of each other kind;
        - ``messages_per_active_day`` (a day with at least one message),
          ``messages_per_speaking_day`` (a member's day with at least one), ``reply_share`` (None
          if no message answers anybody: then the log does not tell);
        - ``mam_first, mam_peak, mam_peak_start, mam_last3, last_to_peak``: distinct members with
          a message in the first 30-day window, in the largest, when that began, the mean of the
          last three whole windows, and its ratio to the peak;
        - ``top1, top10``: share of messages by the most active 1 % and 10 % of the posters, rounded
          up to whole persons; ``top1_share, top10_share``: the same by interpolation, as the KPI;
          ``gini``; ``once``: share of posters with a single message; ``one_day``: with messages on
          a single day (UTC);
        - ``joiners``: posters first seen after the first 30 days and at least 60 before the end;
          ``ret30_60``: share of them who wrote again on days 30 to 60; ``med_life_days``: their
          median days from first to last message;
        - ``weeks, speakers_week, messages_week, newcomers_week``: whole weeks, and means of them;
        - ``hours`` (24 shares), ``weekdays`` (7, Monday first), ``burstiness``,
          ``member_burstiness``;
        - ``stage``: the lifecycle stage on the last day, and ``too_quiet``.

    Raises:
        UserError: ``too_short``/``no_messages`` if there is none.
    """
    use = table.event == MESSAGE
    if not use.any():
        raise UserError("too_short", "no_messages", events=len(table))
    seconds, member = table.seconds[use], table.member[use]
    kinds = np.bincount(table.event, minlength=len(EVENTS))
    days = np.unique(seconds // DAY).size
    speaking_days = np.unique(seconds // DAY * table.members + member).size
    counts = np.bincount(member)
    counts = counts[counts > 0]
    statistics: dict[str, Any] = {
        "first": day_text(int(table.seconds[0])),
        "last": day_text(int(table.seconds[-1])),
        "span_days": int(table.seconds[-1] - table.seconds[0]) // DAY,
        "ids": table.members,
        "posters": counts.size,
        "messages": int(seconds.size),
        **{f"{name}s": int(n) for name, n in zip(EVENTS[1:], kinds[1:], strict=True) if n},
        "messages_per_active_day": seconds.size / days,
        "messages_per_speaking_day": seconds.size / speaking_days,
        "reply_share": _reply_share(table.reply_to[use]),
    }
    statistics |= _months(seconds, member)
    statistics |= _concentration(counts)
    statistics["one_day"] = _one_day(seconds, member)
    statistics |= _joiners(table, seconds, member)
    statistics |= _weeks(table)
    statistics["hours"] = hour_shares(seconds, offset=offset).tolist()
    statistics["weekdays"] = weekday_message_shares(seconds, offset=offset).tolist()
    statistics["burstiness"] = burstiness(seconds)
    statistics["member_burstiness"] = member_burstiness(seconds, member)
    return statistics | _stage(table, seconds, member)


def _reply_share(reply_to: NDArray[np.int32]) -> float | None:
    return float((reply_to >= 0).mean()) if (reply_to >= 0).any() else None


def _months(seconds: NDArray[np.int64], member: NDArray[np.int32]) -> dict[str, Any]:
    window = (seconds - seconds[0]) // (MONTH * DAY)
    size = int(member.max()) + 1
    active = np.bincount(np.unique(window * size + member) // size)
    whole = int(seconds[-1] - seconds[0]) // (MONTH * DAY)
    peak = int(active.argmax())
    last = float(active[max(whole - 3, 0) : whole].mean()) if whole else None
    return {
        "mam_first": int(active[0]),
        "mam_peak": int(active[peak]),
        "mam_peak_start": day_text(int(seconds[0]) + peak * MONTH * DAY),
        "mam_last3": last,
        "last_to_peak": None if last is None else last / int(active[peak]),
    }


def _concentration(counts: NDArray[np.int64]) -> dict[str, Any]:
    held = np.cumsum(np.sort(counts)[::-1]) / counts.sum()
    # Integer arithmetic: in floating point 10 % of 10 people can round up to 2.
    persons = {"top1": -(-counts.size // 100), "top10": -(-counts.size // 10)}
    return {
        **{name: float(held[count - 1]) for name, count in persons.items()},
        "top1_share": top_share(counts, top=0.01),
        "top10_share": top_share(counts, top=0.10),
        "gini": gini(counts),
        "once": float((counts == 1).mean()),
    }


def _one_day(seconds: NDArray[np.int64], member: NDArray[np.int32]) -> float:
    size = int(member.max()) + 1
    days = np.bincount(np.unique(seconds // DAY * size + member) % size)
    return float((days[days > 0] == 1).mean())


def _joiners(
    table: EventTable, seconds: NDArray[np.int64], member: NDArray[np.int32]
) -> dict[str, Any]:
    posters, at = np.unique(member, return_index=True)
    first = np.zeros(table.members, dtype=np.int64)
    last = np.zeros(table.members, dtype=np.int64)
    first[posters] = seconds[at]
    last[member] = seconds
    joined = first[posters]
    known = (joined >= seconds[0] + MONTH * DAY) & (joined <= table.seconds[-1] - 2 * MONTH * DAY)
    joiners = posters[known]
    age = seconds - first[member]
    back = np.zeros(table.members, dtype=np.bool_)
    back[member[(age >= MONTH * DAY) & (age < 2 * MONTH * DAY)]] = True
    life = (last[joiners] - first[joiners]) / DAY
    return {
        "joiners": int(joiners.size),
        "ret30_60": float(back[joiners].mean()) if joiners.size else None,
        "med_life_days": float(np.median(life)) if joiners.size else None,
    }


def _weeks(table: EventTable) -> dict[str, Any]:
    series = weekly(table)
    weeks = series.speakers.size
    means = {
        "speakers_week": series.speakers,
        "messages_week": series.messages,
        "newcomers_week": series.newcomers,
    }
    return {"weeks": weeks} | {
        name: float(values.mean()) if weeks else None for name, values in means.items()
    }


def _stage(
    table: EventTable, seconds: NDArray[np.int64], member: NDArray[np.int32]
) -> dict[str, Any]:
    day = (seconds - table.start) // DAY
    spoken = np.unique(day * table.members + member) // table.members
    speakers = np.bincount(spoken, minlength=(table.end - table.start) // DAY)
    return {
        "stage": str(stage_names(stage_codes(speakers)[-1:])[0]),
        "too_quiet": too_quiet(speakers),
    }
