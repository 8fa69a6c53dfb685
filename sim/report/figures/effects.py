"""Along one factor and over two: thresholds, and what acts together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import WIDTH, Margins, end_labels, finish, make_canvas, panels
from sim.report.findings import (
    NOTABLE,
    begun,
    condition_said,
    factor_name,
    factor_of,
    factor_value,
    half_of,
)
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT
from sim.words.typography import clip, fold, typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.report.figures.canvas import Canvas
    from sim.words import Words

    Table = Mapping[str, Any]
    Labels = Mapping[str, str]

_GRID = "#E4E7EB"
_ACROSS = 3  # curves side by side


def draw_thresholds(found: Table, *, words: Words, labels: Labels | None = None) -> Figure:
    """How often the condition holds along the most telling factors, one panel each.

    Args:
        found: The table of a discovery.
        words: Language.
        labels: What to call factors, by name.

    Returns:
        The figure; its title says from where on the condition holds in more than half of all
        futures, or which factor tells most.
    """
    said = figure_words(words)
    curves = found["curves"]
    rows = -(-len(curves) // _ACROSS)
    _, that, _ = condition_said(found, words=said)
    canvas = make_canvas(
        words, title=_curves_finding(found, words=said, labels=labels),
        subtitle=said.say("discover.curves_sub", that=that), note=said.say("discover.curves_note"),
        height=1.85 + 2.0 * rows, margins=Margins(left=0.6, right=0.3, bottom=0.35, top=0.42),
    )  # fmt: skip
    columns = min(_ACROSS, len(curves))
    drawn = panels(canvas, rows, columns, across=0.55, down=0.85)
    for panel, curve in zip(drawn, curves, strict=False):
        _curve(panel, curve, found, labels=labels)
    for panel in drawn[len(curves) :]:
        panel.axes.set_axis_off()
    return finish(drawn[0])


def draw_interaction(
    found: Table, surface: Table, *, words: Words, labels: Labels | None = None
) -> Figure:
    """The output over two factors, and the same as lines along the first of them.

    Args:
        found: The table of a discovery.
        surface: One of its ``interactions``.
        words: Language.
        labels: What to call factors, by name.

    Returns:
        The figure; its title says whether the two act together.
    """
    said = figure_words(words)
    first, second = (factor_name(one, words=said, labels=labels) for one in surface["factors"])
    kpi = found["condition"]["kpi"]
    values = {"one": first, "other": second, "kpi": said.kpi(kpi)}
    if surface["share"] >= NOTABLE:
        title = said.say(
            "discover.pair_find", share=numbers.share(surface["share"], words=said), **values
        )
    else:
        title = said.say("discover.pair_none", **values)
    note = said.say(
        "discover.pair_note", h=f"{surface['h']:.2f}", q2=f"{found['surrogate']['q2']:.2f}"
    )
    mean = np.array(surface["mean"])
    edge = mean.min() < found["condition"]["value"] < mean.max() and min(mean.shape) > 1
    edge = edge and not any(kind == "categorical" for kind in surface["kinds"])
    if edge:
        value = numbers.kpi(found["condition"]["value"], kpi, words=said)
        note += " " * (said.lang == "en")
        note += said.say("discover.pair_edge", kpi=said.kpi(kpi), value=value)
    canvas = make_canvas(
        words, title=begun(title),
        subtitle=said.say("discover.pair_sub", **values | {"one": clip(first, 30)}), note=note,
        height=4.5, margins=Margins(left=1.0, right=1.5, bottom=0.6, top=0.2),
    )  # fmt: skip
    left, right = panels(canvas, 1, 2, across=1.65, down=0)
    _heat(left, found, surface, names=(first, second), edge=edge)
    _lines(right, found, surface, names=(first, second))
    return finish(left)


def two_lines(name: str, columns: int) -> str:
    """A name in at most two lines, clipped if it needs more."""
    first, *more = fold(name, columns)
    return "\n".join(map(typeset, [first, *([clip(" ".join(more), columns)] if more else [])]))


def share_axes(canvas: Canvas, *, both: bool) -> None:
    """Shares of 1 along y, and along x as well."""
    axes = canvas.axes
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    texts = [typeset(f"{100 * tick:.0f}{'%' if canvas.words.lang == 'zh' else ' %'}")
             for tick in ticks]  # fmt: skip
    axes.set_ylim(0, 1.04)
    axes.set_yticks(ticks, texts)
    axes.grid(axis="y", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    if both:
        axes.set_xlim(0, 1.03)
        axes.set_xticks(ticks, texts)


def _curve(canvas: Canvas, curve: Table, found: Table, *, labels: Labels | None) -> None:
    """One factor: the share with its band, one half, where it is passed."""
    axes, factor = canvas.axes, factor_of(found, curve["factor"])
    at, share = np.array(curve["at"]), np.array(curve["share"])
    colour = LIGHT.series[1]
    axes.axhline(0.5, color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (1.2, 1.8)))
    if curve["kind"] == "categorical" or len(at) <= 12:  # told one by one
        bars = np.array([share - curve["low"], np.array(curve["high"]) - share]).clip(0)
        axes.errorbar(at, share, yerr=bars, fmt="o", color=colour, markersize=6, lw=1.6, zorder=3)
        room = 0.5 if curve["kind"] == "categorical" else 0.06 * (at[-1] - at[0])
        axes.set_xlim(at[0] - room, at[-1] + room)
    else:
        axes.fill_between(at, curve["low"], curve["high"], color=colour, alpha=0.18, linewidth=0)
        axes.plot(at, share, color=colour, linewidth=1.8, zorder=3)
        axes.set_xlim(factor["low"], factor["high"])
    if curve["kind"] == "categorical":
        room = max(4, 26 // len(at))
        axes.set_xticks(at, [typeset(clip(factor["levels"][int(code)], room)) for code in at])
    else:
        _value_axis(axes, factor)
    half = half_of(curve)
    if half is not None:
        axes.axvspan(*curve["crossing_band"], color=LIGHT.worse, alpha=0.15, linewidth=0)
        axes.axvline(half[0], color=LIGHT.worse, linewidth=1.2, linestyle=(0, (4, 3)))
        low, high = axes.get_xlim()
        right = half[0] > (low + high) / 2
        axes.annotate(
            typeset(factor_value(half[0], factor)), (half[0], 0.97), (-5 if right else 5, 0),
            textcoords="offset points", fontsize=10, color=LIGHT.worse,
            ha="right" if right else "left", va="top",
        )  # fmt: skip
    share_axes(canvas, both=False)
    name = factor_name(curve["factor"], words=canvas.words, labels=labels)
    canvas.text(0, 1.05, two_lines(name, 32), transform=axes.transAxes, size=9.5, va="bottom")


def _heat(
    canvas: Canvas, found: Table, surface: Table, *, names: tuple[str, str], edge: bool
) -> None:
    """The output over both factors, lowest dark, with a line where the condition begins."""
    from matplotlib import colormaps

    axes = canvas.axes
    first, second = (factor_of(found, one) for one in surface["factors"])
    at, mean = surface["at"], np.array(surface["mean"])
    spots = [
        np.arange(len(values)) if factor["kind"] == "categorical" else np.array(values)
        for values, factor in zip(at, (first, second), strict=True)
    ]
    drawn = axes.pcolormesh(
        spots[0], spots[1], mean.T, cmap=colormaps["viridis"], shading="nearest"
    )
    if edge:
        axes.contour(
            spots[0], spots[1], mean.T, levels=[found["condition"]["value"]], colors="white",
            linewidths=2,
        )  # fmt: skip
    for axis, factor, spot, values in zip("xy", (first, second), spots, at, strict=True):
        _grid_axis(axes, axis, factor, spot, values)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(typeset(clip(names[0], 40)), fontsize=10, color=LIGHT.text)
    axes.set_ylabel(typeset(clip(names[1], 30)), fontsize=10, color=LIGHT.text)
    place = axes.get_position()
    bar = canvas.figure.add_axes((place.x1 + 0.01, place.y0, 0.1 / WIDTH, place.height))
    canvas.figure.colorbar(drawn, cax=bar)
    _kpi_axis(canvas.on(bar), found)
    bar.yaxis.tick_right()
    for spine in bar.spines.values():
        spine.set_visible(False)


def _lines(canvas: Canvas, found: Table, surface: Table, *, names: tuple[str, str]) -> None:
    """The output along the first factor, a line for the lowest, middle and highest second."""
    axes = canvas.axes
    first, second = (factor_of(found, one) for one in surface["factors"])
    at, mean = surface["at"], np.array(surface["mean"])
    count = len(at[1])
    few = range(count) if second["kind"] == "categorical" and count <= 5 else (0, count // 2, -1)
    spots = range(len(at[0])) if first["kind"] == "categorical" else at[0]
    labels = []
    for place, i in enumerate(dict.fromkeys(i % count for i in few)):
        colour = LIGHT.series[1 + place]
        axes.plot(
            spots, mean[:, i], "o-" if first["kind"] == "categorical" else "-", color=colour,
            linewidth=1.9,
        )  # fmt: skip
        labels.append((float(mean[-1, i]), factor_value(at[1][i], second), colour))
    if axes.get_ylim()[0] < found["condition"]["value"] < axes.get_ylim()[1]:
        axes.axhline(
            found["condition"]["value"], color=LIGHT.secondary, lw=0.9, linestyle=(0, (1.2, 1.8))
        )
    _grid_axis(axes, "x", first, np.array(spots), at[0])
    _kpi_axis(canvas, found)
    axes.set_xlabel(typeset(clip(names[0], 40)), fontsize=10, color=LIGHT.text)
    axes.grid(axis="y", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    end_labels(canvas, labels, size=9.5)
    canvas.text(
        1.02, 1.03, clip(names[1], 22), transform=axes.transAxes, size=9.5,
        colour=LIGHT.secondary, va="bottom",
    )  # fmt: skip


def _grid_axis(axes: Axes, axis: str, factor: Table, spots: Any, values: Sequence[float]) -> None:
    """Values of a factor along an axis: categories by name, numbers as exact as their range."""
    target = axes.xaxis if axis == "x" else axes.yaxis
    if factor["kind"] == "categorical":
        names = [typeset(clip(factor["levels"][int(code)], 12)) for code in values]
        target.set_ticks(spots, names)
    else:
        _value_axis(axes, factor, axis=axis)


def _value_axis(axes: Axes, factor: Table, *, axis: str = "x") -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    target = axes.xaxis if axis == "x" else axes.yaxis
    target.set_major_locator(MaxNLocator(nbins=5, integer=factor["kind"] == "integer"))
    target.set_major_formatter(FuncFormatter(lambda value, _: factor_value(value, factor)))


def _kpi_axis(canvas: Canvas, found: Table, *, most: int = 5) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    kpi, words = found["condition"]["kpi"], canvas.words
    canvas.axes.yaxis.set_major_locator(MaxNLocator(nbins=most))
    canvas.axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: typeset(numbers.kpi(value, kpi, words=words)))
    )


def _curves_finding(found: Table, *, words: Words, labels: Labels | None) -> str:
    """The first factor that passes one half, else the one that tells most."""
    _, _, they = condition_said(found, words=words)
    for curve in found["curves"]:
        half = half_of(curve)
        if half is not None:
            value, above = half
            title = words.say(
                "discover.curves_half", they=they,
                name=factor_name(curve["factor"], words=words, labels=labels),
                way=words.say(f"discover.way_{'above' if above else 'below'}"),
                value=factor_value(value, factor_of(found, curve["factor"])),
            )  # fmt: skip
            return begun(title)
    most = max(found["curves"], key=lambda curve: curve["strength"])
    low, high = (round(100 * end) for end in (min(most["share"]), max(most["share"])))
    name = factor_name(most["factor"], words=words, labels=labels)
    return words.say("discover.curves_none", name=name, low=low, high=high)
