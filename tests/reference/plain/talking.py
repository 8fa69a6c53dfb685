"""Phase 4: how much is said, who answers whom, lessons and meetings."""

import math
from dataclasses import dataclass, field

from .numbers import HALF, ONE, TWO, ZERO, F, exp, ln
from .opening import overload, stimulus
from .people import LEADER, OWNER, strengthen, strengthen_one_way


@dataclass
class Voice:
    """What one speaker says on one day."""

    person: object
    wish: F = ZERO
    said: int = 0
    kept: int = 0
    roots: int = 0
    visible: int = 0  # cumulative, sixteenths
    answered: set = field(default_factory=set)  # numbers of his roots that were answered


def hurdle_geometric(u, mean, burst):
    mean = min(mean, F(10_000))
    if mean <= ZERO:
        return 0
    size = burst + mean
    some = mean / size
    if u >= some:
        return 0
    if size <= F(1.000001):
        return 1
    return 1 + int(ln(u / some) / ln(ONE - ONE / size))


def off_topic(c, today, openers):
    size = 1.0 + 0.5 * openers / 500.0
    return min(0.9, float(c.talk.offtopic) * size * (1.0 - 0.6 * float(today["moderation"])))


def goal_gradient(points, game):
    level, start, width = ZERO, ZERO, F(20)
    for _ in range(12):
        if points >= start + width:
            level += ONE
            start += width
            width = width * TWO
    q = min(ONE, (points - start) / width)
    before = F(0.8) * exp((q - ONE) / F(0.25))
    after = F(0.35) * exp(-q / F(0.25)) if level > ZERO else ZERO
    return ONE + game / (ONE + HALF * level) * (before - after)


def appetite(c, person, today, attention, audience):
    keep = c.talk.volume_persistence
    own = exp((ONE - keep) * ln(person.activity) + keep * ln(person.volume))
    wish = (
        c.member.activity_rate
        * own
        * (ONE + person.lift)
        * (ONE + c.talk.topic_gain * ln(ONE + today["topic"]))
        * (ONE + c.talk.stimulus * min(ONE, attention))
        * (ONE + (c.hunter.talk - ONE) * F(person.hunter))
        * audience
        * goal_gradient(person.points, today["points"])
    )
    return wish / (ONE + wish / c.talk.day_cap)


def replies_per_message(c, today, sums, over):
    openers = max(1, sums["openers"])
    cohesion = 0.85 + 0.1 * float(today["team"]) + 0.3 * (sums["company"] / 65536.0) / openers
    astray = off_topic(c, today, sums["openers"])
    match = 0.5 + (sums["interested"] / 65536.0) / openers * (1.0 - astray)
    pull = sums["engaged"] / 65536.0 * cohesion * match * (1.0 + 0.3 * float(today["service"]))
    reach = float(c.talk.audience_for_n) * (1.0 + 0.5 * over)
    led = min(1.0, float(sums["leading"]))
    loss = 1.0 - float(c.talk.leaderless_loss) * (1.0 - led)
    return float(c.talk.n_max) * (1.0 - math.exp(-pull / reach)) * loss


def operator_speaks(group, today):
    pieces = math.floor(float(today["content"]) + float(today["topic"]) + 0.5)
    for person in group.members:
        if person.role == OWNER and pieces > 0:
            person.opened = person.spoke = True
            return pieces
    return 0


