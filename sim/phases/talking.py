"""Phase 4: how much is said, who answers whom, and the ties that grow where answers land."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim import ties
from sim.arithmetic import HALF, ONE, TWO, ZERO, behaviour, exp, ln, phase
from sim.draws import TALK, TARGET, uniforms
from sim.phases import booking
from sim.phases.opening import ENGAGED, INTERESTED, KEPT_COMPANY, LEADING, OPENERS
from sim.population import (
    ACTIVITY,
    FIRST_SPOKE,
    FLAGS,
    GOT,
    HUNTER,
    ID,
    JOINED,
    LANES,
    LAST_SPOKE,
    LEADER,
    LIFT,
    MESSAGES,
    NEVER,
    OWNER,
    POINTS,
    ROLE,
    SPOKE,
    VOLUME,
    WEEK,
    WEEK_MESSAGES,
)  # fmt: skip
from sim.state import LUCK, MATTER, WEEK_SPEAKERS

_f = np.float32
MOST_TARGETS = 24
"""Answers of one member and day whose receivers are drawn; more are counted, not addressed."""
_BITS = 64
_MOST = _f(10_000.0)


@behaviour
def hurdle_geometric(u, mean, burst):
    """A count from one uniform: 0, or a geometric burst; its mean is exactly ``mean``.

    Talk comes in bursts: half of all posters are seen on one day only while a sixth posts once, so
    whether one says more and how much must be separate. The mean of a non-zero count is
    ``burst + mean``; monotone in ``u``, so paired runs stay coupled. Means are cut at 10,000: far
    beyond any day of talk, and single precision still tells 1 - 1 / size from 1.
    """
    mean = min(mean, _MOST)
    if mean <= ZERO:
        return 0
    size = burst + mean
    some = mean / size
    if u >= some:
        return 0
    return 1 + int(ln(u / some) / ln(ONE - ONE / size)) if size > _f(1.000001) else 1


@behaviour
def goal_gradient(points, game):
    """Effort multiplier of points and levels: up before a level, down after it (evidence 93, 94).

    Level l is reached at 20 (2^l - 1) points; each level counts for less.
    """
    level = ZERO
    start, width = ZERO, _f(20.0)
    for _ in range(12):
        if points >= start + width:
            level += ONE
            start += width
            width *= TWO
    q = min(ONE, (points - start) / width)
    before = _f(0.8) * exp((q - ONE) / _f(0.25))
    after = _f(0.35) * exp(-q / _f(0.25)) if level > ZERO else ZERO
    return ONE + game / (ONE + HALF * level) * (before - after)


@behaviour
def appetite(c, activity, volume, lift, hunter, stimulus, topic, audience, goal):
    """Messages beyond the first that a speaker would like to send today.

    What he is used to (smoothed messages of his active weeks) and his nature, as a geometric mean
    (law: three quarters of the logarithm persist), times what the day offers; bounded smoothly.
    """
    own = exp(
        (ONE - c.talk.volume_persistence) * ln(activity) + c.talk.volume_persistence * ln(volume)
    )
    wish = (
        c.member.activity_rate
        * own
        * (ONE + lift)
        * (ONE + c.talk.topic_gain * ln(ONE + topic))
        * (ONE + c.talk.stimulus * min(ONE, stimulus))
        * (ONE + (c.hunter.talk - ONE) * hunter)
        * audience
        * goal
    )
    return wish / (ONE + wish / c.talk.day_cap)


@phase
def replies_per_message(c, today, sums, over):
    """Mean number of answers a message begets, below ``talk.n_max`` < 1 by its form (float64).

    Rises with the engaged audience, cohesion, topics that match and service, falls under overload
    and when nobody leads (evidence 39, 42, 43, 51; handbook F2).
    """
    openers = max(1, sums[OPENERS])
    engaged = sums[ENGAGED] / 65536.0
    cohesion = 0.85 + 0.1 * today[lv.TEAM] + 0.3 * (sums[KEPT_COMPANY] / 65536.0) / openers
    astray = off_topic(c, today, sums[OPENERS])
    match = 0.5 + (sums[INTERESTED] / 65536.0) / openers * (1.0 - astray)
    pull = engaged * cohesion * match * (1.0 + 0.3 * today[lv.SERVICE])
    reach = c.talk.audience_for_n * (1.0 + 0.5 * over)
    led = min(1.0, float(sums[LEADING]))
    return (
        c.talk.n_max * (1.0 - np.exp(-pull / reach)) * (1.0 - c.talk.leaderless_loss * (1.0 - led))
    )


@phase
def off_topic(c, today, openers):
    """Share of what is said that concerns nobody's interest here; more in bigger groups (F1, F3)."""
    return min(
        0.9,
        c.talk.offtopic * (1.0 + 0.5 * openers / 500.0) * (1.0 - 0.6 * today[lv.MODERATION]),
    )


