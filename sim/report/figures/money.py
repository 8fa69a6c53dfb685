"""Money over time: what came in, what it cost, when it pays for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.summary import quantile
from sim.report import numbers
from sim.report.figures.bands import (
    FEWEST_FOR_RANGE,
    MOST_IN_ONE,
    bands_of,
    draw_band,
    named,
    note_on,
    range_label,
)
from sim.report.figures.canvas import (
    Canvas,
    count_axis,
    day_axis,
    end_labels,
    finish,
    make_canvas,
    margins_for,
    policy_marks,
)
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, LINE_STYLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

    Paths = NDArray[np.float64]


def payback_days(cumulative: Paths) -> Paths:
    """The day from which each future's cumulative money never falls below zero again.

    Args:
        cumulative: Shape (R, H), yuan.

    Returns:
        Length R: last day below zero, plus one; 0 if there is none; infinity if the last day is
        below zero (the KPI ``payback_day``).
    """
    below = cumulative < 0
    days = cumulative.shape[1]
    last = days - np.argmax(below[:, ::-1], axis=1)
    found = np.where(below.any(axis=1), last, 0).astype(np.float64)
    found[below[:, -1]] = np.inf
    return found


def draw_money(
    days: NDArray[np.integer],
    revenue: Paths,
    cost: Paths,
    *,
    words: Words,
    start: dt.date | None = None,
    marks: Sequence[tuple[float, str]] = (),
) -> Figure:
    """Cumulative revenue and cost (middle futures) and profit (with its bands).

    Args:
        days: Day numbers, length H.
        revenue: Yuan received each day, shape (R, H).
        cost: Yuan spent each day, shape (R, H).
        words: Language.
        start: Date of day 0.
        marks: (day, name) of policies that begin.

    Returns:
        The figure; its title says when it pays for itself, or that it does not.
    """
    took, spent = (np.cumsum(np.atleast_2d(one), axis=1) for one in (revenue, cost))
    profit = took - spent
    said = figure_words(words)
    margins = margins_for(dates=start is not None, marks=bool(marks), right=2.35)
    canvas = make_canvas(
        words, title=_money_finding(took, spent, said), subtitle=said.say("figure.money_sub"),
        note=note_on(said, len(profit)), margins=margins,
    )  # fmt: skip
    middles = [np.median(one, axis=0) for one in (took, spent)]
    _money_axis(canvas, [*middles, *_outline(profit)])
    for line, style in zip(middles, ("solid", (0, (4, 2))), strict=True):
        canvas.axes.plot(days, line, color=LIGHT.secondary, linewidth=1.3, linestyle=style)
    draw_band(canvas, days, profit, colour=LIGHT.series[1])
    day_axis(canvas, days, start=start)
    if (payback_days(profit) > 0).any():
        _payback_marks(canvas, payback_days(profit), len(days))
    policy_marks(canvas, marks)
    labels = []
    for line, key in zip(middles, ("revenue", "cost"), strict=True):
        end = float(line[-1])
        label = f"{canvas.words.kpi(key)} {numbers.money(end, words=canvas.words)}"
        labels.append((end, label, LIGHT.secondary))
    bands = bands_of(profit)
    text = (
        f"{canvas.words.kpi('profit')} {range_label(canvas.words, bands, len(profit), money=True)}"
    )
    end_labels(canvas, [*labels, (float(bands.q50[-1]), text, LIGHT.series[1])], size=10)
    return finish(canvas)


def draw_difference(
    days: NDArray[np.integer],
    differences: Mapping[str, Paths],
    *,
    words: Words,
    base: str,
    start: dt.date | None = None,
    marks: Sequence[tuple[float, str]] = (),
) -> Figure:
    """F4: cumulative profit of each variant against the baseline, future by future.

    Args:
        days: Day numbers, length H.
        differences: Daily profit minus the baseline's in the same future, yuan, shape (R, H), by
            variant (at most six).
        words: Language.
        base: Name of the baseline.
        start: Date of day 0.
        marks: (day, name) of policies that begin.

    Returns:
        The figure; its title says when the best variant pays for itself.
    """
    sums = {name: np.cumsum(np.atleast_2d(rows), axis=1) for name, rows in differences.items()}
    said = figure_words(words)
    best = max(sums, key=lambda name: float(np.median(sums[name][:, -1])))
    futures = max(len(rows) for rows in sums.values())
    margins = margins_for(dates=start is not None, marks=bool(marks), right=2.15)
    note = note_on(said, futures)
    banded = list(sums) if len(sums) < MOST_IN_ONE else [best]
    if len(banded) < len(sums):
        only = said.say("figure.difference_note_many", best=said.quote(best))
        note += " " * (said.lang == "en") + only
    canvas = make_canvas(
        words, title=difference_finding(best, sums[best], base, said),
        subtitle=said.say("figure.difference_sub", base=base), note=note, margins=margins,
    )  # fmt: skip
    _money_axis(canvas, [line for rows in sums.values() for line in _outline(rows)])
    labels = []
    for i, (name, rows) in enumerate(sums.items(), start=1):
        colour, middle = LIGHT.series[i], np.median(rows, axis=0)
        if name in banded:
            draw_band(canvas, days, rows, colour=colour, style=i)
        else:
            canvas.axes.plot(days, middle, color=colour, linewidth=2, linestyle=LINE_STYLES[i])
        end = float(middle[-1])
        half = float(np.ptp(np.quantile(rows[:, -1], (0.05, 0.95)))) / 2
        value = numbers.money(end, words=canvas.words, sign=True, half_width=half)
        labels.append((end, named(name, value), colour))
    day_axis(canvas, days, start=start)
    payback = payback_days(sums[best])
    if (payback > 0).any():
        _payback_marks(canvas, payback, len(days))
    policy_marks(canvas, marks)
    end_labels(canvas, labels, size=10)
    return finish(canvas)


def middle_day(payback: Paths) -> float:
    """The middle of payback days, as a comparison tells it; infinity where that never comes."""
    known = sorted(payback[np.isfinite(payback)].tolist())
    middle = quantile(known, len(payback), 0.5)
    return float("inf") if middle is None else middle


def _outline(rows: Paths) -> list[Paths]:
    """The lines that bound what is drawn of some futures."""
    bands = bands_of(rows)
    outer = [bands.q05, bands.q95] if len(rows) >= FEWEST_FOR_RANGE else [bands.q50]
    return [*outer, *rows[:3]]


def _money_axis(canvas: Canvas, lines: Sequence[Paths]) -> None:
    low = min(0.0, *(float(line.min()) for line in lines))
    high = max(0.0, *(float(line.max()) for line in lines))
    count_axis(canvas, top=high if high > low else 1.0, bottom=low, money=True)
    canvas.axes.axhline(0, color=LIGHT.text, linewidth=0.9, zorder=1.5)


def _payback_marks(canvas: Canvas, payback: Paths, days: int) -> None:
    """Payback on the zero line: a tick at the middle day, a bar from the 5th to the 95th in 100.

    In how many futures it never comes stands at the right edge.
    """
    never = int(np.isinf(payback).sum())
    low, high = np.quantile(np.minimum(payback, 4.0 * days), (0.05, 0.95), method="nearest")
    middle = middle_day(payback)
    colour = LIGHT.worse
    if len(payback) >= FEWEST_FOR_RANGE and low < days:
        canvas.axes.plot(
            (low, min(high, days - 1)), (0, 0), color=colour, linewidth=5, alpha=0.4,
            solid_capstyle="butt", zorder=3,
        )  # fmt: skip
    if 0 < middle < days:
        canvas.axes.plot(middle, 0, "|", color=colour, markersize=16, markeredgewidth=2.2, zorder=4)
        canvas.axes.annotate(
            canvas.say("figure.payback", day=round(float(middle))), (float(middle), 0), (0, -11),
            textcoords="offset points", fontsize=9.5, color=colour, va="top", ha="center",
        )  # fmt: skip
    if never:
        canvas.axes.annotate(
            canvas.say("figure.never_in", y=never, n=len(payback)), (1, 0), (-4, 5),
            xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=9,
            color=colour, ha="right",
        )  # fmt: skip


def _money_finding(took: Paths, spent: Paths, words: Words) -> str:
    profit = took - spent
    futures, days = profit.shape
    if not took.any() and not spent.any():
        return words.say("figure.money_nothing")
    payback = payback_days(profit)
    never = int(np.isinf(payback).sum())
    end = float(np.median(profit[:, -1]))
    half = float(np.ptp(np.quantile(profit[:, -1], (0.05, 0.95)))) / 2
    money = numbers.money_words(abs(end), words=words, half_width=half)
    middle = middle_day(payback)
    if np.isinf(middle):  # in half of the futures it never comes, or in more
        if never == futures:
            return words.say("figure.money_loss", money=money, days=days)
        return words.say("figure.money_never", y=never, n=futures, days=days)
    if middle == 0:
        return words.say("figure.money_plain", money=money, days=days)
    return words.say("figure.money_paid", day=round(middle), x=futures - never, n=futures)


def difference_finding(best: str, rows: Paths, base: str, words: Words) -> str:
    """What the figure of differences says of the best variant.

    Args:
        best: Its name.
        rows: Its cumulative profit less the baseline's, shape (R, H).
        base: Name of the baseline.
        words: Language.
    """
    end = float(np.median(rows[:, -1]))
    quoted = {"best": words.quote(best), "base": words.quote(base)}
    if end <= 0:
        return words.say("figure.difference_none", **quoted)
    payback = payback_days(rows)
    middle = middle_day(payback)
    if 0 < middle < np.inf:
        paid = int(np.isfinite(payback).sum())
        return words.say("figure.difference_pays", day=round(middle), x=paid, n=len(rows), **quoted)
    half = float(np.ptp(np.quantile(rows[:, -1], (0.05, 0.95)))) / 2
    money = numbers.money_words(end, words=words, half_width=half)
    return words.say("figure.difference_find", money=money, **quoted)
