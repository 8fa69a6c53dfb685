"""A forecast beside the past it continues: the fan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import (
    Margins,
    count_axis,
    day_axis,
    end_labels,
    finish,
    make_canvas,
)
from sim.report.fonts import figure_words
from sim.report.palette import BAND_50, BAND_90, LIGHT
from sim.words.typography import typeset

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.report.figures.canvas import Canvas
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
    today: dt.date | None = None,
    actual: Floats | None = None,
    shown: int = 104,
) -> Figure:
    """F10: the weeks so far as a line, the weeks ahead as a fan of 50 and 90 of 100.

    Args:
        past: Weekly values so far, length P, of weeks 0 .. P-1.
        quantiles: Shape (W, 5): 5th, 25th, 50th, 75th and 95th in 100 of each forecast week.
        words: Language.
        target: ``speakers``, ``messages`` or ``newcomers``.
        first_week: Index of the first forecast week; by default the one after the past.
        start: Date of the first day of week 0.
        today: Date from which one looks ahead; by default the first day of the forecast.
        actual: What happened in the first forecast weeks, if known: drawn as points.
        shown: Most past weeks that are drawn.

    Returns:
        The figure; its title gives the last forecast week and compares it with now.
    """
    said = figure_words(words)
    first = len(past) if first_week is None else first_week
    ahead = first + np.arange(len(quantiles))
    begin = max(0, len(past) - shown)
    name = said.say(f"figure.forecast_{target}")
    came = np.zeros(0) if actual is None else actual
    top, most = _top(past[begin:], quantiles, came)
    notes = [said.say(f"figure.forecast_note{'_then' if came.size else ''}")]
    notes += [said.say("figure.forecast_left_out", weeks=begin)] if begin else []
    if most > top:
        notes.append(said.say("figure.forecast_cut", most=numbers.count(most, words=said)))
    canvas = make_canvas(
        words, title=forecast_finding(past, quantiles, name, said, known=bool(came.size)),
        subtitle=_subtitle(quantiles, came, name, said),
        note=("" if said.lang == "zh" else " ").join(notes),
        margins=Margins(right=1.95, top=0.16),
    )  # fmt: skip
    count_axis(canvas, top=max(1.0, top))
    _draw_fan(canvas, ahead, quantiles)
    canvas.axes.plot(
        np.arange(begin, len(past)), past[begin:], color=LIGHT.secondary, linewidth=1.5
    )
    labels = [(float(quantiles[-1, 2]), _end(quantiles, canvas.words), LIGHT.series[1])]
    if came.size:
        canvas.axes.plot(
            ahead[: came.size], came, color=LIGHT.worse, linewidth=0.8, marker="o", markersize=3.6
        )
        after = f"{canvas.words.say('figure.afterwards')}\n"
        after += numbers.count(float(came[-1]), words=canvas.words)
        labels.append((min(float(came[-1]), top), after, LIGHT.worse))
    weeks = np.concatenate((np.arange(begin, len(past)), ahead))
    if start is None:
        day_axis(canvas, weeks, unit="weeks")
        _mark_origin(canvas, first, canvas.say("figure.today"))
    else:
        _date_axis(canvas, weeks, first=first, start=start)
        today = today or start + dt.timedelta(weeks=first)
        date = numbers.calendar_date(today, words=canvas.words)
        said_so = date if came.size else canvas.say("figure.today")
        _mark_origin(canvas, (today - start).days / 7, said_so)
    end_labels(canvas, labels)
    return finish(canvas)


_SPIKE, _HIGH, _LEAST = 2.5, 95, 20
"""A week beyond so many times what 95 of 100 weeks and the fan stay below is cut off, unless the
counts are so small that the axis has room for them."""


def _top(past: Floats, quantiles: Floats, came: Floats) -> tuple[float, float]:
    """Where the axis ends, and the highest value there is: one spike must not flatten the rest."""
    weeks = np.concatenate((past, came))
    most = float(max(np.max(weeks, initial=0), np.max(quantiles[:, 4], initial=0)))
    usual = float(np.percentile(weeks, _HIGH)) if weeks.size else 0.0
    usual = max(usual, float(np.max(quantiles[:, 4], initial=0)))
    return (1.15 * usual if most > max(_SPIKE * usual, _LEAST) else most), most


def _draw_fan(canvas: Canvas, ahead: NDArray[np.int64], quantiles: Floats) -> None:
    blue = LIGHT.series[1]
    for low, high, alpha in ((0, 4, BAND_90), (1, 3, BAND_50)):
        canvas.axes.fill_between(
            ahead, quantiles[:, low], quantiles[:, high], color=blue, alpha=alpha, linewidth=0
        )
    canvas.axes.plot(ahead, quantiles[:, 2], color=blue, linewidth=2.2)


def _mark_origin(canvas: Canvas, week: float, name: str) -> None:
    """A line where one looks ahead, its name above: today, or a date if one knows what came."""
    x = week - 0.5  # a week's point stands for its middle
    canvas.axes.axvline(x, color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (4, 3)))
    canvas.axes.annotate(
        typeset(name), (x, 1), (0, 3), xycoords=("data", "axes fraction"),
        textcoords="offset points", fontsize=9, color=LIGHT.secondary, va="bottom", ha="center",
    )  # fmt: skip


def _date_axis(canvas: Canvas, weeks: NDArray[np.int64], *, first: int, start: dt.date) -> None:
    """Dates counted both ways from the first forecast week: a log's week numbers say nothing."""
    low, high = int(weeks[0]), int(weeks[-1])
    step = next((s for s in (1, 2, 4, 13, 26, 52) if (high - low) / s <= 7), 104)
    left = low + 0.06 * (high - low)  # the axis' 0 stands there
    ticks = [tick for tick in range(low, high + 1) if (tick - first) % step == 0 and tick >= left]
    dates = [start + dt.timedelta(weeks=tick) for tick in ticks]
    labels = [
        numbers.calendar_date(
            date, words=canvas.words, year=i == 0 or date.year != dates[i - 1].year
        )
        for i, date in enumerate(dates)
    ]
    canvas.axes.set_xlim(low, high + 0.5)
    canvas.axes.set_xticks(ticks, [typeset(label) for label in labels])


