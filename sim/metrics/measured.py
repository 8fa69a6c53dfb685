"""One run being measured: the record, and what several KPIs share, computed once when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import numpy as np

from sim.ledger import CLASS_OF_ACCOUNTS
from sim.metrics.cascade import Cascade, cascade
from sim.metrics.parameters import DEFAULT_PARAMETERS, KpiParameters
from sim.metrics.peak import Peak, find_peak
from sim.metrics.persons import Persons, is_staff, persons_of
from sim.metrics.stage import stage_codes
from sim.metrics.survival import LEFT, Survival, survival
from sim.record import ACCOUNTS, DAILY_INDEX

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.record import RunRecord

_T = TypeVar("_T")


class _Lazy(Generic[_T]):
    """A property computed once per instance.

    ``functools.cached_property`` of Python 3.11 holds one lock for all instances, which would make
    threads that measure different runs wait for each other.
    """

    def __init__(self, compute: Callable[[Any], _T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> _Lazy[_T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> _T: ...
    def __get__(self, instance: object | None, owner: type) -> _T | _Lazy[_T]:
        if instance is None:
            return self
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value


class Measured:
    """A run with the intermediate results that KPIs share.

    Args:
        record: The run, H >= 1 days.
        parameters: Stage rule, interest, price of an hour.
    """

    def __init__(
        self, record: RunRecord, *, parameters: KpiParameters = DEFAULT_PARAMETERS
    ) -> None:
        self.record = record
        self.parameters = parameters
        self.members = record.members
        self.days = record.days

    def series(self, name: str) -> NDArray[np.int64]:
        """Daily series of one column, all groups together: int64 of shape (H,)."""
        column: NDArray[np.int64] = self._daily[DAILY_INDEX[name]]
        return column

    def total(self, name: str) -> int:
        """Sum of one column over days and groups."""
        return int(self._totals[DAILY_INDEX[name]])

    def account(self, name: str) -> int:
        """Sum of one account over the run: fen or minutes."""
        return int(self._accounts[ACCOUNTS.index(name)])

    def account_class(self, name: str) -> int:
        """Sum of a class of accounts over the run, fen."""
        return int(self._accounts[CLASS_OF_ACCOUNTS[name]].sum())

    @_Lazy
    def _daily(self) -> NDArray[np.int64]:
        """Columns first: shape (len(DAILY), H)."""
        return np.ascontiguousarray(self.record.daily.sum(axis=1).T)

    @_Lazy
    def _totals(self) -> NDArray[np.int64]:
        totals: NDArray[np.int64] = self._daily.sum(axis=1)
        return totals

    @_Lazy
    def _accounts(self) -> NDArray[np.int64]:
        totals: NDArray[np.int64] = self.record.ledger.sum(axis=0)
        return totals

    @_Lazy
    def profit(self) -> NDArray[np.int64]:
        """Daily profit in fen, shape (H,)."""
        return self.series("revenue") - self.series("cost")

    @_Lazy
    def persons(self) -> Persons:
        """Distinct persons."""
        return persons_of(self.members, days=self.days)

    @_Lazy
    def ordinary(self) -> NDArray[np.bool_]:
        """Rows that are not staff, shape (R,)."""
        return ~is_staff(self.members.role)

    @_Lazy
    def last_day(self) -> NDArray[np.int32]:
        """Last day that each row was a member, shape (R,)."""
        left = self.members.left
        return np.where(left < 0, np.int32(self.days - 1), left)

    @_Lazy
    def stays(self) -> NDArray[np.bool_]:
        """Rows of ordinary members that joined in the run, shape (R,)."""
        return self.ordinary & (self.members.joined >= 0)

    @_Lazy
    def survival(self) -> Survival:
        """Staying, where removal ends a stay like leaving does."""
        return self._survival(self.members.left >= 0)

    @_Lazy
    def voluntary_survival(self) -> Survival:
        """Staying, where a removal only ends the observation."""
        return self._survival(self.members.left_how == LEFT)

    def _survival(self, exited: NDArray[np.bool_]) -> Survival:
        stays = self.stays
        joined = self.members.joined[stays]
        return survival(
            self.last_day[stays] - joined,
            exited=exited[stays],
            horizon=self.days,
            reach=int(self.days - 1 - joined.min()) if joined.size else -1,
        )

    @_Lazy
    def stage(self) -> NDArray[np.int8]:
        """Stage code by day, shape (H,)."""
        return stage_codes(self.series("member_speakers"), parameters=self.parameters.stage)

    @_Lazy
    def peak(self) -> Peak:
        """The window with most activity."""
        return find_peak(self.series("member_speakers"))

    @_Lazy
    def talk(self) -> NDArray[np.int64]:
        """Messages of each person who wrote at least once, ascending."""
        messages = self.persons.messages
        return np.sort(messages[messages > 0])

    @_Lazy
    def cascade(self) -> Cascade:
        """Sums over the invitation trees."""
        return cascade(self.record)

    @_Lazy
    def member_days(self) -> int:
        """Sum over days of the ordinary members present at some time of the day."""
        everybody = (
            self.record.initial_members
            + int(self.series("members")[:-1].sum())
            + self.total("joins")
        )
        staff = ~self.ordinary
        first = np.maximum(self.members.joined[staff], 0)
        return everybody - int((self.last_day[staff] - first + 1).sum())
