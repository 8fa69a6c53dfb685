"""How a method compares with another, family by family: a dot plot of ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.canvas import Margins, finish, make_canvas, panels
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT
from sim.words.typography import clip, typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from sim.words import Words

_ROW = 0.2  # height of a row, inches
_NAME = 30  # columns of a family's name
_ENDS = (0.5, 2.0)
_TICKS = (0.5, 0.7, 1.0, 1.4, 2.0)


def draw_ratios(
    ratios: Mapping[str, Sequence[float]], targets: Sequence[str], *, words: Words
) -> Figure:
    """Ratios on a logarithmic axis, a row a family, a panel a target; left of 1 is better.

    Args:
        ratios: By family one ratio for each target, NaN = not known; at least one family.
        targets: Keys of ``describe.<target>_week``: speakers, messages, newcomers.
        words: Language.

    Returns:
        The figure; its title counts the families below 1.
    """
    said = figure_words(words)
    names = sorted(ratios, key=lambda name: -float(np.nanmean(np.log(ratios[name]))))
    values = np.array([ratios[name] for name in names], dtype=float)
    below = {name: int((values[:, i] < 1).sum()) for i, name in enumerate(targets)}
    outside = bool(((values < _ENDS[0]) | (values > _ENDS[1])).any())
    canvas = make_canvas(
        words, title=said.say("backtest.find", n=len(names), **below),
        subtitle=said.say("backtest.dots"),
        note=said.say("backtest.dots_cut") if outside else "",
        height=1.7 + _ROW * len(names), margins=Margins(left=2.4, right=0.3, bottom=0.36, top=0.3),
    )  # fmt: skip
    rows = np.arange(len(names))
    for i, panel in enumerate(panels(canvas, 1, len(targets), across=0.3, down=0)):
        axes, column = panel.axes, np.clip(values[:, i], *_ENDS)
        axes.set_xscale("log")
        axes.set_xlim(_ENDS[0] / 1.04, _ENDS[1] * 1.04)
        axes.set_xticks(_TICKS, [f"{tick:g}" for tick in _TICKS])
        axes.minorticks_off()
        axes.set_ylim(-0.7, len(names) - 0.3)
        axes.grid(axis="y", color="#E4E7EB", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.axvline(1, color=LIGHT.secondary, linewidth=0.9)
        for better, colour, marker in ((True, LIGHT.better, "o"), (False, LIGHT.worse, "D")):
            mine = (column < 1) == better
            axes.plot(
                column[mine], rows[mine], linestyle="", marker=marker, color=colour, markersize=5
            )
        labels = [typeset(clip(name, _NAME)) for name in names] if i == 0 else []
        axes.set_yticks(rows, labels or [""] * len(names))
        panel.text(
            0, 1.02, said.say(f"describe.{targets[i]}_week"), transform=axes.transAxes, va="bottom"
        )
    return finish(canvas)
