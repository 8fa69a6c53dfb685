"""Read what a command or a script has put into a result folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.study.comparison import load_comparison
from sim.study.folders import SENSITIVITY
from sim.study.results import load_run
from sim.study.store import read_manifest

if TYPE_CHECKING:
    import os

    from sim.study.comparison import Comparison
    from sim.study.results import Result
    from sim.study.sensitivity import Sensitivity


def load(folder: str | os.PathLike[str]) -> Result | Comparison | Sensitivity:
    """Read a result folder.

    Args:
        folder: What ``run``, ``compare`` or ``Result.save`` wrote, finished or not; a finished
            sensitivity study's.

    Returns:
        A ``Comparison`` where variants were compared, a ``Sensitivity`` where values were moved,
        else a ``Result``.

    Raises:
        UserError: ``not_found``, ``damaged``, ``cannot_read``/``newer_schema``.
    """
    from pathlib import Path

    folder = Path(folder)
    kind = read_manifest(folder)["kind"]
    if kind == "compare":
        return load_comparison(folder)
    if kind == SENSITIVITY:
        from sim.study.sensitivity.given import load as load_study

        return load_study(folder)
    return load_run(folder)
