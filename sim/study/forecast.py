"""What a real community will do: fitted to its log, simulated from its members as they are.

Speakers, messages and newcomers of the coming weeks as quantiles over runs; the forecast of a log
that has not been backtested says so.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.levers import Levers
from sim.logs.community import community_from_log
from sim.logs.files import replacing
from sim.study.workers import processors
from sim.warm_start import run_from_community, scenario_from_community

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.logs.law import LawPrior
    from sim.logs.table import EventTable
    from sim.scenario import Scenario
    from sim.words import Words

TARGETS = ("speakers", "messages", "newcomers")
"""Distinct members with a message in the week; messages; members whose first message it is."""
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles given."""
WEEKS = 26
"""Horizon unless asked otherwise."""
REPLICATES = 300
"""Runs unless asked otherwise; 100 more or fewer move scores by half a percent."""
SCHEMA = 1
HEADER = "target,week,q05,q25,q50,q75,q95"
_WEEK_SECONDS = 7 * 86_400


@dataclass(frozen=True)
class ForecastResult:
    """Quantiles of the coming weeks.

    Attributes:
        quantiles: float64 of shape (3, weeks, 5): :data:`TARGETS` x weeks x :data:`LEVELS`.
        past: int64 of shape (3, P): the whole weeks before the origin, from week 0.
        first_week: Index of the first forecast week, a 7-day window counted from midnight UTC of
            the log's first event; a window that the origin cuts lies between the past and it.
        start: Seconds since 1970 UTC of week 0.
        until: Origin, in seconds: events before it were used.
        members: Members known at the origin.
        replicates: Runs.
        seed: Seed of the runs.
        backtested: Whether this log's forecasts have been scored; never, so far.
    """

    quantiles: NDArray[np.float64]
    past: NDArray[np.int64]
    first_week: int
    start: int
    until: int
    members: int
    replicates: int
    seed: int
    backtested: bool = False

    @property
    def weeks(self) -> int:
        """Weeks ahead."""
        return int(self.quantiles.shape[1])

    @property
    def rows(self) -> list[tuple[str | int | float, ...]]:
        """Target, index of the week, the five quantiles; target by target, week by week."""
        return [
            (target, self.first_week + ahead, *quantiles.tolist())
            for target, values in zip(TARGETS, self.quantiles, strict=True)
            for ahead, quantiles in enumerate(values)
        ]

    def csv(self) -> str:
        """The rows as the text of ``forecast.csv``."""
        lines = [HEADER]
        for target, week, *values in self.rows:
            lines.append(",".join([str(target), str(week), *(f"{value:.10g}" for value in values)]))
        return "\n".join(lines) + "\n"

    def summary(self) -> dict[str, object]:
        """What ``forecast.json`` says."""
        return {
            "schema": SCHEMA,
            "backtested": self.backtested,
            "note": "backtested" if self.backtested else "not backtested",
            "until": _moment(self.until),
            "first_week": self.first_week,
            "first_week_start": _moment(self.start + self.first_week * _WEEK_SECONDS),
            "weeks": self.weeks,
            "whole_weeks_fitted": int(self.past.shape[1]),
            "members": self.members,
            "replicates": self.replicates,
            "seed": self.seed,
            "targets": {
                target: {
                    "weeks": [self.first_week + ahead for ahead in range(self.weeks)],
                    **{
                        f"q{round(100 * level):02d}": self.quantiles[k, :, i].tolist()
                        for i, level in enumerate(LEVELS)
                    },
                }
                for k, target in enumerate(TARGETS)
            },
        }

    def write(self, folder: Path | str, words: Words | None = None) -> list[Path]:
        """Write ``forecast.csv`` and ``forecast.json``, and pictures in a language if one is given.

        Args:
            folder: Made if it is not there.
            words: Language of ``forecast_<target>.png`` and ``.svg``; none = no pictures.

        Returns:
            The files written.

        Raises:
            UserError: ``no_space``, ``no_permission``, ``not_found``/``file``,
                ``wrong_form``/``folder``.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.summary(), indent=1, ensure_ascii=False) + "\n"
        written = []
        for name, content in (("forecast.csv", self.csv()), ("forecast.json", text)):
            with replacing(folder / name) as stream:
                stream.write(content.encode())
            written.append(folder / name)
        return written if words is None else [*written, *self._draw(folder, words)]

    def _draw(self, folder: Path, words: Words) -> list[Path]:
        return draw_targets(
            folder, TARGETS, past=self.past.astype(np.float64), quantiles=self.quantiles,
            first_week=self.first_week, start=self.start, words=words,
        )  # fmt: skip


def draw_targets(
    folder: Path,
    targets: Sequence[str],
    *,
    past: NDArray[np.float64],
    quantiles: NDArray[np.float64],
    first_week: int,
    start: int,
    words: Words,
) -> list[Path]:
    """Draw ``forecast_<target>.png`` and ``.svg`` of weekly targets.

    Args:
        folder: Where to.
        targets: Their names.
        past: Of shape (targets, P).
        quantiles: Of shape (targets, weeks, 5).
        first_week: Index of the first forecast week.
        start: Seconds since 1970 UTC of week 0.
        words: Language.

    Returns:
        The files written.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    from sim.report.figures import draw_forecast
    from sim.report.figures.canvas import to_png, to_svg

    day = datetime.fromtimestamp(start, UTC).date()
    written = []
    for k, target in enumerate(targets):
        figure = draw_forecast(
            past[k], quantiles[k], words=words, target=target, first_week=first_week, start=day
        )
        for kind, content in (("png", to_png(figure)), ("svg", to_svg(figure).encode())):
            path = folder / f"forecast_{target}.{kind}"
            with replacing(path) as stream:
                stream.write(content)
            written.append(path)
    return written


