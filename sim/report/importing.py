"""What was read of chat exports, in sentences; they name nobody and quote nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sim.logs.times import parse_day
from sim.report import numbers

if TYPE_CHECKING:
    from sim.logs.importers import ImportReport
    from sim.logs.table import ReadNotes
    from sim.words import Words


def import_notes(report: ImportReport, *, words: Words) -> list[str]:
    """What a reader of imported exports has to know, a sentence each.

    Args:
        report: What the import gave.
        words: Language.
    """
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
    return told


def read_notes(notes: ReadNotes, file: str, words: Words) -> list[str]:
    """What of a file was not read, a sentence each."""
    lines = []
    if notes.skipped:
        values = {"file": file, "count": notes.skipped, "line": notes.first_skipped}
        lines.append(words.say("log.read_skipped", **values))
    if notes.damaged:
        lines.append(words.say("log.read_damaged", file=file))
    return lines
