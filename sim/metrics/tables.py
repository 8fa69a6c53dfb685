"""Daily series as files hold them: one column a KPI, one row a day; money in yuan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sim.metrics.parameters import StageParameters
from sim.metrics.registry import DAILY_KPIS
from sim.metrics.stage import stage_codes
from sim.metrics.values import FEN_PER_YUAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Table = dict[str, "NDArray[Any]"]

_MONEY = ("revenue", "cost", "profit")
_DEFAULT = StageParameters()


class Counted(Protocol):
    """A run with its daily counts: a record, or what is kept of one."""

    @property
    def days(self) -> int:
        """Days simulated, H."""

    @property
    def groups(self) -> int:
        """Groups, also those that never opened."""

    def total(self, name: str) -> NDArray[np.int64]:
        """The community's daily series of a column."""

    def of_group(self, name: str, group: int) -> NDArray[np.int64]:
        """One group's daily series of a column."""


def daily_columns(run: Counted, *, stage: StageParameters = _DEFAULT) -> Table:
    """The community's days: the fifteen daily KPIs and the stage.

    Args:
        run: The run.
        stage: Parameters of the stage rule.

    Returns:
        Columns of shape (H,): ``day`` and counts int32, money float64 yuan (the float nearest to
        two decimals), ``stage`` as int8 codes (``sim.metrics.STAGES``).
    """
    days = np.arange(run.days, dtype=np.int32)
    return {"day": days, **_columns(run.total, stage)}


def group_columns(run: Counted, *, stage: StageParameters = _DEFAULT) -> Table:
    """The same for each group, with who moved between groups.

    Args:
        run: The run.
        stage: Parameters of the stage rule.

    Returns:
        Columns of shape (G x H,), group by group: ``group`` and ``day``, then as
        :func:`daily_columns`, then ``moved_in`` and ``moved_out``.
    """
    tables = []
    for group in range(run.groups):

        def series(name: str, group: int = group) -> NDArray[np.int64]:
            return run.of_group(name, group)

        moved = {name: series(name).astype(np.int32) for name in ("moved_in", "moved_out")}
        tables.append(_columns(series, stage) | moved)
    columns: Table = {
        "group": np.repeat(np.arange(run.groups, dtype=np.int32), run.days),
        "day": np.tile(np.arange(run.days, dtype=np.int32), run.groups),
    }
    for name in tables[0]:
        columns[name] = np.concatenate([table[name] for table in tables])
    return columns


def _columns(series: Callable[[str], NDArray[np.int64]], stage: StageParameters) -> Table:
    """Columns of one table of daily counts."""
    fen = {name: series(name) for name in ("revenue", "cost")}
    fen["profit"] = fen["revenue"] - fen["cost"]
    columns: Table = {
        key: fen[key] / FEN_PER_YUAN if key in _MONEY else series(key).astype(np.int32)
        for key in DAILY_KPIS
    }
    columns["stage"] = stage_codes(series("member_speakers"), parameters=stage)
    return columns
