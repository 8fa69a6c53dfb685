"""The week's end: habits are updated from what members did in the seven days.

The law of speaking was found in weeks (windows of seven days from day 0), so its state moves once a
week; between, the day spreads the week's chance over the days.
"""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import ties
from sim.agents import member
from sim.arithmetic import HALF, ONE, ZERO, absorbed, behaviour, phase
from sim.phases.unpacking import IN_WEEK, SPARE0, SPARE1, SPARE2, unpack
from sim.population import (
    ACTIVITY,
    FAST,
    FIRST_SPOKE,
    FLAGS,
    HABIT,
    JOINED,
    LANES,
    LAST_SPOKE,
    MEDIUM,
    NEVER,
    SLOW,
    VOLUME,
    WEEK,
    WEEK_MESSAGES,
)  # fmt: skip
from sim.state import LAST, LEVEL, NORM, WEEK_SPEAKERS, WEEKS

_f = np.float32
UNKNOWN_VOLUME = _f(1.5)
"""Smoothed messages of one who has not spoken yet, where the law asks for them."""
_KEEP_VOLUME, _NEW_VOLUME, _START = _f(0.75), _f(0.25), _f(3.0)
_OUT_OF_WEEK = np.uint8(0xFF ^ int(WEEK))


@absorbed
def end_week(t, members, groups, c, work):
    """Update every member's habit and every group's level; ties fade by seven days.

    Args:
        t: Last day of the week.
        work: Working columns of a block.
    """
    keep = _f(np.float64(c.tie.decay) ** 7)
    week = (t + 1) // 7
    for b in range(len(members.block_group)):
        if members.block_group[b] >= 0:
            remember_week(week, members, b, co.law(c), work)
            ties.fade(members, b, keep)
    for g in range(len(groups)):
        spoke = np.log(groups[g, WEEK_SPEAKERS] + 1.0)
        weeks = groups[g, WEEKS]
        groups[g, LEVEL] += max(1.0 / 8.0, 1.0 / (weeks + 1.0)) * (spoke - groups[g, LEVEL])
        groups[g, NORM] += max(1.0 / 52.0, 1.0 / (weeks + 1.0)) * (spoke - groups[g, NORM])
        groups[g, LAST] = spoke
        groups[g, WEEKS] = weeks + 1.0
        groups[g, WEEK_SPEAKERS] = 0.0


@phase
def remember_week(week, members, b, law, work):
    """Habit of one block's members for the week that begins (number ``week``)."""
    real = members.real[b].reshape(-1)
    byte = members.byte[b].reshape(-1)
    unpack(members, b, work)
    _weeks_since(week, members, b, work)
    for j in range(LANES):
        spoke = work[IN_WEEK * LANES + j]
        poster = work[SPARE0 * LANES + j]
        known = work[SPARE1 * LANES + j]
        silent = work[SPARE2 * LANES + j]
        starts = poster if known == ONE else ZERO
        said = real[WEEK_MESSAGES * LANES + j]
        counted = spoke * (ONE - starts)
        fast = member.remembered(real[FAST * LANES + j], member.D2, counted)
        medium = member.remembered(real[MEDIUM * LANES + j], member.D8, counted)
        slow = member.remembered(real[SLOW * LANES + j], member.D40, counted)
        volume = real[VOLUME * LANES + j]
        mixed = _KEEP_VOLUME * volume + _NEW_VOLUME * said
        volume = mixed if spoke > ZERO else volume
        volume = HALF * (said + _START) if starts > ZERO else volume
        real[FAST * LANES + j] = fast
        real[MEDIUM * LANES + j] = medium
        real[SLOW * LANES + j] = slow
        real[VOLUME * LANES + j] = volume
        real[WEEK_MESSAGES * LANES + j] = ZERO
        real[HABIT * LANES + j] = member.habit_logit(
            law, fast, medium, slow, volume if poster > ZERO else UNKNOWN_VOLUME,
            max(ONE, silent), max(ONE, known), real[ACTIVITY * LANES + j], poster,
        )  # fmt: skip
    for j in range(LANES):
        byte[FLAGS * LANES + j] &= _OUT_OF_WEEK


@phase
def _weeks_since(week, members, b, work):
    """Write who has ever spoken, and the weeks since the first and the last word (or joining)."""
    days = members.day[b].reshape(-1)
    now = _f(week)
    for j in range(LANES):
        first = _f(np.int32(days[FIRST_SPOKE * LANES + j]))
        last = _f(np.int32(days[LAST_SPOKE * LANES + j]))
        joined = _f(np.int32(days[JOINED * LANES + j]))
        poster = ONE if first > _NEVER else ZERO
        begun = first if poster > ZERO else joined
        latest = last if poster > ZERO else joined
        work[SPARE0 * LANES + j] = poster
        work[SPARE1 * LANES + j] = now - week_of(begun)
        work[SPARE2 * LANES + j] = now - week_of(latest)


@behaviour
def week_of(day):
    """Number of the week that holds a day; days before 0 have negative weeks (float32).

    Half a day is added so that rounding cannot move a day into another week.
    """
    shifted = (day + _OFFSET * _f(7.0) + HALF) * _SEVENTH
    return _f(np.int32(shifted)) - _OFFSET


_OFFSET, _SEVENTH, _NEVER = _f(8192.0), _f(1.0 / 7.0), _f(NEVER)
