"""How much of the difference between runs is luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods import Design

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


def without_common_luck(answers: Numbers, design: Design) -> Numbers:
    """Answers less what one set of replicates does to all points alike.

    Points where the inert factor has moved have other luck. What that luck shifts everywhere alike
    is no effect that could pass for one of another factor, whose points share their luck; but it is
    one number for the whole design, which no number of points averages out. What remains of the
    inert factor is what luck does at single points.

    Args:
        answers: Of shape (P, R), none missing.
        design: The points.
    """
    other = design.luck == 1
    if not other.any():
        return answers
    shares = design.shares.reshape(design.blocks, design.block, -1)[:, :, :-1]
    luck = design.luck.reshape(design.blocks, design.block)
    table = answers.reshape(design.blocks, design.block, -1)
    shifts = []
    for place, rows in enumerate(shares):
        moved = int(np.argmax(luck[place] == 1))
        twins = (rows == rows[moved]).all(axis=1) & (luck[place] == 0)
        if luck[place, moved] == 1 and twins.any():
            shifts.append(table[place, moved] - table[place, int(np.argmax(twins))])
    aligned = answers.copy()
    aligned[other] -= np.mean(shifts, axis=0)
    return aligned
