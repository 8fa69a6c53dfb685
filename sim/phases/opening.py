"""Phase 3: who opens the group today, and who of them speaks.

One uniform decides both: below the chance to speak the member speaks (and has opened the group),
below the chance to open he only looks.
"""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import levers as lv
from sim.agents import member
from sim.arithmetic import (
    ONE,
    ZERO,
    absorbed,
    exp,
    ln,
    phase,
    softplus,
)
from sim.draws import LOOK
from sim.phases.aiming import find_audiences, spread
from sim.phases.unpacking import (
    ATTENTION,
    HAS_OPENED,
    HAS_ROLE,
    HAS_SPOKEN,
    IN_WEEK,
    IS_HUNTER,
    IS_MUTED,
    IS_PAID,
    IS_PRESENT,
    MORNING,
    SHARED,
    SPARE0,
    SPARE1,
    SPARE2,
    SPARE3,
    U1,
    deserted,
    draw_one,
    unpack,
)  # fmt: skip
from sim.population import (
    CHANNEL,
    COMPANY,
    ENGAGEMENT,
    FATIGUE,
    FIT,
    FLAGS,
    GOT,
    HABIT,
    JOINED,
    LANES,
    LAST_OPENED,
    LAST_SPOKE,
    LEADER,
    LIFT,
    OPENED,
    OWNER,
    SPOKE,
    TOLERANCE,
)  # fmt: skip
from sim.record import CHANNELS
from sim.state import (
    FOCUS,
    HAPPENINGS,
    LAST,
    LEVEL,
    NORM,
    PACKETS,
    PURPOSE,
    VOLUME_YESTERDAY,
)  # fmt: skip

_f = np.float32
_GRAIN = _f(65536.0)
FROM_LOG = np.uint8(CHANNELS.index("log"))
_NO = np.uint8(0)
_DROP = np.uint8(0xFF ^ (int(OPENED) | int(SPOKE)))

SUMS = 5
"""What the openers add up to: openers, engagement, interest, company, leading roles. The last four
but the count are sums of multiples of 2^-16, exact in integers, so no order of adding matters."""
OPENERS, ENGAGED, INTERESTED, KEPT_COMPANY, LEADING = range(SUMS)


@phase
def stimulus(c, today, group):
    """Attention and treat of packets and happenings, less what they have worn off (evidence 22).

    Returns:
        (attention, treat), float64.
    """
    fresh_packet = c.stimulus.rho ** group[PACKETS]
    fresh_event = c.stimulus.rho ** group[HAPPENINGS]
    yuan = np.float64(today[lv.PACKET_YUAN])
    visit = np.float64(c.stimulus.guest) * np.float64(today[lv.GUEST_VISIT])
    happening = np.float64(today[lv.EVENT]) + visit
    attention = fresh_event * happening
    if yuan > 0.0:
        attention += fresh_packet * min(1.0, 0.3 + yuan / 100.0)
    treat = fresh_packet * min(1.0, yuan / 100.0) + 0.5 * fresh_event * happening
    return attention, treat


@phase
def overload(c, group):
    """Yesterday's messages beyond what a member can read, relative to that (evidence 51)."""
    return max(0.0, group[VOLUME_YESTERDAY] / c.cost.capacity - 1.0)


@phase
def shared_pull(c, today):
    """The operator's pull that no state of a member changes: ritual, care, prompts (logit)."""
    return (
        c.opening.ritual * today[lv.RITUAL]
        + c.opening.care * today[lv.CARE]
        + c.talk.topic_gain * ln(ONE + today[lv.TOPIC])
    )


