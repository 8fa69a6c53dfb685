"""Where in its life the community is, over many futures: the stage strip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import Patch

from sim.report.figures.bands import note_on
from sim.report.figures.canvas import Canvas, Margins, day_axis, finish, make_canvas, panels
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, OUTLINE, STAGES, ink_on
from sim.words.typography import typeset, width, wrap

if TYPE_CHECKING:
    import datetime as dt

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.words import Words


_DECLINE = STAGES.index("decline")
_NAME = 20  # columns of a variant's name beside its strip


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
    stages: NDArray[np.integer] | Mapping[str, NDArray[np.integer]],
    *,
    words: Words,
    start: dt.date | None = None,
) -> Figure:
    """F3: share of futures in each lifecycle stage, stacked, and the commonest of each month.

    Args:
        days: Day numbers, length H.
        stages: Codes of shape (R, H), index in :data:`sim.report.palette.STAGES`; or several
            variants by name, the baseline first, which are drawn as one strip each.
        words: Language.
        start: Date of day 0.

    Returns:
        The figure; its title says where the futures end.
    """
    if isinstance(stages, Mapping):
        variants = {name: np.atleast_2d(codes) for name, codes in stages.items()}
        return _strips(days, variants, words=words, start=start)
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
    edges, _ = _fill(canvas, days, shares)
    day_axis(canvas, edges, start=start)
    canvas.axes.set_ylim(0, 1)
    ticks = (0.0, 0.5, 1.0)
    percent = "%" if said.lang == "zh" else " %"
    canvas.axes.set_yticks(ticks, [f"{tick:.0%}".replace("%", percent) for tick in ticks])
    _months(canvas, days, shares)
    return finish(canvas)


def _fill(
    canvas: Canvas, days: NDArray[np.integer], shares: NDArray[np.float64]
) -> tuple[NDArray[np.integer], set[int]]:
    """The stacked bands with their words; returns the edges of days and the stages named."""
    inches = canvas.axes.get_position().height * canvas.figure.get_figheight()
    # A day is a column of full width, also the last one.
    edges = np.append(days, days[-1] + 1)
    floor = np.zeros(len(edges))
    named: set[int] = set()
    for code, row in enumerate(shares):
        ceiling = floor + np.append(row, row[-1])
        canvas.axes.fill_between(
            edges, floor, ceiling, step="post", color=LIGHT.stages[code], linewidth=0
        )
        canvas.axes.step(edges, ceiling, where="post", color=OUTLINE, linewidth=0.5)
        if _name_band(canvas, edges, floor, ceiling, code, inches=inches):
            named.add(code)
        floor = ceiling
    return edges, named


def _strips(
    days: NDArray[np.integer],
    variants: dict[str, NDArray[np.integer]],
    *,
    words: Words,
    start: dt.date | None,
) -> Figure:
    """One strip a variant, beneath each other on one scale of days."""
    said = figure_words(words)
    note = said.say("figure.stages_note")
    columns = max(10, min(_NAME, max(map(width, variants))))
    canvas = make_canvas(
        words, title=strips_finding(variants, said), subtitle=said.say("figure.strips_sub"),
        note=note, height=1.5 + 0.95 * len(variants),
        margins=Margins(left=0.3 + 0.085 * columns, right=0.7, bottom=0.56 if start else 0.4),
    )  # fmt: skip
    parts = panels(canvas, len(variants), 1, across=0, down=0.14)
    named: set[int] = set()
    seen: set[int] = set()
    for part, (name, codes) in zip(parts, variants.items(), strict=True):
        shares = stage_shares(codes)
        edges, words_in = _fill(part, days, shares)
        named |= words_in
        seen |= {int(code) for code in np.flatnonzero(shares.any(axis=1))}
        part.axes.set_ylim(0, 1)
        part.axes.set_yticks([])
        lines = wrap(name, columns)
        lines = lines[:2] + ([lines[2] + ".."] if len(lines) > 2 else [])
        part.axes.annotate(
            typeset("\n".join(lines)), (0, 0.5), (-8, 0), xycoords="axes fraction",
            textcoords="offset points", fontsize=10, color=LIGHT.text, ha="right", va="center",
        )  # fmt: skip
        if part is parts[-1]:
            day_axis(part, edges, start=start)
        else:
            part.axes.set_xlim(edges[0], edges[-1])
            part.axes.set_xticks([])
    _name_the_rest(canvas, parts[0], sorted(seen - named))
    return finish(canvas)


def _name_the_rest(canvas: Canvas, top: Canvas, codes: list[int]) -> None:
    """Colours of the stages whose bands are nowhere broad enough for their word, above all."""
    if not codes:
        return
    top.axes.legend(
        handles=[
            Patch(
                facecolor=LIGHT.stages[code], edgecolor=OUTLINE, linewidth=0.5,
                label=canvas.words.stage(STAGES[code]),
            )
            for code in codes
        ],
        loc="lower right", bbox_to_anchor=(1, 1), ncols=len(codes), frameon=False, fontsize=9,
        labelcolor=LIGHT.secondary, handlelength=1, handleheight=1, borderaxespad=0.2,
        columnspacing=1.2,
    )  # fmt: skip


def strips_finding(variants: Mapping[str, NDArray[np.integer]], words: Words) -> str:
    """Which variant is in decline or dormant least often at the end, against the first."""
    well = {name: int((codes[:, -1] < _DECLINE).sum()) for name, codes in variants.items()}
    base = next(iter(variants))
    n = len(variants[base])
    other = max((name for name in well if name != base), key=well.__getitem__, default=base)
    if abs(well[other] - well[base]) <= 0.05 * n:
        return words.say("figure.strips_alike")
    return words.say(
        "figure.strips_find", best=words.quote(other), base=words.quote(base), x=well[other],
        y=well[base], n=n,
    )  # fmt: skip


def _name_band(
    canvas: Canvas,
    edges: NDArray[np.integer],
    floor: NDArray[np.float64],
    ceiling: NDArray[np.float64],
    code: int,
    *,
    inches: float,
) -> bool:
    """The stage's word in the middle of its broadest place, or its letter where that is narrow.

    Returns:
        Whether there was room for either.
    """
    height = ceiling - floor
    span = int(edges[-1] - edges[0])
    for key, room, broad in (("stage", 0.26, 0.1), ("stage_short", 0.22, 0.02)):
        need = max(0.1, room / inches)
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
            return True
    return False


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
