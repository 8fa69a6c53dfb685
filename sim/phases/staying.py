"""Phase 8: muting, leaving, unmuting, and being pruned."""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import levers as lv
from sim import ties
from sim.agents import member
from sim.agents.leader import leader_grief
from sim.arithmetic import ONE, TWO, ZERO, absorbed, exp, phase
from sim.phases import booking
from sim.phases.buying import credit
from sim.phases.unpacking import (
    BLASTS,
    HAS_OPENED,
    IS_HUNTER,
    IS_MUTED,
    IS_PAID,
    IS_PRESENT,
    MET,
    SPARE0,
    U3,
    U4,
)  # fmt: skip
from sim.population import (
    EACH_BYTE,
    ENGAGEMENT,
    FATIGUE,
    FLAGS,
    GRIEF,
    HABIT,
    JOINED,
    LANES,
    LAST_SPOKE,
    LEFT,
    LEFT_HOW,
    LURKER,
    MUTED,
    OWNER,
    PAID,
    PAID_UNTIL,
    PRESENT,
    RESTLESS,
    ROLE,
    TOLERANCE,
    TRUST,
    WORD_BYTES,
)  # fmt: skip
from sim.state import HEADCOUNT

_f = np.float32
GOES, MUTES, UNMUTES = (np.uint8(1 << k) for k in (4, 5, 6))  # beside those of acting
_GOES, _MUTES, _UNMUTES = _f(GOES), _f(MUTES), _f(UNMUTES)
_ANY_MOVE = np.uint64(int(GOES | MUTES | UNMUTES) * EACH_BYTE)
_SPARED = PRESENT | PAID
_LEAVE_MUTED, _UNMUTE = _f(0.25), _f(0.03)


@phase
def weigh_promotion(dose, met):
    """What members meet in phase 8: promotion, which is worse at quiet hours."""
    promo = dose[lv.PROMO] + _f(0.1) * dose[lv.SOFT]
    met[BLASTS - MET] = promo * (ONE + _f(0.7) * dose[lv.BAD_HOUR])


@phase
def wish_to_go(members, b, c, over, events, work):
    """Who mutes, unmutes or leaves, for one block; compiles to vector code.

    One uniform decides whether a member wants to be gone and, scaled up, whether he leaves or only
    mutes. Adds the bits ``GOES``, ``MUTES``, ``UNMUTES`` to ``events`` (uint8 of shape (256,)).
    """
    real = members.real[b].reshape(-1)
    prone, leaving = c.hunter.hazard, co.leaving(c)
    leave_share = ONE - leaving.mute_share
    for j in range(LANES):
        opened = work[HAS_OPENED * LANES + j]
        exposed = opened if opened > ZERO else _f(0.3) * (ONE - work[IS_MUTED * LANES + j])
        seen = work[BLASTS * LANES + j] * exposed
        work[SPARE0 * LANES + j] = member.promotion_push(
            leaving, seen, real[TOLERANCE * LANES + j], real[TRUST * LANES + j],
            real[FATIGUE * LANES + j],
        )  # fmt: skip
    for j in range(LANES):
        work[SPARE0 * LANES + j] = member.exit_hazard(
            leaving, prone, work[HAS_OPENED * LANES + j], real[RESTLESS * LANES + j],
            real[ENGAGEMENT * LANES + j], real[HABIT * LANES + j], real[GRIEF * LANES + j],
            work[SPARE0 * LANES + j], over, work[IS_PAID * LANES + j],
            work[IS_HUNTER * LANES + j],
        )  # fmt: skip
    for j in range(LANES):
        opened, muted = work[HAS_OPENED * LANES + j], work[IS_MUTED * LANES + j]
        engagement = real[ENGAGEMENT * LANES + j]
        chance = work[IS_PRESENT * LANES + j] * (ONE - exp(-work[SPARE0 * LANES + j]))
        u = work[U3 * LANES + j]
        leaves = chance * (_LEAVE_MUTED if muted > ZERO else leave_share)
        mutes = chance * (ONE - muted)
        again = muted * opened * (_UNMUTE if engagement > _f(0.5) else ZERO)
        code = _GOES if u < leaves else (_MUTES if u < mutes else ZERO)
        code = _UNMUTES if (code == ZERO) and (work[U4 * LANES + j] < again) else code
        work[SPARE0 * LANES + j] = code
    for j in range(LANES):
        events[j] |= np.uint8(np.int32(work[SPARE0 * LANES + j]))


