"""Changes beside their margins, and how a KPI is spread over futures before and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.canvas import Margins, finish, make_canvas
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT
from sim.words.typography import clip, typeset, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

EDGE = 6.0
"""Margins from no change to the edge of the picture at most."""

_ROW = 0.24  # height of a row, inches
_NAME, _LETTER = 36, 0.075  # columns of a name, and the width of one, inches
_BEFORE, _NOW = LIGHT.series[0], LIGHT.series[1]


def draw_margins(
    rows: Sequence[tuple[str, float, float, float, str]], *, title: str, words: Words
) -> Figure:
    """A dot and an interval a KPI, in units of its margin.

    Args:
        rows: Name, change, lower and upper end of its interval, each over the margin, and the
            verdict (``equivalent``, ``different``, ``undecided``); at least one, the first on top.
        title: The finding.
        words: Language.
    """
    said = figure_words(words)
    names = [clip(name, _NAME) for name, *_ in rows]
    left = 0.4 + _LETTER * max(map(width, names))
    canvas = make_canvas(
        words, title=title, subtitle=said.say("ci.dots"), note=said.say("ci.dots_note"),
        height=1.5 + _ROW * len(rows), margins=Margins(left=left, right=0.3, bottom=0.36),
    )  # fmt: skip
    axes = canvas.axes
    places = np.arange(len(rows))[::-1]
    widest = max(abs(end) for _, *ends, _ in rows for end in ends)
    edge = float(np.clip(np.ceil(widest), 2, EDGE))
    axes.set_xlim(-edge * 1.03, edge * 1.03)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.axvspan(-1, 1, color=LIGHT.panel, zorder=0)
    axes.axvline(0, color=LIGHT.secondary, linewidth=0.9)
    for end in (-1, 1):
        axes.axvline(end, color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (4, 3)))
    looks = {
        "different": (LIGHT.worse, "D"), "undecided": (LIGHT.secondary, "s"),
        "equivalent": (LIGHT.better, "o"),
    }  # fmt: skip
    for (_, change, low, high, verdict), place in zip(rows, places, strict=True):
        colour, marker = looks[verdict]
        ends = np.clip([low, high], -edge, edge)
        axes.plot(ends, [place, place], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            np.clip(change, -edge, edge), place, marker=marker, color=colour, markersize=5,
            linestyle="", clip_on=False,
        )  # fmt: skip
    axes.set_yticks(places, [typeset(name) for name in names])
    ticks = np.arange(-edge, edge + 1)
    axes.set_xticks(ticks, [f"{tick:+.0f}" if tick else "0" for tick in ticks])
    return finish(canvas)


def draw_spread(
    before: NDArray[np.float64], after: NDArray[np.float64], *, title: str, words: Words
) -> Figure:
    """The share of futures with at most so much, before and now.

    Args:
        before: Values in the baseline, at least one.
        after: Values now, at least one.
        title: What is drawn.
        words: Language.
    """
    said = figure_words(words)
    canvas = make_canvas(
        words, title=title, subtitle=said.say("ci.spread_what"), height=3.0,
        margins=Margins(left=0.85, right=0.9, bottom=0.36),
    )  # fmt: skip
    axes = canvas.axes
    low = float(min(before.min(), after.min()))
    high = float(max(before.max(), after.max()))
    room = 0.04 * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(0, 1.02)
    for values, colour, key in ((before, _BEFORE, "ci.before"), (after, _NOW, "ci.after")):
        ordered = np.sort(values)
        shares = np.arange(1, len(ordered) + 1) / len(ordered)
        axes.step(
            np.concatenate([[low - room], ordered, [high + room]]),
            np.concatenate([[0.0], shares, [1.0]]), where="post", color=colour, linewidth=1.8,
        )  # fmt: skip
        first = np.median(ordered) < np.median(after if values is before else before)
        away = (-8, 9) if first else (8, -9)  # beside the curve, on the side away from the other
        axes.annotate(
            canvas.say(key), (float(np.median(ordered)), 0.5), away, textcoords="offset points",
            color=colour, fontsize=10.5, va="center", ha="right" if first else "left",
        )  # fmt: skip
    axes.set_yticks(
        [0, 0.5, 1], ["0", "50 %", "100 %"] if said.lang == "en" else ["0", "50%", "100%"]
    )
    axes.grid(axis="y", color="#E4E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    return finish(canvas)
