"""A result folder: what was asked, every finished run, and the tables made of them.

::

    manifest.json   what determines the result: configuration, seed, code, versions
    journal.jsonl   one line a run, written when it ends: its KPIs, or why it failed
    runs/00017.npz  what the run left behind (``sim.study.records``)
    daily.parquet   one row a day and run; groups.parquet likewise for each group, if several
    summary.json    KPIs over runs

Every file appears completely or not at all, a line of the journal only after its run's file, and
nothing depends on a clock or on the order in which runs ended: a result that was interrupted and
resumed is, but for the order of the journal's lines, the same bytes.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.metrics import daily_columns, group_columns, summarise
from sim.study.files import append_line, read_json, refusals, write_json
from sim.study.parquet import write_parquet
from sim.study.provenance import code_digest, machine, versions
from sim.study.records import load_record, save_record
from sim.study.simulate import kpi_parameters
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.scenario import Scenario
    from sim.study.ensemble import Failure
    from sim.study.simulate import Finished

SCHEMA = 1
"""Version of the folder's form; a newer one is refused."""

BASE = "base"
"""Name of the variant that nothing was added to."""

MANIFEST, JOURNAL, SUMMARY, DAILY, GROUPS, RUNS = (
    "manifest.json", "journal.jsonl", "summary.json", "daily.parquet", "groups.parquet", "runs",
)  # fmt: skip


@dataclass
class Store:
    """A folder that results of one experiment are kept in.

    Attributes:
        folder: Where.
        scenario: The community, policies and horizon included.
        seed: Seed of the experiment.
        kpis: KPIs of the runs that are there, by replicate.
        fresh: Whether the folder was made by us just now.
        moved: Where results of other code were moved, if there were any.
    """

    folder: Path
    scenario: Scenario
    seed: int
    kpis: dict[int, dict[str, Value]]
    fresh: bool
    moved: Path | None = None

    @classmethod
    def open(cls, folder: Path, *, scenario: Scenario, seed: int) -> Store:
        """A folder to put results in: a new one, an empty one, or one of the same experiment.

        Results of the same experiment by another version of the code are moved aside, to a folder
        named by that version: nothing is mixed and nothing lost.

        Raises:
            UserError: ``taken`` if it holds anything else or is a file; ``no_permission``,
                ``no_space``; ``damaged``, ``cannot_read``/``newer_schema`` for its manifest.
        """
        moved = None
        if folder.exists() and not folder.is_dir():
            raise _taken("file", folder)
        if folder.is_dir() and any(folder.iterdir()):
            manifest = _manifest_of(folder, scenario=scenario, seed=seed)
            if manifest["code"] == code_digest():
                return cls(folder, scenario, seed, cls.finished(folder), fresh=False)
            moved = _free(folder.with_name(f"{folder.name}-{str(manifest['code'])[:4]}"))
            with refusals(folder):
                folder.rename(moved)
        with refusals(folder):
            (folder / RUNS).mkdir(parents=True, exist_ok=True)
        return cls(folder, scenario, seed, {}, fresh=True, moved=moved)

    @staticmethod
    def finished(folder: Path) -> dict[int, dict[str, Value]]:
        """KPIs of the runs that a folder's journal and the runs' files both know."""
        kpis: dict[int, dict[str, Value]] = {}
        with suppress(FileNotFoundError):
            for line in (folder / JOURNAL).read_text("utf-8", errors="replace").splitlines():
                try:
                    entry = json.loads(line)
                    number, values = int(entry["replicate"]), entry["kpis"]
                except (ValueError, KeyError, TypeError):
                    continue  # a failed run, or a line that a crash has torn
                if _run_file(folder, number).exists():
                    kpis[number] = values
        return kpis

    def begin(self, *, replicates: int, command: str) -> None:
        """Write the manifest, before the first run.

        Args:
            replicates: Runs asked for.
            command: Command that makes this result again.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        self._write_manifest(replicates=replicates, command=command, failures=())

    def keep(self, one: Finished) -> None:
        """Put a finished run down.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        save_record(one.record, _run_file(self.folder, one.replicate))
        line = {"replicate": one.replicate, "kpis": one.kpis}
        append_line(self.folder / JOURNAL, json.dumps(line, ensure_ascii=False))
        self.kpis[one.replicate] = one.kpis

    def discard_if_empty(self) -> None:
        """Remove a folder that was made in vain."""
        if self.fresh and not self.kpis:
            shutil.rmtree(self.folder, ignore_errors=True)

    def record(self, replicate: int) -> RunRecord:
        """What a run left behind.

        Raises:
            UserError: ``damaged``/``run_file``.
        """
        return load_record(_run_file(self.folder, replicate))

    def finish(
        self,
        records: Sequence[RunRecord],
        *,
        replicates: int,
        command: str,
        failures: Sequence[Failure] = (),
    ) -> dict[str, Any]:
        """Write the tables and the summary.

        Args:
            records: Of the runs in ``kpis``, in order of replicates.
            replicates: Runs asked for.
            command: Command that makes this result again.
            failures: Runs that failed.

        Returns:
            The summary, ``{variant: {kpi: {...}}}``.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        for failure in failures:
            line = {"replicate": failure.replicate, "error": failure.error}
            append_line(self.folder / JOURNAL, json.dumps(line, ensure_ascii=False))
        numbers = sorted(self.kpis)
        write_parquet(daily_table(self.scenario, numbers, records), self.folder / DAILY)
        if self.scenario.groups.number > 1:
            table = groups_table(self.scenario, numbers, records)
            write_parquet(table, self.folder / GROUPS)
        summary = summary_of(self.scenario, self.kpis)
        write_json(self.folder / SUMMARY, {"schema": SCHEMA, **summary})
        self._write_manifest(replicates=replicates, command=command, failures=failures)
        return summary

    def _write_manifest(
        self, *, replicates: int, command: str, failures: Sequence[Failure]
    ) -> None:
        manifest = {
            "schema": SCHEMA,
            "kind": "run",
            "name": self.scenario.name,
            "days": self.scenario.days,
            "replicates": replicates,
            "seed": self.seed,
            "digest": self.scenario.digest(),
            "code": code_digest(),
            "command": command,
            "failed": [{"replicate": one.replicate, "error": one.error} for one in failures],
            "qunsim": __version__,
            "versions": versions(),
            "platform": machine(),
            "configuration": self.scenario.resolved(),
        }
        write_json(self.folder / MANIFEST, manifest)


def _run_file(folder: Path, replicate: int) -> Path:
    return folder / RUNS / f"{replicate:05d}.npz"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder.

    Raises:
        UserError: ``not_found``/``folder``, ``not_found``/``result``, ``damaged``/``not_json``,
            ``cannot_read``/``newer_schema``.
    """
    if not folder.is_dir():
        raise UserError("not_found", "folder", file=str(folder), suggestion=None)
    path = folder / MANIFEST
    if not path.exists():
        raise UserError("not_found", "result", file=str(folder))
    manifest = read_json(path)
    schema = manifest.get("schema") if isinstance(manifest, dict) else None
    if not isinstance(schema, int) or "configuration" not in manifest:
        raise UserError("damaged", "not_json", file=str(path))
    if schema > SCHEMA:
        raise UserError(
            "cannot_read", "newer_schema", file=str(path), value=schema, newest=SCHEMA
        )  # fmt: skip
    found: dict[str, Any] = manifest
    return found


