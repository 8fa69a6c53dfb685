"""Members who speak by chance and are lost by chance: the BG/BB law (Fader, Hardie, Shang 2010).

A member alive speaks in a week with a chance of his own, and is lost after any week with another;
both differ between members by beta laws. Written from the paper's formulas (Marketing Science
29(6), equation 7). It says how many members a log loses in a week and how much members differ, and
is the reference that forecasts are compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln

from sim.logs.estimate import Estimate, quantiles_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.weeks import ActiveWeeks

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

_LEAST = 1e-12
_LARGEST = 7.0  # of the logarithms of the four parameters
_PRIOR = 0.01  # a faint pull of them towards 0, so that a log of a few weeks has a law too
_STEP = 0.05
_DRAWS = 2000


@dataclass(frozen=True)
class Histories:
    """Members' weeks: each array of shape (members,).

    Attributes:
        spoken: Weeks with a message after the first.
        last: The last of them, counted from the first week; 0 = none.
        known: Weeks since the first.
    """

    spoken: Whole
    last: Whole
    known: Whole


def histories(active: ActiveWeeks) -> tuple[Histories, Whole]:
    """Histories of all who have spoken in a whole week, and the codes of these members."""
    whole = active.week < active.whole
    week, member = active.week[whole].astype(np.int64), active.member[whole]
    codes = np.unique(member)
    place = np.searchsorted(codes, member)
    first = active.first[codes].astype(np.int64)
    spoken = np.bincount(place, minlength=codes.size).astype(np.int64) - 1
    last = np.zeros(codes.size, np.int64)
    np.maximum.at(last, place, week - first[place])
    return Histories(spoken=spoken, last=last, known=active.whole - 1 - first), codes.astype(
        np.int64
    )


def log_likelihood(laws: Numbers, *, spoken: Whole, last: Whole, known: Whole) -> Numbers:
    """Logarithm of each history's probability (their equation 7).

    Args:
        laws: Alpha, beta of the chance to speak; gamma, delta of the chance to die.
        spoken: Weeks spoken in.
        last: The last of them.
        known: Weeks observed.
    """
    a, b, c, d = laws
    alive = betaln(a + spoken, b + known - spoken) - betaln(a, b)
    alive += betaln(c, d + known) - betaln(c, d)
    # died after week last + i: ratios of following terms are rational, so no more beta functions
    terms = betaln(a + spoken, b + last - spoken) - betaln(a, b)
    terms += betaln(c + 1, d + last) - betaln(c, d)
    silent = known - last
    steps = np.arange(max(1, int(silent.max(initial=0))))
    at = last[:, None] + steps
    growth = (b + at - spoken[:, None]) / (a + b + at) * (d + at) / (c + 1 + d + at)
    ratios = np.cumprod(np.concatenate([np.ones((at.shape[0], 1)), growth[:, :-1]], axis=1), axis=1)
    dead = np.where(steps < silent[:, None], ratios, 0.0).sum(axis=1)
    total: Numbers = np.logaddexp(alive, terms + np.log(np.maximum(dead, _LEAST**20)))
    return total


def fit(about: Histories) -> Numbers:
    """Laws of greatest likelihood: float64 of shape (4,)."""
    lost = _Lost(about)
    found = minimize(
        lost, np.log([0.5, 2.0, 0.5, 5.0]), method="Nelder-Mead", options={"maxiter": 250}
    )
    laws: Numbers = np.exp(np.clip(found.x, -_LARGEST, _LARGEST))
    return laws


class _Lost:
    """Minus the log likelihood of all histories, equal ones counted together."""

    def __init__(self, about: Histories) -> None:
        triples, self.counts = np.unique(
            np.stack([about.spoken, about.last, about.known]), axis=1, return_counts=True
        )
        self.spoken, self.last, self.known = triples

    def __call__(self, logs: Numbers) -> float:
        laws = np.exp(np.clip(logs, -_LARGEST, _LARGEST))
        each = log_likelihood(laws, spoken=self.spoken, last=self.last, known=self.known)
        return -float(self.counts @ each) + _PRIOR * float(logs @ logs)


@dataclass(frozen=True)
class Turnover:
    """How members speak and are lost, with 90 % ranges.

    Attributes:
        speak: Chance of a member to speak in a week while here, mean over members.
        speak_spread: Its standard deviation between members.
        lost: Chance to be lost in a week, mean over new members.
        lost_spread: Its standard deviation between members.
        quarter: Share of new members who are still here after 13 weeks.
    """

    speak: Estimate
    speak_spread: Estimate
    lost: Estimate
    lost_spread: Estimate
    quarter: Estimate


def turnover(active: ActiveWeeks) -> Turnover:
    """Fit the law to the members of a log; ranges from the likelihood's curvature at its top.

    The logarithms of the four parameters are taken as normal, and carried through by draws.

    Args:
        active: Who wrote in which week.
    """
    about, _ = histories(active)
    laws = fit(about)
    curvature = _curvature(_Lost(about), np.log(laws))
    values, vectors = np.linalg.eigh(curvature)
    spread = vectors / np.sqrt(np.maximum(values, 2.0 * _PRIOR))  # the pull alone gives as much
    z = np.random.default_rng(0).normal(size=(_DRAWS, 4))
    drawn = np.exp(np.clip(np.log(laws) + z @ spread.T, -_LARGEST, _LARGEST))
    at, around = _told(laws[None, :]), _told(drawn)
    return Turnover(*(quantiles_of(float(at[i, 0]), around[i]) for i in range(5)))


def _told(laws: Numbers) -> Numbers:
    """The five numbers of :class:`Turnover`, of shape (5, n), of laws of shape (n, 4)."""
    a, b, c, d = laws.T
    told: Numbers = np.stack([
        a / (a + b), np.sqrt(a * b / (a + b + 1.0)) / (a + b),
        c / (c + d), np.sqrt(c * d / (c + d + 1.0)) / (c + d),
        np.exp(betaln(c, d + 13.0) - betaln(c, d)),
    ])  # fmt: skip
    return told


def _curvature(lost: _Lost, at: Numbers) -> Numbers:
    """Second differences, float64 of shape (4, 4)."""
    size = at.size
    step = _STEP * np.eye(size)
    found = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            second = lost(at + step[i] + step[j]) - lost(at + step[i] - step[j])
            second -= lost(at - step[i] + step[j]) - lost(at - step[i] - step[j])
            found[i, j] = found[j, i] = second / (4.0 * _STEP**2)
    return found
