"""Every number that a scenario can set: typed, bounded, with unit, source and confidence.

One class a section (``member``, ``opening``, ``talk`` ...), one field a parameter; the dotted path
``section.field`` is the parameter's name everywhere.
"""

from __future__ import annotations

from sim.parameters.base import Confidence, Mark, ParameterInfo, Section
from sim.parameters.table import SECTIONS, Parameters, by_path, table

__all__ = [
    "SECTIONS",
    "Confidence",
    "Mark",
    "ParameterInfo",
    "Parameters",
    "Section",
    "by_path",
    "table",
]
