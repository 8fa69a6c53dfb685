"""Saved works of a session, a file each; what a ``.qunsim`` file holds."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import UserError
from sim.study.files import read_json, write_json
from sim.version import __version__
from sim.web.records import now
from sim.web.refusing import refused, unknown
from sim.web.sessions import Session, is_id, new_id
from sim.web.work import Work, read_work

if TYPE_CHECKING:
    from pathlib import Path

_GIVEN = ("id", "created", "changed", "runs")
_MOST_EVENTS = 50_000_000  # bytes of a shared log, unpacked


class ShareFile(BaseModel):
    """A ``.qunsim`` file: everything that another qunsim needs to open the same work.

    Attributes:
        qunsim: Version that wrote it.
        work: The work.
        events: The log that it begins with, as base64 of a gzipped table; None of a preset. It
            holds neither texts nor names.
        events_name: What the log was called.
    """

    model_config = ConfigDict(extra="forbid")

    schema_version: Literal[1] = Field(default=1, alias="schema")
    qunsim: str = Field(default=__version__, max_length=40)
    work: dict[str, Any]
    events: str | None = None
    events_name: str = Field("", max_length=200)


class Works:
    """The saved works of one session.

    Args:
        session: Whose.
        most: How many there may be.
    """

    def __init__(self, session: Session, *, most: int) -> None:
        self._folder, self._most = session.works, most

    def all(self) -> list[Work]:
        """All of them, the last changed first."""
        found = []
        for path in self._folder.glob("w*.json"):
            try:
                found.append(read_work(read_json(path)))
            except UserError:  # torn, or of a newer program
                continue
        return sorted(found, key=lambda one: one.changed, reverse=True)

    def read(self, name: str) -> Work:
        """One of them.

        Raises:
            Refused: 404.
        """
        path = self._path(name)
        if not path.is_file():
            raise unknown("web_work", name)
        return read_work(read_json(path))

    def create(self, work: Work) -> Work:
        """Save a new one, under an id of its own.

        Raises:
            Refused: 429 if there are too many.
        """
        if sum(1 for _ in self._folder.glob("w*.json")) >= self._most:
            raise refused(429, "too_big", "works", high=self._most)
        at = now()
        return self._write(_with(work, id=new_id("w"), created=at, changed=at, runs=()))

    def replace(self, name: str, work: Work) -> Work:
        """Save one over the one that is there.

        Raises:
            Refused: 404.
        """
        before = self.read(name)
        if content(before) == content(work) and before.name == work.name:
            return before
        return self._write(_with(work, id=name, created=before.created, changed=now(), runs=()))

    def delete(self, name: str) -> None:
        """Delete one.

        Raises:
            Refused: 404.
        """
        path = self._path(name)
        if not path.is_file():
            raise unknown("web_work", name)
        path.unlink()

    def _path(self, name: str) -> Path:
        if not is_id(name):
            raise unknown("web_work", name)
        return self._folder / f"{name}.json"

    def _write(self, work: Work) -> Work:
        write_json(self._folder / f"{work.id}.json", work.model_dump(mode="json"))
        return work


def _with(work: Work, **values: Any) -> Work:
    return work.model_copy(update=values)


def content(work: Work) -> dict[str, Any]:
    """What decides a work's numbers, as JSON has it."""
    table = work.model_dump(mode="json", exclude={*_GIVEN, "name", "schema_version"})
    return json.loads(json.dumps(table))  # type: ignore[no-any-return]


def share(work: Work, *, events: Path | None, name: str) -> ShareFile:
    """A work as a file to give away.

    Args:
        work: The work.
        events: The log that it begins with; None of a preset.
        name: What the log was called.
    """
    packed = None if events is None else base64.b64encode(events.read_bytes()).decode()
    table = work.model_dump(mode="json", exclude={"id", "created", "changed", "runs"})
    return ShareFile(schema=1, work=table, events=packed, events_name=name if packed else "")


def opened(file: ShareFile) -> tuple[Work, bytes | None]:
    """The work in a file, and the log that it begins with.

    Raises:
        UserError: What is wrong with it.
    """
    work = read_work({key: value for key, value in file.work.items() if key not in _GIVEN})
    if work.community.upload is None:
        return work, None
    if file.events is None:
        raise UserError("wrong_form", "share_file", file="-")
    try:
        packed = base64.b64decode(file.events, validate=True)
        unpacked = zlib.decompressobj(wbits=31).decompress(packed, _MOST_EVENTS)
    except (binascii.Error, zlib.error) as error:
        raise UserError("wrong_form", "share_file", file="-") from error
    if len(unpacked) >= _MOST_EVENTS:
        raise refused(413, "too_big", "request", limit_mb=_MOST_EVENTS // 1_000_000)
    return work, gzip.compress(unpacked, mtime=0)
