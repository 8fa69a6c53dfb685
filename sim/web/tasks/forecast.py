"""The weeks ahead of an uploaded log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.logs.events import read_events
from sim.study.forecast import forecast
from sim.web.tasks.base import EVENTS, FILES
from sim.web.tasks.pace import Clock
from sim.web.views.log import forecast_view
from sim.web.views.writing import write_views

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.logs.table import EventTable
    from sim.study.forecast import ForecastResult
    from sim.web.tasks.base import Asked, Channel

WEEKS, REPLICATES = 26, 200


def do(asked: Asked, channel: Channel) -> None:
    """Forecast; ``options``: ``of`` = folder of the log's task, ``weeks`` = weeks ahead.

    Raises:
        UserError: ``too_short``/``weeks``; ``out_of_range`` for the weeks; ``not_found``.
    """
    table = read_events(Path(asked.options["of"]) / EVENTS)
    clock = Clock()

    def progress(done: int) -> None:
        channel.progress(done, REPLICATES, left=clock.left(done, REPLICATES))

    weeks = int(asked.options.get("weeks") or WEEKS)
    result = forecast_into(asked.folder, table, weeks=weeks, jobs=asked.jobs, progress=progress)
    write_views(asked.folder, lambda words: forecast_view(result, words=words))
    channel.look()


def forecast_into(
    folder: Path,
    table: EventTable,
    *,
    weeks: int,
    jobs: int,
    progress: Callable[[int], object],
) -> ForecastResult:
    """Forecast, and leave the numbers among the downloads.

    Args:
        folder: The task's folder.
        table: The events.
        weeks: Weeks ahead.
        jobs: Threads.
        progress: Called with the number of runs done.

    Raises:
        UserError: As ``sim.study.forecast.forecast``.
    """
    result = forecast(table, weeks=weeks, replicates=REPLICATES, jobs=jobs, progress=progress)
    result.write(folder / FILES)
    return result
