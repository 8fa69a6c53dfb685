"""Plan: search, judge the best in fresh futures, say what less, more and other worlds change."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.study.files import read_json, write_json
from sim.study.journal import JOURNAL
from sim.study.plan import finals, margins, robust
from sim.study.plan.bench import Bench, Interrupted, column, measure
from sim.study.plan.candidates import read_candidates
from sim.study.plan.planned import FILE, RECOMMENDED, Planned, planned_of
from sim.study.plan.problem import Problem
from sim.study.plan.recommended import write_recommended
from sim.study.plan.search import LEVELS, check_extra, search
from sim.study.results import check_numbers
from sim.study.store import RUNS, Study
from sim.study.study import opened
from sim.study.workers import workers

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from concurrent.futures import Executor

    from sim.study.experiment import Experiment
    from sim.study.plan.bench import Measured
    from sim.study.plan.candidates import Asked
    from sim.study.plan.search import Found, Watching

MOST_YUAN, MOST_MINUTES = 1e9, 10_080


@dataclass(frozen=True)
class PlanStudy(Study):
    """The study of a plan: what can be chosen and what decides tell it apart, too."""

    def digest(self) -> str:
        """SHA-256 of the baseline and of what was asked."""
        asked = json.dumps(self.about["asked"], sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(f"{self.base.key} {asked}".encode()).hexdigest()


def prepare(
    experiment: Experiment,
    *,
    budget: float | None = None,
    minutes: float | None = None,
    trials: int | None = None,
    seed: int | None = None,
) -> tuple[PlanStudy, Asked, Problem]:
    """What will be planned, checked.

    Args:
        experiment: Names the community, what may be chosen and the goal.
        budget: Yuan that may be spent above what the baseline spends, over the horizon.
        minutes: Staff minutes a week, likewise.
        trials: Mixes to try.
        seed: Seed; the experiment's own by default, else 0.

    Raises:
        UserError: What is wrong with them.
    """
    budget = experiment.budget if budget is None else budget
    minutes = experiment.minutes if minutes is None else minutes
    for key, value, high in (("budget", budget, MOST_YUAN), ("minutes", minutes, MOST_MINUTES)):
        if value is not None and not 0 <= value <= high:
            about = {"value": f"{value:g}", "low": 0, "high": f"{high:g}"}
            raise UserError("out_of_range", "between", key=key, **about)
    seed = (experiment.seed or 0) if seed is None else seed
    if trials is not None and trials < 1:
        raise UserError("out_of_range", "between", key="trials", value=trials, low=1, high=100_000)
    check_numbers(seed=seed, replicates=None, jobs=None)
    asked = read_candidates(experiment)
    if trials is not None:
        asked = replace(asked, trials=trials)
    experiment.base.check()
    problem = Problem(
        objectives=asked.objectives, constraints=asked.constraints, days=experiment.days,
        budget=budget, minutes=minutes,
    )  # fmt: skip
    about = {
        "objectives": list(problem.objectives), "constraints": dict(problem.constraints),
        "budget": budget, "minutes": minutes, "trials": asked.trials,
        "candidates": {
            one.name: {**one.fixed, **{each.name: list(each.values) for each in one.settings}}
            for one in asked.space.candidates
        },
    }  # fmt: skip
    study = PlanStudy(
        variants=(experiment.base,), seed=seed, kind="plan",
        about={"asked": about, "experiment": experiment.table()},
    )  # fmt: skip
    return study, asked, problem


def plan(
    experiment: Experiment,
    *,
    budget: float | None = None,
    minutes: float | None = None,
    trials: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    executor: Executor | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Watching | None = None,
    command: str = "",
    pairs: int = finals.PAIRS,
    sets: int = robust.SETS,
    work: Callable[..., Measured] = measure,
) -> Planned:
    """Find the mix of policies that a budget is best spent on.

    Args:
        experiment: Names the community, what may be chosen and the goal (``read_experiment``).
        budget: Yuan that may be spent above what the baseline spends, over the horizon; the
            experiment's own by default.
        minutes: Staff minutes a week, likewise.
        trials: Mixes to try; the experiment's own by default, else 2,000.
        seed: Seed; the experiment's own by default, else 0.
        jobs: Threads; as many as there are processors by default. Results do not depend on it.
        scheduler: ``threads``, ``processes`` or the address of a Dask scheduler.
        executor: Any ``concurrent.futures.Executor`` instead.
        out: Folder to keep everything in at once; the same plan resumes there.
        progress: Told how far it is.
        command: Command that makes this result again.
        pairs: Fresh futures that finalists are compared in, and as many that verify the chosen one.
        sets: Sets of assumptions.
        work: What simulates a mix; for tests.

    Returns:
        The plan. After Ctrl-C it says ``interrupted``; the same call goes on.

    Raises:
        UserError: What is wrong with the input or the folder, and how to mend it.
    """
    check_numbers(seed=seed or 0, replicates=None, jobs=jobs)
    study, asked, problem = prepare(
        experiment, budget=budget, minutes=minutes, trials=trials, seed=seed
    )
    check_extra()
    crew = workers(scheduler, jobs=jobs, executor=executor)
    with opened(study, crew=crew, out=out) as store:
        folder = None if store is None else store.folder
        if folder is not None and (folder / FILE).exists():
            known = planned_of(read_json(folder / FILE))
            return replace(known, already=True, folder=folder)
        if store is not None:
            store.begin(replicates=pairs, command=command)
        bench = Bench(
            asked.space, seed=study.seed, keys=problem.keys, crew=crew, work=work,
            journal=None if folder is None else folder / JOURNAL,
        )  # fmt: skip
        planned = _planned(
            experiment, asked, problem, bench, study, folder=folder, progress=progress, pairs=pairs,
            sets=sets,
        )  # fmt: skip
        planned = replace(planned, moved=None if store is None else store.moved)
        if folder is not None and not planned.interrupted:
            _write(planned, experiment, asked, problem, folder)
        return planned


def _planned(
    experiment: Experiment,
    asked: Asked,
    problem: Problem,
    bench: Bench,
    study: Study,
    *,
    folder: Path | None,
    progress: Watching | None,
    pairs: int,
    sets: int,
) -> Planned:
    """Search and judge on a bench, and close it."""
    try:
        planned = _searched(
            experiment, asked, problem, bench, study, progress=progress, pairs=pairs, sets=sets
        )
    finally:
        bench.close()
        if folder is not None:
            with suppress(OSError):
                (folder / RUNS).rmdir()  # whole runs are not kept
    return replace(planned, folder=folder, simulated=bench.known(), error=bench.first_error)


def _searched(
    experiment: Experiment,
    asked: Asked,
    problem: Problem,
    bench: Bench,
    study: Study,
    *,
    progress: Watching | None,
    pairs: int,
    sets: int,
) -> Planned:
    space = asked.space
    found = search(
        problem, bench, trials=asked.trials, seed=study.seed, starts=space.starts,
        progress=progress,
    )  # fmt: skip
    about: dict[str, Any] = {
        **study.about["asked"], "goal": problem.goal, "seed": study.seed, "days": problem.days,
        "name": space.base.scenario.name, "members": space.base.members,
        "question": experiment.question, "pairs": pairs,
        "margin_pairs": min(pairs, margins.PAIRS), "levels": [LEVELS[0][0], LEVELS[-1][0]],
    }  # fmt: skip
    planned = Planned(about=about, tried=len(found.estimates), interrupted=found.interrupted)
    if found.interrupted:
        return planned
    try:
        return _judged(planned, found, problem, bench, experiment, progress, pairs, sets)
    except Interrupted:
        return replace(planned, interrupted=True)


def _judged(
    planned: Planned,
    found: Found,
    problem: Problem,
    bench: Bench,
    experiment: Experiment,
    progress: Watching | None,
    pairs: int,
    sets: int,
) -> Planned:
    """Everything after the search."""
    chosen = finals.choose(found, problem, bench)
    told = _Told(progress, (len(chosen) + 1 + 2) * pairs)
    judged = finals.judge(chosen, problem, bench, found=found, pairs=pairs, told=told)
    numbers = range(finals.FRESH, finals.FRESH + pairs)
    base = bench.values(None) or {}
    known = {key: column(base, numbers, key) for key in problem.keys}
    level = {  # what is defined in no future, as of a run that is too short for it, has none
        key: float(np.nanmean(values)) for key, values in known.items() if np.isfinite(values).any()
    }
    level["minutes_a_week"] = level["owner_minutes"] * 7 / problem.days
    planned = replace(
        planned, finalists=tuple(one.judged for one in judged), best=finals.best_of(judged),
        easiest=finals.easiest_of(judged), about={**planned.about, "base": level},
    )  # fmt: skip
    if planned.best is None:
        return planned
    mix = judged[planned.best].mix
    fewer = min(pairs, margins.PAIRS)
    told.more(fewer * sum(5 if bench.space.candidate(n).can_be_scaled else 2 for n in mix.entries))
    mixes = sum(one.judged.feasible and bool(one.mix.entries) for one in judged)
    told.more(sets * robust.FUTURES * (1 + min(mixes, robust.MIXES)))
    verified = finals.verify(mix, problem, bench, pairs=pairs, told=told)
    spending = margins.spending_of(mix, bench)
    curves = margins.curves_of(mix, problem, bench, pairs=fewer, told=told)
    more = margins.more_of(mix, problem, bench, spending=spending, pairs=fewer, told=told)
    robustness = robust.robust_of(
        judged, problem, bench, ranges=experiment.ranges, seed=planned.about["seed"], sets=sets,
        pairs=pairs, told=told,
    )  # fmt: skip
    return replace(
        planned, verified=verified, spending=spending, curves=curves, more=more, robust=robustness
    )


class _Told:
    """Counts futures after the search."""

    def __init__(self, progress: Watching | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def more(self, total: int) -> None:
        """There will be so many more."""
        self._total += total

    def __call__(self, futures: int) -> None:
        self._done += futures
        if self._progress is not None:
            self._progress("judge", self._done, max(self._total, self._done))


def _write(
    planned: Planned, experiment: Experiment, asked: Asked, problem: Problem, folder: Path
) -> None:
    if planned.recommended is not None:
        from sim.study.plan.space import Mix

        write_recommended(
            folder / RECOMMENDED, experiment, asked.space,
            Mix({name: dict(entry) for name, entry in planned.recommended.policies.items()}),
            limits={"budget": problem.budget, "minutes": problem.minutes},
        )  # fmt: skip
    write_json(folder / FILE, planned.table())


def default_folder(study: PlanStudy) -> Path:
    """``results/plan-<4 hex>``: one folder for each question and seed."""
    state = hashlib.sha256(f"{study.digest()} {study.seed}".encode()).hexdigest()
    return Path("results") / f"plan-{state[:4]}"
