"""What can be said of a difference between two variants, by rules that everybody can repeat.

Margins and directions are those of the KPI registry. Two questions are never mixed: is it better on
average (the interval of the mean), and will it be better for one group (the share of futures).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sim.metrics.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import TypeIs

    from sim.metrics.kpi import Kpi
    from sim.report.comparison_story import ComparisonStory, VariantStory

Name = Literal[
    "none", "same", "clearly_better", "probably_better", "better_on_average", "clearly_worse",
    "probably_worse", "worse_on_average", "unclear",
]  # fmt: skip
Reason = Literal["", "few", "undefined", "never", "neutral", "removed"]
Mark = Literal["better", "worse", "same", "unclear", ""]

BETTER: frozenset[str] = frozenset({"clearly_better", "probably_better", "better_on_average"})
WORSE: frozenset[str] = frozenset({"clearly_worse", "probably_worse", "worse_on_average"})

FEWEST_PAIRS = 10
FEWEST_FOR_RANGE = 20
MOST_UNDEFINED = 0.20
VERY_LIKELY, PROBABLE = 0.90, 0.66
HOLM = 0.05
_ROUNDED = 1e-9  # 1 - 0.66 is a little more than 0.34


@dataclass(frozen=True, kw_only=True)
class Case:
    """What can be said of one variant and one KPI.

    Attributes:
        name: The first case that applies.
        delta: Mean paired difference, raw sign, in the KPI's unit.
        low: Lower end of its 95 % interval.
        high: Upper end.
        share: Share of pairs in which the variant is better.
        n: Pairs in which both sides are defined.
        direction: +1 if higher is better, -1 if lower is, 0 if neither.
        more: Further pairs that would decide an unclear case; None = more do not help.
        reason: Why there is no verdict.
    """

    name: Name
    delta: float = math.nan
    low: float = math.nan
    high: float = math.nan
    share: float = 0.5
    n: int = 0
    direction: int = 1
    more: int | None = None
    reason: Reason = ""

    @property
    def good(self) -> float:
        """Mean difference in the good direction."""
        return self.direction * self.delta

    @property
    def half_width(self) -> float:
        """Half of the interval of the mean."""
        return (self.high - self.low) / 2


def case_of(
    entry: Mapping[str, Any],
    *,
    kpi: str,
    margin: float,
    undefined_share: float,
    max_replicates: int,
    pairs: int,
) -> Case:
    """The first case that applies to the difference of a variant and the baseline.

    Args:
        entry: ``{"delta", "lo", "hi", "p_better", "n", "why", ...}`` of one variant and KPI.
        kpi: Key of the KPI; its direction decides what is good.
        margin: Smallest difference worth acting on (``act``), > 0, in the KPI's unit.
        undefined_share: Share of pairs in which either side is undefined, 0 to 1.
        max_replicates: Most pairs that the question may take.
        pairs: Pairs done.

    Returns:
        Exactly one case, whatever the numbers.
    """
    if pairs < FEWEST_PAIRS or entry.get("why") == "few":
        return Case(name="none", reason="few")
    values = [entry.get(name) for name in ("delta", "lo", "hi", "p_better")]
    if undefined_share > MOST_UNDEFINED or not all(map(_finite, values)):
        reason: Reason = "never" if entry.get("why") == "never" else "undefined"
        return Case(name="none", reason=reason)
    direction = REGISTRY[kpi].direction if kpi in REGISTRY else 0
    if direction == 0:
        return Case(name="none", reason="neutral", direction=0)
    delta, lo, hi, share = (float(value) for value in values if value is not None)
    low, high = sorted((direction * lo, direction * hi))
    good, name = direction * delta, _name(direction * delta, low, high, share, margin)
    more = None
    if name == "unclear":
        needed = _needed(abs(good), (high - low) / 2, margin, pairs)
        more = needed if pairs + needed <= max_replicates else None
    return Case(
        name=name, delta=delta, low=min(lo, hi), high=max(lo, hi), share=share,
        n=int(entry.get("n") or pairs), direction=direction, more=more,
    )  # fmt: skip


def mark_of(case: Case) -> Mark:
    """The word that stands beside a difference in a table; empty where nothing is judged."""
    if case.name in BETTER:
        return "better"
    if case.name in WORSE:
        return "worse"
    if case.name == "none":
        return ""
    return "same" if case.name == "same" else "unclear"


def _name(good: float, low: float, high: float, share: float, margin: float) -> Name:
    if -margin < low and high < margin:
        return "same"
    if low > 0:
        if good >= margin and share >= VERY_LIKELY - _ROUNDED:
            return "clearly_better"
        return "probably_better" if share >= PROBABLE - _ROUNDED else "better_on_average"
    if high < 0:
        if good <= -margin and share <= 1 - VERY_LIKELY + _ROUNDED:
            return "clearly_worse"
        return "probably_worse" if share <= 1 - PROBABLE + _ROUNDED else "worse_on_average"
    return "unclear"


def _needed(size: float, half_width: float, margin: float, pairs: int) -> int:
    """Further pairs until the interval is as narrow as the difference or the margin, at least 1.

    The interval of n pairs is 1.96 sd / sqrt(n) wide on either side, so that ``pairs`` times
    ``(half_width / target)**2`` pairs bring it to the target.
    """
    needed = pairs * (half_width / max(size, margin)) ** 2 - pairs
    if needed < 1:  # narrower than the margin, but neither within it nor clear of zero
        needed = pairs * (half_width / max(size, margin - size)) ** 2 - pairs
    if not math.isfinite(needed):
        return 10**9
    needed = max(needed, 1.0)
    step = 10.0 ** max(0, math.floor(math.log10(needed)) - 1)  # two digits are all it is worth
    return int(math.ceil(needed / step) * step)


def margin_of(key: str, baseline: Mapping[str, Mapping[str, Any]], *, which: str = "act") -> float:
    """A margin of a KPI in its own unit, for a baseline.

    Args:
        key: Key of the KPI.
        baseline: Summary of the baseline, ``{kpi: {"mean", ...}}``.
        which: ``act`` = worth acting on, ``eq`` = equivalent.

    Returns:
        The margin; 0 where the KPI has none.
    """
    kpi: Kpi | None = REGISTRY.get(key)
    margin = getattr(kpi.margins, which) if kpi else None
    if margin is None:
        return 0.0
    size: float = margin.size(_mean(baseline, key), revenue=_mean(baseline, "revenue"))
    return size


def cases_of(story: ComparisonStory, key: str) -> dict[str, Case]:
    """The case of every variant but the baseline for one KPI, by name of the variant."""
    base = story.variants[0].summary
    pairs = int(story.compared.get("pairs") or 0)
    stop = story.compared.get("stop") or {}
    most = pairs if stop.get("reason") == "maximum" else story.max_replicates
    margin = margin_of(key, base)
    cases = {}
    for variant in story.variants[1:]:
        entry = entry_of(story, variant.name, key)
        undefined = 1 - (entry.get("n") or 0) / pairs if pairs else 1.0
        cases[variant.name] = case_of(
            entry, kpi=key, margin=margin, undefined_share=undefined, max_replicates=most,
            pairs=pairs,
        )  # fmt: skip
    return cases


def entry_of(story: ComparisonStory, name: str, key: str) -> Mapping[str, Any]:
    """The differences of one variant and KPI as compared; empty if they are not there."""
    return _clean(story.compared.get("variants", {}).get(name, {}).get(key))


def payback_of(story: ComparisonStory, name: str) -> Mapping[str, Any]:
    """When one variant pays for itself, as compared; empty if that is not known."""
    return _clean((story.compared.get("payback") or {}).get(name))


def _clean(entry: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """An entry without numbers that are none."""
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in (entry or {}).items()
    }


def pruned_goal(story: ComparisonStory) -> bool:
    """Whether the goal moves by arithmetic because a variant removes members."""
    kpi = REGISTRY.get(story.goal)
    return bool(kpi and kpi.pruning) and any(map(recounts, story.variants))


def recounts(variant: VariantStory) -> bool:
    """Whether a variant changes who is counted: removes members, splits groups, bars entry."""
    uses = {line.use.partition("#")[0] for line in variant.policies}
    return bool(uses & {"pruning", "split", "entry_threshold"})


def _mean(summary: Mapping[str, Mapping[str, Any]], key: str) -> float:
    entry = summary.get(key) or {}
    for name in ("mean", "p50"):
        if _finite(value := entry.get(name)):
            return float(value)
    return 0.0


def _finite(value: Any) -> TypeIs[float]:
    return isinstance(value, (int, float)) and math.isfinite(value)
