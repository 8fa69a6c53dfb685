"""The community of the reference: start it, and let days pass."""

from sim.levers import LEVER_INDEX
from sim.parameters import SECTIONS

from .aiming import look_up_audiences
from .arriving import arrive
from .books import Books
from .founding import Outside, found, open_group, trait_tables
from .living import carry_through, decide, end_week
from .numbers import ZERO, F, Luck, single_precision
from .opening import look_in, overload, share_out
from .people import LURKER, OWNER, Group, depart, leave, mourn
from .regrouping import regroup
from .talking import hold_lesson, meet, talk


class Community:
    """One run.

    Args:
        scenario: The scenario.
        key: The two key words of the run.
        days: Horizon.
        levers: What policies planned.
    """

    def __init__(self, scenario, *, key, days, levers):
        self.c = single_precision(scenario, SECTIONS)
        self.market, self.focus = float(scenario.market.size), scenario.groups.focus
        self.days, self.levers = days, levers
        self.luck = Luck(key)
        self.tables = trait_tables(scenario)
        number = levers.values.shape[1]
        self.groups = [Group(k, scenario.groups.capacity) for k in range(number)]
        for group in self.groups:
            group.door = group
        first = self.groups[: scenario.groups.number]
        found(first, scenario, self.luck, self.c, self.tables)
        for group in first:
            open_group(group, self.luck, self.c)
            group.opened = True
        self.outside = Outside(scenario, days, self.luck, self.c, self.tables)
        self.books = Books(days, number, levers)
        self.day = 0
        self.leaving = True

    def today(self, day, group):
        """The group's levers of a day, float32 by name."""
        row = self.levers.values[day, group.number]
        return {name: row[k] for name, k in LEVER_INDEX.items()}

    def policy(self, day, group, lever):
        return int(self.levers.booker[day, group.number, LEVER_INDEX[lever]])

    def book(self, day, group, account, lever, amount):
        self.books.book(day, account, self.policy(day, group, lever), amount)

    def market_left(self):
        ever = sum(len(group.people) for group in self.groups)
        return max(0.0, 1.0 - ever / self.market)

    def run(self, until):
        for day in range(self.day, until):
            self.one_day(day)
        self.day = until

    def one_day(self, day):
        regroup(self, day)
        if day == self.c.owner.leaves_on:
            self.owner_goes(day)
        arrive(self, day)
        there = [group for group in self.groups if group.opened]
        for group in there:
            look_up_audiences(self, day, group)
        sums = {group: look_in(self, day, group) for group in there}
        for group in there:
            for person in group.people:
                person.got = person.company = ZERO
        heard, over, decided = {}, {}, {}
        for group in there:
            share_out(self, day, group)
            over[group] = F(overload(self.c, group))
            written, kept, pieces = talk(self, day, group, sums[group])
            hold_lesson(self, day, group)
            meet(self, day, group)
            heard[group] = {
                "openers": sums[group]["openers"],
                "written": written,
                "kept": kept,
                "pieces": pieces,
            }
        for group in there:
            decided[group] = decide(self, day, group, group.today, heard[group], over[group])
        for group in there:
            today = group.today
            carry_through(self, day, group, today, decided[group])
            self.prune(day, group, today)
            self.close(day, group, today, sums[group], heard[group]["kept"])
        self.books.close(day)
        if day % 7 == 6:
            end_week(self, day)

    def owner_goes(self, day):
        for group in self.groups:
            for person in group.members:
                if person.role == OWNER:
                    leave(person, day, self.c)
                    self.books.count(day, group, "leaves")

    def prune(self, day, group, today):
        tolerated = int(today["prune"])
        if today["prune"] <= ZERO:
            return
        for person in group.members:
            if person.paid or person.role != LURKER:
                continue
            since = person.joined
            if person.last_spoke is not None:
                since = max(since, person.last_spoke)
            if day - since > tolerated:
                mourn(person, F(2) * self.c.exit.pruned_grief)
                depart(person, day, 2)
                self.books.count(day, group, "pruned")

    def close(self, day, group, today, sums, kept):
        c, counts = self.c, self.books.daily[day][group.number]
        wear = 0.5 ** (1.0 / float(c.stimulus.half_life))
        happening = today["event"] + today["guest"] > ZERO
        group.packets = group.packets * wear + (1.0 if today["packet"] > ZERO else 0.0)
        group.happenings = group.happenings * wear + (1.0 if happening else 0.0)
        group.audience += 0.2 * (sums["engaged"] / 65536.0 - group.audience)
        group.life += 0.2 * (counts["speakers"] - group.life)
        group.volume = kept + (3.0 * float(today["promo"]) + float(today["push_noise"]))
        good = max(0.0, float(today["content"]) * float(today["quality"]) - 1.0)
        bad = max(0.0, float(today["promo"]) - 1.0 / 7.0)
        brand = group.brand + 0.02 / 30.0 * good - 0.01 / 30.0 * bad
        group.brand = min(0.3, max(-0.3, brand))
        openers = [person for person in group.people if person.opened]
        counts["members"] = len(group.members)
        counts["muted"] = sum(person.muted for person in group.people)
        counts["paid_members"] = sum(person.paid for person in group.people)
        counts["openers"] = len(openers)
        counts["member_openers"] = sum(person.role < OWNER for person in openers)
