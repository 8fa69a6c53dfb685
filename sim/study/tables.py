"""The tables of a result folder, made of what is kept of every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.metrics import STAGES, daily_columns, group_columns, summarise
from sim.study.journal import kpis_of
from sim.study.parquet import rows_of, write_parquet
from sim.study.simulate import kpi_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.metrics import StageParameters, Value
    from sim.metrics.summary import Summary
    from sim.study.journal import Kept, Place
    from sim.study.trace import Trace
    from sim.study.variant import Variant

DAILY, GROUPS = "daily.parquet", "groups.parquet"

Table = dict[str, "NDArray[Any]"]


def summary_of(
    variants: Sequence[Variant], runs: Mapping[Place, Kept], *, only: Sequence[str] = ()
) -> dict[str, dict[str, Summary]]:
    """The content of ``summary.json``: KPIs over finished runs, ``{variant: {kpi: {...}}}``.

    Args:
        variants: The arms.
        runs: The runs.
        only: Keys of KPIs; all by default.
    """

    def wanted(kpis: Mapping[str, Value]) -> Mapping[str, Value]:
        return {key: kpis[key] for key in only if key in kpis} if only else kpis

    return {
        one.name: summarise(list(map(wanted, kpis_of(runs, one.name).values())), days=one.days)
        for one in variants
    }


def write_tables(folder: Path, variants: Sequence[Variant], traces: Mapping[Place, Trace]) -> None:
    """Write ``daily.parquet``, and ``groups.parquet`` where a community has several groups.

    Args:
        folder: Where to.
        variants: The arms, in the order in which they stand in the tables.
        traces: What is kept of runs, by variant and replicate.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    texts = {"variant": [one.name for one in variants], "stage": STAGES}
    write_parquet(daily_table(variants, traces), folder / DAILY, texts=texts)
    if _grouped(variants):
        table = _stacked(group_columns, variants, traces)
        write_parquet(table, folder / GROUPS, texts=texts)


def tables_are_whole(
    folder: Path, variants: Sequence[Variant], traces: Mapping[Place, Trace]
) -> bool:
    """Whether the tables of these runs are there and can be read."""
    rows = {DAILY: sum(one.days for one in traces.values())}
    if _grouped(variants):
        rows[GROUPS] = sum(one.days * one.groups for one in traces.values())
    return all(rows_of(folder / name) == number for name, number in rows.items())


def _grouped(variants: Sequence[Variant]) -> bool:
    return any(one.scenario.groups.number > 1 for one in variants)


def daily_table(variants: Sequence[Variant], traces: Mapping[Place, Trace]) -> Table:
    """The columns of ``daily.parquet``: variants in order, runs in order, days in order.

    ``variant`` and ``stage`` are codes.
    """
    return _stacked(daily_columns, variants, traces)


def _stacked(
    columns_of: Callable[..., Table], variants: Sequence[Variant], traces: Mapping[Place, Trace]
) -> Table:
    order = {one.name: number for number, one in enumerate(variants)}
    stages: dict[str, StageParameters] = {
        one.name: kpi_parameters(one.scenario).stage for one in variants
    }
    places = sorted(traces, key=lambda place: (order[place[0]], place[1]))
    tables = [columns_of(traces[place], stage=stages[place[0]]) for place in places]
    rows = [len(table["day"]) for table in tables]
    columns: Table = {
        "variant": np.repeat(np.array([order[name] for name, _ in places], np.int16), rows),
        "replicate": np.repeat(np.array([number for _, number in places], np.int32), rows),
    }
    for name in tables[0] if tables else ():
        columns[name] = np.concatenate([table[name] for table in tables])
    return columns
