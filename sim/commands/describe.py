"""``qunsim describe``: the portrait of a real community."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.catalogue import hint
from sim.report.importing import read_notes
from sim.report.portraying import (
    out_of_line,
    place_rows,
    shock_notes,
    statistic_rows,
)
from sim.report.terminal import COLUMNS, next_lines, table_lines
from sim.study.files import content_digest, read_json, refusals, result_in, taken, write_json
from sim.words.typography import fold, wrap

if TYPE_CHECKING:
    from pathlib import Path

    from sim.logs.portrait import Portrait
    from sim.words import Words

DOCUMENT, REPORT = "describe.json", "report.html"


@dataclass(frozen=True, kw_only=True)
class AskedPortrait:
    """What was asked on the command line.

    Attributes:
        events: The event file.
        tz: Zone of hours and weekdays, and of times that name none.
        out: Folder for the page, the data and the pictures; None = print only.
        as_json: Print the data instead of a table.
    """

    events: Path
    tz: str
    out: Path | None
    as_json: bool

    @property
    def command(self) -> str:
        """The command line that makes the result again."""
        parts = ["qunsim", "describe", str(self.events)]
        parts += [] if self.tz == "UTC" else ["--tz", self.tz]
        return shlex.join([*parts, "--out", str(self.out)])


def describe_command(asked: AskedPortrait, *, words: Words) -> None:
    """Print the portrait of a log, and write it as files if a folder is given.

    Raises:
        UserError: What keeps the log from being read or the files from being written;
            ``too_short``/``no_messages``; ``taken`` if the folder holds something else.
    """
    from sim.logs.events import read_events
    from sim.logs.portrait import portrait
    from sim.logs.times import zone

    zone(asked.tz)  # a mistake is told before a long file is read
    if asked.out is not None:
        _free(asked.out, asked.events)
    table = read_events(asked.events, tz=asked.tz)
    for line in read_notes(table.notes, str(asked.events), words):
        shell.hint(*wrap(f"  {line}", COLUMNS, indent="  "))
    found = portrait(table, tz=asked.tz)
    if asked.out is not None:
        _write(asked, asked.out, found, words)
    if asked.as_json:
        shell.say_json(found.document())
        return
    shell.say(portrait_lines(found, words=words))
    command = f"qunsim forecast {shlex.quote(str(asked.events))}"
    if asked.out is None:
        hint(words, command)
    else:
        why = words.say("describe.next")
        shell.say(next_lines(str(asked.out / REPORT), [(command, why)], words))


def portrait_lines(portrait: Portrait, *, words: Words) -> list[str]:
    """The portrait as the terminal shows it, at most 80 columns wide.

    Args:
        portrait: What the log tells.
        words: Language.
    """
    lines = table_lines(("", ""), statistic_rows(portrait, words=words))
    told = [line.text for line in out_of_line(portrait, words=words)]
    lines += ["", words.say("describe.shocks")]
    for text in (*told, *shock_notes(portrait, words=words)):
        lines += fold(f"  {text}", COLUMNS, indent="    ")
    place = portrait.place
    if place is not None:
        values = {"weeks": place.peers.weeks, "count": place.peers.logs}
        rows = [
            (f"  {label}", value, told) for label, value, _, told in place_rows(place, words=words)
        ]
        lines += ["", words.say("describe.placed", **values)]
        lines += table_lines(("", "", ""), rows, right=frozenset({1}))
    return lines


def _free(folder: Path, events: Path) -> None:
    """Refuse a folder that holds something else than a portrait of this log."""
    if not result_in(folder, DOCUMENT):
        return
    known = read_json(folder / DOCUMENT)
    digest = known.get("log", {}).get("sha256") if isinstance(known, dict) else None
    if events.is_file() and digest != content_digest(events):
        raise taken("folder", folder)


def _write(asked: AskedPortrait, folder: Path, portrait: Portrait, words: Words) -> None:
    """The data, the page and its pictures as PNG and SVG."""
    from sim.report.page import write_report
    from sim.report.pictures import write_pictures
    from sim.report.portrait import portrait_page

    name = asked.events.name.removesuffix(".gz").removesuffix(".csv")
    page = portrait_page(portrait, name=name, command=asked.command, words=words)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    about = {"name": name, "sha256": content_digest(asked.events), "command": asked.command}
    write_json(folder / DOCUMENT, {**portrait.document(), "log": about})
    write_report(folder / REPORT, page, words=words)
    write_pictures(folder, page)
