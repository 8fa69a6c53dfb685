"""Why a variant does better, and what would overturn it: waterfall and tornado."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.differences import difference
from sim.report.figures.canvas import Canvas, finish, make_canvas
from sim.report.figures.rows import row_name, rows_height, rows_margins, whisker
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, tint
from sim.words.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from sim.words import Words

MOST_ROWS = 10
"""Assumptions that a tornado shows; those that move the result most."""

_HATCH = "////"


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one policy adds, its share of joint effects included.

    Attributes:
        name: The policy, as people call it.
        value: Mean over futures, in the KPI's unit.
        low: Lower end of the 95 % interval of that mean.
        high: Upper end.
    """

    name: str
    value: float
    low: float
    high: float

    @property
    def unclear(self) -> bool:
        """Whether the interval holds zero."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True, kw_only=True)
class Swing:
    """How far one assumption moves the difference between two variants.

    Attributes:
        name: The assumption, in a few words.
        low: Its value at the low end of its range, as printed.
        high: Likewise at the high end.
        at_low: Difference at the low end, in the KPI's unit.
        at_high: Difference at the high end.
    """

    name: str
    low: str
    high: str
    at_low: float
    at_high: float


def draw_waterfall(
    parts: Sequence[Part],
    *,
    words: Words,
    kpi: str,
    base: str,
    base_value: float,
    variant: str,
    total: float,
    good: int = 1,
) -> Figure:
    """F5: from the baseline to the variant, one bar a policy.

    The axis is the difference to the baseline, so that parts can be read whatever the level.

    Args:
        parts: What each policy adds, in the order drawn; they sum to the total (Shapley 1953).
        words: Language.
        kpi: Key of the KPI that is explained.
        base: Name of the baseline.
        base_value: The KPI's mean in the baseline.
        variant: Name of the variant.
        total: Mean difference of variant and baseline.
        good: The KPI's good direction, 1 or -1.

    Returns:
        The figure; its title names the policy that adds most. Bars whose interval holds zero are
        hatched.
    """
    said = figure_words(words)
    unclear = any(part.unclear for part in parts)
    note = said.say("figure.waterfall_note")
    if unclear:
        note += " " * (said.lang == "en") + said.say("figure.waterfall_hatched")
    names = [base, *(part.name for part in parts), variant]
    canvas = make_canvas(
        words, title=waterfall_finding(parts, kpi=kpi, variant=variant, good=good, words=said),
        subtitle=said.say("figure.waterfall_sub", kpi=said.kpi(kpi), base=base), note=note,
        height=rows_height(len(names), notes=1), margins=rows_margins(names, right=2.1),
    )  # fmt: skip
    axes, at, ends = canvas.axes, 0.0, [0.0, total]
    for row, part in enumerate(parts, start=1):
        better = part.value * good >= 0
        axes.barh(
            row, part.value, left=at, height=0.62, hatch=_HATCH if part.unclear else None,
            color=tint(_side(better=better), 1 / 3) if part.unclear else _side(better=better),
            edgecolor=_side(better=better), linewidth=0.8, zorder=2,
        )  # fmt: skip
        whisker(axes, row, at + part.low, at + part.high)
        ends += [at + part.low, at + part.high, at + part.value]
        axes.plot((at + part.value,) * 2, (row, row + 1), color="#C3C9D1", lw=0.8, zorder=1)
        at += part.value
    last = len(names) - 1
    axes.barh(last, total, height=0.62, color=LIGHT.series[1], zorder=2)
    _frame(canvas, names, ends)
    _waterfall_labels(canvas, parts, kpi=kpi, base_value=base_value, total=total)
    return finish(canvas)


def draw_tornado(
    swings: Sequence[Swing],
    *,
    words: Words,
    kpi: str,
    default: float,
    variant: str,
    base: str,
) -> Figure:
    """F6: how far each assumption moves the difference, the strongest on top.

    Args:
        swings: The assumptions; of more than ten those that move the result most are drawn.
        words: Language.
        kpi: Key of the KPI.
        default: The difference under the assumptions as they stand.
        variant: Name of the variant.
        base: Name of the baseline.

    Returns:
        The figure; its title says whether any of them overturns the result.
    """
    said = figure_words(words)
    rows = strongest(swings, default)
    names = [row.name for row in rows]
    values = {"variant": said.quote(variant), "base": said.quote(base)}
    title = tornado_finding(rows, default=default, variant=variant, base=base, words=said)
    note = said.say("figure.tornado_note")
    if any(overturns(row, default) for row in rows):
        note += " " * (said.lang == "en") + said.say("figure.tornado_turns")
    canvas = make_canvas(
        words, title=title, subtitle=said.say("figure.tornado_sub", kpi=said.kpi(kpi), **values),
        note=note, height=rows_height(len(rows), notes=1) + 0.2,
        margins=rows_margins(names, right=1.6, top=0.24),
    )  # fmt: skip
    axes, ends = canvas.axes, [0.0, default]
    for i, row in enumerate(rows):
        for value, hatch in ((row.at_low, _HATCH), (row.at_high, None)):
            axes.barh(
                i, value - default, left=default, height=0.62, hatch=hatch,
                color=tint(LIGHT.better, 1 / 4) if hatch else LIGHT.better, edgecolor=LIGHT.better,
                linewidth=0.8, zorder=2,
            )  # fmt: skip
            ends.append(value)
    _frame(canvas, names, ends)
    axes.axvline(default, color=LIGHT.secondary, linewidth=1, zorder=2.5)
    _tornado_labels(canvas, rows, kpi=kpi, default=default)
    return finish(canvas)


def _waterfall_labels(
    canvas: Canvas, parts: Sequence[Part], *, kpi: str, base_value: float, total: float
) -> None:
    """What each bar amounts to, at its right; levels at the first and the last row."""
    words, at = canvas.words, 0.0
    half = max(abs(total), *(abs(part.value) for part in parts), 0.0) / 5

    def beside(x: float, row: int, text: str) -> None:
        canvas.axes.annotate(
            typeset(text), (x, row), (6, 0), textcoords="offset points", fontsize=10,
            color=LIGHT.text, va="center", annotation_clip=False,
        )  # fmt: skip

    beside(0.0, 0, numbers.kpi(base_value, kpi, words=words, half_width=half))
    for row, part in enumerate(parts, start=1):
        text = difference(part.value, kpi, words=words, half_width=half)
        beside(max(at, at + part.value, at + part.high), row, text)
        at += part.value
    level = numbers.kpi(base_value + total, kpi, words=words, half_width=half)
    change = difference(total, kpi, words=words, half_width=half)
    beside(max(0.0, total), len(parts) + 1, f"{change}  {canvas.say('figure.level', value=level)}")


def _tornado_labels(canvas: Canvas, rows: Sequence[Swing], *, kpi: str, default: float) -> None:
    """Values of the assumption at both ends, the default above, and where the result turns."""
    words = canvas.words
    for i, row in enumerate(rows):
        ends = sorted(((row.at_low, row.low), (row.at_high, row.high)))
        for (x, text), side, shift in zip(ends, ("right", "left"), (-5, 5), strict=True):
            # Both ends on one side of the default: the text stands outside all the same.
            edge = min(x, default) if side == "right" else max(x, default)
            canvas.axes.annotate(
                typeset(text), (edge, i), (shift, 0), textcoords="offset points", fontsize=9.5,
                color=LIGHT.text, ha=side, va="center", annotation_clip=False,
            )  # fmt: skip
        if overturns(row, default):
            canvas.axes.plot(0, i, "D", color=LIGHT.worse, markersize=6, zorder=4)
            canvas.axes.annotate(
                canvas.say("figure.overturns"), (1, i), (8, 0), xycoords=("axes fraction", "data"),
                textcoords="offset points", fontsize=9.5, color=LIGHT.worse, va="center",
                annotation_clip=False,
            )  # fmt: skip
    amount = difference(default, kpi, words=words, half_width=abs(default) / 5)
    canvas.axes.annotate(
        canvas.say("figure.tornado_default", value=amount), (default, 1), (0, 4),
        xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=9.5,
        color=LIGHT.secondary, ha="center", va="bottom", annotation_clip=False,
    )  # fmt: skip


def strongest(swings: Sequence[Swing], default: float) -> list[Swing]:
    """The assumptions that a tornado shows, those that move the result most first."""

    def reach(row: Swing) -> float:
        ends = (row.at_low, row.at_high, default)
        return max(ends) - min(ends)

    return sorted(swings, key=lambda one: -reach(one))[:MOST_ROWS]


def overturns(row: Swing, default: float) -> bool:
    """Whether one end puts the other variant ahead."""
    return any(end * default < 0 for end in (row.at_low, row.at_high))


def _side(*, better: bool) -> str:
    return LIGHT.better if better else LIGHT.worse


def _frame(canvas: Canvas, names: Sequence[str], ends: Sequence[float]) -> None:
    """Rows from the top, names at the left, a line at zero."""
    axes = canvas.axes
    low, high = min(ends), max(ends)
    room = 0.1 * (high - low) or 1.0
    axes.set_xlim(low - (1.3 * room if low < 0 else 0), high + room)
    axes.set_ylim(len(names) - 0.45, -0.55)
    axes.set_yticks(range(len(names)), [typeset(row_name(name)) for name in names])
    axes.tick_params(axis="y", labelsize=10.5, labelcolor=LIGHT.text)
    for label in axes.get_yticklabels():
        if "\n" in label.get_text():  # two lines in the height of a row
            label.set_fontsize(8.5)
    axes.axvline(0, color=LIGHT.text, linewidth=0.9, zorder=2.4)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([0.0], [canvas.say("figure.no_difference")])


def tornado_finding(
    rows: Sequence[Swing], *, default: float, variant: str, base: str, words: Words
) -> str:
    """What a tornado says: whether any assumption alone overturns the result."""
    overturned = [row for row in rows if overturns(row, default)]
    if not overturned:
        values = {"variant": words.quote(variant), "base": words.quote(base)}
        return words.say("figure.tornado_none", **values)
    key = "figure.tornado_find" if len(overturned) > 1 else "figure.tornado_one"
    return words.say(key, name=overturned[0].name, count=len(overturned))


def waterfall_finding(
    parts: Sequence[Part], *, kpi: str, variant: str, good: int, words: Words
) -> str:
    """What a waterfall says: which policy adds most; ``good`` as for :func:`draw_waterfall`."""
    best = max(parts, key=lambda part: part.value * good, default=None)
    quoted = words.quote(variant)
    if best is None or best.value * good <= 0 or best.unclear:
        return words.say("figure.waterfall_none", variant=quoted, kpi=words.kpi(kpi))
    amount = difference(best.value, kpi, words=words, half_width=abs(best.value) / 5)
    return words.say(
        "figure.waterfall_find", variant=quoted, policy=best.name, amount=amount, kpi=words.kpi(kpi)
    )
