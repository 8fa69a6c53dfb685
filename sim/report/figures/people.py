"""Who stays and who talks: cohorts and participation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.metrics.inequality import lorenz
from sim.report import numbers
from sim.report.figures.canvas import Canvas, Margins, finish, make_canvas
from sim.report.figures.heat import colour_scale, draw_cells, hex_of
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, ink_on
from sim.words.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

    Floats = NDArray[np.float64]

FEWEST_JOINS = 5
"""Cells of smaller cohorts carry no number."""

MOST_ROWS, MOST_COLUMNS = 18, 18

# 10th to 90th percentile over 38 public logs: share of messages sent by the top 10 % and 1 %.
REAL_TOP = ((0.90, 0.69, 0.95), (0.99, 0.11, 0.55))


def draw_cohorts(
    kept: Floats,
    joins: Floats,
    *,
    words: Words,
    censored: NDArray[np.bool_] | None = None,
    futures: int = 1,
) -> Figure:
    """F7: share of each week's newcomers who are still in the group, week after week.

    Args:
        kept: Shape (C, K): share of cohort c still a member k weeks after joining (k = 0 .. K-1);
            NaN where the run ended before.
        joins: People who joined in each cohort, length C (a mean over futures).
        words: Language.
        censored: Shape (C, K): shares that rest on a part of the cohort only, since the others
            were not followed that long; hatched.
        futures: Number of futures behind the shares.

    Returns:
        The figure; its title says how many are left after four weeks (or the longest observed).
        A long table pools neighbouring weeks of joining and shows every second (third ...) week.
    """
    from matplotlib import colormaps

    said = figure_words(words)
    if not kept.size or joins.sum() <= 0:
        return _empty(words, "figure.cohorts_none", "figure.cohorts_sub")
    cells = cohort_cells(kept, joins, censored)
    shown, joined = cells.share, cells.joined
    rows, columns = shown.shape
    canvas = make_canvas(
        words, title=cohorts_finding(kept, joins, said), subtitle=said.say("figure.cohorts_sub"),
        note=said.say("figure.cohorts_note", n=futures), height=2.05 + 0.29 * max(rows, 4),
        margins=Margins(left=1.55 if cells.weeks == 1 else 1.9, right=0.3, bottom=0.6),
    )  # fmt: skip
    colours = colormaps["viridis_r"]
    draw_cells(canvas.axes, shown, cells.partial, colours)
    for row, column in np.ndindex(rows, columns):
        share = float(shown[row, column])
        if np.isfinite(share) and joined[row] >= FEWEST_JOINS:
            canvas.text(
                column, row, f"{share * 100:.0f}", size=8.5, colour=ink_on(hex_of(colours(share))),
                ha="center", va="center",
            )  # fmt: skip
    canvas.axes.set_xlim(-0.5, columns - 0.5)
    canvas.axes.set_ylim(rows - 0.5, -0.5)
    canvas.axes.spines["bottom"].set_visible(False)
    canvas.axes.set_xticks(range(columns), [str(k * cells.step) for k in range(columns)])
    canvas.axes.set_xlabel(canvas.say("figure.cohorts_x"), fontsize=9.5, color=LIGHT.secondary)
    canvas.axes.set_yticks(range(rows), map(typeset, cells.names(words=canvas.words)))
    colour_scale(canvas, colours)
    return finish(canvas)


def draw_participation(
    messages: Sequence[NDArray[np.integer]], *, words: Words, note: str = "participation_note"
) -> Figure:
    """F8: Lorenz curve of messages over those who spoke.

    Args:
        messages: Messages sent by each member, one array a future; members without any are left
            out, as the KPIs ``gini_messages`` and ``top10_share`` do.
        words: Language.
        note: Key of ``figure.*`` that says whose messages they are.

    Returns:
        The figure; its title gives the share of the most talkative tenth, in the middle future.
    """
    said = figure_words(words)
    grid = np.linspace(0, 1, 201)
    curves = [lorenz_at(one, grid) for one in messages if (one > 0).any()]
    if not curves:
        return _empty(words, "figure.no_data", "figure.participation_sub")
    stack = np.stack(curves)
    middle = np.median(stack, axis=0)
    top = 1 - float(np.interp(0.9, grid, middle))
    canvas = make_canvas(
        words, title=participation_finding(grid, middle, words=said),
        subtitle=said.say("figure.participation_sub"), note=said.say(f"figure.{note}"),
        height=4.9, margins=Margins(left=0.85, right=3.4, bottom=0.6),
    )  # fmt: skip
    axes = canvas.axes
    blue = LIGHT.series[1]
    if len(curves) >= 20:
        low, high = np.quantile(stack, (0.05, 0.95), axis=0)
        axes.fill_between(grid, low, high, color=blue, alpha=0.18, linewidth=0)
    axes.plot(grid, middle, color=blue, linewidth=2.2)
    axes.plot((0, 1), (0, 1), color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (4, 3)))
    for at, low_share, high_share in REAL_TOP:
        axes.plot((at, at), (1 - high_share, 1 - low_share), color="#B9C0C9", linewidth=7,
                  solid_capstyle="butt", zorder=1)  # fmt: skip
    axes.plot(0.9, 1 - top, "o", color=blue, markersize=7, markeredgecolor="white", zorder=4)
    _participation_labels(canvas, grid=grid, middle=middle)
    axes.set_xlim(0, 1.005)
    axes.set_ylim(0, 1.01)
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    percent = "%" if canvas.words.lang == "zh" else " %"
    names = [f"{tick * 100:.0f}{percent}" for tick in ticks]
    axes.set_xticks(ticks, names)
    axes.set_yticks(ticks, names)
    axes.grid(axis="y", color="#E4E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(canvas.say("figure.participation_x"), fontsize=9.5, color=LIGHT.secondary)
    return finish(canvas)


def lorenz_at(messages: NDArray[np.integer], grid: Floats) -> Floats:
    """The Lorenz curve of those who spoke at some shares of speakers; somebody must have spoken."""
    curve = lorenz(messages[messages > 0])
    assert curve is not None
    return np.asarray(np.interp(grid, *curve), dtype=np.float64)


def participation_finding(grid: Floats, middle: Floats, *, words: Words) -> str:
    """What a Lorenz curve says: the share of the most talkative tenth."""
    top = 1 - float(np.interp(0.9, grid, middle))
    return words.say("figure.participation_find", share=numbers.share(top, words=words))


def _participation_labels(canvas: Canvas, *, grid: Floats, middle: Floats) -> None:
    """Names beside the lines, and three readings of the curve in the space at its right."""
    blue, grey, axes = LIGHT.series[1], LIGHT.secondary, canvas.axes

    def share(at: float) -> str:
        value = float(np.interp(abs(at), grid, middle))
        return numbers.share(value if at > 0 else 1 - value, words=canvas.words)

    dot = (0.9, float(np.interp(0.9, grid, middle)))
    options: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    axes.annotate(
        canvas.say("figure.participation_top", share=share(-0.9)), dot, (-10, 6), fontsize=10.5,
        color=blue, ha="right", fontweight="bold", **options,
    )  # fmt: skip
    axes.annotate(
        canvas.say("figure.participation_equal"), (0.5, 0.5), (-8, 4), fontsize=9, color=grey,
        ha="right", **options,
    )  # fmt: skip
    axes.annotate(
        canvas.say("figure.participation_real"), (0.99, 1 - sum(REAL_TOP[1][1:]) / 2), (14, 0),
        fontsize=9, color=grey, va="center", **options,
    )  # fmt: skip
    facts = [
        canvas.say(f"figure.participation_{name}", share=share(at))
        for name, at in (("top1", -0.99), ("top10", -0.9), ("half", 0.5))
    ]
    axes.annotate(
        "\n".join(facts), (1, 0.03), (40, 0), xycoords="axes fraction", fontsize=10,
        color=LIGHT.text, linespacing=1.7, **options,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CohortCells:
    """A table of cohorts small enough to be looked at.

    Attributes:
        joined: People who joined in the weeks of a row, length R.
        share: Share still a member, shape (R, K); NaN = nobody was seen that long.
        partial: Whether some of them were not followed that long, shape (R, K).
        weeks: Joining weeks in a row.
        step: Weeks between two columns.
        total: Joining weeks there are.
    """

    joined: Floats
    share: Floats
    partial: NDArray[np.bool_]
    weeks: int
    step: int
    total: int

    def names(self, *, words: Words) -> list[str]:
        """What stands beside each row: its weeks and how many joined."""
        key = "figure.cohorts_row" if self.weeks == 1 else "figure.cohorts_rows"
        return [
            words.say(
                key, week=week, last=min(week + self.weeks, self.total) - 1,
                joins=_persons(float(self.joined[row])),
            )
            for row, week in enumerate(range(0, self.total, self.weeks))
        ]  # fmt: skip


def cohort_cells(
    kept: Floats, joins: Floats, censored: NDArray[np.bool_] | None = None
) -> CohortCells:
    """Pool neighbouring joining weeks of a long table and thin its columns out.

    Args:
        kept: As for :func:`draw_cohorts`.
        joins: Likewise.
        censored: Likewise.
    """
    hidden = np.zeros(kept.shape, np.bool_) if censored is None else censored
    weeks, step = -(-len(kept) // MOST_ROWS), -(-kept.shape[1] // MOST_COLUMNS)
    joined, share, partial = _pooled(kept[:, ::step], joins, hidden[:, ::step], weeks=weeks)
    return CohortCells(
        joined=joined, share=share, partial=partial, weeks=weeks, step=step, total=len(kept)
    )


def _pooled(
    kept: Floats, joins: Floats, hidden: NDArray[np.bool_], *, weeks: int
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Rows of several joining weeks: who joined, share left, whether some were not followed."""
    firsts = np.arange(0, len(kept), weeks)
    seen = np.isfinite(kept)
    weight = np.where(seen, joins[:, None], 0.0)
    followed = np.add.reduceat(weight, firsts, axis=0)
    left = np.add.reduceat(np.where(seen, kept, 0.0) * weight, firsts, axis=0)
    share = np.full_like(left, np.nan)
    np.divide(left, followed, out=share, where=followed > 0)
    joined = np.add.reduceat(joins, firsts)
    partial = np.logical_or.reduceat(hidden & seen, firsts, axis=0) | (followed < joined[:, None])
    return joined, share, partial


def cohorts_finding(kept: Floats, joins: Floats, words: Words) -> str:
    """Share left after four weeks, cohorts weighted by those who joined."""
    for week in range(min(4, kept.shape[1] - 1), 0, -1):
        seen = np.isfinite(kept[:, week]) & (joins > 0)
        if seen.any():
            left = float(np.average(kept[seen, week], weights=joins[seen]))
            return words.say(
                "figure.cohorts_find", share=numbers.share(left, words=words), weeks=week
            )
    return words.say("figure.cohorts_sub")


def _persons(mean: float) -> str:
    """A mean number of people: whole from 10, one decimal under."""
    return f"{mean:.0f}" if mean >= 10 or mean == round(mean) else f"{mean:.1f}"


def _empty(words: Words, title: str, subtitle: str) -> Figure:
    said = figure_words(words)
    canvas = make_canvas(words, title=said.say(title), subtitle=said.say(subtitle), height=1.6)
    canvas.axes.set_axis_off()
    return finish(canvas)
