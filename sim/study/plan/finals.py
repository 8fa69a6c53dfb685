"""The best mixes of a search in futures that the search never saw.

A search believes in what was lucky in its own futures. So the best few are simulated again in fresh
ones, which choose between them; the chosen one is then judged in others that chose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.study.paired import Difference, mean_interval, standard_error
from sim.study.plan.pairs import Pairs
from sim.study.plan.planned import Judged
from sim.study.plan.problem import pareto
from sim.study.plan.space import Mix, far_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.study.plan.bench import Bench
    from sim.study.plan.problem import Estimate, Problem
    from sim.study.plan.search import Found

FRESH = 1_000_000
"""First future that finalists are compared in."""

VERIFYING = 2_000_000
"""First future that the chosen mix is judged in."""

PAIRS = 400

SURELY = 4.0
"""Standard errors behind the best at which a quarter of the futures is enough to give a mix up."""

BEST, FRONT, SIMPLER = 5, 4, 6
"""Finalists at most: by the goal, of the Pareto set, the best with a policy as it is today."""


@dataclass(frozen=True, kw_only=True)
class Final:
    """A finalist as the computation needs it.

    Attributes:
        mix: The mix.
        estimate: What fresh futures say.
        judged: What is told of it.
    """

    mix: Mix
    estimate: Estimate
    judged: Judged


def choose(found: Found, problem: Problem, bench: Bench) -> list[Mix]:
    """The mixes of a search that are worth many futures.

    Args:
        found: All mixes that were tried.
        problem: What a good mix is.
        bench: Its space tells which are nearly the same.

    Returns:
        The best by the goal, then of the Pareto set (of the objectives; with one, of goal and
        spending), then the best one with today's policies left as they are; none twice.
    """
    feasible = found.feasible()
    most = max((one.n for _, one in feasible), default=0)
    raced = [(mix, one) for mix, one in feasible if one.n == most]
    rest = [(mix, one) for mix, one in feasible if one.n < most]
    order = [mix for mix, _ in (*raced, *rest)]
    kept = far_apart(order, bench.space, most=BEST)
    able = [(mix, one) for mix, one in feasible if one.gains[0] > 0 and mix.entries]
    front = [able[i] for i in pareto(_scores([one for _, one in able], problem))]
    front.sort(key=lambda one: one[1].cost)
    places = np.unique(np.linspace(0, len(front) - 1, min(FRONT, len(front))).round().astype(int))
    kept += [front[place][0] for place in places]
    if kept:
        kept += _simpler(kept[0], bench)
    return list(dict.fromkeys(kept))


def _simpler(best: Mix, bench: Bench) -> list[Mix]:
    """The best mix with its policies as they are today: all of today's at once, then each."""
    space = bench.space
    other = [
        name for name in dict.fromkeys((*best.entries, *space.now))
        if best.entries.get(name) != space.now.get(name)
    ]  # fmt: skip
    today = best
    for name in space.now:
        today = space.reverted(today, name)
    return [today, *(space.reverted(best, name) for name in other[:SIMPLER])]


def _scores(estimates: Sequence[Estimate], problem: Problem) -> NDArray[np.float64]:
    rows = [
        one.gains if len(problem.objectives) > 1 else (one.gains[0], -one.cost) for one in estimates
    ]
    width = max(2, len(problem.objectives))
    return np.array(rows, np.float64).reshape(len(rows), width)


