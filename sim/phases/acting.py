"""Phase 6 and who acts in 6 and 7.

Both are rare, so each block is passed twice: a vector pass finds who acts, a scalar one lets them.
"""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import levers as lv
from sim.agents import member
from sim.arithmetic import HALF, ONE, ZERO, absorbed, behaviour, exp, ln, phase
from sim.draws import ACCEPT, LIVE, uniforms
from sim.phases import booking
from sim.phases.buying import BUYS_SOMETHING, on_sale, pay, who_could_pay
from sim.phases.talking import hurdle_geometric
from sim.phases.unpacking import (
    ASKED,
    CHEAPER,
    HAS_OPENED,
    HAS_ROLE,
    LN_COURSE,
    LN_FEE,
    MET,
    REWARD,
    SOFTLY,
    SPARE0,
    U1,
)  # fmt: skip
from sim.population import (
    EACH_BYTE,
    ENGAGEMENT,
    FRIENDS,
    HEAT,
    ID,
    INVITED,
    JOINED,
    LANES,
    LURKER,
    PENDING,
    ROLE,
    WORD_BYTES,
)  # fmt: skip

_f = np.float32
INVITES = np.uint8(1)
_INVITES = _f(1)
_ACTS = INVITES | BUYS_SOMETHING
_ANY_ACT = np.uint64(int(_ACTS) * EACH_BYTE)
MOST_INVITES = 250
_HEAT_KEPT = _f(0.35)


@phase
def weigh_offers(c, dose, met):
    """What members meet in phases 6 and 7: rewards and requests, prices and discounts."""
    off = ONE - dose[lv.DISCOUNT]
    met[REWARD - MET] = dose[lv.INVITE_REWARD] + dose[lv.COMMISSION]
    met[ASKED - MET] = dose[lv.ASK]
    met[SOFTLY - MET] = HALF * dose[lv.SOFT]
    met[LN_FEE - MET] = ln(max(dose[lv.PRICE_MEMBER] * off, _f(0.01)))
    met[LN_COURSE - MET] = ln(max(dose[lv.PRICE_COURSE] * off, _f(0.01)))
    met[CHEAPER - MET] = exp(-c.buy.discount_elasticity * ln(off))


@absorbed
def who_acts(t, members, b, c, today, life, events, work):
    """Who invites, and who could buy something, for one block.

    Writes bits into ``events`` (uint8 of shape (256,)); compiles to vector code.
    """
    for j in range(LANES):
        work[SPARE0 * LANES + j] = ZERO
    if not today[lv.QUOTA] < ZERO:
        _who_invites(t, members, b, c, life, work)
    if on_sale(today):
        who_could_pay(members, b, c, today, work)
    for j in range(LANES):
        events[j] = np.uint8(np.int32(work[SPARE0 * LANES + j]))


@phase
def _who_invites(t, members, b, c, life, work):
    real = members.real[b].reshape(-1)
    days = members.day[b].reshape(-1)
    inviting, zealous = co.invite(c), c.role.inviting
    now = _f(t)
    for j in range(LANES):
        heat = real[HEAT * LANES + j]
        tenure = now - _f(np.int32(days[JOINED * LANES + j]))
        zeal = ONE if work[HAS_ROLE * LANES + j] == ZERO else zealous
        mean = work[HAS_OPENED * LANES + j] * member.invite_mean(
            inviting, real[ENGAGEMENT * LANES + j], life, tenure, heat, work[REWARD * LANES + j],
            work[ASKED * LANES + j], real[FRIENDS * LANES + j], zeal,
        )  # fmt: skip
        some = ONE if work[U1 * LANES + j] < mean / (inviting.burst_size + mean) else ZERO
        real[HEAT * LANES + j] = _HEAT_KEPT * heat + some
        work[SPARE0 * LANES + j] = _INVITES * some


@absorbed
def act(t, k0, k1, members, b, c, doses, bookers, aimed, books, g, life, market_left, events):
    """Let the block's members invite and pay as ``events`` say, each under the levers he meets."""
    wide = events.view(np.uint64)
    for first in range(0, LANES, WORD_BYTES):
        if wide[first // WORD_BYTES] & _ANY_ACT:
            for j in range(first, first + WORD_BYTES):
                if events[j] & _ACTS:
                    met = aimed[j] if len(doses) > 1 else 0
                    _act_one(
                        t, k0, k1, members, b, j, c, doses[met], bookers[met], books, g, life,
                        market_left, events[j],
                    )  # fmt: skip


@phase
def _act_one(t, k0, k1, members, b, j, c, today, booker, books, g, life, market_left, bits):
    """Let one member invite and pay."""
    if bits & INVITES:
        row = b * LANES + j
        invite(t, k0, k1, members, row, c, today, books.daily[t, g], life, market_left)
    if bits & BUYS_SOMETHING:
        pay(t, members, b, j, c, today, booker, books, g, bits)


@phase
def invite(t, k0, k1, members, row, c, today, counts, life, market_left):
    """One member's invitations of the day; the accepted ones arrive tomorrow."""
    b, j = row // LANES, row % LANES
    who = members.word[b, ID, j]
    reward = today[lv.INVITE_REWARD] + today[lv.COMMISSION]
    ordinary = members.byte[b, ROLE, j] == LURKER
    mean = member.invite_mean(
        c.invite, members.real[b, ENGAGEMENT, j], life,
        _f(t - np.int32(members.day[b, JOINED, j])), invite_heat(members.real[b, HEAT, j]), reward,
        today[lv.ASK], members.real[b, FRIENDS, j], ONE if ordinary else c.role.inviting,
    )  # fmt: skip
    u, _, _, _ = uniforms(k0, k1, who, t, LIVE, 0)
    count = max(1, hurdle_geometric(u, mean, c.invite.burst_size))
    count = min(count, int(members.real[b, FRIENDS, j]), MOST_INVITES)
    scarce = today[lv.QUOTA] > ZERO
    none_to_give = ordinary and today[lv.CODE_HOLDERS] > ZERO
    chance = (
        c.invite.accept
        * (_f(0.7) + _f(0.6) * members.real[b, ENGAGEMENT, j])
        * (ONE + HALF * today[lv.INVITE_GIFT])
        * (ONE - _f(0.3) * today[lv.ENTRY])
        * (c.invite.scarcity if scarce else ONE)
        * _f(market_left)
    )
    members.real[b, FRIENDS, j] -= _f(count)
    for k in range(count):
        counts[booking.INVITES_SENT] += 1
        x, _, _, _ = uniforms(k0, k1, who, t, ACCEPT, k)
        full = scarce and (none_to_give or _f(members.word[b, INVITED, j]) >= today[lv.QUOTA])
        if x < chance and not full and members.byte[b, PENDING, j] < 255:
            members.byte[b, PENDING, j] += np.uint8(1)
            members.word[b, INVITED, j] += np.uint32(1)


@behaviour
def invite_heat(heat):
    """Yesterday's heat from today's, which the pass before has already raised by one."""
    return max(ZERO, (heat - ONE) / _HEAT_KEPT)
