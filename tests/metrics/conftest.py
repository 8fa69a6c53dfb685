"""A plain-Python community: events in, a run record out; shares no code with sim.metrics."""

import random
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pytest

from sim.record import ACCOUNTS, DAILY, DAILY_INDEX, Members, RunRecord

STAFF = {3, 4, 5}


@dataclass
class Person:
    """One stay, with everything that happened in it by day."""

    joined: int = -1
    left: int = -1
    pruned: bool = False
    group: int = 0
    role: int = 0
    inviter: int = -1
    muted: bool = False
    id: int | None = None
    opened: set[int] = field(default_factory=set)
    messages: dict[int, int] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)

    def present(self, day: int) -> bool:
        return self.joined <= day and (self.left < 0 or day <= self.left)

    def member_at_end_of(self, day: int) -> bool:
        return self.joined <= day and (self.left < 0 or day < self.left)


def build(people, *, days, groups=1, ledger=None, daily=None, tenure=None):
    """Turn a list of Person into a RunRecord, counting naively.

    Args:
        people: In order of arrival.
        days: Horizon.
        groups: Number of groups.
        ledger: {(day, account): amount} booked besides what the people paid (goods).
        daily: {(day, column): count} added to group 0.
        tenure: Contribution by tenure, fen.
    """
    counts = np.zeros((days, groups, len(DAILY)), dtype=np.int64)

    def add(day, group, name, number=1):
        counts[day, group, DAILY_INDEX[name]] += number

    books = np.zeros((days, len(ACCOUNTS)), dtype=np.int64)
    for person in people:
        _count_stay(person, days, add)
        _count_acts(person, books, add)
    for (day, name), number in (daily or {}).items():
        add(day, 0, name, number)
    for (day, account), number in (ledger or {}).items():
        books[day, ACCOUNTS.index(account)] += number
    end_of = {name: ACCOUNTS.index(name) for name in ("refund", "other")}
    revenue = books[:, : end_of["refund"] + 1].sum(axis=1)
    cost = books[:, end_of["refund"] + 1 : end_of["other"] + 1].sum(axis=1)
    counts[:, 0, DAILY_INDEX["revenue"]] = revenue
    counts[:, 0, DAILY_INDEX["cost"]] = cost
    return RunRecord(
        days=days,
        daily=counts,
        weekly=np.zeros((days // 7, groups, 3), dtype=np.int64),
        ledger=books,
        ledger_policy=books.sum(axis=0, keepdims=True),
        policies=("scenario",),
        initial_members=sum(person.joined < 0 for person in people),
        members=_rows(people),
        tenure_contribution=np.zeros(days, dtype=np.int64)
        if tenure is None
        else np.asarray(tenure, dtype=np.int64),
        capacity=np.full(groups, 500, dtype=np.int64),
    )


def _count_stay(person, days, add):
    if person.joined >= 0:
        add(person.joined, person.group, "joins")
        if person.inviter >= 0:
            add(person.joined, person.group, "invites_accepted")
    if person.left >= 0:
        add(person.left, person.group, "pruned" if person.pruned else "leaves")
    for day in range(days):
        if person.member_at_end_of(day):
            add(day, person.group, "members")
            add(day, person.group, "muted", int(person.muted))


def _count_acts(person, books, add):
    member = int(person.role not in STAFF)
    spoke = [day for day, number in person.messages.items() if number]
    for day in person.opened | set(spoke):
        add(day, person.group, "openers")
        add(day, person.group, "member_openers", member)
    for day in spoke:
        add(day, person.group, "speakers")
        add(day, person.group, "messages", person.messages[day])
        add(day, person.group, "roots", person.messages[day])
        add(day, person.group, "member_speakers", member)
        add(day, person.group, "member_messages", member * person.messages[day])
    if spoke:
        add(min(spoke), person.group, "newcomer_speakers")
    paid = [day for day, fen in person.paid.items() if fen > 0]
    for day in paid:
        add(day, person.group, "payers")
        books[day, ACCOUNTS.index("goods")] += person.paid[day]
    if paid:
        add(min(paid), person.group, "first_payers")


def _rows(people):
    def column(values, kind=np.int32):
        return np.array(list(values), dtype=kind)

    def days_of(events):
        return [day for day, number in events.items() if number > 0]

    brought = Counter(p.inviter for p in people)
    return Members(
        id=column((index if p.id is None else p.id for index, p in enumerate(people)), np.uint32),
        group=column(p.group for p in people),
        role=column(p.role for p in people),
        channel=column((1 if p.inviter >= 0 else 2 * (p.joined >= 0)) for p in people),
        inviter=column((p.inviter for p in people), np.int64),
        joined=column(p.joined for p in people),
        left=column(p.left for p in people),
        left_how=column((0 if p.left < 0 else 1 + p.pruned) for p in people),
        first_spoke=column(min(days_of(p.messages), default=-1) for p in people),
        last_spoke=column(max(days_of(p.messages), default=-1) for p in people),
        last_opened=column((max(p.opened | set(p.messages), default=-1)) for p in people),
        messages=column((sum(p.messages.values()) for p in people), np.int64),
        invited=column((brought[index] for index in range(len(people))), np.int64),
        spent=column((sum(p.paid.values()) for p in people), np.int64),
        first_paid=column(min(days_of(p.paid), default=-1) for p in people),
        muted=column((p.muted for p in people), np.bool_),
        paid_until=column(-1 for _ in people),
    )


def random_people(seed, *, days, size=40, groups=1):
    """A random community: owner, initial members, joiners, leavers, removals, every activity."""
    rng = random.Random(seed)  # noqa: S311 (no secret)
    people = [Person(role=3)]
    arrivals = sorted(rng.choice([-1, -1, rng.randrange(days)]) for _ in range(size))
    for joined in arrivals:
        person = Person(joined=joined, role=rng.choice([0, 0, 0, 0, 1, 2, 5]))
        person.group = rng.randrange(groups)
        start = max(joined, 0)
        if rng.random() < 0.5:
            person.left = rng.randrange(start, days)
            person.pruned = rng.random() < 0.3
        if joined >= 0 and rng.random() < 0.7:
            hosts = [i for i, p in enumerate(people) if p.present(joined)]
            person.inviter = rng.choice(hosts) if hosts else -1
        stop = days if person.left < 0 else person.left + 1
        openness = rng.random()
        person.opened = {day for day in range(start, stop) if rng.random() < openness}
        if rng.random() < 0.7:
            talk = rng.random()
            person.messages = {
                day: rng.randrange(1, 6) for day in sorted(person.opened) if rng.random() < talk
            }
        if rng.random() < 0.4:
            person.paid = {
                day: rng.randrange(0, 9000) for day in sorted(person.opened) if rng.random() < 0.1
            }
        person.muted = rng.random() < 0.2
        people.append(person)
    return people


@pytest.fixture(scope="session")
def person():
    return Person


@pytest.fixture(scope="session")
def make_record():
    return build


@pytest.fixture(scope="session")
def make_people():
    return random_people
