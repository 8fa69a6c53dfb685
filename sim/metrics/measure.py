"""Measure one run: the values of its KPIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.metrics.measured import Measured
from sim.metrics.parameters import DEFAULT_PARAMETERS, KpiParameters
from sim.metrics.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.metrics.values import Value
    from sim.record import RunRecord


def run_kpis(
    record: RunRecord,
    *,
    parameters: KpiParameters = DEFAULT_PARAMETERS,
    keys: Iterable[str] | None = None,
) -> dict[str, Value]:
    """Measure a run.

    Args:
        record: The run, at least one day.
        parameters: Stage rule, interest, price of an hour.
        keys: Only these KPIs (and only what they need is computed); all by default.

    Returns:
        Value by key, in the order asked for (by default: of the registry). A value is a finite
        float; a stage's name; ``values.NEVER`` for a time that did not come; None = undefined.

    Raises:
        KeyError: For a key that is not in the registry.
    """
    run = Measured(record, parameters=parameters)
    return {key: REGISTRY[key].measure(run) for key in (REGISTRY if keys is None else keys)}
