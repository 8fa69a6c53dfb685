"""What the API answers when it refuses: one form for every error, in the language asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from sim.errors import UserError
from sim.words import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request
    from fastapi.exceptions import RequestValidationError
    from starlette.requests import HTTPConnection


class ErrorText(BaseModel):
    """One mistake.

    Attributes:
        code: ``kind/reason`` of the error catalogue.
        message: What is wrong and how to mend it, in the language asked for.
        at: Dotted place in what was sent, e.g. ``variants.0.policies.1.amount``.
    """

    code: str
    message: str
    at: str | None = None


class ErrorBody(BaseModel):
    """The body of every answer that refuses."""

    error: ErrorText


class Refused(HTTPException):
    """The API refuses; as an error of HTTP, so that it gets through whatever reads a body.

    Args:
        status: HTTP status, 4xx.
        error: What a user is told.
        at: Place in what was sent.
        texts: The sentence by language, where a worker has made it already.
    """

    def __init__(
        self, status: int, error: UserError, *, at: str | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(status, str(error))
        self.status, self.error, self.at, self.texts = status, error, at, texts or {}


def refused(
    status: int, kind: str, reason: str, *, at: str | None = None, **values: object
) -> Refused:
    """A refusal with a text of the catalogue."""
    return Refused(status, UserError(kind, reason, **values), at=at)


def unknown(what: str, name: str) -> Refused:
    """Refusal of an id that this session does not have."""
    return refused(404, "not_found", what, name=name[:80])


def words_of(connection: HTTPConnection) -> Words:
    """The words of the language that a request asks for: ``lang=zh``, else its header."""
    asked = connection.query_params.get("lang")
    if asked is None:
        header = connection.headers.get("accept-language", "").strip().lower()
        asked = "zh" if header.startswith("zh") else "en"
    return Words(language_of(asked))


def language_of(text: str) -> Language:
    """A language by its key; English for any that there are no words in."""
    return next((one for one in LANGUAGES if one == text), LANGUAGES[0])


def text_of(error: UserError, words: Words, *, at: str | None = None) -> dict[str, Any]:
    """An error as the API says it."""
    return {"code": f"{error.kind}/{error.reason}", "message": words.error(error), "at": at}


def answer(error: Refused, words: Words) -> JSONResponse:
    """The answer that refuses."""
    told = text_of(error.error, words, at=error.at)
    told["message"] = error.texts.get(words.lang, told["message"])
    return JSONResponse({"error": told}, error.status)


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": about}
    for status, about in {
        400: "What was sent has a mistake",
        401: "No session, or no token",
        403: "Not from this page",
        404: "Not there, or somebody else's",
        409: "Does not fit the state of things",
        413: "Too large",
        422: "What was sent has another form",
        429: "Too much at once",
    }.items()
}
"""Refusals that every address may answer with, for the description of the API."""


def install(app: FastAPI) -> None:
    """Let an application answer errors in this form."""
    from fastapi.exceptions import RequestValidationError

    async def on_refusal(request: Request, error: Any) -> JSONResponse:
        return answer(error, words_of(request))

    async def on_mistake(request: Request, error: Any) -> JSONResponse:
        return answer(Refused(400, error), words_of(request))

    async def on_form(request: Request, error: Any) -> JSONResponse:
        return _of_form(error, words_of(request))

    async def on_http(request: Request, error: Any) -> JSONResponse:
        return _of_http(error, words_of(request))

    app.add_exception_handler(Refused, on_refusal)
    app.add_exception_handler(UserError, on_mistake)
    app.add_exception_handler(RequestValidationError, on_form)
    app.add_exception_handler(HTTPException, on_http)


def _of_form(error: RequestValidationError, words: Words) -> JSONResponse:
    """What is sent has another form; parts of works are named as everywhere."""
    from sim.web.said import mistake_said
    from sim.web.work import mistakes

    first = error.errors()[0]
    place = [str(part) for part in first.get("loc", ())]
    if place[:1] == ["body"] and len(place) > 1 and first["type"] != "json_invalid":
        told = mistake_said(mistakes([first])[0], words=words)
        return JSONResponse({"error": told.model_dump()}, 422)
    at = ".".join(place[1:])
    about = {"key": at or "-", "detail": first["msg"]}
    return answer(refused(422, "wrong_form", "request", at=at or None, **about), words)


def _of_http(error: HTTPException, words: Words) -> JSONResponse:
    reason = {404: "address", 405: "request_method"}.get(error.status_code, "request_failed")
    told = text_of(UserError("not_found", reason), words)
    return JSONResponse({"error": told}, error.status_code, headers=error.headers)
