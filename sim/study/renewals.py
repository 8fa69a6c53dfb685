"""Renewals ahead: survival tables by group, with what the law makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.survival import (
    UNKNOWN_MEMBERS,
    SurvivalLaw,
    fit_survival,
    resampled_laws,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.number_table import NumberRows

    Numbers = NDArray[np.float64]

RENEWALS_HEADER = "group,period,observed,q05,q50,q95,retention"
FEWEST_PERIODS = 12
"""Periods told at least."""
DISCOUNT = 0.08
"""Interest a period, if a period is a year, as ``finance.discount_rate`` has it."""
_RANGE = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Renewals:
    """One group's renewals.

    Attributes:
        group: Its name, empty in a table without groups.
        observed: float64 of shape (n,): share still paying after 0 .. n-1 renewals.
        law: Fitted.
        quantiles: float64 of shape (periods + 1, 3): what the law expects, 5, 50 and 95 of 100
            cohorts of this size; what is known of the law itself included.
        members: How many members the ranges take it to be.
    """

    group: str
    observed: Numbers
    law: SurvivalLaw
    quantiles: Numbers
    members: int

    @property
    def periods(self) -> int:
        """Last period told."""
        return len(self.quantiles) - 1

    def summary(self) -> dict[str, object]:
        """What ``renewals.json`` says of the group."""
        forever = self.law.lifetime()
        return {
            "group": self.group,
            "alpha": self.law.alpha,
            "beta": self.law.beta,
            "lapse": self.law.lapse,
            "members": self.members,
            "periods": self.periods,
            "paid_periods": self.law.lifetime(periods=self.periods),
            "paid_periods_forever": forever if np.isfinite(forever) else None,
            "discount": DISCOUNT,
            "discounted_periods": self.law.lifetime(discount=DISCOUNT),
            "settings": self.law.settings,
        }


def forecast_renewals(tables: Sequence[NumberRows], *, runs: int, seed: int = 0) -> list[Renewals]:
    """Fit each group's law and go on for as many periods again, at least to the twelfth.

    Members who are counted give their own ranges; shares and percentages are taken to be of 1,000.

    Args:
        tables: Of ``read_survival``.
        runs: Cohorts drawn for the ranges.
        seed: Seed.

    Raises:
        UserError: As ``fit_survival``.
    """
    found = []
    for table in tables:
        counted = table.value[0] > 100.0 and bool((table.value == np.rint(table.value)).all())
        members = int(table.value[0]) if counted else UNKNOWN_MEMBERS
        law, seen = fit_survival(table.value), table.value.size - 1
        at = np.arange(max(2 * seen, FEWEST_PERIODS) + 1)
        rng = np.random.default_rng([seed, 71])
        curves = [
            _cohort(each.survival(at), members=members, rng=rng)
            for each in resampled_laws(law, members=members, periods=seen, runs=runs, seed=seed)
        ]
        found.append(
            Renewals(
                group=table.group, observed=table.value / table.value[0], law=law,
                quantiles=np.quantile(curves, _RANGE, axis=0).T, members=members,
            )
        )  # fmt: skip
    return found


def _cohort(shares: Numbers, *, members: int, rng: np.random.Generator) -> Numbers:
    """What so many members would show of a survival curve."""
    ends = np.append(-np.diff(shares), shares[-1])
    gone = np.cumsum(rng.multinomial(members, ends / ends.sum())[:-1])
    return 1.0 - np.concatenate([[0], gone]) / members


def renewals_csv(groups: Sequence[Renewals]) -> str:
    """The text of ``renewals.csv``; ``observed`` is empty in the periods ahead."""
    lines = [RENEWALS_HEADER]
    for one in groups:
        kept = one.law.retention(np.arange(1, one.periods + 1))
        for period, (low, middle, high) in enumerate(one.quantiles):
            seen = f"{one.observed[period]:.6g}" if period < one.observed.size else ""
            retention = f"{kept[period - 1]:.6g}" if period else ""
            cells = f"{low:.6g},{middle:.6g},{high:.6g},{retention}"
            lines.append(f"{one.group},{period},{seen},{cells}")
    return "\n".join(lines) + "\n"
