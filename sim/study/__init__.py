"""Everything that runs many simulations.

``run`` and ``load`` are the documented, stable interface, also as ``sim.run`` and ``sim.load``.
"""

from __future__ import annotations

from sim.study.results import Result, configure, load, run

__all__ = ["Result", "configure", "load", "run"]
