"""``qunsim run``: simulate one community many times, write the result folder, tell the result."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.watch import Watch
from sim.report.cautions import failure_notes, warnings_of, why_failed
from sim.report.terminal import run_summary_lines, stopped_line
from sim.scenario import Scenario, parse_assignment, preset_names
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.run import RunStory
    from sim.study import Result
    from sim.words import Words

_FEN_FLOOR = 0.5  # yuan: less is nothing


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked on the command line.

    Attributes:
        source: A preset's name or a TOML file.
        days: Horizon; None = the scenario's own.
        replicates: Simulated futures.
        seed: Seed.
        assignments: ``path=value`` texts.
        policies: ``key[:name=value,...]`` texts.
        jobs: Threads; None = all processors.
        scheduler: Who computes: ``threads``, ``processes``, the address of a Dask scheduler.
        retry_failed: Whether runs that failed before are simulated again.
        out: Result folder; None = named by the configuration.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
        save: File to keep the first future's community in, as it is on its last evening.
    """

    source: str
    days: int | None
    replicates: int
    seed: int
    assignments: Sequence[str] = ()
    policies: Sequence[str] = ()
    jobs: int | None = None
    scheduler: str | None = None
    retry_failed: bool = False
    out: Path | None = None
    quiet: bool = False
    as_json: bool = False
    save: Path | None = None

    def command(self, *, replicates: int) -> str:
        """The command line that makes the result again: what decides numbers, nothing else."""
        parts = ["qunsim", "run", self.source]
        parts += [] if self.days is None else ["--days", str(self.days)]
        parts += ["--replicates", str(replicates), "--seed", str(self.seed)]
        for text in self.assignments:
            parts += ["--set", text]
        for text in self.policies:
            parts += ["--policy", text]
        return shlex.join(parts)


