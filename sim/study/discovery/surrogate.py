"""A surrogate: what the model would say between the points that were simulated.

**Gaussian process** up to 1,500 points: scikit-learn, constant times Matern 5/2 with a length for
each factor, plus noise (Rasmussen and Williams 2006, chapters 2, 4, 5). Factors are scaled to the
range sampled, categories are a column each. Its parameters are those of the highest likelihood on
400 points at most; then all points are put in. **Gradient boosting** (histogram trees of
scikit-learn) beyond that, where a process would take minutes.

Futures of one point are averaged first: Q2 is about points that were not simulated, and twins of a
point would give it away. Of the process, Q2 and its intervals are by leaving out each point in
closed form with the parameters held fixed (Rasmussen and Williams 2006, 5.4.2); of boosting they
are by ten folds, each learnt anew.

It refuses to answer where it does not know: outside the ranges sampled, farther from its nearest
point than any point is from its own, and everywhere if Q2 is under one half.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.errors import UserError
from sim.study.discovery.extra import check_extra, one_thread

if TYPE_CHECKING:
    from sim.study.discovery.sample import Floats, Sample

Method = Literal["process", "boosting"]

LEAST_Q2 = 0.5
"""Below this a surrogate is refused: it explains less than half of what differs."""

MOST_PROCESS = 1500
"""Points up to which a Gaussian process is taken."""

LEAST_POINTS = 20
"""Points that a surrogate needs."""

_LEARNING = 400  # points that the parameters of the process are learnt from
_FOLDS = 10
_Z90 = 1.6448536269514722
_ROWS = 4096  # rows answered at once: kernels of more would fill the memory
_NOISE = (1e-8, 1e1)
_LENGTHS = (5e-2, 1e2)


@dataclass(frozen=True, eq=False)
class Predicted:
    """What a surrogate says of some points.

    Attributes:
        mean: Expected output, shape (m,).
        sd: Standard deviation of its error as a forecast of a newly simulated point, averaged over
            as many futures as the points it learnt from: noise included, shape (m,).
        low: Lower end of the 90 % interval of such a point, shape (m,).
        high: Upper end.
    """

    mean: Floats
    sd: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Surrogate:
    """A fitted surrogate.

    Attributes:
        method: ``process`` or ``boosting``.
        q2: Share of the variance between points that it foretells at points left out; 1 = all,
            0 = no better than the mean, below 0 = worse.
        covered: Share of the points left out that lie in their 90 % interval.
        points: Points it learnt from.
        sample: The runs it was made from.
        left_out: What it says of each point when that point is left out, shape (points,).
    """

    method: Method
    q2: float
    covered: float
    points: int
    sample: Sample
    left_out: Floats
    _model: Any
    _scale: tuple[float, float]  # mean and standard deviation of the outputs of points
    _error: float  # standard deviation of errors in folds, of outputs scaled; NaN of a process
    _places: Floats  # points in scaled factors
    _reach: float  # farthest that a point is from its nearest neighbour

    @property
    def trusted(self) -> bool:
        """Whether it explains enough to be asked."""
        return self.q2 >= LEAST_Q2

    def predict(self, x: Floats) -> Predicted:
        """Outputs at other points.

        Args:
            x: Shape (m, D), in the factors' units.

        Raises:
            UserError: ``too_short``/``surrogate`` if Q2 is under one half;
                ``out_of_range``/``extrapolated`` outside the ranges sampled;
                ``out_of_range``/``far_from_data`` where nothing similar was simulated.
        """
        if not self.trusted:
            raise UserError(
                "too_short", "surrogate", value=f"{self.q2:.2f}", low=f"{LEAST_Q2:g}",
                count=self.points,
            )  # fmt: skip
        x = np.atleast_2d(np.asarray(x, dtype=np.float64))
        self._check_ranges(x)
        self._check_distance(x)
        return self.answer(x)

    def answer(self, x: Floats) -> Predicted:
        """As :meth:`predict`, unchecked: for averages over the sample's own rows."""
        mean, sd = self._scaled(_columns(self.sample, x))
        middle, spread = self._scale
        mean, sd = middle + spread * mean, spread * sd
        return Predicted(mean=mean, sd=sd, low=mean - _Z90 * sd, high=mean + _Z90 * sd)

    def means(self, x: Floats) -> Floats:
        """Expected outputs alone, unchecked, shape (m,); several times faster."""
        columns = _columns(self.sample, x)
        with one_thread():
            parts = [
                self._model.predict(columns[at : at + _ROWS])
                for at in range(0, len(columns), _ROWS)
            ]
        return np.asarray(self._scale[0] + self._scale[1] * np.concatenate(parts))

    def table(self) -> dict[str, Any]:
        """As it stands in ``discover.json``."""
        return {
            "method": self.method, "q2": self.q2, "covered90": self.covered, "points": self.points,
            "trusted": self.trusted, "by": "leave-one-out" if self.method == "process" else
            f"{_FOLDS} folds",
        }  # fmt: skip

    def _scaled(self, columns: Floats) -> tuple[Floats, Floats]:
        means, sds = list[Any](), list[Any]()
        with one_thread():
            for at in range(0, len(columns), _ROWS):
                part = columns[at : at + _ROWS]
                if self.method == "process":
                    mean, sd = self._model.predict(part, return_std=True)
                else:
                    mean, sd = self._model.predict(part), np.full(len(part), self._error)
                means.append(mean)
                sds.append(sd)
        return np.concatenate(means), np.concatenate(sds)

    def _check_ranges(self, x: Floats) -> None:
        sample = self.sample
        slack = 1e-9 * (sample.highs - sample.lows)
        outside = (x < sample.lows - slack) | (x > sample.highs + slack)
        for row, factor in np.argwhere(outside):
            raise UserError(
                "out_of_range", "extrapolated", key=sample.names[factor],
                value=f"{x[row, factor]:.6g}", low=f"{sample.lows[factor]:.6g}",
                high=f"{sample.highs[factor]:.6g}",
            )  # fmt: skip

    def _check_distance(self, x: Floats) -> None:
        from scipy.spatial import cKDTree

        away, _ = cKDTree(self._places).query(_columns(self.sample, x))
        at = int(np.argmax(away))
        if away[at] > self._reach * (1 + 1e-9):
            names = self.sample.names
            where = [f"{name} = {value:.4g}" for name, value in zip(names, x[at], strict=True)]
            raise UserError(
                "out_of_range", "far_from_data", value=where[:4], distance=f"{away[at]:.2f}",
                limit=f"{self._reach:.2f}",
            )  # fmt: skip


