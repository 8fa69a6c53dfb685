"""Where a forecast group is going: what its headline rests on, counted over simulated futures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.record import RunRecord

LATELY = 4
"""Weeks whose mean is "now", and at the other end "then"; a single week is too lucky."""
QUIET = 2
"""Fewer speakers than this a week is silence: nobody answers anybody."""
LIKELY = 0.66
"""Share of futures that makes something probable, as in the words of verdicts."""
_STEP, _NEAR = 0.1, 0.2
_RANGE = (0.05, 0.5, 0.95)

Span = tuple[float, float, float]
"""5th, 50th and 95th in 100 futures."""
CROWD = ("known", "fresh", "late_known", "late_fresh", "fresh_messages")


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Where the group is going.

    Attributes:
        now: Speakers a week, mean of the last :data:`LATELY` whole weeks before the origin.
        middle: Speakers of the last forecast week in the middle future.
        late: Mean of the last :data:`LATELY` forecast weeks (of all, if there are fewer).
        below: Share of futures in which that mean is below ``now``.
        above: Share of futures in which it is above.
        near: Share in which it differs by at most a fifth of ``now``, or one person.
        silent: Share in which the group falls silent: :data:`LATELY` weeks in a row (all, if there
            are fewer) with fewer than :data:`QUIET` speakers each, at any time of the horizon.
        known: Members known at the origin who write at least once more.
        fresh: People who write for the first time.
        late_known: Of the known members, those who write in the last forecast weeks.
        late_fresh: Of the newcomers, those who do.
        fresh_messages: Share of all messages that newcomers write; 0 where nobody writes any.
    """

    now: float
    middle: float
    late: Span
    below: float
    above: float
    near: float
    silent: float
    known: Span
    fresh: Span
    late_known: Span
    late_fresh: Span
    fresh_messages: Span

    @property
    def direction(self) -> str:
        """``falling``, ``growing``, ``holding``, ``silent`` (now and then) or ``unclear``.

        Falling and growing: to that side of today in 66 of 100 futures, and in the middle of the
        last week by a tenth at least and one person, as both are printed: whoever reads "quieter"
        sees a smaller number. Holding: within a fifth of today (or one person) in 66.
        """
        step = max(_STEP * self.now, 1.0)
        change = round(self.middle) - round(self.now)
        if self.now < QUIET and self.middle < QUIET:
            return "silent"
        if self.below >= LIKELY and change <= -step:
            return "falling"
        if self.above >= LIKELY and change >= step:
            return "growing"
        return "holding" if self.near >= LIKELY else "unclear"

    def table(self) -> dict[str, Any]:
        """As ``forecast.json`` has it."""
        return {"direction": self.direction, **asdict(self)}

    @classmethod
    def of_table(cls, table: Mapping[str, Any]) -> Outlook:
        """Back from :meth:`table`.

        Raises:
            KeyError: Something is missing.
            TypeError, ValueError: Something is no number.
        """

        def read(value: Any) -> Any:
            return (*map(float, value),) if isinstance(value, (list, tuple)) else float(value)

        return cls(**{name: read(table[name]) for name in cls.__annotations__})


def crowd_of(record: RunRecord) -> tuple[float, ...]:
    """Who wrote in one future, in order of :data:`CROWD`; runs of whole weeks only."""
    members = record.members
    fresh = members.joined >= 0
    wrote, late = members.messages > 0, members.last_spoke >= record.days - 7 * LATELY
    late &= wrote
    messages = max(1, int(members.messages.sum()))
    counts = (
        wrote[~fresh].sum(), wrote[fresh].sum(), late[~fresh].sum(), late[fresh].sum(),
        members.messages[fresh].sum() / messages,
    )  # fmt: skip
    return tuple(map(float, counts))


def outlook_of(
    past: NDArray[np.int64], futures: NDArray[np.int64], crowd: NDArray[np.float64]
) -> Outlook:
    """Where a group is going.

    Args:
        past: Speakers of the whole weeks before the origin, at least one.
        futures: Speakers of the coming weeks, of shape (runs, weeks).
        crowd: Of shape (runs, 5): :func:`crowd_of` of each run.
    """
    now = float(past[-LATELY:].mean())
    late = futures[:, -LATELY:].mean(axis=1)
    spans = np.quantile(crowd, _RANGE, axis=0).T
    return Outlook(
        now=now,
        middle=float(np.median(futures[:, -1])),
        late=_span(late),
        below=float((late < now).mean()),
        above=float((late > now).mean()),
        near=float((np.abs(late - now) <= max(_NEAR * now, 1.0)).mean()),
        silent=float(_falls_silent(futures).mean()),
        **{name: _plain(span) for name, span in zip(CROWD, spans, strict=True)},
    )


def _falls_silent(futures: NDArray[np.int64]) -> NDArray[np.bool_]:
    """In which futures there is a long enough row of quiet weeks."""
    length = min(LATELY, futures.shape[1])
    rows = np.lib.stride_tricks.sliding_window_view(futures < QUIET, length, axis=1)
    silent: NDArray[np.bool_] = np.any(np.all(rows, axis=2), axis=1)
    return silent


def _span(values: NDArray[np.float64]) -> Span:
    return _plain(np.quantile(values, _RANGE))


def _plain(span: NDArray[np.float64]) -> Span:
    low, middle, high = map(float, span)
    return low, middle, high
