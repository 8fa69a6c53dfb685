"""Carry a suite out: record a baseline, or hold the model against one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.errors import UserError
from sim.metrics import REGISTRY
from sim.study.regression.baseline import Baseline, baseline_from, matching, parameters_of
from sim.study.regression.decisions import Ranking, ranking
from sim.study.regression.invariants import Broken, Invariants, of_runs
from sim.study.regression.judging import Judge, Row
from sim.study.regression.probes import warm_up
from sim.study.regression.running import Runs
from sim.study.regression.tracing import First, first_difference
from sim.study.workers import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.study.ensemble import Progress
    from sim.study.regression.sample import Sample
    from sim.study.regression.suite import Case, Suite
    from sim.study.simulate import Failure

Verdict = Literal["identical", "equivalent", "different", "inconclusive"]
EXIT = {"identical": 0, "equivalent": 0, "different": 1, "inconclusive": 3}
"""Exit code of each verdict; 2 is a mistake of the user's."""

FRESH = 2
"""Other futures for each of the baseline's, whose own luck has to be made up for."""

LOOKS = (0.125, 0.25, 0.5, 1.0)
"""Shares of the futures after which the statistical layer looks."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a check found.

    Attributes:
        suite: What was checked.
        verdict: ``identical`` (every future to the last bit), ``equivalent``, ``different`` or
            ``inconclusive``.
        fresh: Seed of other futures than the baseline's; None = the same, pair by pair.
        invariants: How many checks of layer 1 were made.
        broken: What does not hold.
        failed: Futures that failed.
        futures: Futures that were simulated.
        asked: Futures that there would have been.
        same: Of these, how many are the same to the last bit; None = other futures.
        first: Where the first difference is; None = nowhere, or not known.
        parameters: Parameters that are not what they were, by community and path: before, after.
        other_machine: Whether the baseline was made on another platform or with other versions.
        rows: Every KPI of every community; none if a future failed.
        rankings: Every decision; none if a future failed.
        before: The baseline's values, by community and KPI.
        after: Values now.
        seconds: How long it took.
        stopped: Whether the budget ended it.
    """

    suite: Suite
    verdict: Verdict
    fresh: int | None
    invariants: int
    broken: tuple[Broken, ...]
    failed: tuple[Failure, ...]
    futures: int
    asked: int
    same: int | None
    first: First | None
    parameters: Mapping[str, Mapping[str, tuple[Any, Any]]]
    other_machine: bool
    rows: tuple[Row, ...]
    rankings: tuple[Ranking, ...]
    before: Mapping[str, Mapping[str, NDArray[np.float64]]] = field(repr=False)
    after: Mapping[str, Mapping[str, NDArray[np.float64]]] = field(repr=False)
    seconds: float
    stopped: bool

    @property
    def code(self) -> int:
        """Exit code."""
        return EXIT[self.verdict]

    def of(self, verdict: str) -> list[Row]:
        """Rows of a verdict."""
        return [row for row in self.rows if row.verdict == verdict]


