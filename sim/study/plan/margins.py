"""What less and more of each policy of a mix brings, in futures that chose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.study.paired import mean_interval
from sim.study.plan.bench import SPENT, column
from sim.study.plan.finals import VERIFYING
from sim.study.plan.pairs import Pairs
from sim.study.plan.planned import More, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.study.plan.bench import Bench
    from sim.study.plan.problem import Problem
    from sim.study.plan.space import Mix

SCALES = (0.0, 0.5, 1.0, 1.5, 2.0)
PAIRS = 200
STEP = 10_000.0
"""Yuan more of which it is told what they bring."""

_MOST_TIMES = 50.0


def spending_of(mix: Mix, bench: Bench) -> dict[str, float]:
    """Yuan that a verified mix spends by policy, mean over futures."""
    values = bench.values(mix, books=True) or {}
    base_names = {str(entry["use"]) for entry in bench.space.base.scenario.policies}
    kept = base_names - set(bench.space.replaced)
    found = {}
    numbers = list(values)
    for name in mix.entries:
        booked = _booked_as(mix, name, bench, kept=kept)
        found[name] = float(np.nanmean(column(values, numbers, f"{SPENT}{booked}")))
    return {name: 0.0 if np.isnan(yuan) else yuan for name, yuan in found.items()}


def _booked_as(mix: Mix, name: str, bench: Bench, *, kept: set[str]) -> str:
    """The name under which a run books a policy: numbered by its place among those of its key."""
    use = bench.space.candidate(name).use
    same = [one for one in mix.entries if bench.space.candidate(one).use == use]
    number = 1 + same.index(name) + (use in kept)
    return use if number == 1 else f"{use}#{number}"


def scaled(mix: Mix, name: str, factor: float, bench: Bench) -> Mix | None:
    """A mix with so many times the amount of one policy; None = it allows no such amount."""
    if factor == 0:
        return mix.without(name)
    if factor == 1:
        return mix
    entry = bench.space.candidate(name).scaled(mix.entries[name], factor)
    return None if entry is None or entry == mix.entries[name] else mix.having(name, entry)


def curves_of(
    mix: Mix,
    problem: Problem,
    bench: Bench,
    *,
    pairs: int = PAIRS,
    told: Callable[[int], None] | None = None,
) -> dict[str, tuple[Point, ...]]:
    """For each policy, the goal with 0 to 2 times its amount, all else equal.

    Args:
        mix: The recommended mix.
        problem: Its goal.
        bench: What simulates.
        pairs: Futures of each point.
        told: Called with futures simulated.

    Returns:
        Points by policy; only with and without it where nothing it spends can be scaled.
    """
    numbers = range(VERIFYING, VERIFYING + pairs)
    arms = {
        name: {
            scale: one
            for scale in SCALES
            if scale in (0.0, 1.0) or bench.space.candidate(name).can_be_scaled
            if (one := scaled(mix, name, scale, bench)) is not None
        }
        for name in mix.entries
    }
    asked = [one for by_scale in arms.values() for one in by_scale.values()]
    bench.measured([(one, numbers) for one in dict.fromkeys(asked)], told=told)
    found = {}
    for name, by_scale in arms.items():
        without = bench.values(by_scale[0.0])
        if without is None:
            continue
        points = []
        for scale, one in by_scale.items():
            values = bench.values(one)
            if values is not None:
                beside = Pairs(values, without, numbers)
                gain = beside.gains(problem.goal)
                low, high = mean_interval(gain) if len(gain) > 1 else (0.0, 0.0)
                points.append(
                    Point(
                        scale=scale, spend=float(np.nanmean(beside.raw("cost"))),
                        gain=float(gain.mean()) if len(gain) else 0.0, lo=low, hi=high,
                    )
                )  # fmt: skip
        found[name] = tuple(points)
    return found


def more_of(
    mix: Mix,
    problem: Problem,
    bench: Bench,
    *,
    spending: Mapping[str, float],
    pairs: int = PAIRS,
    told: Callable[[int], None] | None = None,
) -> More | None:
    """What 10,000 yuan more would bring where they bring most.

    Args:
        mix: The recommended mix.
        problem: Its goal.
        bench: What simulates.
        spending: Yuan by policy of the mix.
        pairs: Futures of each try.
        told: Called with futures simulated.

    Returns:
        None if nothing in the mix that costs money can be given so much more.
    """
    numbers = range(VERIFYING, VERIFYING + pairs)
    tries = {}
    for name, spent in spending.items():
        if spent * _MOST_TIMES < STEP or not bench.space.candidate(name).can_be_scaled:
            continue
        one = scaled(mix, name, 1 + STEP / spent, bench)
        if one is not None:
            tries[name] = one
    bench.measured([(one, numbers) for one in (mix, *tries.values())], told=told)
    here = bench.values(mix) or {}
    best: More | None = None
    for name, one in tries.items():
        values = bench.values(one)
        if values is None:
            continue
        beside = Pairs(values, here, numbers)
        gain = beside.gains(problem.goal)
        if len(gain) < 2:
            continue
        low, high = mean_interval(gain)
        if best is None or float(gain.mean()) > best.gain:
            best = More(
                yuan=STEP, policy=name, spend=float(np.nanmean(beside.raw("cost"))),
                gain=float(gain.mean()), lo=low, hi=high,
            )  # fmt: skip
    return best
