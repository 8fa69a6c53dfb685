"""``qunsim import`` and ``qunsim describe``: real communities from their chat logs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

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

_SHARES = (
    "reply_share", "last_to_peak", "top1_share", "top10_share", "once", "one_day", "ret30_60",
)  # fmt: skip
_MEANS = (
    "messages_per_active_day", "messages_per_speaking_day", "mam_last3", "med_life_days",
    "speakers_week", "messages_week", "newcomers_week", "gini", "burstiness", "member_burstiness",
)  # fmt: skip
_SHOWN_TWICE = ("top1", "top10", "too_quiet")  # exact variants of what is shown, and riders


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
        told += _read_notes(one.part.notes, one.file, words)
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


def _read_notes(notes: ReadNotes, file: str, words: Words) -> list[str]:
    """What of a file was not read, a sentence each."""
    lines = []
    if notes.skipped:
        values = {"file": file, "count": notes.skipped, "line": notes.first_skipped}
        lines.append(words.say("log.read_skipped", **values))
    if notes.damaged:
        lines.append(words.say("log.read_damaged", file=file))
    return lines


def describe_command(events: Path, *, tz: str, words: Words, as_json: bool) -> None:
    """Print the portrait of a log.

    Raises:
        UserError: What keeps it from being read; ``too_short``/``no_messages``.
    """
    from sim.logs.describe import describe
    from sim.logs.events import read_events
    from sim.logs.times import zone

    table = read_events(events, tz=tz)
    middle = datetime.fromtimestamp(int(table.seconds[len(table) // 2]), UTC)
    offset = zone(tz).utcoffset(middle.astimezone(zone(tz)).replace(tzinfo=None))
    seconds = int(offset.total_seconds()) if offset is not None else 0
    statistics = describe(table, offset=seconds)
    for line in _read_notes(table.notes, str(events), words):
        shell.hint(*wrap(f"  {line}", COLUMNS, indent="  "))
    if as_json:
        shell.say_json({"schema": 1, **statistics})
        return
    rows = [
        (words.say(f"describe.{name}") if words.has(f"describe.{name}") else name, told)
        for name, value in statistics.items()
        if name not in _SHOWN_TWICE and (told := _told(name, value, statistics, words))
    ]
    shell.say(table_lines(("", ""), rows))
    hint(words, f"qunsim forecast {events}")


def _told(name: str, value: Any, statistics: dict[str, Any], words: Words) -> str:
    """A statistic as people read it."""
    if value is None:
        return numbers.UNDEFINED
    if name == "stage":
        return words.say("stage.too_quiet") if statistics["too_quiet"] else words.stage(value)
    if name == "hours":
        busiest = max(range(24), key=value.__getitem__)
        share = numbers.share(value[busiest], words=words)
        return words.say("describe.hour", hour=f"{busiest:02d}:00", share=share)
    if name == "weekdays":
        busiest = max(range(7), key=value.__getitem__)
        share = numbers.share(value[busiest], words=words)
        return words.say("describe.day", day=words.say(f"describe.day_{busiest}"), share=share)
    if name in _SHARES:
        return numbers.share(value, words=words)
    if name in _MEANS:
        return numbers.decimal(value)
    return numbers.count(value, words=words) if isinstance(value, int) else str(value)
