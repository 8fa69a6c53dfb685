"""Spend a budget: which mix of policies, how much of each, and how sure that is."""

from sim.study.plan.plan import default_folder, plan, prepare
from sim.study.plan.planned import Planned, planned_of

__all__ = ["Planned", "default_folder", "plan", "planned_of", "prepare"]
