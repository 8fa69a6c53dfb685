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
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report import numbers
from sim.report.terminal import headline, stopped_line, table_lines
from sim.study.files import read_json, refusals, write_json
from sim.study.provenance import code_digest, machine, versions
from sim.study.results import check_numbers
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.words import Words

MANIFEST, TABLE = "manifest.json", "forecast.csv"
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
        shocks: Known shocks, ``DATE:NAME`` in the past or ``DATE:SIZE`` ahead.
    """

    events: Path
    until: str | None
    weeks: int
    out: Path | None
    replicates: int
    seed: int
    jobs: int | None
    quiet: bool
    shocks: Sequence[str] = ()

    @property
    def command(self) -> str:
        """The command line that makes the result again: what decides numbers, nothing else."""
        parts = ["qunsim", "forecast", str(self.events)]
        parts += [] if self.until is None else ["--until", self.until]
        parts += [part for shock in self.shocks for part in ("--shock", shock)]
        parts += ["--weeks", str(self.weeks), "--replicates", str(self.replicates)]
        return shlex.join([*parts, "--seed", str(self.seed)])


def forecast_command(asked: AskedForecast, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    from sim.logs.dated import read_dated
    from sim.logs.events import read_events
    from sim.logs.times import parse_day

    until = None if asked.until is None else parse_day(asked.until)
    check_numbers(
        weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed, jobs=asked.jobs
    )  # fmt: skip
    dated = [read_dated(text) for text in asked.shocks]
    table = read_events(asked.events)
    digest = _digest(asked)
    name = asked.events.name.partition(".")[0] or "log"
    folder = asked.out or Path("results") / f"{name}-{digest[:4]}"
    if _there(folder, digest=digest):
        if not asked.quiet:
            shell.hint(words.say("run.already", folder=folder))
        shell.say(_lines(asked, folder, words))
        return shell.DONE
    watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
    try:
        from sim.study.forecast import forecast  # loads the compiler

        result = forecast(
            table, until=until, weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed,
            jobs=asked.jobs, progress=watch, dated=dated,
        )  # fmt: skip
        watch.end(finished=True)
        with refusals(folder):
            folder.mkdir(parents=True, exist_ok=True)
        result.write(folder, words)
        write_json(folder / MANIFEST, _manifest(asked, digest))
    except KeyboardInterrupt:
        watch.end(finished=False)
        shell.hint(stopped_line(done=0, total=asked.replicates, words=words))
        return shell.INTERRUPTED
    shell.say(_lines(asked, folder, words))
    return shell.DONE


def _digest(asked: AskedForecast) -> str:
    """SHA-256 of everything that determines a forecast."""
    about = [asked.until, asked.weeks, asked.replicates, asked.seed, *asked.shocks]
    return hashlib.sha256(json.dumps(about).encode() + asked.events.read_bytes()).hexdigest()


def _manifest(asked: AskedForecast, digest: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": "forecast",
        "digest": digest,
        "code": code_digest(),
        "events": asked.events.name,
        "until": asked.until,
        "shocks": list(asked.shocks),
        "weeks": asked.weeks,
        "replicates": asked.replicates,
        "seed": asked.seed,
        "command": asked.command,
        "qunsim": __version__,
        "versions": versions(),
        "platform": machine(),
    }


def _there(folder: Path, *, digest: str) -> bool:
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
    return manifest.get("code") == code_digest() and (folder / TABLE).exists()


def _lines(asked: AskedForecast, folder: Path, words: Words) -> list[str]:
    """The middle and the range of every target, some weeks ahead."""
    with (folder / TABLE).open(newline="", encoding="utf-8") as stream:
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
    return [*lines, f"{words.say('run.report')}  {folder / TABLE}"]


def _cells(rows: Sequence[dict[str, str]], words: Words) -> list[str]:
    cells = []
    for row in rows:
        low, middle, high = (
            numbers.count(round(float(row[name])), words=words) for name in ("q05", "q50", "q95")
        )
        cells.append(f"{middle} ({numbers.span(low, high, words=words)})")
    return cells