def forecast(
    table: EventTable,
    *,
    until: int | None = None,
    weeks: int = WEEKS,
    replicates: int = REPLICATES,
    seed: int = 0,
    jobs: int | None = None,
    progress: Callable[[int], object] | None = None,
    prior: LawPrior | None = None,
) -> ForecastResult:
    """Forecast a community from its log.

    Only events before the origin are used, wherever it is moved. The same arguments give the same
    numbers, whatever ``jobs`` is.

    Args:
        table: The events.
        until: Origin in seconds since 1970 UTC, exclusive; default: the midnight after the last
            event.
        weeks: Weeks ahead, 1 to 1428.
        replicates: Runs, at least 1.
        seed: 0 to 2^63 - 1.
        jobs: Threads; default: one a processor.
        progress: Called with the number of runs done: with 0 when the log has been read, and after
            each run.
        prior: Form of the member law; all twelve terms by default.

    Raises:
        UserError: ``too_short``/``weeks`` with fewer than 8 whole weeks with messages;
            ``out_of_range``/``until_before_log``; ``out_of_range``/``limits`` for the horizon.
    """
    until = table.end if until is None else until
    form = {} if prior is None else {"prior": prior}
    community = community_from_log(table, until=until, **form)
    scenario = scenario_from_community(community, weeks=weeks)
    if progress is not None:
        progress(0)
    series = simulate_weeks(
        community, scenario=scenario, weeks=weeks, replicates=replicates, seed=seed, jobs=jobs,
        progress=progress,
    )  # fmt: skip
    quantiles = np.quantile(series, LEVELS, axis=0)  # (5, weeks, 3)
    past = community.series
    return ForecastResult(
        quantiles=np.ascontiguousarray(quantiles.transpose(2, 1, 0)),
        past=np.stack([past.speakers, past.messages, past.newcomers]),
        first_week=community.week,
        start=table.start,
        until=until,
        members=int(community.states.member.size),
        replicates=replicates,
        seed=seed,
    )


def simulate_weeks(
    community: Community,
    *,
    scenario: Scenario,
    weeks: int,
    replicates: int,
    seed: int = 0,
    jobs: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> NDArray[np.int64]:
    """Weekly speakers, messages and newcomers of many runs: int64 of shape (runs, weeks, 3).

    Threads serve, as the compiled days run free of Python's lock.
    """
    levers = Levers.neutral(7 * weeks, 1)  # read only: one for all runs
    series = np.zeros((replicates, weeks, 3), dtype=np.int64)

    def simulate(replicate: int) -> None:
        run = run_from_community(
            community, seed=seed, replicate=replicate, weeks=weeks, scenario=scenario,
            levers=levers, leaving=False,
        )  # fmt: skip
        run.advance()
        series[replicate] = run.record().weekly[:, 0, :]

    pool = ThreadPoolExecutor(max_workers=jobs or processors())
    futures = [pool.submit(simulate, replicate) for replicate in range(replicates)]
    try:
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            if progress is not None:
                progress(done)
    finally:  # after Ctrl-C nobody waits for runs that nobody will see
        pool.shutdown(wait=False, cancel_futures=True)
    return series


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
