"""Departed members make room: those present move together, the others into an archive.

A busy community of 500 sees four times as many members in a year; without this every phase would
go on looking at all of them. Rows keep their order, so nothing that happens depends on it: a run
that is tidied and one that is not leave the same record, bit for bit.

The archive is the blocks of the group ``ARCHIVED``, where no phase looks. What a record tells of a
member is kept there. Ties are not: the first slot of an archived row holds instead when he arrived
(the how-manieth member ever), because the archive is filled whenever there is something to tidy and
so is not in order of arrival. Who is present needs no number: he is the next that is missing there.

Only a single group is tidied. Several groups take turns in taking free blocks, so that the order of
their rows, which is the order of their members in a record, is not the order of arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.arithmetic import kernel, phase
from sim.population import (
    ARCHIVED,
    CHANNEL,
    FLAGS,
    FREE,
    INVITER,
    JOINED,
    LANES,
    NOBODY,
    PENDING,
    PRESENT,
    SLOTS,
    allocate,
)  # fmt: skip
from sim.state import HEADCOUNT, TAIL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.population import Population

EVERY = 28
"""Days between two looks at whether tidying pays."""
_WORTH = 16
"""It pays to free one block of so many: moving a member takes about as long as a day of his."""
_LANES = np.uint32(LANES)


def tidy(members: Population, groups: NDArray[np.float64]) -> bool:
    """Move the rows of a single group together, if that frees enough blocks.

    Args:
        members: Changed in place; row numbers change, their order does not.
        groups: float64 of shape (G, len(GROUP)); with several groups nothing happens.

    Returns:
        Whether rows have moved. They do not, either, if the archive would need one block more than
        there are: then the columns will soon grow.
    """
    if len(groups) > 1:
        return False
    own = members.block_group == 0
    held, present = int(own.sum()), int(groups[0, HEADCOUNT])
    if (held - -(-present // LANES)) * _WORTH < max(1, held):
        return False
    departed = int(members.fill[own].sum()) - present
    shelf = allocate(-(-departed // LANES) + 1)  # the last block stays empty
    return bool(tidy_group(members, groups[0], shelf))


def order_of_arrival(members: Population) -> NDArray[np.int64]:
    """Row numbers in use, archived ones included, in the order in which the members arrived.

    Among members of several groups who joined on one day those of the first group come first.

    Returns:
        int64 of shape (R,).
    """
    rows = members.rows
    if members.block_group.max(initial=0) > 0:
        b, j = rows // LANES, rows % LANES
        joined = members.day[b, JOINED, j]
        founder = members.byte[b, CHANNEL, j] == 0
        several: NDArray[np.int64] = rows[np.lexsort((rows, ~founder, joined))]
        return several
    gone = members.block_group[rows // LANES] == ARCHIVED
    numbers = numbers_on_file(members)
    here = np.ones(len(rows), np.bool_)
    here[numbers] = False
    order = np.empty_like(rows)
    order[numbers] = rows[gone]
    order[here] = rows[~gone]
    return order


def numbers_on_file(members: Population) -> NDArray[np.int64]:
    """The how-manieth members ever, from 0, those on file were, in order of their rows."""
    rows = members.rows
    numbers: NDArray[np.int64] = members.partner[
        rows[members.block_group[rows // LANES] == ARCHIVED], 0
    ].astype(np.int64)
    return numbers


@kernel
def tidy_group(members, group, shelf):
    """Tidy the rows of group 0; see :func:`tidy`.

    Args:
        members: Population.
        group: float64 of shape (len(GROUP),).
        shelf: An empty population with room for those who go, and at least one row more.
    """
    staying, going = _who_stays(members)
    down, archive = _places(members, len(staying), len(going))
    if len(archive) < len(going):
        return False
    numbers = _numbers(members, going)
    on_shelf = np.arange(len(going)).astype(np.uint32)
    _copy(members, going, shelf, on_shelf)
    _copy(members, staying, members, down)
    group[TAIL] = _close_up(members, len(staying), shelf)
    _copy(shelf, on_shelf, members, archive)
    _put_on_file(members, archive, numbers)
    moved = np.arange(len(members.tie)).astype(np.uint32)
    for i in range(len(staying)):
        moved[staying[i]] = down[i]
    for i in range(len(going)):
        moved[going[i]] = archive[i]
    _readdress(members, moved)
    return True


@phase
def _who_stays(members):
    """Rows of the group that stay and that go, each in order.

    Who left yesterday while friends of his were on their way stays until they are there.
    """
    count = 0
    for b in range(len(members.block_group)):
        count += members.fill[b] if members.block_group[b] == 0 else 0
    staying, going = np.empty(count, np.uint32), np.empty(count, np.uint32)
    kept = 0
    left = 0
    for b in range(len(members.block_group)):
        for j in range(members.fill[b] if members.block_group[b] == 0 else 0):
            if members.byte[b, FLAGS, j] & PRESENT or members.byte[b, PENDING, j] > 0:
                staying[kept] = b * LANES + j
                kept += 1
            else:
                going[left] = b * LANES + j
                left += 1
    return staying[:kept], going[:left]


@phase
def _places(members, staying, going):
    """New rows of those who stay and of those who go; too few if there are too few blocks.

    The group's first blocks stay its own. The archive goes on where it ended, then takes the last
    of the blocks that are or become free: a newcomer's block is the first free one, and has to come
    after all others of the group.
    """
    down, archive = np.empty(staying, np.uint32), np.empty(going, np.uint32)
    spare = members.block_group == FREE
    found = 0
    for b in range(len(spare)):
        if members.block_group[b] == 0:
            spare[b] = found == staying
            found = _take(down, found, b, 0)
    found = 0
    for b in range(len(spare) - 1, -1, -1):
        if members.block_group[b] == ARCHIVED:
            found = _take(archive, found, b, members.fill[b])
    for b in range(len(spare) - 1, -1, -1):
        if spare[b]:
            found = _take(archive, found, b, 0)
    return down, archive[:found]


@phase
def _take(rows, found, b, first):
    """Add a block's rows from lane ``first`` on to those found, as many as are wanted."""
    count = min(LANES - first, len(rows) - found)
    for j in range(count):
        rows[found + j] = b * LANES + first + j
    return found + count


