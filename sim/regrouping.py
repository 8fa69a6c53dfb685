"""Members move between groups: split, relay, close (handbook: D11, D12), before a day begins.

An operator can announce a new group; only who still looks in follows, and everybody brings along
what he is. So a move is no chance but a rule: who has opened the group within ``groups.follow``
days. Others stay, or are left behind when their group is closed. A group's slow quantities go with
its people, in proportion; ties that then reach across groups lose ``tie.cut``. Nothing else about
anybody changes.

Rows move: ``Run.moves`` keeps where to, for whoever remembers rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim import levers as lv
from sim.levers import ORDER_COLUMNS
from sim.phases.moving import account_number, tastes
from sim.population import (
    BYTE_INDEX,
    DAY_INDEX,
    LANES,
    LEADER,
    MUTED,
    NEVER,
    NOBODY,
    OWNER,
    PAID,
    PEERS,
    PRESENT,
    SEED_USER,
    WEEK,
    WORD_INDEX,
    Population,
    allocate,
)  # fmt: skip
from sim.record import DAILY_INDEX
from sim.state import (
    ABOVE,
    AUDIENCE,
    DOOR,
    EVER,
    FOCUS,
    HEADCOUNT,
    LAST,
    LEVEL,
    LIFE,
    MATTER,
    NORM,
    OPEN,
    TAIL,
    VOLUME_YESTERDAY,
    WEEK_SPEAKERS,
)  # fmt: skip

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARED_OUT = (MATTER, AUDIENCE, VOLUME_YESTERDAY, LIFE)
"""What goes with people, in proportion."""
LOGARITHMS = (LAST, LEVEL, NORM)
"""The same, kept as logarithms of 1 + value."""
_LEFT_BEHIND = 1
_SPARE = 2


@dataclass
class _Crowd:
    """All rows in use and where each is going; columns are copies, group after group.

    Attributes:
        rows: Row numbers, int64 of shape (R,).
        place: Group of each row; changed by orders.
        left: Whether a row is left behind today.
        accounts: The owner's new accounts: (group, position of the one it is made after).
    """

    rows: NDArray[np.int64]
    place: NDArray[np.int64]
    flags: NDArray[np.uint8]
    role: NDArray[np.uint8]
    looked: NDArray[np.bool_]
    left: NDArray[np.bool_]
    accounts: list[tuple[int, int]] = field(default_factory=list)

    @property
    def present(self) -> NDArray[np.bool_]:
        """Who is a member, and not left behind today."""
        there: NDArray[np.bool_] = ((self.flags & PRESENT) > 0) & ~self.left
        return there


def regroup(run: Any) -> None:
    """Carry out today's orders, group after group: relay, then split and close.

    Args:
        run: A ``sim.simulation.Run`` on the morning of its ``day``; changed in place.
    """
    orders = run.levers.values[run.day]
    if not orders[:, ORDER_COLUMNS].any():
        return
    crowd = _crowd(run)
    before = crowd.place.copy()
    for g in np.flatnonzero(run.groups[:, OPEN]):
        if orders[g, lv.RELAY] > 0 and run.groups[g, DOOR] == g:
            _relay(run, crowd, int(g))
        if orders[g, lv.SPLIT] >= 2:
            _split(run, crowd, int(g), orders[g])
        elif orders[g, lv.CLOSE] > 0:
            _close(run, crowd, int(g))
    _bid_farewell(run, crowd)
    if crowd.accounts or (crowd.place != before).any():
        _rebuild(run, crowd)


def _crowd(run: Any) -> _Crowd:
    members = run.members
    rows = members.rows
    rows = rows[np.argsort(members.block_group[rows // LANES], kind="stable")]
    b, j = rows // LANES, rows % LANES
    opened = members.day[b, DAY_INDEX["last_opened"], j].astype(np.int64)
    days = run.day - int(run.scenario.groups.follow)
    return _Crowd(
        rows=rows,
        place=members.block_group[b].astype(np.int64),
        flags=members.byte[b, BYTE_INDEX["flags"], j],
        role=members.byte[b, BYTE_INDEX["role"], j],
        looked=(opened != NEVER) & (opened >= days),
        left=np.zeros(len(rows), np.bool_),
    )


def _relay(run: Any, crowd: _Crowd, g: int) -> None:
    """Who is in a paid period and still looks in moves up a tier, which opens for the first."""
    here = crowd.present & (crowd.place == g)
    up = np.flatnonzero(here & ((crowd.flags & PAID) > 0) & crowd.looked & (crowd.role < OWNER))
    above = int(run.groups[g, ABOVE])
    new = above < 0 or run.groups[above, OPEN] == 0.0
    if new:
        above = _unused(run)
    if above < 0 or not len(up):
        return
    up = up[: _room(run, crowd, above, new=new)]
    if new:
        run.groups[g, ABOVE] = above
        _open(run, crowd, g, above)
        run.groups[above, DOOR] = g
    _move(run, crowd, g, {above: up}, here=int(here.sum()))


def _split(run: Any, crowd: _Crowd, g: int, order: NDArray[np.float32]) -> None:
    """One group becomes several; leaders and seed users are dealt to the parts in turn."""
    here = crowd.present & (crowd.place == g)
    targets = [g]
    for _ in range(int(order[lv.SPLIT]) - 1):
        fresh = _unused(run)
        if fresh >= 0:
            run.groups[fresh, OPEN] = 1.0
            targets.append(fresh)
    parts = len(targets)
    b, j = crowd.rows // LANES, crowd.rows % LANES
    taste = tastes(run.key[0], run.key[1], run.members.word[b, WORD_INDEX["id"], j])
    part = np.minimum((taste * np.float32(parts)).astype(np.int64), parts - 1)
    part[crowd.role >= OWNER] = 0
    for role in (LEADER, SEED_USER):
        dealt = np.flatnonzero(here & (crowd.role == role))
        part[dealt] = np.arange(len(dealt)) % parts
    going = here & crowd.looked
    moves = {target: np.flatnonzero(going & (part == k)) for k, target in enumerate(targets) if k}
    present = int(here.sum())
    behind = np.zeros(0, np.int64)
    if order[lv.CLOSE] > 0:
        behind = np.flatnonzero(here & ~crowd.looked & (crowd.role < OWNER))
        _leave_behind(run, crowd, g, behind)
    for target in targets[1:]:
        _open(run, crowd, g, target)
    if order[lv.BY_INTEREST] > 0:
        narrow = 1.0 - float(order[lv.BY_INTEREST]) * (1.0 - run.scenario.groups.focus)
        for target in targets:
            run.groups[target, FOCUS] *= narrow
    _move(run, crowd, g, moves, here=present, gone=len(behind))


def _close(run: Any, crowd: _Crowd, g: int) -> None:
    """A group ends: who still looks in goes on to the next one that has room."""
    here = crowd.present & (crowd.place == g)
    doors = [
        int(k) for k in np.flatnonzero(run.groups[:, OPEN]) if k != g and run.groups[k, DOOR] == k
    ]
    going = np.flatnonzero(here & crowd.looked & (crowd.role < OWNER)) if doors else crowd.rows[:0]
    if doors:
        going = going[: _room(run, crowd, doors[0], new=False)]
    stays = np.zeros(len(crowd.rows), np.bool_)
    stays[going] = True
    behind = np.flatnonzero(here & ~stays)
    _leave_behind(run, crowd, g, behind)
    _move(run, crowd, g, {doors[0]: going} if doors else {}, here=int(here.sum()), gone=len(behind))
    run.groups[g, OPEN] = 0.0
    for k in np.flatnonzero(run.groups[:, DOOR] == g):
        run.groups[k, DOOR] = doors[0] if doors else k


def _unused(run: Any) -> int:
    """The first place for a group that was never open, -1 = none."""
    free = np.flatnonzero((run.groups[:, OPEN] == 0.0) & (run.groups[:, EVER] == 0.0))
    return int(free[0]) if len(free) else -1


def _room(run: Any, crowd: _Crowd, g: int, *, new: bool) -> int:
    taken = int((crowd.present & (crowd.place == g)).sum()) + sum(
        group == g for group, _ in crowd.accounts
    )
    return max(0, int(run.capacity[g]) - taken - int(new))


def _open(run: Any, crowd: _Crowd, source: int, fresh: int) -> None:
    """Open a group after the pattern of another, with an account of the owner if he is there."""
    groups = run.groups
    own_place = {k: groups[fresh, k] for k in (DOOR, ABOVE, TAIL)}
    groups[fresh] = groups[source]
    for k, value in own_place.items():
        groups[fresh, k] = value
    groups[fresh, DOOR] = fresh
    for k in (*SHARED_OUT, *LOGARITHMS, WEEK_SPEAKERS, HEADCOUNT, EVER):
        groups[fresh, k] = 0.0
    groups[fresh, OPEN] = 1.0
    owner = np.flatnonzero(crowd.present & (crowd.place == source) & (crowd.role == OWNER))
    if len(owner):
        crowd.accounts.append((fresh, int(owner[0])))
        groups[fresh, HEADCOUNT] += 1.0
        groups[fresh, EVER] += 1.0
        run.books.daily[run.day, fresh, DAILY_INDEX["moved_in"]] += 1


def _move(
    run: Any,
    crowd: _Crowd,
    source: int,
    moves: dict[int, NDArray[np.int64]],
    *,
    here: int,
    gone: int = 0,
) -> None:
    """Let people move from a group, and what belongs to the group with them.

    ``moves`` are positions in the crowd of those who go to each group, ``here`` the members before
    anybody went, ``gone`` how many of them were left behind.
    """
    groups, daily = run.groups, run.books.daily[run.day]
    before = groups[source].copy()
    kept = 1.0 - gone / max(1, here)
    for target, who in moves.items():
        share = len(who) / max(1, here)
        kept -= share
        for k in SHARED_OUT:
            groups[target, k] += share * before[k]
        for k in LOGARITHMS:
            more = share * np.expm1(before[k])
            groups[target, k] = np.log1p(np.expm1(groups[target, k]) + more)
        spoke = int(((crowd.flags[who] & WEEK) > 0).sum())
        for at, sign in ((source, -1), (target, 1)):
            groups[at, WEEK_SPEAKERS] += sign * spoke
            groups[at, HEADCOUNT] += sign * len(who)
            groups[at, EVER] += sign * len(who)
        crowd.place[who] = target
        daily[source, DAILY_INDEX["moved_out"]] += len(who)
        daily[target, DAILY_INDEX["moved_in"]] += len(who)
    kept = max(0.0, kept)
    for k in SHARED_OUT:
        groups[source, k] = kept * before[k]
    for k in LOGARITHMS:
        groups[source, k] = np.log1p(kept * np.expm1(before[k]))


def _leave_behind(run: Any, crowd: _Crowd, g: int, who: NDArray[np.int64]) -> None:
    crowd.left[who] = True
    run.groups[g, HEADCOUNT] -= len(who)
    run.books.daily[run.day, g, DAILY_INDEX["leaves"]] += len(who)


def _bid_farewell(run: Any, crowd: _Crowd) -> None:
    """Close the rows of those left behind; nobody grieves, but paying friends are fewer."""
    members = run.members
    for i in np.flatnonzero(crowd.left):
        row = int(crowd.rows[i])
        b, j = row // LANES, row % LANES
        if members.byte[b, BYTE_INDEX["flags"], j] & PAID:
            for partner, weight in zip(members.partner[row], members.tie[row], strict=True):
                if partner != NOBODY:
                    at = members.real[partner // LANES, PEERS]
                    at[partner % LANES] = max(np.float32(0), at[partner % LANES] - weight)
        members.byte[b, BYTE_INDEX["flags"], j] &= np.uint8(0xFF) ^ (PRESENT | MUTED | PAID)
        members.byte[b, BYTE_INDEX["left_how"], j] = _LEFT_BEHIND
        members.day[b, DAY_INDEX["left"], j] = run.day


def _rebuild(run: Any, crowd: _Crowd) -> None:
    """Lay the rows out anew, group after group: new accounts, who was there, who came."""
    members, groups = run.members, run.groups
    was = members.block_group[crowd.rows // LANES]
    made = [[at for group, at in crowd.accounts if group == g] for g in range(len(groups))]
    stay = [np.flatnonzero((crowd.place == g) & (was == g)) for g in range(len(groups))]
    come = [np.flatnonzero((crowd.place == g) & (was != g)) for g in range(len(groups))]
    sizes = [len(made[g]) + len(stay[g]) + len(come[g]) for g in range(len(groups))]
    blocks = [-(-size // LANES) for size in sizes]
    fresh = allocate(max(len(members.fill), sum(blocks) + len(groups) + _SPARE))
    moved = np.full(len(members.tie), NOBODY, np.uint32)
    first = 0
    for g in range(len(groups)):
        last = first + blocks[g]
        fresh.block_group[first:last] = g
        fresh.fill[first:last] = np.minimum(LANES, sizes[g] - LANES * np.arange(blocks[g]))
        groups[g, TAIL] = last - 1.0 if blocks[g] else -1.0
        who = crowd.rows[np.concatenate([made[g], stay[g], come[g]]).astype(np.int64)]
        new = first * LANES + np.arange(sizes[g])
        _copy(members, who, fresh, new)
        moved[who[len(made[g]) :]] = new[len(made[g]) :]
        first = last
    _readdress(run, fresh, moved)
    for g in range(len(groups)):
        for row in np.flatnonzero(fresh.block_group == g)[:1] * LANES:
            for i in range(len(made[g])):
                _begin_account(run, fresh, int(row) + i, g)
    run.members = fresh
    run.moves.append(moved)


def _copy(
    members: Population, rows: NDArray[np.int64], fresh: Population, new: NDArray[np.int64]
) -> None:
    b, j, c, k = rows // LANES, rows % LANES, new // LANES, new % LANES
    for column in ("real", "word", "day", "byte"):
        getattr(fresh, column)[c, :, k] = getattr(members, column)[b, :, j]
    fresh.spent[c, k] = members.spent[b, j]
    fresh.partner[new], fresh.tie[new] = members.partner[rows], members.tie[rows]


def _readdress(run: Any, fresh: Population, moved: NDArray[np.uint32]) -> None:
    """Let ties and inviters point to the new rows, and cut ties that now reach across groups."""
    old = np.flatnonzero(moved != NOBODY)
    new = moved[old]
    partner = fresh.partner[new]
    known = partner != NOBODY
    address = np.where(known, partner, 0)
    before, after = run.members.block_group, fresh.block_group
    together = before[old // LANES][:, None] == before[address // LANES]
    apart = after[new // LANES][:, None] != after[moved[address] // LANES]
    keep = np.float32(1.0) - np.float32(run.scenario.tie.cut)
    weight = fresh.tie[new]
    fresh.tie[new] = np.where(known & together & apart, weight * keep, weight)
    fresh.partner[new] = np.where(known, moved[address], NOBODY)
    inviter = fresh.column("inviter")[new // LANES, new % LANES]
    invited = inviter != NOBODY
    fresh.column("inviter")[new // LANES, new % LANES] = np.where(
        invited, moved[np.where(invited, inviter, 0)], NOBODY
    )


def _begin_account(run: Any, fresh: Population, row: int, g: int) -> None:
    """The copy of an owner's row becomes his account in another group: known to nobody yet."""
    b, j = row // LANES, row % LANES
    for name in ("company", "got", "grief", "peers", "heat", "week_messages"):
        fresh.column(name)[b, j] = 0
    for name in ("messages", "invited", "lessons", "pending", "channel"):
        fresh.column(name)[b, j] = 0
    fresh.column("flags")[b, j] = PRESENT
    first, second = run.key
    fresh.column("id")[b, j] = account_number(first, second, g, run.day)
    fresh.column("inviter")[b, j] = NOBODY
    fresh.column("joined")[b, j] = run.day
    fresh.spent[b, j] = 0
    fresh.partner[row], fresh.tie[row] = NOBODY, 0
