"""Day minus one: traits, the first members and their past, the groups, the world outside."""

import math

import numpy as np
from scipy import stats

from .numbers import ONE, ZERO, F, exp, ln, normal, quantile
from .people import (
    ADMINISTRATOR,
    BUSINESS,
    CONTENT,
    FOUNDER,
    GIVEAWAY,
    GUEST,
    INVITED,
    LEADER,
    OPEN,
    OWNER,
    PARTNER,
    SEED_USER,
    Person,
    strengthen,
)

DECAYS = [(F(math.exp(-1 / tau)), F(-1 / tau)) for tau in (2, 8, 40)]
UNKNOWN_VOLUME = F(1.5)


def trait_tables(scenario):
    z = np.linspace(-5.5, 5.5, 1025)
    u = stats.norm.cdf(z)
    m = scenario.member

    def ln_gamma(shape):
        return np.log(np.maximum(stats.gamma.ppf(u, shape) / shape, 1e-30))

    return {
        "restless": ln_gamma(m.restless_shape),
        "buy_rate": ln_gamma(m.buy_shape),
        "lapse": stats.beta.ppf(u, m.lapse_alpha, m.lapse_beta),
        "inflow": ln_gamma(scenario.shock.inflow_shape),
    }


def hunter_share(c, channel, gift):
    if channel == INVITED:
        return float(c.hunter.share_invited) + 0.25 * float(gift)
    names = {
        GIVEAWAY: "giveaway",
        CONTENT: "content",
        PARTNER: "partner",
        BUSINESS: "business",
    }
    return float(getattr(c.hunter, "share_" + names.get(channel, "open")))


def closeness(luck, c, who, channel, reward):
    u, v, _, _ = luck.four("trait", who, 0, 0)
    rho = float(c.member.fit_activity_rho)
    fit = rho * normal(u) + math.sqrt(1.0 - rho * rho) * normal(v)
    if channel == CONTENT:
        fit += 0.3
    if channel == INVITED:
        fit -= 0.3 * float(reward)
    return fit


def born(luck, c, tables, who, group, channel, fit, hunters):
    """A person with traits and first states."""
    u, _, v, w = luck.four("trait", who, 0, 0)
    x, y, _, h = luck.four("trait", who, 0, 1)
    p, q, _, _ = luck.four("trait", who, 0, 2)
    m = c.member
    person = Person(id=who, group=group, channel=channel)
    person.activity = F(math.exp(float(m.activity_sigma) * normal(u)))
    person.fit = F(fit)
    person.restless = F(math.exp(quantile(v, tables["restless"])))
    person.tolerance = F(math.exp(float(m.tolerance_sigma) * normal(w)))
    wallet = float(m.wallet_median) * math.exp(float(m.wallet_sigma) * normal(x))
    person.wallet = F(wallet * (3.0 if channel == BUSINESS else 1.0))
    person.buy_rate = F(math.exp(quantile(y, tables["buy_rate"])))
    friends = float(m.friends_median) * math.exp(float(m.friends_sigma) * normal(p))
    person.friends = F(math.floor(friends * (10.0 if channel == BUSINESS else 1.0) + 0.5))
    person.hunter = float(h) < hunters
    start = float(m.engagement_start) * (0.6 if person.hunter else 1.0)
    start += float(m.engagement_start_sd) * normal(q)
    person.engagement = F(min(1.0, max(0.0, start)))
    person.trust = m.trust_start
    person.volume = c.arrival.first_volume * person.activity
    person.habit = habit_logit(c.law, person, silent=ONE, known=ONE)
    return person


def habit_logit(law, person, *, silent, known):
    """Logit of speaking in the coming week, before what the group shares."""
    poster = person.first_spoke is not None

    def share(trace, tau):
        decay, ln_decay = DECAYS[tau]
        weight = (ONE - exp(ln_decay * (known - ONE))) / (ONE - decay)
        yes = trace + F(0.5) * F(0.1)
        return ln(yes / max(weight + F(0.5) - yes, F(1e-6)))

    once = ONE if person.slow == ZERO else ZERO
    volume = person.volume if poster else UNKNOWN_VOLUME
    value = (
        law.intercept
        + law.fast * share(person.fast, 0)
        + law.medium * share(person.medium, 1)
        + law.slow * share(person.slow, 2)
        + (law.just_spoke if silent == ONE else ZERO)
        + law.silence * ln(silent)
        + law.tenure * ln(known)
        + law.once * once
        + law.volume * ln(max(volume, F(1e-6)))
        + law.once_silence * once * ln(silent)
    )
    lurking = law.lurker + law.lurker_activity * ln(person.activity)
    return value + (ZERO if poster else lurking)


def count_week(person, spoke, first):
    """The three habit traces after one more week; the first week with a word is not counted."""
    counted = ONE if spoke and not first else ZERO
    person.fast = person.fast * DECAYS[0][0] + counted
    person.medium = person.medium * DECAYS[1][0] + counted
    person.slow = person.slow * DECAYS[2][0] + counted