def summary_of(scenario: Scenario, kpis: dict[int, dict[str, Value]]) -> dict[str, Any]:
    """KPIs over runs, ``{variant: {kpi: {...}}}``; it does not depend on the order of the runs."""
    ordered = [kpis[number] for number in sorted(kpis)]
    return {BASE: summarise(ordered, days=scenario.days)}


def daily_table(
    scenario: Scenario, numbers: Sequence[int], records: Sequence[RunRecord]
) -> dict[str, NDArray[Any]]:
    """The columns of ``daily.parquet``, runs in order, days in order."""
    stage = kpi_parameters(scenario).stage
    return _stacked([daily_columns(record, stage=stage) for record in records], numbers)


def groups_table(
    scenario: Scenario, numbers: Sequence[int], records: Sequence[RunRecord]
) -> dict[str, NDArray[Any]]:
    """The columns of ``groups.parquet``, runs in order, groups in order, days in order."""
    stage = kpi_parameters(scenario).stage
    return _stacked([group_columns(record, stage=stage) for record in records], numbers)


def _stacked(
    tables: Sequence[dict[str, NDArray[Any]]], numbers: Sequence[int]
) -> dict[str, NDArray[Any]]:
    rows = len(next(iter(tables[0].values())))
    columns: dict[str, NDArray[Any]] = {
        "variant": np.full(rows * len(tables), BASE),
        "replicate": np.repeat(np.asarray(numbers, np.int64), rows),
    }
    for name in tables[0]:
        columns[name] = np.concatenate([table[name] for table in tables])
    return columns


def _manifest_of(folder: Path, *, scenario: Scenario, seed: int) -> dict[str, Any]:
    """The manifest of a folder that must hold the same experiment."""
    if not (folder / MANIFEST).exists():
        raise _taken("foreign", folder)
    manifest = read_manifest(folder)
    if manifest["digest"] != scenario.digest() or manifest["seed"] != seed:
        detail = f" ({manifest['name']}, --days {manifest['days']} --seed {manifest['seed']})"
        raise _taken("folder", folder, detail=detail)
    return manifest


def _taken(reason: str, folder: Path, *, detail: str = "") -> UserError:
    suggestion = _free(folder.with_name(f"{folder.name}-2"))
    return UserError("taken", reason, file=str(folder), detail=detail, suggestion=str(suggestion))


def _free(folder: Path) -> Path:
    """The folder, or the first numbered one that does not exist yet."""
    candidate, number = folder, 2
    while candidate.exists():
        candidate, number = folder.with_name(f"{folder.name}-{number}"), number + 1
    return candidate
