"""Writing files of a result: completely or not at all, and a message where it cannot be done."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(r"\..+\.(json|parquet|npz|html|xlsx|csv|md|png|svg)\.[a-z0-9_]{8}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def content_digest(path: Path) -> str:
    """SHA-256 of a file's bytes: two files of the same content are one thing, 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True)
class KnownFile:
    """A file by its place and its content, as it was when somebody looked.

    Attributes:
        path: The file.
        digest: SHA-256 of its content.
    """

    path: str
    digest: str

    @classmethod
    def at(cls, path: Path) -> Self:
        """The file as it is now."""
        return cls(str(path.resolve()), content_digest(path))

    def unchanged(self) -> Path:
        """Its path.

        Raises:
            UserError: ``damaged``/``changed`` if its content is another one now.
        """
        path = Path(self.path)
        if content_digest(path) != self.digest:
            raise UserError("damaged", "changed", file=self.path)
        return path


def told(error: OSError, path: Path) -> UserError:
    """What a user is told when the system refuses to write a file."""
    if error.errno in _FULL:
        return UserError("no_space", "disk_full", file=str(path))
    return UserError("no_permission", "file", file=str(path))


def free_folder(folder: Path) -> Path:
    """The folder, or the first numbered one that does not exist yet."""
    candidate, number = folder, 2
    while candidate.exists():
        candidate, number = folder.with_name(f"{folder.name}-{number}"), number + 1
    return candidate


def taken(reason: str, folder: Path, *, detail: str = "") -> UserError:
    """What a user is told when a result would overwrite another: which folder is free."""
    free = free_folder(folder.with_name(f"{folder.name}-2"))
    return UserError("taken", reason, file=str(folder), detail=detail, suggestion=str(free))


def result_in(folder: Path, mark: str) -> bool:
    """Whether a folder holds a result of a kind; False if it is missing or empty.

    Args:
        folder: The folder.
        mark: The file that every result of this kind has.

    Raises:
        UserError: ``taken``/``file`` if it is no folder; ``taken``/``foreign`` if it holds
            anything else.
    """
    if folder.exists() and not folder.is_dir():
        raise taken("file", folder)
    if not folder.is_dir() or not any(folder.iterdir()):
        return False
    if not (folder / mark).exists():
        raise taken("foreign", folder)
    return True


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn the system's refusals to write into messages about ``path``.

    Raises:
        UserError: ``no_space``/``disk_full`` or ``no_permission``/``file``.
    """
    try:
        yield
    except OSError as error:
        raise told(error, path) from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write, which takes its place when everything went well.

    Raises:
        UserError: As :func:`refusals`.
    """
    part: Path | None = None
    try:
        with refusals(path):
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            os.close(handle)
            part = Path(name)
            yield part
            mask = os.umask(0)
            os.umask(mask)
            part.chmod(0o666 & ~mask)  # mkstemp makes a private file
            part.replace(path)
    except BaseException:
        if part is not None:
            part.unlink(missing_ok=True)
        raise


class Lock:
    """A folder that one process writes to; the system takes the lock back when the process ends.

    The folder itself is locked, so that nothing is left behind. Systems that cannot lock folders
    (Windows, some network drives) go without.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def of(cls, folder: Path) -> Lock:
        """Lock a folder that exists.

        Raises:
            UserError: ``taken``/``busy`` if somebody else writes to it; as :func:`refusals`.
        """
        try:
            import fcntl
        except ImportError:
            return cls(-1)
        with refusals(folder):
            handle = os.open(folder, os.O_RDONLY)
        lock = cls(handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.release()
            raise UserError("taken", "busy", file=str(folder)) from error
        except OSError:  # a file system without locks
            lock.release()
            return lock
        if not folder.exists() or not os.path.samestat(os.fstat(handle), folder.stat()):
            lock.release()  # somebody moved it away meanwhile
            raise UserError("taken", "busy", file=str(folder))
        return lock

    def release(self) -> None:
        """Unlock it."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.release()


def write_json(path: Path, value: object) -> None:
    """Write JSON in UTF-8, keys in the order given; the same value gives the same bytes.

    Raises:
        UserError: As :func:`refusals`.
    """
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8.

    Raises:
        UserError: As :func:`refusals`.
    """
    with replacing(path) as part:
        part.write_bytes(text.encode())


def as_json(value: Any) -> Any:
    """A value as it is after a file: tuples are lists there."""
    return json.loads(json.dumps(value, ensure_ascii=False))


def holds(path: Path, value: object) -> bool:
    """Whether a file of JSON is there and says just this."""
    try:
        return bool(read_json(path) == as_json(value))
    except UserError:
        return False


def leftovers(folder: Path) -> list[Path]:
    """Files that :func:`replacing` had begun below a folder when its process was killed."""
    return [path for path in folder.rglob(".*") if _PART.fullmatch(path.name)]


def read_json(path: Path) -> Any:
    """Read JSON.

    Raises:
        UserError: ``not_found``/``file``, ``damaged``/``not_json``.
    """
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UserError("not_found", "file", file=str(path)) from error
    except (OSError, ValueError) as error:
        raise UserError("damaged", "not_json", file=str(path)) from error


def append_line(path: Path, line: str) -> None:
    """Add a line to a file in one write; a line torn by a crash before stays a line of its own.

    Raises:
        UserError: As :func:`refusals`.
    """
    with refusals(path), path.open("ab+") as stream:
        end = stream.seek(0, os.SEEK_END)
        torn = False
        if end:
            stream.seek(end - 1)
            torn = stream.read(1) != b"\n"
        stream.write(("\n" if torn else "").encode() + line.encode() + b"\n")
