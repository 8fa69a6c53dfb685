"""What a result was made with: the code that decides numbers, its dependencies, the machine."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HERE = Path(__file__).resolve().parents[1]
_NO_MATTER = {"bench", "commands", "report", "study", "verbs", "web", "words"}
_NO_MATTER_FILES = {"cli.py", "__main__.py"}
_MADE_WITH = ("numpy", "numba", "scipy", "mesa", "pydantic", "duckdb")


@cache
def code_digest(*also: str) -> str:
    """SHA-256 of the sources that decide what a run gives, 64 hex digits.

    What only orders or tells runs (studies, words, reports, the command line) is left out, and so
    are presets, which are part of the configuration.

    Args:
        also: Packages that decide as well: ``study``, where forecasts and scores are worked out.
    """
    digest = hashlib.sha256()
    for name, path in _deciding(*also):
        digest.update(name.encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _deciding(*also: str) -> Iterator[tuple[str, Path]]:
    """The sources that decide, as ``phases/staying.py``, and where they are."""
    for path in sorted(_HERE.rglob("*.py")):
        parts = path.relative_to(_HERE).parts
        if parts[0] not in _NO_MATTER - set(also) and parts[0] not in _NO_MATTER_FILES:
            yield "/".join(parts), path


def sources() -> dict[str, str]:
    """What :func:`code_digest` is made of, file by file: ``{"phases/staying.py": "ab12cd34"}``.

    Eight hex digits of each file's SHA-256 tell two versions of one file apart; whether two folders
    are of the same code is for the whole digest to say.
    """
    return {name: hashlib.sha256(path.read_bytes()).hexdigest()[:8] for name, path in _deciding()}


@dataclass(frozen=True, kw_only=True)
class Files:
    """Sources that are not as they were, by name in the package (``phases/staying.py``).

    Attributes:
        changed: Those with another content.
        added: Those that there were not then.
        removed: Those that there are no more.
    """

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @classmethod
    def since(cls, then: Mapping[str, str]) -> Files:
        """What differs now from what :func:`sources` gave then."""
        now = sources()
        return cls(
            changed=tuple(name for name in now if name in then and now[name] != then[name]),
            added=tuple(name for name in now if name not in then),
            removed=tuple(name for name in then if name not in now),
        )


def commit() -> str:
    """The commit that the package was taken from, 40 hex digits; empty if nobody says.

    An installer writes it down (PEP 610), and a checkout has it in its files: git is not needed.
    Files may have been edited since; :func:`code_digest` notices, this does not.
    """
    git = _HERE.parent / ".git"
    try:
        head = (git / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        if (git / name).is_file():
            return (git / name).read_text("utf-8").strip()
        packed = (git / "packed-refs").read_text("utf-8").splitlines()
        return next(line.split()[0] for line in packed if line.endswith(f" {name}"))
    except (OSError, StopIteration):
        return _installed_commit()


def _installed_commit() -> str:
    """What ``pip install git+...`` wrote down of this very package."""
    try:
        installed = metadata.distribution("qunsim")
        told = json.loads(installed.read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        return ""
    here = Path(str(installed.locate_file(_HERE.name))) == _HERE
    return str(told.get("vcs_info", {}).get("commit_id", "")) if here else ""


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that results are made with."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _MADE_WITH}}


@cache
def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def machine() -> str:
    """System and processor: ``Linux-x86_64``."""
    return f"{platform.system()}-{platform.machine()}"
