"""The frame every figure shares: finding as title, what is drawn beneath, one line of source.

Figures are Matplotlib ``Figure`` objects made without pyplot, so that several can be drawn at once
and nothing global is touched. Sizes are in inches; a figure is 9.6 wide, the widest a page takes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sim.report import numbers
from sim.report.fonts import drawable, families, figure_words
from sim.report.palette import LIGHT
from sim.words.typography import typeset, width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

WIDTH = 9.6
# Letters of the Latin font are wider than half a Chinese character.
_COLUMNS = {"en": (72, 122), "zh": (84, 140)}  # of a title, of a note
_LINE = 0.21  # height of one line of a note, inches
_STEPS = {"days": (1, 2, 7, 14, 30, 60, 90, 180, 365, 730), "weeks": (1, 2, 4, 13, 26, 52, 104)}
_SAVING = threading.Lock()  # Matplotlib reads the salt of SVG ids from global settings


@dataclass(frozen=True)
class Margins:
    """Space around the axes, inches."""

    left: float = 0.85
    right: float = 1.75
    bottom: float = 0.4
    top: float = 0.0


def margins_for(*, dates: bool = False, marks: bool = False, right: float = 1.75) -> Margins:
    """Margins of a figure over time: dates take a line below, policies two lines above."""
    return Margins(right=right, bottom=0.56 if dates else 0.4, top=0.3 if marks else 0.0)


@dataclass(frozen=True)
class Canvas:
    """A figure being drawn.

    Attributes:
        figure: The figure.
        axes: Where data go.
        words: The language of its labels, which is English where no font has Chinese.
    """

    figure: Figure
    axes: Axes
    words: Words

    def on(self, axes: Axes) -> Canvas:
        """The same figure, drawing into other axes, which are dressed like these."""
        _dress(axes, self.words)
        return Canvas(self.figure, axes, self.words)

    def say(self, key: str, **values: object) -> str:
        """A text of the catalogue with thin spaces."""
        return typeset(self.words.say(key, **values))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 10,
        colour: str = LIGHT.text,
        **options: object,
    ) -> None:
        """Write into the axes, in data units unless ``transform`` says otherwise."""
        self.axes.text(x, y, typeset(text), fontsize=size, color=colour, **options)  # type: ignore[arg-type]


def make_canvas(
    words: Words, *, title: str, subtitle: str, note: str = "", height: float = 4.4,
    margins: Margins | None = None,
) -> Canvas:  # fmt: skip
    """An empty figure with its words around it.

    Args:
        words: Language asked for; what is drawn may be English (see :func:`figure_words`).
        title: The finding, one sentence; also the figure's label, for those who cannot see it.
        subtitle: What is drawn and in which unit.
        note: How to read it, where it comes from.
        height: Of the whole figure, inches.
        margins: Around the axes, inches.

    Returns:
        The canvas, axes without a frame.
    """
    from matplotlib.figure import Figure

    words = figure_words(words)
    space = margins or Margins()
    title_columns, note_columns = _COLUMNS[words.lang]
    titles = wrap(typeset(title), title_columns)
    notes = wrap(typeset(note), note_columns) if note else []
    top = 0.14 + 0.29 * len(titles) + 0.36 + space.top
    foot = 0.1 + _LINE * len(notes)
    figure = Figure(figsize=(WIDTH, height + 0.29 * (len(titles) - 1)), facecolor=LIGHT.ground)
    figure.set_label(title)
    tall = figure.get_figheight()
    figure.text(
        0.12 / WIDTH, 1 - 0.14 / tall, "\n".join(titles), fontsize=14, fontweight="bold",
        color=LIGHT.text, va="top", linespacing=1.35,
    )  # fmt: skip
    figure.text(
        0.12 / WIDTH, 1 - (0.2 + 0.29 * len(titles)) / tall, typeset(subtitle), fontsize=10.5,
        color=LIGHT.secondary, va="top",
    )  # fmt: skip
    figure.text(
        0.12 / WIDTH, 0.07 / tall, "\n".join(notes), fontsize=8.5, color=LIGHT.secondary,
        va="bottom", linespacing=1.4,
    )  # fmt: skip
    low = foot + space.bottom
    axes = figure.add_axes(
        (
            space.left / WIDTH,
            low / tall,
            (WIDTH - space.left - space.right) / WIDTH,
            (tall - top - low) / tall,
        )
    )
    _dress(axes, words)
    return Canvas(figure, axes, words)


def _dress(axes: Axes, words: Words) -> None:
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color("#C3C9D1")
    axes.tick_params(
        length=0, labelsize=9.5, labelcolor=LIGHT.secondary, labelfontfamily=families(words)
    )


def panels(canvas: Canvas, rows: int, columns: int, *, across: float, down: float) -> list[Canvas]:
    """Divide the place of the axes into several, row by row.

    Args:
        canvas: The figure; its own axes go.
        rows: How many beneath each other.
        columns: How many side by side.
        across: Space between columns, inches.
        down: Space between rows, inches.

    Returns:
        A canvas for each panel; they share the figure.
    """
    figure, box = canvas.figure, canvas.axes.get_position()
    wide, tall = figure.get_size_inches()
    across, down = across / wide, down / tall
    each = (box.width - (columns - 1) * across) / columns
    high = (box.height - (rows - 1) * down) / rows
    canvas.axes.remove()
    parts = []
    for row in range(rows):
        for column in range(columns):
            left = box.x0 + column * (each + across)
            axes = figure.add_axes((left, box.y1 - row * (high + down) - high, each, high))
            parts.append(canvas.on(axes))
    return parts


def finish(canvas: Canvas) -> Figure:
    """Give every text its font; what no font can draw (an emoji in a name) is left out.

    The last step of every figure.
    """
    from matplotlib.text import Text

    names = families(canvas.words)
    for text in canvas.figure.findobj(Text):
        text.set_fontfamily(names)
        text.set_text(drawable(text.get_text(), names))
    return canvas.figure


def money_text(yuan: float, words: Words) -> str:
    """A round amount on an axis."""
    return _rounded(numbers.money(yuan, words=words))


def _rounded(text: str) -> str:
    """Round numbers only: 4.50 万 is 4.5 万."""
    text = re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", text)
    return typeset(re.sub(r"\.(?=\D|$)", "", text))


def count_axis(canvas: Canvas, *, top: float, bottom: float = 0.0, money: bool = False) -> None:
    """Few light horizontals and labels that carry their unit; counts begin at 0."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def label(value: float, _: int | None = None) -> str:
        if money:
            return money_text(value, canvas.words)
        return _rounded(numbers.count(value, words=canvas.words))

    room = 0.06 * (top - bottom) or 1.0
    canvas.axes.set_ylim(bottom - (room if bottom < 0 else 0), top + room)
    canvas.axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=not money, min_n_ticks=2))
    canvas.axes.yaxis.set_major_formatter(FuncFormatter(label))
    canvas.axes.grid(axis="y", color="#E4E7EB", linewidth=0.8)
    canvas.axes.set_axisbelow(True)


