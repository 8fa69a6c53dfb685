"""The view of a comparison: the verdict, four numbers, a table, figures, what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.cases import BETTER, entry_of
from sim.report.comparing import policy_said
from sim.report.comparison import comparison_line, every_number, tiles_of
from sim.report.comparison_table import UNDEFINED, comparison_rows
from sim.report.standing import best_of, delta_text
from sim.report.verdict import Verdict, join, verdict_of
from sim.web.views.bands import active_figure, members_figure, money_figure, stages_figure
from sim.web.views.people import cohorts_figure, participation_figure, tree_figure
from sim.web.views.writing import View, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.record import RunRecord
    from sim.report.assumed import Assumption
    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.report.comparison_table import Row
    from sim.words import Words

_NO_TABLE: View = {"columns": [], "rows": []}

FEWEST_FOR_VERDICT = 30
"""Pairs before which a comparison that goes on says no word of judgement."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a comparison is.

    Attributes:
        done: Runs that have ended.
        total: Runs that there will be, as far as is known.
        failed: Runs that failed.
        final: Whether nothing more will come.
        whole: A future of each variant of which everything is kept, by name; for who brought whom.
    """

    done: int
    total: int
    failed: int = 0
    final: bool = False
    whole: tuple[tuple[str, int, RunRecord], ...] = ()


def compare_view(story: ComparisonStory, standing: Standing, *, words: Words) -> View:
    """A comparison as the page shows it.

    Args:
        story: What came of it, or what is known so far.
        standing: How far it is.
        words: Language of the texts; the story is in the same.
    """
    pairs = int(story.compared["pairs"])
    verdict = verdict_of(story, words=words)
    judged = standing.final or pairs >= FEWEST_FOR_VERDICT
    said = verdict if judged else Verdict(best="")
    told = best_of(story, verdict)
    names = [one.name for one in story.variants]
    case = said.cases.get(verdict.best)
    return {
        "kind": "compare", "final": standing.final, "done": standing.done,
        "total": standing.total, "failed": standing.failed, "pairs": pairs, "goal": story.goal,
        "title": story.question or words.say("compare.question"),
        "line": comparison_line(story, words),
        "badge": story.badge, "badge_label": words.badge(story.badge),
        "verdict": list(said.lead), "price": said.price, "assumptions": list(said.assumptions),
        "others": list(said.others),
        "best": names.index(verdict.best) if case and case.name in BETTER else None,
        "told": names.index(told.name),
        "so_far": "" if standing.final else _so_far(story, standing, said, words),
        "tiles": [
            {"value": one.value, "label": one.label, "note": one.note}
            for one in tiles_of(story, told, words)
        ],
        "variants": _variants(story, judged=judged, words=words),
        "table": table_of(every_number(story, words)) if standing.final else _NO_TABLE,
        "figures": _figures(story, standing, told, words),
        "notes": _notes(story, words),
        "changes": _changes(story, words),
        "assumption_rows": assumption_rows(story.assumptions, words=words),
    }  # fmt: skip


def _so_far(story: ComparisonStory, standing: Standing, said: Verdict, words: Words) -> str:
    """How far it is, and the verdict so far; while that is too early, mean differences."""
    text = words.say("web.views.so_far", done=standing.done, total=standing.total)
    if said.lead:
        return join((text, *said.lead), words=words)
    pairs, parts = int(story.compared["pairs"]), []
    for variant in story.variants[1:]:
        entry = entry_of(story, variant.name, story.goal)
        if entry.get("delta") is not None:
            value = delta_text(story, entry, story.goal, words=words)
            parts.append(words.say("web.views.so_far_of", v=words.quote(variant.label), d=value))
    texts = [words.say("web.views.too_few", pairs=pairs, needed=FEWEST_FOR_VERDICT)]
    if parts:
        joined = ("；" if words.lang == "zh" else "; ").join(parts)
        texts.insert(
            0, words.say("web.views.so_far_means", kpi=words.kpi(story.goal), parts=joined)
        )
    return join((text, *texts), words=words)


def _variants(story: ComparisonStory, *, judged: bool, words: Words) -> list[View]:
    """Each variant with its cells: the baseline's values, the others' differences."""
    rows = comparison_rows(story, words=words, also=("cost",))
    return [
        {
            "index": index, "name": one.label, "changes": one.changes,
            "cells": [_cell(row, index, judged=judged, words=words) for row in rows],
        }
        for index, one in enumerate(story.variants)
    ]  # fmt: skip


def _cell(row: Row, index: int, *, judged: bool, words: Words) -> View:
    value, mark, chance = row.base, "", ""
    if index:
        cell = row.cells[index - 1]
        value = cell.value
        mark, chance = (cell.mark, cell.share) if judged else ("", "")
    return {
        "kpi": row.key, "label": row.label.replace("*", " ✂"),
        "value": numbers.UNDEFINED if value in ("", UNDEFINED) else value, "mark": mark,
        "mark_label": words.say(f"verdict.{mark}") if mark else "", "chance": chance,
    }  # fmt: skip


def _figures(
    story: ComparisonStory, standing: Standing, told: VariantStory, words: Words
) -> list[View]:
    """Money first; who stays, who talks and who brought whom when all futures are there."""
    found = [
        money_figure(story, best=told.name, words=words), active_figure(story, words=words),
        members_figure(story, words=words), stages_figure(story, words=words),
    ]  # fmt: skip
    if standing.final:
        found += [
            cohorts_figure(told, words=words),
            participation_figure(story, best=told, words=words),
        ]
        found += [
            tree_figure(
                record,
                index=story.variants.index(told),
                label=told.label,
                future=number,
                words=words,
            )
            for name, number, record in standing.whole
            if name == told.name
        ]
    return [one for one in found if one is not None]


def _notes(story: ComparisonStory, words: Words) -> list[str]:
    notes = list(story.notes)
    if story.badge == "not_fitted":
        notes.insert(0, words.say("web.views.not_fitted"))
    return notes


def _changes(story: ComparisonStory, words: Words) -> list[View]:
    """What of the inputs differs from the baseline, variant by variant."""
    base = {line.use: line for line in story.variants[0].policies}
    rows = []
    for index, variant in enumerate(story.variants[1:], start=1):
        mine = {line.use: line for line in variant.policies}
        for use in dict.fromkeys([*base, *mine]):
            before, after = base.get(use), mine.get(use)
            if before == after:
                continue
            said = [policy_said(line, words) if line else "" for line in (before, after)]
            rows.append({"variant": index, "label": words.policy(use), "before": said[0],
                         "after": said[1]})  # fmt: skip
        for change in variant.inputs:
            unit = f" {change.unit}" if change.unit else ""
            values = [f"{text}{unit}" if text else "" for text in (change.before, change.after)]
            label = change.label or change.path
            rows.append({"variant": index, "label": label, "before": values[0],
                         "after": values[1]})  # fmt: skip
    return rows


def assumption_rows(assumptions: Sequence[Assumption], *, words: Words) -> list[View]:
    """What it rests on: what was changed, what makes this community, what nobody measured, rest."""
    from sim.report.numbers import plain_value

    def order(one: Assumption) -> int:
        return 0 if one.changed else 1 if one.own else 2 if one.confidence == "unknown" else 3

    return [
        {
            "path": one.path, "label": one.meaning or one.path, "changed": one.changed,
            "value": f"{plain_value(one.value)} {one.unit}".strip(), "source": one.source,
            "confidence": one.confidence,
            "confidence_label": words.say(f"confidence.{one.confidence}"),
        }
        for one in sorted(assumptions, key=order)
    ]  # fmt: skip
