"""How a daily count becomes one number of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.metrics.measured import Measured


def last(run: Measured, *, name: str) -> float:
    """A stock at the end of the last day."""
    return float(run.series(name)[-1])


def mean(run: Measured, *, name: str) -> float:
    """Mean of a count over the days."""
    return run.total(name) / run.days


def total(run: Measured, *, name: str) -> float:
    """Sum of a count over the days."""
    return float(run.total(name))


def net_joins(run: Measured) -> float:
    """Joins less those who left or were removed."""
    return float(run.total("joins") - run.total("leaves") - run.total("pruned"))
