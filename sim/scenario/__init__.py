"""What can be configured: one community and its world, typed, bounded, with units.

A scenario comes from a preset, a TOML file or plain tables, and goes back to TOML without loss.
"""

from __future__ import annotations

from sim.scenario.assignment import parse_assignment
from sim.scenario.keys import SCHEMA, Kind, preset_names
from sim.scenario.model import Scenario
from sim.scenario.places import Place
from sim.scenario.platforms import CAPACITY, Platform
from sim.scenario.sources import Source, policy_values

__all__ = [
    "CAPACITY",
    "SCHEMA",
    "Kind",
    "Place",
    "Platform",
    "Scenario",
    "Source",
    "parse_assignment",
    "policy_values",
    "preset_names",
]
