"""Questions to a result folder in SQL, answered by DuckDB without touching anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.metrics import NEVER, REGISTRY
from sim.study.folders import SENSITIVITY, stored
from sim.study.manifest import read_manifest
from sim.study.sensitivity.folder import RUNS, SCREENED
from sim.study.tables import DAILY, GROUPS

if TYPE_CHECKING:
    from pathlib import Path

    from sim.metrics import Value
    from sim.study.store import Store


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Rows that a query gave.

    Attributes:
        columns: Names of columns.
        rows: Values; numbers, texts, dates, None.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query(folder: Path, text: str) -> Answer:
    """Ask a result folder something.

    There are the tables ``daily`` (one row a day and run), ``groups`` (likewise for each group,
    where there are several) and ``runs``: ``variant``, ``replicate``, ``status``, ``error``,
    ``policy``, ``day`` of failed ones, and every KPI. A time that never came is infinite, what is
    undefined is null. Of a sensitivity study there are ``runs`` (values and all that was measured)
    and ``screening``, if there was one.

    Args:
        folder: The folder.
        text: One SELECT; it can read these tables and nothing else, and change nothing.

    Raises:
        UserError: ``wrong_form``/``sql``, ``wrong_form``/``sql_select``; as ``stored``;
            ``damaged``/``parquet``.
    """
    import duckdb

    store = None if read_manifest(folder)["kind"] == SENSITIVITY else stored(folder)
    with duckdb.connect(config={"threads": 2, "python_enable_replacements": False}) as connection:
        names = (DAILY, GROUPS) if store else (RUNS, SCREENED)
        files = [folder / name for name in names if (folder / name).exists()]
        if store is not None:
            columns = _runs_table(store)
            connection.register("runs_in_memory", columns)
            chosen = ", ".join(_typed(name) for name in columns)
            connection.execute(f"CREATE TABLE runs AS SELECT {chosen} FROM runs_in_memory")  # noqa: S608  our own
            connection.unregister("runs_in_memory")
        for path in files:
            place = str(path.resolve()).replace("'", "''")
            try:
                connection.execute(
                    f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{place}')"  # noqa: S608  our own
                )
            except duckdb.Error as error:
                raise UserError("damaged", "parquet", file=str(path)) from error
        allowed = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in files)
        connection.execute(f"SET allowed_paths = [{allowed}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            statements = connection.extract_statements(text)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise UserError("wrong_form", "sql_select")
            found = connection.execute(statements[0])
            titles = tuple(str(one[0]) for one in found.description or ())
            return Answer(columns=titles, rows=tuple(map(tuple, found.fetchall())))
        except duckdb.Error as error:
            detail = " ".join(str(error).split())
            raise UserError("wrong_form", "sql", detail=detail) from error


def _runs_table(store: Store) -> dict[str, Any]:
    """One row a run; numbers that are undefined are NaN."""
    places = sorted({*store.runs, *store.failures})
    failures = [store.failures.get(place) for place in places]
    table: dict[str, Any] = {
        "variant": np.array([name for name, _ in places], object),
        "replicate": np.array([number for _, number in places], np.int32),
        "status": np.array(["failed" if one else "finished" for one in failures], object),
        "error": np.array([one.error if one else None for one in failures], object),
        "policy": np.array([one.policy if one else None for one in failures], object),
        "day": np.array([_number(one.day if one else None) for one in failures]),
    }
    runs = [store.runs[place].kpis if place in store.runs else {} for place in places]
    for key, kpi in REGISTRY.items():
        values = [run.get(key) for run in runs]
        if kpi.unit == "stage":
            table[key] = np.array(values, object)
        else:
            table[key] = np.array([_number(value) for value in values])
    return table


def _number(value: Value) -> float:
    if value == NEVER:
        return float("inf")
    return float("nan") if value is None else float(value)


def _typed(name: str) -> str:
    if name in {"variant", "status", "error", "policy"}:
        return f'"{name}"::VARCHAR AS "{name}"'
    if name == "replicate":
        return f'"{name}"'
    if name in REGISTRY and REGISTRY[name].unit == "stage":
        return f'"{name}"::VARCHAR AS "{name}"'
    number = f'CASE WHEN isnan("{name}") THEN NULL ELSE "{name}" END'
    return f'{number}::INTEGER AS "{name}"' if name == "day" else f'{number} AS "{name}"'
