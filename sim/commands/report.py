"""``qunsim report``: a finished result once more, as a page, a workbook, tables or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands import shell
from sim.errors import UserError
from sim.study.store import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from sim.report.page import Page
    from sim.report.sheets import Sheet
    from sim.words import Words

FORMATS = ("html", "xlsx", "csv", "md")


def report_command(folder: Path, *, form: str, out: Path | None, words: Words) -> None:
    """Write the report of a result folder and say where it is.

    Args:
        folder: What ``run``, ``compare``, ``forecast`` or ``backtest`` wrote.
        form: One of ``FORMATS``.
        out: Where to; None = ``report.<format>`` in the folder (``csv``: the folder ``tables``).
        words: Language.

    Raises:
        UserError: ``wrong_form``/``report_format``; ``not_found`` for what is no such result;
            ``missing_extra`` for a workbook without the extra ``office``.
    """
    from sim.report.exports import write_csv, write_md, write_xlsx
    from sim.report.page import write_report

    if form not in FORMATS:
        raise UserError("wrong_form", "report_format", value=form, choices=list(FORMATS))
    page, sheets = _told(folder, words)
    path = out or folder / ("tables" if form == "csv" else f"report.{form}")
    match form:
        case "html":
            write_report(path, page, words=words)
        case "xlsx":
            write_xlsx(path, sheets)
        case "csv":
            write_csv(path, sheets)
        case _:
            write_md(path, page, words=words)
    shell.say([f"{words.say('run.report')}  {path}"])


def _told(folder: Path, words: Words) -> tuple[Page, tuple[Sheet, ...]]:
    """A result's page and tables."""
    from sim.report.sheets import comparison_sheets, run_sheets

    manifest = read_manifest(folder)
    if manifest["kind"] == "compare":
        from sim.report.compared import story_of
        from sim.report.comparison import comparison_page
        from sim.study.comparison import load_comparison

        comparison = load_comparison(folder)
        story = story_of(comparison, words=words, command=manifest["command"])
        page = comparison_page(story, words=words)
        return page, comparison_sheets(story, page, words=words)
    if manifest["kind"] == "run":
        from sim.commands.run import story_of as story_of_run
        from sim.report.run import run_page
        from sim.study.results import load_run

        told = story_of_run(load_run(folder), command=manifest["command"], words=words)
        page = run_page(told, words=words)
        return page, run_sheets(told, page, words=words)
    if manifest["kind"] == "forecast":
        from sim.commands.forecast import story_of as story_of_forecast
        from sim.report.forecasting import forecast_page
        from sim.report.sheets import forecast_sheets
        from sim.study.forecast import load_forecast

        forecast = story_of_forecast(load_forecast(folder), manifest)
        page = forecast_page(forecast, words=words)
        return page, forecast_sheets(forecast, page, words=words)
    if manifest["kind"] == "backtest":
        from sim.commands.backtest import TABLE
        from sim.commands.backtest import story_of as story_of_backtest
        from sim.report.backtesting import backtest_page, backtest_sheets
        from sim.study.backtest.skill import read_scores

        skill = story_of_backtest(read_scores(folder / TABLE), manifest)
        page = backtest_page(skill, words=words)
        return page, backtest_sheets(skill, page, words=words)
    raise UserError("not_found", "comparison", file=str(folder), made_by=manifest["kind"])
