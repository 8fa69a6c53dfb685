"""What an output is at the points of a design, by the factors that matter most."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.canvas import Margins, finish, make_canvas, panels
from sim.report.fonts import figure_words
from sim.report.influences import answer_text, output_name
from sim.report.palette import LIGHT
from sim.words.typography import clip, fold, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.report.figures.canvas import Canvas
    from sim.words import Words

    Numbers = NDArray[np.float64]

MOST_PANELS = 6
"""Factors that are drawn."""

_ACROSS = {1: 1, 2: 2, 4: 2}  # panels side by side, by their number; else three
_DECADES = 20  # times the low end from where on an axis counts in powers of ten
_MOST_POINTS = 300  # drawn in a panel; more are a blot
_BINS, _FEWEST = 12, 15  # parts of the range, points in each
_TURNS = 0.25  # of the height of the line that it has to turn back for an extreme inside to be told
_NAME = 36  # columns of a panel's name


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One factor at the points of a design.

    Attributes:
        name: What people call it.
        values: Its values, categories as their numbers: of shape (P,).
        labels: Names of the categories; empty = it is a number.
        curved: Whether values are drawn on a logarithmic axis.
        told: Whether it is told apart from a factor without effect.
    """

    name: str
    values: Numbers
    labels: tuple[str, ...] = ()
    curved: bool = False
    told: bool = True


@dataclass(frozen=True, kw_only=True)
class Line:
    """Means of an output over neighbouring points.

    Attributes:
        at: Mean value of the factor in each part, ascending: of shape (B,).
        means: Mean of the output.
        counts: Points in it.
    """

    at: Numbers
    means: Numbers
    counts: NDArray[np.int64]


