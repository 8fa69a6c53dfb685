"""JSON files and members of archives: what is wanted of them, as far as they go."""

from __future__ import annotations

import codecs
import contextlib
import io
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

from sim.errors import UserError
from sim.logs.files import (
    DAMAGE,
    head_text,
    open_bytes,
    read_head,
    refuse_binary,
    text_encoding,
)
from sim.logs.json_stream import EACH, BrokenJsonError, values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sim.logs.gather import Gather
    from sim.logs.json_stream import Pattern


def json_values(
    path: Path,
    gather: Gather,
    wanted: Collection[Pattern],
    *,
    nothing: str | None = "broken",
) -> Iterator[tuple[Pattern, Any]]:
    """What is wanted of a file; where it breaks off, that is noted in ``gather``.

    Args:
        path: The file, gzipped or not.
        gather: Told if the file breaks off.
        wanted: As :func:`sim.logs.json_stream.values` takes it.
        nothing: Reason of the refusal of a file that breaks off before an element of an array came;
            None = that is only noted.

    Yields:
        Pattern and value.

    Raises:
        UserError: ``wrong_file``/``no_json``; ``damaged`` with the reason ``nothing``; what
            :func:`read_head` and :func:`refuse_binary` raise.
    """
    head = read_head(path)
    refuse_binary(head, path=path)
    if not _begins(head):
        raise UserError("wrong_file", "no_json", file=str(path))
    found = False
    try:
        with open_bytes(path) as stream:
            for one in values(decoded(stream, encoding=text_encoding(head)), wanted):
                found = found or one[0][-1] == EACH
                yield one
    except (BrokenJsonError, *DAMAGE):
        if not found and nothing is not None:
            raise UserError("damaged", nothing, file=str(path)) from None
        gather.broke_off()


def decoded(stream: BinaryIO, *, encoding: str = "utf-8-sig") -> TextIO:
    """The text of a stream of bytes, to be read in pieces.

    Everything before a damage comes before the error does, which a :class:`io.TextIOWrapper` would
    withhold. Undecodable bytes become U+FFFD.
    """
    return cast("TextIO", _Decoded(stream, encoding))


def peek(head: bytes, wanted: Collection[Pattern]) -> dict[Pattern, Any]:
    """What is wanted, as far as the first bytes of a file show it; of each the first.

    Args:
        head: The first bytes, unpacked.
        wanted: As :func:`sim.logs.json_stream.values` takes it.
    """
    return _firsts(io.BytesIO(head), head, wanted) if _begins(head) else {}


def look_through(path: Path, wanted: Collection[Pattern]) -> dict[Pattern, Any]:
    """What is wanted of a file, of each the first; nothing more where it cannot be read.

    Args:
        path: The file, gzipped or not.
        wanted: As :func:`sim.logs.json_stream.values` takes it.
    """
    try:
        head = read_head(path)
        with open_bytes(path) as stream:
            return _firsts(stream, head, wanted)
    except UserError:
        return {}


def _firsts(stream: BinaryIO, head: bytes, wanted: Collection[Pattern]) -> dict[Pattern, Any]:
    found: dict[Pattern, Any] = {}
    with contextlib.suppress(BrokenJsonError, *DAMAGE):
        for pattern, value in values(decoded(stream, encoding=text_encoding(head)), wanted):
            found.setdefault(pattern, value)
    return found


def _begins(head: bytes) -> bool:
    """Whether a file begins as an object or an array."""
    return head_text(head).lstrip()[:1] in ("{", "[")


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
