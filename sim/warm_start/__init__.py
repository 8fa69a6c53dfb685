"""Going on from a real community: its members take rows, its law and luck the scenario's place.

With no policy the simulated chance to speak is the law fitted to the log, member by member; what a
policy changes comes on top.
"""

from __future__ import annotations

from sim.warm_start.start import run_from_community, scenario_from_community

__all__ = ["run_from_community", "scenario_from_community"]
