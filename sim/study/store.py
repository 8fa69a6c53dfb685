"""A result folder: what was asked, every finished run, and the tables made of them.

::

    manifest.json   what determines the result: configurations, seed, code, versions
    journal.jsonl   one line a run, written when it ends (``sim.study.journal``)
    runs/base/00017.npz  all that a run left behind, of the first futures of each variant
    daily.parquet   one row a day and run; groups.parquet likewise for each group, if several
    summary.json    KPIs over runs that came to their end, by variant

Tables can always be made again from the journal, which is written once and never changed; they hold
the finished days of failed runs too, which the manifest's ``failed`` names.

Every file appears completely or not at all, a line of the journal only after its run's file, and
nothing depends on a clock or on the order in which runs ended: a result that was interrupted and
resumed is, but for the order of the journal's lines, the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.metrics import summarise
from sim.study.files import Lock, read_json, refusals, write_json
from sim.study.journal import (
    JOURNAL,
    Kept,
    Place,
    failed_entry,
    read_journal,
    write_failed,
    write_finished,
)
from sim.study.provenance import code_digest, machine, versions
from sim.study.records import load_record, save_record
from sim.study.simulate import Failure
from sim.study.tables import DAILY, GROUPS, write_tables
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.study.simulate import Finished
    from sim.study.variant import Variant

SCHEMA = 1
"""Version of the folder's form; a newer one is refused."""

WHOLE = 100
"""Futures of each variant of which everything is kept, members included."""

