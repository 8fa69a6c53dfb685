"""The top of a concave function by damped Newton steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_HALVINGS = 20


@dataclass(frozen=True)
class Top:
    """Where the climb ended.

    Attributes:
        at: float64 of shape (k,).
        value: Of the function there.
        curvature: Of its negative, float64 of shape (k, k).
        steps: Steps taken or tried.
    """

    at: Numbers
    value: float
    curvature: Numbers
    steps: int


def climb(
    function: Callable[[Numbers], tuple[float, Numbers, Numbers]],
    *,
    start: Numbers,
    most: int,
    converged: float,
) -> Top:
    """Climb; a step that does not raise the function is halved.

    Args:
        function: Gives value, gradient and negative curvature at a place.
        start: Where to begin, float64 of shape (k,).
        most: Steps at most.
        converged: Twice the rise that the next step promises, below which it is not taken.
    """
    at, steps = start, 0
    value, gradient, curvature = function(at)
    while steps < most:
        steps += 1
        move = np.linalg.solve(curvature, gradient)
        if float(gradient @ move) < converged:
            break
        for _ in range(_HALVINGS):
            tried = function(at + move)
            if tried[0] >= value:
                break
            move = move / 2.0
        at = at + move
        value, gradient, curvature = tried
    return Top(at=at, value=value, curvature=curvature, steps=steps)
