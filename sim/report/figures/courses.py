"""Which factors matter when: a heat map of indices over the stretches of a run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import finish, make_canvas
from sim.report.figures.heat import colour_scale, draw_cells, hex_of
from sim.report.figures.rows import path_margins, path_names, path_rows
from sim.report.figures.sensitivity import MOST_ROWS
from sim.report.fonts import figure_words
from sim.report.influences import AMOUNTS, output_name
from sim.report.palette import LIGHT, ink_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.report.figures.canvas import Canvas
    from sim.report.influences import Course
    from sim.words import Words

    Numbers = NDArray[np.float64]

_MOST_TICKS = 14
_MOST_NUMBERS = 24  # columns whose cells have room for numbers


def draw_course(
    course: Course, *, words: Words, index: str, names: Sequence[tuple[str, str]]
) -> Figure:
    """A heat map: a row a factor, a column a stretch.

    Args:
        course: The index of each factor, stretch by stretch.
        words: Language.
        index: Key of the index. One in the unit of the output is drawn relative to the largest of
            its column, as outputs grow.
        names: Name and path of each factor, in the language of figures.

    Returns:
        The figure; its title names the strongest factors of the first and the last stretch in
        which any can be told from luck. Stretches without indices are hatched, and told.
    """
    from matplotlib import colormaps

    said = figure_words(words)
    shares = sizes_of(course, relative=index in AMOUNTS)
    known = np.isfinite(shares).any(axis=0)
    order = np.argsort(-np.nan_to_num(shares).sum(axis=1), kind="stable")[:MOST_ROWS]
    shown, told = shares[order], course.told[order]
    rows = [names[n] for n in order]
    canvas = make_canvas(
        words, title=course_finding(course, [name for name, _ in names], words=said),
        subtitle=said.say(
            "factor.course_relative" if index in AMOUNTS else "factor.course_sub",
            output=output_name(course.label, words=said, first=True),
            index=said.say(f"factor.index_{index}"), every=course.days[1] - course.days[0],
        ),
        note=_note(course, left=len(names) - len(rows), words=said),
        height=2.25 + path_rows(rows) * max(len(rows), 3),
        margins=path_margins(rows, right=0.35, bottom=0.62),
    )  # fmt: skip
    colours, axes = colormaps["viridis_r"], canvas.axes
    draw_cells(axes, np.where(known, shown, np.nan), ~told, colours)
    if len(course.days) <= _MOST_NUMBERS:
        _cell_numbers(canvas, shown if index in AMOUNTS else course.values[order], told)
    axes.set_xlim(-0.5, len(course.days) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    ticks = range(0, len(course.days), math.ceil(len(course.days) / _MOST_TICKS))
    axes.set_xticks(ticks, [str(course.days[tick]) for tick in ticks])
    axes.set_xlabel(canvas.say("factor.course_x"), fontsize=9.5, color=LIGHT.secondary)
    path_names(canvas, rows)
    colour_scale(canvas, colours, ends=("0", "1"))
    return finish(canvas)


def sizes_of(course: Course, *, relative: bool) -> Numbers:
    """What is drawn: sizes of the index from 0 to 1, of shape (F, S); NaN = there is none.

    Args:
        course: The index.
        relative: Whether to divide by the largest of each stretch.
    """
    sizes = np.abs(course.values)
    if relative:
        most = np.nan_to_num(sizes).max(axis=0)
        sizes = sizes / np.where(most > 0, most, 1.0)
    return np.clip(sizes, 0.0, 1.0)


def course_finding(course: Course, names: Sequence[str], *, words: Words) -> str:
    """What matters first and last, of what can be told from luck.

    Args:
        course: The index.
        names: Names of the factors.
        words: Language.
    """
    sizes = np.where(course.told, np.abs(course.values), -1.0)
    columns = [column for column in range(len(course.days)) if course.told[:, column].any()]
    output = output_name(course.label, words=words, first=words.lang == "en")
    if not columns:
        return words.say("factor.course_none", output=output)
    first, last = (names[int(sizes[:, column].argmax())] for column in (columns[0], columns[-1]))
    days = {"day": course.days[columns[0]], "end": course.days[columns[-1]]}
    if len(columns) == 1:
        return words.say("factor.course_once", output=output, early=words.quote(first), **days)
    key = "same" if first == last else "changes"
    return words.say(
        f"factor.course_{key}", output=output, early=words.quote(first), late=words.quote(last),
        **days,
    )  # fmt: skip


def _note(course: Course, *, left: int, words: Words) -> str:
    parts = [words.say("factor.course_bold")]
    for why in dict.fromkeys(filter(None, course.whys)):
        days = [str(day) for day, one in zip(course.days, course.whys, strict=True) if one == why]
        reason = words.say(f"factor.why_{why}")
        parts.append(words.say("factor.course_grey", days=words.join(days), why=reason))
    if left:
        parts.append(words.say("factor.note_more", count=left))
    return (" " * (words.lang == "en")).join(parts)


def _cell_numbers(canvas: Canvas, values: Numbers, told: NDArray[np.bool_]) -> None:
    """The index in the cells of what can be told from luck."""
    from matplotlib import colormaps

    colours = colormaps["viridis_r"]
    for row, column in np.argwhere(told):
        value = float(values[row, column])
        canvas.text(
            column, row, numbers.decimal(value), size=8.5 if values.shape[1] <= 14 else 7,
            colour=ink_on(hex_of(colours(min(1.0, abs(value))))), ha="center", va="center",
        )  # fmt: skip
