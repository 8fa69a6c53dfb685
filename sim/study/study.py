"""Carry a study out: the runs that are missing, on any crew, kept as they end."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.metrics import STAGES
from sim.study.ensemble import Ensemble, run_ensemble
from sim.study.journal import Kept, kpis_of, traces_of
from sim.study.parquet import read_parquet
from sim.study.simulate import Failure, Finished, Task
from sim.study.store import DAILY, WHOLE, Store, Study
from sim.study.tables import daily_table, summary_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.study.ensemble import Progress
    from sim.study.journal import Place
    from sim.study.trace import Trace
    from sim.study.workers import Workers


@contextmanager
def opened(
    study: Study, *, crew: Workers, out: str | os.PathLike[str] | None
) -> Iterator[Store | None]:
    """The folder of a study while a crew works for it; afterwards both are free again.

    Args:
        study: What the folder holds the results of.
        crew: Who computes.
        out: The folder; None = nothing is kept.

    Raises:
        UserError: As :meth:`Store.open`.
    """
    store = None
    try:
        store = None if out is None else Store.open(Path(out), study)
        yield store
    finally:
        crew.close()
        if store is not None:
            store.close()


@dataclass
class Runs:
    """The runs of a study, in memory and perhaps in a folder.

    Attributes:
        study: What is simulated.
        store: Where runs are kept; None = in memory only.
        crew: Who computes; threads by default.
        whole: Futures of each variant of which everything is kept.
        kept: Finished runs.
        failures: Failed runs.
        records: Whole records that are in memory.
        interrupted: Whether somebody stopped the last ensemble.
        simulated: Runs that were simulated here, not found.
        tried: Runs that failed here; they are not tried twice.
    """

    study: Study
    store: Store | None = None
    crew: Workers | None = None
    whole: int = WHOLE
    kept: dict[Place, Kept] = field(default_factory=dict)
    failures: dict[Place, Failure] = field(default_factory=dict)
    records: dict[Place, RunRecord] = field(default_factory=dict)
    interrupted: bool = False
    simulated: int = 0
    tried: set[Place] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take what the folder has."""
        if self.store is not None:
            self.kept, self.failures = self.store.runs, self.store.failures

    def missing(
        self, replicates: Iterable[int], *, variants: Sequence[str] = (), retry: bool = True
    ) -> list[Task]:
        """Runs that are not there yet, replicate by replicate so that pairs end together.

        Args:
            replicates: Numbers of replicates.
            variants: Names of variants; all by default.
            retry: Whether failed runs are missing too.
        """
        chosen = [one for one in self.study.variants if not variants or one.name in variants]
        return [
            Task(variant=one, seed=self.study.seed, replicate=number, whole=number < self.whole)
            for number in replicates
            for one in chosen
            if self._lacks((one.name, number), retry=retry)
        ]

    def _lacks(self, place: Place, *, retry: bool) -> bool:
        if place in self.failures and (place in self.tried or not retry):
            return False
        if place not in self.kept:
            return True
        wanted = place[1] < self.whole and place not in self.records
        return wanted and self.store is not None and not self.store.has_record(place)

    def simulate(self, tasks: Sequence[Task], *, progress: Progress | None = None) -> Ensemble:
        """Simulate runs and keep each as soon as it has ended."""
        ensemble = run_ensemble(tasks, crew=self.crew, progress=progress, keep=self._keep)
        self.interrupted = ensemble.interrupted
        return ensemble

    def _keep(self, one: Finished | Failure) -> None:
        if self.store is not None:
            self.store.keep(one)
        place = (one.variant, one.replicate)
        self.simulated += 1
        if isinstance(one, Failure):
            self.tried.add(place)
            if place not in self.kept:
                self.failures[place] = one
            return
        if self.store is None:
            self.kept[place] = Kept(one.packed)
            self.failures.pop(place, None)
        if one.record is not None:
            self.records[place] = one.record

    def numbers(self, variant: str) -> list[int]:
        """Replicates of a variant that finished, in order."""
        return sorted(number for name, number in self.kept if name == variant)

    def common(self) -> Runs:
        """The futures that all variants have finished; of whole records those in memory."""
        names = [one.name for one in self.study.variants]
        numbers = set.intersection(*(set(self.numbers(name)) for name in names))
        return Runs(
            self.study, whole=self.whole, failures=self.failures, records=self.records,
            kept={(name, n): self.kept[name, n] for n in sorted(numbers) for name in names},
        )  # fmt: skip

    def kpis(self, variant: str) -> dict[int, dict[str, Value]]:
        """KPIs of a variant's finished runs by replicate, in order."""
        return kpis_of(self.kept, variant)

    def summary(self, only: Sequence[str] = ()) -> dict[str, Any]:
        """KPIs over the finished runs, ``{variant: {kpi: {"mean", "sd", "p05", ...}}}``.

        Args:
            only: Keys of KPIs; all by default.
        """
        return summary_of(self.study.variants, self.kept, only=only)

    def daily(self, folder: Path | None = None) -> Any:
        """The daily table as a pandas DataFrame: one row a day and run (columns: DESIGN).

        Args:
            folder: Where its file may be; it is made anew if that is missing or was cut.
        """
        if folder is not None:
            with suppress(UserError):
                return read_parquet(folder / DAILY)
        import pandas as pd

        traces = traces_of(self.kept, self.failures)
        table = daily_table(self.study.variants, traces)
        names = [one.name for one in self.study.variants]
        for name, texts in (("variant", names), ("stage", STAGES)):
            if name in table:
                table[name] = pd.Categorical.from_codes(table[name], texts).astype(object)
        return pd.DataFrame(table if traces else {})

    def traces(self, variant: str) -> list[Trace]:
        """What is kept of a variant's finished runs, in order of replicates."""
        return [self.kept[variant, number].trace for number in self.numbers(variant)]

    def whole_records(self, variant: str) -> list[RunRecord]:
        """Whole records of a variant's first futures, as many as are kept, in order.

        Raises:
            UserError: ``damaged``/``run_file``.
        """
        found = []
        for number in self.numbers(variant):
            place = (variant, number)
            if place in self.records:
                found.append(self.records[place])
            elif self.store is not None and self.store.record_file(place).exists():
                found.append(self.records.setdefault(place, self.store.record(place)))
        return found
