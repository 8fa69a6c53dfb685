"""What the terminal shows of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.regression.telling import (
    broken_lines,
    last_line,
    layers,
    others_line,
    parameter_lines,
    told,
)
from sim.report.terminal import COLUMNS, table_lines
from sim.words.typography import fold, pad, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.regression.check import Report
    from sim.study.regression.judging import Row
    from sim.words import Words

MOST_ROWS = 20
"""Rows of what changed that are printed; the page has all."""

COLUMNS_SHOWN = ("scenario", "kpi", "before", "after", "change", "interval", "margin")


def check_lines(
    report: Report, *, words: Words, page: str = "", everything: bool = False
) -> list[str]:
    """The result of a check: layers, what changed, the verdict.

    Args:
        report: What was found.
        words: Language.
        page: Path of the page, if one was written.
        everything: Whether to list every KPI, not only what is not equivalent.

    Returns:
        Lines of at most 80 columns (a path that is longer stays whole).
    """
    lines = _layer_lines(report, words)
    for text in broken_lines(report, words=words) + parameter_lines(report, words=words):
        lines += fold("- " + text, COLUMNS, indent="  ")
    shown = list(report.rows) if everything else report.of("different")
    if not shown and report.verdict == "inconclusive":
        shown = sorted(report.of("undecided"), key=lambda row: -row.more)
    if report.verdict != "identical" or everything:
        lines += row_lines(shown if everything else shown[:MOST_ROWS], words=words)
        lines += _others(report, shown if everything else shown[:MOST_ROWS], words)
    about = {"seconds": f"{report.seconds:.0f}", "budget": f"{report.suite.budget:g}"}
    key = "ci.report_line" if page else "ci.time_line"
    if report.seconds:  # somebody else simulated
        lines.append(words.say(key, file=page, **about))
    if report.fresh is not None:
        command = f"qunsim ci check {report.suite.source} --fresh --seed {report.fresh}"
        lines += _folded(words.say("ci.repeat", command=command))
    return [*lines, "", *_folded(last_line(report, words=words))]


def _folded(text: str) -> list[str]:
    """A sentence in lines; the command at its end stays in one, to be copied."""
    if width(text) <= COLUMNS or (place := text.find("qunsim ")) < 0:
        return fold(text, COLUMNS)
    return [*fold(text[:place].rstrip(), COLUMNS), f"  {text[place:]}"]


def _layer_lines(report: Report, words: Words) -> list[str]:
    found = layers(report, words=words)
    names = [words.say(f"ci.layer_{one.key}") for one in found]
    states = [words.say(f"ci.state_{one.state}") for one in found]
    heads = [words.say("ci.layer", number=i + 1) for i in range(len(found))]
    columns = [max(map(width, texts)) for texts in (heads, names, states)]
    lines = []
    for head, name, state, one in zip(heads, names, states, found, strict=True):
        texts = zip((head, name, state), columns, strict=True)
        left = "  ".join(pad(text, column) for text, column in texts) + "  "
        body = fold(one.detail, COLUMNS - width(left)) or [""]
        lines.append((left + body[0]).rstrip())
        lines += [" " * width(left) + more for more in body[1:]]
    return lines


def row_lines(rows: Sequence[Row], *, words: Words) -> list[str]:
    """The table of KPIs; nothing if there are none."""
    if not rows:
        return []
    texts = [told(row, words=words) for row in rows]
    header = [words.say(f"ci.{name}") for name in COLUMNS_SHOWN]
    body = [
        (one.case, one.kpi, one.before, one.after, one.change, one.interval, one.margin)
        for one in texts
    ]
    return table_lines(header, body, right=frozenset({2, 3, 4, 5, 6}))


def _others(report: Report, shown: Sequence[Row], words: Words) -> list[str]:
    rest = [row for row in report.rows if row not in shown]
    if not rest:
        return []
    unknown = sum(row.verdict == "undecided" for row in rest)
    same = sum(row.verdict == "equivalent" for row in rest)
    if unknown:
        return [words.say("ci.others_open", count=same, open=unknown)]
    return [others_line(same, words=words)] if same else []
