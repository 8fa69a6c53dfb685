"""A result as plain tables: numbers as numbers, in the units of files, for spreadsheets.

Money is in yuan, shares are of 1, times in days or minutes; nothing is rounded for reading.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report.figures import bands_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.report.assumed import Assumption
    from sim.report.comparison_story import ComparisonStory
    from sim.report.forecasting import ForecastStory
    from sim.report.page import Page
    from sim.report.policy_lines import PolicyLine
    from sim.report.run import Made, RunStory, Series
    from sim.study.forecast import ForecastResult
    from sim.words import Words

Value = str | float | int | None
Row = tuple[Value, ...]

_LEVELS = ("mean", "sd", "p05", "p25", "p50", "p75", "p95", "n", "never")
_DIFFERENCES = ("delta", "lo", "hi", "d05", "d50", "d95", "p_better", "n", "p_holm")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table.

    Attributes:
        key: ASCII name, for files.
        title: What people call it.
        header: One text a column.
        rows: Texts stay texts, numbers stay numbers; None = undefined.
    """

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def run_sheets(story: RunStory, page: Page, *, words: Words) -> tuple[Sheet, ...]:
    """The tables of one community's result.

    Args:
        story: The result.
        page: Its page, whose question and verdict head the first table.
        words: Language.
    """
    one = {"": story}
    found = (
        about_sheet(page, story.made, words),
        _levels({name: run.summary for name, run in one.items()}, words),
        _daily({"": story.series}, words),
        _policies({"": story.policies}, words),
        _assumptions(story.assumptions, words),
    )
    return tuple(sheet for sheet in found if sheet.rows)


def comparison_sheets(story: ComparisonStory, page: Page, *, words: Words) -> tuple[Sheet, ...]:
    """The tables of a comparison.

    Args:
        story: The comparison.
        page: Its page, whose question and verdict head the first table.
        words: Language.
    """
    found = (
        about_sheet(page, story.made, words),
        _differences(story, words),
        _levels({one.label: one.summary for one in story.variants}, words),
        _payback(story, words),
        _changes(story, words),
        _policies({one.label: one.policies for one in story.variants}, words),
        _daily({one.label: one.series for one in story.variants}, words),
        _assumptions(story.assumptions, words),
    )
    return tuple(sheet for sheet in found if sheet.rows)


def forecast_sheets(story: ForecastStory, page: Page, *, words: Words) -> tuple[Sheet, ...]:
    """The tables of a forecast: every coming week with what came, and every week so far.

    Args:
        story: The forecast.
        page: Its page, whose question and headline head the first table.
        words: Language.
    """
    from sim.study.forecast import LEVELS, TARGETS

    result = story.result
    names = ("key", "target", "week", "begins")
    header = (
        words.say("report.column_key"), *(words.say(f"forecast.column_{one}") for one in names[1:])
    )  # fmt: skip
    levels = tuple(words.say(f"report.column_p{round(100 * level):02d}") for level in LEVELS)
    ahead: list[Row] = []
    past: list[Row] = []
    for target, key in enumerate(TARGETS):
        name = words.say(f"describe.{key}_week")
        for week, value in enumerate(result.past[target].tolist()):
            past.append((key, name, week, _first_day(result, week), value))
        came = result.actual[target].tolist()
        for week, quantiles in enumerate(result.quantiles[target].tolist(), result.first_week):
            at = week - result.first_week
            actual = came[at] if at < len(came) else None
            ahead.append((key, name, week, _first_day(result, week), *quantiles, actual))
    return (
        about_sheet(page, story.made, words),
        Sheet(
            key="forecast", title=words.say("forecast.ahead"), rows=tuple(ahead),
            header=(*header, *levels, words.say("forecast.column_actual")),
        ),
        Sheet(
            key="past", title=words.say("forecast.column_past"), rows=tuple(past),
            header=(*header, words.say("forecast.column_actual")),
        ),
    )  # fmt: skip


def _first_day(result: ForecastResult, week: int) -> str:
    """The first day of a week of a log, ISO 8601."""
    start = dt.datetime.fromtimestamp(result.start, dt.UTC).date()
    return (start + dt.timedelta(weeks=week)).isoformat()


def about_sheet(page: Page, made: Made, words: Words) -> Sheet:
    """Question, answer, badge, warnings, and how it was made."""
    verdict = words.say("report.verdict")
    facts: list[Row] = [
        (words.say("report.question"), page.title),
        (words.say("word.scenario"), page.line),
        *((verdict, sentence) for sentence in (*page.verdict, *page.more)),
        (words.say("report.badge"), page.badge),
        *((words.say("warning.label"), note) for note in page.notes),
        (words.say("report.command"), made.command),
        (words.say("report.seed"), made.seed),
        (words.say("report.version"), made.version),
        (words.say("report.hash"), made.digest),
    ]
    return Sheet(
        key="about", title=words.say("report.about"), rows=tuple(facts),
        header=(words.say("report.facts"), words.say("report.value")),
    )  # fmt: skip


def _unit(key: str, words: Words) -> str:
    entry = words.kpi_entry(key)
    if entry is None:
        return ""
    name = f"report.unit_{entry.unit}"
    return words.say(name) if words.has(name) else ""