def day_axis(
    canvas: Canvas,
    days: NDArray[np.integer],
    *,
    start: dt.date | None = None,
    unit: Literal["days", "weeks"] = "days",
    most: int = 8,
) -> None:
    """Days (or weeks) along x, at most so many, dates beneath if the first day's date is known."""
    first, last = float(days[0]), float(days[-1])
    steps = (
        (1, 2, 7, 14, 30, 60, 90, 180, 365, 730) if unit == "days" else (1, 2, 4, 13, 26, 52, 104)
    )
    step = next((s for s in steps if (last - first) / s <= most), steps[-1])
    ticks = [tick for tick in range(0, int(last) + 1, step) if tick >= first]
    length = 1 if unit == "days" else 7
    labels = [str(tick) for tick in ticks]
    if start is not None:
        dates = [start + dt.timedelta(days=length * tick) for tick in ticks]
        short = [
            numbers.calendar_date(
                date, words=canvas.words, year=i == 0 or date.year != dates[i - 1].year
            )
            for i, date in enumerate(dates)
        ]
        labels = [f"{label}\n{date}" for label, date in zip(labels, short, strict=True)]
    canvas.axes.set_xlim(first, max(last, first + 1))
    canvas.axes.set_xticks(ticks, labels)
    name = canvas.say(f"figure.{unit}")
    crowded = ticks and ticks[-1] > first + 0.96 * (last - first)
    canvas.axes.annotate(
        name, (1, 0), (22 if crowded else 8, -3), xycoords="axes fraction",
        textcoords="offset points", fontsize=9.5, color=LIGHT.secondary, va="top",
    )  # fmt: skip


