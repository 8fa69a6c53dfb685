"""``qunsim import``: real communities from their chat logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.catalogue import hint
from sim.report import numbers
from sim.report.importing import import_notes
from sim.report.terminal import COLUMNS, table_lines
from sim.words.typography import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.logs.importers import ImportReport
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
    told = import_notes(report, words=words)
    lines += [part for line in told for part in wrap(f"  {line}", COLUMNS, indent="    ")]
    return [*lines, *wrap(words.say(f"log.import_{'named' if named else 'private'}"), COLUMNS)]
