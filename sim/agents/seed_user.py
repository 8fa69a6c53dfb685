"""Seed users (handbook A4): the first circle, who carry the talk until they tire of it."""

from __future__ import annotations

from sim.arithmetic import behaviour


@behaviour
def burns_out(role, engagement, u):
    """Whether a seed user whose engagement is gone becomes an ordinary member today."""
    return engagement < role.seed_keep and u < role.seed_burnout
