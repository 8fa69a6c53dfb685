"""Values as TOML text. The standard library reads TOML and does not write it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r",
}  # fmt: skip
_SHOWN = 60  # characters of a wrong value that a message repeats


def toml_key(key: str) -> str:
    """A key, quoted where TOML needs it."""
    return key if _BARE_KEY.fullmatch(key) else toml_value(key)


def toml_value(value: object) -> str:
    """One value in TOML: text, truth, number, date, list or (inline) table.

    Raises:
        TypeError: For anything else.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + "".join(_escaped(character) for character in value) + '"'
        case int():
            return str(value)
        case float():
            return float.__repr__(value)  # the shortest text that reads back as the same number
        case date():
            return value.isoformat()
        case list() | tuple():
            return "[" + ", ".join(toml_value(item) for item in value) + "]"
        case dict():
            pairs = (f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items())
            return "{ " + ", ".join(pairs) + " }" if value else "{}"
        case _:
            raise TypeError(f"not a TOML value: {type(value).__name__}")


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character < " " or character == "\x7f":
        return f"\\u{ord(character):04x}"
    return character


def written(value: object) -> str:
    """A value as it stood in the file, for messages; shortened."""
    try:
        text = toml_value(value)
    except (TypeError, RecursionError):
        text = str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def table_lines(values: Mapping[str, object]) -> list[str]:
    """``key = value`` lines; none for values that are ``None``, which TOML cannot say."""
    return [
        f"{toml_key(key)} = {toml_value(value)}"
        for key, value in values.items()
        if value is not None
    ]
