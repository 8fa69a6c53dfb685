"""The table of a comparison: its rows, and how they stand in 80 columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.metrics.registry import REGISTRY
from sim.report import differences, numbers
from sim.report.cases import cases_of, entry_of, mark_of, payback_of, recounts
from sim.report.riders import hours_a_week
from sim.report.terminal import COLUMNS
from sim.words.typography import fold, pad, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from sim.report.comparison_story import ComparisonStory
    from sim.words import Words

UNDEFINED = "-"
HOURS, PAYBACK = "hours", "payback"

_LABEL, _BASE, _HEAD = 22, 12, 16  # most columns of a label and a baseline, least of a variant
_GAP = "  "


@dataclass(frozen=True)
class Cell:
    """What the table says of one variant in one row.

    Attributes:
        value: Difference with its sign, or a day.
        mark: Key of ``verdict.*``; empty where nothing is judged.
        share: In how many futures, ``88/100``; empty where that says nothing.
    """

    value: str
    mark: str = ""
    share: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the comparison table.

    Attributes:
        key: Key of the KPI, ``hours`` or ``payback``.
        label: Short label.
        base: Value of the baseline.
        cells: One for every other variant, in their order.
    """

    key: str
    label: str
    base: str
    cells: tuple[Cell, ...]


def comparison_rows(story: ComparisonStory, *, words: Words, also: Sequence[str] = ()) -> list[Row]:
    """The rows of the table: goal, guards, staff hours a week, payback.

    Args:
        story: The comparison.
        words: Language.
        also: Further KPIs, told before the hours.
    """
    keys = dict.fromkeys([story.goal, *story.guards, *also, "owner_minutes"])
    rows = [_row(key, story, words) for key in keys if key not in ("payback_day", "stage")]
    if story.compared.get("payback"):
        rows.append(_payback_row(story, words))
    return [row for row in rows if row.base or any(cell.value for cell in row.cells)]


def comparison_table(
    rows: Sequence[Row], story: ComparisonStory, *, best: str, words: Words
) -> list[str]:
    """The lines of the table, at most 80 columns wide.

    Where it is too wide, shares of all but the best variant go; then it is split.

    Args:
        rows: Rows as :func:`comparison_rows` gives them.
        story: The comparison.
        best: Name of the best variant; empty without a verdict.
        words: Language.
    """
    names = [variant.name for variant in story.variants[1:]]
    every = range(len(names))
    first = names.index(best) if best in names else 0
    tables = [_Table(rows, story, words, frozenset(shares)) for shares in (every, (first,))]
    layouts = [table.blocks() for table in tables]
    pick = 0 if len(layouts[0]) <= len(layouts[1]) else 1
    lines: list[str] = []
    for block in layouts[pick]:
        lines += ["", *tables[pick].lines(block)] if lines else tables[pick].lines(block)
    return lines


def _row(key: str, story: ComparisonStory, words: Words) -> Row:
    hours = key == "owner_minutes"
    cases = cases_of(story, key)
    kpi = REGISTRY.get(key)
    cells = []
    for variant in story.variants[1:]:
        case, entry = cases[variant.name], entry_of(story, variant.name, key)
        delta, p = entry.get("delta"), entry.get("p_better")
        mark = mark_of(case)
        value = UNDEFINED
        if delta is not None and hours:
            value = _signed_hours(hours_a_week(delta, days=story.days))
        elif delta is not None:
            lo, hi = entry.get("lo"), entry.get("hi")
            half = None if lo is None or hi is None else (hi - lo) / 2
            value = differences.difference(delta, key, words=words, half_width=half)
        share = ""
        if p is not None and mark not in ("", "same"):
            share = _of(1 - p if mark == "worse" else p, entry.get("n") or 0)
        cells.append(Cell(value, mark, share))
    base = _base(key, story.variants[0].summary, words)
    if hours:
        base = _hours(story.variants[0].summary, story.days)
    label = _label(HOURS if hours else key, words)
    if kpi and kpi.pruning and any(map(recounts, story.variants)):
        label += "*"
    return Row(HOURS if hours else key, label, base, tuple(cells))


def _payback_row(story: ComparisonStory, words: Words) -> Row:
    cells = []
    for variant in story.variants[1:]:
        entry = payback_of(story, variant.name)
        day, never, n = entry.get("p50"), entry.get("never"), entry.get("n") or 0
        if not n or never is None:
            cells.append(Cell(UNDEFINED))
            continue
        text = words.say("verdict.never_pays")
        if day is not None:
            text = numbers.day(day, words=words) if day > 0 else words.say("compare.at_once")
        share = "" if never >= 1 else _of(1 - never, n)
        cells.append(Cell(text, "", share))
    return Row(PAYBACK, _label(PAYBACK, words), UNDEFINED, tuple(cells))


