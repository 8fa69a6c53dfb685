"""A real community beside other real ones: where it stands in each respect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.canvas import Margins, finish, make_canvas
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT
from sim.words.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from sim.words import Words


def draw_placed(
    rows: Sequence[tuple[str, str, float, str]],
    *,
    title: str,
    weeks: int,
    count: int,
    families: int,
    words: Words,
) -> Figure:
    """One line a statistic: the middle half of real communities, and this one.

    Args:
        rows: Name, value, rank (0 to 1) and the rank in words, in the language of figures.
        title: The finding.
        weeks: Length of the periods compared.
        count: Number of real communities.
        families: Number of their families.
        words: Language.
    """
    said = figure_words(words)
    values = {"weeks": weeks, "count": count, "families": families}
    canvas = make_canvas(
        words, title=title, subtitle=said.say("figure.placed_sub", **values),
        note=said.say("figure.placed_note", **values), height=1.75 + 0.33 * max(len(rows), 3),
        margins=Margins(left=3.75, right=1.75, bottom=0.32, top=0.0),
    )  # fmt: skip
    axes = canvas.axes
    for row, (name, value, rank, told) in enumerate(rows):
        axes.plot((0, 1), (row, row), color="#E4E7EB", linewidth=1, zorder=1)
        axes.plot((0.25, 0.75), (row, row), color="#C9CFD6", linewidth=7, zorder=2,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot(rank, row, "o", color=LIGHT.series[1], markersize=8.5, markeredgecolor="white",
                  zorder=3, clip_on=False)  # fmt: skip
        for x, text, side, colour, gap in (
            (0, value, "right", LIGHT.text, -14),
            (1, told, "left", LIGHT.series[1], 14),
        ):
            axes.annotate(
                typeset(text), (x, row), (gap, 0), xycoords=("axes fraction", "data"),
                textcoords="offset points", fontsize=10, color=colour, ha=side, va="center",
                annotation_clip=False,
            )  # fmt: skip
        axes.annotate(
            typeset(name), (0, row), (-258, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", fontsize=10, color=LIGHT.text, va="center",
            annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    names = [said.say("figure.placed_low"), said.say("figure.placed_high")]
    axes.set_xticks([0, 1], list(map(typeset, names)))
    return finish(canvas)
