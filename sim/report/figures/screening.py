"""Morris' plane: how large effects are, and how far they differ from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.canvas import Margins, finish, make_canvas
from sim.report.fonts import families, figure_words
from sim.report.influences import index_text, output_name
from sim.report.palette import LIGHT
from sim.words.typography import clip, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox

    from sim.report.figures.canvas import Canvas
    from sim.words import Words

RATIOS = (0.1, 0.5, 1.0)
"""sigma/mu* up to which an effect is almost straight, has one direction, has almost one.

Garcia Sanchez et al. 2014, https://doi.org/10.1016/j.enbuild.2012.08.048.
"""

NAMED = 8
"""Factors that carry their names, the strongest."""

_NAME = 34  # columns of a name
_DISTANCES = (9, 20, 34, 50, 70)  # of a name from its point, in points
_ANGLES = (0, 180, 30, -30, 150, -150, 90, -90)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The elementary effects of one factor.

    Attributes:
        name: What people call it.
        size: mu*, mean size, in the output's unit.
        spread: sigma, standard deviation.
        told: Whether it is told apart from the inert factor.
        kept: Whether it went on to the next step of a study.
        inert: Whether it is the inert factor itself.
    """

    name: str
    size: float
    spread: float
    told: bool = True
    kept: bool = False
    inert: bool = False


def draw_plane(effects: Sequence[Effect], *, words: Words, label: str) -> Figure:
    """The plane of mu* and sigma.

    Args:
        effects: All factors and the inert one.
        words: Language.
        label: Label of the output.

    Returns:
        The figure; its title counts the factors that can be told from luck. The strongest eight and
        the inert one carry their names, so that no name covers another.
    """
    said = figure_words(words)
    order = sorted((one for one in effects if not one.inert), key=lambda one: -one.size)
    parts = [said.say("factor.plane_note")]
    if any(one.kept for one in order):
        parts.append(said.say("factor.plane_kept"))
    canvas = make_canvas(
        words, title=plane_finding(order, label=label, words=said),
        subtitle=said.say("factor.plane_sub", output=output_name(label, words=said, first=True)),
        note=(" " * (said.lang == "en")).join(parts), height=5.6,
        margins=Margins(left=1.1, right=1.0, bottom=0.62, top=0.1),
    )  # fmt: skip
    axes = canvas.axes
    wide = max((one.size for one in effects), default=0.0) or 1.0
    tall = max((one.spread for one in effects), default=0.0) or 1.0
    axes.set_xlim(-0.02 * wide, 1.1 * wide)
    axes.set_ylim(-0.03 * tall, 1.12 * tall)
    _ratio_lines(canvas)
    dots = []
    for one in effects:
        filled = one.kept or not any(other.kept for other in order)
        colour = LIGHT.worse if one.inert else LIGHT.better if one.told else LIGHT.series[0]
        axes.plot(
            one.size, one.spread, "D" if one.inert else "o", markersize=6, zorder=3,
            color=colour, markerfacecolor=colour if filled or one.inert else "white",
            markeredgecolor=colour,
        )  # fmt: skip
        dots.append((one.size, one.spread))
    axes.grid(color="#E4E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    _amounts(canvas, label)
    named = [*order[:NAMED], *(one for one in effects if one.inert)]
    _names(canvas, named, dots)
    return finish(canvas)


def plane_finding(order: Sequence[Effect], *, label: str, words: Words) -> str:
    """How many factors can be told from luck, and the strongest of them.

    Args:
        order: The factors, the strongest first.
        label: Label of the output.
        words: Language.
    """
    output = output_name(label, words=words, first=words.lang == "en")
    told = [one for one in order if one.told]
    if not told:
        return words.say("factor.find_none", output=output)
    return words.say(
        "factor.plane_find", told=len(told), count=len(order), output=output,
        name=words.quote(told[0].name),
    )  # fmt: skip


def _ratio_lines(canvas: Canvas) -> None:
    """Lines of equal sigma/mu*, named where they leave the axes."""
    axes = canvas.axes
    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    for ratio in RATIOS:
        x = min(right, top / ratio)
        axes.plot((0, x), (0, ratio * x), color="#C3C9D1", linewidth=1, zorder=1)
        beside = x == right
        axes.annotate(
            "σ = μ*" if ratio == 1 else f"σ = {ratio:g} μ*", (x, ratio * x),
            (5, 0) if beside else (0, 3), textcoords="offset points", fontsize=9,
            color=LIGHT.secondary, ha="left" if beside else "center",
            va="center" if beside else "bottom", annotation_clip=False,
        )  # fmt: skip


def _amounts(canvas: Canvas, label: str) -> None:
    """Axes in the unit of the output."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes, words = canvas.axes, canvas.words

    def text(value: float, _: int | None = None) -> str:
        return typeset(index_text(value, "mu_star", label, words=words)) if value > 0 else "0"

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=5))
        axis.set_major_formatter(FuncFormatter(text))
    axes.set_xlabel(canvas.say("factor.plane_x"), fontsize=9.5, color=LIGHT.secondary)
    axes.set_ylabel(canvas.say("factor.plane_y"), fontsize=9.5, color=LIGHT.secondary)


def _names(canvas: Canvas, named: Sequence[Effect], dots: Sequence[tuple[float, float]]) -> None:
    """Names beside their points, each where it covers no name and no point.

    A name for which there is no room is left out; the table beneath has it.
    """
    from matplotlib.transforms import Bbox

    axes = canvas.axes
    scale = canvas.figure.dpi / 72
    taken = []
    for x, y in axes.transData.transform(np.array(dots)):
        half = 4 * scale
        taken.append(Bbox.from_extents(x - half, y - half, x + half, y + half))
    for text in axes.texts:  # of the lines
        text.set_fontfamily(families(canvas.words))
        taken.append(text.get_window_extent())
    inside = axes.get_window_extent()
    page = canvas.figure.bbox
    room = Bbox.from_extents(inside.x0, inside.y0, page.x1 - 6 * scale, inside.y1)
    for one in named:
        name = canvas.say("factor.inert") if one.inert else clip(one.name, _NAME)
        note = _placed(canvas, (one.size, one.spread), name, taken, room)
        if note is not None:
            note.set_color(LIGHT.worse if one.inert else LIGHT.text)


def _placed(
    canvas: Canvas, at: tuple[float, float], name: str, taken: list[Bbox], room: Bbox
) -> Annotation | None:
    """A name in the first free place around its point, from near to far."""
    for distance in _DISTANCES:
        for angle in _ANGLES:
            dx, dy = np.cos(np.radians(angle)), np.sin(np.radians(angle))
            shift = (distance * dx, distance * dy)
            note = canvas.axes.annotate(
                typeset(name), at, shift, textcoords="offset points", fontsize=9,
                ha="center" if abs(dx) < 0.1 else "left" if dx > 0 else "right",
                va="center" if abs(dy) < 0.1 else "bottom" if dy > 0 else "top",
                annotation_clip=False, fontfamily=families(canvas.words), zorder=4,
            )  # fmt: skip
            box = note.get_window_extent()
            inside = room.x0 <= box.x0 and box.x1 <= room.x1
            inside = inside and room.y0 <= box.y0 and box.y1 <= room.y1
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                if distance > _DISTANCES[0]:
                    canvas.axes.annotate(
                        "", at, shift, textcoords="offset points", zorder=2,
                        arrowprops={"arrowstyle": "-", "color": "#9AA5B2", "lw": 0.7},
                    )  # fmt: skip
                return note
            note.remove()
    return None
