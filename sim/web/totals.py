"""What a work takes as it is planned: money and minutes by variant, policy and week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sim.audiences import EVERYONE
from sim.policies.base import FEN
from sim.policies.costing import Bill, bill_of, undone
from sim.policies.operating import WEEK
from sim.report import numbers
from sim.report.policy_lines import policy_line, settings_said
from sim.web.work import Work, WorkVariant, variant_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.policies.operating import Planned
    from sim.policies.planning import Caution
    from sim.report.policy_lines import PolicyLine
    from sim.scenario import Scenario
    from sim.words import Words


class PolicyPlan(BaseModel):
    """One policy as it is planned.

    Attributes:
        use: Its key, numbered where it is used again.
        at: Its place in the work; None = of the community's own.
        start: First day.
        stop: Day after the last, at most the horizon.
        days: Days on which it acts.
        text: All of it in one line.
        money: Yuan over all days.
        minutes: Staff minutes over all days.
        money_text: The money as people read it.
        minutes_text: The minutes likewise.
        waits: Whether what it takes hangs on what happens: money and minutes are the most it may
            take (it waits for a condition) or not known (it reacts).
    """

    use: str
    at: str | None
    start: int
    stop: int
    days: list[int]
    text: str
    money: float
    minutes: float
    money_text: str
    minutes_text: str
    waits: bool


class WeekPlan(BaseModel):
    """What one week takes: yuan and staff minutes."""

    week: int
    money: float
    minutes: float


class Over(BaseModel):
    """A limit that the plan is over, from a day on."""

    day: int
    message: str


class VariantPlan(BaseModel):
    """What one variant takes as planned.

    Attributes:
        name: As people call it.
        money: Yuan over all days.
        minutes: Staff minutes over all days.
        minutes_week: Staff minutes a week on average.
        money_text: The money as people read it.
        minutes_text: The minutes a week likewise.
        weeks: By week; the last may be shorter.
        over: Limits that it is over, by day.
        policies: By policy, in the order in which they have the operator's time.
    """

    name: str
    money: float
    minutes: float
    minutes_week: float
    money_text: str
    minutes_text: str
    weeks: list[WeekPlan]
    over: list[Over]
    policies: list[PolicyPlan]


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One variant that could be read.

    Attributes:
        number: Its index in the work, 0 = the baseline.
        scenario: Its community.
        planned: The policies in it.
        cautions: What is probably not meant.
    """

    number: int
    scenario: Scenario
    planned: tuple[Planned, ...]
    cautions: tuple[Caution, ...]


