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

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.files import (
    Lock,
    as_json,
    free_folder,
    holds,
    leftovers,
    refusals,
    taken,
    write_json,
)
from sim.study.journal import (
    JOURNAL,
    Kept,
    Place,
    read_journal,
    traces_of,
    write_failed,
    write_finished,
)
from sim.study.manifest import (
    MANIFEST,
    SCHEMA,
    Study,
    failed_entries,
    manifest_of,
    read_manifest,
    read_study,
)
from sim.study.provenance import code_digest
from sim.study.records import is_whole, load_record, save_record
from sim.study.simulate import Failure
from sim.study.tables import DAILY, GROUPS, summary_of, tables_are_whole, write_tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sim.record import RunRecord
    from sim.study.simulate import Finished

WHOLE = 100
"""Futures of each variant of which everything is kept, members included."""

SUMMARY, RUNS = "summary.json", "runs"


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
        torn: Lines of the journal that could not be read; their runs are missing.
    """

    folder: Path
    study: Study
    runs: dict[Place, Kept]
    failures: dict[Place, Failure]
    fresh: bool
    moved: Path | None = None
    torn: int = 0
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
            raise taken("file", folder)
        made = not folder.exists()
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = Lock.of(folder)
        try:
            return cls._open(folder, study, lock)
        except BaseException:
            lock.release()
            if made:
                shutil.rmtree(folder, ignore_errors=True)
            raise

    @classmethod
    def _open(cls, folder: Path, study: Study, lock: Lock) -> Store:
        """What is in a locked folder."""
        torn, moved = leftovers(folder), None
        if any(path.name != RUNS and path not in torn for path in folder.iterdir()):
            manifest = _manifest_of(folder, study)
            if manifest.get("code") == code_digest():
                _sweep(torn)
                finished, failed, unread = read_journal(folder)
                return cls(folder, study, finished, failed, fresh=False, torn=unread, _lock=lock)
            moved = free_folder(folder.with_name(f"{folder.name}-{str(manifest.get('code'))[:4]}"))
            with refusals(folder):
                folder.rename(moved)
                folder.mkdir(exist_ok=True)
            lock.release()
            lock = Lock.of(folder)
        _sweep(leftovers(folder))  # of one who was killed before the manifest was there
        return cls(folder, study, {}, {}, fresh=True, moved=moved, _lock=lock)

    @classmethod
    def look(cls, folder: Path, study: Study) -> Store:
        """A folder that is only read, also while somebody writes to it."""
        finished, failed, torn = read_journal(folder, kpis=study.kpis)
        return cls(folder, study, finished, failed, fresh=False, torn=torn)

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
        manifest = manifest_of(self.study, replicates=replicates, command=command, failures=())
        write_json(self.folder / MANIFEST, manifest)
        with refusals(self.folder):
            (self.folder / RUNS).mkdir(exist_ok=True)

    def keep(self, one: Finished | Failure) -> None:
        """Put a run down that came to its end, or what there is of one that failed.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        place = (one.variant, one.replicate)
        if isinstance(one, Failure):
            if place in self.runs:  # only its file was to be made again
                return
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
        return is_whole(self.record_file(place))

    def complete(self) -> bool:
        """Whether everything made of the journal is there, readable and up to date."""
        try:
            manifest = read_manifest(self.folder)
        except UserError:
            return False
        told = {"failed": failed_entries(self.failures.values()), **self.study.about}
        return (
            all(manifest.get(key) == value for key, value in as_json(told).items())
            and holds(
                self.folder / SUMMARY,
                {"schema": SCHEMA, **summary_of(self.study.variants, self.runs)},
            )
            and tables_are_whole(
                self.folder, self.study.variants, traces_of(self.runs, self.failures)
            )
        )

    def finish(self, *, replicates: int, command: str) -> None:
        """Write the tables, and the summary if a run came to its end.

        Args:
            replicates: Runs of each variant asked for.
            command: Command that makes this result again.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        write_tables(self.folder, self.study.variants, traces_of(self.runs, self.failures))
        if self.runs:
            write_json(
                self.folder / SUMMARY,
                {"schema": SCHEMA, **summary_of(self.study.variants, self.runs)},
            )
        manifest = manifest_of(
            self.study, replicates=replicates, command=command, failures=self.failures.values()
        )
        write_json(self.folder / MANIFEST, manifest)


def _sweep(paths: Iterable[Path]) -> None:
    """Remove what a process that was killed had begun to write."""
    for path in paths:
        path.unlink(missing_ok=True)


def _manifest_of(folder: Path, study: Study) -> dict[str, Any]:
    """The manifest of a folder that must hold the same study."""
    if not (folder / MANIFEST).exists():
        raise taken("foreign", folder)
    manifest = read_manifest(folder)
    asked = (study.digest(), study.seed, study.kind)
    if (manifest.get("digest"), manifest.get("seed"), manifest["kind"]) != asked:
        about = (manifest.get("name"), manifest.get("days"), manifest.get("seed"))
        raise taken("folder", folder, detail=" ({}, --days {} --seed {})".format(*about))
    return manifest


__all__ = [
    "DAILY", "GROUPS", "JOURNAL", "MANIFEST", "RUNS", "SCHEMA", "SUMMARY", "WHOLE", "Store",
    "Study", "read_manifest", "read_study",
]  # fmt: skip
