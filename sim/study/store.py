"""A result folder: what was asked, every finished run, and the tables made of them.

::

    manifest.json   what determines the result: configuration, seed, code, versions
    journal.jsonl   one line a run, written when it ends: its KPIs, or why and when it failed
    runs/00017.npz  what the run left behind (``sim.study.records``)
    failed/00018.npz  likewise, of a run that a policy ended: the days before
    daily.parquet   one row a day and run; groups.parquet likewise for each group, if several
    summary.json    KPIs over runs that came to their end

The tables hold the finished days of failed runs too; the manifest's ``failed`` names those runs.

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
from sim.study.simulate import Failure, kpi_parameters
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.scenario import Scenario
    from sim.study.simulate import Finished

SCHEMA = 1
"""Version of the folder's form; a newer one is refused."""

BASE = "base"
"""Name of the variant that nothing was added to."""

MANIFEST, JOURNAL, SUMMARY, DAILY, GROUPS, RUNS, FAILED = (
    "manifest.json", "journal.jsonl", "summary.json", "daily.parquet", "groups.parquet", "runs",
    "failed",
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
        return {
            int(entry["replicate"]): entry["kpis"]
            for entry in _journal(folder, "kpis")
            if _run_file(folder, int(entry["replicate"])).exists()
        }

    @staticmethod
    def failed(folder: Path) -> tuple[Failure, ...]:
        """The runs that a folder's journal knows as failed and never as finished, in order.

        Raises:
            UserError: ``damaged``/``run_file``.
        """
        finished = Store.finished(folder)
        last = {
            int(entry["replicate"]): entry
            for entry in _journal(folder, "error")
            if int(entry["replicate"]) not in finished
        }
        failures = []
        for number, entry in sorted(last.items()):
            path = _failed_file(folder, number)
            failures.append(
                Failure(
                    replicate=number, error=str(entry["error"]), policy=entry.get("policy", ""),
                    day=entry.get("day"), record=load_record(path) if path.exists() else None,
                )
            )  # fmt: skip
        return tuple(failures)

    def begin(self, *, replicates: int, command: str) -> None:
        """Write the manifest, before the first run.

        Args:
            replicates: Runs asked for.
            command: Command that makes this result again.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        self._write_manifest(replicates=replicates, command=command, failures=())

    def keep(self, one: Finished | Failure) -> None:
        """Put a run down that came to its end, or what there is of one that failed.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        failed = _failed_file(self.folder, one.replicate)
        with refusals(failed):
            failed.unlink(missing_ok=True)  # of an earlier attempt
        if isinstance(one, Failure):
            if one.record is not None:
                with refusals(failed):
                    failed.parent.mkdir(exist_ok=True)
                save_record(one.record, failed)
            line = failed_entry(one)
        else:
            save_record(one.record, _run_file(self.folder, one.replicate))
            line = {"replicate": one.replicate, "kpis": one.kpis}
            self.kpis[one.replicate] = one.kpis
        append_line(self.folder / JOURNAL, json.dumps(line, ensure_ascii=False))

    def discard_if_empty(self) -> None:
        """Remove a folder that was made in vain."""
        if self.fresh and not self.kpis and not (self.folder / FAILED).exists():
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
    ) -> None:
        """Write the tables, and the summary if a run came to its end.

        Args:
            records: Of the runs in ``kpis``, in order of replicates.
            replicates: Runs asked for.
            command: Command that makes this result again.
            failures: Runs that failed; what they left behind is in the tables too.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        runs = with_failed(dict(zip(sorted(self.kpis), records, strict=True)), failures)
        write_parquet(daily_table(self.scenario, runs), self.folder / DAILY)
        if self.scenario.groups.number > 1:
            write_parquet(groups_table(self.scenario, runs), self.folder / GROUPS)
        if self.kpis:
            summary = summary_of(self.scenario, self.kpis)
            write_json(self.folder / SUMMARY, {"schema": SCHEMA, **summary})
        self._write_manifest(replicates=replicates, command=command, failures=failures)

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
            "failed": [failed_entry(one) for one in failures],
            "qunsim": __version__,
            "versions": versions(),
            "platform": machine(),
            "configuration": self.scenario.resolved(),
        }
        write_json(self.folder / MANIFEST, manifest)


def _run_file(folder: Path, replicate: int) -> Path:
    return folder / RUNS / f"{replicate:05d}.npz"


def _failed_file(folder: Path, replicate: int) -> Path:
    return folder / FAILED / f"{replicate:05d}.npz"


def failed_entry(one: Failure) -> dict[str, Any]:
    """A failed run as the journal and the manifest name it."""
    line: dict[str, Any] = {"replicate": one.replicate, "status": "failed", "error": one.error}
    if one.policy:
        line |= {"policy": one.policy, "day": one.day}
    return line


def _journal(folder: Path, kind: str) -> list[dict[str, Any]]:
    """Lines of the journal that have a key; lines that a crash has torn are passed over."""
    lines = []
    with suppress(FileNotFoundError):
        for text in (folder / JOURNAL).read_text("utf-8", errors="replace").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                entry = json.loads(text)
                int(entry["replicate"])
                if kind in entry:
                    lines.append(entry)
    return lines


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


def with_failed(
    records: Mapping[int, RunRecord], failures: Sequence[Failure]
) -> dict[int, RunRecord]:
    """Runs by replicate, those that failed with what they left behind, in order."""
    kept = {one.replicate: one.record for one in failures if one.record is not None}
    return dict(sorted({**records, **kept}.items()))


def daily_table(scenario: Scenario, runs: Mapping[int, RunRecord]) -> dict[str, NDArray[Any]]:
    """The columns of ``daily.parquet``, runs as given, days in order."""
    stage = kpi_parameters(scenario).stage
    return _stacked({number: daily_columns(one, stage=stage) for number, one in runs.items()})


def groups_table(scenario: Scenario, runs: Mapping[int, RunRecord]) -> dict[str, NDArray[Any]]:
    """The columns of ``groups.parquet``, runs as given, groups in order, days in order."""
    stage = kpi_parameters(scenario).stage
    return _stacked({number: group_columns(one, stage=stage) for number, one in runs.items()})


def _stacked(by_run: Mapping[int, dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    tables = list(by_run.values())
    rows = [len(table["day"]) for table in tables]
    columns: dict[str, NDArray[Any]] = {
        "variant": np.full(sum(rows), BASE),
        "replicate": np.repeat(np.array(list(by_run), np.int64), rows),
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
