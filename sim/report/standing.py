"""How the variants of a comparison stand beside each other: numbers for its tables and tiles.

What the verdict says in sentences is in ``sim.report.verdict``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.cases import payback_of, recounts
from sim.report.differences import difference, ends, times
from sim.report.riders import hours_a_week

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.report.verdict import Verdict
    from sim.words import Words

FEWEST_FOR_RANGE = 20
"""With fewer pairs no 5th or 95th percentile is shown to people."""


def best_of(story: ComparisonStory, verdict: Verdict) -> VariantStory:
    """The variant that heads the verdict; without a verdict the first that is compared."""
    others = story.variants[1:]
    return next((one for one in others if one.name == verdict.best), others[0])


def moved_by_arithmetic(story: ComparisonStory, kpi: str) -> bool:
    """Whether a KPI moves here because of who is counted, though nobody does anything."""
    from sim.metrics import REGISTRY

    return kpi in REGISTRY and REGISTRY[kpi].pruning != 0 and any(map(recounts, story.variants))


def label_of(story: ComparisonStory, kpi: str, *, words: Words) -> str:
    """A KPI's name in a table; with ``✂`` where it moved by arithmetic."""
    label = words.say("report.staff_week") if kpi == "owner_minutes" else words.kpi(kpi)
    return f"{label} ✂" if moved_by_arithmetic(story, kpi) else label


def level_text(story: ComparisonStory, variant: VariantStory, kpi: str, *, words: Words) -> str:
    """The mean of a KPI in a variant, its middle where it has none; staff time as hours a week."""
    entry = variant.summary.get(kpi, {})
    mean, low, middle, high = (entry.get(name) for name in ("mean", "p05", "p50", "p95"))
    level = middle if mean is None else mean
    if level is None:
        return words.say("verdict.never") if entry.get("never") else numbers.UNDEFINED
    if kpi == "owner_minutes":
        return _hours(level, story, words)
    half = None if low is None or high is None else (high - low) / 2
    return numbers.kpi(level, kpi, words=words, half_width=half)


def delta_text(story: ComparisonStory, entry: Mapping[str, Any], kpi: str, *, words: Words) -> str:
    """The mean difference, as exact as its interval allows, or why there is none."""
    if (delta := entry.get("delta")) is None:
        why = entry.get("why")
        return words.say(f"report.no_delta_{why}") if why else numbers.UNDEFINED
    if kpi == "owner_minutes":
        return _hours(delta, story, words, sign=True)
    low, high = entry.get("lo"), entry.get("hi")
    half = None if low is None or high is None else (high - low) / 2
    return difference(delta, kpi, words=words, half_width=half)


def ends_text(
    story: ComparisonStory, low: float | None, high: float | None, kpi: str, *, words: Words
) -> str:
    """Both ends of a range of differences, in the unit of the larger."""
    if low is None or high is None:
        return numbers.UNDEFINED
    if kpi == "owner_minutes":
        both = [_hours(end, story, words, sign=True) for end in (low, high)]
        return numbers.span(both[0], both[1], words=words)
    return numbers.span(
        *ends(low, high, kpi, words=words, half_width=(high - low) / 2), words=words
    )


def usual_text(story: ComparisonStory, entry: Mapping[str, Any], kpi: str, *, words: Words) -> str:
    """What one future may bring, 90 of 100; a dash where too few were compared."""
    if (entry.get("n") or 0) < FEWEST_FOR_RANGE:
        return numbers.UNDEFINED
    return ends_text(story, entry.get("d05"), entry.get("d95"), kpi, words=words)


def chance_text(share: float | None, *, n: int) -> str:
    """In how many futures: ``88/100``, ``>99/100``; of fewer than 50 pairs ``27/30``."""
    text = numbers.of_100(share, n=n)
    return text if "/" in text or text == numbers.UNDEFINED else f"{text}/100"


def _hours(minutes: float, story: ComparisonStory, words: Words, *, sign: bool = False) -> str:
    """Minutes of a whole run as hours a week: ``3.5 h``, ``+0.2 小时``."""
    text = f"{hours_a_week(minutes, days=story.days):{'+' if sign else ''}.1f}"
    return f"{text.lstrip('+-') if not text.strip('+-0.') else text} {words.say('report.hours')}"


def payback_text(story: ComparisonStory, variant: str, *, words: Words) -> tuple[str, str]:
    """When a variant pays for itself, and in how many futures.

    Returns:
        The day (or ``never``, or a dash where it is not known), and in how many futures.
    """
    entry = payback_of(story, variant)
    if not (n := int(entry.get("n") or 0)):
        return numbers.UNDEFINED, ""
    paid = 1 - (entry.get("never") or 0.0)
    x, total = times(paid, n=n, words=words)
    chance = words.say("report.tile_paid", x=x, n=total) if paid > 0 else ""
    if (day := entry.get("p50")) is None:
        return words.say("verdict.never_pays"), chance
    return words.say("compare.at_once") if day <= 0 else numbers.day(day, words=words), chance