def date_axis(canvas: Canvas, start: dt.date, days: float, *, most: int = 9) -> None:
    """Dates along x, which counts days from ``start``: years, months or days, at most so many."""
    end = start + dt.timedelta(days=max(1, round(days)))
    ticks: list[dt.date] = []
    for step in (1, 2, 7, 14):
        if days / step <= most:
            ticks = [start + dt.timedelta(days=d) for d in range(0, int(days) + 1, step)]
            labels = [
                numbers.calendar_date(tick, words=canvas.words, year=tick == start)
                for tick in ticks
            ]
            break
    else:
        for step in (1, 2, 3, 6, 12, 24, 36, 60, 120):
            months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
            first = [dt.date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
            ticks = [tick for tick in first if start <= tick <= end]
            if len(ticks) <= most:
                break
        year = step >= 12
        labels = [
            numbers.year(tick, words=canvas.words)
            if year
            else numbers.month(tick, words=canvas.words, year=tick.month == 1 or tick == ticks[0])
            for tick in ticks
        ]
    canvas.axes.set_xlim(0, max(1.0, days))
    canvas.axes.set_xticks([(tick - start).days for tick in ticks], list(map(typeset, labels)))


def policy_marks(canvas: Canvas, marks: Sequence[tuple[float, str]]) -> None:
    """Thin lines where policies begin, their names above the axes in two rows.

    Where more begin than there is room for, the last name says how many others (``+2``).
    """
    low, high = canvas.axes.get_xlim()
    wide = (WIDTH - 2.6) * 72 / 8.5 * 2  # columns of text over the whole width
    free = [low, low]  # where each row is free again
    labels: list[list[Any]] = []  # day, row, name, how many more begin before there is room
    for day, name in sorted(mark for mark in marks if low <= mark[0] <= high):
        canvas.axes.axvline(day, color="#C3C9D1", linewidth=0.8, zorder=0.5)
        row = next((row for row in (0, 1) if day >= free[row]), None)
        if row is None:
            labels[-1][3] += 1
            free[labels[-1][1]] += 4 / wide * (high - low)
        else:
            labels.append([day, row, name, 0])
            free[row] = day + (width(name) + 2) / wide * 1.25 * (high - low)
    for day, row, name, more in labels:
        canvas.axes.annotate(
            typeset(f"{name} +{more}" if more else name), (day, 1), (0, 3 + 11 * row),
            xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=8.5,
            color=LIGHT.secondary, va="bottom",
        )  # fmt: skip


def end_labels(
    canvas: Canvas, labels: Sequence[tuple[float, str, str]], *, size: float = 10.5
) -> None:
    """Names at the right ends of lines, moved apart where they would cover each other.

    Args:
        canvas: The figure.
        labels: (y in data units, text, colour) of each line; a text may have several lines.
        size: Font size in points.
    """
    axes = canvas.axes
    bottom, top = axes.get_ylim()
    inches = axes.get_position().height * canvas.figure.get_figheight()
    per_inch = (top - bottom) / inches
    line = size * 1.45 / 72 * per_inch
    placed: list[list[float]] = []  # centre, half height
    order = sorted(range(len(labels)), key=lambda i: labels[i][0])
    for i in order:
        half = line * (labels[i][1].count("\n") + 1) / 2
        centre = max(labels[i][0], bottom + half)
        if placed and centre - half < placed[-1][0] + placed[-1][1]:
            centre = placed[-1][0] + placed[-1][1] + half
        placed.append([centre, half])
    ceiling = top
    for spot in reversed(placed):  # what was pushed out at the top comes back down
        spot[0] = min(spot[0], ceiling - spot[1])
        ceiling = spot[0] - spot[1]
    for i, (centre, _) in zip(order, placed, strict=True):
        _, text, colour = labels[i]
        axes.annotate(
            typeset(text), (1, centre), (8, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", fontsize=size, color=colour, va="center", linespacing=1.35,
        )  # fmt: skip


def to_svg(figure: Figure) -> str:
    """The figure as SVG text without date or chance: the same figure gives the same text.

    Letters are outlines, so that it looks the same on a machine without the font.
    """
    import matplotlib as mpl

    out = io.StringIO()
    with _SAVING, mpl.rc_context({"svg.hashsalt": "qunsim", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def to_png(figure: Figure, *, dpi: int = 200) -> bytes:
    """The figure as PNG, the same bytes every time on one machine."""
    out = io.BytesIO()
    with _SAVING:
        # packing harder makes files a tenth smaller and saving three times as long
        figure.savefig(
            out, format="png", dpi=dpi, metadata={"Software": None},
            pil_kwargs={"compress_level": 1},
        )  # fmt: skip
    return out.getvalue()
