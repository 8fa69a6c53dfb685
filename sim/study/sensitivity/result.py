"""What a sensitivity study found, as data and as files."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.files import write_json
from sim.study.manifest import SCHEMA
from sim.study.parquet import write_parquet
from sim.study.sensitivity.folder import INDICES, RUNS, SCREENED, TOLD
from sim.study.sensitivity.methods import METHODS
from sim.study.sensitivity.study import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.study.sensitivity.analysis import Found
    from sim.study.sensitivity.methods import Design
    from sim.study.sensitivity.study import SensitivityStudy

    Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A design with its answers, and what they tell.

    Attributes:
        study: What was asked; of a screened study, with the factors that were kept.
        design: The points.
        numbers: Values of the factors, of shape (P, D - 1).
        answers: By arm, of shape (P, R, K): all that was measured; NaN = failed or undefined.
        found: What is said of each output, by its label.
        missing: Runs that were never simulated, as somebody else was to do it.
    """

    study: SensitivityStudy
    design: Design
    numbers: Numbers
    answers: Mapping[str, Numbers]
    found: Mapping[str, Found]
    missing: int = 0

    @property
    def main(self) -> str:
        """The index that factors are ranked by."""
        return METHODS[self.study.method].main

    def table(self) -> dict[str, Any]:
        """All that is known of the indices, as ``sensitivity.json`` has it."""
        study = self.study
        return {
            "method": study.method, "count": study.count, "replicates": study.replicates,
            "main": self.main, "points": len(self.design.shares) * len(study.subjects),
            "factors": [one.table() for one in study.factors],
            "outputs": {label: self._told(one) for label, one in self.found.items()},
        }  # fmt: skip

    def _told(self, one: Found) -> dict[str, Any]:
        names, main = names_of(self.study), self.main
        table: dict[str, Any] = {
            "output": one.output, "why": one.why, "used": one.used, "left_out": one.left_out,
            "mean": one.mean, "sd": one.sd,
            "luck": None if one.luck is None else vars(one.luck).copy(),
        }  # fmt: skip
        if one.why:
            return table | {"order": [], "stable": None}
        apart = one.told_apart(main)
        return table | {
            "order": [names[n] for n in one.order(main)],
            "told_apart": [names[n] for n in one.order(main) if n in apart],
            "floor": one.floor(main),
            "stable": one.stable(main),
            "half": dict(zip(names, map(_plain, one.half), strict=False)) if one.half else None,
        }

    def indices(self) -> dict[str, dict[str, dict[str, float | None]]]:
        """``{output: {factor: {index: value}}}``; None = there is none."""
        names, how = names_of(self.study), METHODS[self.study.method]
        empty = [*how.columns, *(f"{name}_conf" for name in how.columns)]
        return {
            label: {
                name: {key: _plain(one.indices[key][n]) for key in one.indices}
                if one.indices
                else dict.fromkeys(empty)
                for n, name in enumerate(names)
            }
            for label, one in self.found.items()
        }

    def write_runs(self, path: Path) -> None:
        """A row a run: where it stands, its values, all that was measured.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        study, points = self.study, len(self.design.shares)
        arms, replicates = list(self.answers), study.replicates
        rows = points * replicates
        block = np.arange(points) // self.design.block
        columns: dict[str, NDArray[Any]] = {
            "arm": np.repeat(np.arange(len(arms)), rows),
            "point": _each(np.arange(points), replicates, len(arms)),
            "block": _each(block, replicates, len(arms)),
            "luck": _each(self.design.luck, replicates, len(arms)),
            "replicate": np.tile(np.arange(replicates), points * len(arms)),
        }
        texts: dict[str, Any] = {"arm": arms}
        for n, factor in enumerate(study.factors):
            values = _each(self.numbers[:, n], replicates, len(arms))
            if factor.kind == "categorical":
                texts[factor.path] = factor.labels
                values = values.astype(np.int64)
            columns[factor.path] = values
        for k, name in enumerate(study.measured):
            answers = [self.answers[arm][:, :, k].reshape(-1) for arm in arms]
            columns[f"y:{name}" if name in columns else name] = np.concatenate(answers)
        write_parquet(columns, path, texts=texts)


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """A finished study.

    Attributes:
        asked: The study as it was asked for.
        computed: What was computed with the factors that went on.
        screening: What chose them; None = all were asked for.
        simulated: Runs that were simulated, not found.
        failed: Runs without a result, and what went wrong, by ``point/replicate``.
        folder: Where it is kept; None = nowhere.
        moved: Where results of other code were moved, if there were any.
        torn: Lines of the journal that could not be read; their runs were simulated again.
    """

    asked: SensitivityStudy
    computed: Computed
    screening: Computed | None = None
    simulated: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    moved: Path | None = None
    torn: int = 0

    @property
    def missing(self) -> int:
        """Runs that are still to be simulated, by whom has the other shards."""
        return self.computed.missing

    def table(self) -> dict[str, Any]:
        """The content of ``sensitivity.json``."""
        table: dict[str, Any] = {"schema": SCHEMA, "name": self.asked.name, "days": self.asked.days}
        table |= {"failed": len(self.failed), "screening": None}
        if self.screening is not None:
            kept = [one.path for one in self.computed.study.factors]
            table["screening"] = self.screening.table() | {
                "kept": kept, "indices": self.screening.indices(),
            }  # fmt: skip
        return table | self.computed.table()

    def indices(self) -> dict[str, Any]:
        """The content of ``indices.json``."""
        return {"schema": SCHEMA, **self.computed.indices()}

    def write(self, folder: Path) -> None:
        """Write indices and tables.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        write_json(folder / INDICES, self.indices())
        write_json(folder / TOLD, self.table())
        self.computed.write_runs(folder / RUNS)
        if self.screening is not None:
            self.screening.write_runs(folder / SCREENED)


def _each(values: NDArray[Any], times: int, arms: int) -> NDArray[Any]:
    """Values of points as a column of runs."""
    return np.tile(np.repeat(values, times), arms)


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
