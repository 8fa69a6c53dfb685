"""Red packets inside the day: who takes a share, how it is split, what is sent back, what returns."""

from __future__ import annotations

import numpy as np

from sim import levers as lv
from sim.arithmetic import phase
from sim.draws import PACKET, uniforms
from sim.phases import booking
from sim.population import FLAGS, ID, OPENED, OWNER, ROLE


@phase
def takers(t, k0, k1, members, g, parts, audience, aimed):
    """The ``parts`` openers with the smallest keyed draws (fewer if fewer opened).

    Args:
        parts: Portions.
        audience: Bit of the audience that it is for; 0 = everybody.
        aimed: uint8 of shape (blocks, 256): every member's audiences.

    Returns:
        (count, second): how many take a share, and a second keyed draw of each of them in order of
        taking, float32 of shape (parts,).
    """
    first = np.empty(parts, np.float32)
    second = np.empty(parts, np.float32)
    count = 0
    for b in range(len(members.block_group)):
        if members.block_group[b] != g:
            continue
        for j in range(members.fill[b]):
            if not members.byte[b, FLAGS, j] & OPENED or members.byte[b, ROLE, j] == OWNER:
                continue
            if audience and not aimed[b, j] & audience:
                continue
            u, v, _, _ = uniforms(k0, k1, members.word[b, ID, j], t, PACKET, 0)
            if count == parts and u >= first[parts - 1]:
                continue
            k = count if count < parts else parts - 1
            while k > 0 and first[k - 1] > u:
                first[k] = first[k - 1]
                second[k] = second[k - 1]
                k -= 1
            first[k] = u
            second[k] = v
            count = min(parts, count + 1)
    return count, second


@phase
def share_out(t, k0, k1, members, g, c, today, booker, books, aims, aimed):
    """Give out the day's packets of one group: that for everybody, then those for some.

    Args:
        today: float32 of shape (len(LEVERS),): levers of the group for everybody.
        booker: int16 of shape (len(LEVERS),).
        aims: Aims.
        aimed: uint8 of shape (blocks, 256): every member's audiences.
    """
    give(
        t, k0, k1, members, g, c, today[lv.PACKET_YUAN], today[lv.PACKET_PARTS],
        booker[lv.PACKET_YUAN], books, 0, aimed,
    )  # fmt: skip
    for a in range(len(aims.kind)):
        values = aims.values[t, g, a]
        give(
            t, k0, k1, members, g, c, values[lv.AIM_PACKET], values[lv.AIM_PARTS],
            aims.booker[t, g, a, lv.AIM_PACKET], books, 1 << a, aimed,
        )  # fmt: skip


@phase
def give(t, k0, k1, members, g, c, yuan, portions, policy, books, audience, aimed):
    """Give out one packet.

    Double-mean split: each taker gets a uniform share of twice the mean of what is left (evidence
    21); the last part gets the rest. Each taker sends the same sum back to the group with the
    published probability, the luckiest more often (evidence 17, 18). Unclaimed money returns after
    24 hours.

    Args:
        yuan: Money in it.
        portions: Shares, at least 1.
        policy: Who gives it.
        audience: Bit of the audience that it is for; 0 = everybody.
    """
    total = booking.fen(yuan)
    if total <= 0:
        return
    parts = max(1, int(portions))
    count, draws = takers(t, k0, k1, members, g, parts, audience, aimed)
    left = total
    luckiest = np.int64(0)
    repaid = 0.0
    for i in range(count):
        if i == parts - 1:
            amount = left
        else:
            amount = np.int64(np.float64(draws[i]) * 2.0 * left / (parts - i))
            amount = min(max(amount, np.int64(1)), left)
        left -= amount
        luckiest = max(luckiest, amount)
        repaid += c.packet.repaid * amount
    repaid += (c.packet.luckiest - 1.0) * c.packet.repaid * luckiest
    booking.book(books, t, booking.PACKET, policy, total)
    if left > 0 and t + 1 < len(books.ledger):
        booking.book(books, t + 1, booking.PACKET, policy, -left)
    booking.book(books, t, booking.PEER_PACKET, policy, np.int64(repaid))
