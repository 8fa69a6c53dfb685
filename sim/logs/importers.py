"""Importing chat exports: one module a format, files merged and de-duplicated.

A format is a :class:`Format` that its module offers; to add one, write the module and name it in
:data:`FORMATS`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.logs import (
    chatlog,
    discord_csv,
    discord_json,
    discourse,
    generic,
    irc,
    pywxdump,
    qq_json,
    qq_txt,
    slack,
    telegram,
    telegram_html,
    wechat_stat,
    wechat_txt,
    wechatmsg,
    weflow,
    whatsapp,
)
from sim.logs.files import files_in, is_folder, read_head, refuse_binary
from sim.logs.format import Format
from sim.logs.gather import Gather
from sim.logs.table import DAY, EVENTS, WEEK, day_text
from sim.logs.times import zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.logs.gather import Part
    from sim.logs.table import EventTable

FORMATS: tuple[Format, ...] = (
    wechatmsg.FORMAT,
    pywxdump.FORMAT,
    weflow.FORMAT,
    wechat_stat.FORMAT,
    chatlog.FORMAT,
    wechat_txt.FORMAT,
    telegram.FORMAT,
    telegram_html.FORMAT,
    discord_json.FORMAT,
    discord_csv.FORMAT,
    slack.FORMAT,
    discourse.FORMAT,
    qq_json.FORMAT,
    qq_txt.FORMAT,
    irc.FORMAT,
    whatsapp.FORMAT,
    generic.FORMAT,
)
"""All formats, the most particular first; the generic table comes last and explains refusals."""

MOST_GAPS = 20
"""Silences that a report lists, the longest first."""


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What one file gave.

    Attributes:
        file: Its path.
        format: Name of the format.
        zone: Zone of times that name none.
        part: Events and what was left out.
    """

    file: str
    format: str
    zone: str
    part: Part


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import gave; nothing in it names a person or quotes a text.

    Attributes:
        files: One entry a file, in the order read.
        events: Events in the result.
        members: Members in the result.
        weak: Share of members whom the source tells by a name only.
        duplicates: Events left out because another file holds them too.
        kinds: Events by kind, only kinds that occur.
        first: Date of the first event (UTC).
        last: Date of the last event (UTC).
        gaps: Silences of more than a week: last date before and first date after (UTC).
        joins: Whether the formats tell who joined.
        leaves: Whether they tell who left; where not, nobody is known to have stayed either.
        chats: Groups or channels read as one log; 0 = the formats do not tell them apart.
    """

    files: tuple[FileReport, ...]
    events: int
    members: int
    weak: float
    duplicates: int
    kinds: dict[str, int]
    first: str
    last: str
    gaps: tuple[tuple[str, str], ...] = field(default=())
    joins: bool = True
    leaves: bool = True
    chats: int = 0

    def table(self) -> dict[str, Any]:
        """As the report beside the result has it."""
        return {
            "schema": 1,
            "events": self.events, "members": self.members,
            "members_known_by_name_only": round(self.weak, 4),
            "events_in_several_files": self.duplicates, "kinds": self.kinds,
            "first": self.first, "last": self.last,
            "silences": [{"from": start, "to": end} for start, end in self.gaps],
            "joins": "told" if self.joins else "unknown",
            "leaves": "told" if self.leaves else "unknown",
            "groups_or_channels": self.chats or None,
            "files": [
                {
                    "file": Path(one.file).name, "format": one.format, "time_zone": one.zone,
                    "events": one.part.events, "not_understood": one.part.notes.skipped,
                    "first_not_understood": one.part.notes.first_skipped or None,
                    "breaks_off": one.part.notes.damaged, "left_out": one.part.counts,
                }
                for one in self.files
            ],
        }  # fmt: skip


def import_files(
    paths: Sequence[Path | str], *, importer: str | None = None, tz: str | None = None
) -> tuple[EventTable, ImportReport]:
    """Read files or folders into one table.

    Members are the same person where the files call them the same. An event that several files
    hold is taken once; equal events within one file are kept, for two messages may fall in one
    second: of each event there are as many as in the file that holds most.

    Args:
        paths: Files and folders, at least one; of a folder, the files in it that a format knows.
        importer: Name of the format; default: recognised file by file.
        tz: Zone of times that name none; default: each format's own.

    Raises:
        UserError: ``not_found``/``format``, ``not_found``/``no_files``, ``not_found``/
            ``time_zone``, ``wrong_file``/``empty_folder``, ``too_short``/``no_events`` or
            ``no_group``, and what reading raises.
    """
    if not paths:
        raise UserError("not_found", "no_files")
    if tz is not None:
        zone(tz)
    gather, read = Gather(), list[tuple[Path, Format, str]]()
    for file, form in _sources(paths, importer):
        place = tz or form.zone
        form.read(file, gather, local=zone(place))
        gather.end_file()
        read.append((file, form, place))
    if not len(gather):
        private = any(part.counts.get("sections") for part in gather.parts)
        reason = "no_group" if private else "no_events"
        raise UserError("too_short", reason, file=str(read[0][0]))
    table, duplicates = gather.table()
    reports = tuple(
        FileReport(file=str(file), format=form.name, zone=place, part=part)
        for (file, form, place), part in zip(read, gather.parts, strict=True)
    )
    kinds = np.bincount(table.event, minlength=len(EVENTS))
    return table, ImportReport(
        files=reports, events=len(table), members=table.members, weak=gather.weak_share,
        duplicates=duplicates,
        kinds={name: int(count) for name, count in zip(EVENTS, kinds, strict=True) if count},
        first=day_text(int(table.seconds[0])), last=day_text(int(table.seconds[-1])),
        gaps=_gaps(table), joins=all(form.joins for _, form, _ in read),
        leaves=all(form.leaves for _, form, _ in read), chats=len(gather.chats),
    )  # fmt: skip


def _sources(paths: Sequence[Path | str], name: str | None) -> list[tuple[Path, Format]]:
    """Files to read with their formats, each once, parts of one export beside each other."""
    found: dict[str, tuple[Path, Format]] = {}
    for path in paths:
        for file in _files(Path(path)):
            if os.path.realpath(file) in found:  # a part of what is read already
                continue
            form = _format(file, name)
            for part in form.parts(file):
                found.setdefault(os.path.realpath(part), (part, form))
    return list(found.values())


def _files(path: Path) -> list[Path]:
    if not is_folder(path):
        return [path]
    files = [file for file in files_in(path) if _known(file)]
    if not files:
        raise UserError("wrong_file", "empty_folder", file=str(path))
    return files


def _known(file: Path) -> bool:
    try:
        head = read_head(file)
    except UserError:
        return False
    return any(form.sniff(head, file) for form in FORMATS)


def _format(file: Path, name: str | None) -> Format:
    if name is not None:
        names = [form.name for form in FORMATS]
        if name not in names:
            raise UserError("not_found", "format", name=name, suggestion=names)
        return FORMATS[names.index(name)]
    head = read_head(file)
    for form in FORMATS:
        if form.sniff(head, file):
            return form
    refuse_binary(head, path=file)
    return FORMATS[-1]


def _gaps(table: EventTable) -> tuple[tuple[str, str], ...]:
    """Silences of more than a week, the longest of them, in order of time."""
    lengths = np.diff(table.seconds)
    places = np.flatnonzero(lengths > WEEK)
    longest = places[np.argsort(-lengths[places], kind="stable")][:MOST_GAPS]
    return tuple(
        (day_text(int(table.seconds[at]) // DAY * DAY), day_text(int(table.seconds[at + 1])))
        for at in np.sort(longest)
    )
