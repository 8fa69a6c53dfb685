"""Start a server, say where it is, end it on Ctrl-C with nothing left behind."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from sim.errors import UserError
from sim.study.files import Lock, refusals
from sim.web.app import create_app
from sim.web.settings import new_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.web.settings import Settings

_SECONDS_TO_END = 3


def serve(settings: Settings, *, said: Callable[[str], None]) -> None:
    """Serve until somebody stops it.

    Args:
        settings: Where it listens; a token is made where others can reach it and none was given.
        said: Told the address once it listens.

    Raises:
        UserError: ``taken``/``port`` if another program listens there, ``not_found``/``host`` if
            this machine has no such address, ``taken``/``busy`` if another server uses the folder.
    """
    if not settings.local and not settings.token:
        settings = replace(settings, token=new_token())
    with refusals(settings.data):
        settings.data.mkdir(parents=True, exist_ok=True)
    with Lock.of(settings.data), contextlib.closing(_listening(settings)) as listener:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{name}:{listener.getsockname()[1]}/"
        said(address + (f"?token={settings.token}" if settings.token else ""))
        config = uvicorn.Config(
            create_app(settings), log_level="warning", access_log=False, server_header=False,
            ws="websockets-sansio", ws_max_size=65_536, timeout_graceful_shutdown=_SECONDS_TO_END,
            proxy_headers=False,
        )  # fmt: skip
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(settings: Settings) -> socket.socket:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UserError("not_found", "host", name=settings.host) from error
    family, kind, protocol, _, place = found[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(128)
    except OSError as error:
        listener.close()
        reason = "port" if error.errno is not None else "host"
        raise UserError("taken", reason, name=settings.host, value=settings.port) from error
    return listener
