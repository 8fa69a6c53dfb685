"""Anybody's table as given data: columns that were varied, columns that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import rankdata

from sim.errors import UserError
from sim.scenario.mistakes import near_miss
from sim.study.sensitivity.factors import Factor
from sim.study.sensitivity.methods import GIVEN, Design
from sim.study.sensitivity.result import Computed, Sensitivity
from sim.study.sensitivity.run import found_of
from sim.study.sensitivity.study import SensitivityStudy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SUFFIXES = (".csv", ".parquet", ".csv.gz", ".tsv")
FEWEST = 32
"""Rows below which nothing is told."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What a table measured: a subject that nobody can simulate.

    Attributes:
        outputs: Names of the columns.
        key: The file.
    """

    outputs: tuple[str, ...]
    key: str


def table_data(
    path: Path, *, factors: Sequence[str], outputs: Sequence[str], method: str, seed: int = 0
) -> Sensitivity:
    """Indices of a table that something else wrote.

    Given-data methods ask for the order of values only, so that a column's ranks stand for its
    distribution, whatever it is. A column of random numbers is the inert factor.

    Args:
        path: A CSV or Parquet file, one row a run.
        factors: Columns that were varied; texts are categories.
        outputs: Columns that came of it; what is no number is left out.
        method: One of ``GIVEN``.
        seed: Of the inert column and of resampling.

    Raises:
        UserError: ``contradiction``/``needs_design``; ``not_found``/``column``;
            ``too_short``/``given``; ``damaged``/``table``.
    """
    if method not in GIVEN:
        raise UserError("contradiction", "needs_design", name=method, known=list(GIVEN))
    table = _read(path, [*factors, *outputs])
    rows = len(next(iter(table.values())))
    if rows < FEWEST:
        raise UserError("too_short", "given", file=str(path), value=rows, low=FEWEST)
    described = [_described(name, table[name]) for name in factors]
    numbers = np.column_stack([column for _, column in described])
    inert = np.random.default_rng(seed).random(rows)
    ranks = [(rankdata(column) - 0.5) / rows for column in numbers.T]
    design = Design(shares=np.column_stack([*ranks, inert]), luck=np.zeros(rows, np.int64))
    study = SensitivityStudy(
        name=path.name, subjects={"base": Columns(outputs=tuple(outputs), key=str(path))},
        factors=tuple(factor for factor, _ in described), outputs=tuple(outputs), method=method,
        count=rows, replicates=1, seed=seed, source=str(path),
    )  # fmt: skip
    answers = {"base": np.stack([_answers(table[name]) for name in outputs], axis=-1)[:, None]}
    computed = Computed(
        study=study, design=design, numbers=numbers, answers=answers,
        found=found_of(study, design, answers),
    )  # fmt: skip
    return Sensitivity(asked=study, computed=computed)


def _read(path: Path, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Columns of a file by name."""
    import duckdb

    with duckdb.connect() as connection:
        reader = connection.read_parquet if path.suffix == ".parquet" else connection.read_csv
        try:
            relation = reader(str(path))
        except duckdb.Error as error:
            detail = str(error).splitlines()[0]
            raise UserError("damaged", "table", file=str(path), detail=detail) from error
        for name in names:
            if name not in relation.columns:
                raise UserError(
                    "not_found", "column", name=name, file=str(path), known=relation.columns,
                    suggestion=near_miss(name, relation.columns),
                )  # fmt: skip
        found = relation.fetchnumpy()
    return {name: found[name] for name in dict.fromkeys(names)}


def _described(name: str, column: NDArray[Any]) -> tuple[Factor, Numbers]:
    """A column that was varied, and its numbers; categories by their order."""
    plain = np.ma.filled(column, np.nan) if np.issubdtype(column.dtype, np.number) else column
    if np.issubdtype(plain.dtype, np.number):
        values = np.asarray(plain, np.float64)
        ends = float(np.nanmin(values)), float(np.nanmax(values))
        return Factor(path=name, low=ends[0], high=ends[1]), values
    labels, codes = np.unique(np.asarray(column, str), return_inverse=True)
    factor = Factor(
        path=name, kind="categorical", high=len(labels) - 1.0, choices=tuple(map(str, labels)),
        labels=tuple(map(str, labels)),
    )  # fmt: skip
    return factor, codes.astype(np.float64)


def _answers(column: NDArray[Any]) -> Numbers:
    """A column that came of it, NaN where there is no number."""
    if not np.issubdtype(column.dtype, np.number):
        return np.full(len(column), np.nan)
    return np.asarray(np.ma.filled(column.astype(np.float64), np.nan), np.float64)
