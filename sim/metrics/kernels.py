"""Compiled loops of the metrics: what numpy cannot say without a loop over days or members.

Importing numba costs a third of a second, so only the functions that need a loop import this
module, when they are called; the registry stays cheap to import. The loops hold no lock (nogil), as
ensembles measure their runs in threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_Function = TypeVar("_Function", bound="Callable[..., Any]")

SPROUT, GROWTH, ACTIVE, DECLINE, DORMANT = range(5)
"""Codes of the stages, in the order of a life."""

_STAY = -1

CAP_DAYS = 28
CAP_TIMES = 3.0
CAP_SEEN = 3
"""An event day is cut at 3 times the mean of the active days (if 3 or more) of four weeks."""

WIDTHS = (14, 28, 56)
ENOUGH = 150.0
"""The level is the mean of the shortest of these windows that holds 150 speaker-days."""

LEVEL_OFFSET = 0.1
WIDEST_STEP = 1.10
"""No change larger than a tripling (e^1.1) is ever asked for, however small the group."""

FIRST_MARK = 6
"""Highs and lows of the first week are not yet marks: the level still rests on too few days."""

DEEP = 3
"""Depth from which an invitation counts as deep (evidence row 10)."""


def _compiled(function: _Function) -> _Function:
    decorate = njit(cache=True, nogil=True, error_model="numpy")
    return cast("_Function", decorate(function))


@_compiled
def _sum_until(series: Floats, day: int, width: int) -> float:
    """Sum of the ``width`` values up to and including ``day`` (fewer at the start).

    Added anew every day, not carried along: equal windows must give equal levels.
    """
    total = 0.0
    for at in range(max(0, day + 1 - width), day + 1):
        total += series[at]
    return total


@_compiled
def _without_events(speakers: Floats) -> Floats:
    """Daily speakers with the spikes of single events cut."""
    capped = speakers.copy()
    for day in range(speakers.shape[0]):
        total = 0.0
        seen = 0
        for before in range(max(0, day - CAP_DAYS), day):
            if speakers[before] > 0.0:
                total += speakers[before]
                seen += 1
        if seen >= CAP_SEEN:
            capped[day] = min(speakers[day], CAP_TIMES * total / seen)
    return capped


@_compiled
def _levels(capped: Floats, step: float, k: float, phi: float) -> tuple[Floats, Floats]:
    """Log level of every day, and the change that is more than chance at that level."""
    days = capped.shape[0]
    level = np.empty(days)
    wide = np.empty(days)
    for day in range(days):
        mean = 0.0
        number = 0.0
        for width in WIDTHS:
            number = _sum_until(capped, day, width)
            mean = number / min(width, day + 1)
            if number >= ENOUGH or day + 1 < width:
                break
        level[day] = np.log(mean + LEVEL_OFFSET)
        wide[day] = min(max(k * np.sqrt(phi / max(number, 1.0)), step), WIDEST_STEP)
    return level, wide


@_compiled
def _extreme(level: Floats, mark: int, start: int, day: int, sign: float) -> int:
    """Latest day in [start, day] of the highest (sign 1) or lowest (sign -1) level.

    Args:
        level: Log levels.
        mark: The answer for the day before; looked for anew only when it has left the window.
        start: First day that is remembered.
        day: Today.
        sign: 1.0 or -1.0.
    """
    if sign * level[day] >= sign * level[mark]:
        return day
    if mark >= start:
        return mark
    best = start
    for at in range(start, day + 1):
        if sign * level[at] >= sign * level[best]:
            best = at
    return best


@_compiled
def _target(
    state: int, day: int, rise: float, fall: float, wide: float, high: int, low: int,
    settle: int, no_high: int, no_low: int,
) -> tuple[int, bool]:  # fmt: skip
    """Where a group that is not quiet is heading, and whether at once.

    A new high leaves no fall, so growth and decline never compete.
    """
    if state == DECLINE:
        if rise > wide:
            return GROWTH, False
        if day - low >= no_low:
            return ACTIVE, True
        return _STAY, False
    if fall > wide:
        return DECLINE, False
    if state != GROWTH and high == day and rise > wide:
        return GROWTH, True
    if (state == SPROUT and day >= settle) or (state == GROWTH and day - high >= no_high):
        return ACTIVE, True
    return _STAY, False


@_compiled
def stage_path(
    speakers: Floats, first: int, settle: int, commit: int, no_high: int, no_low: int,
    memory: int, silent: int, step: float, k: float, phi: float, floor: float, floor_share: float,
) -> NDArray[np.int8]:  # fmt: skip
    """Stage of every day; the rule is described in :mod:`sim.metrics.stage`.

    Args:
        speakers: Members who spoke, by day, of shape (H,).
        first: Days before the first change; here and below see ``StageParameters``.
        settle: Day on which a sprout becomes active.
        commit: Days in a row that a gradual change must persist.
        no_high: Days without a new high that end growth.
        no_low: Days without a new low that end decline.
        memory: Days that highs and lows are remembered.
        silent: Days without a speaker that make a quiet group dormant at once.
        step: Smallest change of the log level that counts.
        k: Standard errors that a change must exceed.
        phi: Variance of daily speakers over their mean.
        floor: Speakers a day below which a group is quiet.
        floor_share: The same as a share of the record.

    Returns:
        Codes 0 to 4, of shape (H,); those of a shorter series are a prefix.
    """
    days = speakers.shape[0]
    path = np.zeros(days, dtype=np.int8)
    capped = _without_events(speakers)
    level, wide = _levels(capped, step, k, phi)
    state, pending, since = SPROUT, _STAY, 0
    high = low = from_high = from_low = FIRST_MARK
    record = 0.0
    quiet_days = 0
    for day in range(days):
        quiet_days = 0 if speakers[day] > 0.0 else quiet_days + 1
        fortnight = _sum_until(capped, day, WIDTHS[0]) / min(WIDTHS[0], day + 1)
        if day >= WIDTHS[0] - 1:
            record = max(record, fortnight)
        if day >= FIRST_MARK:
            high = _extreme(level, high, max(from_high, day - memory), day, 1.0)
            low = _extreme(level, low, max(from_low, day - memory), day, -1.0)
        if day < first:
            continue
        least = max(floor, floor_share * record)
        if state == DORMANT:
            target, at_once = (ACTIVE if fortnight >= 2.0 * least else _STAY), False
        elif day >= WIDTHS[0] - 1 and fortnight < least:
            target, at_once = DORMANT, quiet_days >= silent
        else:
            rise, fall = level[day] - level[low], level[high] - level[day]
            target, at_once = _target(
                state, day, rise, fall, wide[day], high, low, settle, no_high, no_low
            )
        since = since + 1 if target == pending else 1
        pending = target
        if target != _STAY and (at_once or since >= commit):
            if target == DECLINE or (target != DORMANT and state >= DECLINE):
                high = from_high = day
            if target != DORMANT:
                low = from_low = day
            state, pending, since = target, _STAY, 0
        path[day] = state
    return path


@_compiled
def tree_totals(
    inviter: NDArray[np.int64], joined: NDArray[np.int32], group: NDArray[np.int32],
    owner: NDArray[np.bool_], groups: int,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Sums over the invitation trees; see :mod:`sim.metrics.cascade`.

    Linear in the number of members: an edge above a subtree of s of n nodes lies on s (n - s) of
    the paths, so the distances of all pairs are the sum of that over all edges.

    Args:
        inviter: Row of the inviter, -1 = none; inviters stand before those they invited.
        joined: Day of joining, -1 = before day 0.
        group: Group of each row.
        owner: Whether the row is the owner, the root of the group's tree.
        groups: Number of groups.

    Returns:
        Greatest depth; accepted invitations; those at depth 3 or more; sum of distances and number
        of pairs over trees of at least three nodes.
    """
    rows = inviter.shape[0]
    parent = np.full(rows, -1, dtype=np.int64)
    depth = np.zeros(rows, dtype=np.int64)
    size = np.ones(rows, dtype=np.int64)
    nodes = np.ones(groups, dtype=np.int64)
    deepest = accepted = deep = 0
    for row in range(rows):
        if owner[row]:
            continue
        nodes[group[row]] += 1
        depth[row] = 1
        if joined[row] >= 0 and inviter[row] >= 0:
            accepted += 1
            by = inviter[row]
            if by < row and group[by] == group[row] and not owner[by]:
                parent[row] = by
                depth[row] = depth[by] + 1
            if depth[row] >= DEEP:
                deep += 1
        deepest = max(deepest, int(depth[row]))
    distance = pairs = 0
    for row in range(rows - 1, -1, -1):
        number = nodes[group[row]]
        if owner[row] or number < 3:
            continue
        distance += size[row] * (number - size[row])
        if parent[row] >= 0:
            size[parent[row]] += size[row]
    for number in nodes:
        if number >= 3:
            pairs += int(number * (number - 1) // 2)
    return deepest, accepted, deep, distance, pairs
