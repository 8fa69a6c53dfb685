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
_PARTS = (slice(0, 5), slice(5, 7))
_WEEKS = 2  # under which weekends are not compared


def draw_rhythm(
    messages: NDArray[np.int64], hours: NDArray[np.int64], *, zone: str, words: Words
) -> Figure:
    """Messages in each hour of the week.

    Args:
        messages: By weekday (Monday first) and hour, shape (7, 24), at least one.
        hours: Hours of the log that fall there, shape (7, 24); 0 = none was seen.
        zone: Name of the time zone.
        words: Language.

    Returns:
        The figure; its title names the busiest hour and compares weekends with weekdays.
    """
    from matplotlib import colormaps

    said = figure_words(words)
    canvas = make_canvas(
        words, title=_finding(messages, hours, said),
        subtitle=said.say("figure.rhythm_sub", zone=zone), height=3.6,
        margins=Margins(left=0.75, right=0.4, bottom=0.35),
    )  # fmt: skip
    mean = np.full(messages.shape, np.nan)
    np.divide(messages, hours, out=mean, where=hours > 0)
    top = float(np.nanmax(mean))
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


def _finding(messages: NDArray[np.int64], hours: NDArray[np.int64], words: Words) -> str:
    hour = int((messages.sum(axis=0) / np.maximum(hours.sum(axis=0), 1)).argmax())
    values = {"hour": f"{hour:02d}:00", "until": f"{hour + 1:02d}:00"}
    workdays, weekend = (messages[days].sum() / max(hours[days].sum(), 1) for days in _PARTS)
    if hours.min() < _WEEKS or not workdays:
        return words.say("figure.rhythm_short", **values)
    share = numbers.share(float(weekend / workdays), words=words)
    return words.say("figure.rhythm_find", **values, share=share)
