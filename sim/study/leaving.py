"""Why somebody muted a group or left it: the model's own hazard, with one push after another gone.

The hazard of wanting to be gone is a product (``sim.agents.member.exit_hazard``), and a member who
goes has several pushes at once. Each push is a player, and the share of a push is its Shapley value
over the hazard: what the hazard loses without it, averaged over all orders in which pushes could be
taken away. Shares of the logarithm would not depend on an order, but they say nothing of the part
of the hazard that needs no push at all, which is most of it in an ordinary group. On the hazard
itself that part stays, as the share ``ordinary``, and all shares add up to 1.

What holds a member (engagement above the middle, habit, a paid period) is left as it is: it makes
every push smaller, and is nobody's reason to go.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from sim import levers as lv
from sim.levers import AIM_INDEX, AIMED_NEUTRAL, ORDER_COLUMNS
from sim.population import (
    ENGAGEMENT,
    FATIGUE,
    FLAGS,
    GRIEF,
    HABIT,
    HUNTER,
    LANES,
    OPENED,
    PRESENT,
    RESTLESS,
    Population,
    allocate,
)  # fmt: skip
from sim.state import VOLUME_YESTERDAY, new_books

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.simulation import Run

PUSHES = ("promotion", "departed", "overload", "unrewarded", "restless", "bargain")
"""Players, in order: promotion of today and lately; friends who have left; yesterday's flood of
messages; engagement below the middle; being restless by nature beyond the mean; being there for
bargains alone."""
ORDINARY = "ordinary"
"""The part of the hazard without any push: people come and go."""
_MIDDLE = np.float32(0.5)  # of engagement, where the hazard's own term vanishes


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The moment of a day in which one member decides to stay or to go (phase 8).

    Attributes:
        day: Day.
        member: A population of this one member, in row 0.
        groups: float64 of shape (G, len(GROUP)), as the hazard sees them.
        today: float32 of shape (G, len(LEVERS)).
        aims: Aims.
        coefficients: The run's coefficients.
        there: Whether he was still a member then; not if his group had been closed that morning.
    """

    day: int
    member: Population
    groups: NDArray[np.float64]
    today: NDArray[np.float32]
    aims: lv.Aims
    coefficients: Any
    there: bool

    @property
    def looked(self) -> bool:
        """Whether he has opened the group today."""
        return bool(self.member.byte[0, FLAGS, 0] & OPENED)

    @property
    def hazard(self) -> float:
        """Hazard of wanting to be gone, as the day works it out."""
        from sim.phases.prospects import exit_hazard

        return float(
            exit_hazard(
                self.day, self.member, 0, self.groups, self.coefficients, self.today, self.aims,
                self.looked,
            )
        )  # fmt: skip


def moment_of(
    run: Run, *, day: int, row: int, members: Population, groups: NDArray[np.float64]
) -> Moment:
    """The moment in which a member decided, from a run that has lived through the day.

    The day is lived once more on copies, without anybody muting, leaving or being removed, so that
    the evening's columns are those of the moment.

    Args:
        run: The run, past the day; not changed.
        day: Day.
        row: The member's row after the day.
        members: The members on the morning of the day, before any were moved between groups.
        groups: The groups then.
    """
    still = copy.copy(run)
    still.day, still.moves = day, []
    still.leaving = still.tidy = False
    still.members = copied(members)
    still.groups = groups.copy()
    values = run.levers.values.copy()
    still.levers = replace(run.levers, values=values, operator=None)
    still.books = new_books(run.days, len(groups), len(run.levers.policies))
    still.regroup()
    values[day][:, [*ORDER_COLUMNS, lv.PRUNE_AFTER]] = 0.0
    begun = copied(still.members)
    setting = still.groups.copy()
    still.advance(day + 1)
    b, j = divmod(row, LANES)
    known = b < len(begun.fill) and j < begun.fill[b]
    before = begun if known else still.members
    one = _alone(before, still.members, row)
    return Moment(
        day=day, member=one, groups=setting, today=values[day], aims=run.levers.aims,
        coefficients=run.coefficients, there=bool(one.byte[0, FLAGS, 0] & PRESENT),
    )  # fmt: skip


