"""Which factors decide an output: a tornado of their indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.figures.canvas import finish, make_canvas
from sim.report.figures.rows import path_margins, path_names, path_rows, whisker
from sim.report.fonts import figure_words
from sim.report.influences import AMOUNTS, index_text, output_name
from sim.report.palette import LIGHT, tint
from sim.words.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.report.figures.canvas import Canvas
    from sim.report.influences import Influence
    from sim.words import Words

MOST_ROWS = 12
"""Factors that a figure shows."""

_HATCH = "////"
_WIDE = 1.6  # a floor beyond so many times the longest bar runs out of the figure


def draw_influences(
    rows: Sequence[Influence], *, words: Words, label: str, index: str, floor: float
) -> Figure:
    """A tornado: the index of each factor, the strongest on top.

    Args:
        rows: Factors, the strongest first; at most twelve are drawn.
        words: Language; names of the factors are in the one of :func:`figure_words`.
        label: Label of the output.
        index: Key of the index.
        floor: What a factor without effect may show, >= 0.

    Returns:
        The figure; its title names the strongest factor with its index, or says that none can be
        told from luck. Of a total index the part that a factor has by itself stands inside the bar.
    """
    said = figure_words(words)
    shown = rows[:MOST_ROWS]
    names = [(row.name, row.path) for row in shown]
    output = output_name(label, words=said, first=True)
    band = index_text(floor, _plain(index), label, words=said)
    canvas = make_canvas(
        words, title=influence_finding(rows, label=label, index=index, words=said),
        subtitle=said.say(f"factor.draws_{index}", output=output),
        note=_note(rows, index=index, floor=band, words=said),
        height=1.72 + path_rows(names) * max(len(shown), 3),
        margins=path_margins(names, right=1.0, top=0.22),
    )  # fmt: skip
    axes = canvas.axes
    for at, row in enumerate(shown):
        _bar(axes, at, row)
    ends = [end for row in shown for end in _ends(row)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = 0.06 * (high - low) or 1.0
    if floor <= _WIDE * max(abs(low), high):
        high = max(high, floor)
    axes.set_xlim(low - (room if low < 0 else 0), high + room)
    axes.axvspan(-floor, floor, color="#DDE1E6", lw=0, zorder=0.5)
    axes.axvline(floor, color=LIGHT.secondary, linewidth=0.8, linestyle=(0, (3, 2)), zorder=2.3)
    axes.axvline(0, color=LIGHT.text, linewidth=0.9, zorder=2.4)
    axes.set_ylim(len(shown) - 0.45, -0.55)
    path_names(canvas, names)
    _value_axis(canvas, index=index, label=label)
    _values(canvas, shown, index=index, label=label)
    edge = min(floor, axes.get_xlim()[1])
    canvas.axes.annotate(
        canvas.say("factor.luck_to", floor=band) + (" →" if edge < floor else ""),
        (edge, 1), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points",
        fontsize=9, color=LIGHT.secondary, va="bottom", annotation_clip=False,
        ha="left" if edge < 0.7 * axes.get_xlim()[1] else "right",
    )  # fmt: skip
    return finish(canvas)


def influence_finding(rows: Sequence[Influence], *, label: str, index: str, words: Words) -> str:
    """The strongest factor and its index in a sentence, or that none can be told from luck."""
    output = output_name(label, words=words, first=words.lang == "en")
    top = next((row for row in rows if row.told), None)
    if top is None:
        return words.say("factor.find_none", output=output)
    key = {"ST": "share", "S1": "alone"}.get(index)
    key = key or ("amount" if index in AMOUNTS else "plain")
    return words.say(
        f"factor.find_{key}", output=output, name=words.quote(top.name),
        percent=numbers.share(min(1.0, top.value), words=words),
        amount=index_text(top.value, index, label, words=words),
        index=words.say(f"factor.index_{index}"),
    )  # fmt: skip


def _plain(index: str) -> str:
    """An index of the same unit without a sign."""
    return "mu_star" if index in AMOUNTS else index


def _note(rows: Sequence[Influence], *, index: str, floor: str, words: Words) -> str:
    shown = rows[:MOST_ROWS]
    parts = [words.say("factor.note_band", floor=floor)]
    if any(row.half for row in shown):
        parts.append(words.say("factor.note_lines"))
    if index == "ST":
        parts.append(words.say("factor.note_alone"))
    if any(row.ends for row in shown):
        parts.append(words.say("factor.note_ends"))
    if not all(row.told for row in shown):
        parts.append(words.say("factor.note_hatched"))
    if len(rows) > len(shown):
        parts.append(words.say("factor.note_more", count=len(rows) - len(shown)))
    return (" " * (words.lang == "en")).join(parts)


def _bar(axes: Axes, at: int, row: Influence) -> None:
    """A bar with its interval; of two ends the low one is pale."""
    colour = LIGHT.better
    if row.ends is not None:
        for value, share in zip(row.ends, (0.25, 1.0), strict=True):
            axes.barh(
                at, value, height=0.56, color=tint(colour, share if row.told else share / 4),
                edgecolor=colour, linewidth=0.8, zorder=2, hatch=None if row.told else _HATCH,
            )  # fmt: skip
    else:
        whole = row.alone is None
        axes.barh(
            at, row.value, height=0.56, hatch=None if row.told else _HATCH,
            color=colour if row.told and whole else tint(colour, 0.45 if row.told else 0.1),
            edgecolor=colour, linewidth=0.8, zorder=2,
        )  # fmt: skip
        if row.alone is not None:
            axes.barh(at, row.alone, height=0.24, color="#0A317F", lw=0, zorder=2.2)
    if row.half:
        for value in _tips(row):
            whisker(axes, at, value - row.half, value + row.half)


def _tips(row: Influence) -> tuple[float, ...]:
    """Where bars end."""
    return (row.value,) if row.ends is None else row.ends


def _ends(row: Influence) -> list[float]:
    """How far a row reaches."""
    return [tip + way * row.half for tip in _tips(row) for way in (-1, 1)] + [row.alone or 0.0]


def _values(canvas: Canvas, rows: Sequence[Influence], *, index: str, label: str) -> None:
    """Each bar's value at the right edge, where nothing covers it."""
    for at, row in enumerate(rows):
        canvas.axes.annotate(
            typeset(index_text(row.value, index, label, words=canvas.words)), (1, at), (8, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=10,
            color=LIGHT.text if row.told else LIGHT.secondary, va="center", annotation_clip=False,
        )  # fmt: skip


def _value_axis(canvas: Canvas, *, index: str, label: str) -> None:
    """A few values beneath, in the unit of the index."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes = canvas.axes

    def text(value: float, _: int | None = None) -> str:
        if index in AMOUNTS:  # ends of a range have a sign
            signed = "low" if index == "span" else index
            return typeset(index_text(value, signed, label, words=canvas.words)) if value else "0"
        return f"{value:g}"

    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(text))
    axes.grid(axis="x", color="#E4E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
