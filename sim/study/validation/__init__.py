"""The model against published figures and real logs (docs/validation.md)."""

from sim.study.validation.battery import FULL, QUICK, Effort, sweep, validate
from sim.study.validation.finding import FIRST_SEED, Finding

__all__ = ["FIRST_SEED", "FULL", "QUICK", "Effort", "Finding", "sweep", "validate"]
