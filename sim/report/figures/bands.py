"""Quantities day by day over many futures: members and activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.report import numbers
from sim.report.figures.canvas import (
    Canvas,
    Margins,
    count_axis,
    day_axis,
    end_labels,
    finish,
    make_canvas,
    margins_for,
    panels,
    policy_marks,
)
from sim.report.fonts import figure_words
from sim.report.palette import BAND_50, BAND_90, LIGHT, LINE_STYLES
from sim.words.typography import clip, typeset, width, wrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words

    Paths = NDArray[np.float64]

FEWEST_FOR_RANGE = 20
"""With fewer futures no 5th or 95th percentile is shown to people."""

MOST_IN_ONE = 3
"""Variants in one panel; of more each gets a panel of its own."""

_NAME = 18  # columns of a name at the end of a line
_WINDOW = {"active_30d": 30, "active_7d": 7}


@dataclass(frozen=True)
class Bands:
    """Quantiles over futures, day by day; every array has length H."""

    q05: Paths
    q25: Paths
    q50: Paths
    q75: Paths
    q95: Paths


def bands_of(paths: Paths) -> Bands:
    """Pointwise quantiles (linear interpolation) of paths of shape (R, H)."""
    return Bands(
        *np.quantile(np.asarray(paths, dtype=np.float64), (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    )


def draw_members(
    days: NDArray[np.integer],
    paths: Paths | Mapping[str, Paths],
    *,
    words: Words,
    capacity: float | None = None,
    start: dt.date | None = None,
    marks: Sequence[tuple[float, str]] = (),
) -> Figure:
    """F1: members over time.

    Args:
        days: Day numbers, length H.
        paths: Members at the end of each day, shape (R, H); or several variants by name, the
            baseline first.
        words: Language.
        capacity: Places in the group, drawn as a line.
        start: Date of day 0.
        marks: (day, name) of policies that begin.

    Returns:
        The figure; its title says whether the group grows, shrinks or fills up.
    """
    variants = _variants(paths)
    title = members_finding(days, variants, capacity, figure_words(words))
    subtitle = figure_words(words).say("figure.members_sub")
    return _draw(
        days, variants, words=words, title=title, subtitle=subtitle, start=start, marks=marks,
        capacity=capacity,
    )  # fmt: skip


def draw_activity(
    days: NDArray[np.integer],
    paths: Paths | Mapping[str, Paths],
    *,
    words: Words,
    kpi: str = "active_30d",
    start: dt.date | None = None,
    marks: Sequence[tuple[float, str]] = (),
) -> Figure:
    """F2: activity over time, with the peak of the middle future and half of it.

    Args:
        days: Day numbers, length H.
        paths: The KPI's daily values, shape (R, H); or several variants by name, baseline first.
        words: Language.
        kpi: Which one: ``active_30d``, ``active_7d``, ``speakers`` or another count of persons.
            Days on which its window is not full yet are left out if enough others remain.
        start: Date of day 0.
        marks: (day, name) of policies that begin.

    Returns:
        The figure; its title names the peak and the end.
    """
    variants = _variants(paths)
    window = _WINDOW.get(kpi, 1)
    skip = window - 1 if len(days) >= 2 * window else 0
    days, variants = days[skip:], {name: rows[:, skip:] for name, rows in variants.items()}
    said = figure_words(words)
    title = activity_finding(days, variants, kpi, said)
    subtitle = said.kpi_meaning(kpi) or said.kpi(kpi)
    if skip:
        subtitle += " " * (said.lang == "en") + said.say("figure.full_window", day=skip)
    return _draw(
        days, variants, words=words, title=title, subtitle=subtitle, start=start, marks=marks,
        peak=True,
    )  # fmt: skip


def band_table(
    days: NDArray[np.integer], paths: Paths, *, words: Words, money: bool = False, rows: int = 12
) -> tuple[list[str], list[list[str]]]:
    """The data behind a figure for those who read tables: header and about ``rows`` days."""
    said = [f"figure.{name}_column" for name in ("day", "low", "middle", "high")]
    if len(paths) < FEWEST_FOR_RANGE:
        said = [said[0], said[2]]
    bands = bands_of(paths)
    series = [bands.q50] if len(said) == 2 else [bands.q05, bands.q50, bands.q95]
    show = numbers.money if money else numbers.count
    picked = np.unique(np.linspace(0, len(days) - 1, min(rows, len(days))).round().astype(int))
    body = [
        [str(int(days[t])), *(show(float(column[t]), words=words) for column in series)]
        for t in picked
    ]
    return [words.say(key) for key in said], body


def draw_band(
    canvas: Canvas, days: NDArray[np.integer], paths: Paths, *, colour: str, style: int = 1
) -> None:
    """One variant: bands of 50 and 90 of 100 futures, three single futures, the middle."""
    bands = bands_of(paths)
    axes = canvas.axes
    if len(paths) >= FEWEST_FOR_RANGE:
        axes.fill_between(days, bands.q05, bands.q95, color=colour, alpha=BAND_90, linewidth=0)
        axes.fill_between(days, bands.q25, bands.q75, color=colour, alpha=BAND_50, linewidth=0)
        for edge in (bands.q25, bands.q75):
            axes.plot(days, edge, color=colour, alpha=0.35, linewidth=0.7)
    if len(paths) > 1:
        for path in paths[:3]:
            axes.plot(days, path, color=colour, alpha=0.55, linewidth=0.6)
    axes.plot(days, bands.q50, color=colour, linewidth=2.2, linestyle=LINE_STYLES[style])


def note_on(words: Words, futures: int) -> str:
    """How to read the bands of a number of futures."""
    if futures == 1:
        return words.say("figure.note_one")
    return words.say(
        "figure.note_bands" if futures >= FEWEST_FOR_RANGE else "figure.note_few", n=futures
    )


def range_label(words: Words, bands: Bands, futures: int, *, money: bool = False) -> str:
    """What stands at the end of a single line: the middle future, and the usual range beneath."""
    low, middle, high = (float(q[-1]) for q in (bands.q05, bands.q50, bands.q95))
    key = "profit" if money else "members"  # money or persons
    head = numbers.kpi(middle, key, words=words, half_width=(high - low) / 2)
    if futures < FEWEST_FOR_RANGE:
        return head
    ends = numbers.kpi_ends(low, high, key, words=words)
    if ends[0] == ends[1] == head:  # a range of one number is no range
        return head
    usual = numbers.span(*ends, words=words)
    return f"{head}\n{words.say('word.usually')} {usual}"


def _variants(paths: Paths | Mapping[str, Paths]) -> dict[str, Paths]:
    given = dict(paths) if isinstance(paths, Mapping) else {"": paths}
    return {name: np.atleast_2d(np.asarray(rows, dtype=np.float64)) for name, rows in given.items()}


def _draw(
    days: NDArray[np.integer],
    variants: dict[str, Paths],
    *,
    words: Words,
    title: str,
    subtitle: str,
    start: dt.date | None,
    marks: Sequence[tuple[float, str]],
    capacity: float | None = None,
    peak: bool = False,
) -> Figure:
    if len(variants) > MOST_IN_ONE:
        return _multiples(days, variants, words=words, title=title, subtitle=subtitle)
    futures = max(len(rows) for rows in variants.values())
    note = note_on(figure_words(words), futures)
    margins = margins_for(dates=start is not None, marks=bool(marks))
    canvas = make_canvas(words, title=title, subtitle=subtitle, note=note, margins=margins)
    highest = max(float(_highest(rows)) for rows in variants.values())
    near = capacity is not None and highest >= 0.5 * capacity
    count_axis(canvas, top=max(highest, capacity or 0) if near else max(highest, 1.0))
    single = len(variants) == 1
    labels: list[tuple[float, str, str]] = []
    for i, (name, rows) in enumerate(variants.items()):
        colour = LIGHT.series[1 if single else i]
        draw_band(canvas, days, rows, colour=colour, style=1 if single else i)
        bands = bands_of(rows)
        value = range_label(canvas.words, bands, len(rows))
        text = value if single else named(name, value.split("\n")[0])
        labels.append((float(bands.q50[-1]), text, colour))
    if near and capacity is not None:
        _capacity_line(canvas, days, capacity)
    if peak and single:
        _peak_marks(canvas, days, bands_of(next(iter(variants.values()))).q50)
    day_axis(canvas, days, start=start)
    policy_marks(canvas, marks)
    end_labels(canvas, labels)
    return finish(canvas)


def named(name: str, value: str = "") -> str:
    """What stands at the end of a line: its name, and its value (if any) behind or beneath."""
    lines = wrap(name, _NAME)
    if len(lines) > 1:
        lines = [lines[0], clip("".join(lines[1:]), _NAME)]
    if not value or width(f"{lines[-1]} {value}") <= _NAME:
        lines[-1] = f"{lines[-1]} {value}".rstrip()
        return "\n".join(lines)
    return "\n".join([*lines, value])


def _multiples(
    days: NDArray[np.integer],
    variants: dict[str, Paths],
    *,
    words: Words,
    title: str,
    subtitle: str,
) -> Figure:
    """One panel a variant, on one scale, the baseline's middle future in each."""
    said = figure_words(words)
    base, *others = variants
    columns = 2 if len(others) == 4 else 3
    rows = -(-len(others) // columns)
    note = note_on(said, max(map(len, variants.values())))
    note = said.say("figure.grey_base", base=base) + " " * (said.lang == "en") + note
    canvas = make_canvas(
        words, title=title, subtitle=subtitle, note=note, height=1.3 + 1.95 * rows,
        margins=Margins(right=0.6, top=0.34),
    )  # fmt: skip
    top = max(1.0, *map(_highest, variants.values()))
    middle = bands_of(variants[base]).q50
    parts = panels(canvas, rows, columns, across=0.75, down=0.62)
    for part in parts[len(others) :]:
        part.axes.set_axis_off()
    for i, (part, name) in enumerate(zip(parts, others, strict=False), start=1):
        count_axis(part, top=top)
        part.axes.plot(days, middle, color=LIGHT.series[0], linewidth=1.5)
        draw_band(part, days, variants[name], colour=LIGHT.series[i], style=i)
        day_axis(part, days, most=4)
        value = numbers.count(float(bands_of(variants[name]).q50[-1]), words=part.words)
        part.axes.annotate(
            typeset(f"{clip(name, 26)}  {value}"), (0, 1), (0, 6), xycoords="axes fraction",
            textcoords="offset points", fontsize=10.5, color=LIGHT.series[i], va="bottom",
        )  # fmt: skip
    return finish(canvas)


def _highest(rows: Paths) -> float:
    """The top of what is drawn of one variant."""
    bands = bands_of(rows)
    shown = [rows[:3], bands.q95 if len(rows) >= FEWEST_FOR_RANGE else bands.q50]
    return max(float(part.max(initial=0.0)) for part in shown)


def _capacity_line(canvas: Canvas, days: NDArray[np.integer], capacity: float) -> None:
    canvas.axes.axhline(capacity, color=LIGHT.secondary, linewidth=1, linestyle=(0, (4, 3)))
    canvas.axes.annotate(
        canvas.say("figure.capacity", capacity=numbers.count(capacity, words=canvas.words)),
        (float(days[-1]), capacity), (-2, 3), textcoords="offset points", fontsize=9,
        color=LIGHT.secondary, va="bottom", ha="right",
    )  # fmt: skip


def _peak_marks(canvas: Canvas, days: NDArray[np.integer], middle: Paths) -> None:
    """A dot on the peak of the middle future and a dashed line at half of it."""
    at = int(np.argmax(middle))
    value = float(middle[at])
    if not 0.05 * len(days) < at < 0.95 * len(days) or value < 2:
        return
    canvas.axes.plot(
        days[at], value, "o", color=LIGHT.series[1], markersize=6, markeredgecolor="white"
    )
    canvas.axes.annotate(
        canvas.say("figure.peak", value=numbers.count(value, words=canvas.words)),
        (float(days[at]), value), (0, 9), textcoords="offset points", fontsize=9.5,
        color=LIGHT.text, ha="center",
    )  # fmt: skip
    canvas.axes.axhline(value / 2, color=LIGHT.secondary, linewidth=0.9, linestyle=(0, (4, 3)))
    canvas.axes.annotate(
        canvas.say("figure.half"), (float(days[0]), value / 2), (4, 3), textcoords="offset points",
        fontsize=9, color=LIGHT.secondary,
    )  # fmt: skip


def members_finding(
    days: NDArray[np.integer], variants: Mapping[str, Paths], capacity: float | None, words: Words
) -> str:
    """What the figure of members says: of one variant, or of several against the first."""
    if len(variants) > 1:
        return compared(variants, words)
    middle = bands_of(next(iter(variants.values()))).q50
    first, last = float(middle[0]), float(middle[-1])
    said = {"first": numbers.count(first, words=words), "last": numbers.count(last, words=words)}
    if capacity and last >= 0.98 * capacity:
        full = int(days[int(np.argmax(middle >= 0.98 * capacity))])
        return words.say(
            "figure.members_full", capacity=numbers.count(capacity, words=words), day=full
        )
    if abs(last - first) <= max(0.05 * first, 1.0):
        return words.say("figure.members_level", last=said["last"])
    return words.say("figure.members_up" if last > first else "figure.members_down", **said)


def activity_finding(
    days: NDArray[np.integer], variants: Mapping[str, Paths], kpi: str, words: Words
) -> str:
    """What the figure of activity says: of one variant, or of several against the first."""
    if len(variants) > 1:
        name, finding = words.kpi(kpi), compared(variants, words)
        return words.say("figure.of_kpi", kpi=name[:1].upper() + name[1:], finding=finding)
    middle = bands_of(next(iter(variants.values()))).q50
    at = int(np.argmax(middle))
    name = words.kpi(kpi)
    peak, last = (numbers.count(float(v), words=words) for v in (middle[at], middle[-1]))
    said = {"kpi": name[:1].upper() + name[1:], "peak": peak, "last": last, "day": int(days[at])}
    if float(middle.max() - middle.min()) <= max(0.1 * float(middle.max()), 1.0):
        return words.say("figure.activity_level", **said)
    if at >= 0.95 * (len(days) - 1):
        return words.say("figure.activity_rising", **said)
    if at <= 0.05 * len(days):
        return words.say("figure.activity_falling", **said)
    return words.say("figure.activity_peak", **said)


def compared(variants: Mapping[str, Paths], words: Words) -> str:
    """Which variant's middle future ends highest, against the first (the baseline)."""
    ends = {name: float(bands_of(rows).q50[-1]) for name, rows in variants.items()}
    base, best = next(iter(ends)), max(ends, key=ends.__getitem__)
    if max(ends.values()) - min(ends.values()) <= max(0.05 * abs(ends[base]), 1.0):
        return words.say("figure.level_all", value=numbers.count(ends[base], words=words))
    if best == base:
        best_other = max((n for n in ends if n != base), key=ends.__getitem__)
        base, best = best_other, base
    return words.say(
        "figure.highest", best=words.quote(best), base=words.quote(base),
        value=numbers.count(ends[best], words=words), other=numbers.count(ends[base], words=words),
    )  # fmt: skip
