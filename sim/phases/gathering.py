"""What the operator brings members together for: lessons and meetings face to face."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim import ties
from sim.arithmetic import ONE, ZERO, phase
from sim.draws import MEET, uniforms
from sim.population import (
    ENGAGEMENT,
    FLAGS,
    ID,
    LANES,
    LESSONS,
    OPENED,
    SLOTS,
    TRUST,
)

_f = np.float32
_WARMER, _SURER, _BOND, _APART = _f(0.15), _f(0.05), _f(0.3), _f(0.85)


@phase
def attend_lesson(members, g, today):
    """Who opens the group on the day of a lesson has attended it (handbook C6, E3).

    There is no chance of dropping out: who stops looking in stops attending (evidence 77).
    """
    if today[lv.LESSON] <= ZERO:
        return
    for b in range(len(members.block_group)):
        if members.block_group[b] != g:
            continue
        for j in range(members.fill[b]):
            if members.byte[b, FLAGS, j] & OPENED and members.byte[b, LESSONS, j] < 255:
                members.byte[b, LESSONS, j] += np.uint8(1)


@phase
def find_attendees(t, k0, k1, members, g, share):
    """Rows of those who come to a meeting: of the engaged who opened today, the share invited."""
    rows = np.empty(0, np.int64)
    for step in range(2):
        count = 0
        for b in range(len(members.block_group)):
            if members.block_group[b] != g:
                continue
            for j in range(members.fill[b]):
                if not members.byte[b, FLAGS, j] & OPENED or members.real[b, ENGAGEMENT, j] <= 0.5:
                    continue
                u, _, _, _ = uniforms(k0, k1, members.word[b, ID, j], t, MEET, 0)
                if u < share:
                    if step == 1:
                        rows[count] = b * LANES + j
                    count += 1
        if step == 0:
            rows = np.empty(count, np.int64)
    return rows


@phase
def meet(t, k0, k1, members, g, today):
    """A meeting bonds those who come and loosens their ties to the absent (evidence 95).

    Attendees gain engagement and trust, three ties to other attendees; their ties to members who
    were not there weaken (handbook D13; sizes are assumptions, one study found the contrary).
    """
    if today[lv.MEETING] <= ZERO:
        return
    rows = find_attendees(t, k0, k1, members, g, today[lv.MEETING])
    there = len(rows)
    if there < 2:
        return
    for i in range(there):
        b, j = rows[i] // LANES, rows[i] % LANES
        real = members.real[b]
        real[ENGAGEMENT, j] = min(ONE, real[ENGAGEMENT, j] + _WARMER)
        real[TRUST, j] = min(ONE, real[TRUST, j] + _SURER)
        for s in range(SLOTS):
            partner = np.int64(members.partner[rows[i], s])
            if not _among(rows, partner):
                members.tie[rows[i], s] *= _APART
    for i in range(there):
        b, j = rows[i] // LANES, rows[i] % LANES
        _, v, w, x = uniforms(k0, k1, members.word[b, ID, j], t, MEET, 0)
        for u in (v, w, x):
            other = rows[(i + 1 + int(np.float64(u) * (there - 1))) % there]
            ties.strengthen(members, rows[i], other, ZERO, _BOND)


@phase
def _among(ascending, row):
    low, high = 0, len(ascending)
    while low < high:
        middle = (low + high) // 2
        if ascending[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low < len(ascending) and ascending[low] == row
