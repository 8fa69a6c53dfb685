"""Factors that go together: a Gaussian copula with the rank correlations that a study names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_EDGE = 1e-12  # shares of 0 and 1 have no normal quantile


def mixing(names: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> Numbers | None:
    """The matrix that makes independent normal numbers go together.

    A normal correlation of 2 sin(pi r / 6) gives the rank correlation r (Pearson 1907).

    Args:
        names: Factors, in the order of the columns.
        pairs: Spearman's rank correlations, each between -1 and 1, by two names.

    Returns:
        Lower triangular, of shape (D, D); None if nothing goes together.

    Raises:
        UserError: ``contradiction``/``dependence`` if no factors can have all these correlations.
    """
    if not pairs:
        return None
    correlation = np.eye(len(names))
    for (first, second), rank in pairs.items():
        i, j = names.index(first), names.index(second)
        correlation[i, j] = correlation[j, i] = 2 * math.sin(math.pi * rank / 6)
    try:
        return np.asarray(np.linalg.cholesky(correlation), np.float64)
    except np.linalg.LinAlgError as error:
        shown = ", ".join(f"{a} ~ {b} = {rank:g}" for (a, b), rank in pairs.items())
        raise UserError("contradiction", "dependence", detail=shown) from error


def together(shares: Numbers, mix: Numbers | None) -> Numbers:
    """Independent shares made to go together; each stays uniform.

    Args:
        shares: Of shape (P, D), in [0, 1].
        mix: What :func:`mixing` gave.
    """
    if mix is None:
        return shares
    mixed: Numbers = ndtr(ndtri(np.clip(shares, _EDGE, 1 - _EDGE)) @ mix.T)
    return mixed
