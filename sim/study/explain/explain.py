"""Explain a comparison: what each change adds to the goal, and which assumptions it hangs on."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.metrics import REGISTRY, restricted
from sim.study.comparison import load_comparison
from sim.study.explain.assumptions import (
    FUTURES_OF_SET,
    runs_of_ranking,
    uncertainty_of,
)
from sim.study.explain.lab import Lab
from sim.study.explain.players import game_of
from sim.study.explain.question import Question
from sim.study.explain.ranges import assumptions_of, check_ranges
from sim.study.explain.result import Explanation, Share
from sim.study.explain.shapley import (
    Shares,
    all_coalitions,
    exact,
    orders_of,
    prefixes,
    rounded,
    sampled,
)
from sim.study.paired import mean_interval
from sim.study.provenance import code_digest
from sim.study.results import check_numbers
from sim.study.store import Study, read_manifest
from sim.study.study import opened
from sim.study.workers import workers

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from sim.metrics import Value
    from sim.study.comparison import Comparison
    from sim.study.explain.assumptions import Uncertainty
    from sim.study.explain.lab import Watching
    from sim.study.explain.players import Game
    from sim.study.explain.shapley import Coalition
    from sim.study.store import Store
    from sim.study.variant import Variant

    Whole = NDArray[np.int64]

SETS = 40
"""Sets of assumptions tried, unless asked otherwise."""

FOLDER = "explain"
"""Folder of the runs, in the folder of the comparison."""

_RUNS, _FUTURES = 3000, 60  # runs of combinations that are worth while; futures in any case
_FEN, _GRID = 0.01, 1e-6  # steps of the grids on which sums are exact
_MOST_VARIANTS = 4  # variants whose sets are counted together; of more, only the one explained


def explain(
    folder: str | os.PathLike[str],
    *,
    variant: str | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    executor: Executor | None = None,
    progress: Watching | None = None,
    sets: int = SETS,
    replicates: int | None = None,
    command: str = "",
) -> Explanation:
    """Explain what a variant of a finished comparison does.

    Args:
        folder: What ``compare`` wrote.
        variant: Name of the variant; the best by the goal by default.
        jobs: Threads; as many as there are processors by default. Results do not depend on it.
        scheduler: ``threads``, ``processes`` or the address of a Dask scheduler.
        executor: Any ``concurrent.futures.Executor`` instead.
        progress: Told after every run.
        sets: Sets of assumptions.
        replicates: Futures at most; all of the comparison by default, fewer where there are many
            changes.
        command: Command that makes this again, for the manifest of the runs.

    Returns:
        The explanation, written to ``explain.json``; ``compare.json`` tells of its assumptions.

    Raises:
        UserError: ``not_found``/``comparison``, ``not_found``/``variant``, ``too_short``/``pairs``
            if the goal is not defined in two futures; what is wrong with ranges of assumptions.
        KeyboardInterrupt: Somebody stopped it; every finished run is kept, and found again.
    """
    check_numbers(jobs=jobs, replicates=replicates, sets=sets)
    folder = Path(folder)
    comparison = load_comparison(folder)
    chosen = _chosen(comparison, variant)
    experiment = comparison.experiment
    check_ranges(experiment.ranges, experiment.variants)
    crew = workers(scheduler, jobs=jobs, executor=executor)
    about = {"experiment": experiment.table()}
    study = Study(variants=experiment.variants, seed=comparison.seed, kind="explain", about=about)
    with opened(study, crew=crew, out=folder / FOLDER) as store:
        assert store is not None  # a folder is named
        try:
            lab = Lab(seed=comparison.seed, store=store, crew=crew, progress=progress)
            explanation = _explained(
                comparison, chosen, lab, store, folder=folder, sets=sets, replicates=replicates,
                command=command,
            )  # fmt: skip
        finally:
            store.discard_if_empty()
    explanation.write()
    return explanation


def _explained(
    comparison: Comparison,
    chosen: Variant,
    lab: Lab,
    store: Store,
    *,
    folder: Path,
    sets: int,
    replicates: int | None,
    command: str,
) -> Explanation:
    """Simulate what is missing, then share the difference out and try other assumptions."""
    experiment = comparison.experiment
    goal, base = experiment.goal, experiment.base
    few = len(experiment.variants) <= _MOST_VARIANTS
    told = experiment.variants[1:] if few else (chosen,)
    every = assumptions_of(base.scenario, told, kpi=goal, ranges=experiment.ranges)
    own = assumptions_of(base.scenario, (chosen,), kpi=goal, ranges=experiment.ranges)
    known = _known(comparison, lab, folder, (base, *told), replicates=replicates)
    store.begin(replicates=known, command=command)
    spec = next(one for one in experiment.specs if one.name == chosen.name)
    game = game_of(base, chosen, spec)
    lab.expected = _expected(game, known, sets=sets, arms=1 + len(told), own=len(own))
    lab.run([(arm, number) for number in range(known) for arm in (base, *told)])
    question = Question(
        lab=lab, base=base, variant=chosen, kpi=goal, days=experiment.days, known=known,
        seed=comparison.seed,
    )  # fmt: skip
    amounts = _Amounts(lab, goal, experiment.days)
    shares, numbers = _shares(game, amounts, _count(game, known), seed=comparison.seed)
    found = uncertainty_of(question, every, variants=told, own=own, sets=sets)
    return _told(
        game, shares, amounts, numbers, goal=goal, pairs=comparison.pairs, lab=lab, found=found,
        folder=folder,
    )  # fmt: skip


def _chosen(comparison: Comparison, name: str | None) -> Variant:
    """The variant named, or the best by the goal."""
    others = comparison.experiment.variants[1:]
    if not others:
        raise UserError(
            "not_found", "comparison", file=str(comparison.folder), made_by="compare"
        )  # fmt: skip
    if name is not None:
        found = next((one for one in others if one.name == name), None)
        if found is None:
            known = [one.name for one in others]
            raise UserError(
                "not_found", "variant", name=name, file=str(comparison.folder), known=known,
                suggestion=difflib.get_close_matches(name, known, n=1),
            )  # fmt: skip
        return found
    goal = comparison.experiment.goal
    direction = REGISTRY[goal].direction or 1

    def gain(one: Variant) -> float:
        delta = comparison.differences[one.name][goal].delta
        return -np.inf if delta is None else direction * delta

    return max(others, key=gain)


def _known(
    comparison: Comparison,
    lab: Lab,
    folder: Path,
    arms: Sequence[Variant],
    *,
    replicates: int | None,
) -> int:
    """Futures that are looked at; their runs are taken over if the same code made them."""
    kept = comparison.runs.kept
    known = 1 + max((number for _, number in kept), default=-1)
    if replicates is not None:
        known = min(known, replicates)
    if read_manifest(folder).get("code") == code_digest():
        for arm in arms:
            for number in range(known):
                if (arm.name, number) in kept:
                    lab.knows(arm, number, kept[arm.name, number].kpis)
    return known


def _count(game: Game, known: int) -> int:
    """Futures in which combinations of changes are simulated: fewer where there are many."""
    players = len(game.players)
    arms = 2**players - 2 if game.exact else 2 * (players - 1)
    return min(known, max(_FUTURES, _RUNS // max(1, arms)))


def _expected(game: Game, known: int, *, sets: int, arms: int, own: int) -> int:
    """Runs that an explanation will ask for, as far as is known beforehand."""
    players = len(game.players)
    combinations = 2**players - 2 if game.exact else 2 * (players - 1)
    return (
        known * arms
        + _count(game, known) * max(0, combinations)
        + sets * arms * min(known, FUTURES_OF_SET)
        + runs_of_ranking(own, known)
    )


class _Amounts:
    """Values of the goal as whole steps of a grid, so that sums are exact."""

    def __init__(self, lab: Lab, goal: str, days: int) -> None:
        self._lab, self._goal, self._days = lab, goal, days
        self.step = _FEN if REGISTRY[goal].unit == "yuan" else _GRID

    def of(self, arm: Variant, replicate: int) -> int | None:
        """Steps; None where it is undefined."""
        kpis: Mapping[str, Value] = self._lab.of(arm, replicate) or {}
        value = kpis.get(self._goal)
        if REGISTRY[self._goal].may_never or self._goal == "payback_day":
            value = restricted(value, horizon=self._days)
        return None if value is None else round(float(value) / self.step)

    def number(self, steps: float) -> float:
        """A value in the KPI's unit."""
        return round(steps * self.step, 2 if self.step == _FEN else 6)


