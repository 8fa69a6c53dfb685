"""Environments of their own for other simulators, made once and kept in the user's cache."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INSTALL_SECONDS = 900
"""Longest time that one environment may take."""


class UnavailableError(Exception):
    """A simulator cannot be measured here; the message is one line that says why."""


def cache_folder() -> Path:
    """Where environments are kept: ``QUNSIM_CACHE``, else the user's cache folder."""
    if chosen := os.environ.get("QUNSIM_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "qunsim"


def interpreter_of(environment: Path) -> Path:
    """The Python interpreter of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def last_line(text: str) -> str:
    """The last line that says something: for pip and for a traceback, the reason."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith("ERROR:")]
    return (telling or lines or ["no message"])[-1][:200]


def _call(command: Sequence[str | Path]) -> None:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"installing took more than {INSTALL_SECONDS} s") from None
    except OSError as error:
        raise UnavailableError(str(error)) from error
    if done.returncode:
        raise UnavailableError(last_line(done.stderr or done.stdout))


def environment_for(requirement: str, *, cache: Path) -> Path:
    """Return an environment that holds the requirement, making it when it is not there yet.

    An environment appears under its name only when it is complete, so neither an interruption nor
    two programs at once can leave half of one.

    Args:
        requirement: One pinned requirement, ``name==version``, with or without extras.
        cache: Folder of the environments.

    Returns:
        The environment's folder.

    Raises:
        UnavailableError: It cannot be made; the message is pip's reason.
    """
    release = re.sub(r"\[.*\]", "", requirement).replace("==", "-")
    name = f"{release}-py{sys.version_info.major}.{sys.version_info.minor}"
    home = cache / "peers" / name
    if interpreter_of(home).exists():
        return home
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=home.parent))
    except OSError as error:
        raise UnavailableError(str(error)) from error
    try:
        _call([sys.executable, "-m", "venv", made])
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _call([interpreter_of(made), *install, "--only-binary", ":all:", requirement])
        try:
            made.rename(home)
        except OSError:  # somebody else was faster
            if not interpreter_of(home).exists():
                raise
    except OSError as error:
        raise UnavailableError(str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return home
