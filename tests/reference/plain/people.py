"""Persons, groups, and the ties between persons."""

from dataclasses import dataclass, field

from .numbers import ONE, ZERO, F

SLOTS = 6
LURKER, SEED_USER, LEADER, OWNER, ADMINISTRATOR, GUEST = range(6)
FOUNDER, INVITED, OPEN, CONTENT, GIVEAWAY, PARTNER, BUSINESS, LOG = range(8)


@dataclass
class Tie:
    """One of a person's six places for acquaintances."""

    person: "Person | None" = None
    weight: F = ZERO


@dataclass(eq=False)
class Person:
    """One member, with the names of the state variables of the description."""

    id: int
    group: "Group"
    channel: int = FOUNDER
    role: int = LURKER
    inviter: "Person | None" = None
    # traits
    activity: F = ZERO
    fit: F = ZERO
    restless: F = ZERO
    tolerance: F = ONE
    wallet: F = ONE
    buy_rate: F = ZERO
    friends: F = ZERO
    hunter: bool = False
    # slow states
    engagement: F = ZERO
    lift: F = ZERO
    trust: F = ZERO
    fatigue: F = ZERO
    grief: F = ZERO
    heat: F = ZERO
    standing: F = ZERO
    points: F = ZERO
    got: F = ZERO
    company: F = ZERO
    peers: F = ZERO
    fast: F = ZERO
    medium: F = ZERO
    slow: F = ZERO
    volume: F = ZERO
    week_messages: F = ZERO
    habit: F = ZERO
    # facts
    present: bool = True
    muted: bool = False
    opened: bool = False
    spoke: bool = False
    spoke_this_week: bool = False
    paid: bool = False
    took_course: bool = False
    lessons: int = 0
    pending: int = 0
    accepted: int = 0
    messages: int = 0
    spent: int = 0
    joined: int | None = None
    left: int | None = None
    left_how: int = 0
    first_spoke: int | None = None
    last_spoke: int | None = None
    last_opened: int | None = None
    paid_until: int | None = None
    first_paid: int | None = None
    ties: list[Tie] = field(default_factory=lambda: [Tie() for _ in range(SLOTS)])
    audiences: list = field(default_factory=list)  # of this morning
    dose: dict = field(default_factory=dict)  # the levers that the person meets today

    def known(self):
        return [tie for tie in self.ties if tie.person is not None]


@dataclass(eq=False)
class Group:
    """One group: its people in order of arrival, and its slow quantities (double precision)."""

    number: int
    capacity: int
    people: list[Person] = field(default_factory=list)
    matter: float = 0.0
    audience: float = 0.0
    volume: float = 0.0
    packets: float = 0.0
    happenings: float = 0.0
    life: float = 0.0
    week_speakers: float = 0.0
    last: float = 0.0
    level: float = 0.0
    norm: float = 0.0
    weeks: float = 0.0
    luck: float = 1.0
    purpose: float = 0.0
    brand: float = 0.0
    reply_share: float = 0.0
    found: float = 0.0
    opened: bool = False
    door: "Group | None" = None
    above: "Group | None" = None
    focus: float = 1.0
    today: dict = field(default_factory=dict)  # the levers that the group meets today
    packets_for_some: list = field(default_factory=list)

    @property
    def members(self):
        return [person for person in self.people if person.present]


def strengthen(one, other, gain, least):
    if one is not other:
        strengthen_one_way(one, other, gain, least)
        strengthen_one_way(other, one, gain, least)


def strengthen_one_way(person, partner, gain, least):
    for tie in person.ties:
        if tie.person is partner:
            tie.weight = max(tie.weight + gain * (ONE - tie.weight), least)
            return
    weakest = min(person.ties, key=lambda tie: tie.weight)  # the first of equals
    weakest.person, weakest.weight = partner, max(gain, least)


def pay_together(person, sign):
    for tie in person.known():
        tie.person.peers = max(ZERO, tie.person.peers + sign * tie.weight)


def depart(person, day, how):
    if person.paid:
        pay_together(person, F(-1))
    person.present = person.muted = person.paid = False
    person.left, person.left_how = day, how


def leave(person, day, c):
    leads = person.role in (LEADER, OWNER)
    mourn(person, F(2) * (ONE + (c.exit.leader_pull if leads else ZERO)))
    depart(person, day, 1)


def mourn(person, weight):
    for tie in person.known():
        tie.person.grief = tie.person.grief + min(ONE, weight * tie.weight)
