"""From answers to indices: what is missing, what does not vary, and whether it is stable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.sensitivity.methods import METHODS, Sample
from sim.study.sensitivity.noise import Luck, luck_of, without_common_luck

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.study.sensitivity.methods import Design, Indices

    Numbers = NDArray[np.float64]

FIRST = 5
"""Factors whose order has to be the same at half the size."""

_FEWEST = 8  # blocks of points below which nothing is told
_EQUAL = 1e-12  # relative spread below which an output does not vary


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a study says of one output.

    Attributes:
        output: Its name.
        why: Why there are no indices: ``constant``, ``missing``, ``luck``; empty = there are.
        indices: Arrays over factors, the inert one last, by name.
        half: The main index at half the size; empty where a design has no half.
        luck: What luck contributes; None = not known.
        used: Points that were used.
        left_out: Points that were not, as a run of their block failed or is undefined.
        mean: Mean over the points used.
        sd: Standard deviation of the points' means.
    """

    output: str
    why: str = ""
    indices: Indices = field(default_factory=dict)
    half: tuple[float, ...] = ()
    luck: Luck | None = None
    used: int = 0
    left_out: int = 0
    mean: float = 0.0
    sd: float = 0.0

    def order(self, main: str, *, half: bool = False) -> list[int]:
        """Factors by the size of the main index, the largest first; the inert one is left out."""
        values = np.array(self.half) if half else self.indices[main]
        sizes = np.abs(np.nan_to_num(values[:-1]))
        return [int(one) for one in np.argsort(-sizes, kind="stable")]

    def stable(self, main: str) -> bool | None:
        """Whether the first factors are in the same order at half the size; None = not known.

        Factors that cannot be told from the inert one may change places.
        """
        if self.why or not self.half:
            return None
        first = [one for one in self.order(main)[:FIRST] if one in self.told_apart(main)]
        return self.order(main, half=True)[: len(first)] == first

    def floor(self, main: str) -> float:
        """What a factor without effect may show: the inert one's index, and half its interval."""
        value = abs(float(self.indices[main][-1]))
        half = self.indices.get(f"{main}_conf")
        width = 0.0 if half is None else float(np.nan_to_num(half[-1]))
        return value + width

    def told_apart(self, main: str) -> set[int]:
        """Factors whose interval lies above the floor."""
        half = self.indices.get(f"{main}_conf", np.zeros(1))
        sizes = np.abs(self.indices[main]) - np.nan_to_num(half)
        floor = self.floor(main)
        return {n for n in range(len(sizes) - 1) if sizes[n] > floor}


def analyse(output: str, answers: Numbers, design: Design, *, method: str, seed: int) -> Found:
    """Indices of one output.

    SALib turns one missing answer into zeros for all, and answers that are all alike into zeros or
    noise: blocks with a missing answer are left out, and what does not vary is told as such.

    Args:
        output: Its name.
        answers: Of shape (P, R); NaN = the run failed, or the output is undefined in it.
        design: The points.
        method: Key of the method.
        seed: Seed of the study.
    """
    rows = design.whole(np.asarray(np.isfinite(answers).all(axis=1)))
    used, left_out = int(rows.sum()), int((~rows).sum())
    kept = design.of(rows)
    about: dict[str, Any] = {"used": used, "left_out": left_out}
    if used == 0 or (design.blocks >= _FEWEST > kept.blocks):
        return Found(output=output, why="missing", **about)
    known = answers[rows]
    means = known.mean(axis=1)
    spread = float(means.std())
    about |= {"mean": float(means.mean()), "sd": spread}
    if spread <= _EQUAL * max(1.0, float(np.abs(means).max())):
        return Found(output=output, why="constant", **about)
    how = METHODS[method]
    aligned = without_common_luck(known, kept)
    sample = Sample(design=kept, answers=aligned, seed=seed + 1)
    indices = how.indices(sample)
    luck = luck_of(known, luck=kept.luck)
    if not np.isfinite(indices[how.main]).all():
        return Found(output=output, why="luck", luck=luck, **about)
    return Found(
        output=output, indices=indices, half=_half(sample, method), luck=luck, **about
    )  # fmt: skip


def _half(sample: Sample, method: str) -> tuple[float, ...]:
    """The main index of the first half of the blocks."""
    design = sample.design
    count = design.blocks // 2
    if count < _FEWEST // 2:
        return ()
    rows = np.arange(len(design.shares)) < count * design.block
    known = sample.answers[rows]
    if known.mean(axis=1).std() == 0:
        return ()
    how = METHODS[method]
    found = how.indices(
        Sample(design=design.of(rows), answers=known, seed=sample.seed, intervals=False)
    )
    if not np.isfinite(found[how.main]).all():
        return ()
    return tuple(float(one) for one in found[how.main])