def weeks_since(day, week):
    return F(max(1, week - day // 7))


def refresh_habit(person, law, week):
    """Habit for the week number ``week``."""
    begun = person.joined if person.first_spoke is None else person.first_spoke
    latest = person.joined if person.first_spoke is None else person.last_spoke
    person.habit = habit_logit(
        law, person, silent=weeks_since(latest, week), known=weeks_since(begun, week)
    )


def take_role(person, role, c):
    person.role = role
    if role == OWNER:
        person.activity = max(person.activity, F(5) * c.owner.activity)
        person.engagement = F(0.95)
        person.restless = ZERO
    elif role == LEADER:
        person.activity = max(F(1.3) * person.activity, c.role.leader_floor)
        person.engagement = F(0.9)
        person.restless = person.restless * c.role.leader_exit
        person.standing = c.role.leader_at
    elif role == SEED_USER:
        person.activity = max(person.activity, c.role.seed_floor)
        person.engagement = F(0.85)
        person.fit = person.fit + c.role.seed_fit
    elif role in (ADMINISTRATOR, GUEST):
        person.restless = person.restless * c.role.leader_exit
    person.activity = max(person.activity, F(1e-4))
    person.volume = person.activity


def past_share(person, c):
    if person.role == OWNER:
        return 1.0
    share = min(0.999, max(0.001, float(c.members.habit)))
    odds = share / (1.0 - share) * float(person.activity)
    share = odds / (1.0 + odds)
    return max({LEADER: 0.9, SEED_USER: 0.6}.get(person.role, 0.0), share)


def remember_past(person, luck, c):
    weeks = int(c.members.history)
    person.joined = -7 * weeks
    if weeks == 0:
        return
    share = past_share(person, c)
    for w in range(weeks):
        spoke = float(luck.four("history", person.id, w)[0]) < share
        count_week(person, spoke, person.first_spoke is None)
        if spoke:
            person.last_spoke = 7 * (w - weeks) + 3
            if person.first_spoke is None:
                person.first_spoke = person.last_spoke
    refresh_habit(person, c.law, 0)


def found(groups, scenario, luck, c, tables):
    """The first members, group by group; roles are dealt to the groups in turn."""
    m = scenario.members
    roles = [OWNER] * len(groups) + [LEADER] * m.leaders + [SEED_USER] * m.seed_users
    roles += [ADMINISTRATOR] * m.administrators + [GUEST] * m.guests
    number = 0
    for group in groups:
        share = m.initial // len(groups) + (1 if group.number < m.initial % len(groups) else 0)
        for i in range(share):
            fit = closeness(luck, c, number, FOUNDER, 0.0)
            person = born(luck, c, tables, number, group, FOUNDER, fit, 0.0)
            turn = i * len(groups) + group.number
            take_role(person, roles[turn] if turn < len(roles) else 0, c)
            remember_past(person, luck, c)
            group.people.append(person)
            number += 1
        acquaint(group, luck, c)


def acquaint(group, luck, c):
    weight = c.tie.founders
    if weight <= ZERO:
        return
    people = group.people
    for i, person in enumerate(people):
        if len(people) > 1:
            strengthen(person, people[(i + 1) % len(people)], weight, weight)
        u = luck.four("founder", i, group.number)[0]
        strengthen(person, people[int(float(u) * min(len(people), 8))], weight, weight)


def open_group(group, luck, c):
    u, v, _, _ = luck.four("group", group.number, 0)
    group.matter = float(c.matter.start)
    group.luck = math.exp(float(c.group.luck_sigma) * normal(u))
    group.purpose = float(c.group.purpose_sigma) * normal(v)
    speakers = 0.0
    for person in group.people:
        group.audience += 0.5 * float(person.engagement)
        speakers += 1.0 / (1.0 + math.exp(-(float(person.habit) + group.purpose)))
    group.life = speakers / 4.0
    group.last = group.level = group.norm = math.log(speakers + 1.0)


class Outside:
    """What comes from outside: shocks by week, candidates by day and channel."""

    def __init__(self, scenario, days, luck, c, tables):
        s = c.shock
        path = talk = 0.0
        self.common, self.message, self.inflow = [], [], []
        base = (c.reach.open, c.reach.content, c.reach.giveaway, c.reach.partner, c.reach.business)
        self.base = [float(value) for value in base]
        u, w, _, _ = luck.four("shock", 0, 0, 0)
        path = float(s.start) * float(s.volatility) * normal(u)
        talk = float(s.start) * float(s.message_volatility) * normal(w)
        for week in range(days // 7 + 1):
            u, w, x, y = luck.four("shock", 0, week, 1)
            p = luck.four("shock", 0, week, 2)[0]
            path += float(s.walk) * float(s.volatility) / math.sqrt(13.0) * normal(u)
            talk += float(s.walk) * float(s.message_volatility) / math.sqrt(13.0) * normal(w)
            self.common.append(path + float(s.drift) * week + float(s.weekly_noise) * normal(x))
            self.message.append(
                math.exp(talk + float(s.message_drift) * week + float(s.message_noise) * normal(y))
            )
            self.inflow.append(
                math.exp(quantile(p, tables["inflow"])) * math.exp(float(s.inflow_share) * path)
            )
        self.posters = [0.0] * days
        r = scenario.rhythm
        weights = [
            r.monday, r.tuesday, r.wednesday, r.thursday, r.friday, r.saturday, r.sunday,
        ]  # fmt: skip
        first = scenario.first_weekday
        self.share = [weights[(first + k) % 7] / sum(weights) for k in range(7)]
        self.weekend = [1.0 if (first + k) % 7 >= 5 else 0.0 for k in range(7)]

    def reach(self, day, channel):
        return self.base[channel - OPEN] * self.inflow[day // 7]
