"""Cohorts: of those who joined in one week, who is still a member some weeks later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.persons import is_staff
from sim.metrics.survival import survival

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.record import RunRecord

WEEK = 7


@dataclass(frozen=True, kw_only=True)
class CohortTable:
    """Shares still a member, by joining week (C rows) and whole weeks since joining (T columns).

    Attributes:
        joins: Stays begun in the week, shape (C,).
        share: Kaplan-Meier share still a member 7 k days after joining, column k, shape (C, T); NaN
            where nobody was seen that long.
        censored: Whether some of the cohort's days fall after the end of the run, so that the share
            rests on the earlier joiners (NaN cells included), shape (C, T).
    """

    joins: NDArray[np.int64]
    share: NDArray[np.float64]
    censored: NDArray[np.bool_]


def cohort_table(records: Sequence[RunRecord]) -> CohortTable:
    """Follow the joiners of each week. Staff are left out; removal ends a stay like leaving does.

    Args:
        records: One run, or several replicates of equal length, whose stays are pooled.

    Returns:
        One row per week that began in the run, one column per whole week that fits into it.
    """
    days = records[0].days
    joined, tenure, exited = (
        np.concatenate(parts) for parts in zip(*map(_stays, records), strict=True)
    )
    weeks = np.arange(0, days, WEEK)
    count = weeks.size
    joins = np.zeros(count, dtype=np.int64)
    share = np.full((count, count), np.nan)
    last_joined = np.minimum(weeks + WEEK - 1, days - 1)
    censored = last_joined[:, np.newaxis] + weeks > days - 1
    for week in range(count):
        cohort = joined // WEEK == week
        joins[week] = np.count_nonzero(cohort)
        if joins[week] == 0:
            continue
        reach = int(days - 1 - joined[cohort].min())
        curve = survival(tenure[cohort], exited=exited[cohort], horizon=days, reach=reach)
        for column, after in enumerate(weeks):
            value = curve.at(int(after))
            share[week, column] = np.nan if value is None else value
    return CohortTable(joins=joins, share=share, censored=censored)


def _stays(
    record: RunRecord,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """Day of joining, last tenure day seen, and whether it ended there, of each stay."""
    members = record.members
    stays = (members.joined >= 0) & ~is_staff(members.role)
    joined, left = members.joined[stays], members.left[stays]
    return joined, np.where(left < 0, record.days - 1, left) - joined, left >= 0
