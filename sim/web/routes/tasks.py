"""Addresses of tasks: how far they are, what is to be seen of them, stopping and going on."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, WebSocket
from pydantic import BaseModel
from starlette.responses import FileResponse, Response
from starlette.websockets import WebSocketDisconnect, WebSocketState

from sim.errors import UserError
from sim.web.guarding import REPORT_POLICY
from sim.web.records import ENDED, Record, Task
from sim.web.refusing import Refused, language_of, refused, unknown, words_of
from sim.web.routes.asking import Mine, desk_of
from sim.web.sessions import session_of
from sim.web.tasks.base import FILES

if TYPE_CHECKING:
    from sim.web.desk import Desk
    from sim.web.sessions import Session

router = APIRouter(prefix="/api/tasks", tags=["tasks"])
_PACE = 0.2
"""Seconds between two messages about a task."""
_ANSWER = 60.0
"""Seconds that a question about a member may wait for its answer."""
_NAME = re.compile(r"[\w][\w.-]{0,80}")


class TaskAnswer(BaseModel):
    """A task."""

    task: Task


class TaskList(BaseModel):
    """Tasks, the newest first."""

    tasks: list[Task]


class Download(BaseModel):
    """A file that came of a task."""

    name: str
    bytes: int


class Downloads(BaseModel):
    """Files that came of a task."""

    files: list[Download]


def answer(record: Record, request: Request) -> TaskAnswer:
    """A task in the language asked for."""
    return TaskAnswer(task=record.told(words_of(request).lang))


@router.get("")
def list_tasks(request: Request, session: Mine) -> TaskList:
    """All tasks of this session."""
    lang = words_of(request).lang
    return TaskList(tasks=[one.told(lang) for one in desk_of(request).of(session)])


@router.get("/{task}")
def read_task(task: str, request: Request, session: Mine) -> TaskAnswer:
    """How far a task is."""
    return answer(desk_of(request).find(session, task), request)


@router.post("/{task}/stop")
async def stop(task: str, request: Request, session: Mine) -> TaskAnswer:
    """Stop a task now; what it finished is kept."""
    record = desk_of(request).find(session, task)
    await desk_of(request).stop(session, record)
    return answer(record, request)


@router.post("/{task}/go-on", status_code=202)
async def go_on(task: str, request: Request, session: Mine) -> TaskAnswer:
    """Go on with a task that was stopped or interrupted; nothing finished is done again."""
    record = desk_of(request).find(session, task)
    if record.task.state == "queued" and record.task.place == 0:  # its log is still arriving
        raise refused(409, "taken", "task")
    if record.task.kind == "import":  # what was sent is gone
        raise unknown("web_upload", task)
    if record.task.state != "done":
        await desk_of(request).submit(session, record)
    return answer(record, request)


@router.get("/{task}/view")
def view(task: str, request: Request, session: Mine) -> dict[str, Any]:
    """What is to be seen of a task by now."""
    record = desk_of(request).find(session, task)
    path = record.view(words_of(request).lang)
    if not path.is_file():
        raise unknown("web_view", task)
    return Response(path.read_bytes(), media_type="application/json")  # type: ignore[return-value]  # is JSON already


@router.get("/{task}/files")
def list_files(task: str, request: Request, session: Mine) -> Downloads:
    """Files that came of a task."""
    folder = desk_of(request).find(session, task).folder / FILES
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return Downloads(
        files=[Download(name=one.name, bytes=one.stat().st_size) for one in found if one.is_file()]
    )


@router.get("/{task}/files/{name}", response_class=FileResponse)
def read_file(task: str, name: str, request: Request, session: Mine) -> Response:
    """One of these files; a page is shown, everything else is saved."""
    folder = desk_of(request).find(session, task).folder / FILES
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise unknown("web_file", name)
    if path.suffix == ".html":
        return FileResponse(path, headers={"content-security-policy": REPORT_POLICY})
    return FileResponse(path, filename=name)


@router.get("/{task}/members")
async def members(
    task: str,
    request: Request,
    session: Mine,
    variant: Annotated[int, Query(ge=0, le=20)] = 0,
    replicate: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> dict[str, Any]:
    """Members of one simulated future whose story is worth reading."""
    asked = {"variant": variant, "replicate": replicate}
    return await _asked(request, session, task, "members", asked)


@router.get("/{task}/life")
async def life(
    task: str,
    request: Request,
    session: Mine,
    member: Annotated[int, Query(ge=0, le=10_000_000)],
    variant: Annotated[int, Query(ge=0, le=20)] = 0,
    replicate: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> dict[str, Any]:
    """A member's life in one simulated future."""
    asked = {"variant": variant, "replicate": replicate, "member": member}
    return await _asked(request, session, task, "life", asked)


async def _asked(
    request: Request, session: Session, task: str, kind: Any, asked: dict[str, Any]
) -> dict[str, Any]:
    """Have a worker answer a question about a comparison."""
    desk = desk_of(request)
    of = desk.find(session, task)
    if of.task.kind != "compare" or of.task.state == "queued":
        raise unknown("web_view", task)
    record = desk.new(session, kind, work=None, asked=asked | {"of": str(of.folder)})
    try:
        await desk.submit(session, record)
        async with asyncio.timeout(_ANSWER):
            await desk.ended(record)
        if record.task.state != "done":
            raise _failed(record)
        body = record.view(words_of(request).lang).read_bytes()
    except TimeoutError as error:
        raise refused(429, "too_big", "waiting") from error
    finally:
        await desk.forget(session, record)
    return Response(body, media_type="application/json")  # type: ignore[return-value]  # is JSON already


def _failed(record: Record) -> Refused:
    """Why there is no answer."""
    error = record.task.error
    if error is None:  # stopped by another window
        return refused(409, "stopped", "task")
    kind, _, reason = error.code.partition("/")
    return Refused(400, UserError(kind, reason), texts=record.errors)


@router.websocket("/{task}/events")
async def events(socket: WebSocket, task: str, lang: str = "en") -> None:
    """Tell how far a task is and what is to be seen, until it has ended."""
    desk: Desk = socket.app.state.desk
    try:
        record = desk.find(session_of(socket), task)
    except Refused:
        await socket.close(1008)
        return
    await socket.accept()
    gone = asyncio.ensure_future(_until_gone(socket))
    try:
        await _tell(socket, desk, record, lang, gone)
    except (WebSocketDisconnect, RuntimeError):  # it went away in the middle of a message
        return
    finally:
        gone.cancel()
        if socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await socket.close()


async def _tell(
    socket: WebSocket, desk: Desk, record: Record, lang: str, gone: asyncio.Future[None]
) -> None:
    language = language_of(lang)
    seen, looks = (-1, -1), -1
    while True:
        if (record.version, record.looks) != seen:
            seen = (record.version, record.looks)
            told = TaskAnswer(task=record.told(language)).model_dump_json()
            await socket.send_text(f'{{"type":"task",{told[1:]}')
            path = record.view(language)
            if seen[1] != looks and path.is_file():
                looks = seen[1]
                text = await asyncio.to_thread(path.read_text, "utf-8")
                await socket.send_text(f'{{"type":"look","view":{text}}}')
        if record.task.state in ENDED:
            return
        news = asyncio.ensure_future(desk.changed(record, since=seen))
        either: list[asyncio.Future[Any]] = [news, gone]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            news.cancel()
            return
        await asyncio.sleep(_PACE)


async def _until_gone(socket: WebSocket) -> None:
    """Wait until the other side has gone; what it says is of no interest."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass
