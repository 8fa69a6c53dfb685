"""Phase 4: who speaks and how much; what there is to talk about."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim import ties
from sim.arithmetic import HALF, ONE, TWO, ZERO, behaviour, exp, ln, phase
from sim.draws import TALK, uniforms
from sim.phases import booking
from sim.phases.opening import ENGAGED, INTERESTED, KEPT_COMPANY, LEADING, OPENERS
from sim.population import (
    ACTIVITY,
    FIRST_SPOKE,
    FLAGS,
    HUNTER,
    ID,
    LANES,
    LAST_SPOKE,
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
        passed = points >= start + width
        level = level + (ONE if passed else ZERO)
        start = start + (width if passed else ZERO)
        width = width * (TWO if passed else ONE)
    q = min(ONE, (points - start) / width)
    before = _f(0.8) * exp((q - ONE) / _f(0.25))
    after = _f(0.35) * exp(-q / _f(0.25)) if level > ZERO else ZERO
    return ONE + game / (ONE + HALF * level) * (before - after)


@behaviour
def appetite(
    rate,
    persistence,
    day_cap,
    ln_activity,
    ln_volume,
    lift,
    topical,
    called,
    hunter,
    audience,
    goal,
):
    """Messages beyond the first that a speaker would like to send today.

    What he is used to (smoothed messages of his active weeks) and his nature, as a geometric mean
    (law: three quarters of the logarithm persist), times what the day offers; bounded smoothly.
    """
    own = exp((ONE - persistence) * ln_activity + persistence * ln_volume)
    wish = rate * own * (ONE + lift) * topical * called * hunter * audience * goal
    return wish / (ONE + wish / day_cap)


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
def deleted_share(c, today, breadth):
    """Share of messages that moderation deletes (Ren and Kraut: deletion also costs ties)."""
    return today[lv.MODERATION] * (0.6 * c.talk.offtopic + 0.15 * breadth)


@phase
def find_speakers(members, g):
    """Rows of today's speakers of one group, in order of rows: int64 of shape (S,)."""
    most = 1
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            flags = members.byte[b, FLAGS]
            block = np.int32(0)
            for j in range(LANES):
                block += np.int32(1) if flags[j] & SPOKE else np.int32(0)
            most += int(block)
    rows = np.empty(most, np.int64)
    count = 0
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            for j in range(members.fill[b]):
                rows[count] = b * LANES + j
                count += 1 if members.byte[b, FLAGS, j] & SPOKE else 0
    return rows[:count]


@phase
def wish_to_talk(t, k0, k1, members, rows, c, today, met, aimed, audience, shock, work):
    """What each speaker brings to the talk of the day, by batches in vector code.

    Args:
        met: float32 of shape (K, n): attention that members of some audiences meet, first.
        aimed: uint8 of shape (blocks, 256): every member's audiences.
        work: Working columns of a block.

    Returns:
        float32 of shape (S, 6): appetite (messages beyond the first that he would like to send),
        size of his bursts, and four keyed uniforms.
    """
    brought = np.empty((len(rows), BROUGHT), np.float32)
    who = np.empty(LANES, np.uint32)
    for first in range(0, len(rows), LANES):
        count = min(LANES, len(rows) - first)
        for i in range(count):
            b, j = rows[first + i] // LANES, rows[first + i] % LANES
            who[i] = members.word[b, ID, j]
            work[_ACTIVITY * LANES + i] = members.real[b, ACTIVITY, j]
            work[_VOLUME * LANES + i] = members.real[b, VOLUME, j]
            work[_LIFT * LANES + i] = members.real[b, LIFT, j]
            work[_POINTS * LANES + i] = members.real[b, POINTS, j]
            work[_HUNTER * LANES + i] = ONE if members.byte[b, FLAGS, j] & HUNTER else ZERO
            work[_CALLED * LANES + i] = met[aimed[b, j] if len(met) > 1 else 0, 0]
        _reckon(count, c, today, audience, shock, work)
        for i in range(count):
            u, v, w, x = uniforms(k0, k1, who[i], t, TALK, 0)
            work[_U * LANES + i] = u
            work[_V * LANES + i] = v
            work[_W * LANES + i] = w
            work[LUCK_TO_SERVE * LANES + i] = x
        for i in range(count):
            for k in range(BROUGHT):
                brought[first + i, k] = work[(_WISH + k) * LANES + i]
    return brought


(_WISH, _BURST, _U, _V, _W, LUCK_TO_SERVE, _ACTIVITY, _VOLUME, _LIFT, _POINTS, _HUNTER, _GOAL,
 _CALLED) = range(13)  # fmt: skip
BROUGHT = 6


@phase
def _reckon(count, c, today, audience, shock, work):
    """Appetite and burst size of one batch of speakers."""
    game = today[lv.POINTS_GAME]
    for i in range(count):
        work[_GOAL * LANES + i] = ONE
    if game > ZERO:
        for i in range(count):
            work[_GOAL * LANES + i] = goal_gradient(work[_POINTS * LANES + i], game)
    sigma = max(c.member.activity_sigma, _f(0.05))
    persistence, day_cap = c.talk.volume_persistence, c.talk.day_cap
    topical = ONE + c.talk.topic_gain * ln(ONE + today[lv.TOPIC])
    stimulus = c.talk.stimulus
    rate, hunter_talk, spread = c.member.activity_rate, c.hunter.talk - ONE, c.member.burst - ONE
    for i in range(count):
        ln_activity = ln(work[_ACTIVITY * LANES + i])
        called = ONE + stimulus * min(ONE, work[_CALLED * LANES + i])
        wish = appetite(
            rate, persistence, day_cap, ln_activity, ln(work[_VOLUME * LANES + i]),
            work[_LIFT * LANES + i], topical, called, ONE + hunter_talk * work[_HUNTER * LANES + i],
            audience, work[_GOAL * LANES + i],
        )  # fmt: skip
        work[_WISH * LANES + i] = shock * wish
        work[_BURST * LANES + i] = ONE + spread * exp(HALF * (ln_activity / sigma) - _f(0.125))


@phase
def say(members, rows, brought, boost, share, deleted, pieces):
    """What every speaker says: messages, and those of them that open a conversation.

    Args:
        brought: From :func:`wish_to_talk`.
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
    for i in range(len(rows)):
        more = hurdle_geometric(brought[i, _U], _f(boost) * brought[i, _WISH], brought[i, _BURST])
        count = 1 + more
        remains = max(1, count - int(np.floor(count * deleted + brought[i, _W])))
        answers = int(np.floor(remains * share + brought[i, _V]))
        if members.byte[rows[i] // LANES, ROLE, rows[i] % LANES] == OWNER:
            remains += pieces
            count += pieces
        said[i] = count
        kept[i] = remains
        roots[i] = remains - min(answers, remains)
    return said, kept, roots


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