def _end(quantiles: Floats, words: Words) -> str:
    """What stands at the end of the fan."""
    low, middle, high = (float(np.rint(quantiles[-1, i])) for i in (0, 2, 4))
    head = numbers.count(middle, words=words)
    if low == high:
        return head
    return f"{head}\n{words.say('word.usually')} {_span(low, high, words)}"


def _span(low: float, high: float, words: Words) -> str:
    """Two whole ends in the unit of the larger."""
    ends = (numbers.count(value, words=words, like=high) for value in (low, high))
    return numbers.span(*ends, words=words)


def _subtitle(quantiles: Floats, came: Floats, name: str, words: Words) -> str:
    name = name[:1].upper() + name[1:]
    if not came.size:
        return name
    fan = quantiles[: came.size]
    inside = int(((fan[:, 0] <= came) & (came <= fan[:, 4])).sum())
    return words.say("figure.forecast_came", target=name, inside=inside, n=came.size)


def forecast_finding(
    past: Floats, quantiles: Floats, name: str, words: Words, *, known: bool = False
) -> str:
    """What the fan says: the last week ahead, and how it is now; arguments as for the figure."""
    low, middle, high = (
        numbers.count(float(np.rint(quantiles[-1, i])), words=words) for i in (0, 2, 4)
    )
    now = numbers.count(float(np.mean(past[-4:])) if len(past) else None, words=words)
    return words.say(
        "figure.forecast_find_then" if known else "figure.forecast_find", weeks=len(quantiles),
        value=middle, target=name, low=low, high=high, now=now,
    )  # fmt: skip
