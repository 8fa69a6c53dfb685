"""The page of a check: what changed, before and now, with pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.margins import draw_margins, draw_spread
from sim.report.fonts import figure_words, font_notice
from sim.report.page import Page, Picture, Prose, Section, Table, Tile
from sim.report.regression.telling import (
    answer,
    broken_lines,
    kpi_name,
    last_line,
    layers,
    parameter_lines,
    told,
)
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from sim.study.regression.baseline import Baseline
    from sim.study.regression.check import Report
    from sim.study.regression.judging import Row
    from sim.words import Words

SPREADS = 6
"""KPIs of which the values over futures are drawn: those furthest beyond their margins."""

_DRAWN = 30  # rows of the picture of margins
_COLUMNS = ("scenario", "kpi", "before", "after", "change", "interval", "margin", "verdict")


def check_page(report: Report, *, baseline: Baseline, words: Words) -> Page:
    """The page of a check.

    Args:
        report: What was found.
        baseline: What it was held against, whose history is told.
        words: Language.
    """
    notice = font_notice(words)
    sections = (
        _particulars(report, words), _changed(report, words), _decisions(report, words),
        _everything(report, words), _history(baseline, words), _method(report, words),
    )  # fmt: skip
    about = {
        "suite": report.suite.source, "cases": len(report.suite.cases),
        "futures": f"{report.futures:,}", "seconds": f"{report.seconds:.0f}",
    }  # fmt: skip
    return Page(
        title=words.say("ci.question"),
        line=words.say("ci.line", **about),
        verdict=(*answer(report, words=words), last_line(report, words=words)),
        tiles=_tiles(report, words),
        notes=(notice,) if notice else (),
        sections=tuple(one for one in sections if one is not None),
        footer=words.say("report.footer", version=__version__),
    )


def _tiles(report: Report, words: Words) -> tuple[Tile, ...]:
    return tuple(
        Tile(words.say(f"ci.state_{one.state}"), words.say(f"ci.layer_{one.key}"), one.detail)
        for one in layers(report, words=words)
    )


def _particulars(report: Report, words: Words) -> Section | None:
    """What does not hold, and which parameters changed: what the tiles have no room for."""
    texts = broken_lines(report, words=words) + parameter_lines(report, words=words, most=50)
    return Section(words.say("ci.particulars"), (Prose(tuple(texts)),)) if texts else None


def _changed(report: Report, words: Words) -> Section | None:
    if not report.rows:
        return None
    found = sorted(report.of("different"), key=_size, reverse=True)
    rest = sorted(report.of("undecided"), key=_size, reverse=True)
    others = sorted(report.of("equivalent"), key=_size, reverse=True)
    drawn = [row for row in (*found, *rest, *others) if row.lo is not None][:_DRAWN]
    if report.verdict == "identical" or not drawn:
        return None
    picture = Picture("margins", _margins(report, drawn, words), _table(drawn, words))
    blocks: list[Table | Picture] = [_table(found or rest, words)] if found or rest else []
    blocks.append(picture)
    if found and rest:
        blocks.append(_table(rest, words, folded=words.say("ci.open_rows", count=len(rest))))
    seen: set[tuple[str, str]] = set()
    for row in found:
        if (row.case, row.kpi) in seen or len(seen) == SPREADS:
            continue
        seen.add((row.case, row.kpi))
        if (figure := _spread(report, row, words)) is not None:
            blocks.append(Picture(f"spread-{len(seen)}", figure))
    return Section(words.say("ci.changed_kpis"), tuple(blocks))


def _size(row: Row) -> float:
    """How many margins a change is."""
    return abs(row.delta or 0.0) / row.margin if row.margin else abs(row.delta or 0.0)


def _margins(report: Report, rows: Sequence[Row], words: Words) -> Figure:
    said = figure_words(words)
    total = len(report.rows)
    different, unknown = len(report.of("different")), len(report.of("undecided"))
    title = said.say("ci.find_none", total=total)
    if different:
        title = said.say("ci.find", count=different, total=total)
    elif unknown:
        title = said.say("ci.find_open", count=unknown, total=total)
    values = []
    for row in rows:
        unit = row.margin or 1.0
        ends = [float(one or 0.0) / unit for one in (row.delta, row.lo, row.hi)]
        name = f"{row.case}  {told(row, words=said).kpi}"
        values.append((name, *ends, row.verdict))
    return draw_margins(values, title=title, words=words)  # type: ignore[arg-type]


def _spread(report: Report, row: Row, words: Words) -> Figure | None:
    sides = [side[row.case].get(row.kpi, np.zeros(0)) for side in (report.before, report.after)]
    if report.fresh is None:
        sides[0] = sides[0][: len(sides[1])]
    known = [values[~np.isnan(values)] for values in sides]
    if not (len(known[0]) and len(known[1])):
        return None
    said = figure_words(words)
    name = kpi_name(row.kpi, words=said)
    return draw_spread(*known, title=said.say("ci.spread", kpi=name, case=row.case), words=words)


def _table(rows: Sequence[Row], words: Words, *, folded: str = "") -> Table:
    body = [tuple(vars(told(row, words=words)).values()) for row in rows]
    return Table(
        tuple(words.say(f"ci.{name}") for name in _COLUMNS), tuple(body),
        right=frozenset({2, 3, 4, 5, 6}), whole=frozenset({0, 1, 2, 3, 4, 5, 6}), cards=True,
        folded=folded,
    )  # fmt: skip


def _everything(report: Report, words: Words) -> Section | None:
    if not report.rows:
        return None
    folded = words.say("ci.rows", count=len(report.rows))
    return Section(words.say("ci.all_kpis"), (_table(report.rows, words, folded=folded),))


def _decisions(report: Report, words: Words) -> Section | None:
    if not report.rankings:
        return None
    arrow = " > "
    rows = tuple(
        (
            one.decision,
            kpi_name(one.goal, words=words),
            arrow.join(one.before),
            arrow.join(one.after),
        )
        for one in report.rankings
    )
    names = ("decision", "kpi", "order_before", "order_after")
    turned = tuple(
        words.say("ci.turned_pair", better=flip.worse, worse=flip.better)
        for one in report.rankings
        for flip in one.flips
    )
    table = Table(
        tuple(words.say(f"ci.{name}") for name in names), rows, note=words.say("ci.order_note"),
        cards=True,
    )  # fmt: skip
    blocks = (Prose(turned), table) if turned else (table,)
    return Section(words.say("ci.decisions"), blocks)


def _history(baseline: Baseline, words: Words) -> Section:
    rows = tuple(
        (one["date"], one["reason"], one["qunsim"], one["code"])
        for one in reversed(baseline.history)
    )
    header = (words.say("ci.date"), words.say("ci.reason"), "qunsim", words.say("ci.code"))
    return Section(words.say("ci.history"), (Table(header, rows, cards=True),))


def _method(report: Report, words: Words) -> Section:
    luck = "ci.method_paired" if report.fresh is None else "ci.method_fresh"
    texts = (
        words.say("ci.method_layers"), words.say(luck, seed=report.fresh),
        words.say("ci.method_errors"),
    )  # fmt: skip
    return Section(words.say("report.method"), (Prose(texts),))