def copied(members: Any) -> Population:
    """The same members on memory of their own."""
    return Population(*(column.copy() for column in members))


def _alone(before: Population, after: Population, row: int) -> Population:
    """One member alone: flags of the morning, states of the evening, habit of the week."""
    b, j = divmod(row, LANES)
    one = allocate(1)
    one.block_group[0], one.fill[0] = after.block_group[b], 1
    one.real[0, :, 0] = after.real[b, :, j]
    for fixed in (HABIT, RESTLESS):  # they move after the decision: at the week's end, with a role
        one.real[0, fixed, 0] = before.real[b, fixed, j]
    for name in ("word", "day", "byte"):
        getattr(one, name)[0, :, 0] = getattr(before, name)[b, :, j]
    looked = after.byte[b, FLAGS, j] & OPENED
    one.byte[0, FLAGS, 0] = (one.byte[0, FLAGS, 0] & np.uint8(0xFF ^ int(OPENED))) | looked
    return one


def reasons_of(moment: Moment) -> dict[str, float]:
    """Shares of what drove a member out, the largest first.

    Returns:
        Share of each push that was there, and of ``ordinary``; all above 0, adding up to 1.
    """
    hazards: dict[tuple[str, ...], float] = {}
    full = moment.hazard
    if full <= 0.0:
        return {ORDINARY: 1.0}
    playing = tuple(push for push in PUSHES if _without(moment, (push,)).hazard < full)

    def worth(pushes: tuple[str, ...]) -> float:
        if pushes not in hazards:
            missing = tuple(push for push in playing if push not in pushes)
            hazards[pushes] = _without(moment, missing).hazard
        return hazards[pushes]

    shares = {push: _shapley(push, playing, worth) / full for push in playing}
    shares[ORDINARY] = worth(()) / full
    return dict(sorted(shares.items(), key=lambda share: -share[1]))


def _shapley(
    push: str, playing: tuple[str, ...], worth: Callable[[tuple[str, ...]], float]
) -> float:
    """What a push adds to the hazard, averaged over the orders of arrival (Shapley 1953)."""
    others = tuple(other for other in playing if other != push)
    total = 0.0
    for size in range(len(others) + 1):
        weight = 1.0 / (len(playing) * math.comb(len(others), size))
        for some in combinations(others, size):
            joined = tuple(other for other in playing if other in some or other == push)
            total += weight * (worth(joined) - worth(some))
    return total


def _without(moment: Moment, pushes: tuple[str, ...]) -> Moment:
    """The same moment with some pushes taken away."""
    member = copied(moment.member)
    real = member.real[0, :, 0]
    groups, today, aims = moment.groups, moment.today, moment.aims
    if "promotion" in pushes:
        real[FATIGUE] = 0.0
        today, values = today.copy(), aims.values.copy()
        today[:, [lv.PROMO, lv.SOFT]] = 0.0
        for name in ("promo", "soft"):
            values[..., AIM_INDEX[name]] = AIMED_NEUTRAL[AIM_INDEX[name]]
        aims = aims._replace(values=values)
    if "departed" in pushes:
        real[GRIEF] = 0.0
    if "overload" in pushes:
        groups = groups.copy()
        groups[:, VOLUME_YESTERDAY] = 0.0
    if "unrewarded" in pushes:
        real[ENGAGEMENT] = max(real[ENGAGEMENT], _MIDDLE)
    if "restless" in pushes:
        real[RESTLESS] = min(real[RESTLESS], np.float32(1.0))
    if "bargain" in pushes:
        member.byte[0, FLAGS, 0] &= np.uint8(0xFF ^ int(HUNTER))
    return replace(moment, member=member, groups=groups, today=today, aims=aims)
