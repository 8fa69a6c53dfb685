"""One member's life: how engaged and how trusting, evening by evening, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.canvas import day_axis, end_labels, finish, make_canvas, margins_for
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, LINE_STYLES
from sim.report.telling import name_of
from sim.words.typography import typeset, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.report.figures.canvas import Canvas
    from sim.study.life import Life
    from sim.words import Words

_DOTS = (
    "paid", "brought", "friend", "friend_left", "role", "muted", "first_packet", "refunded",
    "moved", "lapsed", "unmuted",
)  # fmt: skip
"""Kinds of events that are drawn."""
_SPEECH = 0.16  # height of the row of messages, below 0
_COLUMNS = 150.0  # of text over the whole width


def draw_life(life: Life, words: Words) -> Figure:
    """A member's life as two lines, with a dot for what happened and bars for what was said.

    Args:
        life: The life.
        words: Language.

    Returns:
        The figure; its title says from when to when.
    """
    said = figure_words(words)
    name = name_of(life.id, words=said)
    last = life.first + life.length - 1
    how = {"present": "present", "pruned": "pruned"}.get(life.ending.how, "left")
    if how == "present" and not any(event.kind == "joined" for event in life.events):
        how = "there"
    title = said.say(f"life.figure_{how}", name=name, first=life.first, last=last)
    canvas = make_canvas(
        words, title=title, subtitle=said.say("life.figure_sub"),
        note=said.say("life.figure_note", name=name), height=4.0, margins=margins_for(marks=True),
    )  # fmt: skip
    days = life.first + np.arange(life.length)
    axes = canvas.axes
    labels = []
    for place, state in ((1, "engagement"), (2, "trust")):
        colour = LIGHT.series[place]
        axes.plot(days, life.days[state], color=colour, linewidth=2.0, linestyle=LINE_STYLES[place])
        labels.append((float(life.days[state][-1]), canvas.say(f"state.{state}"), colour))
    _speech(axes, life)
    axes.set_ylim(-_SPEECH - 0.04, 1.06)
    axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0])
    axes.grid(axis="y", color="#E4E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    day_axis(canvas, days)
    _dots(canvas, life)
    end_labels(canvas, labels)
    return finish(canvas)


def _speech(axes: Axes, life: Life) -> None:
    """Bars below the lines: messages of each day, the highest as high as the row."""
    messages = life.days["messages"]
    if not messages.any():
        return
    spoke = np.flatnonzero(messages)
    heights = np.sqrt(messages[spoke] / messages.max()) * _SPEECH  # so that single words show
    days = life.first + spoke
    axes.vlines(days, -_SPEECH, heights - _SPEECH, color=LIGHT.secondary, linewidth=1.2)


def _dots(canvas: Canvas, life: Life) -> None:
    """Dots on the line of engagement; names above the axes while there is room."""
    axes = canvas.axes
    low, high = axes.get_xlim()
    free = [low, low]
    drawn = dict.fromkeys((one.day, one.kind) for one in life.events if one.kind in _DOTS)
    for day, kind in drawn:
        height = float(life.days["engagement"][day - life.first])
        axes.plot(
            day, height, "o", color=LIGHT.series[1], markersize=5.5,
            markeredgecolor=LIGHT.ground, zorder=4,
        )  # fmt: skip
        name = canvas.say(f"life.dot_{kind}")
        row = next((row for row in (0, 1) if day >= free[row]), None)
        if row is None:
            continue
        axes.axvline(day, color="#C3C9D1", linewidth=0.6, zorder=0.5)
        free[row] = day + (width(name) + 2) / _COLUMNS * (high - low)
        axes.annotate(
            typeset(name), (day, 1), (0, 3 + 11 * row), xycoords=("data", "axes fraction"),
            textcoords="offset points", fontsize=8.5, color=LIGHT.secondary, va="bottom",
        )  # fmt: skip
