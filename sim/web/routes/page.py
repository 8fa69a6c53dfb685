"""The page: its files, the library that draws its figures, a session for whoever opens it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from sim.version import __version__
from sim.web.guarding import cookie
from sim.web.sessions import session_of

PAGE = Path(__file__).resolve().parent.parent / "page"
router = APIRouter()


class Began(BaseModel):
    """A session was begun; its cookie came with the answer."""

    version: str


class Status(BaseModel):
    """How the server is.

    Attributes:
        version: Version of the program.
        warm: Whether workers have loaded; before, a task takes a little longer to begin, and once,
            after installation, about a minute.
        workers: Tasks that run at once.
        begun: When the server was started: it changes when it was restarted.
    """

    version: str
    warm: bool
    workers: int
    begun: str


@router.get("/", include_in_schema=False)
def index(request: Request) -> Response:
    """The page, with a session if there is none yet."""
    response = FileResponse(PAGE / "index.html", headers={"cache-control": "no-cache"})
    sessions = request.app.state.sessions
    if sessions.find(cookie(request.headers, sessions.cookie)) is None:
        sessions.begin(response)
    return response


@router.post("/api/session", status_code=201, tags=["session"])
def begin_session(request: Request, response: Response) -> Began:
    """Begin a session; every other address needs its cookie."""
    request.app.state.sessions.begin(response)
    return Began(version=__version__)


@router.get("/api/status", tags=["session"], dependencies=[Depends(session_of)])
def status(request: Request) -> Status:
    """How the server is."""
    state = request.app.state
    return Status(
        version=__version__, warm=state.desk.crew.warm, workers=state.settings.limits.workers,
        begun=state.begun,
    )  # fmt: skip


@router.get("/plotly.js", include_in_schema=False)
def plotly() -> Response:
    """The library that draws figures, out of its package."""
    path = Path(str(files("plotly") / "package_data" / "plotly.min.js"))
    return FileResponse(
        path, media_type="text/javascript", headers={"cache-control": "private, max-age=86400"}
    )


class PageFiles(StaticFiles):
    """The page's files, asked anew each time and sent only if they changed."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """As Starlette's, to be checked again before it is used."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # handed on
        response.headers["cache-control"] = "no-cache"
        return response
