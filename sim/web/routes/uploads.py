"""Addresses of uploaded chat logs: they are read once, and only who, when and to whom is kept."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sim.errors import UserError
from sim.study.files import read_json
from sim.web.records import Task
from sim.web.refusing import refused, unknown, words_of
from sim.web.routes.asking import Mine, desk_of
from sim.web.sessions import is_id
from sim.web.tasks.base import EVENTS, RAW

if TYPE_CHECKING:
    from pathlib import Path

    from sim.web.desk import Desk
    from sim.web.records import Record
    from sim.web.sessions import Session

router = APIRouter(prefix="/api/uploads", tags=["uploads"])
_MB = 1_000_000
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,8}){1,2}$")
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_SPARE = 3
"""Free disk space that must be there, in sizes of the file."""


class Upload(BaseModel):
    """An uploaded log.

    Attributes:
        id: Id of the task that reads it, and name of the community in a work.
        name: Name of the file as it was sent.
        bytes: Its size.
        task: How far it is.
    """

    id: str
    name: str
    bytes: int
    task: Task


class UploadAnswer(BaseModel):
    """An uploaded log."""

    upload: Upload


class UploadList(BaseModel):
    """Uploaded logs, the newest first."""

    uploads: list[Upload]


@router.post(
    "",
    status_code=202,
    openapi_extra={
        "requestBody": {"content": {"application/octet-stream": _BYTES}, "required": True}
    },
)
async def upload(
    request: Request, session: Mine, name: Annotated[str, Query(min_length=1, max_length=200)]
) -> UploadAnswer:
    """Send a chat export; it is read by a worker and then deleted, texts and names are not kept."""
    desk = desk_of(request)
    limits = request.app.state.settings.limits
    if sum(one.task.kind == "import" for one in desk.of(session)) >= limits.uploads:
        raise refused(429, "too_big", "uploads", high=limits.uploads)
    record = desk.new(session, "import", name=_plain(name))
    suffix = _SUFFIX.search(name)
    path = handed_in(record, "export" + (suffix.group() if suffix else ""))
    try:
        size = await _receive(request, path, limits.upload_mb * _MB)
    except BaseException:
        await desk.forget(session, record)
        raise
    await read_log(desk, session, record, path, size=size)
    return UploadAnswer(upload=told(record.told(words_of(request).lang)))


async def _receive(request: Request, path: Path, most: int) -> int:
    """Write what is sent into a file, no more than is allowed."""
    size = 0
    with path.open("wb") as stream:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise refused(413, "too_big", "request", limit_mb=most // _MB)
            if shutil.disk_usage(path.parent).free < _SPARE * size:
                raise refused(413, "no_space", "disk_full", file=_plain(path.name))
            stream.write(part)
    if size == 0:
        raise UserError("too_short", "upload")
    return size


def handed_in(record: Record, name: str) -> Path:
    """Where a log is put for the task that will read it."""
    folder = record.folder / RAW
    folder.mkdir()
    return folder / name


async def read_log(desk: Desk, session: Session, record: Record, path: Path, *, size: int) -> None:
    """Let a worker read a log that was handed in."""
    record.task.asked.update(raw=f"{RAW}/{path.name}", name=record.task.name, bytes=size)
    await desk.submit(session, record)


@router.get("")
def list_uploads(request: Request, session: Mine) -> UploadList:
    """Uploaded logs of this session."""
    lang, desk = words_of(request).lang, desk_of(request)
    found = [one.told(lang) for one in desk.of(session) if one.task.kind == "import"]
    return UploadList(uploads=[told(one) for one in found])


@router.get("/{upload}/portrait")
def read_portrait(upload: str, request: Request, session: Mine) -> dict[str, Any]:
    """The portrait of an uploaded log, of the shape of a preset's, with its past and forecast."""
    record = desk_of(request).find(session, upload)
    path = record.view(words_of(request).lang)
    if record.task.kind != "import" or not path.is_file():
        raise unknown("web_upload", upload)
    portrait: dict[str, Any] = read_json(path)["portrait"]
    return portrait


@router.delete("/{upload}", status_code=204)
async def delete_upload(upload: str, request: Request, session: Mine) -> Response:
    """Forget a log and everything that was made of it."""
    desk = desk_of(request)
    record = desk.find(session, upload)
    if record.task.kind != "import":
        raise unknown("web_upload", upload)
    await desk.forget(session, record)
    return Response(status_code=204)


def told(task: Task) -> Upload:
    """An upload as the API tells it."""
    return Upload(id=task.id, name=task.name, bytes=int(task.asked.get("bytes", 0)), task=task)


def events_of(session: Session, upload: str) -> Path:
    """The events of an uploaded log.

    Raises:
        Refused: 404 if it is not there or could not be read.
    """
    path = session.tasks / upload / EVENTS
    if not is_id(upload) or not path.is_file():
        raise unknown("web_upload", upload)
    return path


def _plain(name: str) -> str:
    """A file's name without its folders and without what is no character of a name."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:120] or "export"
