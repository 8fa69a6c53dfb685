"""When policies act: one line a policy, variants beneath each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.canvas import Margins, day_axis, finish, make_canvas
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT
from sim.words.typography import clip, typeset, width

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from sim.report.policy_lines import PolicyLine
    from sim.words import Words

_NAME, _ROW = 34, 0.27  # columns of a name; inches of a row


def draw_calendar(
    policies: Mapping[str, Sequence[PolicyLine]],
    *,
    days: int,
    words: Words,
    start: dt.date | None = None,
) -> Figure:
    """From which day to which each policy of each variant acts.

    Args:
        policies: What acts, by variant, the baseline first.
        days: Horizon in days.
        words: Language.
        start: Date of day 0.

    Returns:
        The figure; its title says how many policies there are.
    """
    said = figure_words(words)
    rows: list[tuple[str, int, int, int]] = []  # name, first day, day after the last, variant
    for i, lines in enumerate(policies.values()):
        for line in sorted(lines, key=lambda one: one.start):
            until = days if line.stop is None else min(line.stop, days)
            rows.append((said.policy(line.use), line.start, until, i))
    heads = list(policies)
    columns = min(_NAME, max([*(width(row[0]) for row in rows), 8]))
    different = len({row[0] for row in rows})
    canvas = make_canvas(
        words, title=said.say("figure.calendar_find", count=different),
        subtitle=said.say("figure.calendar_sub"), height=1.5 + _ROW * max(len(rows), 2),
        margins=Margins(left=0.35 + 0.078 * columns, right=1.75, bottom=0.56 if start else 0.4),
    )  # fmt: skip
    axes, seen = canvas.axes, set[int]()
    for row, (_, first, until, variant) in enumerate(rows):
        colour = LIGHT.series[variant]
        axes.barh(row, until - first, left=first, height=0.5, color=colour, alpha=0.85)
        if variant not in seen:
            seen.add(variant)
            axes.annotate(
                typeset(clip(heads[variant], 20)), (1, row), (8, 0),
                xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=10,
                color=colour, va="center", annotation_clip=False,
            )  # fmt: skip
            if row:
                axes.axhline(row - 0.5, color="#DDE1E6", linewidth=0.8)
    day_axis(canvas, np.arange(days + 1), start=start)
    axes.set_ylim(max(len(rows), 2) - 0.45, -0.55)
    axes.set_yticks(range(len(rows)), [typeset(clip(row[0], _NAME)) for row in rows])
    axes.tick_params(axis="y", labelsize=10, labelcolor=LIGHT.text)
    return finish(canvas)
