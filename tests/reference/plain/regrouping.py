"""Step 1 of the day: members move between groups."""

import copy
import math

from .numbers import ONE, ZERO, F
from .people import (
    FOUNDER,
    LEADER,
    OWNER,
    SEED_USER,
    SLOTS,
    Tie,
    depart,
)

ARRIVED = 0x80000000
WITH_PEOPLE = ("matter", "audience", "volume", "life")
LOGARITHMS = ("last", "level", "norm")
TAKEN_OVER = ("packets", "happenings", "luck", "purpose", "brand", "weeks", "focus",
              "reply_share", "found")  # fmt: skip


def regroup(world, day):
    before = {person: group for group in world.groups for person in group.people}
    for group in [group for group in world.groups if group.opened]:
        today = world.today(day, group)
        if today["relay"] > ZERO and group.door is group:
            relay(world, day, group)
        if today["split"] >= 2:
            split(world, day, group, today)
        elif today["close"] > ZERO:
            close(world, day, group)
    settle(world, before)


def follows(world, day, person):
    latest = person.last_opened
    return latest is not None and latest >= day - int(world.c.groups.follow)


def settle(world, before):
    """Cut ties that reach across, and put everybody in order."""
    keep = ONE - world.c.tie.cut
    for person, was in before.items():
        for tie in person.known():
            other = tie.person
            if before[other] is was and other.group is not person.group:
                tie.weight = tie.weight * keep
    for group in world.groups:
        accounts = [person for person in group.people if person not in before]
        stayed = [person for person in before if person.group is group is before[person]]
        came = [p for p in before if p.group is group and before[p] is not group]
        group.people = accounts + stayed + came


def relay(world, day, group):
    number = len(members_of(world, group))
    up = [
        p for p in members_of(world, group) if p.paid and p.role < OWNER and follows(world, day, p)
    ]
    above = group.above if group.above is not None and group.above.opened else None
    new = None if above else unused(world)
    if not up or (above or new) is None:
        return
    if new:
        group.above = new
        up = up[: new.capacity - 1]
        open_group(world, day, group, new)
        new.door = group
    else:
        up = up[: above.capacity - len(members_of(world, above))]
    move(world, day, group, {above or new: up}, number)


def split(world, day, group, today):
    people = members_of(world, group)
    targets = [group]
    for _ in range(int(today["split"]) - 1):
        fresh = unused(world)
        if fresh:
            fresh.opened = True
            targets.append(fresh)
    n = len(targets)
    dealt = {LEADER: 0, SEED_USER: 0}
    moves = {target: [] for target in targets[1:]}
    behind = []
    for person in people:
        u = world.luck.four("interest", person.id, 0)[0]
        part = 0 if person.role >= OWNER else min(int(u * F(n)), n - 1)
        if person.role in dealt:
            part = dealt[person.role] % n
            dealt[person.role] += 1
        if not follows(world, day, person):
            if today["close"] > ZERO and person.role < OWNER:
                behind.append(person)
        elif part:
            moves[targets[part]].append(person)
    leave_behind(world, day, group, behind)
    for target in targets[1:]:
        open_group(world, day, group, target)
    if today["by_interest"] > ZERO:
        for target in targets:
            target.focus *= 1.0 - float(today["by_interest"]) * (1.0 - world.focus)
    move(world, day, group, moves, len(people), len(behind))


def close(world, day, group):
    people = members_of(world, group)
    others = [g for g in world.groups if g.opened and g.door is g and g is not group]
    going = []
    if others:
        room = others[0].capacity - len(members_of(world, others[0]))
        going = [p for p in people if p.role < OWNER and follows(world, day, p)][: max(0, room)]
    behind = [person for person in people if person not in going]
    leave_behind(world, day, group, behind)
    move(world, day, group, {others[0]: going} if others else {}, len(people), len(behind))
    group.opened = False
    for person in group.people:
        person.opened = person.spoke = False
    for other in world.groups:
        if other.door is group:
            other.door = others[0] if others else other


def members_of(world, group):
    return [p for g in world.groups for p in g.people if p.present and p.group is group]


def unused(world):
    for group in world.groups:
        if (
            not group.opened
            and not group.people
            and all(person.group is not group for other in world.groups for person in other.people)
        ):
            return group
    return None


def open_group(world, day, source, fresh):
    fresh.opened, fresh.door = True, fresh
    for name in TAKEN_OVER:
        setattr(fresh, name, getattr(source, name))
    owners = [person for person in members_of(world, source) if person.role == OWNER]
    if not owners:
        return
    account = copy.copy(owners[0])
    account.id = world.luck.word("identity", 65280 + fresh.number, day, 0) | ARRIVED
    account.group, account.channel, account.inviter, account.joined = fresh, FOUNDER, None, day
    account.ties = [Tie() for _ in range(SLOTS)]
    for name in ("company", "got", "grief", "peers", "heat", "week_messages"):
        setattr(account, name, ZERO)
    for name in ("messages", "accepted", "lessons", "pending", "spent"):
        setattr(account, name, 0)
    account.muted = account.opened = account.spoke = account.spoke_this_week = False
    fresh.people.append(account)
    world.books.count(day, fresh, "moved_in")


def leave_behind(world, day, group, people):
    for person in people:
        depart(person, day, 1)
        world.books.count(day, group, "leaves")


def move(world, day, source, moves, members, behind=0):
    old = {name: getattr(source, name) for name in (*WITH_PEOPLE, *LOGARITHMS)}
    kept = 1.0 - behind / max(1, members)
    for target, people in moves.items():
        share = len(people) / max(1, members)
        kept -= share
        for name in WITH_PEOPLE:
            setattr(target, name, getattr(target, name) + share * old[name])
        for name in LOGARITHMS:
            more = math.expm1(getattr(target, name)) + share * math.expm1(old[name])
            setattr(target, name, math.log1p(more))
        for person in people:
            person.group = target
            world.books.count(day, source, "moved_out")
            world.books.count(day, target, "moved_in")
            if person.spoke_this_week:
                source.week_speakers -= 1.0
                target.week_speakers += 1.0
    kept = max(0.0, kept)
    for name in WITH_PEOPLE:
        setattr(source, name, kept * old[name])
    for name in LOGARITHMS:
        setattr(source, name, math.log1p(kept * math.expm1(old[name])))
