"""Phase 7: paying. Buying is rare: a vector pass finds who could, a scalar one who does."""

from __future__ import annotations

import numpy as np

from sim import coefficients as co
from sim import levers as lv
from sim import ties
from sim.agents import member
from sim.arithmetic import HALF, ONE, ZERO, absorbed, exp, ln, phase
from sim.draws import INVITE, TRAIT, quantile, uniforms
from sim.phases import booking
from sim.phases.unpacking import (
    CHEAPER,
    HAS_OPENED,
    HAS_ROLE,
    IS_HUNTER,
    IS_PAID,
    IS_PRESENT,
    LN_COURSE,
    LN_FEE,
    SOFTLY,
    SPARE1,
    TOOK_COURSE,
    U2,
)  # fmt: skip
from sim.population import (
    BUY_RATE,
    CHANNEL,
    CHUNK,
    COURSE,
    EACH_BYTE,
    ENGAGEMENT,
    FATIGUE,
    FIRST_PAID,
    FLAGS,
    ID,
    INVITER,
    JOINED,
    LANES,
    LESSONS,
    NEVER,
    NOBODY,
    OWNER,
    PAID,
    PAID_UNTIL,
    PEERS,
    TRUST,
    WALLET,
    WORD_BYTES,
)  # fmt: skip

_f = np.float32
JOINS_MEMBERSHIP, TAKES_COURSE, BUYS_GOODS = (np.uint8(1 << k) for k in (1, 2, 3))
BUYS_SOMETHING = JOINS_MEMBERSHIP | TAKES_COURSE | BUYS_GOODS
_JOINS, _TAKES, _BUYS, _OWNER = _f(2), _f(4), _f(8), _f(OWNER)
_ANY_PAID = np.uint64(int(PAID) * EACH_BYTE)
_ONLOOKING = _f(0.1)
"""Share of a looker's chance to decide that somebody has who does not look."""
_MOST_PEERS, _MARGIN = _f(1e6), _f(1.01)


@phase
def who_could_pay(members, b, c, today, work):
    """Mark, in ``SPARE1``, whose uniform is below what his chance of buying could be at most.

    Buying is rare, so chances are worked out only for these; the bound needs no exponentials.
    """
    real = members.real[b].reshape(-1)
    buy = co.buy(c)
    sales = ONE if today[lv.PRICE_MEMBER] > ZERO else ZERO
    sales += ONE if today[lv.PRICE_COURSE] > ZERO else ZERO
    on_goods = buy.goods_rate if today[lv.PRICE_GOODS] > ZERO else ZERO
    most = _MARGIN * max(ONE, member.peer_factor(ln(buy.peer_odds), _MOST_PEERS))
    worth = max(ONE, c.hunter.value)
    for j in range(LANES):
        seen = ONE if work[HAS_OPENED * LANES + j] > ZERO else _ONLOOKING
        decided = sales * buy.member_rate * seen
        goods = member.goods_demand(
            on_goods, real[BUY_RATE * LANES + j], seen, real[ENGAGEMENT * LANES + j],
            real[TRUST * LANES + j], work[CHEAPER * LANES + j],
        )  # fmt: skip
        bound = work[IS_PRESENT * LANES + j] * most * (decided + goods * worth)
        work[SPARE1 * LANES + j] = ONE if work[U2 * LANES + j] < bound else ZERO


@absorbed
def who_pays(members, b, c, today, events, work):
    """Who buys what, after ``who_acts`` has marked who could; at most one purchase a day.

    Adds bits to ``events`` (uint8 of shape (256,)).
    """
    if not on_sale(today):
        return
    for first in range(0, LANES, CHUNK):
        some = np.int32(0)
        for j in range(first, first + CHUNK):
            some |= np.int32(1) if work[SPARE1 * LANES + j] > ZERO else np.int32(0)
        for j in range(first, first + CHUNK if some else first):
            if work[SPARE1 * LANES + j] > ZERO:
                events[j] |= np.uint8(np.int32(_pays(members, b, j, c, today, work)))


@phase
def on_sale(today):
    """Whether anything can be bought today."""
    return (
        today[lv.PRICE_MEMBER] > ZERO
        or today[lv.PRICE_COURSE] > ZERO
        or today[lv.PRICE_GOODS] > ZERO
    )


