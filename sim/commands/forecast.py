"""``qunsim forecast``: the weeks ahead of a real community, from its chat log."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.commands.forecast_asked import (
    ACTIVITY,
    MANIFEST,
    AskedForecast,
    check_target,
    is_made,
    manifest_of,
)
from sim.commands.targets import forecast_target
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report.forecast_telling import ForecastTelling
from sim.report.forecasting import ForecastStory, forecast_page, shown
from sim.report.page import write_report
from sim.report.terminal import COLUMNS, headline, labelled, next_lines, stopped_line, table_lines
from sim.study.files import refusals, write_json
from sim.study.results import check_numbers
from sim.words.typography import fold

if TYPE_CHECKING:
    from sim.study.checked import Checked
    from sim.study.forecast import ForecastResult
    from sim.words import Words

TABLE, REPORT = "forecast.csv", "report.html"
BACKTEST = Path("results/backtest")
"""Where a backtest puts its results unless told otherwise, and where a forecast looks for them."""


def forecast_command(asked: AskedForecast, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    check_target(asked.target)
    check_numbers(
        weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed, jobs=asked.jobs
    )  # fmt: skip
    if asked.target == ACTIVITY:
        return _forecast_activity(asked, words=words)
    return forecast_target(asked, words=words)


def _forecast_activity(asked: AskedForecast, *, words: Words) -> int:
    """Speakers, messages and newcomers, told on a page.

    Numbers that are there already are not computed again; the page, its language and whether the
    log was backtested meanwhile are as of now.
    """
    from sim.logs.dated import read_dated
    from sim.logs.events import read_events
    from sim.logs.times import parse_day

    until = None if asked.until is None else parse_day(asked.until)
    dated = [read_dated(text) for text in asked.shocks]
    table = read_events(asked.events)
    checked = _checked(asked)
    digest = asked.digest()
    folder = asked.folder(digest)
    result = _there(folder, digest=digest)
    if result is not None and not asked.quiet:
        shell.hint(words.say("run.already", folder=folder))
    watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
    try:
        if result is None:
            from sim.study.forecast import forecast  # loads the compiler

            result = forecast(
                table, until=until, weeks=asked.weeks, replicates=asked.replicates,
                seed=asked.seed, jobs=asked.jobs, progress=watch, dated=dated,
            )  # fmt: skip
            watch.end(finished=True)
        result = replace(result, checked=checked)
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
        result.write(folder)
        manifest = manifest_of(asked, digest)
        write_json(folder / MANIFEST, manifest)
        story = story_of(result, manifest)
        report = _write_page(folder, story, words)
    except KeyboardInterrupt:
        watch.end(finished=False)
        shell.hint(stopped_line(done=0, total=asked.replicates, words=words))
        return shell.INTERRUPTED
    shell.say(_lines(asked, story, report, words))
    return shell.DONE


def _write_page(folder: Path, story: ForecastStory, words: Words) -> Path:
    """The page, and its pictures as files of their own."""
    from sim.report.pictures import write_pictures

    page = forecast_page(story, words=words)
    write_pictures(folder, page)
    return write_report(folder / REPORT, page, words=words)


def story_of(result: ForecastResult, manifest: dict[str, Any]) -> ForecastStory:
    """The forecast as its page tells it.

    Args:
        result: Just made or read back.
        manifest: What its folder says of how it was made.
    """
    from sim.report.run import Made

    made = Made(
        command=manifest["command"], seed=result.seed, version=manifest["qunsim"],
        digest=manifest["digest"], versions=manifest["versions"],
    )  # fmt: skip
    return ForecastStory(manifest["events"].partition(".")[0], result, made)


def _checked(asked: AskedForecast) -> Checked | None:
    """What a backtest found about this log.

    Raises:
        UserError: ``not_found``/``backtest`` if the folder that was named has none of it.
    """
    from sim.study.checked import checked_in

    found = checked_in(asked.checked or BACKTEST, asked.events)
    if found is None and asked.checked is not None:
        command = shlex.join(["qunsim", "backtest", str(asked.events), "--out", str(asked.checked)])
        raise UserError(
            "not_found", "backtest", file=str(asked.checked), log=str(asked.events), command=command
        )
    return found


def _there(folder: Path, *, digest: str) -> ForecastResult | None:
    """This very forecast, if a folder holds it already, made by this code.

    Raises:
        UserError: ``taken`` if it holds anything else.
    """
    if not is_made(folder, digest=digest, table=TABLE):
        return None
    from sim.study.forecast import load_forecast

    try:
        return load_forecast(folder)
    except UserError:  # torn, or of an older form
        return None


def _lines(asked: AskedForecast, story: ForecastStory, report: Path, words: Words) -> list[str]:
    """Where the group is going, some weeks ahead, and what came."""
    result, telling = story.result, ForecastTelling(story.result, words=words)
    title = words.say("cli.forecast_title", file=asked.events.name, weeks=asked.weeks)
    lines = [*headline(title, words.badge(story.badge)), ""]
    lines += labelled(words.say("report.verdict"), [telling.headline(), *telling.more()])
    header = ["", *(words.say(f"describe.{target}_week") for target in telling.targets)]
    table = [
        [words.say("cli.forecast_week", week=week), *telling.cells(week - 1)]
        for week in shown(result.weeks)
    ]
    lines += ["", *table_lines(header, table), ""]
    for said in (telling.came(), words.say("cli.forecast_range"), telling.checked()):
        lines += fold(said, COLUMNS) if said else []
    from sim.study.backtest.cases import FEWEST_WEEKS

    commands = [(_compare(asked), words.say("forecast.next_compare"))]
    if (
        story.badge != "backtested"
        and result.past.shape[1] + result.actual.shape[1] >= FEWEST_WEEKS
    ):
        command = shlex.join(["qunsim", "backtest", str(asked.events)])
        commands.insert(0, (command, words.say("forecast.next_backtest")))
    return [*lines, *next_lines(str(report), commands, words)]


def _compare(asked: AskedForecast) -> str:
    experiment = "experiments/packets-or-course.toml"
    return shlex.join(["qunsim", "compare", experiment, "--from", str(asked.events)])