def fit_surrogate(sample: Sample, *, seed: int, method: Method | None = None) -> Surrogate:
    """Learn a surrogate of the output.

    Args:
        sample: The runs; those without an output are left out.
        seed: Picks the points that a process learns its parameters from, and deals folds.
        method: A process up to 1,500 points, boosting beyond that, by default.

    Raises:
        UserError: ``missing_extra``/``extra``; ``too_short``/``surrogate_points`` with fewer than
            20 points; ``never_happens``/``constant_output`` if the output is the same everywhere.
    """
    check_extra()
    sample = sample.known
    first, places, y = _averaged(sample)
    if len(y) < LEAST_POINTS:
        raise UserError("too_short", "surrogate_points", value=len(y), low=LEAST_POINTS)
    middle, spread = float(y.mean()), float(y.std())
    if spread <= 1e-12 * max(1.0, abs(middle)):
        raise UserError("never_happens", "constant_output", value=f"{middle:.6g}")
    method = method or ("process" if len(y) <= MOST_PROCESS else "boosting")
    scaled = (y - middle) / spread
    with one_thread():
        if method == "process":
            model, left_out, sd = _process(places, scaled, seed=seed)
            error = math.nan
        else:
            model, left_out = _boosting(places, scaled, seed=seed)
            error = float(np.sqrt(np.mean((scaled - left_out) ** 2)))
            sd = np.full(len(scaled), error)
    missed = scaled - left_out
    return Surrogate(
        method=method, q2=float(1 - (missed**2).sum() / (scaled**2).sum()),
        covered=float((np.abs(missed) <= _Z90 * sd).mean()), points=len(y),
        sample=sample.pick(first), left_out=middle + spread * left_out, _model=model,
        _scale=(middle, spread), _error=error, _places=places, _reach=_reach(places),
    )  # fmt: skip


