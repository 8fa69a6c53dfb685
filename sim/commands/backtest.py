"""``qunsim backtest``: how well forecasts of real logs would have done, beside other methods."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.commands.forecast_asked import ACTIVITY, MEMBERS, PURCHASES, check_target
from sim.commands.target_scores import score_target
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report import numbers
from sim.report.backtesting import SkillStory, backtest_page
from sim.report.page import write_report
from sim.report.terminal import stopped_line, table_lines
from sim.study.results import check_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.backtest import Backtest
    from sim.study.backtest.scoring import Score
    from sim.words import Words

TABLE, PAGE, REPORT = "scores.csv", "forecast-skill.md", "report.html"


@dataclass(frozen=True, kw_only=True)
class AskedBacktest:
    """What was asked on the command line.

    Attributes:
        events: Event files.
        origins: Shares of a log's weeks, separated by commas.
        weeks: Weeks ahead.
        replicates: Simulated futures of each forecast.
        seed: Seed.
        jobs: Processes; None = all processors.
        out: Result folder.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
        target: What is forecast, one of ``activity``, ``purchases``, ``members``.
    """

    events: Sequence[Path]
    origins: str = "0.5,0.75"
    weeks: int = 26
    replicates: int = 300
    seed: int = 0
    jobs: int | None = None
    out: Path = Path("results/backtest")
    quiet: bool = False
    as_json: bool = False
    target: str = ACTIVITY

    @property
    def command(self) -> str:
        """The command line that makes the result again, without the folder of its files."""
        folder = str(self.events[0].parent / "*.csv.gz") if len(self.events) > 1 else ""
        files = [folder] if folder else [shlex.quote(str(self.events[0]))]
        options = [f"--origins {self.origins}"] if self.origins != "0.5,0.75" else []
        options += [f"--weeks {self.weeks}"] if self.weeks != 26 else []
        return " ".join(["qunsim backtest", *files, *options])


def backtest_command(asked: AskedBacktest, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    check_numbers(weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed, jobs=asked.jobs)
    check_target(asked.target, among=(ACTIVITY, PURCHASES, MEMBERS))
    origins = _origins(asked.origins)
    if asked.target != ACTIVITY:
        return score_target(asked, origins=origins, words=words)
    from sim.study.backtest import backtest
    from sim.study.backtest.skill import skill, skill_page
    from sim.study.files import write_text
    from sim.study.manifest import read_manifest

    watch = Watch(0, words=words, quiet=asked.quiet, unit="case")
    result = backtest(
        asked.events, origins=origins, weeks=asked.weeks, replicates=asked.replicates,
        seed=asked.seed, jobs=asked.jobs, out=asked.out,
        progress=lambda done, total: watch(done, total=total),
    )  # fmt: skip
    watch.end(finished=not result.interrupted)
    if not asked.quiet:
        shell.hint(*_skipped(result, words))
        shell.hint(*(words.say("backtest.failed", error=error) for _, error in result.failed))
    if result.interrupted:
        shell.hint(stopped_line(done=watch.done, total=watch.total, words=words))
        return shell.INTERRUPTED
    if not result.scores:
        shell.say([words.say("backtest.nothing")])
        return shell.DONE
    write_text(asked.out / TABLE, result.csv())
    write_text(asked.out / PAGE, skill_page(result, command=asked.command))
    _write_manifest(asked, result)
    page = backtest_page(story_of(result.scores, read_manifest(asked.out)), words=words)
    report = write_report(asked.out / REPORT, page, words=words)
    about = skill(result.scores)
    if asked.as_json:
        shell.say_json(
            {"schema": 1, "targets": about, "scores": str(asked.out / TABLE), "report": str(report)}
        )
    else:
        shell.say(_lines(about, report, words))
    return shell.DONE


def _write_manifest(asked: AskedBacktest, result: Backtest) -> None:
    """What was looked at, so that the page can be made again and a forecast knows of it."""
    from sim.study.checked import write_manifest

    write_manifest(
        asked.out, asked.events, command=asked.command, weeks=asked.weeks, origins=asked.origins,
        replicates=asked.replicates, seed=asked.seed,
        skipped=[[path.name, reason] for path, reason in result.skipped],
        failed=len(result.failed),
    )  # fmt: skip


def story_of(scores: Sequence[Score], manifest: dict[str, Any]) -> SkillStory:
    """The backtest as its page tells it.

    Args:
        scores: Just made or read back.
        manifest: What its folder says of how it was made.
    """
    from sim.report.run import Made

    made = Made(
        command=manifest["command"], seed=manifest["seed"], version=manifest["qunsim"],
        digest=manifest["digest"], failed=manifest["failed"], versions=manifest["versions"],
    )  # fmt: skip
    return SkillStory(
        scores=tuple(scores), skipped=tuple(map(tuple, manifest["skipped"])),
        weeks=manifest["weeks"], replicates=manifest["replicates"], made=made,
    )  # fmt: skip


def _origins(text: str) -> list[float]:
    """Shares from the command line.

    Raises:
        UserError: ``wrong_form``/``origins``.
    """
    try:
        origins = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise UserError("wrong_form", "origins", value=text) from error
    if not all(0 < share < 1 for share in origins):
        raise UserError("wrong_form", "origins", value=text)
    return origins


def _skipped(result: Backtest, words: Words) -> list[str]:
    return [
        words.say("backtest.skipped", file=path.name, why=words.say(f"backtest.why_{reason}"))
        for path, reason in result.skipped
    ]


def _lines(about: dict[str, dict[str, float | str]], report: Path, words: Words) -> list[str]:
    """One row a target: beside the best classical method, BG/BB, and how honest the bands are."""
    head = ["", *(words.say(f"backtest.{column}") for column in ("single", "bgbb", "half", "most"))]
    rows = [
        [
            words.say(f"describe.{target}_week"),
            f"{one['to_best_single']:.2f} ({one['best_single']})",
            f"{one['to_bgbb']:.2f}",
            *(numbers.share(float(one[key]), words=words) for key in ("coverage50", "coverage90")),
        ]
        for target, one in about.items()
    ]
    return [
        *table_lines(head, rows), "", words.say("backtest.how"),
        f"{words.say('run.report')}  {report}",
    ]  # fmt: skip
