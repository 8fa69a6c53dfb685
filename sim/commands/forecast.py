"""``qunsim forecast``: the weeks ahead of a real community, from its chat log."""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.commands.run import Watch
from sim.errors import UserError
from sim.report import numbers
from sim.report.terminal import headline, stopped_line, table_lines
from sim.study.files import refusals

if TYPE_CHECKING:
    from sim.words import Words

TARGETS = ("speakers", "messages", "newcomers")
_SHOWN = (0, 3, 12, 25)  # weeks ahead that the terminal shows, and the last one


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
    """

    events: Path
    until: str | None
    weeks: int
    out: Path | None
    replicates: int
    seed: int
    jobs: int | None
    quiet: bool


def forecast_command(asked: AskedForecast, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, or 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    from sim.logs.events import read_events
    from sim.logs.times import parse_day

    until = None if asked.until is None else parse_day(asked.until)
    for name, value, high in (("weeks", asked.weeks, 520), ("replicates", asked.replicates, 10**5)):
        if not 1 <= value <= high:
            raise UserError(
                "out_of_range", "limits", key=f"--{name}", value=value, low=1, high=high, unit=name
            )
    table = read_events(asked.events)
    folder = asked.out or _default_folder(asked)
    _claim(folder)
    study: Any = importlib.import_module("sim.study.forecast")
    watch = Watch(asked.replicates, words=words, quiet=asked.quiet)
    watch(0)
    try:
        result = study.forecast(
            table, until=until, weeks=asked.weeks, replicates=asked.replicates, seed=asked.seed,
            jobs=asked.jobs, progress=watch,
        )  # fmt: skip
        watch.end(finished=True)
    except KeyboardInterrupt:
        watch.end(finished=False)
        shell.hint(stopped_line(done=0, total=asked.replicates, words=words))
        return shell.INTERRUPTED
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    result.write(folder, words)
    shell.say(_lines(result.rows, asked, folder, words))
    return shell.DONE


def _default_folder(asked: AskedForecast) -> Path:
    name = asked.events.name.partition(".")[0] or "log"
    about = json.dumps([asked.until, asked.weeks, asked.replicates, asked.seed])
    digest = hashlib.sha256(asked.events.read_bytes() + about.encode()).hexdigest()
    return Path("results") / f"{name}-{digest[:4]}"


def _claim(folder: Path) -> None:
    """A new folder, an empty one, or one that a forecast has written.

    Raises:
        UserError: ``taken``.
    """
    taken = folder.is_dir() and any(folder.iterdir()) and not (folder / "forecast.csv").exists()
    if taken or (folder.exists() and not folder.is_dir()):
        suggestion = str(folder.with_name(f"{folder.name}-2"))
        reason = "foreign" if taken else "file"
        raise UserError("taken", reason, file=str(folder), suggestion=suggestion)


def _lines(rows: Any, asked: AskedForecast, folder: Path, words: Words) -> list[str]:
    """The middle and the range of every target, some weeks ahead."""
    title = words.say("cli.forecast_title", file=asked.events.name, weeks=asked.weeks)
    lines = [*headline(title, words.badge("fitted")), ""]
    header = ["", *(words.say(f"describe.{target}_week") for target in TARGETS)]
    by_target: dict[str, list[tuple[Any, ...]]] = {target: [] for target in TARGETS}
    for row in rows:
        target, *values = row.values() if isinstance(row, dict) else row
        by_target[str(target)].append(tuple(values))
    ahead = sorted({*(week for week in _SHOWN if week < asked.weeks), asked.weeks - 1})
    table = []
    for step in ahead:
        cells = [words.say("cli.forecast_week", week=step + 1)]
        for target in TARGETS:
            _, low, _, middle, _, high = by_target[target][step]
            ends = numbers.span(
                numbers.count(round(low), words=words), numbers.count(round(high), words=words),
                words=words,
            )  # fmt: skip
            cells.append(f"{numbers.count(round(middle), words=words)} ({ends})")
        table.append(cells)
    lines += table_lines(header, table)
    return [*lines, "", words.say("cli.forecast_range"), f"{words.say('run.report')}  {folder}"]
