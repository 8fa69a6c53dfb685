"""The page of a comparison: question, verdict, four numbers, then everything they rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.assumptions import assumptions_section
from sim.report.cases import entry_of, payback_of
from sim.report.changes import changes_section
from sim.report.comparing import facts_line
from sim.report.comparison_table import UNDEFINED, comparison_rows
from sim.report.differences import difference
from sim.report.figures import (
    draw_activity,
    draw_cohorts,
    draw_difference,
    draw_members,
    draw_participation,
    draw_stages,
    draw_tornado,
    draw_waterfall,
)
from sim.report.fonts import font_notice
from sim.report.numbers import plain_value
from sim.report.page import Cell, Matrix, Page, Picture, Prose, Section, Table, Tile
from sim.report.parts import band_data, method_section
from sim.report.standing import (
    best_of,
    chance_text,
    delta_text,
    ends_text,
    label_of,
    level_text,
    moved_by_arithmetic,
    payback_text,
    usual_text,
)
from sim.report.verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.report.comparison_story import ComparisonStory, VariantStory
    from sim.report.comparison_table import Row
    from sim.report.figures import Part
    from sim.report.page import Block
    from sim.words import Words

MOST_ROWS = 8
"""Rows of the first table; everything else is in the folded one."""

_MONEY_FLOOR = 0.5  # yuan: less is nothing
_FEWEST_WEEKS = 3  # of a series of whole weeks worth drawing


def comparison_page(story: ComparisonStory, *, words: Words, other: str = "") -> Page:
    """The page about variants of one community.

    Args:
        story: The comparison.
        words: Language.
        other: Relative address of the same page in the other language, if it is written too.

    Returns:
        The page, ready for :func:`sim.report.page.write_report` and ``write_pngs``.
    """
    best = best_of(story, verdict_of(story, words=words))
    sections = [
        _comparison(story, words),
        _members(story, words),
        _money(story, words),
        _reasons(story, words),
        _overturn(story, words),
        _people(best, words),
        changes_section(story, words=words),
        assumptions_section(story.assumptions, words=words) if story.assumptions else None,
        _method(story, words),
    ]
    found = tuple(section for section in sections if section is not None)
    return replace(comparison_head(story, words=words), sections=found, other=other)


def comparison_head(story: ComparisonStory, *, words: Words) -> Page:
    """The page without what stands below its first screen; nothing is drawn for it."""
    verdict = verdict_of(story, words=words)
    return Page(
        title=story.question or words.say("compare.question"),
        line=comparison_line(story, words),
        badge=words.badge(story.badge),
        verdict=tuple(
            text for text in (*verdict.lead, verdict.price, *verdict.assumptions) if text
        ),
        more=verdict.others,
        tiles=tiles_of(story, best_of(story, verdict), words),
        notes=_notes(story, words),
        footer=words.say("report.footer", version=story.made.version),
    )


def comparison_line(story: ComparisonStory, words: Words) -> str:
    """Community, members, days, goal and futures in one line."""
    futures = words.say("report.line_futures", futures=story.compared["pairs"])
    return facts_line(story, words=words) + ("，" if words.lang == "zh" else ", ") + futures


def _notes(story: ComparisonStory, words: Words) -> tuple[str, ...]:
    notes = list(story.notes)
    if story.badge == "not_fitted":
        notes.insert(0, words.say("report.badge_not_fitted"))
    if notice := font_notice(words):
        notes.append(notice)
    return tuple(notes)


def tiles_of(story: ComparisonStory, best: VariantStory, words: Words) -> tuple[Tile, ...]:
    """Difference of the goal, chance, payback, price: all of the best variant."""
    goal = entry_of(story, best.name, story.goal)
    name, base = words.quote(best.label), words.quote(story.variants[0].label)
    usual = usual_text(story, goal, story.goal, words=words)
    note = "" if usual == numbers.UNDEFINED else f"{words.say('word.usually')} {usual}"
    day, paid = payback_text(story, best.name, words=words)
    cost, staff = (entry_of(story, best.name, key) for key in ("cost", "owner_minutes"))
    return (
        Tile(
            delta_text(story, goal, story.goal, words=words),
            words.say("report.tile_difference", kpi=words.kpi(story.goal), v=name, b=base), note,
        ),
        Tile(
            chance_text(goal.get("p_better"), n=goal.get("n") or 0),
            words.say("report.tile_chance", v=name),
            words.say("report.tile_pairs", n=goal.get("n") or 0),
        ),
        Tile(day, words.say("report.tile_payback"), _payback_note(story, best, paid, words)),
        Tile(
            delta_text(story, cost, "cost", words=words), words.say("report.tile_cost"),
            words.say(
                "report.tile_hours",
                hours=delta_text(story, staff, "owner_minutes", words=words),
            ) if staff else "",
        ),
    )  # fmt: skip


def _payback_note(story: ComparisonStory, best: VariantStory, paid: str, words: Words) -> str:
    entry = payback_of(story, best.name)
    parts = [paid] if paid else []
    low, high = entry.get("p05"), entry.get("p95")
    if low is not None and high is not None and round(low) != round(high):
        ends = numbers.span(f"{low:.0f}", f"{high:.0f}", words=words)
        parts.append(words.say("report.tile_days", days=ends))
    return ("；" if words.lang == "zh" else "; ").join(parts)


def _comparison(story: ComparisonStory, words: Words) -> Section:
    rows = comparison_rows(story, words=words, also=("cost",))[:MOST_ROWS]
    counted = any(moved_by_arithmetic(story, row.key) for row in rows)
    matrix = Matrix(
        tuple(variant.label for variant in story.variants),
        tuple((row.label.replace("*", " ✂"), _cells(row, words)) for row in rows),
        note=words.say(
            "report.matrix_note", b=story.variants[0].label, n=story.compared["pairs"]
        ),
    )  # fmt: skip
    note = Prose((f"✂ {words.say('report.by_arithmetic')}",), quiet=True)
    notes = (note,) if counted else ()
    blocks: tuple[Block, ...] = (matrix, *notes, every_number(story, words))
    return Section(words.say("report.comparison"), blocks)


def _cells(row: Row, words: Words) -> tuple[Cell, ...]:
    """A row of the table in the terminal as the page shows it."""
    cells = [Cell(_dash(row.base))]
    for cell in row.cells:
        parts = [words.say(f"verdict.{cell.mark}")] if cell.mark else []
        parts += [cell.share] if cell.share else []
        cells.append(Cell(_dash(cell.value), " · ".join(parts)))
    return tuple(cells)


def _dash(text: str) -> str:
    return numbers.UNDEFINED if text in ("", UNDEFINED) else text


def every_number(story: ComparisonStory, words: Words) -> Table:
    """Every KPI of every variant with both of its ranges, folded."""
    names = ("kpi", "variant", "baseline_value", "delta", "mean_range", "future_range", "chance",
             "pairs")  # fmt: skip
    rows = []
    for key in story.variants[0].summary:
        if words.kpi_entry(key) is None:
            continue
        for variant in story.variants[1:]:
            entry = entry_of(story, variant.name, key)
            if not entry:
                continue
            n = entry.get("n") or 0
            rows.append(
                (
                    label_of(story, key, words=words), variant.label,
                    level_text(story, story.variants[0], key, words=words),
                    delta_text(story, entry, key, words=words),
                    ends_text(story, entry.get("lo"), entry.get("hi"), key, words=words),
                    usual_text(story, entry, key, words=words),
                    chance_text(entry.get("p_better"), n=n), str(n),
                )
            )  # fmt: skip
    return Table(
        tuple(words.say(f"report.{name}") for name in names), tuple(rows),
        right=frozenset(range(2, len(names))), folded=words.say("report.every_number"),
        note=words.say("report.two_ranges"),
    )  # fmt: skip


def _members(story: ComparisonStory, words: Words) -> Section:
    series = {variant.label: variant.series for variant in story.variants}
    first = story.variants[0].series
    days, marks = first.days, marks_of(story, words)
    members = {name: one.members for name, one in series.items()}
    pictures: list[Block] = [
        Picture(
            "members",
            draw_members(
                days, members, words=words, capacity=story.capacity, start=story.start, marks=marks
            ),
            band_data(days, members, words=words),
        )
    ]
    speaking, kpi = {name: one.speakers for name, one in series.items()}, "speakers"
    weekly = {name: one.weekly_speakers for name, one in series.items()}
    whole = {name: rows for name, rows in weekly.items() if rows is not None}
    if len(whole) == len(weekly) and min(r.shape[1] for r in whole.values()) >= _FEWEST_WEEKS:
        speaking, kpi = whole, "weekly_speakers"
        days = 7 * np.arange(next(iter(whole.values())).shape[1]) + 6  # stands on its last day
    figure = draw_activity(days, speaking, words=words, kpi=kpi, start=story.start, marks=marks)
    pictures.append(Picture("activity", figure, band_data(days, speaking, words=words)))
    stages = {name: one.stages for name, one in series.items() if one.stages is not None}
    if len(stages) == len(series):
        figure = draw_stages(first.days, stages, words=words, start=story.start)
        pictures.append(Picture("stages", figure))
    return Section(words.say("report.members"), tuple(pictures))


def marks_of(story: ComparisonStory, words: Words) -> list[tuple[float, str]]:
    """Where policies begin that the baseline does not have, except from the very first day."""
    begin = [
        {(line.start, line.use.partition("#")[0]) for line in variant.policies if line.start > 0}
        for variant in story.variants
    ]
    new = set().union(*begin[1:]) - begin[0]
    return [(float(day), words.policy(use)) for day, use in sorted(new)]


def _money(story: ComparisonStory, words: Words) -> Section | None:
    base, differences = story.variants[0], profit_differences(story)
    most = max((float(np.abs(rows).max()) for rows in differences.values()), default=0.0)
    if most < _MONEY_FLOOR:
        return None
    figure = draw_difference(
        base.series.days, differences, words=words, base=base.label, start=story.start,
        marks=marks_of(story, words),
    )  # fmt: skip
    sums = {name: np.cumsum(rows, axis=1) for name, rows in differences.items()}
    data = band_data(base.series.days, sums, words=words, money=True)
    return Section(words.say("report.money"), (Picture("money", figure, data),))


def profit_differences(story: ComparisonStory) -> dict[str, NDArray[np.float64]]:
    """Profit of each variant less the baseline's, day by day, by label of the variant.

    Rows are the futures that both have finished, in order; a variant without any is left out.
    """
    base, *others = (_profit(variant) for variant in story.variants)
    found = {}
    for variant, profit in zip(story.variants[1:], others, strict=True):
        if both := [number for number in profit if number in base]:
            found[variant.label] = np.stack([profit[number] - base[number] for number in both])
    return found


def _profit(variant: VariantStory) -> dict[int, NDArray[np.float64]]:
    """Profit day by day, by number of the future."""
    series = variant.series
    rows = series.revenue - series.cost
    return dict(zip(series.futures or range(len(rows)), rows, strict=True))


def _reasons(story: ComparisonStory, words: Words) -> Section | None:
    from sim.metrics import REGISTRY

    base = story.variants[0]
    blocks: list[Block] = []
    for i, one in enumerate(story.reasons):
        total = entry_of(story, one.variant, story.goal).get("delta")
        level = base.summary.get(story.goal, {}).get("mean")
        if total is None or level is None or not one.parts:
            continue
        figure = draw_waterfall(
            one.parts, words=words, kpi=story.goal, base=base.label, base_value=level,
            variant=story.label(one.variant), total=sum(part.value for part in one.parts),
            good=-1 if REGISTRY[story.goal].direction < 0 else 1,
        )  # fmt: skip
        blocks.append(Picture(f"why{i + 1}", figure, _parts_table(story, one.parts, words)))
    return Section(words.say("report.why"), tuple(blocks)) if blocks else None


def _parts_table(story: ComparisonStory, parts: Sequence[Part], words: Words) -> Table:
    rows = []
    for part in parts:
        half = (part.high - part.low) / 2
        value = difference(part.value, story.goal, words=words, half_width=half)
        rows.append(
            (part.name, value, ends_text(story, part.low, part.high, story.goal, words=words))
        )
    header = tuple(words.say(key) for key in ("word.policy", "report.adds", "report.mean_range"))
    return Table(header, tuple(rows), right=frozenset({1, 2}))


def _overturn(story: ComparisonStory, words: Words) -> Section | None:
    """How far each assumption moves the result, in how many sets of them it holds, where not."""
    blocks: list[Block] = []
    sets = story.compared.get("assumptions")
    if sets:
        ahead = tuple(
            words.say(
                "report.ahead",
                v=words.quote(story.label(name)),
                k=k,
                m=sets["sets"],
                b=words.quote(story.variants[0].label),
            )
            for name, k in sets.get("ahead", {}).items()
        )
        blocks.append(Prose(ahead))
    for i, one in enumerate(story.swings):
        default = entry_of(story, one.variant, story.goal).get("delta")
        if default is None or not one.rows:
            continue
        figure = draw_tornado(
            one.rows, words=words, kpi=story.goal, default=default,
            variant=story.label(one.variant), base=story.variants[0].label,
        )  # fmt: skip
        blocks.append(Picture(f"overturn{i + 1}", figure))
    if sets and (turning := _turning(story, words)):
        blocks.append(turning)
    return Section(words.say("report.overturn"), tuple(blocks)) if blocks else None


def _turning(story: ComparisonStory, words: Words) -> Table | None:
    """At which value of an assumption a variant and the baseline change places."""
    from sim.parameters import by_path

    known, rows = by_path(), []
    for name, points in story.compared["assumptions"].get("turning", {}).items():
        for point in points:
            path = str(point["path"])
            note = words.parameter(path, known[path].note) if path in known else ""
            side = "report.below" if point["below"] else "report.above"
            limit = words.say(side, value=plain_value(point["value"]))
            rows.append(
                (story.label(name), note or path, limit, plain_value(point["default"]), path)
            )
    names = ("variant", "meaning", "turns_at", "we_assume", "parameter")
    header = tuple(words.say(f"report.{key}") for key in names)
    return Table(header, tuple(rows), right=frozenset({2, 3})) if rows else None


def _people(best: VariantStory, words: Words) -> Section | None:
    """Cohorts and participation in the best variant; the numbers of all are in the tables."""
    series = best.series
    pictures: list[Block] = []
    if series.cohorts is not None and series.cohorts.joins.sum() > 0:
        futures = max(1, len(series.messages))  # of which single members are known
        figure = draw_cohorts(
            series.cohorts.share, series.cohorts.joins / futures, words=words,
            censored=series.cohorts.censored, futures=futures,
        )  # fmt: skip
        pictures.append(Picture("cohorts", figure))
    if any((counts > 0).any() for counts in series.messages):
        pictures.append(Picture("participation", draw_participation(series.messages, words=words)))
    if not pictures:
        return None
    lead = Prose((words.say("report.people_of", v=words.quote(best.label)),))
    return Section(words.say("report.people"), (lead, *pictures))


def _method(story: ComparisonStory, words: Words) -> Section:
    pairs = story.compared["pairs"]
    said = [
        words.say("method.members"),
        words.say("method.policies"),
        words.say("method.pairs", pairs=pairs),
        words.say("method.two_ranges"),
        words.say("method.assumptions"),
        words.say("method.fitted"),
    ]
    if stop := story.compared.get("stop"):
        values = {name: numbers.share(stop[name], words=words) for name in ("asked", "reached")}
        key = "method.precise" if stop["reason"] == "precise" else "method.maximum"
        said.append(words.say(key, kpi=words.kpi(stop["kpi"]), **values))
    return method_section(story.made, said, futures=pairs, words=words)
