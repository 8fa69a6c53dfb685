"""What the registry says about one KPI."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.metrics.measured import Measured
    from sim.metrics.values import Value

Unit = Literal[
    "persons", "messages", "count", "yuan", "share", "ratio", "days", "minutes", "levels", "steps",
    "stage",
]  # fmt: skip
Reduction = Literal["last", "mean", "sum", "distinct", "sum/sum", "run"]
Contract = Literal["daily", "run", "more"]
Direction = Literal[1, -1, 0]
Log = Literal["yes", "part", "no"]
Because = Literal[
    "", "no_members", "no_messages", "no_speakers", "few_speakers", "no_joins", "no_newcomers_seen",
    "no_revenue", "no_payers", "no_spending", "no_invited", "no_tree",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Margin:
    """How large a difference must be: ``max(relative x |base|, floor)``.

    Attributes:
        relative: Share of the base, >= 0.
        floor: Smallest margin in the KPI's own unit, >= 0.
        of_revenue: Whether the base is the baseline's mean revenue, not the KPI's own mean (for
            KPIs that pass through zero).
    """

    relative: float
    floor: float
    of_revenue: bool = False

    def size(self, baseline: float, *, revenue: float | None = None) -> float:
        """The margin in the KPI's unit.

        Args:
            baseline: Mean of the KPI in the baseline.
            revenue: Mean revenue of the baseline in yuan, for margins relative to it.

        Raises:
            ValueError: If the margin refers to revenue and none is given.
        """
        base = baseline
        if self.of_revenue:
            if revenue is None:
                msg = "this margin refers to the baseline's revenue"
                raise ValueError(msg)
            base = revenue
        return max(self.relative * abs(base), self.floor)


@dataclass(frozen=True, kw_only=True)
class Margins:
    """The two margins of a KPI.

    Attributes:
        eq: Differences up to this are equivalent in regression tests.
        act: Smallest difference worth acting on; None = not judged.
    """

    eq: Margin
    act: Margin | None


@dataclass(frozen=True)
class Kpi:
    """One KPI: how it is measured and how its differences are judged. Its words are elsewhere.

    Attributes:
        key: Name in files.
        unit: Unit of the value.
        measure: The function of a run.
        margins: Which differences are small.
        direction: +1 higher is better, -1 lower is better, 0 a description without a verdict.
        reduce: How a run becomes one value: the last day's stock, the mean or sum of daily counts,
            distinct persons, a ratio of sums over the run, or a measure of the run as a whole.
        pruning: +1 or -1 = moves up or down by arithmetic alone when silent members are removed.
        log: Whether a chat log gives it: "yes", "part" (if it has the events), "no".
        contract: "daily" or "run" = one of the guaranteed KPIs, "more" = all others.
        window: Days it needs; in a shorter run its value is partial. 0 = any.
        few_joins: Whether it rests on newcomers and deserves a warning under 30 joins.
        may_never: Whether it is a time that may not come within the horizon.
        because: Why it can be undefined (a code that the words know), "" = it cannot.
    """

    key: str
    _: KW_ONLY
    unit: Unit
    measure: Callable[[Measured], Value]
    margins: Margins
    direction: Direction
    reduce: Reduction = "run"
    pruning: Direction = 0
    log: Log = "no"
    contract: Contract = "more"
    window: int = 0
    few_joins: bool = False
    may_never: bool = False
    because: Because = ""
