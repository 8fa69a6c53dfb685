"""Mistakes and values as the page says them: by the names of things rather than by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from sim.errors import UserError, UserErrors
from sim.parameters import by_path
from sim.report.numbers import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.words import Words


class Mistake(BaseModel):
    """One mistake.

    Attributes:
        code: ``kind/reason`` of the error.
        message: One sentence.
        at: Dotted path of what is wrong in what was sent; None = not of one place.
    """

    code: str
    message: str
    at: str | None


def mistake_said(error: UserError, *, words: Words) -> Mistake:
    """A mistake as the page shows it.

    Args:
        error: Its value ``at`` is the place; else ``key``, if that is one of a work.
        words: Language.
    """
    values = dict(error.values)
    key = str(values.get("key", ""))
    at = str(values.pop("at", key if error.reason != "several" else ""))
    if key:
        values["key"] = path_said(key, words=words)
    for name in ("policy", "suggestion", "name", "known"):
        if name in values:
            values[name] = _named(values[name], words)
    if isinstance(unit := values.get("unit"), str):
        values["unit"] = words.unit(unit)
    named = UserError(error.kind, error.reason, **values)
    message = words.error(error if isinstance(error, UserErrors) else named)
    return Mistake(code=f"{error.kind}/{error.reason}", message=message, at=at or None)


def mistakes_said(errors: Iterable[UserError], *, words: Words) -> list[Mistake]:
    """Mistakes as the page shows them, one by one."""
    several = [one for error in errors for one in getattr(error, "errors", [error])]
    return [mistake_said(one, words=words) for one in several]


def _named(value: object, words: Words) -> object:
    """Keys of policies, measures and parameters by their names, also in a list."""
    if isinstance(value, list | tuple):
        return [_named(one, words) for one in value]
    if not isinstance(value, str):
        return value
    return words.kpi(value) if words.kpi_entry(value) else path_said(value, words=words)


def path_said(path: str, *, words: Words) -> str:
    """What the page calls something: a parameter, a setting of a policy, a field of a work."""
    if path in by_path():
        return parameter_said(path, words=words)
    use, _, name = path.rpartition(".")
    if words.policy_entry(path.partition("#")[0]) is not None:
        return words.policy(path)
    if words.policy_entry(use.partition("#")[0]) is not None:
        setting = setting_said(use, name, words=words)
        return words.say("web.server.setting_of", policy=words.policy(use), setting=setting)
    if (inner := path.rpartition("set.")[2]) in by_path():
        return parameter_said(inner, words=words)
    field = f"web.server.field_{name}"
    return words.say(field) if words.has(field) else path


def parameter_said(path: str, *, words: Words) -> str:
    """The short name of a parameter; of one that has none, what it means."""
    short = f"web.catalogue.{path}"
    return words.say(short) if words.has(short) else words.parameter(path, by_path()[path].note)


def setting_said(use: str, name: str, *, words: Words) -> str:
    """The short name of a policy's setting."""
    use = use.partition("#")[0]
    keys = (f"web.setting.{use}.{name}", f"web.setting.{name}")
    found = next((key for key in keys if words.has(key)), None)
    return name if found is None else words.say(found)


def value_said(path: str, value: object, *, words: Words) -> str:
    """The value of a parameter with its unit."""
    info = by_path().get(path)
    text = plain_value(value)
    return text if info is None else f"{text} {words.unit(info.unit)}".strip()