def run_command(asked: Asked, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, 4 if runs failed, 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    scenario = Scenario.read(asked.source)
    if asked.assignments:
        scenario = scenario.replace(dict(map(parse_assignment, asked.assignments)))
    from sim.study import configure, run

    scenario, cautions = configure(scenario, days=asked.days, policies=asked.policies)
    folder = asked.out or default_folder(scenario, seed=asked.seed)
    watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
    try:
        result = run(
            scenario, replicates=asked.replicates, seed=asked.seed, jobs=asked.jobs,
            progress=watch, out=folder, command=asked.command(replicates=asked.replicates),
            scheduler=asked.scheduler, retry_failed=asked.retry_failed,
        )  # fmt: skip
        result = replace(result, cautions=cautions)
        watch.end(finished=not result.interrupted)
        if result.interrupted:
            return stopped(len(result.kpis), asked.replicates, words)
        if not result.kpis:
            return _all_failed(result, words)
        _tell(result, asked, words)
        if asked.save is not None:
            _save(result, asked.save, words)
    except KeyboardInterrupt:
        watch.end(finished=False)
        return stopped(watch.done, asked.replicates, words)
    return shell.SOME_FAILED if result.failures else shell.DONE


def _save(result: Result, path: Path, words: Words) -> None:
    """Keep the community of the first future, so that other commands go on from it."""
    from sim import checkpoint
    from sim.study.variant import Variant

    run = Variant(scenario=result.scenario).start(seed=result.seed, replicate=0)
    run.advance()
    checkpoint.save(run, path)
    shell.hint(words.say("run.saved", file=path))


def _all_failed(result: Result, words: Words) -> int:
    shell.hint(words.say("cli.all_failed", error=why_failed(result.failures[0], words)))
    if any(one.trace is not None for one in result.failures):
        shell.hint(words.say("run.days_kept", folder=result.folder))
    return shell.SOME_FAILED


def stopped(done: int, total: int, words: Words) -> int:
    """Say what Ctrl-C left behind; the exit code."""
    shell.hint(stopped_line(done=done, total=total, words=words))
    return shell.INTERRUPTED


def default_folder(scenario: Scenario, *, seed: int) -> Path:
    """``results/<name>-<4 hex>``: one folder for each configuration and seed."""
    state = hashlib.sha256(f"{scenario.digest()} {seed}".encode()).hexdigest()
    return Path("results") / f"{scenario.name}-{state[:4]}"


def _tell(result: Result, asked: Asked, words: Words) -> None:
    """Write report and figures, print the result."""
    from sim.report.page import write_pngs, write_report
    from sim.report.run import run_page
    from sim.study.journal import failed_entry

    assert result.folder is not None  # a command always has one
    command = asked.command(replicates=result.replicates)
    story = story_of(result, command=command, words=words)
    page = run_page(story, words=words)
    report = write_report(result.folder / "report.html", page, words=words)
    write_pngs(result.folder / "figures", page)
    if result.moved is not None:
        shell.hint(words.say("run.moved", folder=result.moved))
    if result.torn:
        shell.hint(words.say("run.torn", count=result.torn))
    if result.remade:
        shell.hint(words.say("run.remade", folder=result.folder))
    elif result.already and not asked.quiet:
        shell.hint(words.say("run.already", folder=result.folder))
    if asked.as_json:
        about = {
            "schema": 1, "folder": str(result.folder), "report": str(report),
            "failed": [failed_entry(one) for one in result.failures],
        }  # fmt: skip
        shell.say_json(about | result.summary)
        return
    lines = run_summary_lines(
        story.summary, words=words, name=story.name, members=story.members, days=result.days,
        futures=story.futures, report=str(report), next_command=_next(result, asked),
        failed=len(result.failures), notes=story.notes,
    )  # fmt: skip
    shell.say(lines)


def _next(result: Result, asked: Asked) -> str:
    """A command to paste: the same community with one more thing that its operator could do."""
    used = {entry["use"] for entry in result.scenario.policies}
    if "red_packet" in used:
        return "qunsim policies"
    parts = ["qunsim", "run", asked.source]
    parts += [] if asked.days is None else ["--days", str(asked.days)]
    return shlex.join([*parts, "--policy", "red_packet:amount=200"])


def story_of(result: Result, *, command: str, words: Words) -> RunStory:
    """The result as the report tells it.

    Args:
        result: Finished, just now or in a folder.
        command: The command line that makes it again.
        words: Language.
    """
    from sim.report.assumed import assumptions_of
    from sim.report.policy_lines import policy_lines
    from sim.report.run import Made, RunStory, series_of
    from sim.study.provenance import versions
    from sim.study.simulate import kpi_parameters

    scenario, stage = result.scenario, kpi_parameters(result.scenario).stage
    series = series_of(result.traces, records=result.records, stage=stage)
    limit = scenario.groups.capacity * scenario.groups.number
    changed = _changed(scenario, command)
    return RunStory(
        name=words.preset(scenario.name), members=scenario.members.initial,
        futures=len(result.kpis), summary=result.summary["base"], series=series,
        question=scenario.title, capacity=limit, start=scenario.start,
        policies=tuple(policy_lines(scenario, words)),
        assumptions=tuple(assumptions_of(scenario, words=words, changed=changed)),
        notes=tuple(notes_of(result, words)),
        made=Made(
            command=command, seed=result.seed, version=__version__, digest=scenario.digest(),
            failed=len(result.failures), versions=versions(),
        ),
    )  # fmt: skip


def _changed(scenario: Scenario, command: str) -> set[str]:
    """Parameters that the user set: by ``--set``, or in a file of their own."""
    parts = shlex.split(command)
    texts = [text for option, text in pairwise(parts) if option == "--set"]
    changed = {parse_assignment(text)[0] for text in texts}
    if not set(parts[2:3]) & set(preset_names()):
        from sim.parameters import by_path

        values = scenario.flat()
        changed |= {path for path, info in by_path().items() if values[path] != info.default}
    return changed


def _missed(result: Result, words: Words) -> list[str]:
    """Policies whose audience was empty in some futures, on all days on which they acted."""
    from sim.policies.planning import read_plan
    from sim.record import ACCOUNTS

    told = {one.values["policy"] for one in result.cautions if one.key == "warning.no_audience"}
    met, vain = ACCOUNTS.index("aimed_persons"), ACCOUNTS.index("aimed_at_nobody")
    notes = []
    for one in read_plan(result.scenario).policies:
        if one.audience is None or one.name in told:
            continue
        books = [
            trace.booked[trace.policies.index(one.name)]
            for trace in result.traces
            if one.name in trace.policies
        ]
        if count := sum(bool(book[vain] and not book[met]) for book in books):
            values = {"policy": words.policy(one.name), "count": count, "total": len(books)}
            audience = words.audience(str(one.audience))
            notes.append(words.say("warning.nobody_in", audience=audience, **values))
    return notes


def notes_of(result: Result, words: Words) -> list[str]:
    """Warnings about a result, worded."""
    notes = failure_notes(result.failures, result.folder, words)
    notes += warnings_of(result.cautions, words)
    notes += _missed(result, words)
    summary = result.summary["base"]
    minutes = summary["work_not_done_minutes"]["p50"] or 0
    money = summary["work_not_done_money"]["p50"] or 0
    if minutes >= 60:
        notes.append(words.say("warning.minutes", hours=round(minutes / 60)))
    if money > _FEN_FLOOR:
        from sim.report import numbers

        notes.append(words.say("warning.money", money=numbers.money(money, words=words)))
    return notes
