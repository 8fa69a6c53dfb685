"""Phase 4 for one group: what the operator and the members say, and what is left to talk about."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.arithmetic import ZERO, absorbed, phase
from sim.phases import booking
from sim.phases.answering import answer, serve, visibility
from sim.phases.opening import ENGAGED, overload, topics
from sim.phases.talking import (
    deleted_share,
    find_speakers,
    note,
    replies_per_message,
    say,
    use_matter,
    wish_to_talk,
)  # fmt: skip
from sim.population import COMPANY, FLAGS, GOT, LANES, OPENED, OWNER, PRESENT, ROLE, SPOKE
from sim.state import AUDIENCE, FOUND, MATTER, REPLY_SHARE

_f = np.float32


@phase
def operator_speaks(members, g, today):
    """Messages that the owner sends by plan today: content and prompts; 0 when he is gone."""
    planned = np.float64(today[lv.CONTENT]) + np.float64(today[lv.TOPIC])
    pieces = int(np.floor(planned + 0.5))
    if pieces <= 0:
        return 0
    for b in range(len(members.block_group)):
        if members.block_group[b] == g:
            for j in range(members.fill[b]):
                if members.byte[b, ROLE, j] == OWNER and members.byte[b, FLAGS, j] & PRESENT:
                    members.byte[b, FLAGS, j] |= OPENED | SPOKE
                    return pieces
    return 0


@absorbed
def talk(t, k0, k1, members, groups_g, g, c, today, booker, sums, books, shock, work, met, aimed):
    """Phase 4 for one group: (messages written, messages kept, of them the operator's pieces).

    Args:
        met: float32 of shape (K, 2): attention that members of some audiences meet, first.
        aimed: uint8 of shape (blocks, 256): every member's audiences.
    """
    counts = books.daily[t, g]
    pieces = operator_speaks(members, g, today)
    rows = find_speakers(members, g)
    over = overload(c, groups_g)
    begets = replies_per_message(c, today, sums, over)
    audience = min(3.0, max(0.2, groups_g[AUDIENCE] / c.talk.audience_reference))
    elastic = _f(audience ** np.float64(c.talk.audience_elasticity))
    brought = wish_to_talk(t, k0, k1, members, rows, c, today, met, aimed, elastic, shock, work)
    demand = 0.0
    for i in range(len(rows)):
        demand += np.float64(brought[i, 0])
    found = matter_found(c, groups_g[MATTER], demand)
    prompted = c.talk.operator_reply * pieces * begets / (1.0 - begets)
    boost = found / (1.0 - begets) + (prompted / demand if demand > 0.0 else 0.0)
    alone = len(rows) < 2
    said, kept, roots = say(
        members, rows, brought, boost, 0.0 if alone else begets,
        np.float64(deleted_share(c, today, topics(c, groups_g))), pieces,
    )  # fmt: skip
    written, total = np.int64(0), np.int64(0)
    for i in range(len(rows)):
        written += said[i]
        total += kept[i]
    if len(rows) > 0:
        seen = visibility(t, members, rows, kept, roots, c, today[lv.WELCOME])
        answers, answered, order = answer(
            t, k0, k1, members, rows, kept, roots, seen, c, today, work
        )
        if today[lv.SERVICE] > ZERO:
            served = serve(members, rows, roots, order, brought, np.float64(today[lv.SERVICE]))
            cost = np.int64(np.float64(c.price.answer) * 100.0 * served + 0.5)
            booking.book(books, t, booking.CARE_COST, booker[lv.SERVICE], cost)
            minutes = np.int64(np.float64(c.minutes.answer) * served + 0.5)
            booking.book(books, t, booking.STAFF_MINUTES, booker[lv.SERVICE], minutes)
            answered += served
        note(t, members, rows, kept, counts, groups_g)
        counts[booking.REPLIES_SAID] += answers
        counts[booking.ROOTS] += total - answers
        counts[booking.ANSWERED] += min(answered, total - answers)
    groups_g[REPLY_SHARE] = begets
    groups_g[FOUND] = found
    spent = np.float64(written) / total if total > 0 else 1.0  # what is deleted was said
    groups_g[MATTER] = use_matter(
        c, groups_g, today, spent * counts[booking.ROOTS], spent * counts[booking.REPLIES_SAID],
        sums[ENGAGED] / 65536.0, counts[booking.JOINS],
    )  # fmt: skip
    return written, total, pieces


@phase
def matter_found(c, matter, demand):
    """Share of the appetite that finds something to talk about: a smooth minimum of both."""
    share = 1.0 if demand <= 0.0 else matter / (matter + demand)
    return share * c.matter.limit + (1.0 - c.matter.limit)


@phase
def forget_yesterday(members):
    """Replies received and company of yesterday end where today's talk begins."""
    for b in range(len(members.block_group)):
        real = members.real[b].reshape(-1)
        for j in range(LANES if members.block_group[b] >= 0 else 0):
            real[GOT * LANES + j] = ZERO
            real[COMPANY * LANES + j] = ZERO
