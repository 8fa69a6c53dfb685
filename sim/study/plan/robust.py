"""Which mix to take if assumptions are off: least regret, and ahead in most sets of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.study.explain.assumptions import controlled
from sim.study.explain.ranges import assumptions_of
from sim.study.explain.screening import drawn_sets
from sim.study.plan.finals import FRESH
from sim.study.plan.pairs import Pairs
from sim.study.plan.planned import Robust

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.study.plan.bench import Bench
    from sim.study.plan.finals import Final
    from sim.study.plan.problem import Problem
    from sim.study.plan.space import Mix

SETS, FUTURES, MIXES = 24, 6, 6
_PLANS = 6  # combinations of what policies cost, each of which serves several sets


def regret_of(gains: NDArray[np.float64]) -> list[float]:
    """How much each mix loses at most to the best choice, doing nothing included.

    Args:
        gains: Of shape (sets, mixes): mean gain over the baseline.

    Returns:
        The largest loss over sets, by mix (minimax regret: Savage 1951).
    """
    best = np.maximum(gains.max(axis=1), 0.0)
    return [float(value) for value in (best[:, None] - gains).max(axis=0)]


def robust_of(
    finals: Sequence[Final],
    problem: Problem,
    bench: Bench,
    *,
    ranges: Mapping[str, object],
    seed: int,
    sets: int = SETS,
    pairs: int,
    told: Callable[[int], None] | None = None,
) -> Robust | None:
    """How the best finalists do under other assumptions.

    Args:
        finals: Finalists, best first.
        problem: What a good mix is.
        bench: What simulates.
        ranges: Ranges of assumptions that the experiment names; others follow from confidence.
        seed: Seed of the sets.
        sets: How many sets are drawn.
        pairs: Fresh futures in which finalists are known as assumed: how lucky the few futures of a
            set were is taken off by them.
        told: Called with futures simulated.

    Returns:
        None if there is nothing to choose from, or no set that fits together.
    """
    able = [i for i, one in enumerate(finals) if one.judged.feasible and one.mix.entries]
    places = tuple(able[:MIXES])
    chosen = [finals[place].mix for place in places]
    if not chosen:
        return None
    base = bench.space.base.scenario
    variants = [bench.space.variant(mix) for mix in chosen]
    assumed = assumptions_of(base, variants, kpi=problem.goal, ranges=ranges)
    shared = [one.path for one in assumed if one.path.split(".")[0] in ("minutes", "price")]
    drawn = drawn_sets(
        assumed, sets=sets, seed=(seed, 3), shared=shared, combinations=_PLANS
    )  # fmt: skip
    gains, held = _in_sets(chosen, drawn, problem, bench, told=told)
    if not gains:
        return None
    numbers = range(FRESH, FRESH + pairs)
    as_assumed = [_beside(bench, mix, numbers) for mix in chosen]
    table = np.array([
        controlled([one[place] for one in gains], _gains(beside, problem))
        for place, beside in enumerate(as_assumed)
    ]).T  # fmt: skip
    regret = regret_of(table)
    ahead = [float(value) for value in (np.array(held) & (table > 0)).mean(axis=0)]
    nothing = float(np.maximum(table.max(axis=1), 0.0).max())
    least = int(np.argmin(regret))
    return Robust(
        sets=len(gains),
        futures=FUTURES,
        mixes=places,
        regret=tuple(regret),
        ahead=tuple(ahead),
        least_regret=places[least] if regret[least] < nothing else None,
        most_ahead=places[int(np.argmax(ahead))],
    )


def _in_sets(
    mixes: Sequence[Mix],
    drawn: Sequence[Mapping[str, Any]],
    problem: Problem,
    bench: Bench,
    *,
    told: Callable[[int], None] | None,
) -> tuple[list[list[dict[int, float]]], list[list[bool]]]:
    """Under each set of assumptions, gains by mix and future, and which mixes hold every limit."""
    numbers = range(FRESH, FRESH + FUTURES)
    gains, held = [], []
    for values in drawn:
        try:
            for mix in (None, *mixes):
                bench.space.under(mix, values)
        except UserError:
            continue  # values that do not fit together
        asked = [(mix, numbers) for mix in (None, *mixes)]
        bench.measured(asked, changes=values, told=told)
        beside = [_beside(bench, mix, numbers, values) for mix in mixes]
        found = [_gains(one, problem) for one in beside]
        if all(found):
            gains.append(found)
            held.append([_holds(one, problem) for one in beside])
    return gains, held


def _beside(
    bench: Bench, mix: Mix, numbers: Sequence[int], changes: Mapping[str, Any] | None = None
) -> Pairs | None:
    """A mix beside the baseline; None where one of them failed."""
    after, before = bench.values(mix, changes=changes), bench.values(None, changes=changes)
    return Pairs(after, before, numbers) if after and before else None


def _gains(beside: Pairs | None, problem: Problem) -> dict[int, float]:
    return {} if beside is None else beside.gains_by_future(problem.goal)


def _holds(beside: Pairs | None, problem: Problem) -> bool:
    estimate = None if beside is None else problem.estimate(beside)
    return estimate is not None and estimate.feasible
