"""Daily series as files hold them: one column a KPI, one row a day; money in yuan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.metrics.parameters import StageParameters
from sim.metrics.registry import DAILY_KPIS
from sim.metrics.stage import stage_codes, stage_names
from sim.metrics.values import FEN_PER_YUAN
from sim.record import DAILY_INDEX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.record import RunRecord

Table = dict[str, "NDArray[Any]"]

_MONEY = ("revenue", "cost", "profit")
_DEFAULT = StageParameters()


def daily_columns(record: RunRecord, *, stage: StageParameters = _DEFAULT) -> Table:
    """The community's days: the fifteen daily KPIs and the stage.

    Args:
        record: The run.
        stage: Parameters of the stage rule.

    Returns:
        Columns of shape (H,): ``day`` and counts int64, money float64 yuan (the float nearest to
        two decimals), ``stage`` names.
    """
    days = np.arange(record.days)
    return {"day": days, **_columns(record.daily.sum(axis=1), stage)}


def group_columns(record: RunRecord, *, stage: StageParameters = _DEFAULT) -> Table:
    """The same for each group, with who moved between groups.

    Args:
        record: The run.
        stage: Parameters of the stage rule.

    Returns:
        Columns of shape (G x H,), group by group: ``group`` and ``day``, then as
        :func:`daily_columns`, then ``moved_in`` and ``moved_out``.
    """
    days, groups = record.daily.shape[:2]
    tables = [_columns(record.daily[:, group], stage) for group in range(groups)]
    columns: Table = {
        "group": np.repeat(np.arange(groups), days),
        "day": np.tile(np.arange(days), groups),
    }
    for name in tables[0]:
        columns[name] = np.concatenate([table[name] for table in tables])
    for name in ("moved_in", "moved_out"):
        columns[name] = record.daily[:, :, DAILY_INDEX[name]].T.ravel()
    return columns


def _columns(daily: NDArray[np.int64], stage: StageParameters) -> Table:
    """Columns of one table of daily counts, of shape (H, len(DAILY))."""
    fen = {name: daily[:, DAILY_INDEX[name]] for name in ("revenue", "cost")}
    fen["profit"] = fen["revenue"] - fen["cost"]
    columns: Table = {
        key: fen[key] / FEN_PER_YUAN if key in _MONEY else daily[:, DAILY_INDEX[key]]
        for key in DAILY_KPIS
    }
    speakers = daily[:, DAILY_INDEX["member_speakers"]]
    columns["stage"] = stage_names(stage_codes(speakers, parameters=stage))
    return columns
