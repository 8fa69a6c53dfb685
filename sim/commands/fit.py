"""``qunsim fit``: a scenario from a chat log, every number with its range."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.catalogue import hint
from sim.version import __version__
from sim.words.typography import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.words import Words


@dataclass(frozen=True, kw_only=True)
class AskedFit:
    """What was asked on the command line.

    Attributes:
        events: The event file.
        out: The scenario to write.
        until: Date; events from its midnight (UTC) on are not looked at. None = all are.
        shocks: Known past shocks, ``DATE:NAME``.
        quiet: No hints.
        as_json: Print JSON instead of text.
    """

    events: Path
    out: Path
    until: str | None = None
    shocks: Sequence[str] = field(default=())
    quiet: bool = False
    as_json: bool = False

    @property
    def command(self) -> str:
        """The command line that makes the same numbers."""
        parts = ["qunsim", "fit", str(self.events), "--out", str(self.out)]
        parts += [] if self.until is None else ["--until", self.until]
        parts += [part for shock in self.shocks for part in ("--shock", shock)]
        return shlex.join(parts)


def fit_command(asked: AskedFit, *, words: Words) -> None:
    """Fit, write the scenario and what it rests on, print the table.

    Raises:
        UserError: What the user can mend.
    """
    from sim.errors import UserError
    from sim.logs.dated import read_dated
    from sim.logs.events import read_events
    from sim.logs.table import day_text
    from sim.logs.times import parse_day
    from sim.report.fitted import community, fit_json, fit_lines
    from sim.scenario.keys import name_is_usable
    from sim.study.files import content_digest, refusals, write_json, write_text

    until = None if asked.until is None else parse_day(asked.until)
    dated = [read_dated(text) for text in asked.shocks]
    for one in dated:
        if one.size is not None:
            raise UserError("out_of_range", "shock_fit", day=day_text(one.seconds))
    table = read_events(asked.events)
    digest = content_digest(asked.events)
    from sim.study.fit import fit_log  # loads the compiler

    fit = fit_log(table, until=until, dated=dated)
    stem = asked.out.name.removesuffix(".toml")
    file = asked.events.name
    scenario = community(
        fit, file=file, digest=digest, name=stem if name_is_usable(stem) else "community",
        words=words,
    )  # fmt: skip
    about = {
        "events": file, "sha256": digest, "until": day_text(table.end if until is None else until),
        "shocks": list(asked.shocks), "command": asked.command, "qunsim": __version__,
    }  # fmt: skip
    told = fit_json(fit, about=about)
    beside = asked.out.with_name(f"{stem}.fit.json")
    with refusals(asked.out):
        asked.out.parent.mkdir(parents=True, exist_ok=True)
    write_text(asked.out, scenario.to_toml())
    write_json(beside, told)
    if asked.as_json:
        shell.say_json(told)
        return
    span = fit.community.series.speakers.size
    shell.say(
        fit_lines(
            fit, file=file, first=day_text(table.start),
            last=day_text(table.start + span * 7 * 86_400 - 1),
            shocks=[(day_text(one.seconds), one.kind) for one in dated], words=words,
        )
    )  # fmt: skip
    shell.say(wrap(words.say("fit.written", out=asked.out, beside=beside), 80))
    if not asked.quiet:
        shell.hint(words.say("fit.go_on", file=shlex.quote(str(asked.events))))  # to be copied
        hint(words, f"qunsim run {shlex.quote(str(asked.out))}")
