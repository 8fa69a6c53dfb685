"""Who asks, and the desk that is asked; tasks, works and uploads begin with both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends

from sim.web.sessions import Session, session_of

if TYPE_CHECKING:
    from fastapi import Request

    from sim.web.desk import Desk

Mine = Annotated[Session, Depends(session_of)]
"""The session of whoever asks."""


def desk_of(request: Request) -> Desk:
    """The desk of the server."""
    desk: Desk = request.app.state.desk
    return desk
