"""How a server is set up: where it listens, where it keeps what is saved, what it allows."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PORT = 8765


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one server does at most.

    Attributes:
        workers: Worker processes that simulate at once.
        seconds: Seconds that a task may take; it can be gone on with afterwards.
        memory_mb: Megabytes that a worker may use.
        tasks: Tasks of one session that wait or run.
        all_tasks: Tasks of all sessions that wait or run.
        upload_mb: Megabytes of an uploaded file.
        body_mb: Megabytes of any other request.
        works: Saved works of one session.
        uploads: Uploaded logs of one session.
        sessions: Sessions that are kept.
    """

    workers: int = 2
    seconds: float = 1800.0
    memory_mb: int = 900
    tasks: int = 24
    all_tasks: int = 200
    upload_mb: int = 200
    body_mb: int = 16
    works: int = 500
    uploads: int = 50
    sessions: int = 10_000


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A server's settings.

    Attributes:
        data: Folder of everything that is saved.
        host: Name or address that it listens on.
        port: Port; 0 = any free one.
        token: What a visitor has to know; empty = nobody is asked (only on this machine).
        limits: What it does at most.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = PORT
    token: str = ""
    limits: Limits = field(default_factory=Limits)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    def names(self) -> frozenset[str]:
        """Names by which a browser may call it, without the port; any address is fine besides."""
        own = {"localhost"} if self.local else {"localhost", socket.gethostname().lower()}
        return frozenset(own | {self.host.lower()})


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def new_token() -> str:
    """A token that nobody guesses, 43 characters."""
    return secrets.token_urlsafe(32)
