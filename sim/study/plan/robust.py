"""Which mix to take if assumptions are off: least regret, and ahead in most sets of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.study.explain.assumptions import controlled
from sim.study.explain.ranges import assumptions_of
from sim.study.explain.screening import drawn_sets
from sim.study.plan.finals import FRESH
from sim.study.plan.planned import Robust

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.study.plan.bench import Bench, Values
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
    mixes = [None, *chosen]
    numbers = range(FRESH, FRESH + FUTURES)
    found: list[dict[Mix, dict[int, float]]] = []
    held: list[list[bool]] = []
    for values in drawn:
        try:
            for mix in mixes:
                bench.space.under(mix, values)
        except UserError:
            continue  # values that do not fit together
        bench.measured([(mix, numbers) for mix in mixes], changes=values, told=told)
        before = bench.values(None, changes=values)
        after = {mix: bench.values(mix, changes=values) for mix in chosen}
        gains = {mix: _gains(problem, one, before, numbers) for mix, one in after.items()}
        if before and all(gains.values()):
            found.append(gains)
            held.append([_holds(problem, after[mix], before, numbers) for mix in chosen])
    if not found:
        return None
    table = np.array([
        controlled(
            [one[mix] for one in found],
            _gains(problem, bench.values(mix), bench.values(None), range(FRESH, FRESH + pairs)),
        )
        for mix in chosen
    ]).T  # fmt: skip
    regret = regret_of(table)
    ahead = [float(value) for value in (np.array(held) & (table > 0)).mean(axis=0)]
    nothing = float(np.maximum(table.max(axis=1), 0.0).max())
    least = int(np.argmin(regret))
    return Robust(
        sets=len(found),
        futures=FUTURES,
        mixes=places,
        regret=tuple(regret),
        ahead=tuple(ahead),
        least_regret=places[least] if regret[least] < nothing else None,
        most_ahead=places[int(np.argmax(ahead))],
    )


def _gains(
    problem: Problem,
    after: Mapping[int, Values] | None,
    before: Mapping[int, Values] | None,
    numbers: Sequence[int],
) -> dict[int, float]:
    """Differences of the goal in its good direction, by future where both sides are defined."""
    if not after or not before:
        return {}
    column = problem.pairs_by_future(after, before, numbers, problem.goal)
    return {n: float(v) for n, v in zip(numbers, column, strict=True) if not np.isnan(v)}


def _holds(
    problem: Problem,
    after: Mapping[int, Values] | None,
    before: Mapping[int, Values],
    numbers: Sequence[int],
) -> bool:
    estimate = None if after is None else problem.estimate(after, before, numbers)
    return estimate is not None and estimate.feasible
