"""What was changed: inputs unlike the baseline, policies and when they act, work not done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.figures import draw_calendar
from sim.report.page import Picture, Prose, Section, Table
from sim.report.parts import policies_table

if TYPE_CHECKING:
    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.report.page import Block
    from sim.report.policy_lines import PolicyLine
    from sim.words import Words

_MINUTES_FLOOR = 30.0  # less planned work undone is nothing
_MONEY_FLOOR = 1.0  # yuan, likewise


def changes_section(story: ComparisonStory, *, words: Words) -> Section:
    """The section of the page: differences only, then the policies of each variant."""
    blocks: list[Block] = []
    inputs = [(variant, change) for variant in story.variants for change in variant.inputs]
    if inputs:
        names = ("report.variant", "report.parameter", "report.before", "report.after",
                 "report.unit")  # fmt: skip
        rows = tuple(
            (
                variant.label, change.label or change.path, change.before or numbers.UNDEFINED,
                change.after or numbers.UNDEFINED, change.unit,
            )
            for variant, change in inputs
        )  # fmt: skip
        blocks.append(
            Table(tuple(map(words.say, names)), rows, right=frozenset({2, 3}), note=_others(
                {change.path for _, change in inputs}, words,
            ))
        )  # fmt: skip
    shared, own = _own_policies(story)
    if any(own.values()):
        figure = draw_calendar(own, days=story.days, words=words, start=story.start)
        blocks.append(Picture("calendar", figure))
    for variant in story.variants[1:]:
        blocks += _policies(story, variant, own[variant.label], words)
    if not blocks:
        blocks.append(Prose((words.say("report.nothing_differs"),)))
    if shared:
        title = words.say("report.policies_shared", count=len(shared))
        blocks.append(replace(policies_table(shared, words=words), folded=title))
    if undone := _undone(story, words):
        blocks.append(undone)
    return Section(words.say("report.changed"), tuple(blocks))


def _own_policies(
    story: ComparisonStory,
) -> tuple[list[PolicyLine], dict[str, list[PolicyLine]]]:
    """Policies of all variants, and by variant those that not all have."""
    everywhere = set.intersection(*(set(map(_alike, one.policies)) for one in story.variants))
    shared = [line for line in story.variants[0].policies if _alike(line) in everywhere]
    own = {
        one.label: [_alike(line) for line in one.policies if _alike(line) not in everywhere]
        for one in story.variants
    }
    return shared, own


def _alike(line: PolicyLine) -> PolicyLine:
    """The policy without its number, which says only how many of its kind stand before it."""
    return replace(line, use=line.use.partition("#")[0])


def _policies(
    story: ComparisonStory, variant: VariantStory, own: list[PolicyLine], words: Words
) -> list[Block]:
    """What a variant adds to the baseline, and what it leaves out."""
    base, mine = (
        set(map(_alike, lines)) for lines in (story.variants[0].policies, variant.policies)
    )
    added = [line for line in own if line not in base]
    gone = [line for line in story.variants[0].policies if _alike(line) not in mine]
    blocks: list[Block] = []
    for key, lines in (("report.policies_of", added), ("report.policies_gone", gone)):
        if lines:
            name = words.say(key, v=words.quote(variant.label))
            blocks += [Prose((name,)), policies_table(lines, words=words)]
    return blocks


def _others(changed: set[str], words: Words) -> str:
    """How many inputs are equal in all variants."""
    from sim.parameters import by_path

    return words.say("report.others_equal", count=len(by_path().keys() - changed))


def _undone(story: ComparisonStory, words: Words) -> Table | None:
    """Planned work and spending that did not happen, by variant."""
    rows = []
    for variant in story.variants:
        minutes, money = (
            variant.summary.get(f"work_not_done_{name}", {}).get("mean") or 0.0
            for name in ("minutes", "money")
        )
        if minutes >= _MINUTES_FLOOR or money >= _MONEY_FLOOR:
            rows.append(
                (
                    variant.label, numbers.minutes(minutes, words=words),
                    numbers.money(money, words=words, half_width=money / 5),
                )
            )  # fmt: skip
    names = ("report.variant", "report.undone_time", "report.undone_money")
    header = tuple(map(words.say, names))
    return Table(header, tuple(rows), right=frozenset({1, 2})) if rows else None
