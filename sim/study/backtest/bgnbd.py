"""BG/NBD: the classic of who buys again (Fader, Hardie and Lee 2005), a reference to beat.

A buyer alive buys at a rate of his own, and after any purchase drops out with a chance of his own;
the rates differ between members by a gamma law, the chances by a beta law. Written from the paper's
formulas; times in weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_BEGIN = (0.5, 5.0, 1.0, 2.0)
_LIMIT = 7.0  # parameters stay between exp(-7) and exp(7)


@dataclass(frozen=True)
class Buyers:
    """What was seen of each buyer: arrays of shape (n,), any order.

    Attributes:
        repeats: Days with a purchase after the day of the first.
        last: Weeks from the first purchase to the last; 0 = none repeated.
        known: Weeks from the first purchase to the origin.
    """

    repeats: Numbers
    last: Numbers
    known: Numbers


@dataclass(frozen=True)
class BgNbd:
    """Parameters as in the paper.

    Attributes:
        r: Shape of the gamma law of rates.
        alpha: Its rate, weeks.
        a: First parameter of the beta law of the chance to drop out after a purchase.
        b: Second.
    """

    r: float
    alpha: float
    a: float
    b: float

    def log_likelihood(self, buyers: Buyers) -> Numbers:
        """Logarithm of each history's density (their equation 6), shape (n,)."""
        x, again = buyers.repeats, buyers.repeats > 0
        shared = gammaln(self.r + x) - gammaln(self.r) + self.r * np.log(self.alpha)
        alive = betaln(self.a, self.b + x) - (self.r + x) * np.log(self.alpha + buyers.known)
        gone = np.full(x.size, -np.inf)
        gone[again] = betaln(self.a + 1, self.b + x[again] - 1) - (self.r + x[again]) * np.log(
            self.alpha + buyers.last[again]
        )
        total: Numbers = shared + np.logaddexp(alive, gone) - betaln(self.a, self.b)
        return total

    def expected(self, weeks: float) -> float:
        """Purchases after the first of a buyer of whom nothing is known (their equation 9)."""
        shrunk = (self.alpha / (self.alpha + weeks)) ** self.r
        series = hyp2f1(self.r, self.b, self.a + self.b - 1, weeks / (self.alpha + weeks))
        return float((self.a + self.b - 1) / (self.a - 1) * (1 - shrunk * series))

    def to_come(self, buyers: Buyers, *, weeks: float) -> Numbers:
        """Expected purchases of each buyer in the coming weeks (their equation 10), shape (n,)."""
        x, known = buyers.repeats, self.alpha + buyers.known
        shrunk = (known / (known + weeks)) ** (self.r + x)
        series = hyp2f1(self.r + x, self.b + x, self.a + self.b + x - 1, weeks / (known + weeks))
        if_alive = (self.a + self.b + x - 1) / (self.a - 1) * (1 - shrunk * series)
        came: Numbers = if_alive * self.alive(buyers)
        return came

    def alive(self, buyers: Buyers) -> Numbers:
        """Chance that each has not dropped out, shape (n,); 1 for who bought once."""
        x = buyers.repeats
        odds = self.a / (self.b + np.maximum(x, 1) - 1) * (
            (self.alpha + buyers.known) / (self.alpha + buyers.last)
        ) ** (self.r + x)  # fmt: skip
        return np.asarray(1.0 / (1.0 + np.where(x > 0, odds, 0.0)), dtype=np.float64)


def fit_bgnbd(buyers: Buyers) -> BgNbd:
    """The parameters of greatest likelihood."""
    histories, counts = np.unique(
        np.stack([buyers.repeats, buyers.last, buyers.known]), axis=1, return_counts=True
    )
    distinct = Buyers(*histories)

    def lost(logs: Numbers) -> float:
        law = BgNbd(*np.exp(np.clip(logs, -_LIMIT, _LIMIT)).tolist())
        return -float(counts @ law.log_likelihood(distinct)) / buyers.repeats.size

    found = minimize(
        lost, np.log(_BEGIN), method="Nelder-Mead",
        options={"maxiter": 2000, "xatol": 1e-5, "fatol": 1e-9},
    )  # fmt: skip
    return BgNbd(*np.exp(np.clip(found.x, -_LIMIT, _LIMIT)).tolist())
