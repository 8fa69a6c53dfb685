"""The application: everything that answers, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from sim.version import __version__
from sim.web import refusing
from sim.web.desk import Desk
from sim.web.guarding import Guard
from sim.web.records import now
from sim.web.routes import catalogue, check, page, tasks, uploads, works
from sim.web.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sim.web.settings import Settings

ABOUT = """What-if experiments on online communities.

Begin a session (`POST /api/session`; its cookie goes with every request), save a work (what is
compared with what), let it be compared, and follow the task by its WebSocket
`/api/tasks/{task}/events` or by asking. Every refusal has the form `{"error": {"code", "message",
"at"}}`; `?lang=zh` makes messages and labels Chinese.
"""


def create_app(settings: Settings) -> FastAPI:
    """The application of a server.

    Args:
        settings: Where it listens, where it keeps what is saved, what it allows.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings.data.mkdir(parents=True, exist_ok=True)
        app.state.settings = settings
        app.state.begun = now()
        app.state.sessions = Sessions(settings)
        app.state.desk = desk = Desk(settings)
        for session in app.state.sessions.all():
            desk.load(session)
        desk.begin()
        try:
            yield
        finally:
            await desk.close()

    app = FastAPI(
        title="qunsim", version=__version__, description=ABOUT, lifespan=lifespan, docs_url=None,
        redoc_url=None, openapi_url="/api/openapi.json", responses=refusing.RESPONSES,
    )  # fmt: skip
    refusing.install(app)
    for routes in (page, catalogue, check, works, tasks, uploads):
        app.include_router(routes.router)
    app.mount("/", page.PageFiles(directory=page.PAGE), name="page")
    app.add_middleware(Guard, settings=settings)
    return app
