"""The verdict of a comparison in sentences: which variant is best, how sure, at what price."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.report import differences, numbers
from sim.report.cases import (
    BETTER,
    FEWEST_FOR_RANGE,
    PROBABLE,
    Case,
    cases_of,
    entry_of,
    pruned_goal,
)
from sim.report.riders import assumption_lines, price_line, riders_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.words import Words


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The verdict in sentences; those of one language.

    Attributes:
        best: Name of the best variant; empty without a verdict.
        cases: Case of the goal KPI by name of the variant.
        lead: What heads everything: the best variant, those as good, what goes with it.
        price: What the best variant costs beside what it brings; empty without one.
        others: One line for each other variant, the best of them first.
        assumptions: Whether it holds if the assumptions are off; empty where nobody tried.
    """

    best: str
    cases: Mapping[str, Case] = field(default_factory=dict)
    lead: tuple[str, ...] = ()
    price: str = ""
    others: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """Everything but the assumptions, in the order in which it is read."""
        return (*self.lead, *([self.price] if self.price else []), *self.others)


def verdict_of(story: ComparisonStory, *, words: Words) -> Verdict:
    """The verdict of a comparison.

    Args:
        story: The comparison.
        words: Language.

    Returns:
        Sentences that can be read aloud as they stand.
    """
    cases = cases_of(story, story.goal)
    if pruned_goal(story):
        cases = dict.fromkeys(cases, Case(name="none", reason="removed"))
    told = sorted(
        (one for one in story.variants[1:] if cases[one.name].name != "none"),
        key=lambda one: cases[one.name].good,
        reverse=True,
    )
    mute = [one for one in story.variants[1:] if cases[one.name].name == "none"]
    speaker = _Speaker(story, cases, words)
    if not told:
        reasons = dict.fromkeys(speaker.reason(cases[one.name]) for one in mute)
        lead = tuple(words.say("case.none", reason=reason) for reason in reasons)
        return Verdict(best="", cases=cases, lead=lead)
    best, rest = told[0], told[1:] + mute
    if cases[best.name].name not in BETTER and len(told) > 1:
        lines = [speaker.short(one, riders_of(story, one, cases, words=words)) for one in told]
        others = (*lines, *(speaker.short(one) for one in mute))
        return Verdict(
            best=best.name, cases=cases, lead=(speaker.none_better(told),), others=others,
            assumptions=assumption_lines(story, best, cases[best.name], words=words),
        )  # fmt: skip
    tied = speaker.tied(told)
    lead = (
        speaker.full(best),
        *([tied] if tied else []),
        *riders_of(story, best, cases, words=words, whole=True),
    )
    return Verdict(
        best=best.name,
        cases=cases,
        lead=lead,
        price=price_line(story, best, words=words),
        others=tuple(speaker.short(one, riders_of(story, one, cases, words=words)) for one in rest),
        assumptions=assumption_lines(story, best, cases[best.name], words=words),
    )


class _Speaker:
    """Sentences about the goal of one comparison."""

    def __init__(self, story: ComparisonStory, cases: Mapping[str, Case], words: Words) -> None:
        self._story, self._cases, self._words = story, cases, words
        self._base = story.variants[0].label

    def full(self, variant: VariantStory) -> str:
        """The sentence about the best variant."""
        case, words, goal = self._cases[variant.name], self._words, self._story.goal
        values = self._values(variant)
        if case.name == "same":
            values["d"] = differences.difference(
                case.delta, goal, words=words, half_width=case.half_width
            )
            values["h"] = differences.size(
                case.half_width, goal, words=words, half_width=case.half_width, short=True
            )
        if case.name == "unclear":
            key = "case.unclear_luck" if case.more is None else "case.unclear_more"
        elif case.name == "better_on_average" and case.share < 1 - PROBABLE:
            key = "case.better_by_few"
        else:
            key = f"case.{case.name}"
        return words.say(key, **values)

    def short(self, variant: VariantStory, riders: tuple[str, ...] = ()) -> str:
        """One line about another variant, with what goes with it."""
        case, words = self._cases[variant.name], self._words
        if case.name == "none":
            text = words.say("compare.short_none", v=variant.label, reason=self.reason(case))
        elif case.name == "same" and self._base == words.say("word.as_now"):
            text = words.say("compare.short_same_now", v=variant.label)
        else:
            text = words.say(f"compare.short_{case.name}", **self._values(variant))
        return join((text, *riders), words=words)

    def reason(self, case: Case) -> str:
        """Why there is no verdict."""
        story, words = self._story, self._words
        return words.say(
            f"case.none_{case.reason}", kpi=words.kpi(story.goal),
            percent=numbers.share(self._undefined(), words=words),
        )  # fmt: skip

    def none_better(self, told: list[VariantStory]) -> str:
        """That nothing beats the baseline."""
        words = self._words
        if any(self._cases[one.name].name == "unclear" for one in told):
            return words.say("choice.none_seen", n=len(told), b=self._base)
        key = "choice.none_of" if self._story.variants[0].policies else "choice.none"
        return words.say(key, n=len(told), b=self._base)

    def tied(self, told: list[VariantStory]) -> str:
        """Which other better variants the best one cannot be told from; empty if there are none.

        The best one's interval covers their means: conservative, since differences between two
        variants of the same futures are known better than that.
        """
        best = self._cases[told[0].name]
        names = [
            self._words.quote(one.label)
            for one in told
            if self._cases[one.name].name in BETTER
            and best.low <= self._cases[one.name].delta <= best.high
        ]
        if best.name not in BETTER or len(names) < 2:
            return ""
        names_text = differences.listing(names, words=self._words)
        return self._words.say("choice.tied", names=names_text, b=self._base)

    def _values(self, variant: VariantStory) -> dict[str, Any]:
        case, words, goal = self._cases[variant.name], self._words, self._story.goal
        better = case.good > 0
        asked = case.share if better or case.name == "worse_on_average" else 1 - case.share
        often, total = differences.times(asked, n=case.n, words=words)
        lo, hi = differences.ends(
            case.low, case.high, goal, words=words, half_width=case.half_width
        )
        return {
            "v": variant.label,
            "b": self._base,
            "kpi": words.kpi(goal),
            "gain": differences.gain(case.delta, goal, words=words, half_width=case.half_width),
            "comp": differences.single_future(case.delta, goal, better=better, words=words),
            "often": often,
            "total": total,
            "lo": lo,
            "hi": hi,
            "n": numbers.count(case.more, words=words),
            "usually": self._usually(variant),
        }

    def _usually(self, variant: VariantStory) -> str:
        """What one future may bring; empty under twenty pairs or where it is not known."""
        entry = entry_of(self._story, variant.name, self._story.goal)
        low, high = entry.get("d05"), entry.get("d95")
        if low is None or high is None or self._cases[variant.name].n < FEWEST_FOR_RANGE:
            return ""
        ends = differences.ends_in_words(low, high, self._story.goal, words=self._words)
        return self._words.say("case.usually", low=ends[0], high=ends[1])

    def _undefined(self) -> float:
        """Share of futures in which the goal is undefined, of the variant that has most."""
        pairs = self._story.compared.get("pairs") or 1
        counts = [
            entry_of(self._story, one.name, self._story.goal).get("n") or 0
            for one in self._story.variants[1:]
        ]
        return 1 - min(counts, default=0) / pairs


def join(sentences: Sequence[str], *, words: Words) -> str:
    """Sentences as one paragraph."""
    return ("" if words.lang == "zh" else " ").join(sentences)
