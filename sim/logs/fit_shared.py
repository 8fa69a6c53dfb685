"""The member law with what a week did to all members at once: its uncertainty, and feedback.

Rows of one week are not independent. What all members shared in a week (news, holidays, the slow
fortune of the group) is a shift of all their logits, and it lasts; a fit that does not know it is
too sure, and takes a good month for members who follow each other. Here every week fitted has a
shift of its own with a normal prior, noise of single weeks and a random walk that is zero at the
origin, so that the intercept is the level of today. Shifts and coefficients are found together
(Newton), sizes of noise and walk by the Laplace marginal likelihood; the covariance of the
coefficients is what remains when the shifts are integrated out. The method is the logistic mixed
model with correlated random effects (Breslow and Clayton 1993, JASA 88(421)).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.fit_law import Rows
    from sim.logs.law import LawPrior

NOISE_PRIOR, WALK_PRIOR = 0.2, 0.05
"""Medians of the prior of the sizes, logit: of single weeks, and of a week's step of the walk
(volatility .30 a quarter, of which .6 is walk; ``sim.logs.volatility``)."""
SIZE_SPREAD = 0.7
"""Standard deviation of their logarithms."""
_STEPS = 30
_CONVERGED = 1e-8
_GRID_STEP, _ROUNDS = 0.5, 4
_WIDTH = 0.4  # of the logarithm, over which the evidence is differenced


@dataclass(frozen=True)
class SharedFit:
    """The law and what weeks did to all.

    Attributes:
        terms: Names of the coefficients.
        coefficients: float64 of shape (k,); the intercept is that of the last week.
        covariance: float64 of shape (k, k), shifts of the weeks integrated out.
        shifts: float64 of shape (weeks fitted,), logit.
        noise: Standard deviation of single weeks, logit.
        walk: Standard deviation of a week's step, logit.
        evidence: Logarithm of the Laplace marginal likelihood, sizes' prior included.
        size_errors: Standard errors of the logarithms of noise and walk.
    """

    terms: tuple[str, ...]
    coefficients: NDArray[np.float64]
    covariance: NDArray[np.float64]
    shifts: NDArray[np.float64]
    noise: float
    walk: float
    evidence: float
    size_errors: tuple[float, float] = (SIZE_SPREAD, SIZE_SPREAD)

    @property
    def errors(self) -> NDArray[np.float64]:
        """Standard errors, float64 of shape (k,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)


def fit_shared(rows: Sequence[Rows], *, prior: LawPrior) -> SharedFit:
    """Coefficients, shifts and sizes; the rows' weights are not used: the walk forgets instead.

    Args:
        rows: One block a week, oldest first (``fit_law.law_rows``).
        prior: Prior of the coefficients.
    """
    best = fit_given(rows, prior=prior, noise=NOISE_PRIOR, walk=WALK_PRIOR)
    step = _GRID_STEP
    for _ in range(_ROUNDS):
        for up in ((step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)):
            noise, walk = best.noise * np.exp(up[0]), best.walk * np.exp(up[1])
            tried = fit_given(rows, prior=prior, noise=noise, walk=walk, start=best)
            if tried.evidence > best.evidence:
                best = tried
        step /= 1.5
    return replace(best, size_errors=_size_errors(rows, prior=prior, best=best))


def _size_errors(
    rows: Sequence[Rows], *, prior: LawPrior, best: SharedFit
) -> tuple[float, float]:
    """From the curvature of the evidence in each logarithm; never above the prior's spread."""
    found = []
    for up in ((_WIDTH, 0.0), (0.0, _WIDTH)):
        ends = [
            fit_given(
                rows, prior=prior, noise=best.noise * np.exp(sign * up[0]),
                walk=best.walk * np.exp(sign * up[1]), start=best,
            ).evidence
            for sign in (-1.0, 1.0)
        ]  # fmt: skip
        curvature = (2.0 * best.evidence - sum(ends)) / _WIDTH**2
        found.append(float(max(curvature, SIZE_SPREAD**-2) ** -0.5))
    return found[0], found[1]


def fit_given(
    rows: Sequence[Rows],
    *,
    prior: LawPrior,
    noise: float,
    walk: float,
    start: SharedFit | None = None,
) -> SharedFit:
    """The same for given sizes, both above 0."""
    size = len(prior.mean)
    ahead = np.arange(len(rows), 0, -1, dtype=np.float64)  # weeks to the origin
    spread = walk**2 * np.minimum(ahead[:, None], ahead[None, :])
    spread[np.diag_indices(len(rows))] += noise**2
    precision = np.zeros((size + len(rows), size + len(rows)))
    precision[:size, :size] = np.diag(1.0 / np.square(np.array(prior.sd)))
    precision[size:, size:] = np.linalg.inv(spread) if len(rows) else spread
    centre = np.concatenate([np.array(prior.mean), np.zeros(len(rows))])
    at = centre if start is None else np.concatenate([start.coefficients, start.shifts])
    value, gradient, curvature = _log_posterior(rows, at, centre, precision, size)
    for _ in range(_STEPS):
        move = np.linalg.solve(curvature, gradient)
        if float(gradient @ move) < _CONVERGED:
            break
        for _ in range(20):
            candidate = _log_posterior(rows, at + move, centre, precision, size)
            if candidate[0] >= value:
                break
            move = move / 2.0
        at = at + move
        value, gradient, curvature = candidate
    sizes = np.log([noise / NOISE_PRIOR, walk / WALK_PRIOR]) / SIZE_SPREAD
    determinants = np.linalg.slogdet(precision)[1] - np.linalg.slogdet(curvature)[1]
    return SharedFit(
        terms=prior.terms,
        coefficients=at[:size],
        covariance=np.linalg.inv(curvature)[:size, :size],
        shifts=at[size:],
        noise=float(noise),
        walk=float(walk),
        evidence=float(value + 0.5 * determinants - 0.5 * sizes @ sizes),
    )


def _log_posterior(
    rows: Sequence[Rows],
    at: NDArray[np.float64],
    centre: NDArray[np.float64],
    precision: NDArray[np.float64],
    size: int,
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Value, gradient and negative curvature; coefficients first, then shifts."""
    away = at - centre
    gradient = -precision @ away
    value = 0.5 * float(away @ gradient)
    curvature = precision.copy()
    for week, block in enumerate(rows, start=size):
        logit = block.z @ at[:size] + at[week]
        small = np.exp(-np.abs(logit))
        value += float(logit[block.spoke].sum() - np.maximum(logit, 0.0).sum())
        value -= float(np.log1p(small).sum())
        p = np.where(logit >= 0.0, 1.0, small) / (1.0 + small)
        beyond, spread = block.spoke - p, p * (1.0 - p)
        gradient[:size] += beyond @ block.z
        gradient[week] += beyond.sum()
        weighted = block.z * spread[:, None]
        curvature[:size, :size] += weighted.T @ block.z
        both = weighted.sum(axis=0)
        curvature[week, :size] += both
        curvature[:size, week] += both
        curvature[week, week] += spread.sum()
    return value, gradient, curvature
