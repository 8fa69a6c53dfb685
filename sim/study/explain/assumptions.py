"""What would overturn a verdict: assumptions moved together, and one by one.

Two kinds of not knowing stay apart. Luck: every difference here is the mean over the same futures
of both arms, and its interval says how well that mean is known. Assumptions: how that mean moves
when they do. Three steps, each paired:

1. *Sets*: all assumptions are drawn at once from their ranges (Latin hypercube); in how many sets
   does the variant stay ahead? Known results of the same futures as assumed serve as a control
   variate, so that luck decides less.
2. *Ranking*: more sets, one future each; partial rank correlation with the difference.
3. *Tornado*: the ten that matter most, one at a time at both ends of their ranges; where the sign
   surely changes, the turning point by interpolation, checked by a simulation there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.metrics import REGISTRY, restricted
from sim.study.explain.ranges import moved
from sim.study.explain.screening import drawn_sets, partial_rank_correlations, sets_needed
from sim.study.paired import mean_interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.study.explain.lab import Lab
    from sim.study.explain.ranges import Assumption
    from sim.study.variant import Variant

    Numbers = NDArray[np.float64]

MOST = 10
"""Assumptions of a tornado."""

FUTURES_OF_SET, FUTURES_OF_END = 8, 30
_FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One assumption moved alone, both ways.

    Attributes:
        assumption: The assumption.
        rank: Its partial rank correlation with the difference.
        low: Difference at the low end with its 95 % interval: mean, lower, upper.
        high: Likewise at the high end.
    """

    assumption: Assumption
    rank: float
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
        ranking: Partial rank correlation by path, the strongest first.
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


@dataclass
class Question:
    """Which difference is looked at, and who simulates.

    Attributes:
        lab: Simulates.
        base: The baseline.
        variant: The variant explained.
        kpi: The KPI whose difference it is.
        days: Horizon.
        known: Futures of which the difference as assumed is known.
        seed: Seed of the draws.
    """

    lab: Lab
    base: Variant
    variant: Variant
    kpi: str
    days: int
    known: int
    seed: int
    _defaults: dict[str, dict[int, float]] = field(default_factory=dict)
    _arms: dict[tuple[str, tuple[tuple[str, float], ...]], Variant | None] = field(
        default_factory=dict
    )

    def arm(self, variant: Variant, values: Mapping[str, float]) -> Variant | None:
        """A variant under other assumptions; None = they do not fit together."""
        place = (variant.key, tuple(values.items()))
        if place not in self._arms:
            try:
                self._arms[place] = moved(variant, values)
            except UserError:
                self._arms[place] = None
        return self._arms[place]

    def fits(self, values: Mapping[str, float], variants: Sequence[Variant] = ()) -> bool:
        """Whether all arms are possible under other assumptions."""
        arms = (self.base, *(variants or (self.variant,)))
        return all(self.arm(one, values) is not None for one in arms)

    def differences(
        self, values: Mapping[str, float], variant: Variant, numbers: Sequence[int]
    ) -> dict[int, float]:
        """Differences to the baseline under other assumptions, by future where both are defined."""
        arms = self.arm(self.base, values), self.arm(variant, values)
        found: dict[int, float] = {}
        for number in numbers:
            before, after = (None if arm is None else self._number(arm, number) for arm in arms)
            if before is not None and after is not None:
                found[number] = after - before
        return found

    def defaults(self, variant: Variant) -> dict[int, float]:
        """Differences as assumed, of all futures known."""
        if variant.key not in self._defaults:
            self._defaults[variant.key] = self.differences({}, variant, range(self.known))
        return self._defaults[variant.key]

    def simulate(
        self,
        sets: Sequence[tuple[Mapping[str, float], Sequence[int]]],
        variants: Sequence[Variant] = (),
    ) -> None:
        """See to it that both arms are there: values by path, and futures."""
        self.lab.run([
            (made, number)
            for values, numbers in sets
            for arm in (self.base, *(variants or (self.variant,)))
            for number in numbers
            if (made := self.arm(arm, values)) is not None
        ])  # fmt: skip

    def _number(self, arm: Variant, replicate: int) -> float | None:
        kpis = self.lab.of(arm, replicate)
        if kpis is None:
            return None
        value = kpis.get(self.kpi)
        if REGISTRY[self.kpi].may_never or self.kpi == "payback_day":
            return restricted(value, horizon=self.days)
        return None if value is None else float(value)


def ahead_in_sets(
    question: Question, assumptions: Sequence[Assumption], variants: Sequence[Variant], *, sets: int
) -> tuple[int, dict[str, int]]:
    """Sets of assumptions that are possible, and in how many each variant is ahead."""
    futures = range(min(FUTURES_OF_SET, question.known))
    drawn = drawn_sets(assumptions, sets=sets, seed=(question.seed, 1))
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
    pairs = [
        (np.array([one[n] for n in one if n in known]), np.array([known[n] for n in one if n in known]))
        for one in found
    ]  # fmt: skip
    pairs = [(after, before) for after, before in pairs if len(after)]
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
    """Partial rank correlation of every assumption with the difference, the strongest first."""
    if not assumptions:
        return {}
    shared = question.lab.plans.reads() | {
        one.path for one in assumptions if one.path not in question.base.scenario.flat()
    }
    drawn = drawn_sets(
        assumptions, sets=sets_needed(len(assumptions)), seed=(question.seed, 2), shared=shared
    )
    rows = [
        (values, number % question.known)
        for number, values in enumerate(drawn)
        if question.fits(values)
    ]
    question.simulate([(values, (number,)) for values, number in rows])
    known = question.defaults(question.variant)
    x, y, luck = [], [], []
    for values, number in rows:
        found = question.differences(values, question.variant, (number,))
        if number in found and number in known:
            x.append([values[one.path] for one in assumptions])
            y.append(found[number])
            luck.append([known[number]])
    strengths = partial_rank_correlations(
        np.array(x, float).reshape(-1, len(assumptions)), np.array(y, float),
        given=np.array(luck, float).reshape(-1, 1),
    )  # fmt: skip
    order = sorted(zip(assumptions, strengths.tolist(), strict=True), key=lambda one: -abs(one[1]))
    return {one.path: round(strength, 4) for one, strength in order}


def tornado(
    question: Question, assumptions: Sequence[Assumption], ranking: Mapping[str, float]
) -> tuple[Bar, ...]:
    """The assumptions that matter most, at both ends of their ranges, the widest first."""
    by_path = {one.path: one for one in assumptions}
    futures = range(min(FUTURES_OF_END, question.known))
    chosen = [by_path[path] for path in list(ranking)[:MOST]]
    chosen = [
        one
        for one in chosen
        if all(question.fits({one.path: end}) for end in (one.low, one.high))
    ]
    question.simulate([
        ({one.path: end}, futures) for one in chosen for end in (one.low, one.high)
    ])  # fmt: skip
    bars = [
        Bar(
            assumption=one, rank=ranking[one.path],
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
