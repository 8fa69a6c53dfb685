"""A forecast beside the past it continues: the fan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import (
    count_axis,
    day_axis,
    end_labels,
    finish,
    make_canvas,
    margins_for,
)
from sim.report.fonts import figure_words
from sim.report.palette import BAND_50, BAND_90, LIGHT

if TYPE_CHECKING:
    import datetime as dt

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

    Floats = NDArray[np.float64]


def draw_forecast(
    past: Floats,
    quantiles: Floats,
    *,
    words: Words,
    target: str = "speakers",
    first_week: int | None = None,
    start: dt.date | None = None,
    actual: Floats | None = None,
    shown: int = 78,
) -> Figure:
    """F10: the weeks so far as a line, the weeks ahead as a fan of 50 and 90 of 100.

    Args:
        past: Weekly values so far, length P, of weeks 0 .. P-1.
        quantiles: Shape (W, 5): 5th, 25th, 50th, 75th and 95th in 100 of each forecast week.
        words: Language.
        target: ``speakers``, ``messages`` or ``newcomers``.
        first_week: Index of the first forecast week; by default the one after the past.
        start: Date of the first day of week 0.
        actual: What happened in the forecast weeks, if known.
        shown: Most past weeks that are drawn.

    Returns:
        The figure; its title gives the last forecast week and compares it with now.
    """
    said = figure_words(words)
    first = len(past) if first_week is None else first_week
    ahead = first + np.arange(len(quantiles))
    begin = max(0, len(past) - shown)
    weeks = np.arange(begin, len(past))
    name = said.say(f"figure.forecast_{target}")
    canvas = make_canvas(
        words, title=_finding(past, quantiles, name, said), subtitle=name[:1].upper() + name[1:],
        note=said.say("figure.forecast_note"), margins=margins_for(dates=start is not None),
    )  # fmt: skip
    top = [past[begin:], quantiles[:, 4], *([] if actual is None else [actual])]
    count_axis(canvas, top=max(1.0, *(float(np.max(part, initial=0)) for part in top)))
    blue, axes = LIGHT.series[1], canvas.axes
    axes.fill_between(
        ahead, quantiles[:, 0], quantiles[:, 4], color=blue, alpha=BAND_90, linewidth=0
    )
    axes.fill_between(
        ahead, quantiles[:, 1], quantiles[:, 3], color=blue, alpha=BAND_50, linewidth=0
    )
    axes.plot(ahead, quantiles[:, 2], color=blue, linewidth=2.2)
    axes.plot(weeks, past[begin:], color=LIGHT.secondary, linewidth=1.5)
    middle, low, high = (float(quantiles[-1, i]) for i in (2, 0, 4))
    usual = numbers.kpi_span(low, high, "speakers", words=canvas.words)
    head = numbers.count(middle, words=canvas.words)
    labels = [(middle, f"{head}\n{canvas.words.say('word.usually')} {usual}", blue)]
    if actual is not None:
        axes.plot(first + np.arange(len(actual)), actual, color=LIGHT.worse, linewidth=1.6)
        labels.append((float(actual[-1]), canvas.words.say("figure.afterwards"), LIGHT.worse))
    axes.axvline(first - 0.5, color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.annotate(
        canvas.say("figure.today"), (first - 0.5, 1), (-4, -2), xycoords=("data", "axes fraction"),
        textcoords="offset points", fontsize=9, color=LIGHT.secondary, va="top", ha="right",
    )  # fmt: skip
    day_axis(canvas, np.concatenate((weeks, ahead)), start=start, unit="weeks")
    end_labels(canvas, labels)
    return finish(canvas)


def _finding(past: Floats, quantiles: Floats, name: str, words: Words) -> str:
    low, middle, high = (numbers.count(float(quantiles[-1, i]), words=words) for i in (0, 2, 4))
    now = numbers.count(float(np.mean(past[-4:])) if len(past) else None, words=words)
    return words.say(
        "figure.forecast_find", weeks=len(quantiles), value=middle, target=name, low=low, high=high,
        now=now,
    )  # fmt: skip
