"""Phase 2: who arrives, passes the threshold and finds a place; what a newcomer is like."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import levers as lv
from sim import ties
from sim.agents import member
from sim.arithmetic import ONE, ZERO, absorbed, phase
from sim.draws import ARRIVAL, IDENTITY, TRAIT, normal, philox, poisson, quantile, uniforms
from sim.phases import booking
from sim.phases.aiming import audiences_of
from sim.phases.appointing import appoint_initiators, take_role
from sim.phases.buying import credit
from sim.phases.weekly import UNKNOWN_VOLUME
from sim.population import (
    ACTIVITY,
    BUY_RATE,
    CHANNEL,
    ENGAGEMENT,
    FATIGUE,
    FIT,
    FLAGS,
    FREE,
    FRIENDS,
    HABIT,
    HUNTER,
    ID,
    INVITED,
    INVITER,
    JOINED,
    LANES,
    LEADER,
    PENDING,
    PRESENT,
    RESTLESS,
    TOLERANCE,
    TRUST,
    VOLUME,
    WALLET,
)  # fmt: skip
from sim.record import CHANNELS
from sim.state import BRAND, DOOR, EVER, HEADCOUNT, TAIL
from sim.state import OPEN as IS_OPEN

_f = np.float32
(FOUNDER, INVITED_BY, OPEN, CONTENT, GIVEAWAY, PARTNER, BUSINESS, LOG) = range(len(CHANNELS))
_SOUGHT = len(CHANNELS)
"""In place of a channel in the number of a leader who was sought."""
_ARRIVED = np.uint32(0x80000000)


class Traits(NamedTuple):
    """Quantile tables of what is neither normal nor log-normal (see ``draws.quantile``).

    Attributes:
        restless: float64 of shape (1025,): logarithm of the gamma quantile of mean 1.
        buy_rate: float64 of shape (1025,): the same for the rate of buying.
        lapse: float64 of shape (1025,): beta quantile, chance of not renewing.
        inflow: float64 of shape (1025,): logarithm of the gamma quantile of weekly inflow.
    """

    restless: NDArray[np.float64]
    buy_rate: NDArray[np.float64]
    lapse: NDArray[np.float64]
    inflow: NDArray[np.float64]


@phase
def identity(k0, k1, origin, when, ordinal):
    """Number of a newcomer, from how he came: (inviter, 0, ordinal) or (channel, day, ordinal).

    One more arrival therefore leaves everybody else's luck as it was.
    """
    word, _, _, _ = philox(k0, k1, np.uint32(origin), np.uint32(when), IDENTITY, np.uint32(ordinal))
    return np.uint32(word) | _ARRIVED


@phase
def hunter_share(c, channel, gift):
    """Share of deal hunters among arrivals of a channel (handbook A8, evidence 75, 76)."""
    if channel == INVITED_BY:
        return c.hunter.share_invited + 0.25 * gift
    if channel == GIVEAWAY:
        return c.hunter.share_giveaway
    if channel == CONTENT:
        return c.hunter.share_content
    if channel == PARTNER:
        return c.hunter.share_partner
    if channel == BUSINESS:
        return c.hunter.share_business
    return c.hunter.share_open


@phase
def closeness(k0, k1, who, c, channel, reward):
    """A candidate's closeness to the group's core, standard deviations.

    Correlated with appetite (who talks fits); content draws the interested, rewarded invitations
    reach weaker ties (evidence 60).
    """
    u, v, _, _ = uniforms(k0, k1, who, 0, TRAIT, 0)
    rho = np.float64(c.member.fit_activity_rho)
    fit = rho * normal(u) + np.sqrt(1.0 - rho * rho) * normal(v)
    if channel == CONTENT:
        fit += 0.3
    if channel == INVITED_BY:
        fit -= 0.3 * reward
    return fit


@phase
def endow(k0, k1, members, row, who, c, traits, channel, fit, hunters):
    """Write a new member's traits and first states.

    Args:
        fit: From :func:`closeness`.
        hunters: Chance of being a deal hunter.
    """
    b, j = row // LANES, row % LANES
    real = members.real[b]
    u, _, v, w = uniforms(k0, k1, who, 0, TRAIT, 0)
    x, y, _, h = uniforms(k0, k1, who, 0, TRAIT, 1)
    p, q, _, _ = uniforms(k0, k1, who, 0, TRAIT, 2)
    business = channel == BUSINESS
    real[ACTIVITY, j] = _f(np.exp(c.member.activity_sigma * normal(u)))
    real[FIT, j] = _f(fit)
    real[RESTLESS, j] = _f(np.exp(quantile(v, traits.restless)))
    real[TOLERANCE, j] = _f(np.exp(c.member.tolerance_sigma * normal(w)))
    wallet = c.member.wallet_median * np.exp(c.member.wallet_sigma * normal(x))
    real[WALLET, j] = _f(wallet * (3.0 if business else 1.0))
    real[BUY_RATE, j] = _f(np.exp(quantile(y, traits.buy_rate)))
    friends = c.member.friends_median * np.exp(c.member.friends_sigma * normal(p))
    real[FRIENDS, j] = _f(np.floor(friends * (10.0 if business else 1.0) + 0.5))
    hunter = h < hunters
    start = c.member.engagement_start * (0.6 if hunter else 1.0)
    start += c.member.engagement_start_sd * normal(q)
    real[ENGAGEMENT, j] = _f(min(1.0, max(0.0, start)))
    real[TRUST, j] = c.member.trust_start
    real[FATIGUE, j] = ZERO  # a spare row has seen the promotions before
    real[VOLUME, j] = c.arrival.first_volume * real[ACTIVITY, j]
    real[HABIT, j] = member.habit_logit(
        c.law, ZERO, ZERO, ZERO, UNKNOWN_VOLUME, ONE, ONE, real[ACTIVITY, j], ZERO
    )
    members.byte[b, FLAGS, j] = PRESENT | (HUNTER if hunter else np.uint8(0))
    members.byte[b, CHANNEL, j] = channel
    members.word[b, ID, j] = who


@phase
def new_row(members, g, groups_g):
    """The next free row of a group, -1 when the columns are full."""
    b = int(groups_g[TAIL])
    if b < 0 or members.fill[b] == LANES:
        b = 0
        while b < len(members.block_group) and members.block_group[b] != FREE:
            b += 1
        if b == len(members.block_group):
            return -1
        members.block_group[b] = g
        groups_g[TAIL] = float(b)
    row = b * LANES + members.fill[b]
    members.fill[b] += 1
    groups_g[HEADCOUNT] += 1.0
    groups_g[EVER] += 1.0
    return row


@phase
def admit(
    t,
    k0,
    k1,
    members,
    g,
    c,
    traits,
    groups_g,
    today,
    booker,
    books,
    who,
    channel,
    inviter,
    capacity,
):
    """One candidate at the door: threshold, fee, place. Returns whether he joined."""
    if groups_g[HEADCOUNT] >= capacity:
        return False
    fit = closeness(k0, k1, who, c, channel, np.float64(today[lv.INVITE_REWARD]))
    entry = np.float64(today[lv.ENTRY])
    if entry > 0.0 and fit <= normal(entry):
        return False
    row = new_row(members, g, groups_g)
    if row < 0:
        return False
    gift = np.float64(today[lv.INVITE_GIFT])
    endow(
        k0,
        k1,
        members,
        row,
        who,
        c,
        traits,
        channel,
        fit,
        np.float64(hunter_share(c, channel, gift)),
    )
    b, j = row // LANES, row % LANES
    real = members.real[b]
    if today[lv.ENTRY_PRICE] > ZERO and not pays_entry(t, k0, k1, real, j, who, c, today):
        return _turn_away(members, row, groups_g)
    members.day[b, JOINED, j] = np.int16(t)
    real[ENGAGEMENT, j] = min(ONE, real[ENGAGEMENT, j] + c.arrival.welcome * today[lv.WELCOME])
    trust = real[TRUST, j] + groups_g[BRAND] + (0.12 if inviter >= 0 else 0.0)
    real[TRUST, j] = _f(min(1.0, max(0.0, trust)))
    if today[lv.ENTRY_PRICE] > ZERO:
        _charge_entry(t, members, row, books, booker, today)
    if inviter >= 0:
        members.word[b, INVITER, j] = np.uint32(inviter)
        real[RESTLESS, j] *= c.invite.loyalty
        ties.strengthen(members, row, inviter, c.tie.invite, c.tie.invite)
        reward_inviter(t, books, booker, today)
        books.daily[t, g, booking.INVITES_ACCEPTED] += 1
    books.daily[t, g, booking.JOINS] += 1
    return True


@phase
def pays_entry(t, k0, k1, real, j, who, c, today):
    """Whether a candidate accepts the entry fee: price against wallet, as for a membership."""
    u, _, _, _ = uniforms(k0, k1, who, t, ARRIVAL, 2)
    ease = np.log(np.float64(real[WALLET, j]) / np.float64(today[lv.ENTRY_PRICE]))
    wish = 2.0 * c.buy.engagement * (real[ENGAGEMENT, j] - 0.5) + c.buy.price * ease
    return u < 1.0 / (1.0 + np.exp(-wish))


@phase
def _turn_away(members, row, groups_g):
    """Give the row of a candidate who did not join back."""
    b, j = row // LANES, row % LANES
    members.byte[b, FLAGS, j] = 0
    members.fill[b] -= 1
    groups_g[HEADCOUNT] -= 1.0
    groups_g[EVER] -= 1.0
    return False


@phase
def _charge_entry(t, members, row, books, booker, today):
    fen = booking.fen(today[lv.ENTRY_PRICE])
    booking.book(books, t, booking.ENTRY_FEE, booker[lv.ENTRY_PRICE], fen)
    booking.book(books, t, booking.GROSS_SALES, booker[lv.ENTRY_PRICE], fen)
    members.spent[row // LANES, row % LANES] += fen
    credit(t, members, row, books, fen)


@phase
def reward_inviter(t, books, booker, today):
    """Money for an accepted invitation: 10 yuan to the inviter and the gift, at strength 1."""
    reward = np.int64(np.float64(today[lv.INVITE_REWARD]) * 1000.0 + 0.5)
    gift = np.int64(np.float64(today[lv.INVITE_GIFT]) * 1000.0 + 0.5)
    booking.book(books, t, booking.REFERRAL_REWARD, booker[lv.INVITE_REWARD], reward)
    booking.book(books, t, booking.GIVEAWAY, booker[lv.INVITE_GIFT], gift)


@absorbed
def arrive(
    t, k0, k1, members, groups, c, traits, doses, bookers, aims, drivers, books, capacity, market
):
    """Everybody who arrives today: invited ones first, then channel by channel.

    Args:
        doses: float32 of shape (G, K, len(LEVERS)): levers by the audiences of who meets them.
        bookers: int16 of shape (G, K, len(LEVERS)).
        aims: Aims.
        capacity: int64 of shape (G,).
        market: Persons who could ever join (float64).
    """
    left = market_left(groups, market)
    entrances = doors(groups)
    for g in range(len(groups)):
        if groups[g, IS_OPEN] == 0.0:
            continue
        door = int(groups[g, DOOR])
        today, booker = doses[g, 0], bookers[g, 0]
        _invited(
            t, k0, k1, members, g, door, c, traits, groups[door], doses[door], bookers[door], aims,
            books, capacity[door],
        )  # fmt: skip
        appoint_initiators(members, g, today)
        _seek_leaders(t, k0, k1, members, g, c, traits, groups[g], today, books, capacity[g])
        for channel in range(6 if door == g else 0):
            if channel < 5:
                mean = drivers.reach[t, channel] / entrances
                mean = (mean + np.float64(today[lv.REACH_OPEN + channel])) * left
            else:
                mean = drivers.posters[t] / entrances
            code = OPEN + channel
            u, _, _, _ = uniforms(k0, k1, code, t, ARRIVAL, g)
            for k in range(poisson(np.float64(u), mean)):
                who = identity(k0, k1, code * 256 + g, t, k)
                shut = today[lv.DOOR_SHUT] > ZERO or groups[g, HEADCOUNT] >= c.groups.qr_limit
                if channel == 0 and shut:
                    break
                admit(
                    t, k0, k1, members, g, c, traits, groups[g], today, booker, books, who,
                    np.int64(code), np.int64(-1), capacity[g],
                )  # fmt: skip


@phase
def market_left(groups, market):
    """Share of the market that has never joined."""
    ever = 0.0
    for k in range(len(groups)):
        ever += groups[k, EVER]
    return max(0.0, 1.0 - ever / market)


@phase
def doors(groups):
    """Groups in which anybody may arrive: open ones that are no upper tier."""
    count = 0
    for g in range(len(groups)):
        count += 1 if groups[g, IS_OPEN] != 0.0 and groups[g, DOOR] == g else 0
    return count


@phase
def sought(today):
    """How many leaders are brought in from outside today."""
    return int(np.floor(np.float64(today[lv.LEADERS]) + 0.5))


@absorbed
def _seek_leaders(t, k0, k1, members, g, c, traits, groups_g, today, books, capacity):
    """Opinion leaders from outside come as partners, known to nobody (handbook: A2)."""
    for k in range(sought(today)):
        if groups_g[HEADCOUNT] >= capacity:
            break
        row = new_row(members, g, groups_g)
        if row < 0:
            break
        who = identity(k0, k1, _SOUGHT * 256 + g, t, k)
        fit = closeness(k0, k1, who, c, np.int64(PARTNER), 0.0)
        endow(k0, k1, members, row, who, c, traits, np.int64(PARTNER), fit, 0.0)
        take_role(members, row, LEADER, c)
        members.day[row // LANES, JOINED, row % LANES] = np.int16(t)
        books.daily[t, g, booking.JOINS] += 1


@absorbed
def _invited(
    t, k0, k1, members, g, door, c, traits, groups_d, doses, bookers, aims, books, capacity
):
    """Yesterday's accepted invitations arrive, in order of the inviters' rows.

    What an invitation is worth today depends on the inviter's audiences. Who is invited from an
    upper tier arrives below it, at its ``door``.
    """
    for b in range(len(members.block_group)):
        if members.block_group[b] != g:
            continue
        waiting = np.uint8(0)
        for j in range(LANES):
            waiting |= members.byte[b, PENDING, j]
        for j in range(members.fill[b] if waiting else 0):
            pending = int(members.byte[b, PENDING, j])
            met = 0
            if pending and len(doses) > 1:
                met = audiences_of(t, members, b, j, aims)
            for k in range(pending):
                ordinal = int(members.word[b, INVITED, j]) - pending + k
                who = identity(k0, k1, members.word[b, ID, j], 0x10000, ordinal)
                admit(
                    t, k0, k1, members, door, c, traits, groups_d, doses[met], bookers[met], books,
                    who, np.int64(INVITED_BY), np.int64(b * LANES + j), capacity,
                )  # fmt: skip
            members.byte[b, PENDING, j] = 0


@phase
def places_needed(t, k0, k1, members, groups, today, drivers, capacity):
    """Upper bound of today's arrivals, so that the columns can grow before the day begins.

    Never more than there are places (one more, should the owner go today), however many come.
    """
    needed = 0
    entrances = doors(groups)
    for g in range(len(groups)):
        if groups[g, IS_OPEN] == 0.0:
            continue
        candidates = sought(today[g])
        own_door = groups[g, DOOR] == g
        for channel in range(6 if own_door else 0):
            if channel < 5:
                mean = drivers.reach[t, channel] / entrances
                mean += np.float64(today[g, lv.REACH_OPEN + channel])
            else:
                mean = drivers.posters[t] / entrances
            u, _, _, _ = uniforms(k0, k1, OPEN + channel, t, ARRIVAL, g)
            candidates += poisson(np.float64(u), mean)
        for b in range(len(members.block_group)):
            if members.block_group[b] == g:
                for j in range(members.fill[b]):
                    candidates += int(members.byte[b, PENDING, j])
        room = capacity[g] - int(groups[g, HEADCOUNT]) + 1
        needed += min(candidates, room) if own_door else candidates
    return needed
