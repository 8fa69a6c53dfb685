"""From runs to a summary: each KPI is computed inside each run, then summarised over runs.

Never a KPI of the mean curve, never the ratio of two means over runs.
"""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

from sim.metrics.registry import REGISTRY
from sim.metrics.stage import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.metrics.values import Value

Summary = dict[str, object]
"""Of one KPI: ``mean, sd, p05, p25, p50, p75, p95`` (numbers or None), ``n`` = runs where it is
defined, and where they apply:

- ``small_n`` true: under 20 such runs, p05 and p95 are not for showing;
- ``why``: code of the reason why it is undefined in more than 20 % of the runs; all null then;
- ``never``: share of these n runs in which the time did not come (times only);
- ``shares``: share of the runs by stage (stage only; its quantiles are ordinal codes 0 to 4);
- ``partial`` true: the run is shorter than the KPI's window;
- ``few_joins`` true: it rests on newcomers, and the middle run has under 30;
- ``at_edge``: share of the runs that peaked in their last window (``peak_day`` only).
"""

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}
SMALL_N = 20
MOST_UNDEFINED = 0.20
FEW_JOINS = 30


def summarise(
    per_run: Sequence[Mapping[str, Value]], *, days: int | None = None
) -> dict[str, Summary]:
    """Summarise KPIs over the runs of one variant.

    Args:
        per_run: What :func:`sim.metrics.measure.run_kpis` gave for each run. A key that one of them
            lacks, and a NaN (a null that went through a file), is undefined there.
        days: Horizon H; without it nothing is flagged ``partial``.

    Returns:
        Summary by key, of JSON's own types only.

    Raises:
        KeyError: For a key that is not in the registry.
    """
    keys = dict.fromkeys(key for run in per_run for key in run)
    columns = {key: [_clean(run.get(key)) for run in per_run] for key in keys}
    summaries = {key: _summary(key, values) for key, values in columns.items()}
    few = _few_joins(columns.get("joins", []))
    for key, summary in summaries.items():
        if days is not None and days < REGISTRY[key].window:
            summary["partial"] = True
        if few and REGISTRY[key].few_joins:
            summary["few_joins"] = True
    if "peak_day" in summaries and "peak_at_edge" in summaries:
        summaries["peak_day"]["at_edge"] = summaries["peak_at_edge"]["mean"]
    return summaries


def _clean(value: Value) -> Value:
    if value is None or isinstance(value, str):
        return value
    return float(value) if math.isfinite(value) else None


def _few_joins(joins: list[Value]) -> bool:
    known = [value for value in joins if isinstance(value, float)]
    return bool(known) and statistics.median(known) < FEW_JOINS


def _summary(key: str, values: list[Value]) -> Summary:
    kpi = REGISTRY[key]
    defined = [value for value in values if value is not None]
    summary: Summary = dict.fromkeys(("mean", "sd", *QUANTILES))
    summary["n"] = len(defined)
    if len(defined) < SMALL_N:
        summary["small_n"] = True
    if not defined or len(values) - len(defined) > MOST_UNDEFINED * len(values):
        summary["why"] = kpi.because
        return summary
    if kpi.unit == "stage":
        return summary | _of_stages([str(value) for value in defined])
    return summary | _of_numbers(defined, may_never=kpi.may_never)


def _of_numbers(defined: Sequence[Value], *, may_never: bool) -> Summary:
    """Mean, sd and quantiles; times that did not come stand beyond every number."""
    numbers = sorted(value for value in defined if isinstance(value, float))
    missing = len(defined) - len(numbers)
    summary: Summary = {}
    if not missing:
        summary["mean"] = math.fsum(numbers) / len(numbers)
        summary["sd"] = statistics.stdev(numbers) if len(numbers) > 1 else None
    for name, share in QUANTILES.items():
        summary[name] = quantile(numbers, len(defined), share)
    if may_never:
        summary["never"] = missing / len(defined)
    return summary


def quantile(numbers: list[float], count: int, share: float) -> float | None:
    """Quantile by linear interpolation of ``count`` values whose smallest are ``numbers``."""
    place = share * (count - 1)
    below = math.floor(place)
    above = math.ceil(place)
    if above >= len(numbers):
        return None
    return numbers[below] + (place - below) * (numbers[above] - numbers[below])


def _of_stages(names: list[str]) -> Summary:
    """Shares by stage, and quantiles that are stages that occurred (no interpolation)."""
    codes = sorted(STAGES.index(name) for name in names)
    quantiles = {
        name: codes[max(0, math.ceil(share * len(codes)) - 1)] for name, share in QUANTILES.items()
    }
    shares = {stage: names.count(stage) / len(names) for stage in STAGES}
    return {**quantiles, "shares": shares}
