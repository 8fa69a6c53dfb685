"""What a comparison of variants consists of, ready to be told in a terminal or on a page.

Everything arrives as plain values, so that a comparison just finished and one read back from files
are told alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sim.report.assumed import Assumption
    from sim.report.figures import Part, Swing
    from sim.report.policy_lines import PolicyLine
    from sim.report.run import Made, Series


@dataclass(frozen=True, kw_only=True)
class InputChange:
    """One input in which a variant differs from the baseline.

    Attributes:
        path: Its path in the scenario, e.g. ``incentives.pool_yuan_per_week``.
        label: What people call it; empty = show the path.
        before: Value in the baseline, as printed; empty = not there.
        after: Value in the variant, as printed; empty = not there.
        unit: Its unit, as printed; empty = none.
    """

    path: str
    label: str
    before: str
    after: str
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class VariantStory:
    """One variant: what was changed and what came of it.

    Attributes:
        name: Its key in ``compare.json``.
        label: What people call it.
        changes: How many inputs and policies differ from the baseline.
        policies: What acts in it.
        inputs: Inputs that differ from the baseline.
        summary: ``{kpi: {...}}`` of the variant, as in ``summary.json``.
        series: What its figures are drawn from.
    """

    name: str
    label: str
    changes: int
    summary: Mapping[str, Mapping[str, Any]]
    series: Series
    policies: tuple[PolicyLine, ...] = ()
    inputs: tuple[InputChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why a variant differs from the baseline.

    Attributes:
        variant: Its key.
        parts: What each of its policies adds to the goal.
    """

    variant: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Swings:
    """How much single assumptions move the difference of a variant to the baseline.

    Attributes:
        variant: Its key.
        rows: One an assumption.
    """

    variant: str
    rows: tuple[Swing, ...]


@dataclass(frozen=True, kw_only=True)
class ComparisonStory:
    """Variants of one community, run through the same simulated futures.

    Attributes:
        question: Heads the page; empty = the standing question.
        name: The community, as people call it.
        members: Members at the start.
        days: Horizon in days.
        goal: Key of the KPI that decides.
        guards: Keys of the KPIs that must not suffer.
        baseline: Name of the variant that the others are compared with.
        variants: All variants, the baseline first.
        compared: ``compare.json`` as parsed.
        made: How it was made.
        budget: Yuan for the whole run; None = no limit.
        minutes: Staff minutes a week, all members of staff together; None = no limit named.
        max_replicates: Most simulated futures that the question may take.
        badge: Key of ``badge.*``.
        capacity: Places of all groups together; None = no limit worth drawing.
        start: Date of day 0.
        assumptions: What it rests on.
        notes: Warnings, already worded.
        reasons: What each policy adds, for the variants that were explained.
        swings: What assumptions do to the result, for the variants that were explained.
    """

    question: str
    name: str
    members: int
    days: int
    goal: str
    guards: tuple[str, ...]
    baseline: str
    variants: tuple[VariantStory, ...]
    compared: Mapping[str, Any]
    made: Made
    budget: float | None = None
    minutes: float | None = None
    max_replicates: int = 1000
    badge: str = "not_fitted"
    capacity: float | None = None
    start: dt.date | None = None
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: tuple[Reasons, ...] = ()
    swings: tuple[Swings, ...] = ()

    def label(self, name: str) -> str:
        """What people call a variant."""
        return next((one.label for one in self.variants if one.name == name), name)
