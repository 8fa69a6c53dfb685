"""Members of a real community take their rows; the uniforms behind what comes from outside."""

from __future__ import annotations

import numpy as np

from sim.agents import member
from sim.arithmetic import ONE, kernel
from sim.draws import SHOCK, uniforms
from sim.phases.arriving import closeness, endow, new_row
from sim.population import (
    ACTIVITY,
    ENGAGEMENT,
    FAST,
    FIRST_SPOKE,
    HABIT,
    JOINED,
    LANES,
    LAST_SPOKE,
    MEDIUM,
    SLOW,
    VOLUME,
)  # fmt: skip
from sim.record import CHANNELS

_f = np.float32
_FROM_LOG = CHANNELS.index("log")
_MIDWEEK = 3
_EARLIEST = -32_760
_FAMILIAR_WEEKS = 8.0
DRAWS = 4


@kernel
def take_seats(k0, k1, members, groups, c, traits, codes, habits, volume, silent, known):
    """Give every member of a log a row of the first group, with the habit the log shows.

    Traits that no log shows (wallet, friends, tolerance) are drawn as for anybody, keyed by the
    member's code. Appetite is 1: how much somebody writes is in the smoothed volume already. Who
    looks in cannot be seen either: engagement is taken to fade with silence, by half in 5.5 weeks
    (assumption; it moves what openers are counted and who may leave, never who speaks).

    Args:
        k0: First key word of the run.
        k1: Second key word of the run.
        members: Population with room for them; written to.
        groups: float64 of shape (1, len(GROUP)), empty.
        c: Coefficients.
        traits: Traits.
        codes: uint32 of shape (n,): codes of the event table.
        habits: float32 of shape (3, n): traces, fast to slow.
        volume: float32 of shape (n,): smoothed messages of an active week.
        silent: int64 of shape (n,): weeks since the last message, at least 1.
        known: int64 of shape (n,): weeks since the first message, at least 1.
    """
    channel = np.int64(_FROM_LOG)
    for i in range(len(codes)):
        row = new_row(members, 0, groups[0])
        b, j = row // LANES, row % LANES
        fit = closeness(k0, k1, codes[i], c, channel, 0.0)
        endow(k0, k1, members, row, codes[i], c, traits, channel, fit, 0.0)
        real = members.real[b]
        real[ACTIVITY, j] = ONE
        real[ENGAGEMENT, j] *= _f(np.exp(-silent[i] / _FAMILIAR_WEEKS))
        real[FAST, j], real[MEDIUM, j], real[SLOW, j] = habits[0, i], habits[1, i], habits[2, i]
        real[VOLUME, j] = volume[i]
        first = np.int16(max(_EARLIEST, _MIDWEEK - 7 * known[i]))
        members.day[b, JOINED, j] = first
        members.day[b, FIRST_SPOKE, j] = first
        members.day[b, LAST_SPOKE, j] = np.int16(max(_EARLIEST, _MIDWEEK - 7 * silent[i]))
        real[HABIT, j] = member.habit_logit(
            c.law, habits[0, i], habits[1, i], habits[2, i], volume[i], _f(silent[i]),
            _f(known[i]), ONE, ONE,
        )  # fmt: skip


@kernel
def outside_uniforms(k0, k1, weeks):
    """Keyed uniforms of the drivers of a run: float64 of shape (weeks + 1, 2, DRAWS).

    The first row belongs to the run, row h + 1 to week h; the counters are those of the drivers of
    a scenario without a log (``founding.draw_drivers``), so longer horizons begin alike.
    """
    out = np.empty((weeks + 1, 2, DRAWS))
    for h in range(weeks + 1):
        for part in range(2):
            # ordinals 1 and 2 are the weeks'; the run's own are 0 and 3
            ordinal = part + 1 if h > 0 else 3 * part
            a, b, x, y = uniforms(k0, k1, np.uint32(0), max(h - 1, 0), SHOCK, ordinal)
            out[h, part, 0], out[h, part, 1], out[h, part, 2], out[h, part, 3] = a, b, x, y
    return out
