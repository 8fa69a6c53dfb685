"""``qunsim ci``: record a baseline, check against it, accept a change."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.study.results import check_numbers

if TYPE_CHECKING:
    from sim.study.regression.baseline import Baseline
    from sim.study.regression.suite import Suite
    from sim.words import Words

DIFFERENT = 1
TABLE, PAGE = "check.json", "diff.html"


@dataclass(frozen=True, kw_only=True)
class AskedCheck:
    """What was asked on the command line.

    Attributes:
        suite: The suite's file.
        baseline: Its baseline; None = where it belongs.
        fresh: Whether other futures than the baseline's are simulated.
        seed: Their seed; None = a new one.
        budget: Seconds; None = the suite's.
        jobs: Threads.
        junit: Where JUnit XML goes.
        markdown: Where the summary goes.
        out: Folder of page and JSON.
        annotations: Whether GitHub's annotations are printed.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
        everything: List every KPI.
    """

    suite: str
    baseline: Path | None = None
    fresh: bool = False
    seed: int | None = None
    budget: float | None = None
    jobs: int | None = None
    junit: Path | None = None
    markdown: Path | None = None
    out: Path = Path("results/ci")
    annotations: bool = False
    quiet: bool = False
    as_json: bool = False
    everything: bool = False


def check_command(asked: AskedCheck, *, words: Words) -> int:
    """Hold the model against a baseline; the exit code.

    Raises:
        UserError: What is wrong with the suite, the baseline or an option.
    """
    from sim.report.page import write_file, write_report
    from sim.report.regression.forms import as_table, junit, markdown, workflow_commands
    from sim.report.regression.page import check_page
    from sim.report.regression.terminal import check_lines
    from sim.study.files import write_json
    from sim.study.regression.baseline import read_baseline
    from sim.study.regression.check import check
    from sim.study.regression.suite import baseline_of, read_suite

    check_numbers(seed=asked.seed, jobs=asked.jobs)
    if asked.seed is not None and not asked.fresh:
        raise UserError("contradiction", "seed_without_fresh")
    suite = read_suite(asked.suite)
    place = asked.baseline or baseline_of(asked.suite)
    baseline = read_baseline(place, suite=_named(asked.suite, asked.baseline))
    _writable(asked.out / PAGE, asked.junit, asked.markdown)
    if asked.budget is not None:
        suite = _with_budget(suite, asked.budget)
    fresh = None
    if asked.fresh:
        fresh = secrets.randbelow(2**31) if asked.seed is None else asked.seed
    watch = Watch(_futures(suite, baseline, asked), words=words, quiet=asked.quiet)
    report = check(suite, baseline, fresh=fresh, jobs=asked.jobs, progress=watch)
    watch.end(finished=False)
    page = write_report(
        asked.out / PAGE, check_page(report, baseline=baseline, words=words), words=words
    )
    write_json(asked.out / TABLE, as_table(report))
    for path, make in ((asked.junit, junit), (asked.markdown, markdown)):
        if path is not None:
            write_file(path, make(report, words=words).encode())
    if asked.as_json:
        shell.say_json(as_table(report))
    else:
        lines = check_lines(report, words=words, page=str(page), everything=asked.everything)
        shell.say(lines)
    if asked.annotations or os.environ.get("GITHUB_ACTIONS") == "true":
        # a runner reads both streams, and JSON stays JSON
        shell.hint(*workflow_commands(report, words=words))
    return report.code


def _writable(*paths: Path | None) -> None:
    """Refuse what cannot be written before anything is simulated."""
    from sim.study.files import refusals

    for path in paths:
        if path is None:
            continue
        if path.is_dir():
            raise UserError("wrong_form", "folder", file=str(path))
        with refusals(path):
            path.parent.mkdir(parents=True, exist_ok=True)


def _named(suite: str, baseline: Path | None) -> str:
    """The suite and its baseline as another command has to name them."""
    return suite if baseline is None else f"{suite} --baseline {baseline}"


def _with_budget(suite: Suite, budget: float) -> Suite:
    if not 1 <= budget <= 86_400:
        raise UserError("out_of_range", "between", key="--budget", value=budget, low=1, high=86_400)
    return replace(suite, budget=budget)


def _futures(suite: Suite, baseline: Baseline, asked: AskedCheck) -> int:
    """Futures at most."""
    from sim.study.regression.check import FRESH

    sizes = (baseline.cases[one.name].size for one in suite.cases if one.name in baseline.cases)
    return sum(sizes) * (FRESH if asked.fresh else 1)


def record_command(
    source: str, *, baseline: Path | None, jobs: int | None, quiet: bool, words: Words
) -> int:
    """Record the first baseline of a suite; the exit code.

    Raises:
        UserError: ``taken``/``baseline`` if there is one; what is wrong with the suite.
    """
    from sim.study.regression.baseline import write_baseline
    from sim.study.regression.suite import baseline_of, read_suite

    suite = read_suite(source)
    place = baseline or baseline_of(source)
    if place.is_file():
        raise UserError("taken", "baseline", file=str(place), suite=_named(source, baseline))
    _writable(place)
    start = time.monotonic()
    reason = words.say("ci.first_reason")
    made = _recorded(suite, reason=reason, before=None, jobs=jobs, quiet=quiet, words=words)
    if made is None:
        return DIFFERENT
    write_baseline(place, made)
    futures = sum(one.size for one in made.cases.values())
    shell.say(
        [
            words.say(
                "ci.recorded", file=place, size=_size(place), futures=f"{futures:,}",
                seconds=f"{time.monotonic() - start:.0f}",
            )
        ]
    )  # fmt: skip
    return shell.DONE


def accept_command(
    source: str,
    *,
    reason: str,
    baseline: Path | None,
    jobs: int | None,
    quiet: bool,
    words: Words,
) -> int:
    """Make what the model says now the baseline; the exit code.

    Raises:
        UserError: ``wrong_form``/``reason`` without a reason; what is wrong with the suite, or with
            the baseline, whose history would be lost.
    """
    from sim.report.regression.terminal import row_lines
    from sim.study.regression.baseline import read_baseline, write_baseline
    from sim.study.regression.changes import changes
    from sim.study.regression.suite import baseline_of, read_suite

    if not reason.strip():
        raise UserError("wrong_form", "reason")
    suite = read_suite(source)
    place = baseline or baseline_of(source)
    before = read_baseline(place, suite=_named(source, baseline))
    made = _recorded(suite, reason=reason, before=before, jobs=jobs, quiet=quiet, words=words)
    if made is None:
        return DIFFERENT
    if _alike(before, made):
        shell.say([words.say("ci.accepted_same", file=place)])
        return shell.DONE
    write_baseline(place, made)
    rows = [row for row in changes(suite, before, made) if row.verdict != "equivalent"]
    shell.say(
        [*row_lines(rows, words=words), words.say("ci.accepted", file=place, size=_size(place))]
    )
    return shell.DONE


def _alike(before: Baseline, after: Baseline) -> bool:
    """Whether nothing but the reason would change."""
    return {name: (one.digests, one.written) for name, one in before.cases.items()} == {
        name: (one.digests, one.written) for name, one in after.cases.items()
    } and before.kpis == after.kpis


def _recorded(
    suite: Suite,
    *,
    reason: str,
    before: Baseline | None,
    jobs: int | None,
    quiet: bool,
    words: Words,
) -> Baseline | None:
    from sim.report.regression.telling import rule
    from sim.study.regression.check import record

    watch = Watch(sum(one.replicates for one in suite.cases), words=words, quiet=quiet)
    made, broken, failed = record(suite, reason=reason, before=before, jobs=jobs, progress=watch)
    watch.end(finished=False)
    if made is None:
        lines = ["- " + rule(one, words=words) for one in broken]
        lines += [f"- {one.variant} {one.replicate}: {one.error}" for one in failed[:10]]
        shell.say([*lines, words.say("ci.refused")])
    return made


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1000:.0f} kB"