def record(
    suite: Suite,
    *,
    reason: str,
    before: Baseline | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> tuple[Baseline | None, tuple[Broken, ...], tuple[Failure, ...]]:
    """Simulate every future of a suite for a new baseline.

    Args:
        suite: What is simulated.
        reason: Why.
        before: The baseline that it replaces.
        jobs: Threads.
        progress: Told after every run.

    Returns:
        The baseline, or None if something does not hold or fails: that is no state to agree with;
        what does not hold; futures that failed.
    """
    runs = Runs(suite, suite.seed, workers(jobs=jobs), tuple(REGISTRY), progress=progress)
    if progress is not None:
        progress(0)
    warm_up()
    with Invariants.begin() as probes:
        runs.simulate(runs.missing({one.name: one.replicates for one in suite.cases}))
        _, broken = of_runs(runs.kept)
        broken += probes.end()[1]
    if broken or runs.failed:
        return None, tuple(broken), tuple(runs.failed)
    return baseline_from(suite, runs.kept, reason=reason, before=before), (), ()


def check(
    suite: Suite,
    baseline: Baseline,
    *,
    fresh: int | None = None,
    budget: float | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Report:
    """Hold the model against a baseline.

    Args:
        suite: What is simulated.
        baseline: What it came to before.
        fresh: Seed of other futures than the baseline's; None = the same futures, in pairs.
        budget: Seconds, in place of the suite's.
        jobs: Threads.
        progress: Told after every run.
        clock: Seconds, monotonic.

    Raises:
        UserError: As ``baseline.matching``; ``contradiction``/``fresh_seed`` if the fresh seed is
            the baseline's own.
    """
    matching(suite, baseline)
    if fresh == baseline.seed:
        raise UserError("contradiction", "fresh_seed", value=fresh)
    if progress is not None:
        progress(0)
    warm_up()  # compiling does not count
    start = clock()
    ends = start + (suite.budget if budget is None else budget)
    seed = baseline.seed if fresh is None else fresh
    runs = Runs(suite, seed, workers(jobs=jobs), baseline.kpis, progress=progress, clock=clock)
    judge = Judge(suite, paired=fresh is None)
    before = {one.name: dict(baseline.cases[one.name].values) for one in suite.cases}
    most = {one.name: _most(one, baseline, fresh=fresh) for one in suite.cases}
    with Invariants.begin() as probes:
        stopped = _look_on(runs, judge, baseline, before, most, ends=ends, clock=clock)
        count, broken = of_runs(runs.kept)
        more, others = probes.end()
    after = runs.values()
    if not runs.failed:
        if not judge.rows:  # nothing differed
            judge.look(before, after, share=1.0)
        judge.shapes(before, after)
    return _report(
        suite, baseline, runs, judge, fresh=fresh, checks=count + more, broken=(*broken, *others),
        before=before, after=after, most=most, seconds=clock() - start, stopped=stopped,
    )  # fmt: skip


def verdict_on(
    suite: Suite,
    baseline: Baseline,
    runs: Mapping[str, Sequence[Sample]],
    *,
    seed: int,
    failed: Sequence[Failure] = (),
) -> Report:
    """Hold runs that somebody has made against a baseline, in one look; nothing is simulated.

    Args:
        suite: What was simulated, and what is judged of it.
        baseline: What it came to before.
        runs: Futures of every community, in order.
        seed: Their seed; with the baseline's own they are compared in pairs.
        failed: Futures that failed.

    Raises:
        UserError: As ``baseline.matching``.
    """
    matching(suite, baseline)
    fresh = None if seed == baseline.seed else seed
    done = Runs(suite, seed, workers(jobs=1), baseline.kpis)
    sizes = {one.name: _most(one, baseline, fresh=fresh) for one in suite.cases}
    done.kept = {name: list(kept)[: sizes[name]] for name, kept in runs.items()}
    done.failed = list(failed)
    done.done = sum(map(len, done.kept.values())) + len(done.failed)
    judge = Judge(suite, paired=fresh is None)
    before = {one.name: dict(baseline.cases[one.name].values) for one in suite.cases}
    after = done.values()
    if not done.failed:
        judge.look(before, after, share=1.0)
        judge.shapes(before, after)
    checks, broken = of_runs(done.kept)
    return _report(
        suite, baseline, done, judge, fresh=fresh, checks=checks, broken=broken, before=before,
        after=after, most=sizes, seconds=0.0, stopped=False,
    )  # fmt: skip


def _most(case: Case, baseline: Baseline, *, fresh: int | None) -> int:
    """Futures at most: pairs need a partner."""
    size = baseline.cases[case.name].size
    return size if fresh is None else FRESH * size


def _look_on(
    runs: Runs,
    judge: Judge,
    baseline: Baseline,
    before: Mapping[str, Mapping[str, NDArray[np.float64]]],
    most: Mapping[str, int],
    *,
    ends: float,
    clock: Callable[[], float],
) -> bool:
    """Simulate and look until all is known; whether the budget ended it before that."""
    fresh = None if judge.paired else runs.seed
    for share in LOOKS:
        same = _same(runs, baseline, fresh)
        sizes = {}
        for case in runs.suite.cases:
            # what has been the same so far is followed to the end, lest it differ somewhere
            open_ = share == LOOKS[0] or same == runs.done or case.decides
            open_ = open_ or judge.undecided(case.name)
            there = len(runs.kept.get(case.name, ()))
            sizes[case.name] = max(2, round(most[case.name] * share)) if open_ else there
        places = runs.missing(sizes)
        if not places:
            continue
        if not runs.affordable(places, left=ends - clock()):
            return True
        runs.simulate(places)
        if runs.failed:
            return False
        if _same(runs, baseline, fresh) != runs.done:
            judge.look(before, runs.values(), share=share)
    return False


def _same(runs: Runs, baseline: Baseline, fresh: int | None) -> int | None:
    """Futures that are those of the baseline to the last bit; None = others were simulated."""
    if fresh is not None:
        return None
    return sum(
        one.digest == baseline.cases[name].digests[one.replicate]
        for name, kept in runs.kept.items()
        for one in kept
    )


def _report(
    suite: Suite,
    baseline: Baseline,
    runs: Runs,
    judge: Judge,
    *,
    fresh: int | None,
    checks: int,
    broken: tuple[Broken, ...],
    before: Mapping[str, Mapping[str, NDArray[np.float64]]],
    after: Mapping[str, Mapping[str, NDArray[np.float64]]],
    most: Mapping[str, int],
    seconds: float,
    stopped: bool,
) -> Report:
    # without those that failed, futures before and after do not stand side by side
    rankings = (
        ()
        if runs.failed
        else tuple(
            ranking(
                one,
                {name: before[one.case(name)][one.goal] for name in one.options},
                {name: after[one.case(name)][one.goal] for name in one.options},
                choices=len(suite.decisions),
            )
            for one in suite.decisions
        )
    )
    rows = () if runs.failed else tuple(judge.rows.values())
    same = _same(runs, baseline, fresh)
    verdict: Verdict = "equivalent"
    if same == runs.done > 0 and not runs.failed:
        verdict = "identical"
        rows = tuple(replace(row, verdict="equivalent", more=0) for row in rows)
    elif any(row.verdict == "undecided" for row in rows):
        verdict = "inconclusive"
    turned = any(one.flips for one in rankings)
    if broken or runs.failed or turned or any(row.verdict == "different" for row in rows):
        verdict = "different"
    return Report(
        suite=suite, verdict=verdict, fresh=fresh, invariants=checks, broken=broken,
        failed=tuple(runs.failed), futures=runs.done, asked=sum(most.values()), same=same,
        first=None if fresh is not None else first_difference(suite, baseline, runs.kept),
        parameters=_changed(suite, baseline), other_machine=not baseline.same_machine(),
        rows=rows, rankings=rankings, before=before, after=after, seconds=seconds, stopped=stopped,
    )  # fmt: skip


def _changed(suite: Suite, baseline: Baseline) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Parameters that are not what they were."""
    found = {}
    for case in suite.cases:
        old, new = baseline.cases[case.name].parameters, parameters_of(case)
        changed = {
            path: (old.get(path), new.get(path))
            for path in dict.fromkeys((*new, *old))
            if old.get(path) != new.get(path)
        }
        if changed:
            found[case.name] = changed
    return found
