"""Who renews: the shifted beta-geometric law of a survival table (Fader and Hardie 2007).

A member gives up at the end of a period with a chance of his own; the chances differ between
members by a beta law. Those who give up easily go first, so retention rises with the periods
though nobody changes. A curve drawn through the same points does not know that and falls too low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, hyp2f1

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

LEAST_PERIODS = 2
"""Renewals that must have been seen: two parameters need two numbers."""
UNKNOWN_MEMBERS = 1000
"""How many members a table of shares is taken to be about, as in the paper; only ranges use it."""
_LIMIT = 9.0  # logarithms of the parameters stay between -9 and 9


@dataclass(frozen=True)
class SurvivalLaw:
    """The shifted beta-geometric law.

    Attributes:
        alpha: First parameter of the beta law of the chance to give up.
        beta: Second.
    """

    alpha: float
    beta: float

    @property
    def lapse(self) -> float:
        """Share of a new member's chance to give up after the first period."""
        return self.alpha / (self.alpha + self.beta)

    def survival(self, periods: NDArray[np.int64]) -> Numbers:
        """Share still paying after so many renewals (0 = all), shape of ``periods``."""
        shares: Numbers = np.exp(
            betaln(self.alpha, self.beta + periods) - betaln(self.alpha, self.beta)
        )
        return shares

    def retention(self, periods: NDArray[np.int64]) -> Numbers:
        """Share of those paying who renew for the n-th time, n >= 1 (their equation 7)."""
        kept: Numbers = (self.beta + periods - 1.0) / (self.alpha + self.beta + periods - 1.0)
        return kept

    def lifetime(self, *, periods: int | None = None, discount: float = 0.0) -> float:
        """Periods that a new member pays for, the first included.

        Args:
            periods: Only the first so many; None = all that will ever be.
            discount: Interest a period; what is paid in period n = 0, 1 ... counts
                (1 + discount)^-n.

        Returns:
            The sum of discounted survival; infinite without a limit and interest if alpha <= 1,
            where some stay for ever.
        """
        if periods is not None:
            n = np.arange(periods)
            return float((self.survival(n) / (1.0 + discount) ** n).sum())
        if discount > 0.0:  # Fader and Hardie 2010, discounted expected lifetime
            share = 1.0 / (1.0 + discount)
            return float(hyp2f1(1.0, self.beta, self.alpha + self.beta, share))
        if self.alpha <= 1.0:
            return float("inf")
        return (self.alpha + self.beta - 1.0) / (self.alpha - 1.0)

    @property
    def settings(self) -> dict[str, float]:
        """The parameters of a community that mean this law, if a period of the table is a year."""
        return {"member.lapse_alpha": self.alpha, "member.lapse_beta": self.beta}


def fit_survival(surviving: Sequence[float] | Numbers) -> SurvivalLaw:
    """The law of greatest likelihood.

    Args:
        surviving: Members, or the share of them, still paying after 0, 1, 2 ... renewals.

    Raises:
        UserError: ``too_short``/``renewals`` with fewer than two renewals; ``contradiction``/
            ``survival`` if the numbers rise, are negative, or nobody was there.
    """
    left = np.asarray(surviving, dtype=np.float64)
    if left.size <= LEAST_PERIODS:
        raise UserError(
            "too_short", "renewals", periods=max(left.size - 1, 0), needed=LEAST_PERIODS
        )
    if left[0] <= 0.0 or left[-1] < 0.0 or bool((np.diff(left) > 0.0).any()):
        raise UserError("contradiction", "survival")
    gone, stay = -np.diff(left) / left[0], float(left[-1] / left[0])
    periods = np.arange(1, left.size)

    def lost(logs: Numbers) -> float:
        a, b = np.exp(np.clip(logs, -_LIMIT, _LIMIT))
        whole = betaln(a, b)
        value = gone @ (betaln(a + 1.0, b + periods - 1.0) - whole)
        return -float(value + stay * (betaln(a, b + periods[-1]) - whole))

    found = minimize(
        lost, np.zeros(2), method="Nelder-Mead",
        options={"maxiter": 2000, "xatol": 1e-7, "fatol": 1e-12},
    )  # fmt: skip
    alpha, beta = np.exp(np.clip(found.x, -_LIMIT, _LIMIT)).tolist()
    return SurvivalLaw(alpha=alpha, beta=beta)


def resampled_laws(
    law: SurvivalLaw, *, members: int, periods: int, runs: int, seed: int = 0
) -> list[SurvivalLaw]:
    """The law refitted to cohorts drawn from it: how well so many members tell it.

    Args:
        law: As fitted.
        members: Members of the cohort, at least 1.
        periods: Renewals that were seen.
        runs: Cohorts drawn.
        seed: Seed.
    """
    rng = np.random.default_rng([seed, 2007])
    shares = law.survival(np.arange(periods + 1))
    ends = np.append(-np.diff(shares), shares[-1])
    drawn = rng.multinomial(members, ends / ends.sum(), size=runs)
    return [fit_survival(members - np.concatenate([[0], np.cumsum(each[:-1])])) for each in drawn]