@phase
def deleted_share(c, today):
    """Share of messages that moderation deletes (Ren and Kraut: deletion also costs ties)."""
    return today[lv.MODERATION] * (0.6 * c.talk.offtopic + 0.15 * c.talk.breadth)


@phase
def find_speakers(members, g):
    """Rows of today's speakers of one group, in order of rows: int64 of shape (S,)."""
    count = 0
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            for j in range(members.fill[b]):
                count += 1 if members.byte[b, FLAGS, j] & SPOKE else 0
    rows = np.empty(count, np.int64)
    count = 0
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            for j in range(members.fill[b]):
                if members.byte[b, FLAGS, j] & SPOKE:
                    rows[count] = b * LANES + j
                    count += 1
    return rows


@phase
def appetites(members, rows, c, today, attention, audience, shock):
    """Appetite of each speaker: float32 of shape (S,)."""
    wishes = np.empty(len(rows), np.float32)
    for i in range(len(rows)):
        b, j = rows[i] // LANES, rows[i] % LANES
        goal = goal_gradient(members.real[b, POINTS, j], today[lv.POINTS_GAME])
        hunter = ONE if members.byte[b, FLAGS, j] & HUNTER else ZERO
        wishes[i] = shock * appetite(
            c, members.real[b, ACTIVITY, j], members.real[b, VOLUME, j], members.real[b, LIFT, j],
            hunter, attention, today[lv.TOPIC], audience, goal,
        )  # fmt: skip
    return wishes


@phase
def say(t, k0, k1, members, rows, wishes, boost, share, deleted, pieces, c):
    """What every speaker says: messages, and those of them that open a conversation.

    Args:
        boost: Messages beyond the first for each unit of appetite.
        share: Share of messages that are answers.
        deleted: Share that moderation takes away.
        pieces: Messages that the operator sends, counted as the owner's.

    Returns:
        (said, kept, roots): three int64 arrays of shape (S,); kept <= said, roots <= kept.
    """
    said = np.empty(len(rows), np.int64)
    kept = np.empty(len(rows), np.int64)
    roots = np.empty(len(rows), np.int64)
    sigma = max(c.member.activity_sigma, _f(0.05))
    for i in range(len(rows)):
        b, j = rows[i] // LANES, rows[i] % LANES
        u, v, w, _ = uniforms(k0, k1, members.word[b, ID, j], t, TALK, 0)
        z = ln(members.real[b, ACTIVITY, j]) / sigma
        burst = ONE + (c.member.burst - ONE) * exp(HALF * z - _f(0.125))
        count = 1 + hurdle_geometric(u, _f(boost) * wishes[i], burst)
        remains = max(1, count - int(np.floor(count * deleted + w)))
        answers = int(np.floor(remains * share + v))
        if members.byte[b, ROLE, j] == OWNER:
            remains += pieces
            count += pieces
        said[i] = count
        kept[i] = remains
        roots[i] = remains - min(answers, remains)
    return said, kept, roots


@phase
def visibility(t, members, rows, kept, roots, c, welcome):
    """Cumulative visibility of the speakers: int64 of shape (S,), sixteenths.

    Messages and opening posts, leaders more (evidence 41, 63), newcomers more where welcomed.
    """
    seen = np.empty(len(rows), np.int64)
    total = np.int64(0)
    for i in range(len(rows)):
        b, j = rows[i] // LANES, rows[i] % LANES
        weight = 16.0 * (kept[i] + roots[i])
        role = members.byte[b, ROLE, j]
        if role == LEADER or role == OWNER:
            weight *= c.talk.leader_visibility
        if t - members.day[b, JOINED, j] < 7:
            weight *= 1.0 + 0.5 * welcome
        total += np.int64(weight)
        seen[i] = total
    return seen


