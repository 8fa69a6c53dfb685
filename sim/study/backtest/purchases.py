"""How well who buys again would have been forecast: member by member, beside BG/NBD."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.logs.purchases import buying_days
from sim.logs.table import DAY, WEEK
from sim.study.backtest.bgnbd import BgNbd, Buyers, fit_bgnbd
from sim.study.purchases import forecast_purchases

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

OWN_RATE = "own_rate"
"""Everybody goes on at the rate since the first purchase: what one would do without a model."""
BUYER_METHODS = ("qunsim", "bgnbd", OWN_RATE)
SCORES_HEADER = "method,buyers,weeks,rps,rmse,mae,mae_median,expected,bought,bias"


@dataclass(frozen=True, kw_only=True)
class BuyerScore:
    """How one method did; buyers are all who had bought before the origin.

    Attributes:
        method: One of :data:`BUYER_METHODS`.
        buyers: How many.
        weeks: Weeks that were forecast.
        rps: Ranked probability score of each buyer's purchases (the absolute error of a whole
            distribution), mean over buyers; lower is better.
        rmse: Root mean squared error of the expected purchases.
        mae: Mean absolute error of the expected purchases: it favours whoever expects too little,
            as most buy nothing.
        mae_median: The same of the middle of each distribution.
        expected: Purchases expected in all.
        bought: Purchases that came.
    """

    method: str
    buyers: int
    weeks: int
    rps: float
    rmse: float
    mae: float
    mae_median: float
    expected: float
    bought: int

    @property
    def bias(self) -> float:
        """How much more was expected than came, as a share; NaN if nothing came."""
        return self.expected / self.bought - 1.0 if self.bought else float("nan")

    def row(self) -> str:
        """A line of ``buyers_scores.csv``."""
        numbers = (self.rps, self.rmse, self.mae, self.mae_median, self.expected)
        cells = [self.method, str(self.buyers), str(self.weeks)]
        cells += [f"{value:.6g}" for value in numbers]
        return ",".join([*cells, str(self.bought), f"{self.bias:.6g}"])


def backtest_purchases(
    table: EventTable,
    *,
    until: int,
    weeks: int,
    replicates: int,
    seed: int = 0,
    progress: Callable[[int], object] | None = None,
) -> list[BuyerScore]:
    """Forecast each buyer's purchases after a date by three methods, and score them.

    Args:
        table: The events; those after the date serve to score only.
        until: The date, seconds since 1970 UTC.
        weeks: Weeks ahead; all of them must have been seen.
        replicates: Draws of each buyer's future, at least 2.
        seed: Seed.
        progress: Called with the number of runs done.

    Raises:
        UserError: As ``forecast_purchases``; ``too_short``/``holdout``.
    """
    if until + weeks * WEEK > table.end:
        seen = max(0, (table.end - until) // WEEK)
        raise UserError("too_short", "holdout", weeks=weeks, seen=seen)
    ours = forecast_purchases(
        table, until=until, weeks=weeks, replicates=replicates, seed=seed, progress=progress
    )
    days = buying_days(table)
    ahead = (days.seconds >= until) & (days.seconds < until + weeks * WEEK)
    bought = np.bincount(days.member[ahead], minlength=table.members)[ours.member]
    about = buyers_of(days, members=ours.member.astype(np.int64), until=until)
    rng = np.random.default_rng([seed, 2005])
    law = fit_bgnbd(about)
    rate = about.repeats / np.maximum(about.known, 1.0) * weeks
    found: dict[str, tuple[Numbers, NDArray[np.integer]]] = {
        "qunsim": (ours.expected, ours.drawn),
        "bgnbd": (
            law.to_come(about, weeks=weeks),
            draw_bgnbd(law, about, weeks=weeks, runs=replicates, rng=rng),
        ),
        OWN_RATE: (rate, rng.poisson(rate, (replicates, rate.size))),
    }
    return [
        BuyerScore(
            method=method, buyers=bought.size, weeks=weeks,
            rps=float(ranked_probability_score(drawn, bought).mean()),
            rmse=float(np.sqrt(np.square(expected - bought).mean())),
            mae=float(np.abs(expected - bought).mean()),
            mae_median=float(np.abs(np.median(drawn, axis=0) - bought).mean()),
            expected=float(expected.sum()), bought=int(bought.sum()),
        )
        for method, (expected, drawn) in found.items()
    ]  # fmt: skip


def buyers_of(days: EventTable, *, members: Whole, until: int) -> Buyers:
    """What BG/NBD wants to know of buyers, counted in days as its authors did.

    Args:
        days: Of ``buying_days``.
        members: Codes of who had bought before the origin.
        until: The origin, a midnight in seconds; the last day seen is the one before.
    """
    use = days.seconds < until
    day, member = days.seconds[use] // DAY, days.member[use]
    count = np.bincount(member, minlength=days.members)
    first, last = np.full(days.members, until // DAY), np.zeros(days.members, np.int64)
    np.minimum.at(first, member, day)
    np.maximum.at(last, member, day)
    return Buyers(
        repeats=count[members].astype(np.float64) - 1.0,
        last=(last - first)[members] / 7.0,
        known=(until // DAY - 1 - first)[members] / 7.0,
    )


def draw_bgnbd(
    law: BgNbd, about: Buyers, *, weeks: int, runs: int, rng: np.random.Generator
) -> Whole:
    """Purchases to come, drawn from what BG/NBD knows of each buyer: int64 of shape (runs, n).

    Given that a buyer is alive, his rate is gamma and his chance to drop out beta distributed; the
    purchases are those of a Poisson process, cut off after the one he drops out with.
    """
    shape = (runs, about.repeats.size)
    rate = rng.gamma(law.r + about.repeats, 1.0 / (law.alpha + about.known), shape)
    drop = rng.beta(law.a, law.b + about.repeats, shape)
    cut = rng.geometric(np.maximum(drop, 1e-12))
    alive = rng.random(shape) < law.alive(about)
    return np.asarray(np.minimum(rng.poisson(rate * weeks), cut) * alive, dtype=np.int64)


def ranked_probability_score(drawn: NDArray[np.integer], actual: Whole) -> Numbers:
    """Score of counts drawn from a distribution, without the draws' own noise; shape (n,).

    The sum over k of (P(count <= k) - [actual <= k])^2, less what the sampling of P adds on
    average (Ferro 2014), so that methods with fewer draws are not worse for it.

    Args:
        drawn: Of shape (runs, n), runs >= 2.
        actual: What came, of shape (n,).
    """
    runs = drawn.shape[0]
    score = np.zeros(actual.size)
    for k in range(int(max(drawn.max(initial=0), actual.max(initial=0))) + 1):
        below = (drawn <= k).mean(axis=0)
        score += np.square(below - (actual <= k)) - below * (1.0 - below) / (runs - 1)
    return score
