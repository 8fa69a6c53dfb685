"""What would overturn a verdict: assumptions moved together, and one by one.

Two kinds of not knowing stay apart. Luck: every difference here is the mean over the same futures
of both arms, and its interval says how well that mean is known. Assumptions: how that mean moves
when they do. Three steps, each paired:

1. *Sets*: all assumptions are drawn at once from their ranges (Latin hypercube); in how many sets
   does the variant stay ahead? Known results of the same futures as assumed serve as a control
   variate, so that luck decides less.
2. *Ranking*: each alone at both ends of its range, all in one future, the strongest in more. (Rank
   correlations over sets, the usual way, need several sets for each of some two hundred
   assumptions before what cannot matter stops to look as if it did; alone, in the same futures, it
   changes nothing at all.)
3. *Tornado*: the ten that move it most, with intervals; where the sign surely changes, the turning
   point by interpolation, checked by a simulation there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics import REGISTRY
from sim.study.explain.screening import drawn_sets
from sim.study.paired import mean_interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.explain.question import Question
    from sim.study.explain.ranges import Assumption
    from sim.study.variant import Variant

MOST = 10
"""Assumptions of a tornado."""

FUTURES_OF_SET, FUTURES_OF_END = 6, 20
_ROUNDS = ((1, 40), (3, 16), (7, MOST))  # futures, assumptions that stay
_SETS_A_PLAN = 4  # sets that share what policies cost, so that they share a plan
_FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One assumption moved alone, both ways.

    Attributes:
        assumption: The assumption.
        low: Difference at the low end with its 95 % interval: mean, lower, upper.
        high: Likewise at the high end.
    """

    assumption: Assumption
    low: tuple[float, float, float]
    high: tuple[float, float, float]

    @property
    def reach(self) -> float:
        """How far it moves the difference."""
        return abs(self.high[0] - self.low[0])


@dataclass(frozen=True, kw_only=True)
class Turning:
    """From where on an assumption alone changes who is ahead.

    Attributes:
        path: The assumption.
        value: Where it turns.
        default: What is assumed.
        below: Whether it turns below this value; otherwise above.
    """

    path: str
    value: float
    default: float
    below: bool


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """What assumptions are worth.

    Attributes:
        sets: Sets of assumptions tried.
        ahead: In how many each variant is ahead of the baseline.
        ranking: How far each assumption alone moves the difference, by path, the strongest first;
            the weaker it looked, the fewer futures tell.
        default: Difference as assumed.
        bars: The assumptions that matter most, the widest first.
        turning: Turning points.
    """

    sets: int
    ahead: Mapping[str, int]
    ranking: Mapping[str, float]
    default: float
    bars: tuple[Bar, ...] = ()
    turning: tuple[Turning, ...] = ()


