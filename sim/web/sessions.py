"""Sessions: one browser (or script) each, told apart by a cookie that nobody guesses."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection  # noqa: TC002  FastAPI asks for it at run time

from sim.web.guarding import cookie
from sim.web.refusing import refused

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response

    from sim.web.settings import Settings

_COOKIE = "qunsim_session"
YEAR = 365 * 86_400
_ID = re.compile(r"[a-z][0-9a-f]{16}")


@dataclass(frozen=True)
class Session:
    """One browser's part of the data folder.

    Attributes:
        folder: Its folder; named by a digest, so that the folder's name opens nothing.
    """

    folder: Path

    @property
    def key(self) -> str:
        """Name of the session inside the server."""
        return self.folder.name

    @property
    def works(self) -> Path:
        """Folder of saved works."""
        return self.folder / "works"

    @property
    def tasks(self) -> Path:
        """Folder of tasks, each in a folder of its own."""
        return self.folder / "tasks"


class Sessions:
    """All sessions of a server.

    Args:
        settings: Where they are kept, how many.

    Attributes:
        cookie: Name of the cookie: its own for each data folder, because browsers give a cookie to
            every server of a machine, whatever its port.
    """

    def __init__(self, settings: Settings) -> None:
        self.cookie = f"{_COOKIE}_{_name_of(settings.data)}"
        self._folder = settings.data / "sessions"
        self._most = settings.limits.sessions

    def find(self, secret: str) -> Session | None:
        """The session that a cookie names, if there is one."""
        if not re.fullmatch(r"[\w-]{20,100}", secret):
            return None
        folder = self._folder / hashlib.sha256(secret.encode()).hexdigest()[:32]
        return Session(folder) if folder.is_dir() else None

    def begin(self, response: Response) -> Session:
        """A new session, its cookie in the response."""
        self._make_room()
        secret = secrets.token_urlsafe(32)
        folder = self._folder / hashlib.sha256(secret.encode()).hexdigest()[:32]
        for part in ("works", "tasks"):
            (folder / part).mkdir(parents=True)
        response.set_cookie(
            self.cookie, secret, max_age=YEAR, httponly=True, samesite="strict", path="/"
        )
        return Session(folder)

    def all(self) -> list[Session]:
        """Every session that is kept."""
        if not self._folder.is_dir():
            return []
        return [Session(one) for one in sorted(self._folder.iterdir()) if one.is_dir()]

    def _make_room(self) -> None:
        """Forget sessions in which nothing was saved, when there are too many."""
        known = self.all()
        if len(known) < self._most:
            return
        for one in known:
            if not any(one.works.iterdir()) and not any(one.tasks.iterdir()):
                shutil.rmtree(one.folder, ignore_errors=True)
        if len(self.all()) >= self._most:
            raise refused(429, "too_big", "sessions", high=self._most)


def _name_of(data: Path) -> str:
    """A name for a data folder that stays when it is moved."""
    path = data / "name"
    try:
        name = path.read_text("ascii")
    except (OSError, ValueError):
        name = ""
    if not re.fullmatch("[0-9a-f]{8}", name):
        name = secrets.token_hex(4)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "ascii")
    return name


def session_of(connection: HTTPConnection) -> Session:
    """The session of a request; a dependency of every address that has something to keep.

    Raises:
        Refused: 401 without one.
    """
    sessions: Sessions = connection.app.state.sessions
    found = sessions.find(cookie(connection.headers, sessions.cookie))
    if found is None:
        raise refused(401, "no_permission", "session")
    return found


def new_id(letter: str) -> str:
    """An id of a work (``w``) or task (``t``): a letter and 16 hex digits."""
    return letter + secrets.token_hex(8)


def is_id(text: str) -> bool:
    """Whether a text has the form of an id, and so can be a file's name."""
    return _ID.fullmatch(text) is not None
