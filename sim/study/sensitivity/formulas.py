"""Formulas with known answers that run through the same pipeline as a community.

``base = "function:ishigami"`` in a study's file. A name may end in ``-noisy``: every answer
then has luck of its own, as a community's has; a factor that nothing depends on moves luck alone.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scipy.special import ndtri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PREFIX, NOISY = "function:", "-noisy"

_NOISE = 1.5  # standard deviation of luck; Ishigami's own is 3.72
_G = (
    0.0,
    1.0,
    4.5,
    9.0,
    99.0,
    99.0,
    99.0,
    99.0,
)  # a_i of Sobol's G, see sobol_g


def ishigami(x: Sequence[float]) -> float:
    """Sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]^3; x4 does nothing.

    Ishigami and Homma 1990, https://doi.org/10.1109/ISUMA.1990.151285, with a = 7 and b = 0.1.
    """
    x1, x2, x3, _ = x
    return math.sin(x1) + 7 * math.sin(x2) ** 2 + 0.1 * x3**4 * math.sin(x1)


def sobol_g(x: Sequence[float]) -> float:
    """Sobol's G function on [0, 1]^8: the product of (|4 x - 2| + a) / (1 + a).

    Saltelli and Sobol 1995; the a_i are those of Saltelli et al. 2010,
    https://doi.org/10.1016/j.cpc.2009.09.018.
    """
    return math.prod((abs(4 * one - 2) + a) / (1 + a) for one, a in zip(x, _G, strict=True))


def box(x: Sequence[float]) -> float:
    """-1 in the box x1 < 0.4, x2 > 0.65 of the unit cube, 1 outside; x3 to x6 do nothing."""
    return -1.0 if x[0] < 0.4 and x[1] > 0.65 else 1.0


@dataclass(frozen=True, kw_only=True)
class Formula:
    """One formula.

    Attributes:
        name: Name, with ``-noisy`` if luck is added.
    """

    name: str

    @property
    def _about(self) -> tuple[Callable[[Sequence[float]], float], int, float, float]:
        return FORMULAS[self.name.removesuffix(NOISY)]

    @property
    def paths(self) -> dict[str, tuple[float, float]]:
        """Range of each factor by name."""
        _, count, low, high = self._about
        return {f"x{number + 1}": (low, high) for number in range(count)}

    @property
    def outputs(self) -> tuple[str, ...]:
        """What is measured."""
        return ("y",)

    @property
    def key(self) -> str:
        """What tells formulas apart."""
        return PREFIX + self.name

    def measure(
        self, values: Mapping[str, Any], *, seed: int, replicate: int, **_: object
    ) -> tuple[float | None, ...]:
        """The answer; luck depends on the point, the seed and the replicate."""
        x = [float(values.get(path, low)) for path, (low, _) in self.paths.items()]
        answer = self._about[0](x)
        if self.name.endswith(NOISY):
            text = repr((x, seed, replicate)).encode()
            share = (int.from_bytes(hashlib.sha256(text).digest()[:6], "big") + 0.5) / 2**48
            answer += _NOISE * float(ndtri(share))
        return (answer,)


FORMULAS: dict[str, tuple[Callable[[Sequence[float]], float], int, float, float]] = {
    "ishigami": (ishigami, 4, -math.pi, math.pi),
    "sobol_g": (sobol_g, 8, 0.0, 1.0),
    "box": (box, 6, 0.0, 1.0),
}
"""Function, number of factors, low and high end of each, by name."""
