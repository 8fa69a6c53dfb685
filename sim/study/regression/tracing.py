"""The exact layer: where the first difference is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.study.trace import TRACED, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.study.regression.baseline import Baseline
    from sim.study.regression.sample import Sample
    from sim.study.regression.suite import Suite
    from sim.study.trace import Trace


@dataclass(frozen=True, kw_only=True)
class First:
    """The first difference between a run and what was kept of it.

    Attributes:
        case: Community.
        replicate: Number of the future.
        day: First day on which a count differs; None = no daily count that was kept does.
        column: The count, one of ``sim.study.trace.TRACED``; empty if no count does.
    """

    case: str
    replicate: int
    day: int | None = None
    column: str = ""


def first_difference(
    suite: Suite, baseline: Baseline, runs: Mapping[str, Sequence[Sample]]
) -> First | None:
    """Where the first difference is: the first community, then the first future that shows its day.

    Returns:
        None if no run differs.
    """
    for case in suite.cases:
        kept = baseline.cases[case.name]
        other = [
            one for one in runs.get(case.name, ()) if one.digest != kept.digests[one.replicate]
        ]
        for one in other:
            if one.replicate < len(kept.traces):
                before, _ = unpack(kept.traces[one.replicate], keys=baseline.kpis)
                day, column = (None, "") if before is None else _first_day(before, one.trace)
                return First(case=case.name, replicate=one.replicate, day=day, column=column)
        if other:
            return First(case=case.name, replicate=other[0].replicate)
    return None


def _first_day(before: Trace, after: Trace) -> tuple[int | None, str]:
    if before.counts.shape != after.counts.shape:
        return None, ""
    differs = np.any(before.counts.astype(np.int64) != after.counts.astype(np.int64), axis=2)
    if not differs.any():
        return None, ""
    day = int(differs.any(axis=0).argmax())
    columns = [name for name, there in zip(TRACED, differs[:, day], strict=True) if there]
    return day, min(columns, key=lambda name: name == "members")  # which follows from the others
