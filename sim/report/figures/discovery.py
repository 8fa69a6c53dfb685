"""Where something happens: the search of PRIM and the boxes that it ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report import numbers
from sim.report.figures.canvas import Margins, finish, make_canvas, panels
from sim.report.figures.effects import draw_interaction, draw_thresholds, share_axes, two_lines
from sim.report.findings import (
    begun,
    condition_said,
    factor_name,
    factor_of,
    restriction_said,
    rules_said,
)
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT
from sim.words.typography import clip, typeset, width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.report.figures.canvas import Canvas
    from sim.words import Words

    Table = Mapping[str, Any]
    Labels = Mapping[str, str]

_ROW = 0.5  # height of a factor's row, inches
_NAME = 24  # columns of a factor's name


def draw_boxes(found: Table, *, words: Words, labels: Labels | None = None) -> Figure | None:
    """The trajectory of PRIM, and the limits of the boxes it ends with.

    Args:
        found: The table of a discovery.
        words: Language.
        labels: What to call factors, by name.

    Returns:
        The figure; its title is the first box in words. None if no box was found.
    """
    if not found["boxes"]:
        return None
    said = figure_words(words)
    boxes = found["boxes"]
    names = list(dict.fromkeys(one["factor"] for box in boxes for one in box["restrictions"]))
    what, _, _ = condition_said(found, words=said)
    rules = rules_said(boxes[0], found, words=said, labels=labels)
    colon = "：" if said.lang == "zh" else ": "
    canvas = make_canvas(
        words, title=begun(what) + colon + rules,
        subtitle=said.say("discover.boxes_sub"), note=said.say("discover.boxes_note"),
        height=2.5 + _ROW * max(3, sum(len(box["restrictions"]) for box in boxes)),
        margins=Margins(left=0.75, right=0.95, bottom=0.55, top=0.12),
    )  # fmt: skip
    wide = max(width(factor_name(name, words=said, labels=labels)) for name in names)
    left, right = panels(canvas, 1, 2, across=0.5 + 0.078 * min(_NAME, wide), down=0)
    _trajectory(left, found)
    _limits(right, found, labels=labels)
    return finish(left)


def discovery_figures(
    found: Table, *, words: Words, labels: Labels | None = None
) -> dict[str, Figure]:
    """Every figure of a discovery by its name: ``boxes``, ``thresholds``, ``interaction``.

    Args:
        found: The table of a discovery.
        words: Language.
        labels: What to call factors, by name.

    Returns:
        The figures there are: no boxes where none was found, the strongest interaction only, and
        none where the surrogate is not trusted.
    """
    figures = {}
    boxes = draw_boxes(found, words=words, labels=labels)
    if boxes is not None:
        figures["boxes"] = boxes
    if found["curves"]:
        figures["thresholds"] = draw_thresholds(found, words=words, labels=labels)
    if found["interactions"]:
        strongest = found["interactions"][0]
        figures["interaction"] = draw_interaction(found, strongest, words=words, labels=labels)
    return figures


def _trajectory(canvas: Canvas, found: Table) -> None:
    """Density over coverage, from everything at the right to the smallest box at the left."""
    axes, words = canvas.axes, canvas.words
    steps = found["boxes"][0]["trajectory"]
    axes.plot(
        [step["coverage"] for step in steps], [step["density"] for step in steps], "o-",
        color=LIGHT.series[0], linewidth=1, markersize=3.5, zorder=2,
    )  # fmt: skip
    axes.axhline(found["base"], color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (4, 3)))
    everywhere = canvas.say("discover.everywhere", share=numbers.share(found["base"], words=words))
    canvas.text(0.01, found["base"] - 0.02, everywhere, size=9, colour=LIGHT.secondary, va="top")
    for number, box in enumerate(found["boxes"], start=1):
        colour = LIGHT.series[number]
        axes.plot(box["coverage"], box["density"], "D", color=colour, markersize=8, zorder=3)
        share = [numbers.share(box[key], words=words) for key in ("coverage", "density")]
        text = f"{canvas.say('discover.box_mark', number=number)}\n{' / '.join(share)}"
        side, shift = ("left", 9) if box["coverage"] < 0.7 else ("right", -9)
        axes.annotate(
            typeset(text), (box["coverage"], box["density"]), (shift, -9),
            textcoords="offset points", fontsize=9.5, color=colour, ha=side, va="top",
        )  # fmt: skip
    share_axes(canvas, both=True)
    axes.set_xlabel(canvas.say("discover.coverage_axis"), fontsize=9.5, color=LIGHT.text)
    axes.set_ylabel(canvas.say("discover.density_axis"), fontsize=9.5, color=LIGHT.text)


def _limits(canvas: Canvas, found: Table, *, labels: Labels | None) -> None:
    """A row a limit: the range sampled in grey, what is inside in the colour of its box."""
    axes, words, ticks, names = canvas.axes, canvas.words, [], []
    row = 0.0
    for number, box in enumerate(found["boxes"], start=1):
        colour = LIGHT.series[number]
        for one in box["restrictions"]:
            factor = factor_of(found, one["factor"])
            _limit(canvas, row, one, factor, colour=colour)
            name = factor_name(one["factor"], words=words, labels=labels)
            said = restriction_said(one, found, words=words, labels={one["factor"]: ""}).strip()
            if words.lang == "zh":
                said = said.removeprefix("是 ").removeprefix("在 ")
            said = said.removeprefix("is ").removeprefix("between ")
            axes.annotate(
                typeset(clip(said, 2 * _NAME)), (0, row), (0, 9), textcoords="offset points",
                fontsize=9.5, color=colour, va="bottom", annotation_clip=False,
            )  # fmt: skip
            small = one["p"] < 0.001
            p = canvas.say("discover.p_small" if small else "discover.p", value=f"{one['p']:.3f}")
            axes.annotate(
                p, (1, row), (8, 0), textcoords="offset points", fontsize=9,
                color=LIGHT.secondary, va="center", annotation_clip=False,
            )  # fmt: skip
            ticks.append(row)
            names.append(two_lines(name, _NAME))
            row += 1
        row += 0.3
    axes.set_xlim(0, 1)
    axes.set_ylim(row - 0.6, -0.75)
    axes.set_yticks(ticks, names)
    axes.tick_params(axis="y", labelsize=10, labelcolor=LIGHT.text)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])


def _limit(canvas: Canvas, row: float, one: Table, factor: Table, *, colour: str) -> None:
    """One bar: the part of the range, or the categories, that are inside."""
    axes = canvas.axes
    axes.plot((0, 1), (row, row), color="#D5DAE0", linewidth=7, solid_capstyle="butt", zorder=1)
    if one["kept"] is not None:
        count = len(factor["levels"])
        for code, level in enumerate(factor["levels"]):
            if level in one["kept"]:
                ends = (code / count + 0.01, (code + 1) / count - 0.01)
                _bar(axes, row, ends, colour)
        return
    low, high = factor["low"], factor["high"]
    span = (high - low) or 1.0
    inside = [
        end if one[name] is None else one[name] for name, end in (("low", low), ("high", high))
    ]
    shown = [min(1.0, max(0.0, (end - low) / span)) for end in inside]
    _bar(axes, row, (shown[0], max(shown[1], shown[0] + 0.01)), colour)


def _bar(axes: Axes, row: float, ends: tuple[float, float], colour: str) -> None:
    axes.plot(ends, (row, row), color=colour, linewidth=7, solid_capstyle="butt", zorder=2)
