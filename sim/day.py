"""One day of a community, and the compiled loop over days.

A day is the list of phases in :func:`run_days`, in this order:

1. policies have set today's levers (``today``), written before the run or by ``react``;
2. arrivals: invited ones, then channel by channel: threshold, place, welcome;
3. opening: who looks in, and who of them speaks;
4. talking: messages, answers, ties;
5. benefit and cost: engagement, trust, fatigue;
6. inviting, and 7. buying;
8. muting, leaving, being pruned;
9. roles move;
10. the day's books; on the last day of a week habits are updated.

Presence of others is yesterday's in phase 3 and today's from phase 5 on, and in phases 5 to 8
everybody decides before anybody acts, so nobody feels a thing earlier for standing in a later row or group.
Members' arithmetic is float32, groups' quantities are float64.
"""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.arithmetic import ZERO, absorbed, kernel, phase
from sim.draws import LIVE
from sim.phases import booking
from sim.phases.acting import act, weigh_offers, who_acts
from sim.phases.aiming import doses_of, note_aims, shared_levers, spread
from sim.phases.arriving import arrive, market_left, places_needed
from sim.phases.buying import renew, who_pays
from sim.phases.conversing import forget_yesterday, talk
from sim.phases.feeling import feel, weigh_benefit
from sim.phases.gathering import attend_lesson, meet
from sim.phases.opening import (
    ENGAGED,
    OPENERS,
    SUMS,
    look_in,
    overload,
    topics,
    weigh_morning,
)  # fmt: skip
from sim.phases.packets import share_out
from sim.phases.ranking import move_roles
from sim.phases.staying import carry_out, give_back, owner_goes, prune, weigh_promotion, wish_to_go
from sim.phases.unpacking import (
    MET,
    WORK,
    deserted,
    draw,
    new_work,
    unpack,
)
from sim.phases.weekly import end_week
from sim.population import (
    FLAGS,
    FREE,
    LANES,
    MUTED,
    OPENED,
    OWNER,
    PAID,
    ROLE,
)  # fmt: skip
from sim.state import (
    AUDIENCE,
    BRAND,
    HAPPENINGS,
    HEADCOUNT,
    LIFE,
    OPEN,
    PACKETS,
    VOLUME_YESTERDAY,
    WEEK_SPEAKERS,
)  # fmt: skip

_f = np.float32
_SMOOTH = 0.2
HEARD = 4
"""What a group has heard today, kept until its members feel it: messages written and readable, the
operator's pieces among them, overload."""
SAID, KEPT, PIECES, OVER = range(HEARD)


