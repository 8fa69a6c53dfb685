"""Who is tied to whom: a few partners a member, the weakest replaced.

A tie lives in both members' slots; each slot is (partner's row, weight in (0, 1)). Replies and
invitations make ties grow, time makes them fade (Cottica's community model: 1 % a day, applied at
the week's end). What is called for every answer is absorbed by its caller: the columns of all
members are some ninety values, and handing them over costs more than the work.
"""

from __future__ import annotations

import numpy as np

from sim.arithmetic import (
    ONE,
    ZERO,
    behaviour,
    phase,
)
from sim.population import COMPANY, GOT, GRIEF, LANES, NOBODY, PEERS, SLOTS

_f = np.float32


@behaviour
def _strengthen_one(members, row, partner, gain, least):
    """One direction of a tie: w grows by ``gain`` of what is missing to 1, at least to ``least``.

    All slots are looked at without a branch: where a partner stands cannot be predicted.
    """
    known = -1
    weakest = 0
    lowest = members.tie[row, 0]
    for s in range(SLOTS):
        w = members.tie[row, s]
        known = s if members.partner[row, s] == partner else known
        weakest = s if w < lowest else weakest
        lowest = min(lowest, w)
    place = known if known >= 0 else weakest
    w = members.tie[row, place]
    w = w + gain * (ONE - w) if known >= 0 else gain
    members.partner[row, place] = np.uint32(partner)
    members.tie[row, place] = max(w, least)


@behaviour
def strengthen(members, row, partner, gain, least):
    """Let the tie of two members grow in both directions.

    Args:
        members: Population.
        row: Row of one.
        partner: Row of the other; nothing happens when it is the same.
        gain: Share of what is missing to full strength that is added, float32.
        least: The weight it has at least afterwards, float32.
    """
    if row != partner:
        _strengthen_one(members, row, partner, gain, least)
        _strengthen_one(members, partner, row, gain, least)


@phase
def fade(members, b, keep):
    """All ties of one block times ``keep``."""
    weights = members.tie[b * LANES : (b + 1) * LANES].reshape(-1)
    for k in range(LANES * SLOTS):
        weights[k] *= keep


@behaviour
def keep_company(members, row):
    """A member has spoken: all partners have that much company today."""
    for s in range(SLOTS):
        partner = members.partner[row, s]
        if partner != NOBODY:
            members.real[partner // LANES, COMPANY, partner % LANES] += members.tie[row, s]


@phase
def mourn(members, row, weight):
    """A member has left: partners grieve, min(1, weight x tie) each."""
    for s in range(SLOTS):
        partner = members.partner[row, s]
        if partner != NOBODY:
            members.real[partner // LANES, GRIEF, partner % LANES] += min(
                ONE, weight * members.tie[row, s]
            )


@phase
def pay_together(members, row, sign):
    """A member began (sign 1) or ceased (-1) to pay: partners see it, by weight of the tie."""
    for s in range(SLOTS):
        partner = members.partner[row, s]
        if partner != NOBODY:
            q, k = partner // LANES, partner % LANES
            members.real[q, PEERS, k] = max(
                ZERO, members.real[q, PEERS, k] + sign * members.tie[row, s]
            )


@behaviour
def partner_present(members, row, spoke, u):
    """One of a member's partners who spoke today, by weight of the tie; -1 when none did.

    Args:
        members: Population.
        row: His row.
        spoke: A bit for each row, uint64 of shape (rows / 64,): who spoke in his group.
        u: Uniform, float32.
    """
    total = ZERO
    there = np.int64(0)
    for s in range(SLOTS):
        partner = members.partner[row, s]
        known = partner if partner != NOBODY else np.uint32(row)  # who speaks has no tie to himself
        speaks = (1 if partner != NOBODY else 0) & np.int64(spoke[known >> 6] >> (known & 63) & 1)
        there |= speaks << s
        total += members.tie[row, s] if speaks else ZERO
    mark = u * total
    reached = ZERO
    chosen = np.int64(-1)
    looking = np.int64(1)
    for s in range(SLOTS):
        speaks = there >> s & 1
        reached += members.tie[row, s] if speaks else ZERO
        chosen = np.int64(members.partner[row, s]) if speaks & looking else chosen
        looking &= np.int64(0 if speaks & (1 if reached > mark else 0) else 1)
    return chosen


@phase
def strengthen_all(members, rows, asker, place, gain):
    """Let the ties of all who answered and of all who were answered grow.

    First everybody's ties to those he answered, then his ties to those who answered him. Each pass
    goes through members in order of rows; jumping to the receiver at each answer costs three times
    as much where members do not fit the cache.

    Args:
        members: Population.
        rows: Rows of those who spoke, int64 of shape (S,).
        asker: Place among them of who answers, int32 of shape (A,), ascending.
        place: Place of who is answered, int32 of shape (A,).
        gain: Share of what is missing to full strength that is added, float32.
    """
    for k in range(len(asker)):
        if asker[k] != place[k]:
            _strengthen_one(members, rows[asker[k]], rows[place[k]], gain, ZERO)
    end = np.zeros(len(rows) + 1, np.int32)
    for k in range(len(place)):
        end[place[k] + 1] += 1
    for i in range(len(rows)):
        end[i + 1] += end[i]
    by_receiver = np.empty(len(place), np.int32)
    for k in range(len(place)):
        by_receiver[end[place[k]]] = asker[k]
        end[place[k]] += 1
    first = 0
    for i in range(len(rows)):
        row = rows[i]
        members.real[row // LANES, GOT, row % LANES] += _f(end[i] - first)
        for k in range(first, end[i]):
            if by_receiver[k] != i:
                _strengthen_one(members, row, rows[by_receiver[k]], gain, ZERO)
        first = end[i]
