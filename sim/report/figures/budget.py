"""How much money is enough: what mixes of policies bring for what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report import numbers
from sim.report.differences import difference
from sim.report.figures.bands import named
from sim.report.figures.canvas import (
    Canvas,
    Margins,
    count_axis,
    end_labels,
    finish,
    make_canvas,
    money_text,
)
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, LINE_STYLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from sim.words import Words

MOST_CURVES = 5
"""Policies whose own curve is drawn; those that reach highest."""


@dataclass(frozen=True, kw_only=True)
class Mix:
    """A mix of policies.

    Attributes:
        spend: Yuan it costs, mean over futures.
        gain: Mean difference of the goal to the baseline, in the goal's unit and good direction.
        low: Lower end of the 95 % interval of that mean.
        high: Upper end.
    """

    spend: float
    gain: float
    low: float
    high: float


def draw_budget(
    mixes: Sequence[Mix],
    *,
    words: Words,
    kpi: str,
    base: str,
    recommended: Mix | None = None,
    curves: Mapping[str, Sequence[tuple[float, float]]] | None = None,
    enough: float | None = None,
    budget: float | None = None,
) -> Figure:
    """F11: the best that can be had for each amount of money.

    Args:
        mixes: Mixes that no other beats for less money (the Pareto set).
        words: Language.
        kpi: Key of the goal.
        base: Name of the baseline, which stands at zero.
        recommended: The mix that is recommended; None = none beats the baseline.
        curves: (yuan, gain) of single policies with more and more money, by name.
        enough: Yuan from which more money hardly helps; None = not reached.
        budget: Yuan that may be spent, drawn as a line.

    Returns:
        The figure; its title names the recommended spending, or that nothing pays.
    """
    said = figure_words(words)
    canvas = make_canvas(
        words, title=budget_finding(recommended, kpi=kpi, enough=enough, words=said),
        subtitle=said.say("figure.budget_sub", kpi=said.kpi(kpi), base=base),
        note=said.say("figure.budget_note"), margins=Margins(right=2.15, bottom=0.56, top=0.4),
    )  # fmt: skip
    best = sorted(mixes, key=lambda mix: mix.spend)
    curves = curves or {}
    kept = sorted(curves, key=lambda name: -max(gain for _, gain in curves[name]))[:MOST_CURVES]
    points = [(mix.spend, end) for mix in best for end in (mix.low, mix.gain, mix.high)]
    points += [point for name in kept for point in curves[name]]
    gains = [gain for _, gain in points]
    entry = said.kpi_entry(kpi)
    money = entry is not None and entry.unit == "yuan"
    count_axis(canvas, top=max([*gains, 0.0]) or 1.0, bottom=min([*gains, 0.0]), money=money)
    axes = canvas.axes
    axes.axhline(0, color=LIGHT.text, linewidth=0.9, zorder=1.5)
    labels = []
    for i, name in enumerate(kept, start=2):
        xs, ys = zip(*sorted(curves[name]), strict=True)
        axes.plot(xs, ys, color=LIGHT.series[i], linewidth=1.3, linestyle=LINE_STYLES[i])
        labels.append((ys[-1], named(name), LIGHT.series[i]))
    for mix in best:
        axes.plot((mix.spend,) * 2, (mix.low, mix.high), color=LIGHT.series[1], alpha=0.45, lw=1.4)
    axes.plot(
        [mix.spend for mix in best], [mix.gain for mix in best], "o-", color=LIGHT.series[1],
        linewidth=2.2, markersize=5, markeredgecolor="white", zorder=3,
    )  # fmt: skip
    _spend_axis(canvas, max([x for x, _ in points] + [budget or 0.0, enough or 0.0, 1.0]))
    if recommended is not None:
        _recommended(canvas, recommended, kpi=kpi)
    _limits(canvas, enough=enough, budget=budget)
    end_labels(canvas, labels, size=10)
    return finish(canvas)


def _spend_axis(canvas: Canvas, most: float) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = canvas.axes.xaxis
    canvas.axes.set_xlim(-0.02 * most, 1.03 * most)
    axis.set_major_locator(MaxNLocator(nbins=6, min_n_ticks=2))
    axis.set_major_formatter(FuncFormatter(lambda value, _: money_text(value, canvas.words)))
    canvas.axes.set_xlabel(canvas.say("figure.budget_x"), fontsize=9.5, color=LIGHT.secondary)


def _recommended(canvas: Canvas, mix: Mix, *, kpi: str) -> None:
    words = canvas.words
    canvas.axes.plot(
        mix.spend, mix.gain, "o", color=LIGHT.worse, markersize=11, markeredgecolor="white",
        zorder=4,
    )  # fmt: skip
    spend = numbers.money(mix.spend, words=words, half_width=mix.spend / 5)
    gain = difference(mix.gain, kpi, words=words, half_width=(mix.high - mix.low) / 2)
    left = mix.spend > 0.6 * canvas.axes.get_xlim()[1]
    canvas.axes.annotate(
        f"{canvas.say('figure.budget_recommended')}\n{spend} → {gain}", (mix.spend, mix.gain),
        (-12 if left else 12, -12), textcoords="offset points", fontsize=10.5, color=LIGHT.worse,
        fontweight="bold", ha="right" if left else "left", va="top", linespacing=1.35, zorder=5,
    )  # fmt: skip


def _limits(canvas: Canvas, *, enough: float | None, budget: float | None) -> None:
    """Dashed lines at the budget and where more money hardly helps."""
    marks = ((enough, "figure.budget_enough_mark"), (budget, "figure.budget_mark"))
    for row, (at, key) in enumerate(mark for mark in marks if mark[0] is not None):
        assert at is not None
        canvas.axes.axvline(at, color=LIGHT.secondary, linewidth=1, linestyle=(0, (4, 3)))
        spend = money_text(at, canvas.words)
        canvas.axes.annotate(
            canvas.say(key, spend=spend), (at, 1), (0, 3 + 12 * row),
            xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=9,
            color=LIGHT.secondary, ha="center", va="bottom",
        )  # fmt: skip


def budget_finding(
    recommended: Mix | None, *, kpi: str, words: Words, enough: float | None = None
) -> str:
    """What the figure says: what the recommended mix spends and brings, or that nothing pays."""
    if recommended is None or recommended.low <= 0:
        return words.say("figure.budget_none")
    if enough is not None:
        spend = numbers.money_words(enough, words=words, half_width=enough / 5)
        return words.say("figure.budget_enough", spend=spend)
    half = (recommended.high - recommended.low) / 2
    return words.say(
        "figure.budget_find", kpi=words.kpi(kpi),
        spend=numbers.money_words(
            recommended.spend, words=words, half_width=recommended.spend / 5
        ),
        gain=difference(recommended.gain, kpi, words=words, half_width=half),
    )  # fmt: skip
