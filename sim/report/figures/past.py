"""What became of a real community so far: weeks, newcomers, stages, weeks that stand out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import (
    WIDTH,
    Canvas,
    Margins,
    count_axis,
    date_axis,
    end_labels,
    finish,
    make_canvas,
)
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, STAGES, ink_on
from sim.words.typography import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

    Counts = NDArray[np.int64]

_NOW = 4  # weeks that are "now"
_LONG = 260  # weeks above which single ones cannot be told apart
_OVER = 0.05
_FULL = 0.85


def draw_past(
    speakers: Counts,
    newcomers: Counts,
    stages: NDArray[np.int8],
    *,
    start: dt.date,
    words: Words,
    marks: Sequence[tuple[float, int]] = (),
    gaps: Sequence[tuple[float, float]] = (),
) -> Figure:
    """The weeks of a community, with its stages and the weeks that stand out.

    Args:
        speakers: People who wrote, each whole week, length W >= 1.
        newcomers: Those who wrote for the first time, length W.
        stages: Code of the stage on each day, index in :data:`sim.report.palette.STAGES`; -1 = too
            quiet to tell.
        start: First day.
        words: Language.
        marks: Day and number of each week that stands out.
        gaps: First day and the day after the last of stretches without messages.

    Returns:
        The figure; its title compares now with the most there ever was.
    """
    said = figure_words(words)
    long = speakers.size > _LONG
    note = said.say("figure.past_note")
    if long:
        note = said.say("figure.past_smooth") + " " * (said.lang == "en") + note
    canvas = make_canvas(
        words, title=finding(speakers, start=start, words=said),
        subtitle=said.say("figure.past_sub"), note=note, height=5.6,
        margins=Margins(right=1.2, bottom=0.42, top=0.26),
    )  # fmt: skip
    above, below, strip = _rows(canvas, (0.60, 0.27, 0.07))
    days = 7.0 * np.arange(speakers.size) + 3.5
    end = max(7.0 * speakers.size, float(stages.size))
    colour = LIGHT.series[1]
    for part, values in ((above, speakers), (below, newcomers)):
        count_axis(part, top=max(1.0, float(values.max())))
        part.axes.set_xlim(0, end)
        part.axes.tick_params(axis="x", labelbottom=False)
        for first, after in gaps:
            part.axes.axvspan(first, after, color="#E4E7EB", linewidth=0)
        for day, _ in marks:
            part.axes.axvline(day, color=LIGHT.worse, linewidth=0.9, linestyle=(0, (4, 3)))
    known = np.array(speakers, dtype=np.float64)
    for first, after in gaps:  # nobody knows who would have written
        known[(days > first) & (days < after)] = np.nan
    if long:
        above.axes.plot(days, known, color=colour, linewidth=0.6, alpha=0.35)
        known = np.convolve(known, np.full(_NOW, 1 / _NOW))[: known.size]
        known[: _NOW - 1] = np.nan
    else:
        above.axes.fill_between(days, known, color=colour, alpha=0.10, linewidth=0)
    above.axes.plot(
        days, known, color=colour, linewidth=1.6, marker="o" if speakers.size == 1 else None
    )
    below.axes.bar(days, newcomers, width=6.2, color=LIGHT.series[2], linewidth=0)
    now = float(speakers[-_NOW:].mean())
    value = numbers.count(now, words=said)
    lead = f"{said.say('figure.past_speakers')}\n{said.say('figure.past_now', value=value)}"
    end_labels(above, [(now, lead, colour)])
    end_labels(
        below, [(float(newcomers.max()) / 2, said.say("figure.past_newcomers"), LIGHT.worse)]
    )
    _numbers(above, marks, end)
    _strip(strip, stages, end)
    date_axis(strip, start, end)
    return finish(canvas)


def finding(speakers: Counts, *, start: dt.date, words: Words) -> str:
    """Now against the best four weeks, in a sentence without its full stop.

    Args:
        speakers: People who wrote, each whole week, length W >= 1.
        start: First day of the first week.
        words: Language.
    """
    reach = min(_NOW, speakers.size)
    level = np.convolve(speakers, np.ones(reach) / reach, "valid")
    now, peak, at = float(level[-1]), float(level.max()), int(level.argmax())
    values = {
        "now": numbers.count(now, words=words),
        "peak": numbers.count(peak, words=words),
        "date": numbers.month(start + dt.timedelta(days=7 * at + 14), words=words),
    }
    if now >= _FULL * peak:
        return words.say("figure.past_full", **values)
    over = now < max(1.0, _OVER * peak)
    return words.say("figure.past_over" if over else "figure.past_below", **values)


def _rows(canvas: Canvas, shares: Sequence[float]) -> list[Canvas]:
    """Parts beneath each other that take these shares of the height."""
    figure, box = canvas.figure, canvas.axes.get_position()
    canvas.axes.remove()
    space = (1 - sum(shares)) / (len(shares) - 1) * box.height
    parts, top = [], box.y1
    for share in shares:
        high = share * box.height
        axes = figure.add_axes((box.x0, top - high, box.width, high))
        parts.append(canvas.on(axes))
        top -= high + space
    return parts


def _numbers(canvas: Canvas, marks: Sequence[tuple[float, int]], end: float) -> None:
    """The numbers of the marks above the axes, moved apart where they would touch."""
    least = 0.2 / (WIDTH - 2.05) * end
    free = -least
    for day, number in sorted(marks):
        place = max(day, free)
        free = place + least
        canvas.axes.annotate(
            str(number), (place, 1), (0, 3), xycoords=("data", "axes fraction"),
            textcoords="offset points", fontsize=9, color=LIGHT.worse, ha="center", va="bottom",
            fontweight="bold", annotation_clip=False,
        )  # fmt: skip


def _strip(canvas: Canvas, stages: NDArray[np.int8], end: float) -> None:
    """The stages as one strip, named where there is room."""
    axes: Axes = canvas.axes
    edges = np.flatnonzero(np.diff(stages)) + 1
    starts, stops = np.append(0, edges), np.append(edges, stages.size)
    for first, after in zip(starts.tolist(), stops.tolist(), strict=True):
        code = int(stages[first])
        colour = LIGHT.stages[code] if code >= 0 else LIGHT.panel
        axes.axvspan(first, after, color=colour, linewidth=0)
        room = (after - first) / end * (WIDTH - 2.05) * 72
        keys = [f"{key}.{STAGES[code]}" for key in ("stage", "stage_short")]
        for key in keys if code >= 0 else ["stage.too_quiet"]:
            name = canvas.words.say(key)
            if width(name) * 5.2 + 4 <= room:
                canvas.text(
                    (first + after) / 2, 0.46, name, size=8.5, colour=ink_on(colour), ha="center",
                    va="center",
                )  # fmt: skip
                break
    axes.set_ylim(0, 1)
    axes.set_yticks([])
