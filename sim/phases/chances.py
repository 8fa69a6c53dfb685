"""Every member's chance to speak today, for readers of the model; the day does not use it."""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim.agents import member
from sim.arithmetic import ONE, ZERO, exp, kernel, ln
from sim.phases.opening import FROM_LOG, common_logit, shared_pull, stimulus
from sim.phases.unpacking import (
    IN_WEEK,
    IS_HUNTER,
    IS_MUTED,
    IS_PAID,
    IS_PRESENT,
    new_work,
    unpack,
)  # fmt: skip
from sim.population import (
    CHANNEL,
    COMPANY,
    FATIGUE,
    GOT,
    HABIT,
    JOINED,
    LANES,
    LAST_SPOKE,
    LIFT,
    TOLERANCE,
)  # fmt: skip

_f = np.float32


@kernel
def speaking_chances(t, members, groups, c, today, drivers):
    """The chance with which each member speaks on day ``t``, as phase 3 of that day would take it.

    Args:
        t: The day about to be simulated (arrivals of the day not yet in).
        members: Population; not changed.
        groups: float64 of shape (G, len(GROUP)).
        c: Coefficients.
        today: float32 of shape (G, len(LEVERS)); levers for some members only are left out.
        drivers: Drivers.

    Returns:
        float32 of shape (blocks, 256), 0 to 1; 0 where nobody is present.
    """
    out = np.zeros((len(members.block_group), LANES), np.float32)
    law, again, opening = co.law(c), co.again(c), co.opening(c)
    share = _f(drivers.weekday[t % 7])
    ln_share = ln(_f(7.0) * share)
    work = new_work()
    for b in range(len(members.block_group)):
        g = members.block_group[b]
        if g < 0:
            continue
        unpack(members, b, work)
        attention = _f(stimulus(c, today[g], groups[g])[0])
        shared = shared_pull(c, today[g])
        common = _f(common_logit(c, groups[g], drivers, t))
        real, days = members.real[b], members.day[b]
        for j in range(LANES):
            pull = member.operator_pull(
                opening, attention, shared, work[IS_PAID * LANES + j], real[FATIGUE, j],
                real[TOLERANCE, j], work[IS_MUTED * LANES + j], work[IS_HUNTER * LANES + j],
            )  # fmt: skip
            hazard = member.speak_hazard(
                law, again, real[HABIT, j], common, opening.engagement * real[LIFT, j], pull,
                work[IN_WEEK * LANES + j], ONE if days[LAST_SPOKE, j] == t - 1 else ZERO,
                ONE if real[GOT, j] > ZERO else ZERO, real[COMPANY, j], share, ln_share,
            )  # fmt: skip
            greets = ONE if members.byte[b, CHANNEL, j] == FROM_LOG else c.arrival.greeting
            quiet = ONE - greets if days[JOINED, j] == t else ONE
            out[b, j] = work[IS_PRESENT * LANES + j] * (ONE - exp(-hazard) * quiet)
    return out