@phase
def answer(t, k0, k1, members, rows, kept, roots, seen, c, today):
    """Answers find their receivers; ties grow in both directions.

    Each answer goes to a tied member who spoke today with probability ``talk.tie_target``,
    otherwise to an author in proportion to visibility, and there to one of his messages.

    Returns:
        (answers, answered): answers given, and opening posts with at least one answer.
    """
    order = np.zeros(len(rows), np.uint64)
    gain = c.tie.gain * (ONE + today[lv.TEAM])
    answers = 0
    for i in range(len(rows)):
        b, j = rows[i] // LANES, rows[i] % LANES
        given = kept[i] - roots[i]
        answers += given
        for q in range(min(given, MOST_TARGETS)):
            u, v, w, x = uniforms(k0, k1, members.word[b, ID, j], t, TARGET, q)
            target = np.int64(-1)
            if u < c.talk.tie_target:
                target = ties.partner_present(members, rows[i], v)
            place = _place(rows, target) if target >= 0 else -1
            if place < 0:
                mark = np.int64(np.float64(w) * seen[len(rows) - 1])
                place = _first_above(seen, mark)
            if place == i:
                place = (i + 1) % len(rows)
            receiver = rows[place]
            members.real[receiver // LANES, GOT, receiver % LANES] += ONE
            ties.strengthen(members, rows[i], receiver, gain, ZERO)
            which = int(np.float64(x) * kept[place])
            if which < roots[place]:
                order[place] |= np.uint64(1) << np.uint64(min(which, _BITS - 1))
    answered = 0
    for i in range(len(rows)):
        bits = order[i]
        while bits != np.uint64(0):
            answered += 1
            bits &= bits - np.uint64(1)
    return answers, answered, order


@phase
def _place(rows, row):
    """Position of a row among the speakers, -1 when it is not there (another group's)."""
    k = _first_above(rows, row - 1)
    return k if k < len(rows) and rows[k] == row else -1


@phase
def _first_above(ascending, value):
    """Position of the first entry above a value, by bisection."""
    low, high = 0, len(ascending)
    while low < high:
        middle = (low + high) // 2
        if ascending[middle] > value:
            high = middle
        else:
            low = middle + 1
    return low


@phase
def serve(t, k0, k1, members, rows, roots, order, service):
    """The operator answers a share of the posts that nobody answered; returns how many."""
    served = 0
    for i in range(len(rows)):
        waiting = min(roots[i], _BITS)
        bits = order[i]
        while bits != np.uint64(0):
            waiting -= 1
            bits &= bits - np.uint64(1)
        if waiting > 0:
            b, j = rows[i] // LANES, rows[i] % LANES
            _, _, _, x = uniforms(k0, k1, members.word[b, ID, j], t, TALK, 0)
            count = int(np.floor(waiting * service + x))
            members.real[b, GOT, j] += _f(count)
            served += count
    return served


@phase
def note(t, members, rows, kept, counts, groups_g):
    """Write down who spoke and how much, and let partners have their company."""
    for i in range(len(rows)):
        b, j = rows[i] // LANES, rows[i] % LANES
        members.word[b, MESSAGES, j] += np.uint32(kept[i])
        members.real[b, WEEK_MESSAGES, j] += _f(kept[i])
        members.day[b, LAST_SPOKE, j] = np.int16(t)
        if members.day[b, FIRST_SPOKE, j] == NEVER:
            members.day[b, FIRST_SPOKE, j] = np.int16(t)
            counts[booking.NEWCOMER_SPEAKERS] += 1
        if not members.byte[b, FLAGS, j] & WEEK:
            members.byte[b, FLAGS, j] |= WEEK
            groups_g[WEEK_SPEAKERS] += 1.0
        counts[booking.SPEAKERS] += 1
        counts[booking.MESSAGES_SAID] += kept[i]
        if members.byte[b, ROLE, j] < OWNER:
            counts[booking.MEMBER_SPEAKERS] += 1
            counts[booking.MEMBER_MESSAGES] += kept[i]
        ties.keep_company(members, rows[i])


@phase
def use_matter(c, group, today, roots, answers, engaged, joins):
    """The stock of things to talk about after the day, in opening posts.

    Brought by engaged members (not by the group: a constant supply would make activity independent
    of the members), newcomers, content and happenings; used up by talk.
    """
    brought = c.matter.supply + c.matter.from_engaged * engaged + c.matter.from_newcomer * joins
    operated = c.matter.from_content * today[lv.CONTENT] * today[
        lv.QUALITY
    ] + c.matter.from_event * (today[lv.EVENT] + today[lv.GUEST_VISIT])
    used = roots + c.matter.reply_use * answers
    return max(0.0, c.matter.keep * group[MATTER] + group[LUCK] * brought + operated - used)