def _shares(game: Game, amounts: _Amounts, count: int, *, seed: int) -> tuple[Shares, list[int]]:
    """What each change adds in each future in which all that is needed is defined."""
    players, lab = len(game.players), amounts._lab  # noqa: SLF001  of the same module
    if game.exact:
        needed = {number: all_coalitions(players) for number in range(count)}
    else:
        needed = {
            number: [
                one
                for order in orders_of(players, seed=seed, replicate=number)
                for one in prefixes(order)
            ]
            for number in range(count)
        }
    arms: dict[Coalition, Variant] = {}
    for coalitions in needed.values():
        for one in coalitions:
            if one not in arms:
                arms[one] = game.arm(one)
    lab.run([(arms[one], number) for number, chosen in needed.items() for one in chosen])
    value = {
        (one, number): amounts.of(arms[one], number)
        for number, chosen in needed.items()
        for one in chosen
    }
    numbers = [
        number
        for number, chosen in needed.items()
        if all(value[one, number] is not None for one in chosen)
    ]
    if len(numbers) < 2:
        raise UserError("too_short", "pairs", name=game.variant.name, value=len(numbers))
    whole = {place: one for place, one in value.items() if one is not None}
    if not game.exact:
        found = sampled(players, numbers, lambda one, number: whole[one, number], seed=seed)
        return found, numbers

    def column(one: Coalition) -> Whole:
        return np.array([whole[one, number] for number in numbers], np.int64)

    return exact(players, column), numbers


def _told(
    game: Game,
    shares: Shares,
    amounts: _Amounts,
    numbers: Sequence[int],
    *,
    goal: str,
    pairs: int,
    lab: Lab,
    found: Uncertainty,
    folder: Path,
) -> Explanation:
    base = [amounts.of(game.base, number) or 0 for number in numbers]
    after = [amounts.of(game.variant, number) or 0 for number in numbers]
    total = np.array(after, np.float64) - np.array(base, np.float64)
    steps = rounded(shares.means())
    ends = [mean_interval(row) for row in shares.values]
    lo, hi = mean_interval(total)
    return Explanation(
        goal=goal, baseline=game.base.name, variant=game.variant.name,
        players=tuple(
            Share(
                name=one.name, kind=one.kind, value=amounts.number(step),
                lo=amounts.number(low), hi=amounts.number(high),
                before=dict(one.before), after=dict(one.values),
            )
            for one, step, (low, high) in zip(game.players, steps, ends, strict=True)
        ),
        total=amounts.number(sum(steps)) if steps else amounts.number(float(total.mean())),
        lo=amounts.number(lo), hi=amounts.number(hi),
        base_value=amounts.number(float(np.mean(base))), futures=len(numbers), pairs=pairs,
        exact=game.exact, assumptions=found, simulated=lab.simulated, failed=lab.failed,
        folder=folder,
    )  # fmt: skip
