"""The address that checks a work: what is wrong with it, what it takes as planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from sim.errors import UserError
from sim.web.checking import Checked, check
from sim.web.refusing import unknown, words_of
from sim.web.said import mistakes_said
from sim.web.sessions import Session, is_id, session_of
from sim.web.tasks.base import SCENARIO
from sim.web.work import Work, read_work

if TYPE_CHECKING:
    from sim.web.work import Community

router = APIRouter(prefix="/api", tags=["works"])
Mine = Annotated[Session, Depends(session_of)]
AnyWork = Annotated[Work | dict[str, Any], Field(union_mode="left_to_right")]
"""What is no work is told as a mistake of it, in the same answer."""


@router.post("/check")
def check_work(body: AnyWork, request: Request, session: Mine) -> Checked:
    """Check a work, saved or not: mistakes by place, warnings, planned money and time."""
    words = words_of(request)
    try:
        work = body if isinstance(body, Work) else read_work(body)
    except UserError as error:
        return Checked(errors=mistakes_said([error], words=words))
    return check(work, _base(work.community, session), words=words)


def _base(community: Community, session: Session) -> str:
    """What a work begins with, as far as it can be read without a worker."""
    if community.preset is not None:
        return community.preset
    upload = community.upload or ""
    path = session.tasks / upload / SCENARIO
    if not is_id(upload) or not path.is_file():
        raise unknown("web_upload", upload)
    return str(path.resolve())
