"""ZIP archives that strangers made: read member by member, never unpacked onto the disk.

An archive is examined before anything in it is read. What the directory declares cannot be exceeded
later: the reader stops at a member's declared size, and only methods are admitted that unpack in
small steps.
"""

from __future__ import annotations

import contextlib
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_ENTRIES = 500_000
"""Files in an archive; a large workspace has one a channel and day."""
MOST_DIRECTORY = 128_000_000
"""Bytes of the list of files, which is held in memory."""
MOST_BYTES = 20_000_000_000
"""Bytes of all files, unpacked."""
MOST_RATIO = 200
"""Unpacked bytes for one packed: text reaches some tens, a bomb a thousand."""
SMALL = 1_000_000
"""Bytes, unpacked, of files that may be packed as tightly as they like."""
DEEPEST = 20
"""Folders in folders."""

FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError,
    RuntimeError, ValueError, LookupError, OverflowError,
)  # fmt: skip
"""What :mod:`zipfile` raises on archives that are damaged or made up."""

_SIGNATURE = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_COMMENT = 65_535
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED, _UTF8 = 0x1, 0x800
_PACKED = (_SIGNATURE, b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ")
_DRIVE = re.compile(r"[A-Za-z]:")


def is_archive(head: bytes) -> bool:
    """Whether a file that begins like this is a ZIP archive."""
    return head.startswith(_SIGNATURE)


class Archive:
    """An archive that was examined.

    Attributes:
        names: Paths of its files, sorted, parts divided by ``/``; without what macOS adds.
    """

    def __init__(self, packed: zipfile.ZipFile, *, path: Path) -> None:
        """Examine an open archive.

        Raises:
            UserError: As :func:`open_archive`.
        """
        self._packed, self._path = packed, path
        self._members: dict[str, zipfile.ZipInfo] = {}
        infos = packed.infolist()
        _refuse_bomb(infos, size=path.stat().st_size, path=path)
        for info in infos:
            name = _name(info)
            _refuse_member(info, name, path=path)
            parts = name.split("/")
            if not name.endswith("/") and parts[0] != "__MACOSX" and parts[-1][:2] != "._":
                self._members.setdefault(name, info)
        self.names: tuple[str, ...] = tuple(sorted(self._members))

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The bytes of one file; reading them raises one of :data:`FAULTS` if it is damaged.

        Raises:
            UserError: ``wrong_file``/``zip_nested``: it is an archive itself.
        """
        with self._packed.open(self._members[name]) as member:
            stream = cast("zipfile.ZipExtFile", member)
            if stream.peek(8).startswith(_PACKED):
                raise UserError("wrong_file", "zip_nested", file=str(self._path))
            yield cast("BinaryIO", stream)


class Folder:
    """A folder into which an archive was unpacked, read as the archive would be.

    Attributes:
        names: Paths of its files and of those one folder deeper, sorted, divided by ``/``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        names: list[str] = []
        for entry in path.iterdir():
            if entry.is_dir():
                names.extend(f"{entry.name}/{file.name}" for file in entry.iterdir())
            else:
                names.append(entry.name)
        self.names: tuple[str, ...] = tuple(sorted(names))

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The bytes of one file; raises :class:`OSError`."""
        with (self._path / name).open("rb") as stream:
            yield stream


@contextlib.contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """An archive to read from.

    Raises:
        UserError: ``wrong_file`` with ``zip_bomb`` (more files, bytes or folders in folders than
            exports have, or packed tighter than text can be), ``zip_paths`` (absolute or leading
            out), ``zip_locked`` (a password), ``zip_method`` (packed in a way not read here);
            ``damaged``/``unreadable``.
    """
    try:
        entries, directory = _declared(path)
    except FAULTS:
        raise UserError("damaged", "unreadable", file=str(path)) from None
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY:
        raise UserError("wrong_file", "zip_bomb", file=str(path))
    with contextlib.ExitStack() as stack:
        try:
            archive = Archive(stack.enter_context(zipfile.ZipFile(path)), path=path)
        except FAULTS:
            raise UserError("damaged", "unreadable", file=str(path)) from None
        yield archive


def examine(path: Path) -> None:
    """Refuse an archive that nobody should be told to unpack.

    Raises:
        UserError: ``wrong_file`` as :func:`open_archive`.
    """
    try:
        with open_archive(path):
            pass
    except UserError as error:
        if error.kind != "damaged":
            raise


def _declared(path: Path) -> tuple[int, int]:
    """Files that an archive says it has, and bytes of their list.

    Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _END.size - _COMMENT))
        tail = stream.read()
        place = tail.rfind(b"PK\x05\x06")
        if place < 0:
            raise zipfile.BadZipFile
        end = _END.unpack_from(tail, place)
        entries, directory = end[4], end[5]
        if place >= _END64_PLACE.size:
            mark, _, start, _ = _END64_PLACE.unpack_from(tail, place - _END64_PLACE.size)
            if mark == b"PK\x06\x07":
                stream.seek(start)
                end = _END64.unpack(stream.read(_END64.size))
                entries, directory = end[7], end[8]
    return entries, directory


def _refuse_bomb(infos: Sequence[zipfile.ZipInfo], *, size: int, path: Path) -> None:
    unpacked = sum(info.file_size for info in infos)
    if (
        len(infos) > MOST_ENTRIES
        or unpacked > MOST_BYTES
        or unpacked > SMALL + MOST_RATIO * size  # also of bytes that several files share
        or any(
            info.file_size > SMALL and info.file_size > MOST_RATIO * info.compress_size
            for info in infos
        )
    ):
        raise UserError("wrong_file", "zip_bomb", file=str(path))


def _refuse_member(info: zipfile.ZipInfo, name: str, *, path: Path) -> None:
    parts = name.split("/")
    if len(parts) > DEEPEST:
        raise UserError("wrong_file", "zip_bomb", file=str(path))
    if name.startswith("/") or ".." in parts or _DRIVE.match(name):
        raise UserError("wrong_file", "zip_paths", file=str(path))
    if info.flag_bits & _LOCKED:
        raise UserError("wrong_file", "zip_locked", file=str(path))
    if info.compress_type not in _METHODS:
        raise UserError("wrong_file", "zip_method", file=str(path))


def _name(info: zipfile.ZipInfo) -> str:
    """The path of a member; many programs write UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")
