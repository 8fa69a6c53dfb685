"""Weeks in which a community jumped or fell by more than its own ups and downs explain.

Log counts follow a level that walks at random, with noise around it: the local level model. Every
week is tested for a lasting change of level and for a single week out of line, by the generalised
least squares statistic of such an intervention (de Jong and Penzer 1998, JASA 93, 796-806, after
Harvey and Koopman 1992, JBES 10, 377-389). The largest is taken into the model, the variances are
estimated anew, and so on until none stands out (Chen and Liu 1993, JASA 88, 284-297), so that one
shock does not hide another.

Noise of a week has two parts: what counting so few people gives by itself, as Poisson counts around
the level have it, and the community's own. How large a statistic may grow by chance somewhere in
the log is simulated with these very counts, as log counts of few people have a long lower tail.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.logs.table import WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Kind = Literal["lasting", "brief", "open"]

FALSE_ALARMS = 0.05
"""Share of series in which a shock is found although nothing happened."""
FEWEST_BINS = 26
"""Weeks (or pairs, or fours) without which a community's own volatility is not known."""

_BINS = (1, 2, 4)  # weeks that are counted together
_LEAST = 6.0  # people: under it, weeks are counted together
_MOST = 12
_SMALLEST = 0.2  # log units: less is no shock, however certain
_LASTING = 4  # bins on either side before a change is called lasting
_FUTURES = 1000
_OFFSET = 0.5
_ROUNDS = 3
# The level's log change in a quarter has a standard deviation of at least 0.1 (usual: 0.3).
_LEAST_WALK = 0.1**2 / 13
_MISSING = 1e4  # variance of a bin that the log misses


@dataclass(frozen=True, kw_only=True)
class Shock:
    """A change that the community's own volatility does not explain.

    Attributes:
        start: Seconds since 1970 UTC at which its first week begins.
        weeks: Weeks that were counted together (1, 2 or 4).
        kind: ``lasting`` (a new level), ``brief`` (that week only), or ``open``: too near the end
            of the log to tell.
        before: People a week that were to be expected without it, at least 0.
        after: The same with it, at least 0.
        score: Its statistic, in standard deviations.
    """

    start: int
    weeks: int
    kind: Kind
    before: float
    after: float
    score: float

    @property
    def up(self) -> bool:
        """Whether it is a jump, not a fall."""
        return self.score > 0


@dataclass(frozen=True, kw_only=True)
class Search:
    """What was looked for and found in one series.

    Attributes:
        shocks: In order of time.
        weeks: Weeks counted together.
        walk: Standard deviation of the level's log change in 13 weeks, shocks left out.
    """

    shocks: tuple[Shock, ...]
    weeks: int
    walk: float


def gap_weeks(speakers: NDArray[np.int64], *, reach: int = 8) -> NDArray[np.bool_]:
    """Weeks in which nobody wrote although none of those around was quiet: gaps of the log.

    Args:
        speakers: People who wrote, whole weeks, shape (weeks,).
        reach: Weeks on either side that are looked at; the quietest with anybody has six people.
    """
    empty = np.asarray(speakers == 0)
    if not empty.any():
        return empty
    padded = np.pad(np.where(empty, np.inf, speakers), reach, constant_values=np.inf)
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    return np.asarray(empty & np.isfinite(least) & (least >= _LEAST))


def find_shocks(
    counts: NDArray[np.int64], *, end: int, gaps: NDArray[np.bool_] | None = None
) -> Search | None:
    """Look for shocks in a weekly series.

    Args:
        counts: People a week, whole weeks, shape (weeks,).
        end: Seconds since 1970 UTC at which the last of them ends.
        gaps: Weeks that the log misses, shape (weeks,), as :func:`gap_weeks`; default: none.

    Returns:
        None if the series is too short, or too quiet even in fours of weeks, to tell a shock from
        chance.
    """
    missed = np.zeros(counts.size, dtype=np.bool_) if gaps is None else gaps
    for weeks in _BINS:
        size = counts.size // weeks
        if size < FEWEST_BINS:
            return None
        # Bins end with the log: its last weeks are those that matter most.
        binned = counts[counts.size - size * weeks :].reshape(size, weeks).sum(axis=1)
        gap = np.any(missed[counts.size - size * weeks :].reshape(size, weeks), axis=1)
        # A community that died long ago is judged by the time when it lived.
        alive = binned[(binned > 0) & ~gap]
        if alive.size >= FEWEST_BINS and np.median(alive) >= _LEAST:
            start = end - size * weeks * WEEK
            return _search(binned.astype(np.float64), gap, start=start, weeks=weeks)
    return None


