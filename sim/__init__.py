"""qunsim: a laboratory for online communities.

Every member, every day, under the policies you choose. The documented, stable interface is what
this module exports; each name is imported on first use, so that ``import sim`` costs nothing.

Example:
    >>> import sim
    >>> result = sim.run("knowledge", days=180, replicates=20, seed=7)  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from sim.version import __version__

if TYPE_CHECKING:
    from sim.model import CommunityModel
    from sim.scenario import Scenario
    from sim.study import compare, load, run

__all__ = ["CommunityModel", "Scenario", "__version__", "compare", "load", "run"]

_HOME = {
    "CommunityModel": "sim.model",
    "Scenario": "sim.scenario",
    "compare": "sim.study",
    "load": "sim.study",
    "run": "sim.study",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
