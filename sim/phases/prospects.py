"""One member's day, asked for instead of lived: the decisions of ``sim.agents`` on a single row.

The compiled day runs over blocks of members; these kernels evaluate the same functions for the one
member somebody looks at. Each is compiled when it is first asked for, so a run that nobody looks
into never pays for them.
"""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import levers as lv
from sim.agents import member
from sim.arithmetic import ONE, ZERO, exp, kernel, ln
from sim.phases import booking
from sim.phases.aiming import dose_of_member
from sim.phases.opening import common_logit, overload, shared_pull, stimulus
from sim.phases.ranking import demote, promote
from sim.phases.staying import leave
from sim.population import (
    COMPANY,
    ENGAGEMENT,
    FATIGUE,
    FIT,
    FLAGS,
    FRIENDS,
    GOT,
    GRIEF,
    HABIT,
    HEAT,
    HUNTER,
    JOINED,
    LANES,
    LAST_SPOKE,
    LEADER,
    LIFT,
    LURKER,
    MUTED,
    OWNER,
    PAID,
    PRESENT,
    RESTLESS,
    ROLE,
    TOLERANCE,
    TRUST,
    WEEK,
)  # fmt: skip
from sim.state import LIFE

_f = np.float32


@kernel
def chances(t, members, row, groups, c, today, aims, drivers):
    """Chances that a member speaks and opens the group on day ``t`` (phase 3).

    Args:
        t: Day, on whose morning the columns stand.
        members: Population.
        row: The member's row.
        groups: float64 of shape (G, len(GROUP)).
        c: Coefficients.
        today: float32 of shape (G, len(LEVERS)).
        aims: Aims.
        drivers: Drivers.

    Returns:
        (chance to speak, chance to open), float32 in [0, 1]; who is gone has none.
    """
    b, j = row // LANES, row % LANES
    g = members.block_group[b]
    real, flags = members.real[b], members.byte[b, FLAGS, j]
    if not flags & PRESENT:
        return ZERO, ZERO
    law, again, opening = co.law(c), co.again(c), co.opening(c)
    share = _f(drivers.weekday[t % 7])
    dose = dose_of_member(t, members, b, j, today, aims)
    attention, _ = stimulus(c, dose, groups[g])
    company = real[COMPANY, j]
    mentioned = ONE if real[GOT, j] > ZERO else ZERO
    pull = member.operator_pull(
        opening, _f(attention), shared_pull(c, dose), ONE if flags & PAID else ZERO,
        real[FATIGUE, j], real[TOLERANCE, j], ONE if flags & MUTED else ZERO,
        ONE if flags & HUNTER else ZERO,
    )  # fmt: skip
    hazard = member.speak_hazard(
        law, again, real[HABIT, j], _f(common_logit(c, groups[g], drivers, t)),
        opening.engagement * real[LIFT, j], pull, ONE if flags & WEEK else ZERO,
        ONE if members.day[b, LAST_SPOKE, j] == t - 1 else ZERO, mentioned, company, share,
        ln(_f(7.0) * share),
    )  # fmt: skip
    speak = ONE - exp(-hazard)
    look = member.look_logit(
        opening, real[ENGAGEMENT, j], real[FIT, j], mentioned, company,
        _f(overload(c, groups[g])), opening.weekend * _f(drivers.weekend[t % 7]), pull,
        ONE if members.byte[b, ROLE, j] == OWNER else ZERO,
    )  # fmt: skip
    return speak, member.look_chance(speak, look)


@kernel
def exit_hazard(t, members, row, groups, c, today, aims, looked):
    """Hazard that a member wants to be gone, which ends in muting or leaving (phase 8).

    Args:
        t: Day, on whose morning the columns stand.
        members: Population.
        row: The member's row.
        groups: float64 of shape (G, len(GROUP)).
        c: Coefficients.
        today: float32 of shape (G, len(LEVERS)).
        aims: Aims.
        looked: Whether the member opens the group on that day.

    Returns:
        Hazard a day, float32 >= 0; who is gone has none.
    """
    b, j = row // LANES, row % LANES
    g = members.block_group[b]
    real, flags = members.real[b], members.byte[b, FLAGS, j]
    if not flags & PRESENT:
        return ZERO
    leaving = co.leaving(c)
    dose = dose_of_member(t, members, b, j, today, aims)
    promo = dose[lv.PROMO] + _f(0.1) * dose[lv.SOFT]
    muted = ONE if flags & MUTED else ZERO
    exposed = ONE if looked else _f(0.3) * (ONE - muted)
    seen = promo * (ONE + _f(0.7) * dose[lv.BAD_HOUR]) * exposed
    push = member.promotion_push(
        leaving, seen, real[TOLERANCE, j], real[TRUST, j], real[FATIGUE, j]
    )
    return member.exit_hazard(
        leaving, c.hunter.hazard, ONE if looked else ZERO, real[RESTLESS, j], real[ENGAGEMENT, j],
        real[HABIT, j], real[GRIEF, j], push, _f(overload(c, groups[g])),
        ONE if flags & PAID else ZERO, ONE if flags & HUNTER else ZERO,
    )  # fmt: skip


@kernel
def invitations(t, members, row, groups, c, today, aims):
    """Expected invitations of a member who opens the group on day ``t`` (phase 6).

    Args:
        t: Day, on whose morning the columns stand.
        members: Population.
        row: The member's row.
        groups: float64 of shape (G, len(GROUP)).
        c: Coefficients.
        today: float32 of shape (G, len(LEVERS)).
        aims: Aims.

    Returns:
        float32 >= 0; 0 while invitations are closed and for who is gone.
    """
    b, j = row // LANES, row % LANES
    g = members.block_group[b]
    real = members.real[b]
    if not members.byte[b, FLAGS, j] & PRESENT or today[g, lv.QUOTA] < ZERO:
        return ZERO
    life = _f(groups[g, LIFE] / (groups[g, LIFE] + c.invite.life))
    dose = dose_of_member(t, members, b, j, today, aims)
    return member.invite_mean(
        co.invite(c), real[ENGAGEMENT, j], life, _f(t - np.int32(members.day[b, JOINED, j])),
        real[HEAT, j], dose[lv.INVITE_REWARD] + dose[lv.COMMISSION], dose[lv.ASK],
        real[FRIENDS, j], ONE if members.byte[b, ROLE, j] == LURKER else c.role.inviting,
    )  # fmt: skip


@kernel
def depart(t, members, row, c, groups, books):
    """Let a member leave on day ``t`` as by his own decision: ties grieve, the day counts it."""
    g = members.block_group[row // LANES]
    leave(t, members, row, c, groups[g])
    books.daily[t, g, booking.LEAVES] += 1


@kernel
def appoint(members, row, role, c):
    """Make a lurker, seed user or leader any of the three, with what phase 9 changes beside it."""
    b, j = row // LANES, row % LANES
    if members.byte[b, ROLE, j] == LEADER:
        demote(members, row, c)
    if role == LEADER:
        promote(members, row, c)
    else:
        members.byte[b, ROLE, j] = role
