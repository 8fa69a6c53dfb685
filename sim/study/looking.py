"""Who is told how far a comparison is, and who may look at it before its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.study.comparison import Comparison
    from sim.study.ensemble import Progress
    from sim.study.stopping import Reached


class Watching(Protocol):
    """Told after every run how far a comparison is."""

    def __call__(
        self, done: int, *, failed: int = 0, total: int = 0, reached: Reached | None = None
    ) -> None:
        """``done`` of ``total`` runs have ended; how precise the last look was."""


class Looking(Protocol):
    """Called after every run with a way to see what the futures so far say."""

    def __call__(self, so_far: Callable[[], Comparison], /) -> None:
        """``so_far`` judges the futures that all variants have finished.

        That takes time (a tenth of a second), in which no run is kept: who is called decides how
        often. How many futures there will be does not depend on it.
        """


def telling(
    progress: Watching | None,
    look: Looking | None,
    *,
    so_far: Callable[[], Comparison],
    before: int,
    total: int,
    reached: Reached | None,
) -> Progress:
    """Progress of one stretch as progress of the whole; told at once what was there before.

    Args:
        progress: Told after every run.
        look: Called after every run.
        so_far: Judges what is there.
        before: Runs that were there before the stretch.
        total: Runs when the stretch will have ended.
        reached: How precise the stretches before were.
    """

    def told(done: int, *, failed: int = 0) -> None:
        if progress is not None:
            progress(before + done, failed=failed, total=total, reached=reached)
        if look is not None:
            look(so_far)

    told(0)
    return told
