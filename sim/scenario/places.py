"""On which line each key of a TOML text stands.

``tomllib`` gives values without their places. This reads the same text a second time, for places
only; it relies on ``tomllib`` having accepted it, so every token is where TOML allows it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Place:
    """Where something was written; file and line are empty if it was not written in a file.

    Attributes:
        file: Name of the file.
        line: Line from 1.
        shipped: Whether the file is one of qunsim's own, which fits no horizon in particular.
    """

    file: str | None = None
    line: int | None = None
    shipped: bool = False


def renamed(places: Mapping[str, Place], old: str, new: str) -> dict[str, Place]:
    """Places of a key and of everything under it, as they are called under another name."""
    return {
        new + path.removeprefix(old): place
        for path, place in places.items()
        if path == old or path.startswith(f"{old}.")
    }


_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<string>
          \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}
        | '{3}(?:[^']|'{1,2}(?!'))*'{3,5}
        | "(?:[^"\\\n]|\\.)*"
        | '[^'\n]*'
      )
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


def key_lines(text: str) -> dict[str, int]:
    """The line of every key and table.

    Args:
        text: TOML that ``tomllib`` has accepted.

    Returns:
        Line numbers from 1 by dotted path; elements of lists by index (``policies.0.amount``).
    """
    return _Scanner(text.replace("\r\n", "\n")).lines


class _Scanner:
    """One pass over the tokens; ``lines`` is what it found."""

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        self._tokens = [*_tokens(text), ("newline", "\n", 0), ("newline", "\n", 0)]
        self._at = 0
        self._arrays: dict[str, int] = {}  # elements seen of each array of tables
        prefix: tuple[str, ...] = ()
        while self._at < len(self._tokens) - 1:
            if self._peek("newline"):
                self._at += 1
            elif self._peek("mark", "["):
                prefix = self._header()
            else:
                self._pair(prefix)

    def _peek(self, kind: str, text: str | None = None) -> bool:
        token = self._tokens[self._at]
        return token[0] == kind and (text is None or token[1] == text)

    def _header(self) -> tuple[str, ...]:
        line = self._tokens[self._at][2]
        depth = 0
        while self._peek("mark", "["):
            depth += 1
            self._at += 1
        keys = self._key()
        self._at += depth
        # a table inside an array of tables belongs to the array's last element
        path: tuple[str, ...] = ()
        for key in keys[:-1]:
            path = self._last(path, key)
        if depth == 1:
            path = (*path, keys[-1])
        else:
            name = ".".join((*path, keys[-1]))
            self._arrays[name] = self._arrays.get(name, -1) + 1
            self.lines.setdefault(name, line)
            path = self._last(path, keys[-1])
        self.lines.setdefault(".".join(path), line)
        return path

    def _last(self, path: tuple[str, ...], key: str) -> tuple[str, ...]:
        name = ".".join((*path, key))
        return (*path, key, str(self._arrays[name])) if name in self._arrays else (*path, key)

    def _key(self) -> list[str]:
        """A dotted key, up to the mark behind it."""
        keys = []
        while True:
            kind, text, _ = self._tokens[self._at]
            keys.append(_unquoted(text) if kind == "string" else text)
            self._at += 1
            if not self._peek("mark", "."):
                return keys
            self._at += 1

    def _pair(self, prefix: tuple[str, ...]) -> None:
        line = self._tokens[self._at][2]
        path = prefix
        for key in self._key():
            path = (*path, key)
            self.lines.setdefault(".".join(path), line)
        self._at += 1  # the equals sign
        self._value(path)

    def _value(self, path: tuple[str, ...]) -> None:
        if self._peek("mark", "["):
            self._list(path)
        elif self._peek("mark", "{"):
            self._inline_table(path)
        else:  # 1.5 is three tokens
            while not (
                self._peek("newline") or (self._peek("mark") and not self._peek("mark", "."))
            ):
                self._at += 1

    def _list(self, path: tuple[str, ...]) -> None:
        self._at += 1
        index = 0
        while not self._peek("mark", "]"):
            if self._peek("newline") or self._peek("mark", ","):
                self._at += 1
                continue
            element = (*path, str(index))
            self.lines.setdefault(".".join(element), self._tokens[self._at][2])
            self._value(element)
            index += 1
        self._at += 1

    def _inline_table(self, path: tuple[str, ...]) -> None:
        self._at += 1
        while not self._peek("mark", "}"):
            if self._peek("newline") or self._peek("mark", ","):
                self._at += 1
            else:
                self._pair(path)
        self._at += 1


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and line of each token, white space and comments left out."""
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            yield kind, match[0], line
        line += match[0].count("\n")


def _unquoted(text: str) -> str:
    return str(tomllib.loads(f"key = {text}")["key"])
