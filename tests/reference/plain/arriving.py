"""Phase 2: candidates, the threshold, the fee, the place, the welcome."""

import math

from .aiming import inviter_levers
from .founding import born, closeness, hunter_share, take_role
from .numbers import ONE, ZERO, F, normal_of_share, poisson
from .people import (
    BUSINESS,
    CONTENT,
    GIVEAWAY,
    INVITED,
    LEADER,
    LOG,
    LURKER,
    OPEN,
    PARTNER,
    SEED_USER,
    strengthen,
)

ARRIVED = 0x80000000
NAMES = {
    OPEN: "open",
    CONTENT: "content",
    GIVEAWAY: "giveaway",
    PARTNER: "partner",
    BUSINESS: "business",
}


def yuan_to_fen(yuan):
    return math.floor(float(yuan) * 100.0 + 0.5)


def arrive(world, day):
    left = world.market_left()
    for group in world.groups:
        if not group.opened:
            continue
        today = world.today(day, group)
        invited(world, day, group)
        appoint_initiators(group, math.floor(float(today["initiators"]) + 0.5))
        seek_leaders(world, day, group, math.floor(float(today["leaders"]) + 0.5))
        if group.door is not group:
            continue
        for channel in (OPEN, CONTENT, GIVEAWAY, PARTNER, BUSINESS, LOG):
            u = world.luck.four("arrival", channel, day, group.number)[0]
            for k in range(poisson(u, expected(world, day, today, channel, left))):
                shut = today["door_shut"] > ZERO
                if channel == OPEN and (shut or len(group.members) >= world.c.groups.qr_limit):
                    break
                who = world.luck.word("identity", channel * 256 + group.number, day, k) | ARRIVED
                admit(world, day, group, today, who, channel, None)


def expected(world, day, today, channel, left):
    """Candidates expected today in one group; those known from a log are no part of the market."""
    doors = sum(group.opened and group.door is group for group in world.groups)
    if channel == LOG:
        return world.outside.posters[day] / doors
    mean = world.outside.reach(day, channel) / doors
    return (mean + float(today[f"reach_{NAMES[channel]}"])) * left


def invited(world, day, group):
    """Those who accepted yesterday, in order of their inviters, at the group's door."""
    for inviter in list(group.people):
        if inviter.pending:
            today, rewarding = inviter_levers(world, day, group.door, inviter)
        for k in range(inviter.pending):
            ordinal = inviter.accepted - inviter.pending + k
            who = world.luck.word("identity", inviter.id, 0x10000, ordinal) | ARRIVED
            admit(world, day, group.door, today, who, INVITED, inviter, rewarding)
        inviter.pending = 0


def appoint_initiators(group, number):
    ordinary = [person for person in group.members if person.role == LURKER]
    for person in sorted(ordinary, key=lambda person: -person.engagement)[:number]:
        person.role = SEED_USER


def seek_leaders(world, day, group, number):
    for k in range(number):
        if len(group.members) >= group.capacity:
            return
        who = world.luck.word("identity", 2048 + group.number, day, k) | ARRIVED
        fit = closeness(world.luck, world.c, who, PARTNER, 0.0)
        person = born(world.luck, world.c, world.tables, who, group, PARTNER, fit, 0.0)
        take_role(person, LEADER, world.c)
        person.joined = day
        group.people.append(person)
        world.books.count(day, group, "joins")


def admit(world, day, group, today, who, channel, inviter, rewarding=0):
    c, luck = world.c, world.luck
    if len(group.members) >= group.capacity:
        return
    fit = closeness(luck, c, who, channel, today["invite_reward"])
    if today["entry"] > ZERO and fit <= normal_of_share(today["entry"]):
        return
    hunters = hunter_share(c, channel, today["invite_gift"])
    person = born(luck, c, world.tables, who, group, channel, fit, hunters)
    if today["entry_price"] > ZERO and not pays_entry(world, day, person, today):
        return
    group.people.append(person)
    person.joined = day
    person.engagement = min(ONE, person.engagement + c.arrival.welcome * today["welcome"])
    warmth = 0.12 if inviter is not None else 0.0
    person.trust = F(min(1.0, max(0.0, float(person.trust) + group.brand + warmth)))
    if today["entry_price"] > ZERO:
        fen = yuan_to_fen(today["entry_price"])
        world.book(day, group, "entry_fee", "entry_price", fen)
        world.book(day, group, "gross_sales", "entry_price", fen)
        person.spent += fen
        world.books.credit(day, person, fen)
    if inviter is not None:
        person.inviter = inviter
        person.restless = person.restless * c.invite.loyalty
        strengthen(person, inviter, c.tie.invite, c.tie.invite)
        reward = int(float(today["invite_reward"]) * 1000.0 + 0.5)
        gift = int(float(today["invite_gift"]) * 1000.0 + 0.5)
        world.books.book(day, "referral_reward", rewarding, reward)
        world.book(day, group, "giveaway", "invite_gift", gift)
        world.books.count(day, group, "invites_accepted")
    world.books.count(day, group, "joins")


def pays_entry(world, day, person, today):
    buy = world.c.buy
    u = float(world.luck.four("arrival", person.id, day, 2)[0])
    ease = math.log(float(person.wallet) / float(today["entry_price"]))
    wish = 2.0 * float(buy.engagement) * (float(person.engagement) - 0.5) + float(buy.price) * ease
    return u < 1.0 / (1.0 + math.exp(-wish))
