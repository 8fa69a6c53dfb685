"""What lies between two baselines of a suite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.study.regression.judging import Judge

if TYPE_CHECKING:
    from sim.study.regression.baseline import Baseline
    from sim.study.regression.judging import Row
    from sim.study.regression.suite import Suite


def changes(suite: Suite, before: Baseline, after: Baseline) -> list[Row]:
    """Every KPI that both have, before and after, in pairs where they have the same futures.

    Args:
        suite: What is judged.
        before: The older baseline.
        after: The newer one.
    """
    both = tuple(
        one
        for one in suite.cases
        if one.name in before.cases and set(one.kpis) <= set(before.cases[one.name].values)
    )
    judge = Judge(replace(suite, cases=both), paired=before.seed == after.seed)
    values = [{one.name: side.cases[one.name].values for one in both} for side in (before, after)]
    judge.look(*values, share=1.0)
    return list(judge.rows.values())
