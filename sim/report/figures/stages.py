"""Where in its life the community is, over many futures: the stage strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.bands import note_on
from sim.report.figures.canvas import Canvas, Margins, day_axis, finish, make_canvas
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, OUTLINE, STAGES, ink_on

if TYPE_CHECKING:
    import datetime as dt

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words


def stage_shares(stages: NDArray[np.integer]) -> NDArray[np.float64]:
    """Share of futures in each stage, day by day.

    Args:
        stages: Codes of shape (R, H), index in :data:`sim.report.palette.STAGES`; any other code
            is a stage not known yet.

    Returns:
        Shape (5, H); sums to 1 where every future's stage is known.
    """
    return np.stack([(stages == code).mean(axis=0) for code in range(len(STAGES))])


def draw_stages(
    days: NDArray[np.integer],
    stages: NDArray[np.integer],
    *,
    words: Words,
    start: dt.date | None = None,
) -> Figure:
    """F3: share of futures in each lifecycle stage, stacked, and the commonest of each month.

    Args:
        days: Day numbers, length H.
        stages: Codes of shape (R, H), index in :data:`sim.report.palette.STAGES`.
        words: Language.
        start: Date of day 0.

    Returns:
        The figure; its title says where the futures end.
    """
    stages = np.atleast_2d(stages)
    shares = stage_shares(stages)
    said = figure_words(words)
    note = said.say("figure.stages_note")
    if len(stages) == 1:
        note = f"{note_on(said, 1)}{' ' * (said.lang == 'en')}{note}"
    canvas = make_canvas(
        words, title=_finding(stages, said), subtitle=said.say("figure.stages_sub"), note=note,
        height=3.6,
        margins=Margins(right=0.7, bottom=0.56 if start else 0.4, top=0.22),
    )  # fmt: skip
    # A day is a column of full width, also the last one.
    edges = np.append(days, days[-1] + 1)
    floor = np.zeros(len(edges))
    for code, row in enumerate(shares):
        ceiling = floor + np.append(row, row[-1])
        canvas.axes.fill_between(
            edges, floor, ceiling, step="post", color=LIGHT.stages[code], linewidth=0
        )
        canvas.axes.step(edges, ceiling, where="post", color=OUTLINE, linewidth=0.5)
        _name_band(canvas, edges, floor, ceiling, code)
        floor = ceiling
    day_axis(canvas, edges, start=start)
    canvas.axes.set_ylim(0, 1)
    ticks = (0.0, 0.5, 1.0)
    percent = "%" if said.lang == "zh" else " %"
    canvas.axes.set_yticks(ticks, [f"{tick:.0%}".replace("%", percent) for tick in ticks])
    _months(canvas, days, shares)
    return finish(canvas)


def _name_band(
    canvas: Canvas,
    edges: NDArray[np.integer],
    floor: NDArray[np.float64],
    ceiling: NDArray[np.float64],
    code: int,
) -> None:
    """The stage's word in the middle of its broadest place, or its letter where that is narrow."""
    height = ceiling - floor
    span = int(edges[-1] - edges[0])
    for key, need, broad in (("stage", 0.14, 0.1), ("stage_short", 0.1, 0.02)):
        reach = max(1, round(broad * span / 2))
        if len(height) <= 2 * reach:
            continue
        # The band must be high enough on the whole stretch that the word covers.
        lowest = np.lib.stride_tricks.sliding_window_view(height, 2 * reach + 1).min(axis=1)
        at = int(np.argmax(lowest)) + reach
        if lowest[at - reach] >= need:
            canvas.text(
                float(edges[at]), float(floor[at] + ceiling[at]) / 2,
                canvas.words.say(f"{key}.{STAGES[code]}"), colour=ink_on(LIGHT.stages[code]),
                ha="center", va="center",
            )  # fmt: skip
            return


def _months(canvas: Canvas, days: NDArray[np.integer], shares: NDArray[np.float64]) -> None:
    """The commonest stage of each stretch above the strip; neighbours that agree are one."""
    step = 30 if len(days) <= 400 else 90
    runs: list[list[int]] = []  # first day, day after the last, stage
    for begin in range(0, len(days), step):
        end = min(begin + step, len(days))
        stage = int(shares[:, begin:end].sum(axis=1).argmax())
        if runs and runs[-1][2] == stage:
            runs[-1][1] = end
        else:
            runs.append([begin, end, stage])
    for begin, end, stage in runs:
        section = "stage" if (end - begin) / len(days) > 0.09 else "stage_short"
        name = canvas.words.say(f"{section}.{STAGES[stage]}")
        canvas.text(
            float(days[0]) + (begin + end) / 2, 1.025, name, size=9,
            colour=LIGHT.secondary, ha="center", va="bottom",
        )  # fmt: skip


def _finding(stages: NDArray[np.integer], words: Words) -> str:
    last = stages[:, -1]
    counts = [(int((last == code).sum()), -code) for code in range(len(STAGES))]
    most, code = max(counts)
    if most == 0:
        return words.stage("unknown")
    key = "figure.stages_all" if most == len(last) else "figure.stages_end"
    return words.say(key, count=most, n=len(last), stage=words.stage(STAGES[-code]))
