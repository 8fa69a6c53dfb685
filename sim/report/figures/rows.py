"""What figures with a bar a row share: the room they need, names at the left, whiskers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.canvas import Margins
from sim.report.palette import LIGHT
from sim.words.typography import clip, fold, typeset, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from sim.report.figures.canvas import Canvas

NAME = 40
"""Columns of a row's name."""

_ROW = 0.36  # height of a row, inches
_PATH = 50  # columns of a path, in smaller letters


def rows_height(rows: int, *, notes: int) -> float:
    """Height of a figure of so many rows and lines of notes, inches."""
    return 1.25 + 0.21 * notes + _ROW * max(rows, 3)


def rows_margins(names: Sequence[str], *, right: float, top: float = 0.0) -> Margins:
    """Room at the left for the longest name."""
    columns = min(NAME, max(map(width, names), default=0))
    return Margins(left=0.35 + 0.078 * columns, right=right, bottom=0.32, top=top)


def row_name(name: str) -> str:
    """A name beside its row, in two lines if it is long."""
    first, *more = fold(name, NAME)
    return "\n".join([first, *([clip(" ".join(more), NAME)] if more else [])])


def whisker(axes: Axes, row: float, low: float, high: float) -> None:
    """The interval of a bar."""
    axes.plot((low, high), (row, row), color=LIGHT.text, lw=1.2, zorder=3)
    for end in (low, high):
        axes.plot((end, end), (row - 0.12, row + 0.12), color=LIGHT.text, lw=1.2, zorder=3)


def path_rows(names: Sequence[tuple[str, str]]) -> float:
    """Height of a row with the path beneath the name, which may take two lines; inches."""
    return 0.53 if any(width(name) > NAME for name, _ in names) else 0.42


def path_margins(
    names: Sequence[tuple[str, str]], *, right: float, bottom: float = 0.34, top: float = 0.0
) -> Margins:
    """Room at the left for the longest of names and the paths beneath them."""
    columns = max((max(width(name), 0.8 * width(path)) for name, path in names), default=0)
    return Margins(left=0.3 + 0.083 * min(NAME, columns), right=right, bottom=bottom, top=top)


def path_names(canvas: Canvas, names: Sequence[tuple[str, str]]) -> None:
    """Names at the left of their rows, each with its path small beneath where that is another."""
    canvas.axes.set_yticks([])
    for row, (name, path) in enumerate(names):
        long = width(name) > NAME
        lines = [(_halved(name), 9.0 if long else 10.0, LIGHT.text, "center", 0)]
        if name != path:
            lines[0] = (*lines[0][:3], "bottom", -5 if long else -1)
            lines.append((clip(path, _PATH), 8.0, LIGHT.secondary, "top", lines[0][-1]))
        for text, size, colour, place, up in lines:
            canvas.axes.annotate(
                typeset(text), (0, row), (-8, up), xycoords=("axes fraction", "data"),
                textcoords="offset points", fontsize=size, color=colour, ha="right", va=place,
                linespacing=1.15, annotation_clip=False,
            )  # fmt: skip


def _halved(name: str) -> str:
    """A name of more than a line in two of about the same length."""
    if width(name) <= NAME:
        return name
    first, *more = fold(name, max(NAME * 2 // 3, min(NAME, width(name) // 2 + 5)))
    return f"{first}\n{clip(' '.join(more) if name.isascii() else ''.join(more), NAME)}"
