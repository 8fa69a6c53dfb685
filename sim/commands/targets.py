"""``qunsim forecast --target``: purchases in a log, numbers of members, renewals."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.forecast_asked import (
    MANIFEST,
    MEMBERS,
    PURCHASES,
    RENEWALS,
    is_made,
    manifest_of,
)
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report import numbers
from sim.report.forecasting import shown
from sim.report.page import write_file
from sim.report.terminal import headline, stopped_line, table_lines
from sim.study.files import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.commands.forecast_asked import AskedForecast
    from sim.words import Words

FILES = {PURCHASES: "purchases.csv", MEMBERS: "members.csv", RENEWALS: "renewals.csv"}
"""The file that tells the forecast."""

_MOST_GROUPS = 20
"""Groups that the terminal shows; the files have them all."""
_MOST_CURVES = 2
_CURVE = ("observed", "q05", "q50", "q95")


def forecast_target(asked: AskedForecast, *, words: Words) -> int:
    """Forecast purchases, members or renewals; what is there already is not computed again.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    from sim.logs.files import read_head
    from sim.logs.times import parse_day

    _check_options(asked)
    read_head(asked.events)  # says so where there is no such file
    until = None if asked.until is None else parse_day(asked.until)
    digest = asked.digest()
    folder = asked.folder(digest)
    if not is_made(folder, digest=digest, table=FILES[asked.target]):
        watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
        try:
            for name, content in _files(asked, until=until, watch=watch, words=words).items():
                write_file(folder / name, content)
            write_json(folder / MANIFEST, manifest_of(asked, digest))
        except KeyboardInterrupt:
            watch.end(finished=False)
            shell.hint(stopped_line(done=0, total=asked.replicates, words=words))
            return shell.INTERRUPTED
    elif not asked.quiet:
        shell.hint(words.say("run.already", folder=folder))
    shell.say(_lines(asked, folder, words))
    return shell.DONE


def _check_options(asked: AskedForecast) -> None:
    """Refuse what only activity knows.

    Raises:
        UserError: ``contradiction``/``target_option``, ``contradiction``/``until_renewals``.
    """
    for option, given in (("--shock", asked.shocks), ("--checked", asked.checked)):
        if given:
            raise UserError("contradiction", "target_option", option=option, value=asked.target)
    if asked.target == RENEWALS and asked.until is not None:
        raise UserError("contradiction", "until_renewals")


def _files(
    asked: AskedForecast, *, until: int | None, watch: Watch, words: Words
) -> dict[str, bytes]:
    """The forecast as files by name, pictures among them."""
    match asked.target:
        case "purchases":
            return _purchases(asked, until=until, watch=watch, words=words)
        case "members":
            return _members(asked, until=until)
        case _:
            return _renewals(asked)


def _lines(asked: AskedForecast, folder: Path, words: Words) -> list[str]:
    """What the terminal shows of a target's file."""
    with (folder / FILES[asked.target]).open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    title = words.say(
        "target.title", file=asked.events.name, target=words.say(f"target.{asked.target}")
    )
    lines = [*headline(title, words.badge("fitted")), ""]
    match asked.target:
        case "purchases":
            lines += _purchase_lines(rows, words)
        case "members":
            lines += _member_lines(rows, words)
        case _:
            lines += [*_renewal_lines(rows, words), "", *_lifetimes(folder, words)]
    return [*lines, "", words.say("target.range"), f"{words.say('run.report')}  {folder}"]


def _purchases(
    asked: AskedForecast, *, until: int | None, watch: Watch, words: Words
) -> dict[str, bytes]:
    from sim.logs.events import read_events
    from sim.report.forecasting import purchase_files
    from sim.study.purchases import forecast_purchases

    result = forecast_purchases(
        read_events(asked.events), until=until, weeks=asked.weeks, replicates=asked.replicates,
        seed=asked.seed, progress=watch,
    )  # fmt: skip
    watch.end(finished=True)
    texts = {FILES[PURCHASES]: result.csv(), "buyers.csv": result.members_csv()}
    return _encoded(texts) | purchase_files(result, words=words)


