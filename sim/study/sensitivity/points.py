"""Points of a design simulated: each once, kept as soon as it has ended, found again afterwards.

A run is known by what determines it: the arm, the values, the luck. So a larger design, another
method or another lever finds all runs that it shares with the ones before.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.ensemble import run_ensemble
from sim.study.files import append_line
from sim.study.journal import JOURNAL
from sim.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sim.study.explain.lab import Watching
    from sim.study.sensitivity.study import Subject
    from sim.study.simulate import Failure
    from sim.study.workers import Workers

Place = tuple[str, int]
"""Key of a point in an arm, number of the replicate."""

Answer = tuple[float | None, ...]
"""What one run gave, in the order of the subject's outputs; None = undefined."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of an arm, and the luck that it is still to be simulated with.

    Attributes:
        subject: The arm.
        values: Values by path.
        seed: Seed of the study.
        replicates: Numbers of the luck.
        key: What it is known by.
    """

    subject: Subject
    values: Mapping[str, Any]
    seed: int
    replicates: tuple[int, ...]
    key: str

    @property
    def place(self) -> Place:
        """Key and first replicate."""
        return self.key, self.replicates[0]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What became of a point.

    Attributes:
        variant: Its key.
        replicate: Its first replicate.
        answers: What runs gave, by replicate.
        errors: What went wrong in runs without an answer, one line each, by replicate.
    """

    variant: str
    replicate: int
    answers: dict[int, Answer]
    errors: dict[int, str]


def key_of(subject: Subject, values: Mapping[str, Any]) -> str:
    """What a point of an arm is known by: 96 bits of SHA-256, in hex digits."""
    text = json.dumps([subject.key, dict(sorted(values.items()))], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def answer(point: Point, stopping: Callable[[], bool] | None = None) -> Answered:
    """Simulate the runs of a point.

    A run that fails is told as such; the others go on.

    Raises:
        Stopped: Somebody wants to stop.
    """
    answers: dict[int, Answer] = {}
    errors: dict[int, str] = {}
    for number in point.replicates:
        try:
            answers[number] = point.subject.measure(
                point.values, seed=point.seed, replicate=number, stopping=stopping
            )
        except UserError as error:
            errors[number] = Words("en").error(error)
    key, first = point.place
    return Answered(variant=key, replicate=first, answers=answers, errors=errors)


class Answers:
    """Every run that is known, in memory and perhaps in a journal.

    Attributes:
        known: Answers by place.
        failed: What went wrong, by place.
        simulated: Runs that were simulated here, not found.
        torn: Lines of the journal that could not be read.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """What the journal of a folder has."""
        self.known: dict[Place, Answer] = {}
        self.failed: dict[Place, str] = {}
        self.simulated = self.torn = 0
        self._journal = None if folder is None else folder / JOURNAL
        if self._journal is not None:
            self._read(self._journal)

    def lacks(self, place: Place, *, retry: bool = False) -> bool:
        """Whether a run is still to be simulated."""
        return place not in self.known and (retry or place not in self.failed)

    def simulate(
        self,
        points: Sequence[Point],
        *,
        crew: Workers,
        before: int,
        total: int,
        progress: Watching | None,
    ) -> None:
        """Simulate points and keep each as soon as it has ended.

        Args:
            points: What is missing.
            crew: Who computes.
            before: Runs that are there already, for the progress.
            total: Runs that there will be in the end.
            progress: Told after every point.

        Raises:
            KeyboardInterrupt: Somebody stopped it; what had ended is kept.
        """
        start = self.simulated

        def told(*_: object, **__: object) -> None:
            if progress is not None:
                done = before + self.simulated - start
                progress(done, failed=len(self.failed), total=total)

        told()
        runs = {one.place: one.replicates for one in points}
        work = answer if crew.work is None else partial(crew.work, work=answer)
        ensemble = run_ensemble(
            points, crew=replace(crew, work=work), progress=told,
            keep=lambda one: self.keep(_answered(one, runs)),
        )  # fmt: skip
        if ensemble.interrupted:
            raise KeyboardInterrupt

    def keep(self, one: Answered) -> None:
        """Put down what became of a point.

        Raises:
            UserError: ``no_space``, ``no_permission``.
        """
        line: dict[str, Any] = {"point": one.variant}
        line |= {"answers": one.answers} if one.answers else {}
        line |= {"errors": one.errors} if one.errors else {}
        if self._journal is not None:
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            append_line(self._journal, text)
        self._take(one.variant, one.answers, one.errors)
        self.simulated += len(one.answers) + len(one.errors)

    def _take(self, key: str, answers: Mapping[int, Answer], errors: Mapping[int, str]) -> None:
        for number, found in answers.items():
            self.known[key, number] = found
            self.failed.pop((key, number), None)
        for number, error in errors.items():
            if (key, number) not in self.known:
                self.failed[key, number] = error

    def _read(self, journal: Path) -> None:
        """What is there already; a line that was torn is nothing."""
        with suppress(FileNotFoundError), journal.open("rb") as stream:
            for raw in stream:
                try:
                    line = json.loads(raw)
                    answers = {
                        int(number): tuple(None if v is None else float(v) for v in found)
                        for number, found in line.get("answers", {}).items()
                    }
                    errors = {int(number): str(e) for number, e in line.get("errors", {}).items()}
                    self._take(str(line["point"]), answers, errors)
                except (ValueError, KeyError, TypeError, AttributeError):
                    self.torn += bool(raw.strip())


def _answered(one: Answered | Failure, runs: Mapping[Place, tuple[int, ...]]) -> Answered:
    """What became of a point whose worker died, or whose work broke off, as failed runs."""
    if isinstance(one, Answered):
        return one
    place = (one.variant, one.replicate)
    errors = dict.fromkeys(runs[place], one.error)
    return Answered(variant=one.variant, replicate=one.replicate, answers={}, errors=errors)
