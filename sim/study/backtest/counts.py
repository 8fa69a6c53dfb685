"""How well numbers of members would have been forecast: rolling origins, beside series methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.study.backtest.classical import CLASSICAL, MEDIAN_OF, check_extra
from sim.study.backtest.scoring import coverage, weighted_interval_score
from sim.study.counts import LEAST_STEPS, forecast_counts, regular

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.logs.number_table import NumberRows

    Numbers = NDArray[np.float64]

ORIGINS = (0.5, 0.6, 0.7, 0.8)
"""Shares of a series after which one looks ahead."""
COUNT_SCORES_HEADER = "method,cases,to_naive,coverage50,coverage90"
_OFFSET = 1e-6  # of the level: a series that stands still makes no infinite ratios


@dataclass(frozen=True, kw_only=True)
class CountScore:
    """How one method did.

    Attributes:
        method: Its name.
        cases: Forecasts made.
        to_naive: Weighted interval score beside that of the random walk, geometric mean.
        coverage50: Share of steps inside the 50 % range.
        coverage90: Share of steps inside the 90 % range.
    """

    method: str
    cases: int
    to_naive: float
    coverage50: float
    coverage90: float

    def row(self) -> str:
        """A line of ``members_scores.csv``."""
        shares = f"{self.to_naive:.6g},{self.coverage50:.6g},{self.coverage90:.6g}"
        return f"{self.method},{self.cases},{shares}"


def backtest_counts(
    tables: Sequence[NumberRows],
    *,
    steps: int,
    origins: Sequence[float] = ORIGINS,
    progress: Callable[[int, int], object] | None = None,
) -> list[CountScore]:
    """Forecast from the past of each series by every method, best first.

    Args:
        tables: Of ``read_counts``; those too short are left out.
        steps: Steps ahead.
        origins: Shares of a series after which one looks ahead.
        progress: Told cases done and in all.

    Raises:
        UserError: ``missing_extra``/``extra``; ``too_short``/``steps`` if no series is long enough.
    """
    check_extra()
    cases = []
    for table in tables:
        try:
            series = regular(table).value
        except UserError:
            continue
        for at in sorted({int(share * series.size) for share in origins}):
            if LEAST_STEPS < at <= series.size - steps:
                cases += [(series[:at], series[at : at + steps])]
    if not cases:
        raise UserError("too_short", "steps", steps=0, needed=LEAST_STEPS)
    found: dict[str, list[tuple[float, float, float]]] = {}
    for done, (past, future) in enumerate(cases, start=1):
        given = {name: method(past, steps) for name, method in CLASSICAL.items()}
        given["median_log"] = np.median([given[name] for name in MEDIAN_OF], axis=0)
        given["qunsim"] = forecast_counts(past, steps)
        for name, quantiles in given.items():
            found.setdefault(name, []).append(
                (
                    float(weighted_interval_score(quantiles, future).mean()) / past[-1] + _OFFSET,
                    coverage(quantiles, future, share=0.5),
                    coverage(quantiles, future, share=0.9),
                )
            )
        if progress is not None:
            progress(done, len(cases))
    scored = {name: np.array(values) for name, values in found.items()}
    walk = np.log(scored["naive"][:, 0])
    return sorted(
        (
            CountScore(
                method=name, cases=len(cases),
                to_naive=float(np.exp((np.log(values[:, 0]) - walk).mean())),
                coverage50=float(values[:, 1].mean()), coverage90=float(values[:, 2].mean()),
            )
            for name, values in scored.items()
        ),
        key=lambda one: one.to_naive,
    )  # fmt: skip