def ahead_in_sets(
    question: Question, assumptions: Sequence[Assumption], variants: Sequence[Variant], *, sets: int
) -> tuple[int, dict[str, int]]:
    """Sets of assumptions that are possible, and in how many each variant is ahead."""
    futures = range(min(FUTURES_OF_SET, question.known))
    drawn = drawn_sets(
        assumptions, sets=sets, seed=(question.seed, 1), shared=question.planned(assumptions),
        combinations=-(-sets // _SETS_A_PLAN),
    )  # fmt: skip
    fitting = [values for values in drawn if question.fits(values, variants)]
    question.simulate([(values, futures) for values in fitting], variants)
    direction = REGISTRY[question.kpi].direction or 1
    ahead = {}
    for variant in variants:
        found = [question.differences(values, variant, futures) for values in fitting]
        means = controlled(found, question.defaults(variant))
        ahead[variant.name] = sum(mean * direction > 0 for mean in means)
    return len(fitting), ahead


def controlled(found: Sequence[Mapping[int, float]], known: Mapping[int, float]) -> list[float]:
    """Means of differences in a few futures, corrected by how lucky these were as assumed.

    Args:
        found: Differences by future, set by set; sets without any are left out.
        known: Differences as assumed, of many futures, those among them.

    Returns:
        Mean of each set less b times what its futures are above all futures as assumed, with b
        from regression within sets, pooled.
    """
    shared = [[number for number in one if number in known] for one in found]
    pairs = [
        (np.array([one[n] for n in both]), np.array([known[n] for n in both]))
        for one, both in zip(found, shared, strict=True)
        if both
    ]
    if not pairs:
        return []
    middle = float(np.mean(list(known.values())))
    spread = sum(float(((before - before.mean()) ** 2).sum()) for _, before in pairs)
    together = sum(
        float(((before - before.mean()) * (after - after.mean())).sum()) for after, before in pairs
    )
    b = together / spread if spread > 0 else 0.0
    return [float(after.mean() - b * (before.mean() - middle)) for after, before in pairs]


def ranking_of(question: Question, assumptions: Sequence[Assumption]) -> dict[str, float]:
    """How far each assumption alone moves the difference, the strongest first.

    Rounds: all in one future, the best of these in more, and so on. A round takes the futures of
    the one before with it, and the tornado those of the last.
    """
    left = [
        one
        for one in assumptions
        if all(question.fits({one.path: end}) for end in (one.low, one.high))
    ]
    order: list[str] = []
    reach: dict[str, float] = {}
    for futures, kept in _ROUNDS:
        numbers = range(min(futures, question.known))
        moving = _moving(question, left) if futures == 1 else left
        question.simulate([
            ({one.path: end}, numbers) for one in moving for end in (one.low, one.high)
        ])  # fmt: skip
        for one in left:
            reach[one.path] = _reach(question, one, numbers) if one in moving else 0.0
        left.sort(key=lambda one: -reach[one.path])
        order = [*(one.path for one in left[kept:]), *order]
        left = left[:kept]
    return {path: reach[path] for path in (*(one.path for one in left), *order)}


def runs_of_ranking(assumptions: int, known: int) -> int:
    """Runs that ranking and tornado ask for at most, shared ones counted once."""
    runs, before, left = 0, 0, assumptions
    for futures, kept in (*_ROUNDS, (FUTURES_OF_END, 0)):
        runs += 4 * left * (min(futures, known) - before)
        before, left = min(futures, known), min(left, kept)
    return runs


def _moving(question: Question, assumptions: Sequence[Assumption]) -> list[Assumption]:
    """Those that change anything in the first future.

    Where the variant keeps all that the baseline does, what changes nothing in the variant changes
    nothing in the baseline either, which then need not be simulated.
    """
    mine, theirs = (arm.scenario.policies for arm in (question.variant, question.base))
    if not all(entry in mine for entry in theirs):
        return list(assumptions)
    ends = [(one, {one.path: end}) for one in assumptions for end in (one.low, one.high)]
    question.simulate([(values, (0,)) for _, values in ends], base=False)
    before = question.number({}, question.variant, 0)
    moving = {
        one.path for one, values in ends if question.number(values, question.variant, 0) != before
    }
    return [one for one in assumptions if one.path in moving]


def _reach(question: Question, one: Assumption, numbers: Sequence[int]) -> float:
    """Widest span of differences that an assumption opens in a few futures."""
    found = [
        question.differences({one.path: one.low}, question.variant, numbers),
        question.differences({one.path: one.high}, question.variant, numbers),
        question.defaults(question.variant),
    ]
    both = [number for number in numbers if all(number in arm for arm in found)]
    if not both:
        return 0.0
    means = [sum(arm[number] for number in both) / len(both) for arm in found]
    return float(max(means) - min(means))


def tornado(
    question: Question, assumptions: Sequence[Assumption], ranking: Mapping[str, float]
) -> tuple[Bar, ...]:
    """The assumptions that matter most, at both ends of their ranges, the widest first."""
    by_path = {one.path: one for one in assumptions}
    futures = range(min(FUTURES_OF_END, question.known))
    chosen = [by_path[path] for path in list(ranking)[:MOST]]
    question.simulate([
        ({one.path: end}, futures) for one in chosen for end in (one.low, one.high)
    ])  # fmt: skip
    bars = [
        Bar(
            assumption=one,
            low=_at(question, {one.path: one.low}, futures),
            high=_at(question, {one.path: one.high}, futures),
        )
        for one in chosen
    ]  # fmt: skip
    return tuple(sorted(bars, key=lambda bar: -bar.reach))


def _at(
    question: Question, values: Mapping[str, float], futures: Sequence[int]
) -> tuple[float, float, float]:
    """The difference under other values, with its interval.

    The change is measured future by future against the same futures as assumed and added to what
    is known over all of them: what changes nothing leaves the difference exactly as it is.
    """
    known = question.defaults(question.variant)
    found = question.differences(values, question.variant, futures)
    both = [number for number in found if number in known]
    middle = float(np.mean(list(known.values()))) if known else float("nan")
    if len(both) < _FEWEST:
        return middle, middle, middle
    after = np.array([found[number] for number in both])
    change = after - np.array([known[number] for number in both])
    mean = middle + float(change.mean())
    lo, hi = mean_interval(after)
    own = float(after.mean())
    return mean, mean + lo - own, mean + hi - own


def turning_points(question: Question, bars: Sequence[Bar]) -> tuple[Turning, ...]:
    """Where an assumption alone surely changes who is ahead.

    Nothing turns where nobody is surely ahead as assumed.
    """
    known = np.array(list(question.defaults(question.variant).values()))
    if len(known) < _FEWEST:
        return ()
    lo, hi = mean_interval(known)
    if lo <= 0 <= hi:
        return ()
    default = float(known.mean())
    futures = range(min(FUTURES_OF_END, question.known))
    found = []
    for bar in bars:
        one = bar.assumption
        for end, at in ((one.low, bar.low), (one.high, bar.high)):
            if at[2] < 0 < default or default < 0 < at[1]:
                value = _crossing(one.value, default, end, at[0])
                value = _checked(question, one, value, (default, end, at[0]), futures)
                found.append(
                    Turning(path=one.path, value=value, default=one.value, below=end < one.value)
                )
    return tuple(found)


def _checked(
    question: Question,
    one: Assumption,
    value: float,
    ends: tuple[float, float, float],
    futures: Sequence[int],
) -> float:
    """A turning point after one more simulation there: between it and the end that it misses."""
    if one.counts:
        return float(round(value))
    default, end, at_end = ends
    question.simulate([({one.path: value}, futures)])
    at = _at(question, {one.path: value}, futures)[0]
    if at * default > 0:
        return _crossing(value, at, end, at_end)
    return _crossing(one.value, default, value, at)


def _crossing(x0: float, y0: float, x1: float, y1: float) -> float:
    """Where a straight line through two points is zero."""
    return x0 if y0 == y1 else x0 + (x1 - x0) * y0 / (y0 - y1)


def uncertainty_of(
    question: Question,
    assumptions: Sequence[Assumption],
    *,
    variants: Sequence[Variant],
    own: Sequence[Assumption],
    sets: int,
) -> Uncertainty:
    """All three steps.

    Args:
        question: What is asked.
        assumptions: What is drawn in the sets.
        variants: Whose sets are counted, the one explained among them.
        own: What may matter to the one explained.
        sets: How many sets.
    """
    tried, ahead = ahead_in_sets(question, assumptions, variants, sets=sets)
    ranking = ranking_of(question, own)
    bars = tornado(question, own, ranking)
    return Uncertainty(
        sets=tried, ahead=ahead, ranking=ranking, bars=bars,
        default=float(np.mean(list(question.defaults(question.variant).values()))),
        turning=turning_points(question, bars),
    )  # fmt: skip
