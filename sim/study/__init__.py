"""Everything that runs many simulations.

``run``, ``compare`` and ``load`` are the documented, stable interface, also as ``sim.run``,
``sim.compare`` and ``sim.load``.
"""

from __future__ import annotations

from sim.study.comparison import Comparison, compare
from sim.study.loading import load
from sim.study.results import Result, configure, run

__all__ = ["Comparison", "Result", "compare", "configure", "load", "run"]
