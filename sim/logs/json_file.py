"""JSON files and members of archives: what is wanted of them, as far as they go."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

from sim.errors import UserError
from sim.logs.files import DAMAGE, open_bytes, read_head, refuse_binary
from sim.logs.json_stream import EACH, BrokenJsonError, values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sim.logs.gather import Gather
    from sim.logs.json_stream import Pattern

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SPACE = b"\xef\xbb\xbf \t\r\n"


def json_values(
    path: Path, gather: Gather, wanted: Collection[Pattern]
) -> Iterator[tuple[Pattern, Any]]:
    """What is wanted of a file; where it breaks off, that is noted in ``gather``.

    Args:
        path: The file, gzipped or not, in UTF-8 or UTF-16 with a mark.
        gather: Told if the file breaks off.
        wanted: As :func:`sim.logs.json_stream.values` takes it.

    Yields:
        Pattern and value.

    Raises:
        UserError: ``wrong_file``/``no_json``; ``damaged``/``broken`` if the file breaks off before
            an element of an array came; what :func:`read_head` and :func:`refuse_binary` raise.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    utf16 = head.startswith(_UTF16)
    if not utf16 and not head.lstrip(_SPACE).startswith((b"{", b"[")):
        raise UserError("wrong_file", "no_json", file=str(path))
    found = False
    try:
        with open_bytes(path) as stream:
            for one in values(decoded(stream, utf16=utf16), wanted):
                found = found or one[0][-1] == EACH
                yield one
    except (BrokenJsonError, *DAMAGE):
        if not found:
            raise UserError("damaged", "broken", file=str(path)) from None
        gather.broke_off()


def decoded(stream: BinaryIO, *, utf16: bool = False) -> TextIO:
    """The text of a stream of bytes, to be read in pieces.

    Everything before a damage comes before the error does, which a :class:`io.TextIOWrapper` would
    withhold. Undecodable bytes become U+FFFD.
    """
    return cast("TextIO", _Decoded(stream, "utf-16" if utf16 else "utf-8-sig"))


def peek(head: bytes, wanted: Collection[Pattern]) -> dict[Pattern, Any]:
    """What is wanted, as far as the first bytes of a file show it; of each the first.

    Args:
        head: The first bytes, unpacked.
        wanted: As :func:`sim.logs.json_stream.values` takes it.
    """
    utf16 = head.startswith(_UTF16)
    if not utf16 and not head.lstrip(_SPACE).startswith((b"{", b"[")):
        return {}
    found: dict[Pattern, Any] = {}
    try:
        for pattern, value in values(decoded(io.BytesIO(head), utf16=utf16), wanted):
            found.setdefault(pattern, value)
    except BrokenJsonError:
        pass
    return found


def as_text(value: object) -> str:
    """A number or text of JSON as text; empty if it is neither."""
    if type(value) is str:
        return value
    return str(value) if type(value) is int else ""


def as_dict(value: object) -> dict[str, Any]:
    """An object of JSON; empty if it is none."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """An array of JSON; empty if it is none."""
    return value if isinstance(value, list) else []


class _Decoded:
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def read(self, size: int) -> str:
        while True:
            part: bytes = self._stream.read1(size)  # type: ignore[attr-defined]
            text = self._decoder.decode(part, final=not part)
            if text or not part:
                return text