MANIFEST, SUMMARY, RUNS = "manifest.json", "summary.json", "runs"


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a folder holds the results of.

    Attributes:
        variants: The arms, the baseline first.
        seed: Seed of the experiment.
        kind: What was done: ``run``, ``compare``, ``explain``, ``plan``.
        about: What else belongs into the manifest; it does not tell studies apart.
    """

    variants: tuple[Variant, ...]
    seed: int
    kind: str = "run"
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> Variant:
        """The baseline."""
        return self.variants[0]

    def digest(self) -> str:
        """SHA-256 of what determines the runs; of one founded community, that of its scenario."""
        if len(self.variants) == 1:
            return self.base.key
        keys = " ".join(f"{one.name}={one.key}" for one in self.variants)
        return hashlib.sha256(keys.encode()).hexdigest()

    def variant(self, name: str) -> Variant:
        """The arm of a name."""
        return next(one for one in self.variants if one.name == name)


@dataclass
class Store:
    """A folder that results of one study are kept in.

    Attributes:
        folder: Where.
        study: What it holds the results of.
        runs: Finished runs that are there.
        failures: Runs that failed and never finished since.
        fresh: Whether the folder was made by us just now.
        moved: Where results of other code were moved, if there were any.
    """

    folder: Path
    study: Study
    runs: dict[Place, Kept]
    failures: dict[Place, Failure]
    fresh: bool
    moved: Path | None = None
    _lock: Lock | None = None

    @classmethod
    def open(cls, folder: Path, study: Study) -> Store:
        """A folder to put results in: a new one, an empty one, or one of the same study.

        Results of the same study by another version of the code are moved aside, to a folder named
        by that version: nothing is mixed and nothing lost. The folder is ours until :meth:`close`.

        Raises:
            UserError: ``taken`` if it holds anything else, is a file, or somebody writes to it;
                ``no_permission``, ``no_space``; ``damaged``, ``cannot_read``/``newer_schema`` for
                its manifest.
        """
        if folder.exists() and not folder.is_dir():
            raise _taken("file", folder)
        moved = None
        found = folder.is_dir() and any(folder.iterdir())
        if found:
            manifest = _manifest_of(folder, study)
            if manifest["code"] == code_digest():
                lock = Lock.of(folder)
                finished, failed = read_journal(folder)
                return cls(folder, study, finished, failed, fresh=False, _lock=lock)
            with Lock.of(folder):
                moved = _free(folder.with_name(f"{folder.name}-{str(manifest['code'])[:4]}"))
                with refusals(folder):
                    folder.rename(moved)
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = Lock.of(folder)
        with refusals(folder):
            (folder / RUNS).mkdir(exist_ok=True)
        return cls(folder, study, {}, {}, fresh=True, moved=moved, _lock=lock)

    @classmethod
    def look(cls, folder: Path, study: Study) -> Store:
        """A folder that is only read, also while somebody writes to it."""
        finished, failed = read_journal(folder)
        return cls(folder, study, finished, failed, fresh=False)

    def close(self) -> None:
        """Let others write to the folder."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def begin(self, *, replicates: int, command: str) -> None:
        """Write the manifest, before the first run.

        Args:
            replicates: Runs of each variant asked for.
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
        place = (one.variant, one.replicate)
        if isinstance(one, Failure):
            write_failed(self.folder, one)
            self.failures[place] = one
            return
        if one.record is not None:
            path = self.record_file(place)
            with refusals(path):
                path.parent.mkdir(parents=True, exist_ok=True)
            save_record(one.record, path)
        if place not in self.runs:
            self.runs[place] = write_finished(self.folder, one)
        self.failures.pop(place, None)

    def discard_if_empty(self) -> None:
        """Remove a folder that was made in vain."""
        kept = any(one.trace is not None for one in self.failures.values())
        if self.fresh and not self.runs and not kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def record_file(self, place: Place) -> Path:
        """Where the whole record of a run is, if it is kept."""
        name, replicate = place
        return self.folder / RUNS / name / f"{replicate:05d}.npz"

    def record(self, place: Place) -> RunRecord:
        """All that a run left behind.

        Raises:
            UserError: ``damaged``/``run_file``.
        """
        return load_record(self.record_file(place))

    def has_record(self, place: Place) -> bool:
        """Whether the whole record of a run is there and can be read."""
        try:
            self.record(place)
        except UserError:
            return False
        return True

    def kpis(self, variant: str) -> dict[int, dict[str, Value]]:
        """KPIs of a variant's finished runs by replicate, in order."""
        return {
            number: self.runs[name, number].kpis
            for name, number in sorted(self.runs)
            if name == variant
        }

    def complete(self) -> bool:
        """Whether the tables of what is finished are there and can be read."""
        from sim.study.parquet import rows_of

        if not (self.folder / SUMMARY).exists():
            return False
        traces = [one.trace.days for one in self.runs.values()]
        traces += [one.trace.days for one in self.failures.values() if one.trace is not None]
        return rows_of(self.folder / DAILY) == sum(traces)

    def finish(self, *, replicates: int, command: str) -> None:
        """Write the tables, and the summary if a run came to its end.

        Args:
            replicates: Runs of each variant asked for.
            command: Command that makes this result again.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        traces = {place: one.trace for place, one in self.runs.items()}
        traces |= {place: one.trace for place, one in self.failures.items() if one.trace}
        write_tables(self.folder, self.study.variants, traces)
        if self.runs:
            write_json(self.folder / SUMMARY, {"schema": SCHEMA, **self.summary()})
        self._write_manifest(
            replicates=replicates, command=command, failures=tuple(self.failures.values())
        )

    def summary(self) -> dict[str, Any]:
        """KPIs over runs, ``{variant: {kpi: {...}}}``."""
        return {
            one.name: summarise(list(self.kpis(one.name).values()), days=one.days)
            for one in self.study.variants
        }

    def _write_manifest(
        self, *, replicates: int, command: str, failures: Sequence[Failure]
    ) -> None:
        study, base = self.study, self.study.base
        failed = sorted(failures, key=lambda one: (one.variant, one.replicate))
        manifest = {
            "schema": SCHEMA,
            "kind": study.kind,
            "name": base.scenario.name,
            "days": base.days,
            "replicates": replicates,
            "seed": study.seed,
            "digest": study.digest(),
            "code": code_digest(),
            "command": command,
            "failed": [failed_entry(one) for one in failed],
            "qunsim": __version__,
            "versions": versions(),
            "platform": machine(),
            **study.about,
            "configuration": base.scenario.resolved(),
            "variants": {one.name: _described(one, base) for one in study.variants},
        }
        write_json(self.folder / MANIFEST, manifest)


def _described(variant: Variant, base: Variant) -> dict[str, Any]:
    """What makes a variant differ from the baseline, and what identifies it."""
    about: dict[str, Any] = {"key": variant.key}
    if variant.begins is not None:
        about["begins"] = {"path": variant.begins.path, "digest": variant.begins.digest}
    before, after = base.scenario.resolved(), variant.scenario.resolved()
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    return about | {"configuration": changed}


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
    if not isinstance(schema, int) or "kind" not in manifest:
        raise UserError("damaged", "not_json", file=str(path))
    if schema > SCHEMA:
        raise UserError(
            "cannot_read", "newer_schema", file=str(path), value=schema, newest=SCHEMA
        )  # fmt: skip
    found: dict[str, Any] = manifest
    return found


def read_study(folder: Path) -> Study:
    """The study of a result folder, as its manifest describes it.

    Raises:
        UserError: As :func:`read_manifest`; ``damaged``/``not_json``.
    """
    from sim.scenario import Scenario
    from sim.study.beginning import Saved
    from sim.study.variant import Variant

    manifest = read_manifest(folder)
    try:
        base = manifest["configuration"]
        variants = []
        for name, about in manifest["variants"].items():
            scenario = Scenario.build(base | about["configuration"])
            begins = Saved(**about["begins"]) if "begins" in about else None
            variants.append(Variant(name=name, scenario=scenario, begins=begins))
        known = _KEYS | set(manifest["versions"])
        about = {key: value for key, value in manifest.items() if key not in known}
        return Study(
            variants=tuple(variants), seed=manifest["seed"], kind=manifest["kind"], about=about
        )
    except (UserError, KeyError, TypeError, AttributeError) as error:
        raise UserError("damaged", "not_json", file=str(folder / MANIFEST)) from error


_KEYS = {
    "schema", "kind", "name", "days", "replicates", "seed", "digest", "code", "command", "failed",
    "qunsim", "versions", "platform", "configuration", "variants",
}  # fmt: skip


def _manifest_of(folder: Path, study: Study) -> dict[str, Any]:
    """The manifest of a folder that must hold the same study."""
    if not (folder / MANIFEST).exists():
        raise _taken("foreign", folder)
    manifest = read_manifest(folder)
    asked = (study.digest(), study.seed, study.kind)
    if (manifest.get("digest"), manifest.get("seed"), manifest["kind"]) != asked:
        about = (manifest.get("name"), manifest.get("days"), manifest.get("seed"))
        raise _taken("folder", folder, detail=" ({}, --days {} --seed {})".format(*about))
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


__all__ = [
    "DAILY", "GROUPS", "JOURNAL", "MANIFEST", "RUNS", "SCHEMA", "SUMMARY", "WHOLE", "Store",
    "Study", "read_manifest", "read_study",
]  # fmt: skip
