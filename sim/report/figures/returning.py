"""Who keeps writing in a real community, by month of the first message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import Margins, finish, make_canvas
from sim.report.figures.heat import colour_scale, draw_cells, hex_of
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, ink_on
from sim.words.typography import typeset

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.logs.retention import Retention
    from sim.words import Words

FEWEST = 10
"""A share of fewer people carries no number."""

_MOST_ROWS = 18
_FEW = "#DDE1E6"  # ground of cells with too few people
_LENGTHS = (1, 2, 3, 6, 12, 24, 60)  # months of a row


def overall(retention: Retention, month: int) -> float | None:
    """Share of all who were followed so far that wrote in a month after their first message.

    Those of the log's first calendar month are left out where there are others: they may have been
    there before.

    Args:
        retention: The cohorts.
        month: From 1.

    Returns:
        None with fewer than ten people.
    """
    rows = slice(1 if retention.months.size > 1 else 0, None)
    if month > retention.followed.shape[1]:
        return None
    followed = int(retention.followed[rows, month - 1].sum())
    if followed < FEWEST:
        return None
    return int(retention.spoke[rows, month - 1].sum()) / followed


def draw_returning(retention: Retention, *, words: Words) -> Figure | None:
    """Share of each month's newcomers who write again, month after month.

    Args:
        retention: The cohorts; neighbouring months become one row where there are many.
        words: Language.

    Returns:
        None if nobody was followed for a month. The title gives the share after one month, and
        half a year or the longest that enough were followed.
    """
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    if not (retention.followed > 0).any():
        return None
    length, pooled = pooled_retention(retention)
    kept = pooled.firsts > 0
    share, followed, firsts = pooled.share[kept], pooled.followed[kept], pooled.firsts[kept]
    rows, columns = share.shape
    said = figure_words(words)
    canvas = make_canvas(
        words, title=retention_finding(retention, said), subtitle=said.say("figure.retention_sub"),
        note=_note(length, said), height=2.05 + 0.29 * max(rows, 4),
        margins=Margins(left=1.55, right=0.3, bottom=0.6),
    )  # fmt: skip
    sure = followed >= FEWEST
    top = 0.1 * np.ceil(10 * float(share[sure].max(initial=0.05)))
    colours = colormaps["viridis_r"]
    shown = np.where(sure, share, np.nan)
    draw_cells(canvas.axes, shown, followed < firsts[:, None], colours, top=top)
    for row, column in np.argwhere(~sure & (followed > 0)):
        canvas.axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fc=_FEW, ec="white", lw=1))
    for row, column in np.argwhere(sure):
        value = float(share[row, column])
        canvas.text(
            column, row, f"{value * 100:.0f}", size=8.5 if columns <= 18 else 7.5,
            colour=ink_on(hex_of(colours(min(1.0, value / top)))), ha="center", va="center",
        )  # fmt: skip
    dates = pooled.months[kept].astype("datetime64[D]").tolist()
    named = numbers.year if length == 12 else numbers.month
    names = [
        said.say("figure.retention_row", count=int(count), month=named(date, words=said))
        for date, count in zip(dates, firsts, strict=True)
    ]
    axes = canvas.axes
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks(range(columns), [str(k + 1) for k in range(columns)])
    axes.set_xlabel(canvas.say("figure.retention_x"), fontsize=9.5, color=LIGHT.secondary)
    axes.set_yticks(range(rows), list(map(typeset, names)))
    percent = "%" if said.lang == "zh" else " %"
    colour_scale(canvas, colours, ends=(f"0{percent}", f"{top * 100:.0f}{percent}"))
    return finish(canvas)


def pooled_retention(retention: Retention) -> tuple[int, Retention]:
    """Cohorts of as few months as leave room, and most of them people enough."""
    for length in _LENGTHS:
        pooled = retention.pooled(length)
        there = pooled.firsts[pooled.firsts > 0]
        enough = (there >= FEWEST).mean() >= 0.5
        if (there.size <= _MOST_ROWS and (enough or length >= 12)) or length == _LENGTHS[-1]:
            break
    return length, pooled


def _note(length: int, words: Words) -> str:
    note = words.say("figure.retention_note", least=FEWEST)
    if length == 1:
        return note
    space = " " * (words.lang == "en")
    return words.say("figure.retention_rows", months=length) + space + note


def retention_finding(retention: Retention, words: Words) -> str:
    """What the picture says: who still writes after a month, and after half a year."""
    soon = overall(retention, 1)
    if soon is None:
        return words.say("figure.retention_few")
    share = numbers.share(soon, words=words)
    for month in (6, 5, 4, 3):
        later = overall(retention, month)
        if later is not None:
            return words.say(
                "figure.retention_find_more", share=share, months=month,
                later=numbers.share(later, words=words),
            )  # fmt: skip
    return words.say("figure.retention_find", share=share)
