"""Phase 3: who looks in today, and who of them speaks."""

from .numbers import HALF, ONE, TWO, ZERO, F, exp, ln, logistic, softplus
from .people import LEADER, LOG, OWNER


def stimulus(c, today, group):
    """Attention and treat of packets and happenings, double precision."""
    fresh_packet = float(c.stimulus.rho) ** group.packets
    fresh_event = float(c.stimulus.rho) ** group.happenings
    yuan = float(today["packet"])
    happening = float(today["event"]) + float(c.stimulus.guest) * float(today["guest"])
    attention = fresh_event * happening
    if yuan > 0.0:
        attention += fresh_packet * min(1.0, 0.3 + yuan / 100.0)
    treat = fresh_packet * min(1.0, yuan / 100.0) + 0.5 * fresh_event * happening
    return attention, treat


def overload(c, group):
    return max(0.0, group.volume / float(c.cost.capacity) - 1.0)


def breadth(c, today, group):
    return c.talk.breadth * F(group.focus) * (ONE - F(0.3) * today["moderation"])


def interest(width, fit):
    return ONE - width * (ONE - logistic(F(1.6) * fit))


def common(world, day, group):
    law = world.c.law
    swing = float(law.swing) * (group.last - group.level)
    swing += float(law.trend) * (group.level - group.norm)
    return F(swing + group.purpose + world.outside.common[day // 7])


def operator_pull(c, person, attention, today):
    opening = c.opening
    shared = (
        opening.ritual * today["ritual"]
        + opening.care * today["care"]
        + c.talk.topic_gain * ln(ONE + today["topic"])
    )
    return (
        opening.stimulus * attention * (ONE + F(person.hunter))
        + shared
        + opening.paid * F(person.paid)
        - opening.fatigue * min(F(4), person.fatigue / person.tolerance)
        + opening.muted * F(person.muted) * (ONE - HALF * min(ONE, attention))
    )


def speak_hazard(world, day, person, shared, pull, mentioned):
    c = world.c
    share = F(world.outside.share[day % 7])
    benefit = c.law.gain * (c.opening.engagement * person.lift + pull)
    if not person.spoke_this_week:
        return share * softplus(person.habit + shared + benefit)
    again = c.again
    yesterday = ONE if person.last_spoke == day - 1 else ZERO
    return softplus(
        again.base
        + again.habit * (person.habit + shared)
        + again.yesterday * yesterday
        + again.mention * mentioned
        + again.company * min(F(1.5), person.company)
        + ln(F(7) * share)
        + benefit
    )


def look_in(world, day, group):
    """Mark who opened and who spoke; return what the openers add up to.

    The sums of fractions are sums of whole 65536ths, cut off person by person.
    """
    c, today = world.c, world.today(day, group)
    shared, over = common(world, day, group), F(overload(c, group))
    width = breadth(c, today, group)
    weekend = c.opening.weekend * F(world.outside.weekend[day % 7])
    sums = {"openers": 0, "engaged": 0, "interested": 0, "company": 0, "leading": 0}
    for person in group.people:
        person.opened = person.spoke = False
    for person in group.members:
        mentioned = ONE if person.got > ZERO else ZERO
        attention = F(stimulus(c, person.dose, group)[0])
        pull = operator_pull(c, person, attention, person.dose)
        hazard = speak_hazard(world, day, person, shared, pull, mentioned)
        greets = ZERO
        if person.joined == day:
            greets = ONE if person.channel == LOG else c.arrival.greeting
        speak = ONE - exp(-hazard) * (ONE - greets)
        logit = (
            c.opening.base
            + c.opening.engagement * (person.engagement - HALF)
            + c.opening.fit * person.fit
            + c.opening.mention * mentioned
            + c.opening.tie_present * min(F(1.5), person.company)
            - c.opening.overload * min(TWO, over)
            + weekend
            + pull
            + TWO * F(person.role == OWNER)
        )
        look = speak + (ONE - speak) * logistic(logit)
        u = world.luck.four("look", person.id, day)[0]
        person.spoke, person.opened = bool(u < speak), bool(u < look)
        if person.opened:
            person.last_opened = day
            sums["openers"] += 1
            sums["engaged"] += int(person.engagement * F(65536))
            sums["interested"] += int(interest(width, person.fit) * F(65536))
            sums["company"] += int(min(ONE, person.company) * F(65536))
            sums["leading"] += person.role in (LEADER, OWNER)
    return sums


def share_out(world, day, group):
    """Red packets: that for everybody, then those for some."""
    give(world, day, group.people, world.today(day, group), world.policy(day, group, "packet"))
    for aimed in group.packets_for_some:
        meant = [person for person in group.people if aimed in person.audiences]
        give(world, day, meant, aimed.values, aimed.policy["packet"])


def give(world, day, people, levers, policy):
    """One packet: who takes, how it is split, what is sent back and what returns."""
    c = world.c
    total = int(float(levers["packet"]) * 100.0 + 0.5)
    if total <= 0:
        return
    parts = max(1, int(levers["packet_parts"]))
    takers = []
    for person in people:
        if person.opened and person.role != OWNER:
            u, v, _, _ = world.luck.four("packet", person.id, day)
            takers.append((u, v))
    takers = sorted(takers, key=lambda pair: pair[0])[:parts]
    left, luckiest, repaid = total, 0, 0.0
    for i, (_, v) in enumerate(takers):
        amount = left
        if i < parts - 1:
            amount = min(max(int(float(v) * 2.0 * left / (parts - i)), 1), left)
        left -= amount
        luckiest = max(luckiest, amount)
        repaid += float(c.packet.repaid) * amount
    repaid += (float(c.packet.luckiest) - 1.0) * float(c.packet.repaid) * luckiest
    world.books.book(day, "packet", policy, total)
    if left > 0 and day + 1 < world.days:
        world.books.book(day + 1, "packet", policy, -left)
    world.books.book(day, "peer_packet", policy, int(repaid))
