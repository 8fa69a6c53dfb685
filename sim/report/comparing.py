"""What the terminal shows of a comparison: variants, verdict, table, assumptions, what next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.metrics.registry import REGISTRY
from sim.report import numbers
from sim.report.cases import FEWEST_FOR_RANGE, recounts
from sim.report.comparison_table import UNDEFINED, comparison_rows, comparison_table
from sim.report.policy_lines import settings_said
from sim.report.terminal import COLUMNS, headline, labelled, next_lines
from sim.report.verdict import join, verdict_of
from sim.words.typography import fold, pad, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.comparison_story import ComparisonStory, InputChange, VariantStory
    from sim.report.policy_lines import PolicyLine
    from sim.words import Words

_NAME = 20  # columns: where a variant has a longer name, names stand alone
_GAP = "  "
_SHOWN = 2  # policies of the baseline that are listed; more are its everyday life


def comparison_lines(
    story: ComparisonStory,
    *,
    words: Words,
    report: str,
    next_commands: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """The result of ``qunsim compare``.

    Args:
        story: The comparison.
        words: Language.
        report: Path of the report, if one was written.
        next_commands: Commands that can be pasted, each with what it is good for.

    Returns:
        Lines of at most 80 columns (a path or command that is longer stays whole).
    """
    verdict = verdict_of(story, words=words)
    lines = headline(story.question or words.say("compare.question"), words.badge(story.badge))
    lines += fold(facts_line(story, words=words), COLUMNS)
    for variant in story.variants:
        lines += _variant_lines(variant, story, words)
    paragraphs = [join(verdict.lead, words=words), verdict.price, *verdict.others]
    lines += ["", *labelled(words.say("compare.verdict"), paragraphs), ""]
    rows = comparison_rows(story, words=words)
    lines += comparison_table(rows, story, best=verdict.best, words=words)
    lines += _foot_lines(story, words)
    if verdict.assumptions:
        lines += ["", *fold(join(verdict.assumptions, words=words), COLUMNS)]
    return lines + next_lines(report, next_commands, words)


def progress_extra(reached: float | None, asked: float | None, *, words: Words) -> str:
    """What the line of progress adds: ``known to 5.9 % (asked 5 %)``; empty before it is known.

    Args:
        reached: Half-width of the goal's difference, as a share of the baseline's goal.
        asked: Half-width that the experiment asks for, likewise.
        words: Language.
    """
    if reached is None or asked is None or not (0 <= reached < 100):
        return ""
    texts = (_short_share(value, words) for value in (reached, asked))
    return words.say("progress.precision", **dict(zip(("reached", "asked"), texts, strict=True)))


def facts_line(story: ComparisonStory, *, words: Words) -> str:
    """Community, members, days, limits and goal in one line."""
    members = numbers.count(story.members, words=words)
    parts = [words.say("compare.facts", name=story.name, members=members, days=story.days)]
    if story.budget is not None:
        money = numbers.money_chosen(story.budget, words=words)
        parts.append(words.say("compare.facts_budget", money=money))
    if story.minutes is not None:
        time = numbers.minutes(story.minutes, words=words)
        parts.append(words.say("compare.facts_minutes", time=time))
    parts.append(words.say("compare.facts_goal", kpi=words.kpi(story.goal)))
    return ("，" if words.lang == "zh" else ", ").join(parts)


def _variant_lines(variant: VariantStory, story: ComparisonStory, words: Words) -> list[str]:
    """Name, what is done, how many changes; where a name is long, all names stand alone."""
    changes = ""
    if variant.changes:
        key = "compare.change" if variant.changes == 1 else "compare.changes"
        changes = words.say(key, count=variant.changes)
    column = max(width(one.label) for one in story.variants)
    head = f"{_GAP}{pad(variant.label, column)}{_GAP}"
    lines: list[str] = []
    if column > _NAME:
        head = _GAP * 2
        lines = [_GAP + line for line in fold(variant.label, COLUMNS - 2)]
    room = COLUMNS - width(head) - (width(changes) + 2 if changes else 0)
    first, *more = fold(_what(variant, story, words), room)
    beginning = pad(head + first, COLUMNS - width(changes)) + changes
    return [*lines, beginning.rstrip(), *(" " * width(head) + line for line in more)]


def _what(variant: VariantStory, story: ComparisonStory, words: Words) -> str:
    """In what a variant differs from the baseline, in one line."""
    base = story.variants[0]
    if variant is base and not variant.policies:
        return words.say("compare.nothing_added")
    if variant is base and len(base.policies) > _SHOWN:
        return words.say("compare.base_policies", count=len(base.policies))
    own = [line for line in variant.policies if variant is base or line not in base.policies]
    parts = [policy_said(line, words) for line in own]
    kept = {line.use for line in variant.policies}
    gone = [line.use for line in base.policies if line.use not in kept]
    parts += [words.say("compare.without", policy=words.policy(use)) for use in gone]
    parts += [
        words.say(
            "compare.input",
            name=change.label or change.path,
            after=_with_unit(_value(change, change.after, words), change.unit),
            before=_value(change, change.before, words) or UNDEFINED,
        )
        for change in variant.inputs
    ]
    if not parts:
        return words.say("compare.nothing_changed")
    return ("；" if words.lang == "zh" else "; ").join(parts)


def policy_said(line: PolicyLine, words: Words) -> str:
    """A policy with what was set for it, from when and how often."""
    written = settings_said(line, words=words, only=line.written)
    name = words.policy(line.use)
    if written:
        name = words.say("compare.policy", policy=name, settings=words.join(written))
    start = words.say("compare.from_day", day=line.start) if line.start > 0 else ""
    if words.lang == "zh":
        return "，".join(part for part in (name, start + line.rhythm) if part)
    return " ".join(part for part in (name, line.rhythm, start) if part)


def _value(change: InputChange, text: str, words: Words) -> str:
    """A value as it is written; a platform has a name."""
    key = f"platform.{text}"
    return words.say(key) if change.path == "platform" and words.has(key) else text


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if text and unit else text or UNDEFINED


def _short_share(value: float, words: Words) -> str:
    return f"{100 * value:.2g}" + ("%" if words.lang == "zh" else " %")


def _foot_lines(story: ComparisonStory, words: Words) -> list[str]:
    pairs = int(story.compared.get("pairs") or 0)
    key = "compare.futures" if pairs >= FEWEST_FOR_RANGE else "compare.futures_plain"
    texts = [words.say(key, futures=pairs)]
    if any(map(recounts, story.variants)) and any(
        REGISTRY[key].pruning for key in (story.goal, *story.guards) if key in REGISTRY
    ):
        texts.append(words.say("compare.counted_otherwise"))
    label = words.say("warning.label") + ("：" if words.lang == "zh" else ": ")
    stop = story.compared.get("stop") or {}
    reached, asked = stop.get("reached"), stop.get("asked")
    if stop.get("reason") == "maximum" and reached is not None and asked is not None:
        shares = {"reached": _short_share(reached, words), "asked": _short_share(asked, words)}
        texts.append(label + words.say("warning.few", **shares))
    texts += [label + note for note in story.notes]
    return ["", *(line for text in texts for line in fold(text, COLUMNS, indent="  "))]
