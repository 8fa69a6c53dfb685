"""How much of the difference between runs is luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Luck:
    """Luck in one output, as shares of the variance of a single run with values and luck drawn.

    Attributes:
        single: Share of one run.
        mean: Share that the mean over the replicates still has.
    """

    single: float
    mean: float


def luck_of(answers: Numbers, *, luck: NDArray[np.int64]) -> Luck | None:
    """What luck contributes.

    One-way analysis of variance: the spread within points is luck; the spread of points' means,
    less what luck leaves in them, is the values'. All points have the same luck, so what it does to
    all of them alike cancels in every comparison, but belongs to the luck of a run.

    Args:
        answers: Of shape (P, R), rows of whole blocks, none missing.
        luck: Set of replicates of each row; values are told from luck in set 0.

    Returns:
        None where there is one replicate, or no variance.
    """
    count = answers.shape[1]
    if count < 2:
        return None
    within = float(answers.var(axis=1, ddof=1).mean())
    rows = answers[luck == 0]
    centred = rows - rows.mean(axis=0)
    values = float(centred.mean(axis=1).var())
    left = float(centred.var(axis=1, ddof=1).mean()) / count
    explained = max(values - left, 0.0)
    total = explained + within
    if total <= 0:
        return None
    return Luck(single=within / total, mean=within / count / (explained + within / count))
