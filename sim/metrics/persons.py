"""Stays and persons: a member who left and came again has two rows and is one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sim.record import STAFF_ROLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.record import Members

_T = TypeVar("_T", bound=np.generic)

_IS_STAFF = np.isin(np.arange(max(STAFF_ROLES) + 1), STAFF_ROLES)
_NEVER = np.iinfo(np.int32).max


def is_staff(role: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each role code is owner, administrator or guest."""
    return _IS_STAFF[role]


@dataclass(frozen=True, kw_only=True)
class Persons:
    """What distinct counts need, one row a person; all arrays have length P <= R.

    Attributes:
        staff: Owner, administrator or guest, in any stay.
        present: Still a member at the end.
        days_present: Days with the person in the group, both ends included.
        messages: Messages in the run.
        first_spoke: Day of the first message, -1 = never.
        last_spoke: Day of the last message, -1 = never.
        first_paid: Day of the first payment, -1 = never.
    """

    staff: NDArray[np.bool_]
    present: NDArray[np.bool_]
    days_present: NDArray[np.int64]
    messages: NDArray[np.int64]
    first_spoke: NDArray[np.int32]
    last_spoke: NDArray[np.int32]
    first_paid: NDArray[np.int32]


def persons_of(members: Members, *, days: int) -> Persons:
    """Merge the stays of each person.

    Args:
        members: All stays of the run.
        days: Horizon H.
    """
    last_day = np.where(members.left < 0, days - 1, members.left)
    stays = Persons(
        staff=is_staff(members.role),
        present=members.left < 0,
        days_present=(last_day - np.maximum(members.joined, 0) + 1).astype(np.int64),
        messages=members.messages,
        first_spoke=members.first_spoke,
        last_spoke=members.last_spoke,
        first_paid=members.first_paid,
    )
    ordered = np.sort(members.id)
    if not (ordered[1:] == ordered[:-1]).any():
        return stays
    person = np.unique(members.id, return_inverse=True)[1]
    count = int(person.max()) + 1
    return Persons(
        staff=_merge(np.logical_or, stays.staff, person, count),
        present=_merge(np.logical_or, stays.present, person, count),
        days_present=_merge(np.add, stays.days_present, person, count),
        messages=_merge(np.add, stays.messages, person, count),
        first_spoke=_earliest(stays.first_spoke, person, count),
        last_spoke=_merge(np.maximum, stays.last_spoke, person, count, start=-1),
        first_paid=_earliest(stays.first_paid, person, count),
    )


def _merge(
    combine: np.ufunc, values: NDArray[_T], person: NDArray[np.intp], count: int, *, start: int = 0
) -> NDArray[_T]:
    merged = np.full(count, start, dtype=values.dtype)
    combine.at(merged, person, values)
    return merged


def _earliest(day: NDArray[np.int32], person: NDArray[np.intp], count: int) -> NDArray[np.int32]:
    known = np.where(day < 0, _NEVER, day).astype(np.int32)
    first = _merge(np.minimum, known, person, count, start=_NEVER)
    return np.where(first == _NEVER, -1, first).astype(np.int32)
