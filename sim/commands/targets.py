"""``qunsim forecast --target``: purchases in a log, numbers of members, renewals."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report import numbers
from sim.report.terminal import headline, table_lines
from sim.study.files import read_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.commands.forecast import AskedForecast
    from sim.words import Words

ACTIVITY, PURCHASES, MEMBERS, RENEWALS = TARGETS = ("activity", "purchases", "members", "renewals")
"""What can be forecast: who speaks (the default), who buys, totals over time, who renews."""

FILES = {
    ACTIVITY: "forecast.csv",
    PURCHASES: "purchases.csv",
    MEMBERS: "members.csv",
    RENEWALS: "renewals.csv",
}
"""The file that tells the forecast."""

_MOST_GROUPS = 20
"""Groups that the terminal shows; the files have them all."""
_MOST_CURVES = 2
_CURVE = ("observed", "q05", "q50", "q95")


def check_target(name: str, *, among: Sequence[str] = TARGETS) -> None:
    """Refuse a target that is none.

    Raises:
        UserError: ``wrong_form``/``target``.
    """
    if name not in among:
        raise UserError("wrong_form", "target", value=name, known=list(among))


def forecast_target(
    asked: AskedForecast, folder: Path, *, until: int | None, words: Words
) -> dict[str, str]:
    """Forecast purchases, members or renewals.

    Returns:
        Texts of the files by name; figures, if there are any, are drawn into ``folder``.

    Raises:
        UserError: What the user can mend.
    """
    if asked.target == PURCHASES:
        return _purchases(asked, folder, until=until, words=words)
    if asked.target == MEMBERS:
        return _members(asked, until=until)
    if until is not None:
        raise UserError("contradiction", "until_renewals")
    return _renewals(asked)


def target_lines(asked: AskedForecast, folder: Path, words: Words) -> list[str]:
    """What the terminal shows of a target's file."""
    with (folder / FILES[asked.target]).open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    told = _renewal_lines if asked.target == RENEWALS else _member_lines
    title = words.say(
        "target.title", file=asked.events.name, target=words.say(f"target.{asked.target}")
    )
    lines = [*headline(title, words.badge("fitted")), ""]
    lines += told(rows, words)
    if asked.target == RENEWALS:
        lines += ["", *_lifetimes(folder, words)]
    return [*lines, "", words.say("target.range"), f"{words.say('run.report')}  {folder}"]


def _purchases(
    asked: AskedForecast, folder: Path, *, until: int | None, words: Words
) -> dict[str, str]:
    from sim.logs.events import read_events
    from sim.study.files import refusals
    from sim.study.forecast import draw_targets
    from sim.study.purchases import forecast_purchases

    watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
    try:
        result = forecast_purchases(
            read_events(asked.events), until=until, weeks=asked.weeks,
            replicates=asked.replicates, seed=asked.seed, progress=watch,
        )  # fmt: skip
    except KeyboardInterrupt:
        watch.end(finished=False)
        raise
    watch.end(finished=True)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    draw_targets(
        folder, result.targets, past=result.past, quantiles=result.quantiles,
        first_week=result.first_week, start=result.start, words=words,
    )  # fmt: skip
    return {FILES[PURCHASES]: result.csv(), "buyers.csv": result.members_csv()}


def _members(asked: AskedForecast, *, until: int | None) -> dict[str, str]:
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
    return {FILES[MEMBERS]: counts_csv(found)}


def _renewals(asked: AskedForecast) -> dict[str, str]:
    from sim.logs.number_table import read_survival
    from sim.study.renewals import forecast_renewals, renewals_csv

    groups = forecast_renewals(
        read_survival(asked.events), runs=asked.replicates, seed=asked.seed
    )  # fmt: skip
    about = {"schema": 1, "groups": [one.summary() for one in groups]}
    return {
        FILES[RENEWALS]: renewals_csv(groups),
        "renewals.json": json.dumps(about, indent=1, ensure_ascii=False) + "\n",
    }


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
    shown = sorted({1, 2, 3, seen // 2, seen, seen + 1, (seen + last) // 2, last} - {0})
    table = []
    for period in shown:
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