@kernel
def run_days(
    first,
    last,
    k0,
    k1,
    members,
    groups,
    c,
    traits,
    levers,
    booker,
    aims,
    drivers,
    books,
    capacity,
    market,
    leaving,
):
    """Simulate days ``first`` to ``last - 1``.

    Args:
        first: First day to simulate.
        last: One past the last day.
        k0: First key word of the run.
        k1: Second key word of the run.
        members: Population; changed in place.
        groups: float64 of shape (G, len(GROUP)); changed in place.
        c: Coefficients.
        traits: Traits.
        levers: float32 of shape (H, G, len(LEVERS)).
        booker: int16 of shape (H, G, len(LEVERS)).
        aims: Aims.
        drivers: Drivers.
        books: Books; added to in place.
        capacity: int64 of shape (G,): places a group.
        market: Persons who could ever join.
        leaving: Whether phase 8 is on.

    Returns:
        The first day that was not simulated: ``last``, or an earlier day for whose arrivals the
        columns have no room (grow them and go on from there).
    """
    events = np.zeros((len(members.fill), LANES), np.uint8)
    heard = np.zeros((len(groups), HEARD))
    aimed = np.zeros((len(members.fill), LANES), np.uint8)
    work = new_work()
    for t in range(first, last):
        needed = places_needed(t, k0, k1, members, groups, levers[t], drivers, capacity)
        if needed > room(members, groups):
            return t
        today, bookers = levers[t], booker[t]
        if t == np.int64(c.owner.leaves_on):
            owner_goes(t, members, groups, c, books)
        doses, under = doses_of(t, today, bookers, aims)
        arrive(
            t, k0, k1, members, groups, c, traits, doses, under, aims, drivers, books, capacity,
            market,
        )  # fmt: skip
        sums = np.zeros((len(groups), SUMS), np.int64)
        counts = np.zeros(doses.shape[:2], np.int64)
        met = weigh_morning(c, doses, groups)
        look_in(t, k0, k1, members, groups, c, today, drivers, sums, work, met, aims, aimed, counts)
        note_aims(t, aims, counts, books)
        shared = shared_levers(today, doses, counts)
        shock = _f(drivers.message[min(t // 7, len(drivers.message) - 1)])
        forget_yesterday(members)
        for g in range(len(groups)):
            if groups[g, OPEN] != 0.0:
                gather(
                    t, k0, k1, members, groups[g], g, c, today[g], bookers[g], shared[g], met[g],
                    aims, aimed, sums[g], books, shock, heard[g], work,
                )  # fmt: skip
        for g in range(len(groups)):
            if groups[g, OPEN] != 0.0:
                decide(
                    t, k0, k1, members, groups[g], g, c, today[g], doses[g], aimed, sums[g],
                    heard[g], leaving, events, work,
                )  # fmt: skip
        left = market_left(groups, market)
        for g in range(len(groups)):
            if groups[g, OPEN] != 0.0:
                carry_through(
                    t, k0, k1, members, groups[g], g, c, traits, today[g], bookers[g], doses[g],
                    under[g], aimed, books, left, events,
                )  # fmt: skip
                close_group(
                    members, groups[g], g, c, shared[g], sums[g], heard[g, KEPT], books.daily[t, g]
                )  # fmt: skip
        close_books(t, books)
        if t % 7 == 6:
            count_week(t, groups, books)
            end_week(t, members, groups, c, work)
    return last


@phase
def room(members, groups):
    """Rows that any one group could still fill (spare blocks, less one for each group)."""
    free = 0
    for b in range(len(members.block_group)):
        free += 1 if members.block_group[b] == FREE else 0
    return (free - len(groups) + 1) * LANES


@absorbed
def gather(
    t, k0, k1, members, groups_g, g, c, today, booker, shared, met, aims, aimed, sums, books, shock,
    heard, work,
):  # fmt: skip
    """Phase 4 for one group: packets, talk, the lesson, the meeting; what was heard is noted."""
    share_out(t, k0, k1, members, g, c, today, booker, books, aims, aimed)
    heard[OVER] = overload(c, groups_g)
    said, kept, pieces = talk(
        t, k0, k1, members, groups_g, g, c, shared, booker, sums, books, shock, work, met, aimed
    )  # fmt: skip
    attend_lesson(members, g, today)
    meet(t, k0, k1, members, g, today)
    heard[SAID], heard[KEPT], heard[PIECES] = said, kept, pieces


@absorbed
def decide(
    t, k0, k1, members, groups_g, g, c, today, doses, aimed, sums, heard, leaving, events, work
):
    """Phases 5 to 8 for one group: everybody feels, and decides what to do.

    Who buys and who leaves is noticed by his ties only in the next morning's decisions, whatever
    block and group they are in.
    """
    life = _f(groups_g[LIFE] / (groups_g[LIFE] + c.invite.life))
    breadth = topics(c, groups_g)
    met = weigh(c, doses, groups_g, sums[OPENERS])
    spread(met[:1], aimed[0], MET, work)  # stays as it is where all meet the same
    for b in range(len(members.block_group)):
        if members.block_group[b] != g:
            continue
        if deserted(members, b):
            events[b] = 0
            continue
        unpack(members, b, work)
        draw(t, k0, k1, members, b, LIVE, work)
        if len(met) > 1:
            spread(met, aimed[b], MET, work)
        feel(
            members, b, c, today, breadth, np.int64(heard[SAID]), np.int64(heard[KEPT]),
            np.int64(heard[PIECES]), sums[OPENERS], work,
        )  # fmt: skip
        who_acts(t, members, b, c, today, life, events[b], work)
        who_pays(members, b, c, today, events[b], work)
        if leaving:
            wish_to_go(members, b, c, _f(heard[OVER]), events[b], work)


@phase
def weigh(c, doses, group, openers):
    """What members meet in phases 5 to 8, by their audiences: float32 of shape (K, n).

    Args:
        c: Coefficients.
        doses: float32 of shape (K, len(LEVERS)).
        group: float64 of shape (len(GROUP),).
        openers: Members who opened the group.
    """
    met = np.empty((len(doses), len(WORK) - MET), np.float32)
    for k in range(len(doses)):
        weigh_benefit(c, doses[k], group, openers, met[k])
        weigh_offers(c, doses[k], met[k])
        weigh_promotion(doses[k], met[k])
    return met


@absorbed
def carry_through(
    t, k0, k1, members, groups_g, g, c, traits, today, booker, doses, under, aimed, books,
    market_left, events,
):  # fmt: skip
    """Phases 5 to 9: do what a group's members have decided, one kind after the other."""
    life = _f(groups_g[LIFE] / (groups_g[LIFE] + c.invite.life))
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            renew(t, k0, k1, members, b, c, traits, today, booker, books, g)
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            act(
                t, k0, k1, members, b, c, doses, under, aimed[b], books, g, life, market_left,
                events[b],
            )  # fmt: skip
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            give_back(t, members, b, today, booker, books, events[b])
            carry_out(t, members, b, c, groups_g, books.daily[t, g], events[b])
            move_roles(t, k0, k1, members, b, c, today)
    if today[lv.PRUNE_AFTER] > ZERO:
        prune(t, members, g, c, np.int64(today[lv.PRUNE_AFTER]), groups_g, books.daily[t, g])


@absorbed
def close_group(members, groups_g, g, c, today, sums, kept, counts):
    """The group's slow quantities and stocks at the end of the day."""
    wear = 0.5 ** (1.0 / np.float64(c.stimulus.half_life))
    packet_used = 1.0 if today[lv.PACKET_YUAN] > ZERO else 0.0
    happening_used = 1.0 if today[lv.EVENT] + today[lv.GUEST_VISIT] > ZERO else 0.0
    groups_g[PACKETS] = groups_g[PACKETS] * wear + packet_used
    groups_g[HAPPENINGS] = groups_g[HAPPENINGS] * wear + happening_used
    engaged = sums[ENGAGED] / 65536.0
    groups_g[AUDIENCE] += _SMOOTH * (engaged - groups_g[AUDIENCE])
    groups_g[LIFE] += _SMOOTH * (np.float64(counts[booking.SPEAKERS]) - groups_g[LIFE])
    noise = 3.0 * np.float64(today[lv.PROMO]) + np.float64(today[lv.PUSH_NOISE])
    groups_g[VOLUME_YESTERDAY] = np.float64(kept) + noise
    good = 0.02 / 30.0 * max(0.0, np.float64(today[lv.CONTENT]) * today[lv.QUALITY] - 1.0)
    bad = 0.01 / 30.0 * max(0.0, np.float64(today[lv.PROMO]) - 1.0 / 7.0)
    groups_g[BRAND] = min(0.3, max(-0.3, groups_g[BRAND] + good - bad))
    muted, paid, openers, staff_openers = _count_stocks(members, g)
    counts[booking.MEMBERS_END] = np.int64(groups_g[HEADCOUNT])
    counts[booking.MUTED_END] = muted
    counts[booking.PAID_END] = paid
    counts[booking.OPENERS_DAY] = openers
    counts[booking.MEMBER_OPENERS] = openers - staff_openers


@phase
def _count_stocks(members, g):
    muted = 0
    paid = 0
    openers = 0
    staff = 0
    for b in range(len(members.block_group)):
        if members.block_group[b] != g:
            continue
        byte = members.byte[b].reshape(-1)
        block_muted = np.int32(0)
        block_paid = np.int32(0)
        block_openers = np.int32(0)
        block_staff = np.int32(0)
        for j in range(LANES):
            flags = byte[FLAGS * LANES + j]
            block_muted += np.int32(1) if flags & MUTED else np.int32(0)
            block_paid += np.int32(1) if flags & PAID else np.int32(0)
            looked = np.int32(1) if flags & OPENED else np.int32(0)
            block_openers += looked
            block_staff += looked if byte[ROLE * LANES + j] >= OWNER else np.int32(0)
        muted += int(block_muted)
        paid += int(block_paid)
        openers += int(block_openers)
        staff += int(block_staff)
    return muted, paid, openers, staff


@absorbed
def close_books(t, books):
    """Gross sales of the day by group are not kept apart; revenue and cost are the community's."""
    revenue = np.int64(0)
    for account in range(booking.MEMBERSHIP, booking.REFUND + 1):
        revenue += books.ledger[t, account]
    cost = np.int64(0)
    for account in range(booking.GOODS_COST, booking.OTHER + 1):
        cost += books.ledger[t, account]
    books.daily[t, 0, booking.REVENUE] = revenue
    books.daily[t, 0, booking.COST] = cost
    books.daily[t, 0, booking.GROSS] = books.ledger[t, booking.GROSS_SALES]


@absorbed
def count_week(t, groups, books):
    """The finished week's distinct speakers, messages and first-time speakers."""
    week = t // 7
    for g in range(len(groups)):
        books.weekly[week, g, 0] = np.int64(groups[g, WEEK_SPEAKERS])
        for d in range(t - 6, t + 1):
            books.weekly[week, g, 1] += books.daily[d, g, booking.MESSAGES_SAID]
            books.weekly[week, g, 2] += books.daily[d, g, booking.NEWCOMER_SPEAKERS]
