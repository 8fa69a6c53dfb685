"""Whom levers are meant for."""

import dataclasses

from sim.audiences import NAMES
from sim.levers import AIM_INDEX
from sim.record import CHANNELS, ROLES

from .numbers import F

HIGHEST = {"content": 20, "packet": 1e6, "promo": 10, "soft": 10, "ask": 10}
"""Levers of which doses add up, and the ends of their ranges."""


@dataclasses.dataclass
class Aimed:
    """The levers of one audience in one group on one day, and who belongs to it."""

    kind: str
    number: int
    values: dict
    policy: dict

    def has(self, person, day):
        silent_since = max(
            person.joined, -99999 if person.last_spoke is None else person.last_spoke
        )
        return {
            "newcomers": lambda: day - person.joined < self.number,
            "silent": lambda: day - silent_since > self.number,
            "level": lambda: person.points >= 20 * (2**self.number - 1),
            "role": lambda: person.role in coded(self.number, ROLES),
            "channel": lambda: person.channel in coded(self.number, CHANNELS),
            "payers": lambda: person.paid,
            "muted": lambda: person.muted,
            "hunters": lambda: person.hunter,
        }[self.kind]()


def coded(bits, names):
    return [code for code in range(len(names)) if bits & 2**code]


def audiences(levers, day, group):
    aims = levers.aims
    return [
        Aimed(
            NAMES[kind],
            int(number),
            {name: aims.values[day, group.number, a, k] for name, k in AIM_INDEX.items()},
            {name: int(aims.booker[day, group.number, a, k]) for name, k in AIM_INDEX.items()},
        )
        for a, (kind, number) in enumerate(zip(aims.kind, aims.number, strict=True))
    ]


def dose(today, mine):
    """A member's levers: those for everybody and those of his audiences."""
    met = dict(today)
    for one in mine:
        for name, amount in one.values.items():
            if name in HIGHEST:
                met[name] = min(F(HIGHEST[name]), met[name] + amount)
            else:
                met[name] = max(met[name], amount)
    return met


def look_up_audiences(world, day, group):
    """On the morning: everybody's audiences, and the levers as they and the group meet them."""
    today = world.today(day, group)
    there = audiences(world.levers, day, group)
    present = group.members
    for person in group.people:
        person.audiences = [one for one in there if one.has(person, day)]
        person.dose = dose(today, person.audiences)
    group.today = dict(today)
    for name in AIM_INDEX if present and there else ():
        group.today[name] = F(sum(float(person.dose[name]) for person in present) / len(present))
    for one in there:
        policies = {one.policy[name] for name in AIM_INDEX if one.values[name] != neutral(name)}
        count = sum(one in person.audiences for person in present)
        for policy in policies:
            world.books.book(day, "aimed_persons", policy, count)
            world.books.book(day, "aimed_at_nobody", policy, 1 if count == 0 else 0)
    group.packets_for_some = [one for one in there if one.values["packet"] > F(0)]


def neutral(name):
    return F(1) if name == "packet_parts" else F(0)


def inviter_levers(world, day, group, inviter):
    """What an invitation is worth on the morning on which it arrives, and who rewards it."""
    today = world.today(day, group)
    policy = world.policy(day, group, "invite_reward")
    best = today["invite_reward"]
    for one in audiences(world.levers, day, group):
        if one.has(inviter, day) and one.values["invite_reward"] > best:
            best, policy = one.values["invite_reward"], one.policy["invite_reward"]
    return today | {"invite_reward": best}, policy
