"""Bits and bytes as float32, so that the loops that decide are pure float loops.

A loop that mixes 8-bit flags, 64-bit products of the generator and float32 arithmetic compiles to
poor vector code. Long chains of float arithmetic wait for themselves: the processor looks ahead a
few hundred instructions, less than one turn of a long loop. So phases are written as several short
loops over a block that stays in the nearest cache, which hand results on in spare columns.
"""

from __future__ import annotations

import numpy as np

from sim.arithmetic import ONE, ZERO, phase
from sim.draws import uniforms
from sim.population import (
    COURSE,
    FLAGS,
    HUNTER,
    ID,
    LANES,
    MUTED,
    OPENED,
    PAID,
    PRESENT,
    ROLE,
    SPOKE,
    WEEK,
)  # fmt: skip

WORK = (
    "present", "muted", "opened", "spoke", "in_week", "paid", "took_course", "hunter",
    "role", "first", "second", "third", "fourth",
    "spare0", "spare1", "spare2", "spare3", "spare4", "spare5",
    # what a member meets of the day's levers (sim.phases.aiming); of the morning, then of the day
    "attention", "shared",
    "noise", "substance", "offered", "treat", "identity", "promoted", "care",
    "blasts", "reward", "ask", "soft", "ln_fee", "ln_course", "cheaper",
)  # fmt: skip
(IS_PRESENT, IS_MUTED, HAS_OPENED, HAS_SPOKEN, IN_WEEK, IS_PAID, TOOK_COURSE, IS_HUNTER, HAS_ROLE,
 U1, U2, U3, U4, SPARE0, SPARE1, SPARE2, SPARE3, SPARE4, SPARE5, ATTENTION, SHARED, NOISE, SUBSTANCE, OFFERED,
 TREAT, IDENTITY, PROMOTED, CARING, BLASTS, REWARD, ASKED, SOFTLY, LN_FEE, LN_COURSE,
 CHEAPER) = range(len(WORK))  # fmt: skip
MORNING, MET = ATTENTION, NOISE
"""First working columns of what members meet in phase 3, and in phases 5 to 8."""


@phase
def new_work():
    """Working columns of one block: float32 of shape (len(WORK) x 256,)."""
    return np.zeros(len(WORK) * LANES, np.float32)


@phase
def unpack(members, b, work):
    """Write a block's flags and roles as float32 0 or 1 (roles: their code)."""
    byte = members.byte[b].reshape(-1)
    for j in range(LANES):
        flags = byte[FLAGS * LANES + j]
        work[IS_PRESENT * LANES + j] = ONE if flags & PRESENT else ZERO
        work[IS_MUTED * LANES + j] = ONE if flags & MUTED else ZERO
        work[HAS_OPENED * LANES + j] = ONE if flags & OPENED else ZERO
        work[HAS_SPOKEN * LANES + j] = ONE if flags & SPOKE else ZERO
    for j in range(LANES):
        flags = byte[FLAGS * LANES + j]
        work[IN_WEEK * LANES + j] = ONE if flags & WEEK else ZERO
        work[IS_PAID * LANES + j] = ONE if flags & PAID else ZERO
        work[TOOK_COURSE * LANES + j] = ONE if flags & COURSE else ZERO
        work[IS_HUNTER * LANES + j] = ONE if flags & HUNTER else ZERO
    for j in range(LANES):
        work[HAS_ROLE * LANES + j] = np.float32(np.int32(byte[ROLE * LANES + j]))


@phase
def draw(t, k0, k1, members, b, purpose, work):
    """Write four keyed uniforms of every row of a block for one day and purpose."""
    word = members.word[b].reshape(-1)
    for j in range(LANES):
        u1, u2, u3, u4 = uniforms(k0, k1, word[ID * LANES + j], t, purpose, 0)
        work[U1 * LANES + j] = u1
        work[U2 * LANES + j] = u2
        work[U3 * LANES + j] = u3
        work[U4 * LANES + j] = u4


@phase
def draw_one(t, k0, k1, members, b, purpose, work):
    """The first of the four uniforms of :func:`draw` alone."""
    word = members.word[b].reshape(-1)
    for j in range(LANES):
        u, _, _, _ = uniforms(k0, k1, word[ID * LANES + j], t, purpose, 0)
        work[U1 * LANES + j] = u


@phase
def deserted(members, b):
    """Whether nobody is left in a block: the day passes it by."""
    byte = members.byte[b].reshape(-1)
    any_flag = np.uint8(0)
    for j in range(LANES):
        any_flag |= byte[FLAGS * LANES + j]
    return not any_flag & PRESENT