def line_of(values: Numbers, answers: Numbers) -> Line:
    """Means over parts of a factor's range with equally many points; equal values stay together.

    Args:
        values: Of the factor, of shape (P,), P >= 1.
        answers: Of the output, of the same shape, none missing.
    """
    known, place = np.unique(values, return_inverse=True)
    if len(known) > _BINS:
        bins = max(3, min(_BINS, len(values) // _FEWEST))
        edges = np.quantile(values, np.arange(1, bins) / bins)
        place = np.searchsorted(edges, values, side="right")
    counts = np.bincount(place)
    there = counts > 0
    at, means = (
        np.bincount(place, weights=one)[there] / counts[there] for one in (values, answers)
    )
    return Line(at=at, means=means, counts=counts[there])


def draw_points(
    factors: Sequence[Spread], answers: Numbers, *, words: Words, label: str, replicates: int
) -> Figure:
    """Small multiples: the output against each factor, and means of neighbouring points.

    Args:
        factors: The strongest first; at most six are drawn.
        answers: The output at each point, none missing: of shape (P,).
        words: Language.
        label: Label of the output.
        replicates: Runs behind each point.

    Returns:
        The figure; its title says what happens along the first factor.
    """
    said = figure_words(words)
    shown = factors[:MOST_PANELS]
    across = _ACROSS.get(len(shown), 3)
    rows = math.ceil(len(shown) / across)
    lines = [line_of(one.values, answers) for one in shown]
    drawn = np.arange(len(answers))
    note = said.say("factor.points_note", replicates=replicates)
    if len(drawn) > _MOST_POINTS:
        drawn = np.random.default_rng(0).permutation(drawn)[:_MOST_POINTS]
        some = said.say("factor.points_some", drawn=len(drawn), count=len(answers))
        note += " " * (said.lang == "en") + some
    canvas = make_canvas(
        words, title=points_finding(shown[0], lines[0], label=label, words=said),
        subtitle=said.say("factor.points_sub", output=output_name(label, words=said, first=True)),
        note=note, height=1.55 + 2.35 * rows,
        margins=Margins(left=0.95, right=0.3, bottom=0.36, top=0.42),
    )  # fmt: skip
    low, high = float(answers.min()), float(answers.max())
    room = 0.04 * (high - low) or 1.0
    for n, panel in enumerate(panels(canvas, rows, across, across=0.32, down=0.86)):
        if n >= len(shown):
            panel.axes.remove()
            continue
        _panel(panel, shown[n], lines[n], answers, drawn)
        panel.axes.set_ylim(low - room, high + room)
        _answer_axis(panel, label, named=n % across == 0)
    return finish(canvas)


def points_finding(factor: Spread, line: Line, *, label: str, words: Words) -> str:
    """What happens to the output along a factor: from end to end, or an extreme between.

    Nothing is said of a factor that cannot be told from luck.

    Args:
        factor: The factor.
        line: Means along it.
        label: Label of the output.
        words: Language.
    """
    output, means = output_name(label, words=words, first=words.lang == "en"), line.means
    if not factor.told:
        return words.say("factor.find_none", output=output)
    best, worst = int(means.argmax()), int(means.argmin())
    height, last = float(np.ptp(means)), len(means) - 1

    def text(value: float) -> str:
        return answer_text(value, label, words=words, half_width=height / 10)

    def place(at: int) -> str:
        value = float(line.at[at])
        return factor.labels[round(value)] if factor.labels else f"{value:.3g}"

    higher, lower = float(max(means[0], means[last])), float(min(means[0], means[last]))
    ends = {"low": text(float(means[0])), "high": text(float(means[last]))}
    key = "goes"
    if factor.labels:
        key, ends = "best", {"low": text(float(means[worst])), "high": text(float(means[best]))}
    elif means[best] - higher > _TURNS * height and means[best] - higher >= lower - means[worst]:
        key, ends = "top", {"low": text(higher), "high": text(float(means[best]))}
    elif lower - means[worst] > _TURNS * height:
        key, ends = "bottom", {"low": text(float(means[worst])), "high": text(lower)}
    extreme = place(worst if key == "bottom" else best)
    return words.say(
        f"factor.points_{key}", value=extreme, name=words.quote(factor.name), output=output, **ends
    )  # fmt: skip


def _panel(
    panel: Canvas, factor: Spread, line: Line, answers: Numbers, drawn: NDArray[np.int64]
) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator

    axes, values = panel.axes, factor.values
    if len(line.at) <= _BINS and len(np.unique(values)) <= _BINS:  # steps: points beside each other
        gap = float(np.diff(line.at).min()) if len(line.at) > 1 else 1.0
        values = values + 0.3 * gap * (np.random.default_rng(1).random(len(values)) - 0.5)
    if factor.curved:
        axes.set_xscale("log")
        axes.minorticks_off()
    axes.plot(
        values[drawn], answers[drawn], ".", color=LIGHT.series[0], markersize=4.5, alpha=0.45,
        markeredgewidth=0, zorder=2,
    )  # fmt: skip
    axes.plot(
        line.at, line.means, "o-" if factor.labels else "-", color=LIGHT.series[2], linewidth=2,
        markersize=5, zorder=3,
    )  # fmt: skip
    if factor.labels:
        names = [typeset(clip(name, 12)) for name in factor.labels]
        axes.set_xticks(range(len(names)), names)
    else:
        far = factor.curved and values.max() > _DECADES * values.min()
        axes.xaxis.set_major_locator(LogLocator(numticks=5) if far else MaxNLocator(nbins=4))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.tick_params(axis="x", labelsize=8.5)
    first, *more = fold(factor.name, _NAME)
    title = "\n".join([first, *([clip(" ".join(more), _NAME)] if more else [])])
    panel.text(
        0, 1.03, title, size=9.5, transform=axes.transAxes, va="bottom", linespacing=1.2
    )  # fmt: skip


def _answer_axis(panel: Canvas, label: str, *, named: bool) -> None:
    """Values of the output at the left of a row of panels."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes, words = panel.axes, panel.words

    def text(value: float, _: int | None = None) -> str:
        return typeset(answer_text(value, label, words=words)) if named else ""

    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(FuncFormatter(text))
    axes.grid(axis="y", color="#E4E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
