"""Would somebody now decide otherwise? The order of reference policies, and what is worth doing.

Options are compared within one version of the model, in the same futures. A decision has turned if
one option was surely better than another and is now surely worse; what changes places within the
noise has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from sim.metrics import REGISTRY
from sim.study.regression.equivalence import DECISION_LEVEL, LEAST, paired_estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sim.study.regression.suite import Decision

    Goals = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Flip:
    """Two options that have changed places.

    Attributes:
        decision: The choice.
        better: The option that was better.
        worse: The option that was worse and is better now.
        before: By how much the first was ahead, mean over futures in the goal's unit, its good
            direction positive.
        after: The same now, negative.
    """

    decision: str
    better: str
    worse: str
    before: float
    after: float


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """A choice before and after.

    Attributes:
        decision: Its name.
        goal: KPI that decides.
        before: Options by their mean, the best first.
        after: The same now.
        flips: What has turned.
    """

    decision: str
    goal: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    flips: tuple[Flip, ...]


def ranking(decision: Decision, before: Goals, after: Goals, *, choices: int = 1) -> Ranking:
    """Compare a choice before and after.

    Args:
        decision: The choice.
        before: The goal by option: float64 of shape (n,), one value a future, NaN = undefined.
        after: The same now, perhaps in other futures.
        choices: Choices of the suite, which share the level.
    """
    sign = -1.0 if REGISTRY[decision.goal].direction < 0 else 1.0
    pairs = list(combinations(decision.options, 2))
    level = DECISION_LEVEL / choices / len(pairs) / 2
    flips = []
    for one, other in pairs:
        then = _ahead(before[one] * sign, before[other] * sign, level)
        now = _ahead(after[one] * sign, after[other] * sign, level)
        if then * now < 0:
            best, worst = (one, other) if then > 0 else (other, one)
            flips.append(
                Flip(
                    decision=decision.name, better=best, worse=worst, before=abs(then),
                    after=-abs(now),
                )
            )  # fmt: skip
    return Ranking(
        decision=decision.name, goal=decision.goal, flips=tuple(flips),
        before=_order(decision.options, before, sign), after=_order(decision.options, after, sign),
    )  # fmt: skip


def _ahead(one: NDArray[np.float64], other: NDArray[np.float64], level: float) -> float:
    """How far one option is surely ahead of another on average; 0 = not known which is."""
    size = min(len(one), len(other))
    known = ~(np.isnan(one[:size]) | np.isnan(other[:size]))
    if known.sum() < LEAST:
        return 0.0
    found = paired_estimate(other[:size][known], one[:size][known])
    sure = abs(found.delta) > float(stdtrit(found.freedom, 1 - level)) * found.error
    return found.delta if sure else 0.0


def _order(options: Sequence[str], goals: Goals, sign: float) -> tuple[str, ...]:
    def place(option: str) -> float:
        known = goals[option][~np.isnan(goals[option])]
        return -sign * float(known.mean()) if len(known) else np.inf

    return tuple(sorted(options, key=place))
