"""What is added to a verdict when it is true: trade-offs, price, payback, limits, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.metrics.registry import REGISTRY
from sim.report import differences, numbers
from sim.report.cases import (
    BETTER,
    HOLM,
    WORSE,
    Case,
    cases_of,
    entry_of,
    margin_of,
    payback_of,
    recounts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.cases import Case
    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.words import Words

OVERSPENT = 0.05
NOT_DONE = 0.05
SETS_DIFFER = 0.10


def riders_of(
    story: ComparisonStory,
    variant: VariantStory,
    cases: Mapping[str, Case],
    *,
    words: Words,
    whole: bool = False,
) -> tuple[str, ...]:
    """What goes with the verdict on one variant.

    Args:
        story: The comparison.
        variant: One that is not the baseline.
        cases: Case of the goal KPI by name of the variant.
        words: Language.
        whole: Everything; otherwise what a variant that is not the best one must be told of.

    Returns:
        Sentences.
    """
    case = cases[variant.name]
    if case.name == "none":
        return ()
    found = [
        _trade_off(story, variant, case, words),
        _hidden_win(story, variant, case, words),
        _payback(story, variant, case, words) if whole else "",
        _budget(story, variant, words),
        _minutes(variant, words),
    ]
    if whole:
        found += [_counted(story, variant, words), *_unknown(story, variant, words)]
    return tuple(text for text in found if text)


def hours_a_week(minutes: float, *, days: int) -> float:
    """Minutes of a whole run as hours a week."""
    return minutes / 60 * 7 / days


def price_line(story: ComparisonStory, variant: VariantStory, *, words: Words) -> str:
    """What a variant costs beside what it brings: money and time, and what it saves.

    Differences smaller than the margin of equivalence are no price. Empty if costs were not
    compared.
    """
    base, more, less, known = story.variants[0].summary, list[str](), list[str](), False
    for key, name in (("cost", "money"), ("owner_minutes", "time")):
        entry = entry_of(story, variant.name, key)
        delta = entry.get("delta")
        if delta is None:
            continue
        known = True
        if key == story.goal or abs(delta) < margin_of(key, base, which="eq"):
            continue
        text = _price_part(key, delta, entry, story, words)
        way, parts = ("price", more) if delta > 0 else ("saves", less)
        parts.append(words.say(f"compare.{way}_{name}", days=story.days, **{name: text}))
    if not known:
        return ""
    comma = "，" if words.lang == "zh" else ", "
    sentences = [words.say("compare.price", parts=comma.join(more))] if more else []
    if not more:
        sentences = [words.say("compare.price_nothing")]
    sentences += [words.say("compare.saves", parts=comma.join(less))] if less else []
    return ("" if words.lang == "zh" else " ").join(sentences)


def _price_part(
    key: str, delta: float, entry: Mapping[str, Any], story: ComparisonStory, words: Words
) -> str:
    if key == "cost":
        lo, hi = entry.get("lo"), entry.get("hi")
        half = (hi - lo) / 2 if lo is not None and hi is not None else None
        return numbers.money_words(abs(delta), words=words, half_width=half)
    return numbers.minutes(60 * hours_a_week(abs(delta), days=story.days), words=words)


def assumption_lines(
    story: ComparisonStory, variant: VariantStory, case: Case, *, words: Words
) -> tuple[str, ...]:
    """Whether the verdict on a variant holds if assumptions are off; empty where nobody tried."""
    tried = story.compared.get("assumptions") or {}
    sets, ahead = tried.get("sets") or 0, (tried.get("ahead") or {}).get(variant.name)
    if not sets or ahead is None:
        return ()
    better, worse = case.name in BETTER, case.name in WORSE
    differ = (sets - ahead) / sets if better else ahead / sets
    values: dict[str, Any] = {"v": variant.label, "m": sets}
    if differ > SETS_DIFFER or not (better or worse):
        lines = [words.say("rider.assumptions", k=ahead, m=sets)]
    elif better:
        lines = [words.say("compare.ahead", k=ahead, **values)]
    else:
        lines = [words.say("compare.behind", k=sets - ahead, **values)]
    points = (tried.get("turning") or {}).get(variant.name) or ()
    if points and (better or worse):
        turning = words.say("compare.or").join(_turning(story, one, words) for one in points)
        key = "compare.falls_behind" if better else "compare.gets_ahead"
        lines.append(words.say(key, turning=turning, b=story.variants[0].label))
    return tuple(lines)


def _turning(story: ComparisonStory, point: Mapping[str, Any], words: Words) -> str:
    from sim.report.numbers import plain_value

    about = next((one for one in story.assumptions if one.path == point["path"]), None)
    unit = about.unit if about and about.unit not in ("", "1") else ""
    value, default = (
        plain_value(float(f"{point[name]:.3g}")) + (f" {unit}" if unit else "")
        for name in ("value", "default")
    )
    name = about.meaning if about and about.meaning else point["path"]
    key = "compare.turning_below" if point.get("below") else "compare.turning_above"
    return words.say(key, name=name, value=value, default=default)


def _moved(
    story: ComparisonStory, variant: VariantStory, *, better: bool
) -> list[tuple[str, Case]]:
    """Guards that are better, or worse, by more than is worth acting on.

    That many guards are looked at is allowed for: where a p-value adjusted after Holm is there, it
    decides beside the interval.
    """
    found = []
    for key in story.guards:
        if key not in REGISTRY or key == story.goal:
            continue
        case = cases_of(story, key)[variant.name]
        wanted = BETTER if better else WORSE
        adjusted = entry_of(story, variant.name, key).get("p_holm")
        sure = adjusted is None or adjusted < HOLM
        margin = margin_of(key, story.variants[0].summary)
        if case.name in wanted and sure and abs(case.delta) >= margin > 0:
            found.append((key, case))
    return found


def _changes(moved: Sequence[tuple[str, Case]], words: Words) -> str:
    texts = [
        differences.change(case.delta, key, words=words, half_width=case.half_width)
        for key, case in moved
    ]
    return differences.listing(texts, words=words)


def _trade_off(story: ComparisonStory, variant: VariantStory, case: Case, words: Words) -> str:
    lost = _moved(story, variant, better=False) if case.name in BETTER else []
    if not lost:
        return ""
    guards = differences.listing([words.kpi(key) for key, _ in lost], words=words)
    gain = _changes([(story.goal, case)], words)
    return words.say("rider.trade_off", gain=gain, loss=_changes(lost, words), guard=guards)


def _hidden_win(story: ComparisonStory, variant: VariantStory, case: Case, words: Words) -> str:
    won = _moved(story, variant, better=True) if case.name in WORSE | {"same"} else []
    if not won:
        return ""
    return words.say("rider.hidden_win", kpi=words.kpi(story.goal), gain=_changes(won, words))


def _payback(story: ComparisonStory, variant: VariantStory, case: Case, words: Words) -> str:
    entry, goal = payback_of(story, variant.name), REGISTRY.get(story.goal)
    if goal is None or goal.unit != "yuan" or not entry.get("n"):
        return ""
    never, day = entry.get("never") or 0.0, entry.get("p50")
    if case.name == "same" and (day is None or day <= 0):
        return ""  # nothing was put in that could come back
    values: dict[str, Any] = {"days": story.days}
    if never >= 1:
        return words.say("rider.payback_never", **values)
    if day is not None:
        values["day"] = round(day)
    if never <= 0:
        key = "rider.payback_all" if day else "rider.payback_all_at_once"
        return words.say(key, **values)
    values["often"], values["total"] = differences.times(1 - never, n=entry["n"], words=words)
    values["seldom"] = differences.times(never, n=entry["n"], words=words)[0].strip()
    if day is None:
        return words.say("rider.payback_seldom", **values)
    return words.say("rider.payback" if day else "rider.payback_at_once", **values)


def _budget(story: ComparisonStory, variant: VariantStory, words: Words) -> str:
    if story.budget is None or variant.series.cost.size == 0:
        return ""
    spent = variant.series.cost.sum(axis=1)
    over = float((spent > story.budget).mean())
    if over <= OVERSPENT:
        return ""
    often, total = differences.times(over, n=len(spent), words=words)
    return words.say("rider.budget", often=often, total=total)


def _minutes(variant: VariantStory, words: Words) -> str:
    done, left = (
        (variant.summary.get(key) or {}).get("mean") or 0.0
        for key in ("owner_minutes", "work_not_done_minutes")
    )
    if left <= NOT_DONE * (done + left):
        return ""
    return words.say("rider.minutes", h=numbers.minutes(left, words=words))


def _counted(story: ComparisonStory, variant: VariantStory, words: Words) -> str:
    """That rates moved by arithmetic, where members were removed or counted otherwise."""
    if not recounts(variant):
        return ""
    moved = [key for key in story.guards if key in REGISTRY and REGISTRY[key].pruning]
    removes = any(line.use.partition("#")[0] == "pruning" for line in variant.policies)
    rose = [
        key
        for key in moved
        if REGISTRY[key].pruning > 0 and (entry_of(story, variant.name, key).get("delta") or 0) > 0
    ]
    if removes and rose:
        return words.say("rider.pruning")
    if not moved:
        return ""
    names = differences.listing([words.kpi(key) for key in moved], words=words)
    return words.say("rider.counted", kpi=names[0].upper() + names[1:])


def _unknown(story: ComparisonStory, variant: VariantStory, words: Words) -> list[str]:
    """Which of its own policies nobody has measured."""
    from sim.policies.registry import policy_class

    base = {line.use.partition("#")[0] for line in story.variants[0].policies}
    names = []
    for use in dict.fromkeys(line.use.partition("#")[0] for line in variant.policies):
        if use in base:
            continue
        try:
            measured = policy_class(use).measured
        except UserError:
            continue  # a policy from elsewhere that is not installed here
        names += [] if measured else [words.policy(use)]
    if not names:
        return []
    named = differences.listing(names, words=words)
    if sets := (story.compared.get("assumptions") or {}).get("sets"):
        return [words.say("rider.unknown_effect_tried", policy=named, m=sets)]
    return [words.say("rider.unknown_effect", policy=named)]
