"""What only the day itself knows of one member, asked afterwards of its own functions.

The columns tell what a member is like each evening. Which levers he met and whether a red packet's
share was his, they do not: both are worked out here by the functions that decided them.
"""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.arithmetic import kernel
from sim.draws import PACKET, uniforms
from sim.phases import booking
from sim.phases.aiming import audiences_of, dose_of_member
from sim.phases.packets import takers
from sim.population import ID, JOINED, LANES


@kernel
def levers_met(t, members, row, today, aims):
    """The levers that a member met on day ``t``: float32 of shape (len(LEVERS),).

    Args:
        t: Day.
        members: Population as it was in the morning.
        row: The member's row.
        today: float32 of shape (G, len(LEVERS)).
        aims: Aims.
    """
    return dose_of_member(t, members, row // LANES, row % LANES, today, aims)


@kernel
def shares_taken(t, k0, k1, members, morning, row, today, aims):
    """How many shares of the day's red packets were a member's.

    A share has no owner in the books; whose it was follows from the same keyed draws.

    Args:
        t: Day.
        k0: First key word of the run.
        k1: Second key word of the run.
        members: Population in the evening: who opened the group.
        morning: Population in the morning, same rows: who belonged to which audience.
        row: The member's row in the evening.
        today: float32 of shape (G, len(LEVERS)).
        aims: Aims.
    """
    g = members.block_group[row // LANES]
    aimed = np.zeros((len(members.fill), LANES), np.uint8)
    for b in range(len(members.fill) if len(aims.kind) else 0):
        for j in range(members.fill[b] if members.block_group[b] == g else 0):
            if members.day[b, JOINED, j] == t or b >= len(morning.fill):
                aimed[b, j] = audiences_of(t, members, b, j, aims)
            else:
                aimed[b, j] = audiences_of(t, morning, b, j, aims)
    who = members.word[row // LANES, ID, row % LANES]
    _, own, _, _ = uniforms(k0, k1, who, t, PACKET, 0)
    found = 0
    for a in range(len(aims.kind) + 1):
        yuan, portions = today[g, lv.PACKET_YUAN], today[g, lv.PACKET_PARTS]
        if a > 0:
            yuan = aims.values[t, g, a - 1, lv.AIM_PACKET]
            portions = aims.values[t, g, a - 1, lv.AIM_PARTS]
        if booking.fen(yuan) > 0:
            bit = 0 if a == 0 else 1 << (a - 1)
            count, draws = takers(t, k0, k1, members, g, max(1, int(portions)), bit, aimed)
            for i in range(count):
                found += 1 if draws[i] == own else 0
    return found
