"""What more spending brings: payback, profit and takings for each yuan, future by future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.ledger import CLASS_OF_ACCOUNTS
from sim.metrics import NEVER
from sim.metrics.money import payback
from sim.metrics.summary import MOST_UNDEFINED, quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.metrics import Value
    from sim.study.trace import Trace

    Pairs = Sequence[tuple[Trace, Trace]]

_LEAST_SHARE, _LEAST_FEN = 0.01, 10_000
_SPENDING = ("acquisition", "engagement")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A quantity over pairs of futures.

    Attributes:
        p05: 5th percentile; None = undefined, or among the futures in which it never comes.
        p50: Middle.
        p95: 95th percentile.
        n: Pairs in which it is defined.
        never: Share of these in which the time did not come; None = it is not a time.
        why: ``undefined`` where it is undefined in more than a fifth of the pairs.
    """

    p05: float | None
    p50: float | None
    p95: float | None
    n: int
    never: float | None = None
    why: str = ""

    def table(self) -> dict[str, Any]:
        """As ``compare.json`` has it."""
        table: dict[str, Any] = {"p05": self.p05, "p50": self.p50, "p95": self.p95, "n": self.n}
        if self.never is not None:
            table["never"] = self.never
        return table | ({"why": self.why} if self.why else {})


def payback_of(pairs: Pairs) -> Spread:
    """The day from which a variant has earned more than the baseline for good.

    Args:
        pairs: Baseline and variant in the same futures.

    Returns:
        Quantiles over futures in which those where it never comes stand last.
    """
    days: list[Value] = [payback(_profit(after) - _profit(before)) for before, after in pairs]
    return _spread(days, time=True)


def return_on_spend(pairs: Pairs) -> Spread:
    """Profit for each yuan spent more; undefined where spending hardly differs."""
    ratios = []
    for before, after in pairs:
        cost = int(before.total("cost").sum())
        more = int(after.total("cost").sum()) - cost
        gain = int((_profit(after) - _profit(before)).sum())
        ratios.append(_ratio(gain, more, cost))
    return _spread(ratios)


def takings_per_yuan(pairs: Pairs) -> Spread:
    """Takings for each yuan spent more on bringing people in and keeping them busy."""
    ratios = []
    for before, after in pairs:
        spent = _spending(before)
        gain = int(after.total("revenue").sum()) - int(before.total("revenue").sum())
        ratios.append(_ratio(gain, _spending(after) - spent, spent))
    return _spread(ratios)


def _ratio(gain: int, more: int, spent: int) -> float | None:
    if abs(more) < max(_LEAST_SHARE * spent, _LEAST_FEN):
        return None
    return gain / more


def _profit(trace: Trace) -> Any:
    return trace.total("revenue") - trace.total("cost")


def _spending(trace: Trace) -> int:
    totals = trace.booked.sum(axis=0, dtype=np.int64)
    return sum(int(totals[CLASS_OF_ACCOUNTS[name]].sum()) for name in _SPENDING)


def _spread(values: Sequence[Value], *, time: bool = False) -> Spread:
    """Quantiles over the pairs where it is defined."""
    known = [value for value in values if value is not None]
    numbers = sorted(float(value) for value in known if value != NEVER)
    if not known or len(values) - len(known) > MOST_UNDEFINED * len(values):
        return Spread(p05=None, p50=None, p95=None, n=len(known), why="undefined")
    p05, p50, p95 = (quantile(numbers, len(known), share) for share in (0.05, 0.5, 0.95))
    never = 1 - len(numbers) / len(known) if time else None
    return Spread(p05=p05, p50=p50, p95=p95, n=len(known), never=never)
