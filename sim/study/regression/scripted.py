"""Results that a script made, held against a baseline like those of a suite.

A team that scripts the Python API has no suite: its communities are the variants of a result, its
futures those that it simulated.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.metrics import REGISTRY, Margin
from sim.study.regression.baseline import Baseline, baseline_from
from sim.study.regression.check import Report, verdict_on
from sim.study.regression.sample import DIGEST, Sample
from sim.study.regression.suite import GATE, KPIS, Case, Suite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.comparison import Comparison
    from sim.study.results import Result
    from sim.study.simulate import Failure
    from sim.study.study import Runs

    Scripted = Result | Comparison


def suite_of(
    result: Scripted,
    *,
    name: str,
    kpis: Sequence[str] | None = None,
    margins: Mapping[str, float] | None = None,
    gate: Sequence[str] = GATE,
) -> Suite:
    """A suite of what a script simulated.

    Args:
        result: What ``sim.run`` or ``sim.compare`` gave.
        name: What it is called.
        kpis: What is judged; the usual fifteen by default.
        margins: Largest differences that are equivalent, in a KPI's unit, where they are not the
            registry's.
        gate: KPIs that decide first.

    Raises:
        UserError: ``not_found``/``kpi``; ``contradiction``/``suite_stage``.
    """
    chosen = tuple(KPIS if kpis is None else kpis)
    for key in (*chosen, *(margins or {})):
        if key not in REGISTRY:
            from sim.scenario.mistakes import near_miss

            raise UserError("not_found", "kpi", name=key, suggestion=near_miss(key, REGISTRY))
        if REGISTRY[key].unit == "stage":
            raise UserError("contradiction", "suite_stage", name=key)
    own = {key: Margin(relative=0.0, floor=float(value)) for key, value in (margins or {}).items()}
    runs = _runs(result)
    return Suite(
        name=name, source=name, seed=runs.study.seed, gate=frozenset(gate),
        cases=tuple(
            Case(
                name=one.name, variant=one, kpis=chosen,
                margins={key: own.get(key, REGISTRY[key].margins.eq) for key in chosen},
                replicates=len(runs.numbers(one.name)), written={"days": one.days},
            )
            for one in runs.study.variants
        ),
    )  # fmt: skip


def record_result(
    suite: Suite, result: Scripted, *, reason: str, before: Baseline | None = None
) -> Baseline:
    """The baseline of a result.

    Args:
        suite: From :func:`suite_of`.
        result: What was simulated.
        reason: Why it is recorded or accepted.
        before: The baseline that it replaces.
    """
    return baseline_from(suite, samples_of(result), reason=reason, before=before)


def check_result(suite: Suite, result: Scripted, baseline: Baseline) -> Report:
    """Hold a result against a baseline.

    Args:
        suite: From :func:`suite_of`.
        result: What was simulated; with the baseline's seed it is compared future by future.
        baseline: What it came to before.

    Raises:
        UserError: As ``check.verdict_on``.
    """
    runs = _runs(result)
    return verdict_on(
        replace(suite, seed=baseline.seed), baseline, samples_of(result), seed=runs.study.seed,
        failed=failures_of(result),
    )  # fmt: skip


def failures_of(result: Scripted) -> list[Failure]:
    """Futures of a result that failed, in order."""
    failures = _runs(result).failures
    return [failures[place] for place in sorted(failures)]


def samples_of(result: Scripted) -> dict[str, list[Sample]]:
    """Futures of a result as a suite keeps them, by variant and in order."""
    runs = _runs(result)
    found: dict[str, list[Sample]] = {}
    for (name, number), kept in sorted(runs.kept.items()):
        digest = hashlib.sha256(kept.packed.encode()).hexdigest()[:DIGEST]
        found.setdefault(name, []).append(
            Sample(
                variant=name, replicate=number, kpis=kept.kpis, trace=kept.trace,
                packed=kept.packed, digest=digest,
            )
        )  # fmt: skip
    return found


def _runs(result: Any) -> Runs:
    runs: Runs = result._runs if hasattr(result, "_runs") else result.runs  # noqa: SLF001  of the same house
    return runs
