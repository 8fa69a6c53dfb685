"""Read what a command or a script has put into a result folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.study.comparison import load_comparison
from sim.study.results import load_run
from sim.study.store import read_manifest

if TYPE_CHECKING:
    import os

    from sim.study.comparison import Comparison
    from sim.study.results import Result


def load(folder: str | os.PathLike[str]) -> Result | Comparison:
    """Read a result folder.

    Args:
        folder: What ``run``, ``compare`` or ``Result.save`` wrote, finished or not.

    Returns:
        A ``Comparison`` where variants were compared, else a ``Result``.

    Raises:
        UserError: ``not_found``, ``damaged``, ``cannot_read``/``newer_schema``.
    """
    from pathlib import Path

    folder = Path(folder)
    if read_manifest(folder)["kind"] == "compare":
        return load_comparison(folder)
    return load_run(folder)
