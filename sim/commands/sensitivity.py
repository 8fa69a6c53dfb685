"""``qunsim sensitivity``: which of many uncertain values decide."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.run import stopped
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.scenario.assignment import parse_assignment

if TYPE_CHECKING:
    from sim.study.sensitivity import Sensitivity, SensitivityStudy
    from sim.study.sensitivity.folder import Shard
    from sim.words import Words


@dataclass(frozen=True, kw_only=True)
class AskedSensitivity:
    """What was asked on the command line.

    Attributes:
        source: A study's file, or the folder of a finished one.
        method: Method; None = the study's.
        count: Size of the design; None = the study's.
        replicates: Runs of each point; None = the study's.
        days: Horizon; None = the study's.
        seed: Seed; None = the study's.
        assignments: Values for all points, ``path=value``.
        shard: ``number/parts``; None = everything.
        out: Result folder; None = by the study's name.
        jobs: Threads or processes; None = all processors.
        scheduler: Who computes; None = threads.
        retry_failed: Simulate failed runs again.
        dry_run: Only say what would be done.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
        factors: Columns that were varied, of a table.
        outputs: Columns that came of it.
    """

    source: Path
    method: str | None = None
    count: int | None = None
    replicates: int | None = None
    days: int | None = None
    seed: int | None = None
    assignments: tuple[str, ...] = ()
    shard: str | None = None
    out: Path | None = None
    jobs: int | None = None
    scheduler: str | None = None
    retry_failed: bool = False
    dry_run: bool = False
    quiet: bool = False
    as_json: bool = False
    factors: str | None = None
    outputs: str | None = None

    @property
    def command(self) -> str:
        """The command line that makes the result again."""
        parts = ["qunsim", "sensitivity", str(self.source)]
        options = {
            "--method": self.method, "--n": self.count, "--replicates": self.replicates,
            "--days": self.days, "--seed": self.seed,
        }  # fmt: skip
        for name, value in options.items():
            parts += [] if value is None else [name, str(value)]
        for one in self.assignments:
            parts += ["--set", one]
        return shlex.join(parts)


def sensitivity_command(asked: AskedSensitivity, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, 4 if runs failed, 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    if asked.source.is_dir():
        return _given(asked, words)
    from sim.study.sensitivity.columns import SUFFIXES

    if asked.source.name.endswith(SUFFIXES):
        return _of_table(asked, words)
    from sim.study.sensitivity import read_sensitivity, sensitivity

    study = read_sensitivity(
        asked.source, days=asked.days, method=asked.method, count=asked.count,
        replicates=asked.replicates, seed=asked.seed,
        changes=dict(map(parse_assignment, asked.assignments)),
    )  # fmt: skip
    shard = _shard(asked.shard)
    out = asked.out or _default_folder(study, shard)
    if asked.dry_run:
        from sim.commands.sensitivity_ahead import tell_ahead

        tell_ahead(study, out, jobs=asked.jobs, words=words, as_json=asked.as_json)
        return shell.DONE
    watch = Watch(0, words=words, quiet=asked.quiet, unit="simulation")
    try:
        result = sensitivity(
            study, out=out, jobs=asked.jobs, scheduler=asked.scheduler, shard=shard,
            progress=watch, command=asked.command, retry_failed=asked.retry_failed,
        )  # fmt: skip
    except KeyboardInterrupt:
        watch.end(finished=False)
        return stopped(watch.done, watch.total, words)
    watch.end(finished=True)
    if result.moved is not None and not asked.quiet:
        shell.hint(words.say("sensitivity.moved", folder=result.moved))
    if result.missing:
        _tell_shard(result, shard or (1, 1), asked, words)
    else:
        _tell(result, asked, words)
    return shell.SOME_FAILED if result.failed else shell.DONE


def _shard(text: str | None) -> Shard | None:
    """``3/16`` as numbers.

    Raises:
        UserError: ``wrong_form``/``shard``.
    """
    if text is None:
        return None
    number, _, parts = text.partition("/")
    if not (number.isdigit() and parts.isdigit() and 1 <= int(number) <= int(parts)):
        raise UserError("wrong_form", "shard", value=text)
    return int(number), int(parts)


def _default_folder(study: SensitivityStudy, shard: Shard | None) -> Path:
    part = "" if shard is None else f"-{shard[0]}-of-{shard[1]}"
    return Path("results") / f"{study.name}{part}"


def _given(asked: AskedSensitivity, words: Words) -> int:
    """Indices of runs that are there; nothing is simulated and nothing written."""
    from sim.study.sensitivity.given import given_data, load

    for name, value in (
        ("--n", asked.count), ("--replicates", asked.replicates), ("--days", asked.days),
        ("--seed", asked.seed), ("--set", asked.assignments or None), ("--shard", asked.shard),
        ("--out", asked.out), ("--dry-run", asked.dry_run or None),
    ):  # fmt: skip
        if value is not None:
            raise UserError("contradiction", "only_study", name=name, file=str(asked.source))
    own = load(asked.source)
    same = asked.method in {None, own.computed.study.method}
    result = own if same else given_data(asked.source, method=str(asked.method))
    return _say(result, asked, words)


def _of_table(asked: AskedSensitivity, words: Words) -> int:
    """Indices of a table that something else wrote."""
    from sim.study.sensitivity.columns import table_data

    if not asked.factors or not asked.outputs:
        raise UserError("wrong_form", "columns", file=str(asked.source))
    result = table_data(
        asked.source, factors=asked.factors.split(","), outputs=asked.outputs.split(","),
        method=asked.method or "pawn", seed=asked.seed or 0,
    )  # fmt: skip
    return _say(result, asked, words)


def _say(result: Sensitivity, asked: AskedSensitivity, words: Words) -> int:
    """Print what is told of runs that were there already."""
    if asked.as_json:
        shell.say_json(result.table() | {"indices": result.computed.indices()})
    else:
        from sim.report.sensitivity import sensitivity_lines

        shell.say(sensitivity_lines(result, words=words, report="", next_commands=[]))
    return shell.DONE


def _tell(result: Sensitivity, asked: AskedSensitivity, words: Words) -> None:
    """Write the page, print the result."""
    from sim.report.sensitivity import sensitivity_lines
    from sim.report.sensitivity_page import write_sensitivity

    assert result.folder is not None
    report = write_sensitivity(result.folder, result, words=words, command=asked.command)
    if asked.as_json:
        about = {"folder": str(result.folder), "report": str(report)}
        shell.say_json(result.table() | about | {"indices": result.computed.indices()})
        return
    following = _next(result, words)
    shell.say(sensitivity_lines(result, words=words, report=str(report), next_commands=following))


def _next(result: Sensitivity, words: Words) -> list[tuple[str, str]]:
    """What one does next."""
    folder = shlex.quote(str(result.folder))
    study = result.asked
    commands = []
    unstable = any(
        one.stable(result.computed.main) is False for one in result.computed.found.values()
    )
    if unstable and result.computed.study.method == "sobol":
        command = f"qunsim sensitivity {shlex.quote(study.source)} --n {2 * study.count}"
        commands.append((command, words.say("sensitivity.next_double")))
    if "profit" in study.outputs:
        command = f'qunsim discover {folder} --where "profit < 0"'
        commands.append((command, words.say("sensitivity.next_discover")))
    query = f'qunsim results sql {folder} "select * from runs limit 5"'  # noqa: S608  a hint, not a query
    commands.append((query, words.say("sensitivity.next_sql")))
    return commands


def _tell_shard(result: Sensitivity, shard: Shard, asked: AskedSensitivity, words: Words) -> None:
    """Say what a part of the work has done."""
    from sim.report.terminal import next_lines
    from sim.study.sensitivity.points import Answers

    number, parts = shard
    assert result.folder is not None
    done = len(Answers(result.folder).known)
    if asked.as_json:
        shell.say_json({
            "schema": 1, "folder": str(result.folder), "shard": [number, parts], "runs": done,
            "missing": result.missing, "failed": len(result.failed),
        })  # fmt: skip
        return
    folder = result.folder
    joined = folder.with_name(folder.name.removesuffix(f"-{number}-of-{parts}"))
    others = f"{joined}-*-of-{parts}"
    if joined == folder:  # a folder of the user's own naming; the others are likely beside it
        joined, others = Path("results") / result.asked.name, f"{folder.parent}/*"
    line = words.say(
        "sensitivity.shard_done", number=number, parts=parts, done=f"{done:,}", folder=folder,
        missing=f"{result.missing:,}",
    )  # fmt: skip
    command = f"qunsim results merge {others} --out {joined}"
    shell.say([line, *next_lines("", [(command, words.say("sensitivity.shard_next"))], words)])
