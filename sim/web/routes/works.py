"""Addresses of saved works, and of what is asked of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from sim.web.desk import EXPERIMENT
from sim.web.records import ENDED, Task
from sim.web.refusing import Refused, refused, words_of
from sim.web.routes.asking import Mine, desk_of
from sim.web.routes.tasks import TaskAnswer, answer
from sim.web.routes.uploads import events_of, handed_in, read_log
from sim.web.tasks.base import EVENTS
from sim.web.work import Work, WorkRun, experiment_text
from sim.web.works import ShareFile, Works, content, opened, share

if TYPE_CHECKING:
    from sim.web.records import Kind, Record
    from sim.web.sessions import Session

router = APIRouter(prefix="/api/works", tags=["works"])
_KEPT = 5
"""Tasks of a kind that are kept of one work."""


class WorkLine(BaseModel):
    """A saved work in a list.

    Attributes:
        id: Its id.
        name: What it is called.
        changed: When, ISO 8601.
        community: Key of its preset; empty if it begins with a log.
        community_label: What it begins with, in the language asked for.
        variants: Variants beside the baseline.
        last: Its last comparison, if there is one.
    """

    id: str
    name: str
    changed: str
    community: str
    community_label: str
    variants: int
    last: Task | None = None


class WorkList(BaseModel):
    """Saved works, the last changed first."""

    works: list[WorkLine]


class _Options(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExplainOptions(_Options):
    """What to explain.

    Attributes:
        variant: Number of the variant, from 1; None = the best by the goal.
        task: The comparison; None = the last one that is finished.
    """

    variant: int | None = Field(None, ge=1, le=12)
    task: str | None = Field(None, max_length=40)


class PlanOptions(_Options):
    """What to plan with.

    Attributes:
        budget: Yuan above what is spent today; None = not limited; not said = the work's.
        minutes: Staff minutes a week above today's; likewise.
        goal: Key of the KPI; None = the work's.
        candidates: Keys of policies to choose from; None = all that fit.
        trials: Mixes to try.
    """

    budget: float | None = Field(None, ge=0, le=1e9)
    minutes: float | None = Field(None, ge=0, le=10_080)
    goal: str | None = Field(None, max_length=40)
    candidates: list[Annotated[str, Field(max_length=60)]] | None = Field(None, max_length=60)
    trials: int = Field(400, ge=20, le=5000)


class ReportOptions(_Options):
    """What to write.

    Attributes:
        format: ``html``, ``xlsx``, ``csv`` or ``md``.
        lang: Language of the report.
        task: The comparison; None = the last one that is finished.
    """

    format: Literal["html", "xlsx", "csv", "md"] = "html"
    lang: Literal["en", "zh"] = "zh"
    task: str | None = Field(None, max_length=40)


@router.get("")
def list_works(request: Request, session: Mine) -> WorkList:
    """All works of this session."""
    words = words_of(request)
    compared = [one for one in desk_of(request).of(session) if one.task.kind == "compare"]
    newest = {one.task.work: one for one in reversed(compared)}
    lines = []
    for work in _works(request, session).all():
        last = newest.get(work.id)
        lines.append(
            WorkLine(
                id=work.id, name=work.name, changed=work.changed,
                community=work.community.preset or "",
                community_label=_label(request, session, work),
                variants=len(work.variants), last=None if last is None else last.told(words.lang),
            )
        )  # fmt: skip
    return WorkList(works=lines)


@router.post("", status_code=201)
def create_work(work: Work, request: Request, session: Mine) -> Work:
    """Save a new work."""
    _base(session, work)
    return _works(request, session).create(work)


@router.post("/file", status_code=201)
async def open_file(file: ShareFile, request: Request, session: Mine) -> Work:
    """Open a ``.qunsim`` file as a new work."""
    work, events = opened(file)
    if events is not None:
        work = await _with_log(request, session, work, events, file.events_name)
    return _works(request, session).create(work)


async def _with_log(
    request: Request, session: Session, work: Work, events: bytes, name: str
) -> Work:
    """A work with its log put where uploaded ones are, read by a worker like those."""
    desk = desk_of(request)
    record = desk.new(session, "import", name=name or EVENTS)
    path = handed_in(record, EVENTS)
    path.write_bytes(events)
    await read_log(desk, session, record, path, size=len(events))
    await desk.ended(record)
    if record.task.state != "done":
        await desk.forget(session, record)
        raise refused(400, "wrong_form", "share_file", file=name)
    community = work.community.model_copy(update={"upload": record.task.id})
    return work.model_copy(update={"community": community})


@router.get("/{work}")
def read_work(work: str, request: Request, session: Mine) -> Work:
    """A saved work with its tasks."""
    found = _works(request, session).read(work)
    runs = tuple(
        WorkRun(id=one.task.id, kind=one.task.kind, state=one.task.state, when=one.task.created)
        for one in desk_of(request).of(session, work=work)
    )
    return found.model_copy(update={"runs": runs})


@router.put("/{work}")
def replace_work(work: str, content: Work, request: Request, session: Mine) -> Work:
    """Save a work anew; its results stay."""
    _base(session, content)
    return _works(request, session).replace(work, content)


@router.delete("/{work}", status_code=204)
async def delete_work(work: str, request: Request, session: Mine) -> Response:
    """Delete a work and its results."""
    _works(request, session).delete(work)
    for record in desk_of(request).of(session, work=work):
        await desk_of(request).forget(session, record)
    return Response(status_code=204)


@router.post("/{work}/copy", status_code=201)
def copy_work(work: str, request: Request, session: Mine) -> Work:
    """Save a copy of a work."""
    works = _works(request, session)
    return works.create(works.read(work))


@router.get("/{work}/file")
def share_file(work: str, request: Request, session: Mine) -> ShareFile:
    """A work as a file to give away, which opens exactly elsewhere."""
    found = _works(request, session).read(work)
    events, name = None, ""
    if (upload := found.community.upload) is not None:
        events = events_of(session, upload)
        name = desk_of(request).find(session, upload).task.name
    body = share(found, events=events, name=name).model_dump(mode="json", by_alias=True)
    # the name is the page's to give: headers carry no Chinese
    return JSONResponse(body)  # type: ignore[return-value]  # is JSON already


@router.post("/{work}/compare", status_code=202)
async def compare(
    work: str, request: Request, session: Mine, body: Work | None = None
) -> TaskAnswer:
    """Compare the variants of a work; sent along, it is saved first.

    What was compared already is shown again; what was stopped goes on.
    """
    works, desk = _works(request, session), desk_of(request)
    found = works.read(work) if body is None else replace_work(work, body, request, session)
    if not found.variants:
        raise refused(400, "wrong_form", "work_alone", at="variants")
    text = experiment_text(found, _base(session, found))
    asked = {"content": content(found)}
    for record in desk.of(session, work=work):
        if record.task.kind != "compare":
            continue
        if record.task.asked == asked and record.task.state != "failed":
            if record.task.state in ("stopped", "interrupted"):
                await desk.submit(session, record)
            return answer(record, request)
        if record.task.state not in ENDED:
            await desk.stop(session, record)
    record = desk.new(session, "compare", work=work, name=found.name, asked=asked)
    return await _begin(request, session, record, text)


@router.post("/{work}/plan", status_code=202)
async def plan(work: str, options: PlanOptions, request: Request, session: Mine) -> TaskAnswer:
    """Look for the mix of policies that a budget is best spent on."""
    said = options.model_dump(include={"budget", "minutes"} & options.model_fields_set)
    if options.goal is not None:
        said["goal"] = options.goal
    found = _works(request, session).read(work).model_copy(update=said)
    text = experiment_text(found, _base(session, found))
    asked = options.model_dump(mode="json")
    record = desk_of(request).new(session, "plan", work=work, name=found.name, asked=asked)
    return await _begin(request, session, record, text)


@router.post("/{work}/explain", status_code=202)
async def explain(
    work: str, options: ExplainOptions, request: Request, session: Mine
) -> TaskAnswer:
    """Say where a difference comes from, and what would overturn it."""
    return await _about(request, session, work, "explain", options.model_dump(mode="json"))


@router.post("/{work}/report", status_code=202)
async def report(work: str, options: ReportOptions, request: Request, session: Mine) -> TaskAnswer:
    """Write the report of a comparison."""
    return await _about(request, session, work, "report", options.model_dump(mode="json"))


@router.post("/{work}/forecast", status_code=202)
async def forecast(work: str, request: Request, session: Mine) -> TaskAnswer:
    """Forecast the weeks ahead of an uploaded log."""
    found = _works(request, session).read(work)
    if found.community.upload is None:
        raise refused(409, "wrong_form", "forecast_log")
    asked = {"of": str(events_of(session, found.community.upload).parent)}
    record = desk_of(request).new(session, "forecast", work=work, name=found.name, asked=asked)
    return await _begin(request, session, record, None)


async def _about(
    request: Request, session: Session, work: str, kind: Kind, asked: dict[str, Any]
) -> TaskAnswer:
    """A task about a finished comparison of a work."""
    desk = desk_of(request)
    found = _works(request, session).read(work)
    name = asked.pop("task")
    if name is None:
        done = (one for one in desk.of(session, work=work)
                if one.task.kind == "compare" and one.task.state == "done")  # fmt: skip
        of = next(done, None)
        if of is None:
            raise refused(409, "not_found", "web_view", name=found.name)
    else:
        of = desk.find(session, name)
    asked["of"] = str(of.folder)
    record = desk.new(session, kind, work=work, name=found.name, asked=asked)
    return await _begin(request, session, record, None)


async def _begin(
    request: Request, session: Session, record: Record, experiment: str | None
) -> TaskAnswer:
    """Let a task wait for a worker, and forget the oldest of its kind."""
    desk = desk_of(request)
    if experiment is not None:
        (record.folder / EXPERIMENT).write_text(experiment, "utf-8")
    await desk.submit(session, record)
    same = [one for one in desk.of(session, work=record.task.work)
            if one.task.kind == record.task.kind and one.task.state in ENDED]  # fmt: skip
    for old in same[_KEPT:]:
        await desk.forget(session, old)
    return answer(record, request)


def _label(request: Request, session: Session, work: Work) -> str:
    """What a work begins with."""
    if work.community.preset is not None:
        return words_of(request).preset(work.community.preset)
    with suppress(Refused):
        return desk_of(request).find(session, work.community.upload or "").task.name
    return ""


def _base(session: Session, work: Work) -> str:
    """What a work's experiment begins with: a preset, or the events of an uploaded log.

    Raises:
        Refused: 404 if the log is not there.
    """
    if work.community.upload is None:
        return str(work.community.preset)
    return str(events_of(session, work.community.upload).resolve())


def _works(request: Request, session: Session) -> Works:
    return Works(session, most=request.app.state.settings.limits.works)
