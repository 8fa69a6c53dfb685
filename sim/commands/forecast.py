"""``qunsim forecast``: the weeks ahead of a real community, from its chat log."""

from __future__ import annotations

import csv
import hashlib
import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.commands.targets import (
    ACTIVITY,
    FILES,
    MEMBERS,
    RENEWALS,
    check_target,
    forecast_target,
    target_lines,
)
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report import numbers
from sim.report.terminal import headline, stopped_line, table_lines
from sim.study.files import read_json, refusals, write_json, write_text
from sim.study.provenance import code_digest, machine, versions
from sim.study.results import check_numbers
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.logs.table import EventTable
    from sim.words import Words

MANIFEST = "manifest.json"
SCHEMA = 1
_SHOWN = (1, 4, 13, 26, 52)
"""Weeks ahead that the terminal shows, beside the last."""


@dataclass(frozen=True, kw_only=True)
class AskedForecast:
    """What was asked on the command line.

    Attributes:
        events: The event file.
        until: Date; events from its midnight (UTC) on are not looked at. None = all are.
        weeks: Weeks ahead.
        out: Result folder; None = named by the file and the options.
        replicates: Simulated futures.
        seed: Seed.
        jobs: Threads; None = all processors.
        quiet: No redrawn line, no hints.
        target: What to forecast, one of ``targets.TARGETS``.
    """

    events: Path
    until: str | None
    weeks: int
    out: Path | None
    replicates: int
    seed: int
    jobs: int | None
    quiet: bool
    target: str = ACTIVITY

    @property
    def command(self) -> str:
        """The command line that makes the result again: what decides numbers, nothing else."""
        parts = ["qunsim", "forecast", str(self.events)]
        parts += [] if self.target == ACTIVITY else ["--target", self.target]
        parts += [] if self.until is None else ["--until", self.until]
        parts += ["--weeks", str(self.weeks), "--replicates", str(self.replicates)]
        return shlex.join([*parts, "--seed", str(self.seed)])


def forecast_command(asked: AskedForecast, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    from sim.logs.times import parse_day

    check_target(asked.target)
    until = None if asked.until is None else parse_day(asked.until)
    check_numbers(
        weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed, jobs=asked.jobs
    )  # fmt: skip
    table = None
    if asked.target == ACTIVITY:
        from sim.logs.events import read_events

        table = read_events(asked.events)
    digest = _digest(asked)
    name = asked.events.name.partition(".")[0] or "log"
    folder = asked.out or Path("results") / f"{name}-{digest[:4]}"
    if _there(folder, digest=digest, name=FILES[asked.target]):
        if not asked.quiet:
            shell.hint(words.say("run.already", folder=folder))
        shell.say(_told(asked, folder, words))
        return shell.DONE
    try:
        if table is None:
            _write_target(asked, folder, until=until, words=words)
        else:
            _write_activity(asked, table, folder, until=until, words=words)
        write_json(folder / MANIFEST, _manifest(asked, digest))
    except KeyboardInterrupt:
        shell.hint(stopped_line(done=0, total=asked.replicates, words=words))
        return shell.INTERRUPTED
    shell.say(_told(asked, folder, words))
    return shell.DONE


def _write_activity(
    asked: AskedForecast, table: EventTable, folder: Path, *, until: int | None, words: Words
) -> None:
    watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
    from sim.study.forecast import forecast  # loads the compiler

    try:
        result = forecast(
            table, until=until, weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed,
            jobs=asked.jobs, progress=watch,
        )  # fmt: skip
    except KeyboardInterrupt:
        watch.end(finished=False)
        raise
    watch.end(finished=True)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    result.write(folder, words)


def _write_target(asked: AskedForecast, folder: Path, *, until: int | None, words: Words) -> None:
    texts = forecast_target(asked, folder, until=until, words=words)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_text(folder / name, text)


def _told(asked: AskedForecast, folder: Path, words: Words) -> list[str]:
    if asked.target in (MEMBERS, RENEWALS):
        return target_lines(asked, folder, words)
    return _lines(asked, folder, words)


def _digest(asked: AskedForecast) -> str:
    """SHA-256 of everything that determines a forecast."""
    about: list[Any] = [asked.until, asked.weeks, asked.replicates, asked.seed]
    about += [] if asked.target == ACTIVITY else [asked.target]
    return hashlib.sha256(json.dumps(about).encode() + asked.events.read_bytes()).hexdigest()


def _manifest(asked: AskedForecast, digest: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": "forecast",
        "digest": digest,
        "code": code_digest(),
        "events": asked.events.name,
        "target": asked.target,
        "until": asked.until,
        "weeks": asked.weeks,
        "replicates": asked.replicates,
        "seed": asked.seed,
        "command": asked.command,
        "qunsim": __version__,
        "versions": versions(),
        "platform": machine(),
    }


def _there(folder: Path, *, digest: str, name: str) -> bool:
    """Whether a folder holds this very forecast already, made by this code.

    Raises:
        UserError: ``taken`` if it holds anything else.
    """
    free = UserError(
        "taken", "foreign", file=str(folder), detail="",
        suggestion=str(folder.with_name(f"{folder.name}-2")),
    )  # fmt: skip
    if folder.exists() and not folder.is_dir():
        raise UserError("taken", "file", **free.values)
    if not folder.is_dir() or not any(folder.iterdir()):
        return False
    if not (folder / MANIFEST).exists():
        raise free
    manifest = read_json(folder / MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("digest") != digest:
        raise UserError("taken", "folder", **free.values)
    return manifest.get("code") == code_digest() and (folder / name).exists()


def _lines(asked: AskedForecast, folder: Path, words: Words) -> list[str]:
    """The middle and the range of every target, some weeks ahead."""
    name = folder / FILES[asked.target]
    with name.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    targets = list(dict.fromkeys(row["target"] for row in rows))
    title = words.say("cli.forecast_title", file=asked.events.name, weeks=asked.weeks)
    header = ["", *(words.say(f"describe.{target}_week") for target in targets)]
    ahead = sorted({*(week for week in _SHOWN if week < asked.weeks), asked.weeks})
    table = []
    for week in ahead:
        at = [[row for row in rows if row["target"] == target][week - 1] for target in targets]
        table.append([words.say("cli.forecast_week", week=week), *_cells(at, words)])
    lines = [*headline(title, words.badge("fitted")), "", *table_lines(header, table)]
    lines += ["", words.say("cli.forecast_range")]
    return [*lines, f"{words.say('run.report')}  {name}"]


def _cells(rows: Sequence[dict[str, str]], words: Words) -> list[str]:
    cells = []
    for row in rows:
        low, middle, high = (
            numbers.count(round(float(row[name])), words=words) for name in ("q05", "q50", "q95")
        )
        cells.append(f"{middle} ({numbers.span(low, high, words=words)})")
    return cells
