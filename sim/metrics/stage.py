"""The lifecycle stage: sprout, growth, active, decline, dormant.

In words: growth = activity has at least doubled from its low and sets new highs; decline = it has
stayed below half of its high of the past year for two weeks; active = neither; dormant = hardly
anybody speaks. "Double" and "half" widen when the group is so small that chance alone could do it.
The label of a day uses that day and the past only, so a longer run never rewrites it and policies
may react to it. It lags by three to four weeks, and a fade slower than halving in a year stays
"active": read the half-life beside it.

The rule, day by day, on ``x`` = members who spoke (staff left out), H days:

1. event days are cut at three times the mean of the active days of the four weeks before;
2. the level is the log of the mean over 14, 28 or 56 days, the shortest with 150 speaker-days;
3. a change counts if it exceeds ``clip(k sqrt(phi / n), step, 1.10)``, n = those speaker-days;
4. highs and lows are remembered for a year, and start anew when a stage is entered;
5. a group is quiet when its fortnight's mean is under ``max(floor, floor_share x record)``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.parameters import StageParameters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

STAGES = ("sprout", "growth", "active", "decline", "dormant")
"""Names by code, in the order of a life."""

DORMANT = STAGES.index("dormant")

QUIET_DAYS = 56
QUIET_SPEAKERS = 2.0
"""Under 2 speakers a day over 8 weeks no label but "dormant" means anything: half of the level
series of 2 a day with overdispersed noise get a wrong one."""

_NAMES = np.array(STAGES)
_DEFAULT = StageParameters()
_in_order = attrgetter(*(field.name for field in fields(StageParameters)))


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A stretch of days in one stage.

    Attributes:
        stage: Name of the stage.
        start: First day.
        days: Length; at least this long if ``open``.
        open: Whether the series ended before the stage did (right-censored).
    """

    stage: str
    start: int
    days: int
    open: bool


def stage_codes(speakers: ArrayLike, *, parameters: StageParameters = _DEFAULT) -> NDArray[np.int8]:
    """Stage of every day.

    Args:
        speakers: Members who spoke that day, staff left out (of a log: speakers), of shape (H,).
        parameters: The rule's parameters.

    Returns:
        Indices into ``STAGES``, of shape (H,). A prefix of the series has a prefix of the labels.
    """
    # numba costs a third of a second: only who asks for a stage pays for it.
    from sim.metrics.kernels import stage_path

    series = np.ascontiguousarray(speakers, dtype=np.float64)
    return stage_path(series, *_in_order(parameters))


def stage_names(codes: ArrayLike) -> NDArray[np.str_]:
    """Names of stage codes, same shape."""
    names: NDArray[np.str_] = _NAMES[np.asarray(codes)]
    return names


def stage_shares(codes: ArrayLike) -> NDArray[np.float64]:
    """Share of runs in each stage by day (the stage strip).

    Args:
        codes: Stage codes of shape (runs, H), runs >= 1.

    Returns:
        Shares of shape (H, 5); rows sum to 1.
    """
    labels = np.asarray(codes)[:, :, np.newaxis]
    shares: NDArray[np.float64] = (labels == np.arange(len(STAGES))).mean(axis=0)
    return shares


def spells(codes: Sequence[int] | NDArray[np.int8]) -> list[Spell]:
    """Stretches of equal labels, in order; the last one is open.

    Args:
        codes: Stage codes of shape (H,).
    """
    labels = np.asarray(codes)
    if labels.size == 0:
        return []
    starts = np.flatnonzero(np.concatenate(([True], labels[1:] != labels[:-1])))
    stops = np.append(starts[1:], labels.size)
    return [
        Spell(
            stage=STAGES[labels[start]],
            start=int(start),
            days=int(stop - start),
            open=bool(stop == labels.size),
        )
        for start, stop in zip(starts, stops, strict=True)
    ]


def too_quiet(speakers: ArrayLike, *, parameters: StageParameters = _DEFAULT) -> bool:
    """Whether the last day's label should be shown as "too quiet to tell".

    Args:
        speakers: As for :func:`stage_codes`, H >= 1.
        parameters: The rule's parameters.

    Returns:
        True if under 2 speakers a day over the last 56 days (or all so far), unless dormant.
    """
    series = np.asarray(speakers, dtype=np.float64)
    if series[-QUIET_DAYS:].mean() >= QUIET_SPEAKERS:
        return False
    return bool(stage_codes(series, parameters=parameters)[-1] != DORMANT)