def judge(
    mixes: Sequence[Mix],
    problem: Problem,
    bench: Bench,
    *,
    found: Found,
    pairs: int = PAIRS,
    told: Callable[[int], None] | None = None,
) -> list[Final]:
    """Finalists in fresh futures.

    Args:
        mixes: As :func:`choose` chose them.
        problem: What a good mix is.
        bench: What simulates them.
        found: What the search believed of them.
        pairs: Fresh futures of each.
        told: Called with futures simulated.

    Returns:
        Those that hold every limit first, each part best first; mixes that fail are left out.
    """
    first, rest = range(FRESH, FRESH + max(2, pairs // 4)), range(FRESH, FRESH + pairs)
    bench.measured([(mix, first) for mix in (None, *mixes)], told=told)
    base = bench.values(None) or {}
    hopeful = _hopeful(mixes, problem, bench, first)
    bench.measured([(mix, rest[len(first) :]) for mix in (None, *hopeful)], told=told)
    finals = []
    for mix in mixes:
        numbers = rest if mix in hopeful else first
        values = bench.values(mix)
        if values is None:
            continue
        beside = Pairs(values, base, numbers)
        estimate = problem.estimate(beside)
        if estimate is None:
            continue
        believed = found.estimates.get(mix)
        keys = dict.fromkeys((*problem.objectives[1:], *problem.constraints))
        judged = Judged(
            policies=mix.entries, goal=beside.difference(problem.goal),
            cost=estimate.cost, minutes=estimate.minutes, feasible=estimate.feasible,
            searched=None if believed is None else believed.gains[0],
            others={key: beside.difference(key) for key in keys},
            broken=tuple(name for name, value in estimate.excess.items() if value > 0),
        )  # fmt: skip
        finals.append(Final(mix=mix, estimate=estimate, judged=judged))
    # who was given up early cannot come first, however lucky the futures were that gave it up
    finals.sort(
        key=lambda one: (
            not one.judged.feasible, one.mix not in hopeful, -one.estimate.gains[0]
        )
    )  # fmt: skip
    return _told_apart(finals, problem, bench, rest)


def _hopeful(
    mixes: Sequence[Mix], problem: Problem, bench: Bench, numbers: Sequence[int]
) -> list[Mix]:
    """Mixes that a quarter of the futures does not show to be clearly behind the best."""
    base = bench.values(None) or {}
    known = {}
    for mix in mixes:
        values = bench.values(mix)
        estimate = None if values is None else problem.estimate(Pairs(values, base, numbers))
        if values is not None and estimate is not None:
            known[mix] = (values, estimate)
    able = [mix for mix, (_, one) in known.items() if one.feasible] or list(known)
    if not able:
        return []
    best = known[max(able, key=lambda mix: known[mix][1].gains[0])][0]
    kept = []
    for mix, (values, _) in known.items():
        behind = Pairs(best, values, numbers).gains(problem.goal)
        clear = len(behind) > 1 and behind.mean() > SURELY * standard_error(behind)
        if not clear:
            kept.append(mix)
    return kept


def _told_apart(
    finals: Sequence[Final], problem: Problem, bench: Bench, numbers: Sequence[int]
) -> list[Final]:
    """Marks those that cannot be told from the best, and those that no other surpasses."""
    able = [one for one in finals if one.judged.feasible]
    front = set(pareto(_scores([one.estimate for one in able], problem)))
    marked = []
    for index, one in enumerate(finals):
        if not one.judged.feasible:
            marked.append(one)
            continue
        best, mine = bench.values(finals[0].mix) or {}, bench.values(one.mix) or {}
        behind = Pairs(best, mine, numbers).gains(problem.goal)
        tied = not index
        if index and one.estimate.n == len(numbers) and len(behind) > 1:
            tied = mean_interval(behind)[0] <= 0
        judged = replace(one.judged, tied=tied, front=index in front)
        marked.append(replace(one, judged=judged))
    return marked


def best_of(finals: Sequence[Final]) -> int | None:
    """Number of the recommended mix; None = the baseline does as well as any."""
    for index, one in enumerate(finals):
        if one.judged.feasible and one.estimate.gains[0] > 0 and one.mix.entries:
            return index
    return None


def easiest_of(finals: Sequence[Final]) -> int | None:
    """Number of the equally good mix with the least staff time."""
    tied = [index for index, one in enumerate(finals) if one.judged.tied]
    return min(tied, key=lambda index: finals[index].estimate.minutes, default=None)


def verify(
    mix: Mix,
    problem: Problem,
    bench: Bench,
    *,
    pairs: int = PAIRS,
    told: Callable[[int], None] | None = None,
) -> Difference:
    """The chosen mix in futures that chose nothing."""
    numbers = range(VERIFYING, VERIFYING + pairs)
    bench.measured([(None, numbers)], told=told)
    bench.measured([(mix, numbers)], books=True, told=told)
    base, values = bench.values(None) or {}, bench.values(mix, books=True) or {}
    return Pairs(values, base, numbers).difference(problem.goal)