def variant_plan(work: Work, arm: Arm, words: Words) -> VariantPlan:
    """What one variant takes, and which limits that is over."""
    number, scenario, planned = arm.number, arm.scenario, arm.planned
    world = _World(scenario, tuple(scenario.flat().values()))
    bills = [_bill(one, world) for one in planned]
    places = _origins(work, scenario, number)
    policies = [
        _policy_plan(one, bill, entry, at, words)
        for one, bill, entry, at in zip(planned, bills, scenario.policies, places, strict=True)
    ]
    fen, minutes = Counter[int](), Counter[int]()
    for bill in bills:
        for day, (money, time) in bill.deeds.items():
            fen[day] += money
            minutes[day] += time
    weeks = [
        WeekPlan(
            week=first // WEEK, money=_within(fen, first) / FEN, minutes=_within(minutes, first)
        )
        for first in range(0, work.days, WEEK)
    ]  # fmt: skip
    over = [
        *_over_time(work, scenario, bills, minutes, words),
        *_over_budget(work, fen, words),
    ]
    total = fen.total() / FEN
    a_week = minutes.total() * WEEK / work.days
    return VariantPlan(
        name=_name(work, number, words), money=total, minutes=minutes.total(),
        minutes_week=a_week, money_text=numbers.money(total, words=words),
        minutes_text=words.say("web.server.a_week", time=numbers.minutes(a_week, words=words)),
        weeks=weeks, over=sorted(over, key=lambda one: one.day), policies=policies,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _World:
    """A scenario apart from its policies: what the plan of a policy may look at."""

    scenario: Scenario
    values: tuple[object, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _World) and self.values == other.values

    def __hash__(self) -> int:
        return hash(self.values)


@lru_cache(maxsize=1024)
def _bill(one: Planned, world: _World) -> Bill:
    """Pages change one policy at a time: what the others take is remembered."""
    return bill_of(one, world.scenario)


def _within(counted: Counter[int], first: int) -> int:
    return sum(counted[day] for day in range(first, first + WEEK))


def _origins(work: Work, scenario: Scenario, number: int) -> list[str | None]:
    """Where in the work each policy of a variant stands; None = the community's own.

    A variant's policies are the community's that are left, then the work's, then its own.
    """
    own = work.variants[number - 1] if number else WorkVariant(name="")
    shared = [
        f"policies.{index}"
        for index, entry in enumerate(work.policies)
        if entry["use"] not in own.without
    ]
    added = [f"variants.{number - 1}.policies.{index}" for index in range(len(own.policies))]
    kept = len(scenario.policies) - len(shared) - len(added)
    return [*[None] * kept, *shared, *added]


def _policy_plan(
    one: Planned, bill: Bill, entry: Mapping[str, Any], at: str | None, words: Words
) -> PolicyPlan:
    money = bill.fen / FEN
    return PolicyPlan(
        use=one.name, at=at, start=one.calendar.start, stop=one.calendar.end,
        days=[] if one.policy.is_off else list(one.calendar.acting),
        text=said(policy_line(one, entry, words), days=one.calendar.days, words=words),
        money=money, minutes=bill.minutes, money_text=numbers.money(money, words=words),
        minutes_text=numbers.minutes(bill.minutes, words=words), waits=bill.waits,
    )  # fmt: skip


def said(line: PolicyLine, *, days: int, words: Words) -> str:
    """A policy in one line: ``红包，第 0 天到第 89 天，每 7 天，每次 200 元``.

    Args:
        line: As reports list it.
        days: Horizon.
        words: Language.
    """
    parts = [words.policy(line.use), _when(line, days, words), line.rhythm]
    if line.audience != EVERYONE:
        parts.append(words.setting(line.use, "to", line.audience))
    parts += settings_said(line, words=words, only=line.written)
    return ("，" if words.lang == "zh" else ", ").join(part for part in parts if part)


def _when(line: PolicyLine, days: int, words: Words) -> str:
    """From when to when; nothing where that is always."""
    if line.stop is None or line.stop >= days:
        return words.setting(line.use, "start", line.start) if line.start else ""
    return words.say("web.server.from_to", start=line.start, last=line.stop - 1)


def _over_time(
    work: Work, scenario: Scenario, bills: Sequence[Bill], minutes: Counter[int], words: Words
) -> Iterator[Over]:
    """Weeks with more work than hours: the work's own limit, and the operator's, which binds."""
    hours = scenario.owner.minutes_per_week
    left = undone(bills, minutes_per_week=hours)
    if left:
        names = list(dict.fromkeys(words.policy(one.name) for one in left))
        text = words.say(
            "web.server.undone", day=left[0].day, weeks=len({one.day // WEEK for one in left}),
            names=words.join(names),
            time=numbers.minutes(sum(one.minutes for one in left), words=words),
        )  # fmt: skip
        yield Over(day=left[0].day, message=text)
    if work.minutes is None or (left and work.minutes >= hours):
        return  # the same hours: what is not done because of them was told
    used = {first: _within(minutes, first) for first in range(0, work.days, WEEK)}
    over = {first: time - work.minutes for first, time in used.items() if time > work.minutes}
    if over:
        day = _used_up(minutes, min(over), work.minutes)
        most = numbers.minutes(max(over.values()), words=words)
        text = words.say("web.server.over_minutes", day=day, weeks=len(over), time=most)
        yield Over(day=day, message=text)


def _used_up(minutes: Counter[int], first: int, limit: float) -> int:
    """The day of a week on which its minutes are used up."""
    day, used = first, minutes[first]
    while used <= limit:
        day += 1
        used += minutes[day]
    return day


def _over_budget(work: Work, fen: Counter[int], words: Words) -> Iterator[Over]:
    if work.budget is None:
        return
    spent = 0
    for day in range(work.days):
        spent += fen[day]
        if spent > work.budget * FEN:
            excess = numbers.money(fen.total() / FEN - work.budget, words=words)
            yield Over(day=day, message=words.say("web.server.over_budget", day=day, money=excess))
            return


def _name(work: Work, number: int, words: Words) -> str:
    if number == 0:
        return words.say("word.as_now")
    named = variant_names(work)[number - 1]
    return work.variants[number - 1].name.strip() or named.get(words.lang, named["name"])
