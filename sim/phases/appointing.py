"""Roles that are given: to founders, to leaders from outside, to initiators (handbook: A2, C3)."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.arithmetic import ZERO, phase
from sim.population import (
    ACTIVITY,
    ADMINISTRATOR,
    ENGAGEMENT,
    FIT,
    FLAGS,
    GUEST,
    LANES,
    LEADER,
    LURKER,
    OWNER,
    PRESENT,
    RESTLESS,
    ROLE,
    SEED_USER,
    STANDING,
    VOLUME,
)  # fmt: skip

_f = np.float32


@phase
def take_role(members, row, role, c):
    """What a role means for who has it on arrival: appetite, engagement, restlessness, standing."""
    b, j = row // LANES, row % LANES
    real = members.real[b]
    members.byte[b, ROLE, j] = role
    if role == OWNER:
        real[ACTIVITY, j] = max(real[ACTIVITY, j], _f(5.0) * c.owner.activity)
        real[ENGAGEMENT, j] = _f(0.95)
        real[RESTLESS, j] = ZERO
    elif role == LEADER:
        real[ACTIVITY, j] = max(_f(1.3) * real[ACTIVITY, j], c.role.leader_floor)
        real[ENGAGEMENT, j] = _f(0.9)
        real[RESTLESS, j] *= c.role.leader_exit
        real[STANDING, j] = c.role.leader_at
    elif role == SEED_USER:
        real[ACTIVITY, j] = max(real[ACTIVITY, j], c.role.seed_floor)
        real[ENGAGEMENT, j] = _f(0.85)
        real[FIT, j] += c.role.seed_fit
    elif role == ADMINISTRATOR or role == GUEST:
        real[RESTLESS, j] *= c.role.leader_exit
    real[ACTIVITY, j] = max(real[ACTIVITY, j], _f(1e-4))
    real[VOLUME, j] = real[ACTIVITY, j]


@phase
def appoint_initiators(members, g, today):
    """Ordinary members become seed users: the most engaged first, of equals who came first."""
    for _ in range(int(np.floor(np.float64(today[lv.INITIATORS]) + 0.5))):
        chosen = -1
        highest = _f(-1.0)
        for b in range(len(members.block_group)):
            if members.block_group[b] != g:
                continue
            for j in range(members.fill[b]):
                there = members.byte[b, FLAGS, j] & PRESENT
                engagement = members.real[b, ENGAGEMENT, j]
                if there and members.byte[b, ROLE, j] == LURKER and engagement > highest:
                    chosen = b * LANES + j
                    highest = engagement
        if chosen < 0:
            return
        members.byte[chosen // LANES, ROLE, chosen % LANES] = SEED_USER
