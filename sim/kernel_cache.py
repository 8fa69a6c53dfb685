"""Where compiled kernels are kept: a folder for each state of the sources.

Numba notices a change in a kernel's own file, not in what the kernel inlines from other files; a
kernel compiled before an update of any of them would silently go on. The folder's name is therefore
a checksum of all of them.
"""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_KERNELS = (
    "arithmetic.py", "audiences.py", "coefficients.py", "day.py", "draws.py", "founding.py",
    "levers.py", "population.py", "record.py", "state.py", "ties.py", "agents/*.py", "phases/*.py",
    "metrics/kernels.py",
)  # fmt: skip
"""What kernels of other files are made of; a change in its own file a kernel notices by itself.
The table of parameters is not here: its names are part of a kernel's signature, its numbers are
read when a kernel runs."""


def cache_folder() -> Path:
    """The folder of this state of the sources and this Python; it need not exist yet.

    It lies in ``QUNSIM_CACHE``, by default in the user's cache.
    """
    state = 0
    for pattern in _KERNELS:
        for path in sorted(_HERE.glob(pattern)):
            state = zlib.crc32(path.read_bytes(), state)
    base = os.environ.get("QUNSIM_CACHE") or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Path(base).expanduser() / "qunsim" / f"kernels-{version}-{state:08x}"


def use_cache_folder() -> None:
    """Tell Numba, before it is imported, where kernels go; ``NUMBA_CACHE_DIR`` has precedence."""
    if "NUMBA_CACHE_DIR" not in os.environ:
        os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())


def is_cold() -> bool:
    """Whether the kernels still have to be compiled (so that a user can be told)."""
    folder = Path(os.environ.get("NUMBA_CACHE_DIR", str(cache_folder())))
    return not any(folder.rglob("day.run_days*.nbc"))
