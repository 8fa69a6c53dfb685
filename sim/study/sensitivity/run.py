"""Carry a sensitivity study out: simulate what is missing, read indices off it, write it down."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.study.results import check_numbers
from sim.study.sensitivity.analysis import analyse
from sim.study.sensitivity.community import Community
from sim.study.sensitivity.folder import Shard, open_folder, write_manifest
from sim.study.sensitivity.points import Answers, Place, Point, key_of
from sim.study.sensitivity.result import Computed, Sensitivity
from sim.study.workers import workers

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from sim.study.explain.lab import Watching
    from sim.study.sensitivity.analysis import Found
    from sim.study.sensitivity.methods import Design
    from sim.study.sensitivity.study import SensitivityStudy
    from sim.study.workers import Workers

    Numbers = NDArray[np.float64]

LUCKS = 2
"""Sets of replicates: replicate r of set l is the run of number 2 r + l."""


def sensitivity(
    study: SensitivityStudy,
    *,
    out: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    executor: Executor | None = None,
    shard: Shard | None = None,
    progress: Watching | None = None,
    command: str = "",
    retry_failed: bool = False,
    simulate: bool = True,
) -> Sensitivity:
    """Simulate the points of a study and say what decides its outputs.

    Args:
        study: What is asked.
        out: Folder to keep every point in at once; what is in it is not simulated again.
        jobs: Threads; as many as there are processors by default. Results do not depend on it.
        scheduler: ``threads``, ``processes`` or the address of a Dask scheduler.
        executor: Any ``concurrent.futures.Executor`` instead.
        shard: Only this part of the points, ``(number from 1, parts)``; a screening is simulated
            whole in every part, as its result decides what the points are.
        progress: Told after every point.
        command: Command that makes this again, for the manifest.
        retry_failed: Whether runs that failed before are simulated again.
        simulate: Whether missing runs are simulated; else they stay missing.

    Raises:
        UserError: What is wrong with the folder, the crew, or a policy of an arm.
        KeyboardInterrupt: Somebody stopped it; every finished point is kept, and found again.
    """
    check_numbers(jobs=jobs)
    for subject in study.subjects.values():
        if isinstance(subject, Community):
            subject.variant.check()
    crew = workers(scheduler, jobs=jobs, executor=executor)
    folder = None if out is None else Path(out)
    lock, moved = (None, None) if folder is None else open_folder(folder, study)
    try:
        answers = Answers(folder)
        if folder is not None:
            write_manifest(folder, study, command=command, shard=shard)
        work = _Work(answers, crew, progress, retry=retry_failed, simulates=simulate)
        work.expected = study.runs() if shard is None else 0
        screening, computed = _both(work, study, shard)
        result = Sensitivity(
            asked=study, computed=computed, screening=screening, simulated=answers.simulated,
            failed=work.failures(), folder=folder, moved=moved, torn=answers.torn,
        )  # fmt: skip
        if folder is not None:
            write_manifest(
                folder, study, command=command, shard=shard, failed=result.failed,
                kept=tuple(one.path for one in computed.study.factors) if screening else (),
            )  # fmt: skip
            if not result.missing:
                result.write(folder)
        return result
    finally:
        crew.close()
        if lock is not None:
            lock.release()


def _both(
    work: _Work, study: SensitivityStudy, shard: Shard | None
) -> tuple[Computed | None, Computed]:
    """The screening, if there is one, and the design with the factors that went on."""
    if study.screening is None:
        return None, work.compute(study, shard=shard)
    screening = work.compute(study.screened())
    if screening.missing:
        return screening, screening
    kept = study.narrowed(strongest(screening, study.screening.keep))
    return screening, work.compute(kept, shard=shard)


class _Work:
    """Computes designs with one crew and one memory.

    Attributes:
        expected: Runs that will be asked for, as far as is known beforehand.
    """

    def __init__(
        self,
        answers: Answers,
        crew: Workers,
        progress: Watching | None,
        *,
        retry: bool,
        simulates: bool,
    ) -> None:
        self._answers, self._crew, self._progress = answers, crew, progress
        self._retry, self._simulates = retry, simulates
        self._places: dict[tuple[str, int], None] = {}
        self.expected = self._asked = 0

    def compute(self, study: SensitivityStudy, *, shard: Shard | None = None) -> Computed:
        design = study.design()
        numbers = study.numbers(design)
        keys = keys_of(study, numbers)
        lucks = lucks_of(study, design)
        asked = list(_missing(study, numbers, keys, lucks))
        if shard is not None:
            number, parts = shard
            asked = [one for n, one in enumerate(asked) if n % parts == number - 1]
        if self._simulates:
            self._simulate(asked)
        for names in keys.values():
            self._places |= {
                (key, n): None for key, run in zip(names, lucks, strict=True) for n in run
            }
        answers, missing = collected(study, keys, lucks, self._answers)
        return Computed(
            study=study, design=design, numbers=numbers, answers=answers, missing=missing,
            found={} if missing else found_of(study, design, answers),
        )  # fmt: skip

    def failures(self) -> dict[str, str]:
        """Failed runs of the points that were asked for."""
        failed = self._answers.failed
        return {f"{k}/{n}": failed[k, n] for k, n in sorted(self._places) if (k, n) in failed}

    def _simulate(self, asked: list[Point]) -> None:
        points, found = [], 0
        for one in asked:
            places = [(one.key, number) for number in one.replicates]
            lacking = tuple(n for k, n in places if self._answers.lacks((k, n), retry=self._retry))
            found += len(places) - len(lacking)
            if lacking:
                points.append(
                    Point(
                        subject=one.subject, values=one.values, seed=one.seed,
                        replicates=lacking, key=one.key,
                    )
                )  # fmt: skip
        before = self._asked + found
        self._asked = before + sum(len(one.replicates) for one in points)
        self._answers.simulate(
            points, crew=self._crew, before=before, progress=self._progress,
            total=max(self.expected, self._asked),
        )  # fmt: skip


def lucks_of(study: SensitivityStudy, design: Design) -> list[tuple[int, ...]]:
    """Numbers of the replicates that each point is simulated with."""
    return [tuple(LUCKS * r + int(luck) for r in range(study.replicates)) for luck in design.luck]


def collected(
    study: SensitivityStudy,
    keys: Mapping[str, list[str]],
    lucks: list[tuple[int, ...]],
    answers: Answers,
) -> tuple[dict[str, Numbers], int]:
    """Answers by arm, of shape (P, R, K), and how many runs nobody has tried."""
    undefined = (np.nan,) * len(study.measured)
    missing: set[Place] = set()
    found = {}
    for arm, names in keys.items():
        table = np.full((len(names), study.replicates, len(undefined)), np.nan)
        for p, key in enumerate(names):
            for r, number in enumerate(lucks[p]):
                place = (key, number)
                got = answers.known.get(place)
                if got is None and place not in answers.failed:
                    missing.add(place)
                table[p, r] = undefined if got is None else got
        found[arm] = table
    return found, len(missing)


def keys_of(study: SensitivityStudy, numbers: Numbers) -> dict[str, list[str]]:
    """What each point is known by, by arm."""
    values = [study.values(row) for row in numbers]
    return {arm: [key_of(subject, one) for one in values] for arm, subject in study.arms.items()}


def _missing(
    study: SensitivityStudy,
    numbers: Numbers,
    keys: Mapping[str, list[str]],
    lucks: list[tuple[int, ...]],
) -> Iterator[Point]:
    """All points of all arms, each once, point by point so that blocks end together."""
    seen = set()
    for p, row in enumerate(numbers):
        values = study.values(row)
        for arm, subject in study.arms.items():
            place = (keys[arm][p], lucks[p])
            if place not in seen:
                seen.add(place)
                yield Point(
                    subject=subject, values=values, seed=study.seed, replicates=lucks[p],
                    key=place[0],
                )  # fmt: skip


def found_of(
    study: SensitivityStudy, design: Design, answers: Mapping[str, Numbers]
) -> dict[str, Found]:
    """What is said of each output in each arm, and of each arm's difference to the first."""
    places = {name: k for k, name in enumerate(study.measured)}
    first, *others = answers
    found = {}

    def tell(label: str, table: Numbers) -> None:
        found[label] = analyse(label, table, design, method=study.method, seed=study.seed)

    for name in study.looked_at:
        k = places[name]
        if not others:
            tell(name, answers[first][:, :, k])
            continue
        for arm, table in answers.items():
            tell(f"{name}[{arm}]", table[:, :, k])
        for arm in others:
            tell(f"{name}[{arm} - {first}]", answers[arm][:, :, k] - answers[first][:, :, k])
    return found


def strongest(screening: Computed, keep: int) -> tuple[str, ...]:
    """Paths of the factors that matter most to any of the outputs.

    Factors are ranked by their largest share, over outputs, of the output's largest index.

    Raises:
        UserError: ``too_short``/``screening`` if no output varied.
    """
    main, found = screening.main, [one for one in screening.found.values() if not one.why]
    if not found:
        raise UserError("too_short", "screening", name=", ".join(screening.found))
    sizes = np.array([np.abs(one.indices[main][:-1]) for one in found])
    shares = (sizes / sizes.max(axis=1, keepdims=True)).max(axis=0)
    order = np.argsort(-shares, kind="stable")[:keep]
    return tuple(screening.study.factors[int(n)].path for n in order)