def _search(counts: Floats, gap: NDArray[np.bool_], *, start: int, weeks: int) -> Search:
    series = np.log(counts + _OFFSET)
    model = _Model(counts, series, gap)
    found: list[tuple[int, Kind]] = []
    while len(found) < _MOST:
        model.fit(found)
        candidate = model.strongest(found)
        if candidate is None:
            break
        found.append(candidate)
    else:
        model.fit(found)
    step = weeks * WEEK
    shocks = [
        Shock(
            start=start + at * step, weeks=weeks, kind=kind, before=before / weeks,
            after=after / weeks, score=score,
        )
        for (at, kind), before, after, score in zip(found, *model.effects(found), strict=True)
    ]  # fmt: skip
    return Search(
        shocks=tuple(sorted(shocks, key=lambda shock: shock.start)),
        weeks=weeks,
        walk=float(np.sqrt(model.walk * 13 / weeks)),
    )


class _Model:
    """The local level model of a series in first differences, in which its level drops out.

    The differences have a covariance of three diagonals: the walk and both weeks' noise on the
    main one, less the noise of the week in common beside it.
    """

    def __init__(self, counts: Floats, series: Floats, gap: NDArray[np.bool_]) -> None:
        self.counts, self.series = counts, series
        self.size = counts.size
        self.gap = gap
        self.change = np.diff(series)
        self.level = np.log(np.maximum(_running_median(counts), 0.3) + _OFFSET)
        self.walk = self.own = 0.01
        self._shapes = {
            "lasting": np.eye(self.size)[:, 1:],
            "brief": np.eye(self.size)[:, 1:] - np.eye(self.size)[:, :-1],
        }

    def shapes(self, found: Sequence[tuple[int, Kind]]) -> Floats:
        """Differences of the interventions, of shape (found, T - 1)."""
        rows = [self._shapes["lasting" if kind == "lasting" else "brief"][at] for at, kind in found]
        return np.array(rows).reshape(len(rows), self.size - 1)

    def fit(self, found: Sequence[tuple[int, Kind]]) -> None:
        """Estimate walk, own noise and level, given the interventions found so far."""
        shapes = self.shapes(found)
        for _ in range(_ROUNDS):
            self.noise = _count_noise(np.exp(self.level))[1]
            self.noise[self.gap] = _MISSING
            self.walk, self.own = _variances(self.change, self.noise, shapes)
            variance = self.noise + self.own
            inverse = np.linalg.inv(_covariance(self.walk, variance))
            weighed = shapes @ inverse
            self.precision = inverse
            if len(found):
                self.information = np.linalg.inv(weighed @ shapes.T)
                self.precision = inverse - weighed.T @ self.information @ weighed
                self.sizes = self.information @ weighed @ self.change
            else:
                self.information, self.sizes = np.empty((0, 0)), np.empty(0)
            # Noise is what the smoother takes from the series; the rest is its level.
            pull = self.precision @ self.change
            smooth = variance * (np.append(0.0, pull) - np.append(pull, 0.0))
            self.level = np.minimum(self.series - smooth, np.log(self.counts.max() + 1.0))

    def statistics(self, changes: Floats) -> tuple[Floats, Floats]:
        """Statistics of a lasting and a brief shock in each bin.

        Args:
            changes: Differences of one or several series, of shape (T - 1,) or (T - 1, n).

        Returns:
            Two arrays of shape (T,) or (T, n); 0 where there can be none.
        """
        tables = []
        for kind in ("lasting", "brief"):
            shape = self._shapes[kind]
            weighed = shape @ self.precision
            spread = np.sqrt(np.maximum(np.einsum("ij,ij->i", weighed, shape), 1e-9))
            values = weighed @ changes
            tables.append(values / (spread if changes.ndim == 1 else spread[:, None]))
        lasting, brief = tables
        # Near the ends a new level is not told from a week out of line.
        lasting[:_LASTING] = lasting[self.size - _LASTING :] = 0.0
        brief[self.gap] = 0.0
        brief[0] = 0.0
        return lasting, brief

    def strongest(self, found: Sequence[tuple[int, Kind]]) -> tuple[int, Kind] | None:
        """The bin that stands out most, if any does more than chance would let one."""
        low, high = self._limits()
        lasting, brief = self.statistics(self.change)
        taken = [at for at, _ in found]
        both = np.stack([lasting, brief])
        both[:, taken] = 0.0
        excess = np.where(both > 0, both / high, both / low)
        kind, at = np.unravel_index(int(excess.argmax()), excess.shape)
        if excess[kind, at] <= 1.0 or self._size(int(at), int(kind)) < _SMALLEST:
            return None
        if kind == 0:
            return int(at), "lasting"
        return int(at), "open" if at >= self.size - _LASTING else "brief"

    def _size(self, at: int, kind: int) -> float:
        shape = self._shapes["lasting" if kind == 0 else "brief"][at]
        weighed = shape @ self.precision
        return abs(float(weighed @ self.change / (weighed @ shape)))

    def _limits(self) -> tuple[float, float]:
        """How low and how high a statistic gets somewhere in the log if nothing happens."""
        rng = np.random.default_rng(0)
        mean = np.exp(self.level)
        expected, _ = _count_noise(mean)
        noise = np.log(rng.poisson(mean, (_FUTURES, self.size)) + _OFFSET) - expected
        noise += rng.normal(0.0, np.sqrt(self.own), noise.shape)
        noise[:, self.gap] = rng.normal(0.0, np.sqrt(_MISSING), (_FUTURES, int(self.gap.sum())))
        steps = rng.normal(0.0, np.sqrt(self.walk), (_FUTURES, self.size - 1))
        both = np.stack(self.statistics((steps + np.diff(noise, axis=1)).T))
        low, high = both.min(axis=(0, 1)), both.max(axis=(0, 1))
        # Lower and upper tail each have half of the false alarms.
        return (
            float(np.quantile(low, FALSE_ALARMS / 2)),
            float(np.quantile(high, 1 - FALSE_ALARMS / 2)),
        )

    def effects(self, found: Sequence[tuple[int, Kind]]) -> tuple[Floats, Floats, Floats]:
        """Expected counts without and with each shock, and its statistic."""
        if not found:
            return np.empty(0), np.empty(0), np.empty(0)
        at = np.array([place for place, _ in found])
        lasting = np.array([kind == "lasting" for _, kind in found])
        # What a brief shock adds is part of the level of its bin, a lasting one's from there on.
        without = np.where(lasting, self.level[at - 1], self.level[at] - self.sizes)
        before, after = np.exp([without, without + self.sizes]) - _OFFSET
        score = self.sizes / np.sqrt(np.diag(self.information))
        return np.maximum(before, 0.0), np.maximum(after, 0.0), score