def _label(key: str, words: Words) -> str:
    short = f"compare.row_{key}"
    return words.say(short) if words.has(short) else words.kpi(key)


def _base(key: str, summary: Mapping[str, Mapping[str, Any]], words: Words) -> str:
    """The baseline's mean, to which the differences can be added."""
    entry = summary.get(key) or {}
    value = entry.get("mean")
    value = entry.get("p50") if value is None else value
    low, high = entry.get("p05"), entry.get("p95")
    half = None if low is None or high is None else (high - low) / 2
    text = numbers.kpi(value, key, words=words, half_width=half)
    if text == numbers.UNDEFINED:
        return words.say("verdict.never") if entry.get("never") else UNDEFINED
    return text


def _hours(summary: Mapping[str, Mapping[str, Any]], days: int) -> str:
    value = (summary.get("owner_minutes") or {}).get("mean")
    return UNDEFINED if value is None else f"{hours_a_week(value, days=days):.1f}"


def _signed_hours(value: float) -> str:
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text


def _of(share: float, n: int) -> str:
    text = numbers.of_100(share, n=n)
    return text if "/" in text or text == numbers.UNDEFINED else f"{text}/100"


class _Table:
    def __init__(
        self,
        rows: Sequence[Row],
        story: ComparisonStory,
        words: Words,
        shares: frozenset[int],
    ) -> None:
        self._rows, self._words, self._shares = rows, words, shares
        self._names = [variant.label for variant in story.variants]
        self._labels = [fold(row.label, _LABEL) for row in rows]
        self._label = max((width(line) for text in self._labels for line in text), default=0)
        self._base = self._column([row.base for row in rows], self._names[0], _BASE)

    def blocks(self) -> list[list[int]]:
        """Which variants stand side by side."""
        blocks: list[list[int]] = []
        left = COLUMNS - self._label - self._base - 2
        room = 0
        for number in range(len(self._names) - 1):
            needed = self._group(number) + 2
            if not blocks or needed > room:
                blocks.append([])
                room = left
            blocks[-1].append(number)
            room -= needed
        return blocks

    def lines(self, block: Sequence[int]) -> list[str]:
        """Header and rows for the variants of one block."""
        heads = [fold(self._names[number + 1], self._group(number)) for number in block]
        base = fold(self._names[0], self._base)
        height = max(map(len, [base, *heads]))
        base, *heads = ([""] * (height - len(text)) + text for text in [base, *heads])
        lines = []
        for number in range(height):
            texts = [text[number] for text in heads]
            lines.append(self._line("", base[number], texts, block))
        for row, label in zip(self._rows, self._labels, strict=True):
            cells = [self._cell(row.cells[number], number) for number in block]
            lines.append(self._line(label[0], row.base, cells, block))
            lines += label[1:]
        return lines

    def _line(self, label: str, base: str, cells: Iterable[str], block: Sequence[int]) -> str:
        parts = [pad(label, self._label), pad(base, self._base, right=True)]
        parts += [pad(cell, self._group(number)) for cell, number in zip(cells, block, strict=True)]
        return _GAP.join(parts).rstrip()

    def _cell(self, cell: Cell, number: int) -> str:
        value, mark, _ = self._inner(number)
        parts = [pad(cell.value, value)]
        parts += [pad(self._mark(cell), mark)] if mark else []
        parts += [cell.share] if number in self._shares else []
        return _GAP.join(parts)

    def _inner(self, number: int) -> tuple[int, int, int]:
        cells = [row.cells[number] for row in self._rows]
        return (
            max((width(cell.value) for cell in cells), default=0),
            max((width(self._mark(cell)) for cell in cells), default=0),
            max((width(cell.share) for cell in cells), default=0) if number in self._shares else 0,
        )

    def _group(self, number: int) -> int:
        inner = [columns for columns in self._inner(number) if columns]
        values = sum(inner) + 2 * (len(inner) - 1)
        return max(values, min(width(self._names[number + 1]), _HEAD))

    def _mark(self, cell: Cell) -> str:
        return self._words.say(f"verdict.{cell.mark}") if cell.mark else ""

    @staticmethod
    def _column(texts: Iterable[str], head: str, most: int) -> int:
        return max(*map(width, texts), min(width(head), most), 1)
