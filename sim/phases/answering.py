"""Phase 4, continued: who answers whom, and the ties that grow where answers land."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim import ties
from sim.arithmetic import ONE, behaviour, phase
from sim.draws import TARGET, uniforms
from sim.phases.talking import LUCK_TO_SERVE
from sim.population import GOT, ID, JOINED, LANES, LEADER, OWNER, ROLE

_f = np.float32
MOST_TARGETS = 24
"""Answers of one member and day whose receivers are drawn; more are counted, not addressed."""
_BITS = 64
_U, _V, _W, _X = range(4)


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
def answer(t, k0, k1, members, rows, kept, roots, seen, c, today, work):
    """Answers find their receivers; then ties grow in both directions.

    Each answer goes to a tied member who spoke today with probability ``talk.tie_target``,
    otherwise to an author in proportion to visibility, and there to one of his messages. All
    receivers are found before any tie grows, so it does not matter who answers first.

    Args:
        work: Working columns of a block.

    Returns:
        (answers, answered, order): answers given, opening posts with at least one answer, and
        which these are (bits of uint64 of shape (S,)).
    """
    asker, ordinal, answers = _given(kept, roots)
    place = np.empty(len(asker), np.int32)
    order = np.zeros(len(rows), np.uint64)
    position, spoke = _index(rows, len(members.tie))
    guide = _signposts(seen)
    friendly = np.empty(LANES, np.int32)
    answered = 0
    for first in range(0, len(asker), LANES):
        count = min(LANES, len(asker) - first)
        _draw_targets(t, k0, k1, members, rows, asker, ordinal, first, count, work)
        some = 0
        for k in range(count):
            friendly[some] = k
            place[first + k] = -1
            some += 1 if work[_U * LANES + k] < c.talk.tie_target else 0
        for m in range(some):
            k = friendly[m]
            row = rows[asker[first + k]]
            target = ties.partner_present(members, row, spoke, work[_V * LANES + k])
            place[first + k] = position[target] if target >= 0 else np.int32(-1)
        for k in range(count):
            own = asker[first + k]
            to = np.int64(place[first + k])
            if to < 0:
                to = _drawn(seen, guide, np.float64(work[_W * LANES + k]))
            if to == own:
                to = own + 1 if own + 1 < len(rows) else np.int64(0)
            place[first + k] = to
            which = int(np.float64(work[_X * LANES + k]) * kept[to])
            if which < roots[to]:
                bit = np.uint64(1) << np.uint64(min(which, _BITS - 1))
                answered += 0 if order[to] & bit else 1
                order[to] |= bit
    ties.strengthen_all(members, rows, asker, place, c.tie.gain * (ONE + today[lv.TEAM]))
    return answers, answered, order


@phase
def _given(kept, roots):
    """Who gives each answer that looks for its receiver, its number among his, and all answers."""
    total, answers = np.int64(0), np.int64(0)
    for i in range(len(kept)):
        answers += kept[i] - roots[i]
        total += min(kept[i] - roots[i], MOST_TARGETS)
    asker, ordinal = np.empty(total, np.int32), np.empty(total, np.uint32)
    k = 0
    for i in range(len(kept)):
        for q in range(min(kept[i] - roots[i], MOST_TARGETS)):
            asker[k] = i
            ordinal[k] = q
            k += 1
    return asker, ordinal, answers


@phase
def _index(rows, most):
    """Place of each row among the speakers (anything elsewhere), and a bit for each who is there.

    The bits of a hundred thousand members fit the nearest cache, their flags do not.
    """
    position = np.empty(most, np.int32)
    spoke = np.zeros((most + 63) // 64, np.uint64)
    for i in range(len(rows)):
        position[rows[i]] = i
        spoke[rows[i] >> 6] |= np.uint64(1) << np.uint64(rows[i] & 63)
    return position, spoke


@phase
def _draw_targets(t, k0, k1, members, rows, asker, ordinal, first, count, work):
    """Four keyed uniforms for each of a batch of answers."""
    who = np.empty(LANES, np.uint32)
    for k in range(count):
        row = rows[asker[first + k]]
        who[k] = members.word[row // LANES, ID, row % LANES]
    for k in range(count):
        u, v, w, x = uniforms(k0, k1, who[k], t, TARGET, ordinal[first + k])
        work[_U * LANES + k] = u
        work[_V * LANES + k] = v
        work[_W * LANES + k] = w
        work[_X * LANES + k] = x


@phase
def _signposts(seen):
    """Where to begin to look in ``seen``: for each of S equal parts of its range, a place near."""
    total = seen[len(seen) - 1]
    guide = np.empty(len(seen), np.int32)
    place = 0
    for k in range(len(seen)):
        while seen[place] * len(seen) <= k * total:
            place += 1
        guide[k] = place
    return guide


@behaviour
def _drawn(seen, guide, u):
    """Place of the first entry of ``seen`` above u times its last."""
    mark = np.int64(u * seen[len(seen) - 1])
    place = np.int64(guide[np.int64(u * len(guide))])
    while place > 0 and seen[place - 1] > mark:
        place -= 1
    while seen[place] <= mark:
        place += 1
    return place


@phase
def serve(members, rows, roots, order, brought, service):
    """The operator answers a share of the posts that nobody answered; returns how many."""
    served = 0
    for i in range(len(rows)):
        waiting = min(roots[i], _BITS)
        bits = order[i]
        while bits != np.uint64(0):
            waiting -= 1
            bits &= bits - np.uint64(1)
        if waiting > 0:
            count = int(np.floor(waiting * service + brought[i, LUCK_TO_SERVE]))
            members.real[rows[i] // LANES, GOT, rows[i] % LANES] += _f(count)
            served += count
    return served
