"""Phase 9: roles move. Lurkers become leaders, leaders step back, seed users burn out."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.agents.leader import becomes_leader, loses_rank
from sim.agents.seed_user import burns_out
from sim.arithmetic import HALF, absorbed, phase
from sim.draws import ROLE as ROLE_MOVES
from sim.draws import uniforms
from sim.population import (
    CHUNK,
    ENGAGEMENT,
    FLAGS,
    ID,
    LANES,
    LEADER,
    LURKER,
    PRESENT,
    RESTLESS,
    ROLE,
    SEED_USER,
    STANDING,
    WORD_BYTES,
)  # fmt: skip

_f = np.float32


@phase
def promote(members, row, c):
    """Make a member a leader; leaders stay longer (``role.leader_exit`` on the hazard)."""
    b, j = row // LANES, row % LANES
    members.byte[b, ROLE, j] = LEADER
    members.real[b, RESTLESS, j] *= c.role.leader_exit


@phase
def demote(members, row, c):
    """Make a leader an ordinary member again."""
    b, j = row // LANES, row % LANES
    members.byte[b, ROLE, j] = LURKER
    members.real[b, RESTLESS, j] /= max(c.role.leader_exit, _f(1e-6))


@absorbed
def move_roles(t, k0, k1, members, b, c, today):
    """Role transitions of one block's members.

    Ordinary members are looked at only where one could become a leader, whatever his draw.
    """
    threshold = c.role.leader_at
    real = members.real[b].reshape(-1)
    ranks = members.byte[b, ROLE].view(np.uint64)
    for first in range(0, LANES, CHUNK):
        some = np.int32(0)
        for j in range(first, first + CHUNK):
            known = np.int32(1) if real[STANDING * LANES + j] > threshold else np.int32(0)
            keen = np.int32(1) if real[ENGAGEMENT * LANES + j] > HALF else np.int32(0)
            some = np.int32(some | (known & keen))
        ranked = np.uint64(0)
        for k in range(first // WORD_BYTES, (first + CHUNK) // WORD_BYTES):
            ranked |= ranks[k]
        if some or ranked:
            _move(t, k0, k1, members, b, first, c, today, threshold)


@absorbed
def _move(t, k0, k1, members, b, first, c, today, threshold):
    """Role transitions in one chunk of rows, where there may be some."""
    for j in range(first, min(first + CHUNK, members.fill[b])):
        role = members.byte[b, ROLE, j]
        standing, engagement = members.real[b, STANDING, j], members.real[b, ENGAGEMENT, j]
        if role == LURKER and (standing <= threshold or engagement <= HALF):
            continue
        if not members.byte[b, FLAGS, j] & PRESENT or role > LEADER:
            continue
        u, _, _, _ = uniforms(k0, k1, members.word[b, ID, j], t, ROLE_MOVES, 0)
        if role == LEADER:
            if loses_rank(c.role, standing, today[lv.CULTIVATE], u):
                demote(members, b * LANES + j, c)
        elif becomes_leader(c.role, standing, engagement, today[lv.CULTIVATE], u):
            promote(members, b * LANES + j, c)
        elif role == SEED_USER and burns_out(c.role, engagement, u):
            members.byte[b, ROLE, j] = LURKER
