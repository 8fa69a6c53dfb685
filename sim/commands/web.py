"""``qunsim ui``: serve the web application on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from sim.words import Words

_SHORTEST_TOKEN = 12
_MOST_JOBS = 64
_MOST_PORT = 65_535


@dataclass(frozen=True, kw_only=True)
class AskedServer:
    """What was asked on the command line.

    Attributes:
        host: Name or address to listen on.
        port: Port; 0 = any free one.
        token: What visitors have to know; None = one is made if others can reach the server.
        data: Folder of everything that is saved.
        jobs: Tasks that run at once; None = as many as there are processors.
        quiet: No hints.
    """

    host: str
    port: int
    token: str | None
    data: Path
    jobs: int | None = None
    quiet: bool = False


def ui_command(asked: AskedServer, *, words: Words) -> int:
    """Serve until somebody stops it.

    Returns:
        The exit code, 0.

    Raises:
        UserError: What the user can mend.
    """
    try:
        from sim.web.serve import serve
    except ModuleNotFoundError as error:
        raise UserError("missing_extra", "install", extra="web") from error
    from sim.study.workers import processors
    from sim.web.settings import Limits, Settings

    _check(asked)
    settings = Settings(
        data=asked.data, host=asked.host, port=asked.port, token=asked.token or "",
        limits=Limits(workers=asked.jobs or processors()),
    )  # fmt: skip

    def said(address: str) -> None:
        shell.say([words.say("cli.ui_open", address=address)])
        if not asked.quiet:
            key = "cli.ui_here" if settings.local else "cli.ui_others"
            shell.hint(words.say(key, folder=asked.data))

    serve(settings, said=said)
    return shell.DONE


def _check(asked: AskedServer) -> None:
    if not 0 <= asked.port <= _MOST_PORT:
        raise UserError("out_of_range", "port", value=asked.port, high=_MOST_PORT)
    token = asked.token
    if token is not None and (len(token) < _SHORTEST_TOKEN or not token.isascii()):
        raise UserError("wrong_form", "token", low=_SHORTEST_TOKEN)
    if asked.jobs is not None and not 1 <= asked.jobs <= _MOST_JOBS:
        raise UserError("out_of_range", "ui_jobs", value=asked.jobs, high=_MOST_JOBS)