@phase
def _pays(members, b, j, c, today, work):
    """What one member buys today: ``_JOINS``, ``_TAKES``, ``_BUYS`` or 0.

    The chances lie side by side on one uniform.
    """
    if work[HAS_ROLE * LANES + j] >= _OWNER:
        return ZERO
    real, byte = members.real[b], members.byte[b]
    buy = co.buy(c)
    hunter = work[IS_HUNTER * LANES + j]
    seen = ONE if work[HAS_OPENED * LANES + j] > ZERO else _ONLOOKING
    peers = member.peer_factor(ln(buy.peer_odds), real[PEERS, j])
    wallet = ln(real[WALLET, j] * (ONE - HALF * hunter))
    trust, engagement = real[TRUST, j], real[ENGAGEMENT, j]
    joins, takes, buys = ZERO, ZERO, ZERO
    if today[lv.PRICE_MEMBER] > ZERO and work[IS_PAID * LANES + j] == ZERO:
        joins = member.decide_chance(
            buy, buy.member_rate, seen, trust, engagement, ZERO,
            wallet - work[LN_FEE * LANES + j], peers,
        )  # fmt: skip
    if today[lv.PRICE_COURSE] > ZERO and work[TOOK_COURSE * LANES + j] == ZERO:
        lessons = _f(0.25) * min(_f(4.0), _f(np.int32(byte[LESSONS, j])))
        takes = member.decide_chance(
            buy, buy.member_rate, seen, trust, engagement, lessons,
            wallet - work[LN_COURSE * LANES + j], peers,
        )  # fmt: skip
    if today[lv.PRICE_GOODS] > ZERO:
        reminded = real[FATIGUE, j] + work[SOFTLY * LANES + j] * seen
        demand = member.goods_demand(
            buy.goods_rate, real[BUY_RATE, j], seen, engagement, trust, work[CHEAPER * LANES + j]
        )
        worth = ONE + (c.hunter.value - ONE) * hunter
        buys = ONE - exp(-member.goods_hazard(buy, demand, reminded, peers, worth))
    u = work[U2 * LANES + j]
    if u < joins:
        return _JOINS
    if u < joins + takes:
        return _TAKES
    return _BUYS if u < joins + takes + buys else ZERO


@phase
def pay(t, members, b, j, c, today, booker, books, g, bits):
    """Let one member pay for what he has decided to buy; he counts once, unless he had renewed."""
    counts = books.daily[t, g]
    row = b * LANES + j
    paid = np.int64(0)
    off = 1.0 - np.float64(today[lv.DISCOUNT])
    if bits & JOINS_MEMBERSHIP and _place_left(members, g, today):
        paid += sell(
            t, members, row, books, booker, lv.PRICE_MEMBER, booking.MEMBERSHIP, off, c, today
        )
        _start_period(t, members, row, today)
    if bits & TAKES_COURSE:
        paid += sell(
            t, members, row, books, booker, lv.PRICE_COURSE, booking.COURSE_SALES, off, c, today
        )
        members.byte[b, FLAGS, j] |= COURSE
    if bits & BUYS_GOODS:
        paid += sell_goods(t, members, row, books, booker, off, c, today)
    if paid > 0:
        counts[booking.PAYERS] += 0 if _renewed(t, members, row, bits, today) else 1
        if members.day[b, FIRST_PAID, j] == NEVER:
            members.day[b, FIRST_PAID, j] = np.int16(t)
            counts[booking.FIRST_PAYERS] += 1


@phase
def _place_left(members, g, today):
    """Whether a membership can be had: there may be so many at a time (handbook: E1)."""
    if today[lv.MEMBER_PLACES] <= ZERO:
        return True
    held = 0
    for b in range(len(members.block_group)):
        for j in range(members.fill[b] if members.block_group[b] == g else 0):
            held += 1 if members.byte[b, FLAGS, j] & PAID else 0
    return held < int(today[lv.MEMBER_PLACES])


@phase
def _renewed(t, members, row, bits, today):
    """Whether the member's renewal has already made him one of today's payers."""
    b, j = row // LANES, row % LANES
    begun = members.day[b, PAID_UNTIL, j] == _period_end(t, today)
    return begun and members.byte[b, FLAGS, j] & PAID and not bits & JOINS_MEMBERSHIP


@phase
def _period_end(t, today):
    return np.int16(min(t + int(today[lv.PERIOD_MEMBER]), 32000))


@phase
def _start_period(t, members, row, today):
    b, j = row // LANES, row % LANES
    if not members.byte[b, FLAGS, j] & PAID:
        members.byte[b, FLAGS, j] |= PAID
        ties.pay_together(members, row, ONE)
    members.day[b, PAID_UNTIL, j] = _period_end(t, today)