@absorbed
def give_back(t, members, b, today, booker, books, events):
    """Who leaves soon after he has paid for a membership gets the fee back (handbook: E1)."""
    if today[lv.REFUND_DAYS] <= ZERO:
        return
    price = np.float64(today[lv.PRICE_MEMBER]) * (1.0 - np.float64(today[lv.DISCOUNT]))
    fee = np.int64(np.floor(price * 100.0 + 0.5))
    for j in range(members.fill[b]):
        if events[j] & GOES and members.byte[b, FLAGS, j] & PAID:
            began = int(members.day[b, PAID_UNTIL, j]) - int(today[lv.PERIOD_MEMBER])
            if t - began <= int(today[lv.REFUND_DAYS]):
                back = min(fee, members.spent[b, j])
                booking.book(books, t, booking.REFUND, booker[lv.PRICE_MEMBER], -back)
                members.spent[b, j] -= back
                credit(t, members, b * LANES + j, books, -back)


@absorbed
def carry_out(t, members, b, c, groups_g, counts, events):
    """Let the block's members mute, unmute and leave as ``events`` say."""
    wide = events.view(np.uint64)
    for first in range(0, LANES, WORD_BYTES):
        if not wide[first // WORD_BYTES] & _ANY_MOVE:
            continue
        for j in range(first, first + WORD_BYTES):
            bits = events[j]
            if bits & GOES:
                leave(t, members, b * LANES + j, c, groups_g)
                counts[booking.LEAVES] += 1
            elif bits & MUTES:
                members.byte[b, FLAGS, j] |= MUTED
            elif bits & UNMUTES:
                members.byte[b, FLAGS, j] &= np.uint8(0xFF) ^ MUTED


@phase
def leave(t, members, row, c, groups_g):
    """A member goes by his own decision; ties grieve, more for a leader (handbook A2, F8)."""
    b, j = row // LANES, row % LANES
    ties.mourn(members, row, leader_grief(c.exit, members.byte[b, ROLE, j]))
    _depart(t, members, row, 1, groups_g)


@phase
def owner_goes(t, members, groups, c, books):
    """The owner leaves (handbook F8): followers grieve, and nobody may lead from here on."""
    for b in range(len(members.block_group)):
        g = members.block_group[b]
        for j in range(members.fill[b]):
            if members.byte[b, ROLE, j] == OWNER and members.byte[b, FLAGS, j] & PRESENT:
                leave(t, members, b * LANES + j, c, groups[g])
                books.daily[t, g, booking.LEAVES] += 1


@phase
def _depart(t, members, row, how, groups_g):
    b, j = row // LANES, row % LANES
    if members.byte[b, FLAGS, j] & PAID:
        ties.pay_together(members, row, -ONE)
    members.byte[b, FLAGS, j] &= np.uint8(0xFF) ^ (PRESENT | MUTED | PAID)
    members.byte[b, LEFT_HOW, j] = how
    members.day[b, LEFT, j] = np.int16(t)
    groups_g[HEADCOUNT] -= 1.0


@phase
def prune(t, members, g, c, tolerated, groups_g, counts):
    """Remove lurkers who do not pay and have not spoken for ``tolerated`` days (handbook D10).

    No effect of removal on those who stay was published: what they feel of it is a parameter, to be
    swept. Members who have not been there for that long are spared.
    """
    latest = np.int16(max(t - tolerated, -32767))
    for b in range(len(members.block_group)):
        if members.block_group[b] != g:
            continue
        days = members.day[b].reshape(-1)
        byte = members.byte[b].reshape(-1)
        silent = np.int16(0)
        for j in range(LANES):
            since = max(days[JOINED * LANES + j], days[LAST_SPOKE * LANES + j])
            flags = byte[FLAGS * LANES + j] & _SPARED
            free = (flags == PRESENT) and (byte[ROLE * LANES + j] == LURKER)
            silent |= np.int16(1) if (since < latest) and free else np.int16(0)
        for j in range(members.fill[b] if silent else 0):
            flags = members.byte[b, FLAGS, j]
            if not flags & PRESENT or flags & PAID or members.byte[b, ROLE, j] != LURKER:
                continue
            if max(members.day[b, JOINED, j], members.day[b, LAST_SPOKE, j]) < latest:
                if c.exit.pruned_grief > ZERO:
                    ties.mourn(members, b * LANES + j, TWO * c.exit.pruned_grief)
                _depart(t, members, b * LANES + j, 2, groups_g)
                counts[booking.PRUNED] += 1