@phase
def _numbers(members, going):
    """The how-manieth member ever each of those who go was: the next who is not on file."""
    on_file = np.zeros(np.sum(members.fill), np.bool_)
    for b in range(len(members.block_group)):
        if members.block_group[b] == ARCHIVED:
            for j in range(members.fill[b]):
                on_file[members.partner[b * LANES + j, 0]] = True
    numbers = np.empty(len(going), np.int64)
    number = 0
    found = 0
    for b in range(len(members.block_group)):
        for j in range(members.fill[b] if members.block_group[b] == 0 else 0):
            while on_file[number]:
                number += 1
            if found < len(going) and going[found] == b * LANES + j:
                numbers[found] = number
                found += 1
            number += 1
    return numbers


@phase
def _copy(source, rows, target, places):
    """Give places of one population the columns of rows of another, or of lower rows of the same.

    Rows and places are ascending, so in the same population none is overwritten before it is read.
    """
    _copy_columns(source.real, rows, target.real, places)
    _copy_columns(source.word, rows, target.word, places)
    _copy_columns(source.day, rows, target.day, places)
    _copy_columns(source.byte, rows, target.byte, places)
    for i in range(len(rows)):
        spent = source.spent[rows[i] // _LANES, rows[i] % _LANES]
        target.spent[places[i] // _LANES, places[i] % _LANES] = spent
        for s in range(SLOTS):
            target.partner[places[i], s] = source.partner[rows[i], s]
            target.tie[places[i], s] = source.tie[rows[i], s]


@phase
def _copy_columns(source, rows, target, places):
    """The same for columns of one type, 256 rows at a time: their places are found once."""
    size = source.shape[1] * LANES
    old, new = source.reshape(-1), target.reshape(-1)
    here, there = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    for first in range(0, len(rows), LANES):
        count = min(LANES, len(rows) - first)
        for i in range(count):
            row, place = rows[first + i], places[first + i]
            here[i] = np.int64(row // _LANES) * size + np.int64(row % _LANES)
            there[i] = np.int64(place // _LANES) * size + np.int64(place % _LANES)
        for column in range(0, size, LANES):
            for i in range(count):
                new[there[i] + column] = old[here[i] + column]


@phase
def _close_up(members, staying, shelf):
    """Clear the rows behind those who stay; returns the group's last block, -1 = none."""
    cleared = np.empty(len(members.tie), np.uint32)
    count = 0
    tail = -1
    for b in range(len(members.block_group)):
        if members.block_group[b] == 0:
            fill = min(LANES, staying)
            staying -= fill
            count = _take(cleared, count, b, fill)
            members.fill[b] = fill
            if fill > 0:
                tail = b
            else:
                members.block_group[b] = FREE
    empty = np.full(count, len(shelf.tie) - 1, np.uint32)
    _copy(shelf, empty, members, cleared[:count])
    return tail


@phase
def _put_on_file(members, archive, numbers):
    """Rows of the archive: the number of the arrival in place of ties."""
    for i in range(len(archive)):
        row = archive[i]
        members.block_group[row // LANES] = ARCHIVED
        members.fill[row // LANES] += 1
        for s in range(SLOTS):
            members.partner[row, s] = NOBODY
            members.tie[row, s] = 0.0
        members.partner[row, 0] = np.uint32(numbers[i])


@phase
def _readdress(members, moved):
    """Let inviters and ties point to the new rows.

    A tie with one who is gone for good keeps its weight: which slot is the weakest must not change.
    """
    for b in range(len(members.block_group)):
        for j in range(members.fill[b]):
            inviter = members.word[b, INVITER, j]
            if inviter != NOBODY:
                members.word[b, INVITER, j] = moved[inviter]
        for row in range(b * LANES, b * LANES + members.fill[b]):
            for s in range(SLOTS if members.block_group[b] == 0 else 0):
                partner = members.partner[row, s]
                if partner != NOBODY:
                    new = moved[partner]
                    gone = members.block_group[new // LANES] == ARCHIVED
                    members.partner[row, s] = NOBODY if gone else new
