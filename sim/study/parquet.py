"""Tables as Parquet files, by DuckDB: the same columns always give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.study.files import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_FULL = ("no space left", "disk quota", "file too large")
_ROWS = 122_880  # DuckDB's own size of a row group, written down so that it stays


def write_parquet(
    columns: Mapping[str, NDArray[Any]],
    path: Path,
    *,
    texts: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write columns of equal length, rows in their order.

    Args:
        columns: Numbers by name.
        path: Where to.
        texts: For columns that hold codes, the texts that they stand for.

    Raises:
        UserError: ``no_space``/``disk_full`` or ``no_permission``/``file``.
    """
    import duckdb

    table = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    chosen = ", ".join(_selected(name, (texts or {}).get(name)) for name in columns)
    with replacing(path) as part, duckdb.connect(config={"threads": 1}) as connection:
        connection.register("columns_in_memory", table)
        place = str(part).replace("'", "''")
        try:
            connection.execute(
                f"COPY (SELECT {chosen} FROM columns_in_memory) TO '{place}' "  # noqa: S608  our own
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})"
            )
        except duckdb.Error as error:
            full = any(sign in str(error).lower() for sign in _FULL)
            kind, reason = ("no_space", "disk_full") if full else ("no_permission", "file")
            raise UserError(kind, reason, file=str(path)) from error


def _selected(name: str, texts: Sequence[str] | None) -> str:
    """A column as it is, or the texts for which its codes stand."""
    if texts is None:
        return f'"{name}"'
    listed = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    return f'([{listed}])["{name}"::INTEGER + 1] AS "{name}"'


def read_parquet(path: Path) -> Any:
    """A Parquet file as a pandas DataFrame, rows in the file's order.

    Raises:
        UserError: ``damaged``/``parquet``.
    """
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            return connection.read_parquet(str(path)).df()
    except duckdb.Error as error:
        raise UserError("damaged", "parquet", file=str(path)) from error


def rows_of(path: Path) -> int | None:
    """Rows of a Parquet file; None if it is not there or cannot be read."""
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            # a file that was cut has no end to read this from
            rows = connection.execute(
                "SELECT coalesce(max(num_rows), 0) FROM parquet_file_metadata(?)", [str(path)]
            ).fetchone()
    except duckdb.Error:
        return None
    return None if rows is None else int(rows[0])
