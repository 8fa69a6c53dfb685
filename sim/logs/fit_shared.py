"""The member law with what a week did to all members at once: its uncertainty, and feedback.

Rows of one week are not independent. What all members shared in a week (news, holidays, the slow
fortune of the group) is a shift of all their logits, and part of it lasts; a fit that does not know
it is too sure, and takes a good month for members who follow each other. Here every week fitted has
a shift of its own with a normal prior, noise of single weeks and a random walk that is zero at the
origin, so that the intercept is the level of today. Shifts and coefficients are found together by
Newton steps (a logistic mixed model; Breslow and Clayton 1993, JASA 88(421)). The sizes of noise
and walk follow from the Laplace marginal likelihood and are integrated out over nodes around its
top, as are the shifts (Rue, Martino and Chopin 2009, JRSS B 71(2)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.logs.newton import climb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.logs.fit_law import Rows
    from sim.logs.law import LawPrior

    Numbers = NDArray[np.float64]

NOISE_PRIOR, WALK_PRIOR = 0.2, 0.05
"""Medians of the prior of the sizes, logit: of single weeks, and of a week's step of the walk
(volatility .30 a quarter, of which .6 is walk; ``sim.logs.volatility``)."""
SIZE_SPREAD = 0.7
"""Standard deviation of their logarithms."""
_STEPS = 30
_CONVERGED = 1e-6
_WIDTHS = (0.6, 0.4)  # of the logarithms, over which the evidence is differenced, round by round
_FURTHEST = 1.2  # that one round may move a logarithm
_NODE = math.sqrt(3.0)  # Gauss-Hermite with three nodes: weights 1/6, 2/3, 1/6


@dataclass(frozen=True)
class SharedFit:
    """The law and what weeks did to all.

    Attributes:
        terms: Names of the coefficients.
        coefficients: float64 of shape (k,); the intercept is that of the last week.
        covariance: float64 of shape (k, k), shifts and sizes integrated out.
        noise: Standard deviation of single weeks, logit.
        walk: Standard deviation of a week's step, logit.
        size_errors: Standard errors of the logarithms of noise and walk.
    """

    terms: tuple[str, ...]
    coefficients: Numbers
    covariance: Numbers
    noise: float
    walk: float
    size_errors: tuple[float, float]

    @property
    def errors(self) -> Numbers:
        """Standard errors, float64 of shape (k,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)


def fit_shared(rows: Sequence[Rows], *, prior: LawPrior) -> SharedFit:
    """Coefficients and sizes; the rows' weights are not used: the walk forgets instead.

    Args:
        rows: One block a week, oldest first (``fit_law.law_rows``).
        prior: Prior of the coefficients.
    """
    model = _Model(rows, prior)
    best = model.top(np.zeros(2))
    errors = np.full(2, SIZE_SPREAD)
    for width in _WIDTHS:
        step, errors = np.zeros(2), np.empty(2)
        for axis, (low, high) in enumerate(_ends(model, best, np.full(2, width))):
            # Never flatter than the prior, which is part of the evidence.
            bend = max((2.0 * best.evidence - low.evidence - high.evidence) / width**2, 0.5)
            step[axis] = (high.evidence - low.evidence) / (2.0 * width) / bend
            errors[axis] = min(bend**-0.5, SIZE_SPREAD)
        moved = model.top(best.sizes + np.clip(step, -_FURTHEST, _FURTHEST), start=best)
        best = moved if moved.evidence > best.evidence else best
    coefficients, covariance = _mixed(model, best, errors)
    noise, walk = np.exp(best.sizes) * (NOISE_PRIOR, WALK_PRIOR)
    return SharedFit(
        terms=prior.terms, coefficients=coefficients, covariance=covariance, noise=float(noise),
        walk=float(walk), size_errors=(float(errors[0]), float(errors[1])),
    )  # fmt: skip


@dataclass(frozen=True)
class _Top:
    """The best coefficients and shifts for given sizes.

    Attributes:
        sizes: Logarithms of noise and walk, relative to their prior medians.
        at: Coefficients, then shifts.
        covariance: Of the coefficients.
        evidence: Logarithm of the Laplace marginal likelihood, the sizes' prior included.
    """

    sizes: Numbers
    at: Numbers
    covariance: Numbers
    evidence: float


