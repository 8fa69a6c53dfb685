"""Along one factor and over two: where a condition begins to hold, and what acts together.

**Curves** are local linear regressions of the indicator of the condition on the rank of a factor
(Fan and Gijbels 1996), with the 95 % band of Wilson (1927) for as many points as the smoother
weighs; of categories and of a dozen values or
fewer they are the shares themselves. Other factors vary as
they were sampled: this is what the factor alone tells, not what it would do with the others held.

**Interactions** are read from a surrogate: the mean output over the sample's rows with two factors
set to a grid (partial dependence, Friedman 2001), less what each of them does alone. ``h`` is the
statistic of Friedman and Popescu (2008), whose square is the share of the pair's joint effect that
is interaction;
``share`` is the variance of the interaction relative to that of the output, because h is large for
pairs that do nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.discovery.sample import resample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.discovery.sample import Bools, Floats, Ints, Sample
    from sim.study.discovery.surrogate import Surrogate

GRID = 41
"""Values of a factor at which its curve is computed."""

HALF = 0.5
"""Share of cases that a crossing is about."""

_FEW = 12  # values of a factor that are told one by one: of levels of a design, of whole numbers
_SIDE = 12  # values of each factor in the grid of a pair
_BACKGROUND = 100  # rows over which a surrogate is averaged
_Z = 1.959963984540054


@dataclass(frozen=True, eq=False)
class Curve:
    """How often the condition holds along one factor.

    Attributes:
        factor: Which.
        at: Values of the factor, ascending, shape (g,); codes of categories.
        share: Share of runs that meet the condition there, 0 to 1, shape (g,).
        low: Lower end of its 95 % band, each value by itself.
        high: Upper end.
        crossings: Values at which the share passes one half, ascending; of categories none.
        crossing_band: The 5th and 95th percentile of the crossing over resampled points; None
            unless there is exactly one, and one in at least nine resamples of ten.
        strength: Variance of the share along the factor relative to that of the indicator, 0 to 1:
            what this factor alone explains.
    """

    factor: int
    at: Floats
    share: Floats
    low: Floats
    high: Floats
    crossings: tuple[float, ...]
    crossing_band: tuple[float, float] | None
    strength: float

    def table(self, sample: Sample) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        return {
            "factor": sample.names[self.factor], "kind": sample.kinds[self.factor],
            "levels": list(sample.levels[self.factor]), "strength": self.strength,
            "crossings": list(self.crossings),
            "crossing_band": None if self.crossing_band is None else list(self.crossing_band),
            "at": self.at.tolist(), "share": self.share.tolist(),
            "low": self.low.tolist(), "high": self.high.tolist(),
        }  # fmt: skip


@dataclass(frozen=True, eq=False)
class Surface:
    """The output over two factors, by a surrogate.

    Attributes:
        first: One factor.
        second: The other.
        at_first: Its values, shape (a,); codes of categories.
        at_second: Likewise, shape (b,).
        mean: Mean output, the other factors as sampled, shape (a, b).
        h: H of Friedman and Popescu: its square is the interaction's share of the variance of the
            pair's joint effect, 0 to 1.
        share: Variance of the interaction relative to that of the output over points.
    """

    first: int
    second: int
    at_first: Floats
    at_second: Floats
    mean: Floats
    h: float
    share: float

    def table(self, sample: Sample) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        pair = (self.first, self.second)
        return {
            "factors": [sample.names[one] for one in pair],
            "kinds": [sample.kinds[one] for one in pair],
            "levels": [list(sample.levels[one]) for one in pair], "h": self.h,
            "share": self.share, "at": [self.at_first.tolist(), self.at_second.tolist()],
            "mean": self.mean.tolist(),
        }  # fmt: skip


def threshold(
    sample: Sample, case: Bools, factor: int, *, seed: int, resamples: int = 100
) -> Curve:
    """How often the condition holds along one factor, and where in half of the runs.

    Args:
        sample: The runs; their outputs are not looked at.
        case: Which meet the condition, shape (n,).
        factor: Which factor.
        seed: Where the luck of resampling comes from.
        resamples: For the range of a crossing.
    """
    x, values = sample.x[:, factor], np.unique(sample.x[:, factor])
    kind, weights = sample.kinds[factor], np.ones(len(case))
    single = kind == "categorical" or len(values) <= _FEW
    if single:
        at, hat = values, (x == values[:, np.newaxis]).astype(np.float64)
    else:
        at, hat = _smoother(x, len(values))
    share = _smoothed(hat, case, weights)
    low, high = _wilson(share, _size(hat, sample.points))
    base = float(case.mean())
    on = share if single else np.interp(x, at, share)
    spread = np.average((on - base) ** 2, weights=hat.sum(axis=1) if single else None)
    crossings = () if kind == "categorical" else _crossings(at, share)
    band = None
    if len(crossings) == 1:
        band = _crossing_band(sample, case, at, hat, seed=seed, resamples=resamples)
    return Curve(
        factor=factor, at=at, share=share, low=low, high=high, crossings=crossings,
        crossing_band=band, strength=float(min(1.0, spread / (base * (1 - base)))),
    )  # fmt: skip


def interaction(surrogate: Surrogate, first: int, second: int) -> Surface:
    """The output over two factors, and how far they act together.

    Args:
        surrogate: Stands for the model; asked inside the ranges sampled only.
        first: One factor.
        second: The other.
    """
    sample = surrogate.sample
    grids = [_values(sample, factor) for factor in (first, second)]
    step = max(1, sample.rows // _BACKGROUND)
    rows = sample.x[::step][:_BACKGROUND]
    pairs = np.stack(np.meshgrid(*grids, indexing="ij"), axis=-1).reshape(-1, 2)
    asked = np.tile(rows, (len(pairs), 1))
    asked[:, [first, second]] = np.repeat(pairs, len(rows), axis=0)
    answers = surrogate.means(asked).reshape(len(grids[0]), len(grids[1]), len(rows))
    mean = answers.mean(axis=2)
    joint = mean - mean.mean()
    together = joint - joint.mean(axis=1, keepdims=True) - joint.mean(axis=0, keepdims=True)
    whole = float((joint**2).mean())
    return Surface(
        first=first, second=second, at_first=grids[0], at_second=grids[1], mean=mean,
        h=float(np.sqrt((together**2).mean() / whole)) if whole > 0 else 0.0,
        share=float((together**2).mean() / max(sample.y.var(), 1e-300)),
    )  # fmt: skip


def interactions(surrogate: Surrogate, factors: Sequence[int]) -> tuple[Surface, ...]:
    """The pairs of some factors, those that act together most first."""
    surfaces = [interaction(surrogate, *pair) for pair in combinations(factors, 2)]
    return tuple(sorted(surfaces, key=lambda one: -one.share))


def _values(sample: Sample, factor: int) -> Floats:
    """Values of a factor over its range: all of few, a grid of many."""
    values = np.unique(sample.x[:, factor])
    if sample.kinds[factor] == "continuous" and len(values) > _SIDE:
        return np.linspace(sample.lows[factor], sample.highs[factor], _SIDE)
    if len(values) <= _SIDE:
        return values
    grid = np.linspace(sample.lows[factor], sample.highs[factor], _SIDE).round()
    return np.unique(grid)


def _smoother(x: Floats, distinct: int) -> tuple[Floats, Floats]:
    """Values at which a curve is told, and the weight of each run there, shape (g, n).

    Local linear in the rank of x, Gaussian kernel of width 0.15 n^(-1/5): equally many runs count
    everywhere, and edges are not drawn to the middle.
    """
    count = len(x)
    order = np.argsort(x, kind="stable")
    places = np.empty(count)
    places[order] = (np.arange(count) + 0.5) / count
    values, inverse = np.unique(x, return_inverse=True)
    places = (np.bincount(inverse, weights=places) / np.bincount(inverse))[inverse]
    grid = np.linspace(places.min(), places.max(), min(GRID, distinct))
    middle = np.interp(grid, np.unique(places), values)
    away = places - grid[:, np.newaxis]
    width = 0.15 * count**-0.2
    kernel = np.exp(-0.5 * (away / width) ** 2)
    first, second = (kernel * away).sum(axis=1), (kernel * away**2).sum(axis=1)
    weights = kernel * (second[:, np.newaxis] - away * first[:, np.newaxis])
    return middle, weights / weights.sum(axis=1, keepdims=True)


def _smoothed(hat: Floats, case: Bools, times: Floats) -> Floats:
    """Shares of cases by the smoother, each run counted some times, shape (g,)."""
    weights = hat * times
    total = weights.sum(axis=1)
    shares: Floats = np.clip((weights @ case) / np.where(total > 0, total, 1), 0, 1)
    return shares


def _size(hat: Floats, points: Ints) -> Floats:
    """How many points the smoother weighs at each value, shape (g,): futures of one are one."""
    weights = np.stack([np.bincount(points, weights=row) for row in hat])
    sizes: Floats = weights.sum(axis=1) ** 2 / (weights**2).sum(axis=1)
    return sizes


def _wilson(share: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Wilson's 95 % interval of a share of so many."""
    square = _Z * _Z / size
    middle = (share + square / 2) / (1 + square)
    half = _Z * np.sqrt(share * (1 - share) / size + square / (4 * size)) / (1 + square)
    return middle - half, middle + half


def _crossings(at: Floats, share: Floats) -> tuple[float, ...]:
    """Where a curve passes one half, between neighbours on a straight line."""
    above = share >= HALF
    crossings = []
    for i in np.flatnonzero(above[1:] != above[:-1]):
        part = (HALF - share[i]) / (share[i + 1] - share[i])
        crossings.append(float(at[i] + part * (at[i + 1] - at[i])))
    return tuple(crossings)


def _crossing_band(
    sample: Sample, case: Bools, at: Floats, hat: Floats, *, seed: int, resamples: int
) -> tuple[float, float] | None:
    """The 5th and 95th percentile of the crossing over resampled points."""
    found = []
    for number in range(resamples):
        rng = np.random.default_rng((seed, 1996, number))
        drawn, _ = resample(sample.points, rng)
        times = np.bincount(drawn, minlength=sample.rows).astype(np.float64)
        crossings = _crossings(at, _smoothed(hat, case, times))
        if len(crossings) == 1:
            found.append(crossings[0])
    if len(found) < 0.9 * resamples:
        return None
    low, high = np.percentile(found, (5, 95))
    return float(low), float(high)
