"""``qunsim import``: real communities from their chat logs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.catalogue import hint
from sim.logs.times import parse_day
from sim.report import numbers
from sim.report.terminal import COLUMNS, table_lines
from sim.words.typography import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.logs.importers import ImportReport
    from sim.logs.table import ReadNotes
    from sim.words import Words


def formats(*, words: Words) -> None:
    """Print the formats that ``import`` reads."""
    from sim.logs.importers import FORMATS

    rows = []
    for form in FORMATS:
        key = f"log.format_{form.name}"
        rows.append((form.name, words.say(key) if words.has(key) else ""))
    shell.say(table_lines(("", ""), rows))


def import_command(
    files: Sequence[Path],
    *,
    form: str | None,
    tz: str | None,
    out: Path,
    keep_names: bool,
    words: Words,
) -> None:
    """Merge chat exports into one event file, without texts and, unless asked for, names.

    Raises:
        UserError: What keeps a file from being read or written.
    """
    from sim.logs.events import write_events
    from sim.logs.importers import import_files
    from sim.study.files import write_json

    table, report = import_files(files, importer=form, tz=tz)
    write_events(table, out, keep_names=keep_names)
    beside = out.with_name(out.name.removesuffix(".gz").removesuffix(".csv") + ".import.json")
    write_json(beside, report.table())
    shell.say(_import_lines(report, str(out), words, named=keep_names))
    hint(words, f"qunsim describe {out}")


def _import_lines(report: ImportReport, out: str, words: Words, *, named: bool) -> list[str]:
    values = {
        "events": numbers.count(report.events, words=words),
        "members": numbers.count(report.members, words=words),
        "first": report.first, "last": report.last,
    }  # fmt: skip
    lines = wrap(words.say("log.imported", out=out, **values), COLUMNS)
    told = []
    if report.chats > 1:
        told.append(words.say("log.import_chats", count=report.chats))
    if report.duplicates:
        told.append(words.say("log.import_twice", count=report.duplicates))
    if report.weak:
        told.append(words.say("log.import_weak", share=numbers.share(report.weak, words=words)))
    left_out = Counter[str]()
    for one in report.files:
        left_out.update(one.part.counts)
        told += read_notes(one.part.notes, one.file, words)
    told += [words.say(f"log.import_{cause}", count=n) for cause, n in sorted(left_out.items())]
    if report.gaps:
        start, end = max(report.gaps, key=lambda gap: parse_day(gap[1]) - parse_day(gap[0]))
        told.append(words.say("log.import_gaps", count=len(report.gaps), start=start, end=end))
    zones = {one.zone for one in report.files}
    told.append(words.say("log.import_zone", zone=", ".join(sorted(zones))))
    if not report.leaves:
        told.append(words.say("log.import_leaves"))
    lines += [part for line in told for part in wrap(f"  {line}", COLUMNS, indent="    ")]
    return [*lines, *wrap(words.say(f"log.import_{'named' if named else 'private'}"), COLUMNS)]


def read_notes(notes: ReadNotes, file: str, words: Words) -> list[str]:
    """What of a file was not read, a sentence each."""
    lines = []
    if notes.skipped:
        values = {"file": file, "count": notes.skipped, "line": notes.first_skipped}
        lines.append(words.say("log.read_skipped", **values))
    if notes.damaged:
        lines.append(words.say("log.read_damaged", file=file))
    return lines