def _members(asked: AskedForecast, *, until: int | None) -> dict[str, bytes]:
    from dataclasses import replace

    from sim.logs.number_table import read_counts
    from sim.study.counts import counts_csv, forecast_counts, regular

    found, refused = [], []
    for table in read_counts(asked.events):
        if until is not None:
            seen = table.at < until
            table = replace(table, at=table.at[seen], value=table.value[seen])  # noqa: PLW2901
        try:
            series = regular(table)
        except UserError as error:
            refused.append(error)
            continue
        steps = -(-7 * asked.weeks // series.days)
        found.append((table.group, series, forecast_counts(series.value, steps)))
    if not found:
        raise refused[0]
    return _encoded({FILES[MEMBERS]: counts_csv(found)})


def _renewals(asked: AskedForecast) -> dict[str, bytes]:
    from sim.logs.number_table import read_survival
    from sim.study.renewals import forecast_renewals, renewals_csv

    groups = forecast_renewals(
        read_survival(asked.events), runs=asked.replicates, seed=asked.seed
    )  # fmt: skip
    about = {"schema": 1, "groups": [one.summary() for one in groups]}
    text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    return _encoded({FILES[RENEWALS]: renewals_csv(groups), "renewals.json": text})


def _encoded(texts: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items()}


def _purchase_lines(rows: Sequence[dict[str, str]], words: Words) -> list[str]:
    """The middle and the range of every target, some weeks ahead."""
    cells: dict[str, list[str]] = {row["target"]: [] for row in rows}
    for row in rows:
        cells[row["target"]].append(_cell(row, words))
    header = ["", *(words.say(f"describe.{target}_week") for target in cells)]
    weeks = len(rows) // len(cells)
    table = [
        [words.say("cli.forecast_week", week=week), *(one[week - 1] for one in cells.values())]
        for week in shown(weeks)
    ]
    return table_lines(header, table)


def _member_lines(rows: Sequence[dict[str, str]], words: Words) -> list[str]:
    """The last step of every group."""
    last = {row["group"]: row for row in rows}
    table = [
        [name or words.say("target.all"), row["date"], _cell(row, words)]
        for name, row in list(last.items())[:_MOST_GROUPS]
    ]
    return table_lines(["", words.say("target.date"), words.say("target.members")], table)


def _renewal_lines(rows: Sequence[dict[str, str]], words: Words) -> list[str]:
    """Share still paying, period by period, seen and expected."""
    groups = list(dict.fromkeys(row["group"] for row in rows))[:_MOST_CURVES]
    at = {(row["group"], int(row["period"])): row for row in rows}
    seen = max(period for (_, period), row in at.items() if row["observed"])
    last = max(period for _, period in at)
    periods = sorted({1, 2, 3, seen // 2, seen, seen + 1, (seen + last) // 2, last} - {0})
    table = []
    for period in periods:
        cells = []
        for group in groups:
            row = at.get((group, period), {})
            known = [float(row[name]) if row.get(name) else None for name in _CURVE]
            observed, low, middle, high = (numbers.share(one, words=words) for one in known)
            cells += [observed, f"{middle} ({numbers.span(low, high, words=words)})"]
        table.append([words.say("target.period", period=period), *cells])
    head = [""]
    for group in groups:
        head += [group or words.say("target.seen"), words.say("target.law")]
    return table_lines(head, table)


def _lifetimes(folder: Path, words: Words) -> list[str]:
    """How long who begins pays, by group."""
    about = read_json(folder / "renewals.json")
    return [
        words.say(
            "target.lifetime", group=one["group"] or words.say("target.all"),
            paid=numbers.decimal(one["paid_periods"]), periods=one["periods"],
            lapse=numbers.share(one["lapse"], words=words),
        )
        for one in about["groups"][:_MOST_GROUPS]
    ]  # fmt: skip


def _cell(row: dict[str, str], words: Words) -> str:
    low, middle, high = (
        numbers.count(round(float(row[name])), words=words) for name in ("q05", "q50", "q95")
    )
    return f"{middle} ({numbers.span(low, high, words=words)})"