def _header(words: Words, *names: str) -> tuple[str, ...]:
    return tuple(words.say(f"report.column_{name}") for name in names)


def _differences(story: ComparisonStory, words: Words) -> Sheet:
    rows: list[Row] = []
    for name, kpis in story.compared["variants"].items():
        for key, entry in kpis.items():
            values = (_plain(entry.get(column)) for column in _DIFFERENCES)
            rows.append((story.label(name), key, words.kpi(key), _unit(key, words), *values))
    return Sheet(
        key="comparison", title=words.say("report.comparison"), rows=tuple(rows),
        header=_header(words, "variant", "key", "kpi", "unit", *_DIFFERENCES),
    )  # fmt: skip


def _levels(summaries: Mapping[str, Mapping[str, Mapping[str, Any]]], words: Words) -> Sheet:
    rows: list[Row] = []
    for name, summary in summaries.items():
        for key, entry in summary.items():
            if words.kpi_entry(key) is None:
                continue
            values = (_plain(entry.get(column)) for column in _LEVELS)
            rows.append((name, key, words.kpi(key), _unit(key, words), *values))
    return _named(
        Sheet(
            key="numbers", title=words.say("report.numbers"), rows=tuple(rows),
            header=_header(words, "variant", "key", "kpi", "unit", *_LEVELS),
        )
    )  # fmt: skip


def _payback(story: ComparisonStory, words: Words) -> Sheet:
    columns = ("p05", "p50", "p95", "never", "n")
    rows = tuple(
        (story.label(name), *(_plain(entry.get(column)) for column in columns))
        for name, entry in story.compared.get("payback", {}).items()
        if entry
    )
    header = _header(words, "variant", *columns)
    return Sheet(key="payback", title=words.say("word.payback"), header=header, rows=rows)


def _changes(story: ComparisonStory, words: Words) -> Sheet:
    rows = tuple(
        (variant.label, one.path, one.label, number_in(one.before), number_in(one.after), one.unit)
        for variant in story.variants
        for one in variant.inputs
    )
    names = ("variant", "parameter", "meaning", "before", "after", "unit")
    header = tuple(words.say(f"report.{name}") for name in names)
    return Sheet(key="changes", title=words.say("report.changed"), header=header, rows=rows)


def _policies(policies: Mapping[str, Sequence[PolicyLine]], words: Words) -> Sheet:
    rows = tuple(
        (
            name, line.use, words.policy(line.use), line.start,
            None if line.stop is None else line.stop - 1, line.rhythm,
            words.audience(line.audience), words.join(line.settings),
        )
        for name, lines in policies.items()
        for line in lines
    )  # fmt: skip
    names = ("report.variant", "report.parameter", "word.policy", "report.from_day",
             "report.to_day", "report.rhythm", "report.for_whom", "report.settings")  # fmt: skip
    header = tuple(map(words.say, names))
    return _named(
        Sheet(key="policies", title=words.say("report.policies"), header=header, rows=rows)
    )


def _assumptions(assumptions: Sequence[Assumption], words: Words) -> Sheet:
    rows = tuple(
        (
            one.path, one.meaning, _plain(one.value), one.low, one.high, one.unit,
            words.say(f"confidence.{one.confidence}"), one.source,
            words.say("report.changed_by_you") if one.changed else "",
        )
        for one in assumptions
    )  # fmt: skip
    names = ("parameter", "meaning", "value", "low", "high", "unit", "confidence", "source", "note")
    header = tuple(words.say(f"report.{name}") for name in names)
    return Sheet(key="assumptions", title=words.say("report.assumptions"), header=header, rows=rows)


def _daily(series: Mapping[str, Series], words: Words) -> Sheet:
    """5th, 50th and 95th in 100 futures of each day: members, speakers, money so far."""
    rows = tuple(row for name, one in series.items() for row in _days(name, one))
    kpis = ("members", "speakers", "profit")
    columns = [
        words.say(f"report.column_{quantile}_of", kpi=words.kpi(kpi))
        for kpi in kpis
        for quantile in ("p05", "p50", "p95")
    ]
    header = (*_header(words, "variant", "day"), *columns)
    return _named(Sheet(key="daily", title=words.say("report.daily"), header=header, rows=rows))


def _days(name: str, series: Series) -> Iterator[Row]:
    profit = np.cumsum(series.revenue - series.cost, axis=1)
    bands = [bands_of(paths) for paths in (series.members, series.speakers, profit)]
    columns = [column for one in bands for column in (one.q05, one.q50, one.q95)]
    for t, day in enumerate(series.days):
        yield (name, int(day), *(round(float(column[t]), 2) for column in columns))


def _named(sheet: Sheet) -> Sheet:
    """Without the column of variants where there is only one."""
    if any(row[0] for row in sheet.rows):
        return sheet
    rows = tuple(row[1:] for row in sheet.rows)
    return Sheet(key=sheet.key, title=sheet.title, header=sheet.header[1:], rows=rows)


def _plain(value: object) -> Value:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return str(value)


def number_in(text: str) -> Value:
    """A printed value as a number where it is nothing but one."""
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text) else text
