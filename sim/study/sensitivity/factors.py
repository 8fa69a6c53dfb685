"""What a study moves: values by dotted path, each with the range and distribution it is drawn from.

A design is a set of points in the unit cube; a factor turns its coordinate into a value by the
quantile function of its distribution, so that every design serves every distribution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Kind = Literal["continuous", "integer", "categorical"]
Distribution = Literal["uniform", "loguniform", "triangular", "normal", "lognormal", "beta"]

SHAPES: dict[str, tuple[str, ...]] = {
    "uniform": (), "loguniform": (), "triangular": ("mode",), "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"), "beta": ("a", "b"),
}  # fmt: skip
"""Parameters that each distribution has beside the ends of its range."""

INERT = "inert"
"""Name of the factor that nothing depends on but luck."""


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One value that is moved.

    Attributes:
        path: Dotted path of a parameter, ``policy.setting`` (``free_course#2.candidates``), or a
            name of its own where whole policies are chosen.
        kind: ``continuous``, ``integer`` (both ends are possible) or ``categorical``.
        low: Low end of the range; 0 for categories.
        high: High end; the last category's number.
        distribution: What values are drawn from, cut off at the ends of the range.
        shape: Its parameters (:data:`SHAPES`).
        choices: What each category stands for: a value, or a list of policies that are added.
        labels: Names of the categories.
        weights: Probabilities of the categories, > 0; empty = all alike.
        assumed: Value where nothing is moved; None = not known.
        confidence: How far that is trusted; empty = not told.
        source: Where it comes from.
        own: Whether the study gave the range, not the rule by confidence.
    """

    path: str
    kind: Kind = "continuous"
    low: float = 0.0
    high: float = 1.0
    distribution: Distribution = "uniform"
    shape: Mapping[str, float] = field(default_factory=dict)
    choices: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    assumed: float | None = None
    confidence: str = ""
    source: str = ""
    own: bool = True

    def numbers(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values at shares of probability: quantiles; categories as their numbers.

        Args:
            shares: Of any shape, in [0, 1].

        Returns:
            Of the same shape, from ``low`` to ``high``.
        """
        if self.kind == "categorical":
            weights = np.array(self.weights or [1.0] * len(self.choices))
            edges = np.cumsum(weights)[:-1] / weights.sum()
            found: NDArray[np.float64] = np.searchsorted(edges, shares, side="right").astype(float)
            return found
        whole = self.kind == "integer"
        low, high = (self.low - 0.5, self.high + 0.5) if whole else (self.low, self.high)
        drawn = np.clip(self._quantiles(shares, low, high), low, high)
        if not whole:
            return drawn
        rounded: NDArray[np.float64] = np.clip(np.floor(drawn + 0.5), self.low, self.high)
        return rounded

    def _quantiles(
        self, shares: NDArray[np.float64], low: float, high: float
    ) -> NDArray[np.float64]:
        match self.distribution:
            case "uniform":
                return low + shares * (high - low)
            case "loguniform":
                low = max(low, self.low / 2)  # an integer's half step down may reach zero
                span = math.log(high / low)
                found: NDArray[np.float64] = low * np.exp(shares * span)
                return found
        frozen = _frozen(self.distribution, self.shape, low, high)
        ends = frozen.cdf(np.array([low, high]))
        cut: NDArray[np.float64] = frozen.ppf(ends[0] + shares * (ends[1] - ends[0]))
        return cut

    def value(self, number: float) -> Any:
        """What a number stands for: itself, a count, or the category's value."""
        if self.kind == "categorical":
            return self.choices[int(number)]
        return int(number) if self.kind == "integer" else float(number)

    def shown(self, number: float) -> str:
        """A number as people read it."""
        if self.kind == "categorical":
            return self.labels[int(number)]
        return f"{number:.0f}" if self.kind == "integer" else f"{number:.4g}"

    def table(self) -> dict[str, Any]:
        """As a manifest has it; :func:`factor_of` reads it."""
        return {
            "path": self.path, "kind": self.kind, "low": self.low, "high": self.high,
            "distribution": self.distribution, "shape": dict(self.shape),
            "choices": list(self.choices), "labels": list(self.labels),
            "weights": list(self.weights), "assumed": self.assumed,
            "confidence": self.confidence, "source": self.source, "own": self.own,
        }  # fmt: skip


def factor_of(table: Mapping[str, Any]) -> Factor:
    """What :meth:`Factor.table` told."""
    lists = {key: tuple(table[key]) for key in ("choices", "labels", "weights")}
    return Factor(**{**table, **lists})


def _frozen(distribution: str, shape: Mapping[str, float], low: float, high: float) -> Any:
    """A distribution of SciPy's by our names."""
    from scipy import stats

    match distribution:
        case "triangular":
            span = high - low
            return stats.triang((shape["mode"] - low) / span, loc=low, scale=span)
        case "normal":
            return stats.norm(shape["mean"], shape["sd"])
        case "lognormal":
            return stats.lognorm(shape["sigma"], scale=shape["median"])
        case _:
            return stats.beta(shape["a"], shape["b"], loc=low, scale=high - low)