class _Model:
    """All rows in one matrix, and the posterior of coefficients and shifts."""

    def __init__(self, rows: Sequence[Rows], prior: LawPrior) -> None:
        self.size, self.weeks = len(prior.mean), len(rows)
        empty = np.zeros((0, self.size), dtype=np.float32)
        self.z = np.concatenate([empty, *(block.z for block in rows)]).astype(np.float64)
        self.spoke = np.concatenate([np.zeros(0), *(block.spoke for block in rows)])
        counts = [block.spoke.size for block in rows]
        self.week = np.repeat(np.arange(self.weeks), counts)
        self.first = np.cumsum([0, *counts])[:-1]
        self.centre = np.concatenate([np.array(prior.mean), np.zeros(self.weeks)])
        self.sharp = 1.0 / np.square(np.array(prior.sd))
        self.ahead = np.arange(self.weeks, 0, -1, dtype=np.float64)  # weeks to the origin

    def top(self, sizes: Numbers, *, start: _Top | None = None) -> _Top:
        """Newton steps, halved where they do not climb."""
        noise, walk = np.exp(sizes) * (NOISE_PRIOR, WALK_PRIOR)
        spread = walk**2 * np.minimum(self.ahead[:, None], self.ahead[None, :])
        spread[np.diag_indices(self.weeks)] += noise**2
        precision = np.zeros((self.size + self.weeks,) * 2)
        precision[: self.size, : self.size] = np.diag(self.sharp)
        precision[self.size :, self.size :] = np.linalg.inv(spread)
        found = climb(
            lambda at: self._posterior(at, precision),
            start=self.centre if start is None else start.at, most=_STEPS, converged=_CONVERGED,
        )  # fmt: skip
        curvature = found.curvature
        half = 0.5 * (np.linalg.slogdet(precision)[1] - np.linalg.slogdet(curvature)[1])
        away = sizes / SIZE_SPREAD
        covariance: Numbers = np.linalg.inv(curvature)[: self.size, : self.size].astype(np.float64)
        return _Top(sizes, found.at, covariance, float(found.value + half - 0.5 * away @ away))

    def _posterior(self, at: Numbers, precision: Numbers) -> tuple[float, Numbers, Numbers]:
        """Value, gradient and negative curvature."""
        size, away = self.size, at - self.centre
        gradient = -precision @ away
        value = 0.5 * float(away @ gradient)
        curvature = precision.copy()
        if not self.spoke.size:
            return value, gradient, curvature
        logit = self.z @ at[:size] + at[size:][self.week]
        small = np.exp(-np.abs(logit))
        value += float(logit @ self.spoke - np.maximum(logit, 0.0).sum() - np.log1p(small).sum())
        p = np.where(logit >= 0.0, 1.0, small) / (1.0 + small)
        beyond, spread = self.spoke - p, p * (1.0 - p)
        weighted = self.z * spread[:, None]
        gradient[:size] += beyond @ self.z
        gradient[size:] += np.add.reduceat(beyond, self.first)
        both = np.add.reduceat(weighted, self.first, axis=0)
        curvature[:size, :size] += weighted.T @ self.z
        curvature[size:, :size] += both
        curvature[:size, size:] += both.T
        own = np.arange(size, at.size)
        curvature[own, own] += np.add.reduceat(spread, self.first)
        return value, gradient, curvature


def _ends(model: _Model, best: _Top, width: Numbers) -> list[tuple[_Top, _Top]]:
    """The tops on both sides, for each of the two sizes."""
    found = []
    for axis in range(2):
        step = np.zeros(2)
        step[axis] = width[axis]
        low, high = (model.top(best.sizes + sign * step, start=best) for sign in (-1.0, 1.0))
        found.append((low, high))
    return found


def _mixed(model: _Model, best: _Top, errors: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and covariance of the coefficients over the nodes of both sizes."""
    nodes = [top for pair in _ends(model, best, _NODE * errors) for top in pair]
    # How much more likely a node is than the normal law around the top says.
    ratios = np.exp(np.clip([top.evidence - best.evidence + 1.5 for top in nodes], -3.0, 1.0))
    weights = np.concatenate([[1.0 / 3.0], ratios / 6.0])
    weights /= weights.sum()
    tops = [best, *nodes]
    means = np.stack([top.at[: model.size] for top in tops])
    mean = weights @ means
    away = means - mean
    covariance = np.einsum("n,nij->ij", weights, np.stack([top.covariance for top in tops]))
    return mean, np.asarray(covariance + (away * weights[:, None]).T @ away, dtype=np.float64)