@phase
def sell(t, members, row, books, booker, lever, account, off, c, today):
    """One sale at the price of a lever: takings after the coupon, payment fee, inviter's commission.

    Returns:
        Fen paid by the member.
    """
    policy, price = booker[lever], booking.fen(today[lever])
    amount = np.int64(np.floor(np.float64(price) * off + 0.5))
    contribution = amount
    booking.book(books, t, account, policy, amount)
    booking.book(books, t, booking.GROSS_SALES, policy, price)
    booking.book(books, t, booking.DISCOUNT_GIVEN, policy, price - amount)
    fee = np.int64(np.floor(np.float64(c.price.payment_fee) * amount + 0.5))
    booking.book(books, t, booking.PLATFORM_FEE, policy, fee)
    contribution -= fee
    b, j = row // LANES, row % LANES
    if today[lv.COMMISSION] > ZERO and members.word[b, INVITER, j] != NOBODY:
        share = np.int64(np.floor(np.float64(today[lv.COMMISSION]) * amount + 0.5))
        booking.book(books, t, booking.COMMISSION_OUT, booker[lv.COMMISSION], share)
        contribution -= share
    members.spent[b, j] += amount
    credit(t, members, row, books, contribution)
    return amount


@phase
def sell_goods(t, members, row, books, booker, off, c, today):
    """A basket: own goods (revenue less their cost) or others' goods (the fee kept, E6)."""
    price = booking.fen(today[lv.PRICE_GOODS])
    policy = booker[lv.PRICE_GOODS]
    if today[lv.MARGIN] > ZERO:
        kept = np.int64(np.floor(np.float64(today[lv.MARGIN]) * price * off + 0.5))
        booking.book(books, t, booking.AFFILIATE, policy, kept)
        booking.book(books, t, booking.GROSS_SALES, policy, price)
        members.spent[row // LANES, row % LANES] += kept
        credit(t, members, row, books, kept)
        return kept
    amount = sell(t, members, row, books, booker, lv.PRICE_GOODS, booking.GOODS, off, c, today)
    cost = np.int64(np.floor(np.float64(c.price.goods_cost) * price + 0.5))
    booking.book(books, t, booking.GOODS_COST, policy, cost)
    credit(t, members, row, books, -cost)
    return amount


@phase
def credit(t, members, row, books, fen):
    """Contribution of one member who joined in the run, by days since joining."""
    joined = members.day[row // LANES, JOINED, row % LANES]
    if joined >= books.since[0] and members.byte[row // LANES, CHANNEL, row % LANES] != 0:
        books.tenure[t - joined] += fen


@absorbed
def renew(t, k0, k1, members, b, c, traits, today, booker, books, g):
    """Paid periods that end today: renewed or not (shifted beta-geometric, evidence 71, 72).

    A member's chance of not renewing is fixed by nature; trust moves its odds.
    """
    flags = members.byte[b, FLAGS].view(np.uint64)
    for first in range(0, LANES, WORD_BYTES):
        if flags[first // WORD_BYTES] & _ANY_PAID:
            for j in range(first, first + WORD_BYTES):
                if members.day[b, PAID_UNTIL, j] == t and members.byte[b, FLAGS, j] & PAID:
                    _renew_one(t, k0, k1, members, b, j, c, traits, today, booker, books, g)


@phase
def _renew_one(t, k0, k1, members, b, j, c, traits, today, booker, books, g):
    """Whether one member whose period ends goes on paying."""
    row = b * LANES + j
    _, _, u, _ = uniforms(k0, k1, members.word[b, ID, j], 0, TRAIT, 1)
    lapse = quantile(u, traits.lapse)
    odds = (
        (1.0 - lapse)
        / max(lapse, 1e-9)
        * np.exp(np.float64(c.buy.renew_trust) * (members.real[b, TRUST, j] - c.member.trust_start))
    )
    _, v, _, _ = uniforms(k0, k1, members.word[b, ID, j], t, INVITE, 1)
    members.byte[b, FLAGS, j] &= np.uint8(0xFF) ^ PAID
    ties.pay_together(members, row, -ONE)
    if v < odds / (1.0 + odds) and today[lv.PRICE_MEMBER] > ZERO:
        paid = sell(
            t, members, row, books, booker, lv.PRICE_MEMBER, booking.MEMBERSHIP, 1.0, c, today
        )
        _start_period(t, members, row, today)
        books.daily[t, g, booking.PAYERS] += 1 if paid > 0 else 0
