"""BG/BB: the forecaster's classic for members with chances week by week (Fader et al. 2010).

A member alive speaks in a week with a chance of his own, and dies after any week with another; both
differ between members by beta laws. Newcomers come at the rate of the last weeks. Written from the
paper's formulas as a reference to beat; messages follow from each member's own past weeks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaln

from sim.logs.bgbb import fit, histories, log_likelihood
from sim.logs.fit_messages import first_counts
from sim.study.forecast import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.logs.weeks import ActiveWeeks

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

RUNS, MEMORY = 300, 10.0
"""Futures, and weeks after which a week's newcomers count for 1/e."""


def forecast_bgbb(active: ActiveWeeks, *, weeks: int, seed: int = 0, runs: int = RUNS) -> Numbers:
    """Speakers, messages and newcomers as BG/BB has them.

    Args:
        active: Member-weeks before the origin.
        weeks: Horizon.
        seed: Seed of the futures.
        runs: Futures.

    Returns:
        Quantiles of shape (3, weeks, levels).
    """
    about, codes = histories(active)
    laws = fit(about)
    rng = np.random.default_rng([seed, 20_100])
    a, b, c, d = laws
    alive = np.exp(
        betaln(a + about.spoken, b + about.known - about.spoken) - betaln(a, b)
        + betaln(c, d + about.known) - betaln(c, d)
        - log_likelihood(laws, spoken=about.spoken, last=about.last, known=about.known)
    )  # fmt: skip
    rates, pool = _messages(active, codes), first_counts(active)
    newcomers = np.bincount(active.first[active.first >= 0], minlength=active.whole)[
        1 : active.whole
    ].astype(np.float64)
    weights = np.exp(-np.arange(newcomers.size, 0, -1) / MEMORY)
    shape, rate = float(weights @ newcomers) + 0.3, float(weights.sum()) + 0.3
    series = np.zeros((runs, 3, weeks))
    for run in range(runs):
        p = rng.beta(a + about.spoken, b + about.known - about.spoken)
        theta = rng.beta(c, d + about.known)
        here = rng.random(p.size) < alive
        come = rng.poisson(rng.gamma(shape, 1 / rate), weeks)
        series[run] = _future(rng, laws, p[here], theta[here], rates[here], come, pool)
    quantiles = np.quantile(series, LEVELS, axis=0)
    return np.ascontiguousarray(np.moveaxis(quantiles, 0, 2))


def _messages(active: ActiveWeeks, codes: Whole) -> Numbers:
    """Messages of each member's active week, shrunk towards everybody's mean."""
    whole = active.week < active.whole
    place = np.searchsorted(codes, active.member[whole])
    messages = np.bincount(place, weights=active.messages[whole], minlength=codes.size)
    count = np.bincount(place, minlength=codes.size)
    mean = messages.sum() / max(1, count.sum())
    rates: Numbers = (messages + 2 * mean) / (count + 2)
    return rates


def _future(
    rng: np.random.Generator,
    laws: Numbers,
    p: Numbers,
    theta: Numbers,
    rates: Numbers,
    come: Whole,
    pool: Whole,
) -> Numbers:
    """One future: speakers, messages, newcomers, of shape (3, weeks)."""
    a, b, c, d = laws
    found = np.zeros((3, come.size))
    mean = float(rates.mean()) if rates.size else 1.0
    for week, new in enumerate(come):
        staying = rng.random(p.size) >= theta
        p, theta, rates = p[staying], theta[staying], rates[staying]
        speaking = rng.random(p.size) < p
        spoken = int(speaking.sum())
        written = spoken + int(rng.poisson(np.maximum(rates[speaking] - 1, 0.0)).sum())
        first = int(rng.choice(pool, new).sum()) if new and pool.size else new
        found[:, week] = spoken + new, written + first, new
        p = np.concatenate([p, rng.beta(a, b, new)])
        theta = np.concatenate([theta, rng.beta(c, d, new)])
        rates = np.concatenate([rates, np.full(new, mean)])
    return found
