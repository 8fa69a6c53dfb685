"""``qunsim backtest --target``: how purchases and numbers of members would have been forecast."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.forecast_asked import PURCHASES
from sim.commands.watch import Watch
from sim.report import numbers
from sim.report.terminal import table_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.commands.backtest import AskedBacktest
    from sim.study.backtest.purchases import BuyerScore
    from sim.words import Words


def score_target(asked: AskedBacktest, *, origins: Sequence[float], words: Words) -> int:
    """Score forecasts of purchases or members.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    from sim.study.files import refusals, write_text

    watch = Watch(0, words=words, quiet=asked.quiet, unit="case")
    try:
        scored = _purchases if asked.target == PURCHASES else _members
        name, text, lines, found = scored(asked, origins, watch, words)
    except KeyboardInterrupt:
        watch.end(finished=False)
        return shell.INTERRUPTED
    watch.end(finished=True)
    with refusals(asked.out):
        asked.out.mkdir(parents=True, exist_ok=True)
    write_text(asked.out / name, text)
    if asked.as_json:
        shell.say_json({"schema": 1, "scores": found})
    else:
        shell.say([*lines, "", f"{words.say('run.report')}  {asked.out / name}"])
    return shell.DONE


def _purchases(
    asked: AskedBacktest, origins: Sequence[float], watch: Watch, words: Words
) -> tuple[str, str, list[str], list[dict[str, object]]]:
    from sim.logs.events import read_events
    from sim.logs.table import WEEK
    from sim.study.backtest.cases import name_of
    from sim.study.backtest.purchases import SCORES_HEADER, backtest_purchases

    rows, lines, found = [f"log,week,{SCORES_HEADER}"], [], []
    cases = [(path, share) for path in asked.events for share in origins]
    for done, (path, share) in enumerate(cases):
        watch(done, total=len(cases))
        table = read_events(path)
        week = int(share * ((table.end - table.start) // WEEK))
        scores = backtest_purchases(
            table, until=table.start + week * WEEK, weeks=asked.weeks,
            replicates=asked.replicates, seed=asked.seed,
        )  # fmt: skip
        log = name_of(path)
        rows += [f"{log},{week},{one.row()}" for one in scores]
        found += [{"log": log, "week": week, **asdict(one), "bias": one.bias} for one in scores]
        lines += ["", *_buyer_lines(path, week, scores, words)]
    watch(len(cases), total=len(cases))
    lines += ["", words.say("target.lower")]
    return "buyers_scores.csv", "\n".join(rows) + "\n", lines[1:], found


def _buyer_lines(path: Path, week: int, scores: Sequence[BuyerScore], words: Words) -> list[str]:
    title = words.say(
        "target.from_week", file=path.name, week=week, weeks=scores[0].weeks,
        buyers=numbers.count(scores[0].buyers, words=words),
    )  # fmt: skip
    head = [words.say(f"target.{key}") for key in ("method", "score")]
    head += ["RMSE", *(words.say(f"target.{key}") for key in ("expected", "bought", "bias"))]
    table = [
        [
            one.method, f"{one.rps:.4f}", f"{one.rmse:.4f}",
            numbers.count(round(one.expected), words=words),
            numbers.count(one.bought, words=words), numbers.share(one.bias, words=words),
        ]
        for one in scores
    ]  # fmt: skip
    return [title, "", *table_lines(head, table)]


def _members(
    asked: AskedBacktest, origins: Sequence[float], watch: Watch, words: Words
) -> tuple[str, str, list[str], list[dict[str, object]]]:
    from sim.logs.number_table import read_counts
    from sim.study.backtest.counts import COUNT_SCORES_HEADER, backtest_counts

    tables = [table for path in asked.events for table in read_counts(path)]
    scores = backtest_counts(
        tables, steps=asked.weeks, origins=origins,
        progress=lambda done, total: watch(done, total=total),
    )  # fmt: skip
    head = [words.say(f"target.{key}") for key in ("method", "cases", "to_naive")]
    head += [words.say("backtest.half"), words.say("backtest.most")]
    table = [
        [
            one.method, str(one.cases), f"{one.to_naive:.2f}",
            numbers.share(one.coverage50, words=words), numbers.share(one.coverage90, words=words),
        ]
        for one in scores
    ]  # fmt: skip
    text = "\n".join([COUNT_SCORES_HEADER, *(one.row() for one in scores)]) + "\n"
    return "members_scores.csv", text, table_lines(head, table), [asdict(one) for one in scores]
