"""Who is tied to whom: a few partners a member, the weakest replaced.

A tie lives in both members' slots; each slot is (partner's row, weight in (0, 1)). Replies and
invitations make ties grow, time makes them fade (Cottica's community model: 1 % a day, applied at
the week's end).
"""

from __future__ import annotations

import numpy as np

from sim.arithmetic import ONE, ZERO, phase
from sim.population import COMPANY, GRIEF, LANES, NOBODY, PARTNER, PEERS, PRESENT, SLOTS, SPOKE, TIE

_f = np.float32


@phase
def _strengthen_one(members, row, partner, gain, least):
    """One direction of a tie: w grows by ``gain`` of what is missing to 1, at least to ``least``."""
    b, j = row // LANES, row % LANES
    weakest = 0
    for s in range(SLOTS):
        if members.word[b, PARTNER + s, j] == partner:
            w = members.real[b, TIE + s, j]
            members.real[b, TIE + s, j] = max(w + gain * (ONE - w), least)
            return
        if members.real[b, TIE + s, j] < members.real[b, TIE + weakest, j]:
            weakest = s
    members.word[b, PARTNER + weakest, j] = np.uint32(partner)
    members.real[b, TIE + weakest, j] = max(gain, least)


@phase
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
    weights = members.real[b].reshape(-1)
    for k in range(TIE * LANES, (TIE + SLOTS) * LANES):
        weights[k] *= keep


@phase
def keep_company(members, row):
    """A member has spoken: all partners have that much company today."""
    b, j = row // LANES, row % LANES
    for s in range(SLOTS):
        partner = members.word[b, PARTNER + s, j]
        if partner != NOBODY:
            members.real[partner // LANES, COMPANY, partner % LANES] += members.real[b, TIE + s, j]


@phase
def mourn(members, row, weight):
    """A member has left: partners grieve, min(1, weight x tie) each."""
    b, j = row // LANES, row % LANES
    for s in range(SLOTS):
        partner = members.word[b, PARTNER + s, j]
        if partner != NOBODY:
            members.real[partner // LANES, GRIEF, partner % LANES] += min(
                ONE, weight * members.real[b, TIE + s, j]
            )


@phase
def pay_together(members, row, sign):
    """A member began (sign 1) or ceased (-1) to pay: partners see it, by weight of the tie."""
    b, j = row // LANES, row % LANES
    for s in range(SLOTS):
        partner = members.word[b, PARTNER + s, j]
        if partner != NOBODY:
            q, k = partner // LANES, partner % LANES
            members.real[q, PEERS, k] = max(
                ZERO, members.real[q, PEERS, k] + sign * members.real[b, TIE + s, j]
            )


@phase
def partner_present(members, row, u):
    """One of a member's partners who spoke today, by weight of the tie; -1 when none did."""
    b, j = row // LANES, row % LANES
    total = ZERO
    for s in range(SLOTS):
        partner = members.word[b, PARTNER + s, j]
        if partner != NOBODY and _speaks(members, partner):
            total += members.real[b, TIE + s, j]
    mark = u * total
    reached = ZERO
    chosen = np.int64(-1)
    for s in range(SLOTS):
        partner = members.word[b, PARTNER + s, j]
        if partner != NOBODY and _speaks(members, partner):
            reached += members.real[b, TIE + s, j]
            chosen = np.int64(partner)
            if reached > mark:
                break
    return chosen


@phase
def _speaks(members, row):
    flags = members.byte[row // LANES, 0, row % LANES]
    return (flags & PRESENT) != 0 and (flags & SPOKE) != 0