def _covariance(walk: float, variance: Floats) -> Floats:
    main = walk + variance[1:] + variance[:-1]
    beside = -variance[1:-1]
    return np.diag(main) + np.diag(beside, 1) + np.diag(beside, -1)


def _variances(change: Floats, noise: Floats, shapes: Floats) -> tuple[float, float]:
    """Walk and own noise of the highest likelihood, interventions profiled out."""
    from scipy.linalg import cho_solve_banded, cholesky_banded
    from scipy.optimize import minimize

    def cost(logs: Floats) -> float:
        walk, own = _bounded(logs)
        variance = noise + own
        bands = np.zeros((2, change.size))
        bands[0] = walk + variance[1:] + variance[:-1]
        bands[1, :-1] = -variance[1:-1]
        root = cholesky_banded(bands, lower=True)
        data = np.column_stack([change, shapes.T])
        solved = cho_solve_banded((root, True), data)
        products = data.T @ solved
        fit = products[0, 0]
        if shapes.size:
            fit -= products[0, 1:] @ np.linalg.solve(products[1:, 1:], products[1:, 0])
        return float(2 * np.log(root[0]).sum() + fit)

    best = minimize(cost, np.log([0.01, 0.01]), method="Nelder-Mead", options={"maxiter": 120})
    return _bounded(best.x)


def _bounded(logs: Floats) -> tuple[float, float]:
    walk, own = np.exp(np.clip(logs, -14.0, 2.0))
    return max(float(walk), _LEAST_WALK), float(own)


def _running_median(counts: Floats, *, reach: int = 4) -> Floats:
    """Median of each bin and ``reach`` on either side."""
    padded = np.pad(counts, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return np.asarray(np.median(windows, axis=1), dtype=np.float64)


def _count_noise(mean: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of ``log(n + 0.5)`` for Poisson counts ``n``."""
    grid, centre, spread = _log_poisson()
    small = np.clip(mean, grid[0], grid[-1])
    known = mean <= grid[-1]
    return (
        np.where(known, np.interp(small, grid, centre), np.log(mean)),
        np.where(known, np.interp(small, grid, spread), 1.0 / mean),
    )


@cache
def _log_poisson() -> tuple[Floats, Floats, Floats]:
    from scipy.special import gammaln  # scipy.stats takes a second to load

    counts = np.arange(400)
    grid = np.geomspace(0.05, 200.0, 120)
    values = np.log(counts + _OFFSET)
    chance = np.exp(counts * np.log(grid[:, None]) - grid[:, None] - gammaln(counts + 1))
    centre = chance @ values
    spread = chance @ values**2 - centre**2
    return grid, centre, spread