def talk(world, day, group, sums):
    """Phase 4 of one group: (messages written, messages kept, pieces of the operator)."""
    c, today = world.c, group.today
    pieces = operator_speaks(group, today)
    voices = [Voice(person) for person in group.people if person.spoke]
    over = overload(c, group)
    begets = replies_per_message(c, today, sums, over)
    size = min(3.0, max(0.2, group.audience / float(c.talk.audience_reference)))
    audience = F(size ** float(c.talk.audience_elasticity))
    shock = F(world.outside.message[day // 7])
    demand = 0.0
    for voice in voices:
        attention = F(stimulus(c, voice.person.dose, group)[0])
        voice.wish = shock * appetite(c, voice.person, today, attention, audience)
        demand += float(voice.wish)
    found = 1.0 if demand <= 0.0 else group.matter / (group.matter + demand)
    found = found * float(c.matter.limit) + (1.0 - float(c.matter.limit))
    prompted = float(c.talk.operator_reply) * pieces * begets / (1.0 - begets)
    boost = found / (1.0 - begets) + (prompted / demand if demand > 0.0 else 0.0)
    say(world, day, group, voices, today, boost, 0.0 if len(voices) < 2 else begets, pieces)
    written = sum(voice.said for voice in voices)
    kept = sum(voice.kept for voice in voices)
    answers = kept - sum(voice.roots for voice in voices)
    if voices:
        answer(world, day, voices, today)
        answered = sum(len(voice.answered) for voice in voices)
        if today["service"] > ZERO:
            answered += serve(world, day, group, voices, today)
        for voice in voices:
            note(world, day, group, voice)
        world.books.count(day, group, "replies", answers)
        world.books.count(day, group, "roots", kept - answers)
        world.books.count(day, group, "roots_answered", min(answered, kept - answers))
    group.reply_share, group.found = begets, found
    use_matter(world, day, group, today, sums, written / kept if kept > 0 else 1.0)
    return written, kept, pieces


def say(world, day, group, voices, today, boost, share, pieces):
    c = world.c
    deleted = float(today["moderation"]) * (
        0.6 * float(c.talk.offtopic) + 0.15 * float(c.talk.breadth * F(group.focus))
    )
    sigma = max(c.member.activity_sigma, F(0.05))
    for voice in voices:
        person = voice.person
        u, v, w, _ = world.luck.four("talk", person.id, day)
        z = ln(person.activity) / sigma
        burst = ONE + (c.member.burst - ONE) * exp(HALF * z - F(0.125))
        count = 1 + hurdle_geometric(u, F(boost) * voice.wish, burst)
        remains = max(1, count - math.floor(count * deleted + float(w)))
        answers = math.floor(remains * share + float(v))
        if person.role == OWNER:
            remains += pieces
            count += pieces
        voice.said, voice.kept, voice.roots = count, remains, remains - min(answers, remains)


def answer(world, day, voices, today):
    gain = world.c.tie.gain * (ONE + today["team"])
    pairs = receivers(world, day, voices, today)
    for one, other in pairs:
        other.got = other.got + ONE
        if one is not other:
            strengthen_one_way(one, other, gain, ZERO)
    for one, other in pairs:
        if one is not other:
            strengthen_one_way(other, one, gain, ZERO)


def receivers(world, day, voices, today):
    """Who answers whom, in order of answers; notes which openings are answered."""
    c = world.c
    total = 0
    for voice in voices:
        weight = 16.0 * (voice.kept + voice.roots)
        if voice.person.role in (LEADER, OWNER):
            weight *= float(c.talk.leader_visibility)
        if day - voice.person.joined < 7:
            weight *= 1.0 + 0.5 * float(today["welcome"])
        total += int(weight)
        voice.visible = total
    place = {id(voice.person): i for i, voice in enumerate(voices)}
    pairs = []
    for i, voice in enumerate(voices):
        for q in range(min(voice.kept - voice.roots, 24)):
            u, v, w, x = world.luck.four("target", voice.person.id, day, q)
            target = friend_who_spoke(voice.person, place, v) if u < c.talk.tie_target else None
            k = -1 if target is None else place[id(target)]
            if k < 0:
                mark = int(float(w) * total)
                k = next(m for m, other in enumerate(voices) if other.visible > mark)
            if k == i:
                k = (i + 1) % len(voices)
            receiver = voices[k]
            pairs.append((voice.person, receiver.person))
            which = int(float(x) * receiver.kept)
            if which < receiver.roots:
                receiver.answered.add(min(which, 63))
    return pairs


def friend_who_spoke(person, speakers, u):
    friends = [tie for tie in person.known() if id(tie.person) in speakers]
    total = ZERO
    for tie in friends:
        total = total + tie.weight
    reached, chosen = ZERO, None
    for tie in friends:
        reached, chosen = reached + tie.weight, tie.person
        if reached > u * total:
            break
    return chosen


def serve(world, day, group, voices, today):
    """The operator answers a share of the posts that nobody answered."""
    served = 0
    for voice in voices:
        waiting = min(voice.roots, 64) - len(voice.answered)
        if waiting > 0:
            x = world.luck.four("talk", voice.person.id, day)[3]
            count = math.floor(waiting * float(today["service"]) + float(x))
            voice.person.got = voice.person.got + F(count)
            served += count
    cost = int(float(world.c.price.answer) * 100.0 * served + 0.5)
    world.book(day, group, "care", "service", cost)
    minutes = int(float(world.c.minutes.answer) * served + 0.5)
    world.book(day, group, "staff_minutes", "service", minutes)
    return served


def note(world, day, group, voice):
    person, count = voice.person, world.books.count
    person.messages += voice.kept
    person.week_messages = person.week_messages + F(voice.kept)
    person.last_spoke = day
    if person.first_spoke is None:
        person.first_spoke = day
        count(day, group, "newcomer_speakers")
    if not person.spoke_this_week:
        person.spoke_this_week = True
        group.week_speakers += 1.0
    count(day, group, "speakers")
    count(day, group, "messages", voice.kept)
    if person.role < OWNER:
        count(day, group, "member_speakers")
        count(day, group, "member_messages", voice.kept)
    for tie in person.known():
        tie.person.company = tie.person.company + tie.weight


def use_matter(world, day, group, today, sums, spent):
    m, counts = world.c.matter, world.books.daily[day][group.number]
    brought = (
        float(m.supply)
        + float(m.from_engaged) * (sums["engaged"] / 65536.0)
        + float(m.from_newcomer) * counts["joins"]
    )
    operated = m.from_content * today["content"] * today["quality"] + m.from_event * (
        today["event"] + today["guest"]
    )
    used = spent * counts["roots"] + float(m.reply_use) * (spent * counts["replies"])
    group.matter = max(
        0.0, float(m.keep) * group.matter + group.luck * brought + float(operated) - used
    )


def hold_lesson(world, day, group):
    if world.today(day, group)["lesson"] > ZERO:
        for person in group.people:
            if person.opened and person.lessons < 255:
                person.lessons += 1


def meet(world, day, group):
    share = world.today(day, group)["meet"]
    if share <= ZERO:
        return
    there = [
        person
        for person in group.people
        if person.opened
        and person.engagement > HALF
        and world.luck.four("meet", person.id, day)[0] < share
    ]
    if len(there) < 2:
        return
    for person in there:
        person.engagement = min(ONE, person.engagement + F(0.15))
        person.trust = min(ONE, person.trust + F(0.05))
        for tie in person.known():
            if tie.person not in there:
                tie.weight = tie.weight * F(0.85)
    for i, person in enumerate(there):
        for u in world.luck.four("meet", person.id, day)[1:]:
            other = there[(i + 1 + int(float(u) * (len(there) - 1))) % len(there)]
            strengthen(person, other, ZERO, F(0.3))
