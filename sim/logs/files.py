"""Opening a file that may be gzipped, in another encoding, or not a text at all."""

from __future__ import annotations

import codecs
import contextlib
import errno
import gzip
import io
import os
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_BYTES = 65_536
"""How much of a file is looked at before deciding what it is."""

LONGEST_LINE = 1_000_000
"""Characters of a line that are read; no message of a chat is longer."""

DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)
"""What reading a gzip file that was cut off or changed raises."""

_CHUNK = 1 << 18
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# First bytes of what people hand over by mistake (formats' own specifications).
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "excel"),
    (b"%PDF", "pdf"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"PAR1", "parquet"),
)


def _os_error(error: OSError, path: Path) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return UserError("no_space", "disk_full", file=str(path))
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    if missing or error.errno == errno.ENAMETOOLONG:
        return UserError("not_found", "file", file=str(path))
    return UserError("no_permission", "file", file=str(path))


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name, which may be too long to be one."""
    try:
        return path.is_dir()
    except OSError:
        return False


def files_in(folder: Path) -> list[Path]:
    """Files of a folder, sorted; none if it cannot be looked into."""
    try:
        return [file for file in sorted(folder.iterdir()) if file.is_file()]
    except OSError:
        return []


@contextlib.contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if it is gzipped (by its content, not its name).

    Raises:
        UserError: ``not_found``/``file``, ``wrong_form``/``folder``, ``no_permission``/``file``.
    """
    if is_folder(path):
        raise UserError("wrong_form", "folder", file=str(path))
    try:
        raw = path.open("rb")
    except OSError as error:
        raise _os_error(error, path) from error
    with raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
                # Not buffered again: a buffer would lose what came before the damage.
                yield cast("BinaryIO", unpacked)
        else:
            yield raw


def read_head(path: Path) -> bytes:
    """The first :data:`HEAD_BYTES` bytes of a file, unpacked; fewer if it is damaged there.

    Raises:
        UserError: as :func:`open_bytes`; ``wrong_file``/``empty`` if there is nothing;
            ``damaged``/``unreadable`` if nothing can be unpacked.
    """
    parts: list[bytes] = []
    size = 0
    broken = False
    with open_bytes(path) as stream:
        try:
            while size < HEAD_BYTES and (part := stream.read1(HEAD_BYTES - size)):  # type: ignore[attr-defined]
                parts.append(part)
                size += len(part)
        except DAMAGE:
            broken = True
    if broken and not size:
        raise UserError("damaged", "unreadable", file=str(path))
    if not b"".join(parts).strip(b"\xef\xbb\xbf \t\r\n"):
        raise UserError("wrong_file", "empty", file=str(path))
    return b"".join(parts)


def refuse_binary(head: bytes, *, path: Path) -> None:
    """Refuse what is not a text.

    Raises:
        UserError: ``wrong_file`` with reason ``excel``, ``zip``, ``pdf``, ``sqlite``, ``image``,
            ``archive``, ``parquet`` or ``binary``; for a ZIP archive that is dangerous, as
            :func:`sim.logs.archive.open_archive` says.
    """
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise UserError("wrong_file", reason, file=str(path))
    if head.startswith(b"PK\x03\x04"):
        excel = b"xl/" in head or path.suffix.lower() in (".xlsx", ".xlsm")
        if not excel:
            from sim.logs.archive import examine

            examine(path)
        raise UserError("wrong_file", "excel" if excel else "zip", file=str(path))
    if not is_text(head):
        raise UserError("wrong_file", "binary", file=str(path))


def is_text(head: bytes) -> bool:
    """Whether a file that begins like this can be a text: only UTF-16 holds zeros."""
    return b"\x00" not in head or head.startswith(_UTF16)


def head_text(head: bytes) -> str:
    """The beginning of a text, without the mark of its encoding."""
    return head.decode(text_encoding(head), errors="replace").lstrip("\ufeff")


def text_encoding(head: bytes) -> str:
    """The encoding of a text, from its beginning: UTF-8, UTF-16 (marked), else GB18030.

    Chinese editions of spreadsheets save CSV in GB18030 without saying so.
    """
    if head.startswith(_UTF16):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    text = decoder.decode(head, final=len(head) < HEAD_BYTES)  # it may end inside a character
    # Some exporters cut texts inside a character; of Chinese in GB18030 a fifth is UTF-8 by chance.
    broken = text.count("\ufffd")
    whole = sum(not letter.isascii() for letter in text) - broken if broken else 0
    return "utf-8-sig" if whole >= 4 * broken else "gb18030"


def first_line(head: bytes) -> str:
    """The first line of a text that is not blank; empty if there is none."""
    return next((line for line in head_text(head).splitlines() if line.strip()), "")


def text_lines(stream: BinaryIO, *, encoding: str) -> io.TextIOWrapper:
    """Lines of a text as the csv module wants them; undecodable bytes become U+FFFD."""
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def bounded_lines(
    stream: BinaryIO, *, encoding: str, longest: int = LONGEST_LINE, end: str = "\n"
) -> Iterator[str]:
    """Lines of a text without their ends, in memory that no line can exceed.

    Args:
        stream: The bytes.
        encoding: From :func:`text_encoding`; undecodable bytes become U+FFFD.
        longest: Characters of a line that are kept; the rest of it is passed over.
        end: The character that ends a line; with LF, CRLF does too.

    Yields:
        Each line.

    Raises:
        EOFError, zlib.error, gzip.BadGzipFile: :data:`DAMAGE`, after all whole lines before it.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    rest, cut = "", False  # a line's beginning; whether it was already too long
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]
        text = decoder.decode(chunk)
        first, ended, later = text.partition(end)
        later = later.replace("\r\n", "\n") if end == "\n" else later
        others = later.split(end) if ended else []
        rest, cut = rest if cut else rest + first, cut or len(rest) + len(first) > longest
        if others:
            yield _ended(rest, longest)
            rest = others.pop()
            cut = len(rest) > longest
            if len(text) <= longest:
                yield from others
            else:
                yield from (_ended(line, longest) for line in others)
        rest = rest[: longest + 1]
    rest = (rest if cut else rest + decoder.decode(b"", final=True))[:longest]
    if rest:
        yield _ended(rest, longest)


def _ended(line: str, longest: int) -> str:
    return line[:longest].removesuffix("\r")


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a file so that it is there completely or not at all; gzipped if it ends in ``.gz``.

    The same content gives the same bytes (no time or name in the gzip header).

    Raises:
        UserError: ``no_space``/``disk_full``, ``no_permission``/``file``, ``not_found``/``folder``,
            ``wrong_form``/``folder``.
    """
    if is_folder(path):
        raise UserError("wrong_form", "folder", file=str(path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except FileNotFoundError as error:
        raise UserError("not_found", "folder", file=str(path.parent)) from error
    except OSError as error:
        raise _os_error(error, path) from error
    try:
        with os.fdopen(handle, "wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield raw
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)  # mkstemp makes a private file
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _os_error(error, path) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
