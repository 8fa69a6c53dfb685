"""When a real community writes: hours and weekdays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import Margins, finish, make_canvas
from sim.report.figures.heat import colour_scale, draw_cells
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORT = 14  # days under which weekdays are not compared


def draw_rhythm(messages: NDArray[np.int64], *, days: int, zone: str, words: Words) -> Figure:
    """Messages in each hour of the week.

    Args:
        messages: By weekday (Monday first) and hour, shape (7, 24), at least one.
        days: Days of the log, at least 1.
        zone: Name of the time zone.
        words: Language.

    Returns:
        The figure; its title names the busiest hour and compares weekends with weekdays.
    """
    from matplotlib import colormaps

    said = figure_words(words)
    canvas = make_canvas(
        words, title=_finding(messages, days, said),
        subtitle=said.say("figure.rhythm_sub", zone=zone), height=3.6,
        margins=Margins(left=0.75, right=0.4, bottom=0.35),
    )  # fmt: skip
    mean = messages / max(1.0, days / 7)
    top = float(mean.max())
    colours = colormaps["viridis_r"]
    draw_cells(canvas.axes, mean, np.zeros(mean.shape, np.bool_), colours, top=top)
    axes = canvas.axes
    axes.set_xlim(-0.5, 23.5)
    axes.set_ylim(6.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks(np.arange(0, 25, 3) - 0.5, [f"{hour:02d}:00" for hour in range(0, 25, 3)])
    axes.set_yticks(range(7), [said.say(f"weekday.{day}") for day in _DAYS])
    axes.tick_params(axis="y", labelcolor=LIGHT.text)
    value = numbers.decimal(top) if top < 10 else numbers.count(top, words=said)
    colour_scale(canvas, colours, ends=("0", value))
    return finish(canvas)


def _finding(messages: NDArray[np.int64], days: int, words: Words) -> str:
    hour = int(messages.sum(axis=0).argmax())
    values = {"hour": f"{hour:02d}:00", "until": f"{hour + 1:02d}:00"}
    workday, weekend = float(messages[:5].sum()) / 5, float(messages[5:].sum()) / 2
    if days < _SHORT or not workday:
        return words.say("figure.rhythm_short", **values)
    share = numbers.share(weekend / workday, words=words)
    return words.say("figure.rhythm_find", **values, share=share)
