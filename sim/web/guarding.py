"""Who may ask: the right host, the right page, the token; what every answer says to the browser.

A page of somebody else's that a user has open must not reach the server: neither by a name that was
made to point to this machine (the Host header must be one of ours), nor by asking across origins
(Origin must be our own, cookies are SameSite=Strict, nothing is shared by CORS).
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import RedirectResponse

from sim.web.refusing import Refused, answer, refused, words_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from sim.web.settings import Settings

TOKEN = "qunsim_token"  # noqa: S105  a cookie's name
"""Cookie that holds the token of a server that others can reach."""

UPLOADS = "/api/uploads"
"""Address whose bodies may be large; it counts them itself."""

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
"""Nothing comes from elsewhere, no script stands in a page (figures set styles of elements)."""

REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "script-src 'unsafe-inline'; sandbox allow-scripts allow-popups"
)
"""A report is one file with its scripts inside; it is an origin of its own and reaches nothing."""

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MB = 1_000_000
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?", re.IGNORECASE | re.ASCII)
"""A Host header: a name or an address, perhaps with a port."""


class Guard:
    """Stands before the application.

    Args:
        app: The application.
        settings: Names, token and limits.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._names = settings.names()
        self._most = settings.limits.body_mb * _MB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
        except Refused as error:
            await self._refuse(error, scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
        elif scope["path"] == "/" and self._is_token(_asked_token(scope)):
            response = RedirectResponse("/", 303)
            token = self._settings.token
            response.set_cookie(TOKEN, token, httponly=True, samesite="strict", path="/")
            await response(scope, receive, _with_headers(send))
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; a fault of its own has the form of every refusal too."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        counted = receive if scope["path"] == UPLOADS else _counted(receive, self._most)
        try:
            await self._app(scope, counted, _with_headers(sending))
        except ClientDisconnect:  # it went away while it was sending
            return
        except Exception as error:
            if not begun:
                fault = refused(500, "stopped", "internal", detail=type(error).__name__)
                await self._refuse(fault, scope, receive, send)
            raise  # for the log

    def _check(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        if not self._known(host):
            raise refused(403, "no_permission", "host", name=host[:80])
        origin = headers.get("origin")
        risky = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if risky and origin is not None and origin.partition("://")[2].lower() != host.lower():
            raise refused(403, "no_permission", "origin", name=origin[:80])
        if risky and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise refused(403, "no_permission", "origin", name=headers["sec-fetch-site"])
        if self._settings.token and not self._knows_token(scope, headers):
            raise refused(401, "no_permission", "token")
        length = headers.get("content-length", "")
        limit = self._settings.limits.upload_mb * _MB if scope["path"] == UPLOADS else self._most
        if length.isdecimal() and int(length) > limit:
            raise refused(413, "too_big", "request", limit_mb=limit // _MB)

    def _known(self, host: str) -> bool:
        """Whether a Host header is one of ours: a rebound name never is an address."""
        parts = _HOST.fullmatch(host)
        if parts is None:
            return False
        name = parts[1].strip("[]")
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return name.lower() in self._names
        return address.is_loopback or not self._settings.local

    def _knows_token(self, scope: Scope, headers: Headers) -> bool:
        given = [headers.get("authorization", "").removeprefix("Bearer ")]
        given.append(cookie(headers, TOKEN))
        if scope["path"] == "/":
            given.append(_asked_token(scope))
        return any(map(self._is_token, given))

    def _is_token(self, given: str) -> bool:
        known = self._settings.token.encode()
        return bool(known) and hmac.compare_digest(given.encode(), known)

    async def _refuse(self, error: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        response = answer(error, words_of(HTTPConnection(scope)))
        response.headers["connection"] = "close"  # what was not read is not read any more
        await response(scope, receive, _with_headers(send))


def cookie(headers: Headers, name: str) -> str:
    """A cookie's value; empty if it is not there."""
    try:
        known = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return str(known[name].value) if name in known else ""


def _asked_token(scope: Scope) -> str:
    query: str = scope["query_string"].decode("latin-1")
    return parse_qs(query).get("token", [""])[0]


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", POLICY)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending


def _counted(receive: Receive, most: int) -> Receive:
    """What is read, at most so many bytes: a sender may lie about the length or not tell it."""
    left = most

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise refused(413, "too_big", "request", limit_mb=most // _MB)
        return message

    return receiving
