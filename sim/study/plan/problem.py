"""What a good mix is: objectives, limits of money and time, and what must not suffer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from sim.study.plan.pairs import Pairs

    Rows = NDArray[np.float64]

MOST_UNDEFINED = 0.2
"""Share of futures in which an objective may be undefined."""

_SLACK = 1e-9


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What is known of a mix from futures in which the baseline was simulated too.

    Attributes:
        n: Futures.
        gains: Mean difference to the baseline by objective, in its good direction.
        errors: Standard errors of these.
        cost: Yuan more than the baseline's, mean over futures.
        minutes: Staff minutes a week more than the baseline's.
        excess: By limit and constraint, how far it is exceeded as a share; <= 0 = held.
    """

    n: int
    gains: tuple[float, ...]
    errors: tuple[float, ...]
    cost: float
    minutes: float
    excess: Mapping[str, float]

    @property
    def feasible(self) -> bool:
        """Whether every limit and constraint is held."""
        return all(value <= _SLACK for value in self.excess.values())


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is asked of a mix.

    Attributes:
        objectives: KPIs; the first decides.
        constraints: Share of the baseline's mean to be kept, by KPI.
        days: Days simulated.
        budget: Yuan above the baseline's spending over the horizon; None = not limited.
        minutes: Staff minutes a week above the baseline's; None = not limited.
    """

    objectives: tuple[str, ...]
    days: int
    constraints: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None
    minutes: float | None = None

    @property
    def goal(self) -> str:
        """The KPI that decides."""
        return self.objectives[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """KPIs that have to be measured."""
        wanted = (*self.objectives, *self.constraints, "cost", "owner_minutes", "revenue")
        return tuple(dict.fromkeys(wanted))

    def estimate(self, pairs: Pairs) -> Estimate | None:
        """What futures say of a mix.

        Args:
            pairs: The mix beside the baseline.

        Returns:
            The estimate; None where an objective is undefined in too many futures.
        """
        gains, errors = [], []
        n = len(pairs.numbers)
        for key in self.objectives:
            found = pairs.gains(key)
            if len(found) < max(1, (1 - MOST_UNDEFINED) * n):
                return None
            gains.append(float(found.mean()))
            spread = float(found.std(ddof=1)) if len(found) > 1 else 0.0
            errors.append(spread / len(found) ** 0.5)
        cost = float(pairs.raw("cost").mean())
        minutes = float(pairs.raw("owner_minutes").mean()) * 7 / self.days
        excess: dict[str, float] = {}
        for name, used, limit in (
            ("budget", cost, self.budget),
            ("minutes", minutes, self.minutes),
        ):
            if limit is not None:
                excess[name] = (used - limit) / max(limit, 1.0)
        for key, share in self.constraints.items():
            excess[key] = pairs.lost(key) - (1 - share)
        return Estimate(
            n=n, gains=tuple(gains), errors=tuple(errors), cost=cost, minutes=minutes,
            excess=excess,
        )  # fmt: skip


def dominated_share(rows: Rows, among: Rows) -> list[float]:
    """For each row, the share of the others that are at least as good in all and better in one.

    Args:
        rows: Of shape (asked, objectives), some of those in ``among``; higher is better.
        among: Of shape (mixes, objectives).
    """
    others = max(1, len(among) - 1)
    return [
        float(((among >= row).all(axis=1) & (among > row).any(axis=1)).sum()) / others
        for row in rows
    ]


def pareto(gains: Rows) -> list[int]:
    """Rows that no other row dominates, in order."""
    return [index for index, share in enumerate(dominated_share(gains, gains)) if share == 0]
