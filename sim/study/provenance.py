"""What a result was made with: the code that decides numbers, its dependencies, the machine."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

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
    for path in sorted(_HERE.rglob("*.py")):
        parts = path.relative_to(_HERE).parts
        if parts[0] in _NO_MATTER - set(also) or parts[0] in _NO_MATTER_FILES:
            continue
        digest.update("/".join(parts).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that results are made with."""
    found = {"python": platform.python_version()}
    for name in _MADE_WITH:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def machine() -> str:
    """System and processor: ``Linux-x86_64``."""
    return f"{platform.system()}-{platform.machine()}"