@phase
def common_logit(c, group, drivers, t):
    """What shifts everybody's wish to speak: the group's own activity, its purpose, the shock."""
    swing = c.law.swing * (group[LAST] - group[LEVEL]) + c.law.trend * (group[LEVEL] - group[NORM])
    return swing + group[PURPOSE] + drivers.common[min(t // 7, len(drivers.common) - 1)]


@phase
def weigh_morning(c, doses, groups):
    """What members meet in phase 3, by their audiences: attention and shared pull.

    Args:
        c: Coefficients.
        doses: float32 of shape (G, K, len(LEVERS)).
        groups: float64 of shape (G, len(GROUP)).

    Returns:
        float32 of shape (G, K, 2).
    """
    met = np.empty((doses.shape[0], doses.shape[1], SHARED - ATTENTION + 1), np.float32)
    for g in range(doses.shape[0]):
        for k in range(doses.shape[1]):
            attention, _ = stimulus(c, doses[g, k], groups[g])
            met[g, k, 0] = _f(attention)
            met[g, k, SHARED - ATTENTION] = shared_pull(c, doses[g, k])
    return met


@absorbed
def look_in(t, k0, k1, members, groups, c, today, drivers, sums, work, met, aims, aimed, counts):
    """Every member looks in or does not, speaks or does not.

    Writes the flags ``OPENED`` and ``SPOKE`` and the day of last opening, and adds up the openers.

    Args:
        t: Day.
        k0: First key word of the run.
        k1: Second key word of the run.
        members: Population.
        groups: float64 of shape (G, len(GROUP)).
        c: Coefficients.
        today: float32 of shape (G, len(LEVERS)).
        drivers: Drivers.
        sums: int64 of shape (G, SUMS), set to zero before.
        work: Working columns (``unpacking.new_work``).
        met: From :func:`weigh_morning`.
        aims: Aims.
        aimed: uint8 of shape (blocks, 256): every member's audiences; written where there are some.
        counts: int64 of shape (G, K): members by their audiences, set to zero before.
    """
    share = _f(drivers.weekday[t % 7])
    ln_share = ln(_f(7.0) * share)
    weekend = c.opening.weekend * _f(drivers.weekend[t % 7])
    for b in range(len(members.block_group)):
        g = members.block_group[b]
        if g < 0:
            continue
        if deserted(members, b):
            forget(members, b)
            continue
        if met.shape[1] > 1:
            find_audiences(t, members, b, aims, aimed[b], counts[g])
        spread(met[g], aimed[b], MORNING, work)
        look_block(
            t, k0, k1, members, b, c, share, ln_share, weekend,
            c.arrival.greeting, _f(common_logit(c, groups[g], drivers, t)),
            _f(overload(c, groups[g])), _breadth(c, today[g], groups[g]), sums[g], work,
        )  # fmt: skip


@phase
def _breadth(c, today, group):
    return topics(c, group) * (ONE - _f(0.3) * today[lv.MODERATION])


@phase
def topics(c, group):
    """Breadth of the group's topics without moderation, 0 to 1."""
    return c.talk.breadth * _f(group[FOCUS])


@phase
def look_block(
    t,
    k0,
    k1,
    members,
    b,
    c,
    share,
    ln_share,
    weekend,
    greeting,
    common,
    over,
    breadth,
    sums,
    work,
):
    """Phase 3 for the 256 rows of one block; compiles to vector code."""
    real = members.real[b].reshape(-1)
    days = members.day[b].reshape(-1)
    byte = members.byte[b].reshape(-1)
    law, again, opening = co.law(c), co.again(c), co.opening(c)
    unpack(members, b, work)
    draw_one(t, k0, k1, members, b, LOOK, work)
    yesterday_day, today_day = np.int16(t - 1), np.int16(t)
    for j in range(LANES):
        work[SPARE0 * LANES + j] = ONE if days[LAST_SPOKE * LANES + j] == yesterday_day else ZERO
    for j in range(LANES):
        greets = ONE if byte[CHANNEL * LANES + j] == FROM_LOG else greeting
        work[SPARE1 * LANES + j] = greets if days[JOINED * LANES + j] == today_day else ZERO
    for j in range(LANES):
        pull = member.operator_pull(
            opening, work[ATTENTION * LANES + j], work[SHARED * LANES + j],
            work[IS_PAID * LANES + j], real[FATIGUE * LANES + j], real[TOLERANCE * LANES + j],
            work[IS_MUTED * LANES + j], work[IS_HUNTER * LANES + j],
        )  # fmt: skip
        work[SPARE2 * LANES + j] = pull
        mentioned = ONE if real[GOT * LANES + j] > ZERO else ZERO
        work[SPARE3 * LANES + j] = member.speak_wish(
            law, again, real[HABIT * LANES + j], common,
            opening.engagement * real[LIFT * LANES + j], pull, work[IN_WEEK * LANES + j],
            work[SPARE0 * LANES + j], mentioned, real[COMPANY * LANES + j], ln_share,
        )  # fmt: skip
    for j in range(LANES):
        weight = ONE if work[IN_WEEK * LANES + j] > ZERO else share
        work[SPARE3 * LANES + j] = weight * softplus(work[SPARE3 * LANES + j])
    for j in range(LANES):
        greets = work[SPARE1 * LANES + j]
        work[SPARE0 * LANES + j] = ONE - exp(-work[SPARE3 * LANES + j]) * (ONE - greets)
    for j in range(LANES):
        mentioned = ONE if real[GOT * LANES + j] > ZERO else ZERO
        logit = member.look_logit(
            opening, real[ENGAGEMENT * LANES + j], real[FIT * LANES + j], mentioned,
            real[COMPANY * LANES + j], over, weekend, work[SPARE2 * LANES + j],
            ONE if work[HAS_ROLE * LANES + j] == _OWNER else ZERO,
        )  # fmt: skip
        work[SPARE1 * LANES + j] = member.look_chance(work[SPARE0 * LANES + j], logit)
    _mark(members, b, work, today_day)
    _add_up(real, work, breadth, sums)


_OWNER, _LEADER = _f(OWNER), _f(LEADER)


@phase
def forget(members, b):
    """Nobody of a block has opened or spoken today."""
    byte = members.byte[b].reshape(-1)
    for j in range(LANES):
        byte[FLAGS * LANES + j] &= _DROP


@phase
def _mark(members, b, work, today_day):
    """Compare the draws with the chances and write flags and the day of last opening."""
    byte = members.byte[b].reshape(-1)
    days = members.day[b].reshape(-1)
    for j in range(LANES):
        present = work[IS_PRESENT * LANES + j]
        u = work[U1 * LANES + j]
        work[HAS_SPOKEN * LANES + j] = present if u < work[SPARE0 * LANES + j] else ZERO
        work[HAS_OPENED * LANES + j] = present if u < work[SPARE1 * LANES + j] else ZERO
    for j in range(LANES):
        state = byte[FLAGS * LANES + j] & _DROP
        state = state | (OPENED if work[HAS_OPENED * LANES + j] > ZERO else _NO)
        byte[FLAGS * LANES + j] = state | (SPOKE if work[HAS_SPOKEN * LANES + j] > ZERO else _NO)
    for j in range(LANES):
        previous = days[LAST_OPENED * LANES + j]
        opened = work[HAS_OPENED * LANES + j] > ZERO
        days[LAST_OPENED * LANES + j] = today_day if opened else previous


@phase
def _add_up(real, work, breadth, sums):
    """Add up what the block's openers bring, in exact integers."""
    openers = np.int32(0)
    engaged = np.int32(0)
    interested = np.int32(0)
    company_sum = np.int32(0)
    leading = np.int32(0)
    for j in range(LANES):
        opened = work[HAS_OPENED * LANES + j]
        role = work[HAS_ROLE * LANES + j]
        leads = ONE if (role == _LEADER) or (role == _OWNER) else ZERO
        like = member.interest(breadth, real[FIT * LANES + j])
        openers = np.int32(openers + np.int32(opened))
        engaged = np.int32(engaged + np.int32(opened * real[ENGAGEMENT * LANES + j] * _GRAIN))
        interested = np.int32(interested + np.int32(opened * like * _GRAIN))
        company_sum = np.int32(
            company_sum + np.int32(opened * min(ONE, real[COMPANY * LANES + j]) * _GRAIN)
        )
        leading = np.int32(leading + np.int32(opened * leads))
    sums[OPENERS] += openers
    sums[ENGAGED] += engaged
    sums[INTERESTED] += interested
    sums[KEPT_COMPANY] += company_sum
    sums[LEADING] += leading
