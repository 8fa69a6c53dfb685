"""How many futures are enough: more are added until the difference is known as well as asked.

The sample is looked at only at planned sizes, each at least a quarter larger than the last: looking
after every pair would stop at lucky moments and make intervals too narrow (Chow and Robbins 1965
give the rule and its limit; tests measure what is lost here).
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST = 60
"""Pairs before the first look."""

_STEP, _GROWTH, _LEAP, _SPARE = 10, 1.25, 4.0, 1.05


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How precise a comparison is.

    Attributes:
        half_width: Half of the widest interval of the KPI over variants, in its unit.
        base: What it is a share of, in the KPI's unit; 0 = nothing.
    """

    half_width: float
    base: float

    @property
    def share(self) -> float | None:
        """Half width as a share of the base; None where there is no base."""
        return self.half_width / self.base if self.base > 0 else None

    def enough(self, asked: float) -> bool:
        """Whether it is as precise as asked. What nobody can tell apart is precise."""
        return self.half_width == 0 or (self.share is not None and self.share <= asked)


def next_size(pairs: int, *, reached: Reached, asked: float, most: int) -> int:
    """Pairs at the next look.

    Args:
        pairs: Pairs so far.
        reached: How precise they are.
        asked: Half width asked, as a share of the base.
        most: Pairs at most.

    Returns:
        The number that should be enough if the differences go on varying as they do; no less than
        a quarter more than there are, no more than four times as many.
    """
    wanted = _LEAP
    if reached.share is not None:
        wanted = min(_LEAP, _SPARE * (reached.share / asked) ** 2)
    size = pairs * max(_GROWTH, wanted)
    return min(most, -(-int(size) // _STEP) * _STEP)
