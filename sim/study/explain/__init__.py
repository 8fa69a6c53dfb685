"""Why a variant does what it does, and what would overturn that."""

from sim.study.explain.explain import SETS, explain
from sim.study.explain.result import Explanation, Share, read_explanation

__all__ = ["SETS", "Explanation", "Share", "explain", "read_explanation"]
