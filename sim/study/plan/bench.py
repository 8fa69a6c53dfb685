"""Mixes in simulated futures: only the KPIs that decide are kept, each future is computed once."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.metrics import REGISTRY, restricted, run_kpis
from sim.policies.base import COSTS
from sim.record import ACCOUNTS
from sim.study.ensemble import run_ensemble
from sim.study.files import append_line
from sim.study.plan.space import Mix, Space
from sim.study.simulate import kpi_parameters, to_the_end
from sim.study.workers import Workers, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from sim.record import RunRecord
    from sim.study.simulate import Failure
    from sim.study.variant import Variant

SPENT = "spent:"
"""Beginning of the keys under which the money that each policy spent is kept, in yuan."""

CHUNK = 50
"""Futures that one worker computes of a mix without coming back."""

_REMEMBERED = 16
_COSTS = [ACCOUNTS.index(name) for name in COSTS]

Values = dict[str, float | None]
"""KPIs of one future; None = undefined."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A mix (or the baseline) and futures in which it is simulated.

    Attributes:
        space: What it was chosen from.
        mix: The mix; None = the baseline as it is.
        seed: Seed of the plan.
        replicates: Numbers of the futures.
        keys: KPIs to measure.
        changes: Other assumptions, by dotted path.
        label: Tells tasks apart.
        books: Whether to keep what each policy spent.
    """

    space: Space
    mix: Mix | None
    seed: int
    replicates: tuple[int, ...]
    keys: tuple[str, ...]
    changes: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    books: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """Label and the first future."""
        return self.label, self.replicates[0]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """KPIs of a mix in futures.

    Attributes:
        variant: The task's label.
        replicate: Its first future.
        values: KPIs by future.
        error: What went wrong; empty = nothing.
    """

    variant: str
    replicate: int
    values: dict[int, Values]
    error: str = ""


_known: dict[tuple[str, str, str], Variant] = {}
_lock = threading.Lock()


def _variant(task: Task) -> Variant:
    """The variant of a task, its levers planned once for all chunks of its futures."""
    if task.mix is None and not task.changes:
        return task.space.base
    mark = "base" if task.mix is None else task.mix.key
    changes = json.dumps(dict(task.changes), sort_keys=True)
    key = (task.space.base.key, mark, changes)
    with _lock:
        found = _known.get(key)
    if found is None:
        found = task.space.under(task.mix, task.changes)
        found.check()
        with _lock:
            while len(_known) >= _REMEMBERED:
                _known.pop(next(iter(_known)))
            _known[key] = found
    return found


def measure(task: Task, stopping: Callable[[], bool] | None = None) -> Measured:
    """Simulate a mix in its futures and measure what was asked for.

    Args:
        task: What.
        stopping: Asked now and then whether to give up.

    Returns:
        KPIs by future; the error of a policy that failed or of values that do not fit.

    Raises:
        Stopped: It said yes.
    """
    name, first = task.place
    try:
        variant = _variant(task)
        parameters = kpi_parameters(variant.scenario)
        values = {}
        for number in task.replicates:
            run = variant.start(seed=task.seed, replicate=number)
            began = run.day
            to_the_end(run, stopping)
            record = run.record()
            found = run_kpis(record, parameters=parameters, keys=task.keys)
            horizon = run.days - began
            values[number] = {
                key: restricted(value, horizon=horizon)
                if REGISTRY[key].may_never
                else None if value is None else float(value)
                for key, value in found.items()
            }  # fmt: skip
            if task.books:
                values[number] |= _spent(record)
    except UserError as error:
        return Measured(variant=name, replicate=first, values={}, error=str(error))
    return Measured(variant=name, replicate=first, values=values)


def _spent(record: RunRecord) -> Values:
    """Yuan that left the purse, by policy."""
    spent = record.ledger_policy[:, _COSTS].sum(axis=1) / 100
    return {f"{SPENT}{name}": float(v) for name, v in zip(record.policies, spent, strict=True)}


def _stay(_: Executor) -> None:
    """Between batches nobody goes home."""


class Interrupted(Exception):  # noqa: N818  nothing went wrong
    """Somebody asked to stop; what was finished is in the journal."""


class Bench:
    """Knows what was measured, computes what is missing, and keeps it in a journal.

    Args:
        space: What mixes are chosen from.
        seed: Seed of the plan.
        keys: KPIs to measure.
        crew: Who computes; threads by default.
        journal: File to keep everything in; None = in memory only.
        work: What measures a task.
    """

    def __init__(
        self,
        space: Space,
        *,
        seed: int,
        keys: Sequence[str],
        crew: Workers | None = None,
        journal: Path | None = None,
        work: Callable[..., Measured] = measure,
    ) -> None:
        self.space, self.simulated = space, 0
        self._seed, self._keys, self._work = seed, tuple(keys), work
        self._crew = crew or workers()
        self._pool: Executor | None = None
        self._journal = journal
        self._values: dict[str, dict[int, Values]] = {}
        self._errors: dict[str, str] = {}
        self._mixes: dict[str, Mix | None] = {}
        if journal is not None:
            self._read(journal)

    def measured(
        self,
        asked: Iterable[tuple[Mix | None, Iterable[int]]],
        *,
        changes: Mapping[str, Any] | None = None,
        books: bool = False,
        told: Callable[[int], None] | None = None,
    ) -> None:
        """Have mixes simulated where they are not known yet.

        Args:
            asked: Mixes (None = the baseline) and numbers of futures.
            changes: Other assumptions, by dotted path.
            books: Whether what each policy spent is wanted too.
            told: Called with futures simulated, task by task.

        Raises:
            Interrupted: On Ctrl-C.
        """
        tasks, sizes = [], dict[tuple[str, int], int]()
        for mix, numbers in asked:
            label = self.label(mix, changes, books=books)
            self._mixes[label] = mix
            known = self._values.setdefault(label, {})
            if label in self._errors:
                continue
            listed = list(numbers)
            missing = [number for number in listed if number not in known]
            if told is not None and len(missing) < len(listed):
                told(len(listed) - len(missing))
            for start in range(0, len(missing), CHUNK):
                part = tuple(missing[start : start + CHUNK])
                task = Task(
                    space=self.space, mix=mix, seed=self._seed, replicates=part, keys=self._keys,
                    changes=dict(changes or {}), label=label, books=books,
                )  # fmt: skip
                if task.place not in sizes:
                    sizes[task.place] = len(part)
                    tasks.append(task)

        def keep(one: Measured | Failure) -> None:
            self._keep(one)
            if told is not None:
                told(sizes[one.variant, one.replicate])

        if tasks:
            ended = run_ensemble(tasks, crew=self._together(), keep=keep)
            if ended.interrupted:
                raise Interrupted

    def values(
        self,
        mix: Mix | None,
        *,
        changes: Mapping[str, Any] | None = None,
        books: bool = False,
    ) -> dict[int, Values] | None:
        """KPIs of a mix by future; None if it failed."""
        label = self.label(mix, changes, books=books)
        return None if label in self._errors else self._values.get(label, {})

    def error(self, mix: Mix | None) -> str:
        """Why a mix failed; empty if it did not."""
        return self._errors.get(self.label(mix), "")

    @property
    def first_error(self) -> str:
        """Why the first mix that failed did; empty = none did."""
        return next(iter(self._errors.values()), "")

    def known(self) -> int:
        """Futures of all mixes that are known."""
        return sum(map(len, self._values.values()))

    def close(self) -> None:
        """Let the executor go; the crew is whoever's it is."""
        if self._pool is not None:
            self._crew.dismiss(self._pool)
        self._pool = None

    @staticmethod
    def label(
        mix: Mix | None, changes: Mapping[str, Any] | None = None, *, books: bool = False
    ) -> str:
        """Name of a mix under assumptions in the journal."""
        label = "base" if mix is None else mix.key
        if changes:
            label += "/" + Mix({"": dict(changes)}).key
        return label + ("/books" if books else "")

    def _together(self) -> Workers:
        """The crew, called together once for all batches, and again only if it broke down."""
        crew, fresh = self._crew, [True]
        work = self._work if crew.work is None else partial(crew.work, work=self._work)

        def hire() -> Executor:
            if self._pool is None or not fresh[0]:
                self._pool = crew.hire()
            fresh[0] = False
            return self._pool

        return Workers(hire=hire, count=crew.count, here=crew.here, dismiss=_stay, work=work)

    def _keep(self, one: Measured | Failure) -> None:
        self.simulated += 1
        error = one.error
        if isinstance(one, Measured) and not error:
            self._values[one.variant] |= one.values
        else:
            self._errors[one.variant] = error
        if self._journal is None:
            return
        mix = self._mixes[one.variant]
        line: dict[str, Any] = {"label": one.variant}
        line |= {"mix": None if mix is None else mix.entries}
        if isinstance(one, Measured) and not error:
            keys = list(next(iter(one.values.values())))
            line |= {
                "replicates": list(one.values),
                "kpis": {key: [row[key] for row in one.values.values()] for key in keys},
            }
        else:
            line |= {"replicates": [one.replicate], "error": error}
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str)
        append_line(self._journal, text)

    def _read(self, journal: Path) -> None:
        with suppress(FileNotFoundError), journal.open("rb") as stream:
            for raw in stream:
                with suppress(ValueError, KeyError, TypeError, AttributeError):
                    line = json.loads(raw)
                    label = str(line["label"])
                    if "error" in line:
                        continue  # tried again
                    rows = {
                        int(number): {key: row[i] for key, row in line["kpis"].items()}
                        for i, number in enumerate(line["replicates"])
                    }
                    self._values.setdefault(label, {}).update(rows)


def column(values: Mapping[int, Values], numbers: Iterable[int], key: str) -> np.ndarray[Any, Any]:
    """One KPI over futures, NaN where it is undefined: float64."""
    listed = [values[n].get(key) if n in values else None for n in numbers]
    return np.array([np.nan if v is None else v for v in listed], np.float64)
