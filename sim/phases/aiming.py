"""Whom levers are meant for: which audiences a member belongs to, and what he meets of the levers.

A member's audiences are the bits of one number, found on the morning of the day. For each of these
numbers the levers are worked out once ("doses"), so what a member meets is one row of a small
table. On days without aimed levers the table has one row, and nobody is asked for his audiences.
"""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.arithmetic import absorbed, phase
from sim.audiences import (
    BY_CHANNEL,
    HUNTERS,
    IN_ROLE,
    LEVEL,
    MUTERS,
    NEWCOMERS,
    PAYERS,
    SILENT,
)
from sim.phases import booking
from sim.population import (
    CHANNEL,
    FLAGS,
    HUNTER,
    JOINED,
    LANES,
    LAST_SPOKE,
    MUTED,
    PAID,
    POINTS,
    PRESENT,
    ROLE,
)

_f = np.float32
_LEVEL_WIDTH = _f(20.0)


@phase
def belongs(t, members, b, j, kind, number):
    """Whether a member belongs to an audience on the morning of day ``t``."""
    flags = members.byte[b, FLAGS, j]
    joined = np.int32(members.day[b, JOINED, j])
    if kind == NEWCOMERS:
        return t - joined < number
    if kind == SILENT:
        return t - max(joined, np.int32(members.day[b, LAST_SPOKE, j])) > number
    if kind == LEVEL:
        return members.real[b, POINTS, j] >= _LEVEL_WIDTH * _f((1 << number) - 1)
    if kind == IN_ROLE:
        return (number >> np.int64(members.byte[b, ROLE, j])) & 1 == 1
    if kind == BY_CHANNEL:
        return (number >> np.int64(members.byte[b, CHANNEL, j])) & 1 == 1
    if kind == PAYERS:
        return flags & PAID != 0
    if kind == MUTERS:
        return flags & MUTED != 0
    return kind == HUNTERS and flags & HUNTER != 0


@phase
def audiences_of(t, members, b, j, aims):
    """The audiences of one member on the morning of day ``t``, as bits."""
    bits = 0
    for a in range(len(aims.kind)):
        if belongs(t, members, b, j, np.int64(aims.kind[a]), np.int64(aims.number[a])):
            bits |= 1 << a
    return bits


@phase
def find_audiences(t, members, b, aims, bits, counts):
    """Write the audiences of one block's members, and count those present.

    Args:
        bits: uint8 of shape (256,).
        counts: int64 of shape (K,): members by their audiences; added to.
    """
    for j in range(LANES):
        bits[j] = audiences_of(t, members, b, j, aims)
        if members.byte[b, FLAGS, j] & PRESENT:
            counts[bits[j]] += 1


@phase
def in_use(t, aims):
    """Whether any lever is aimed on day ``t``."""
    for g in range(aims.values.shape[1]):
        for a in range(aims.values.shape[2]):
            if _uses(aims, t, g, a):
                return True
    return False


@phase
def _uses(aims, t, g, a):
    for i in range(len(lv.AIMED)):
        if aims.values[t, g, a, i] != lv.AIMED_NEUTRAL[i]:
            return True
    return False


@phase
def doses_of(t, today, bookers, aims):
    """What members meet of today's levers, by their audiences.

    Args:
        t: Day.
        today: float32 of shape (G, len(LEVERS)): levers for everybody.
        bookers: int16 of shape (G, len(LEVERS)).
        aims: Aims.

    Returns:
        (doses, bookers): float32 and int16 of shape (G, K, len(LEVERS)), K = 2^A, or 1 on a day on
        which nothing is aimed.
    """
    groups, width = today.shape
    if not in_use(t, aims):
        return today.reshape(groups, 1, width), bookers.reshape(groups, 1, width)
    count = 1 << len(aims.kind)
    doses = np.empty((groups, count, width), np.float32)
    under = np.empty((groups, count, width), np.int16)
    for g in range(groups):
        for k in range(count):
            doses[g, k] = today[g]
            under[g, k] = bookers[g]
            add_aims(t, g, k, aims, doses[g, k], under[g, k])
    return doses, under


@phase
def add_aims(t, g, bits, aims, dose, bookers):
    """Add to levers for everybody those for some: sums where a lever adds up, else the larger."""
    for a in range(len(aims.kind)):
        for i in range(len(lv.AIMED) if bits >> a & 1 else 0):
            lever = lv.AIMED[i]
            amount, before = aims.values[t, g, a, i], dose[lever]
            if lv.AIMED_ADDS[i]:
                dose[lever] = min(lv.AIMED_HIGH[i], before + amount)
            else:
                dose[lever] = max(before, amount)
            if dose[lever] != before:
                bookers[lever] = aims.booker[t, g, a, i]


@phase
def dose_of_member(t, members, b, j, today, aims):
    """The levers that one member meets on day ``t``, for readers: float32 of (len(LEVERS),).

    After the horizon they are those of its last day.
    """
    g = members.block_group[b]
    dose = today[g].copy()
    bits = audiences_of(t, members, b, j, aims)
    day = min(t, len(aims.values) - 1)
    add_aims(day, g, bits, aims, dose, np.zeros(len(dose), np.int16))
    return dose


@phase
def shared_levers(today, doses, counts):
    """Today's levers as a group meets them: of aimed ones, the mean over its members.

    Args:
        today: float32 of shape (G, len(LEVERS)).
        doses: float32 of shape (G, K, len(LEVERS)).
        counts: int64 of shape (G, K): members this morning, by their audiences.
    """
    if doses.shape[1] == 1:
        return today
    shared = today.copy()
    for g in range(len(today)):
        present = counts[g].sum()
        for i in range(len(lv.AIMED) if present > 0 else 0):
            total = 0.0
            for k in range(doses.shape[1]):
                total += np.float64(counts[g, k]) * doses[g, k, lv.AIMED[i]]
            shared[g, lv.AIMED[i]] = _f(total / present)
    return shared


@absorbed
def note_aims(t, aims, counts, books):
    """Book, as a memo, for how many members each policy's aimed levers are meant today."""
    for g in range(counts.shape[0]):
        for a in range(len(aims.kind) if counts.shape[1] > 1 else 0):
            some = np.int64(0)
            for k in range(counts.shape[1]):
                some += counts[g, k] if k >> a & 1 else 0
            for i in range(len(lv.AIMED)):
                if aims.values[t, g, a, i] != lv.AIMED_NEUTRAL[i]:
                    policy = aims.booker[t, g, a, i]
                    if not _noted(aims, t, g, a, i):
                        booking.book(books, t, booking.AIMED_PERSONS, policy, some)
                        if some == 0:
                            booking.book(books, t, booking.AIMED_AT_NOBODY, policy, 1)


@phase
def _noted(aims, t, g, a, last):
    """Whether a policy uses a lever before the ``last`` one for the same audience."""
    for i in range(last):
        used = aims.values[t, g, a, i] != lv.AIMED_NEUTRAL[i]
        if used and aims.booker[t, g, a, i] == aims.booker[t, g, a, last]:
            return True
    return False


@phase
def spread(table, bits, first, work):
    """Write what each member of a block meets into working columns, from ``first`` on.

    Args:
        table: float32 of shape (K, n): n numbers for each set of audiences.
        bits: uint8 of shape (256,): audiences of the members.
        first: First of n working columns.
        work: Working columns.
    """
    for d in range(table.shape[1]):
        column = (first + d) * LANES
        if len(table) == 1:
            for j in range(LANES):
                work[column + j] = table[0, d]
        else:
            for j in range(LANES):
                work[column + j] = table[bits[j], d]
