"""JSON files of any size, a piece at a time: elements of arrays come as they are read.

Exports hold millions of messages in one object, and pictures of many megabytes beside them. What is
wanted is named by patterns; everything else is passed over without being built.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import TextIO

    Pattern = tuple[str, ...]

EACH = "*"
"""In a pattern: every element of an array."""

MOST_CHARACTERS = 8_000_000
"""Of one value that is built; a longer one is passed over."""

_CHUNK = 1 << 18
_EDGE = 2  # characters of which a number's rest may consist without being a number: ".", "e-"
_DEEPEST = 200  # brackets in brackets of what is passed over; exports have a dozen
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^,\]}\s]*")
_MARK = re.compile(r'["\[\]{}]')
_STRING_MARK = re.compile(r'["\\]')
_decoder = json.JSONDecoder()


class BrokenJsonError(ValueError):
    """The text breaks off, or is no JSON."""


def values(
    stream: TextIO, wanted: Collection[Pattern], *, most: int = MOST_CHARACTERS
) -> Iterator[tuple[Pattern, Any]]:
    """Values of a JSON text, in the order of the text.

    Args:
        stream: The text.
        wanted: Patterns of what is wanted: keys from the top, :data:`EACH` for every element of an
            array, ``("chats", "list", "*", "messages", "*")``. None may begin with another.
        most: Characters of one value at most; a longer one is passed over.

    Yields:
        Pattern and value.

    Raises:
        BrokenJsonError: Where the text breaks off or is no JSON; everything before has come.
    """
    yield from _Text(stream, most).walk((), frozenset(wanted))


class _Text:
    """A window onto the text; what lies behind ``at`` is forgotten."""

    def __init__(self, stream: TextIO, most: int) -> None:
        self._stream, self._most = stream, most
        self._text, self._at, self._ended = "", 0, False

    def walk(self, place: Pattern, wanted: Collection[Pattern]) -> Iterator[tuple[Pattern, Any]]:
        """What is wanted of the value that begins here."""
        first = self._peek()
        if not place and first not in "{[":
            raise BrokenJsonError("neither an object nor an array")
        if place in wanted:
            fits, value = self._build()
            if fits:
                yield place, value
            return
        deeper = [one for one in wanted if len(one) > len(place) and one[: len(place)] == place]
        if first == "{" and any(one[len(place)] != EACH for one in deeper):
            for key in self._keys():
                yield from self.walk((*place, key), deeper)
        elif first == "[" and any(one[len(place)] == EACH for one in deeper):
            inside = (*place, EACH)
            for _ in self._elements():
                if inside not in wanted:
                    yield from self.walk(inside, deeper)
                    continue
                self._peek()
                fits, value = self._build()
                if fits:
                    yield inside, value
        else:
            self._pass_over()

    def _keys(self) -> Iterator[str]:
        self._at += 1
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            if self._peek() != '"':
                raise BrokenJsonError("a key was expected")
            _, key = self._build()
            if self._peek() != ":":
                raise BrokenJsonError("a colon was expected")
            self._at += 1
            yield key if isinstance(key, str) else ""
            if self._next(closing="}"):
                return

    def _elements(self) -> Iterator[None]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield None
            if self._next(closing="]"):
                return

    def _next(self, *, closing: str) -> bool:
        """Step over a comma, or the end of what is being listed."""
        mark = self._peek()
        if mark not in (",", closing):
            raise BrokenJsonError("a comma was expected")
        self._at += 1
        return mark == closing

    def _peek(self) -> str:
        """The next character that is no space."""
        while True:
            space = _SPACE.match(self._text, self._at)
            assert space is not None  # it matches nothing, too
            self._at = space.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                raise BrokenJsonError("the text breaks off")

    def _build(self) -> tuple[bool, Any]:
        """The value that begins here; not built if it is too long."""
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                end = -1
            # a number at the edge may go on: "-2." begins with a whole one
            if end >= 0 and (len(self._text) - end > _EDGE or self._ended):
                fits, self._at = end - self._at <= self._most, end
                return fits, value if fits else None
            if len(self._text) - self._at > self._most:
                self._pass_over()
                return False, None
            if not self._more(at_least=len(self._text) - self._at) and end < 0:
                raise BrokenJsonError("the text breaks off")

    def _pass_over(self) -> None:
        """Step over the value that begins here."""
        first = self._peek()
        if first == '"':
            self._at += 1
            self._pass_string()
        elif first in "[{":
            self._pass_brackets()
        else:
            if first in ",:]}":
                raise BrokenJsonError("a value was expected")
            while True:
                scalar = _SCALAR.match(self._text, self._at)
                assert scalar is not None  # it matches nothing, too
                self._at = scalar.end()
                if self._at < len(self._text) or not self._more():
                    return

    def _pass_brackets(self) -> None:
        depth = 0
        while True:
            mark = _MARK.search(self._text, self._at)
            if mark is None:
                self._at = len(self._text)
                if not self._more():
                    raise BrokenJsonError("the text breaks off")
                continue
            self._at = mark.end()
            if mark[0] == '"':
                self._pass_string()
            else:
                depth += 1 if mark[0] in "[{" else -1
                if depth == 0:
                    return
                if depth > _DEEPEST:
                    raise BrokenJsonError("brackets in brackets without end")

    def _pass_string(self) -> None:
        """Step over the rest of a string."""
        while True:
            mark = _STRING_MARK.search(self._text, self._at)
            if mark is not None and mark[0] == '"':
                self._at = mark.end()
                return
            if mark is not None and mark.end() < len(self._text):
                self._at = mark.end() + 1  # whatever is escaped
                continue
            self._at = len(self._text) if mark is None else mark.start()
            if not self._more():
                raise BrokenJsonError("the text breaks off")

    def _more(self, *, at_least: int = 0) -> bool:
        """Read on; more at a time where a long value is being built."""
        if self._ended:
            return False
        part = self._stream.read(max(_CHUNK, at_least))
        self._text = self._text[self._at :] + part
        self._at = 0
        self._ended = not part
        return bool(part)