def leave_one_out(gram: Floats, y: Floats) -> tuple[Floats, Floats]:
    """What a Gaussian process of mean zero says of each point from all the others.

    Rasmussen and Williams 2006, equations 5.10 to 5.12: one inverse instead of n fits.

    Args:
        gram: Covariance of the observations, noise included, shape (n, n).
        y: Observations, shape (n,).

    Returns:
        Means and standard deviations of the observations left out, shape (n,) each.
    """
    from scipy.linalg import cho_factor, cho_solve

    inverse = cho_solve(cho_factor(gram, lower=True), np.eye(len(y)))
    precision = np.diag(inverse)
    return y - (inverse @ y) / precision, 1 / np.sqrt(precision)


def _averaged(sample: Sample) -> tuple[Any, Floats, Floats]:
    """A row of each point, the points in scaled factors, and their mean outputs."""
    points = sample.points
    _, first = np.unique(points, return_index=True)
    y = np.bincount(points, weights=sample.y) / np.bincount(points)
    return first, _columns(sample, sample.x[first]), y


def _columns(sample: Sample, x: Floats) -> Floats:
    """Factors scaled to 0 to 1 over the range sampled, categories a column each, shape (m, C)."""
    columns = []
    for factor, labels in enumerate(sample.levels):
        low, high = sample.lows[factor], sample.highs[factor]
        if sample.kinds[factor] == "categorical":
            # any two categories are as far apart as the ends of a number
            codes = np.arange(len(labels))
            columns += [(x[:, factor] == code) / math.sqrt(2) for code in codes]
        elif high > low:
            columns.append((x[:, factor] - low) / (high - low))
    return np.column_stack(columns) if columns else np.zeros((len(x), 1))


def _process(places: Floats, y: Floats, *, seed: int) -> tuple[Any, Floats, Floats]:
    """A Gaussian process, and what it says of each point left out: means and deviations."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    kernel = ConstantKernel(1.0, (1e-2, 1e2)) * Matern(
        np.ones(places.shape[1]), _LENGTHS, nu=2.5
    ) + WhiteKernel(0.1, _NOISE)
    rng = np.random.default_rng((seed, 2006))
    learning = np.sort(rng.permutation(len(y))[:_LEARNING])
    with warnings.catch_warnings():
        # lengths at their upper end are factors of no account, which is an answer
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = GaussianProcessRegressor(kernel, random_state=seed % 2**32).fit(
            places[learning], y[learning]
        )
    model = GaussianProcessRegressor(fitted.kernel_, optimizer=None).fit(places, y)
    return model, *leave_one_out(fitted.kernel_(places), y)


def _boosting(places: Floats, y: Floats, *, seed: int) -> tuple[Any, Floats]:
    """Boosted trees, and what they say of each point when they learn without its fold."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    def learnt(rows: Any) -> Any:
        model = HistGradientBoostingRegressor(
            max_iter=200, early_stopping=False, random_state=seed % 2**32
        )
        return model.fit(places[rows], y[rows])

    fold = np.random.default_rng((seed, 2001)).permutation(len(y)) % _FOLDS
    left_out = np.empty(len(y))
    for number in range(_FOLDS):
        left_out[fold == number] = learnt(fold != number).predict(places[fold == number])
    return learnt(slice(None)), left_out


def _reach(places: Floats) -> float:
    """The farthest that any point is from its nearest neighbour."""
    from scipy.spatial import cKDTree

    away, _ = cKDTree(places).query(places, k=2)
    return float(away[:, 1].max())
