"""What a real community will do: fitted to its log, simulated from its members as they are.

Speakers, messages and newcomers of the coming weeks as quantiles over runs; the forecast of a log
that has not been backtested says so. What the log holds after the origin is the truth beside it.
"""

from __future__ import annotations

import csv
import json
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UserError
from sim.levers import Levers
from sim.logs.community import community_from_log
from sim.logs.dated import coming
from sim.logs.files import replacing
from sim.logs.weeks import weekly
from sim.study.checked import Checked
from sim.study.files import read_json
from sim.study.outlook import CROWD, Outlook, crowd_of, outlook_of
from sim.study.workers import processors
from sim.warm_start import run_from_community, scenario_from_community

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sim.logs.community import Community
    from sim.logs.dated import Dated
    from sim.logs.law import LawPrior
    from sim.logs.table import EventTable
    from sim.record import RunRecord
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
ACTUAL_HEADER = "target,week,actual"
TABLE, SUMMARY, ACTUAL = "forecast.csv", "forecast.json", "actual.csv"
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
        outlook: Where the group is going.
        actual: int64 of shape (3, A), A <= weeks: what came, in the whole weeks that the log holds
            after the origin. Nothing else knows of it.
        checked: How forecasts from this log's own past did; None = nobody looked.
    """

    quantiles: NDArray[np.float64]
    past: NDArray[np.int64]
    first_week: int
    start: int
    until: int
    members: int
    replicates: int
    seed: int
    outlook: Outlook
    actual: NDArray[np.int64] = field(default_factory=lambda: np.zeros((3, 0), dtype=np.int64))
    checked: Checked | None = None

    @property
    def backtested(self) -> bool:
        """Whether this log's forecasts have been scored."""
        return self.checked is not None

    @property
    def weeks(self) -> int:
        """Weeks ahead."""
        return int(self.quantiles.shape[1])

    def csv(self) -> str:
        """The text of ``forecast.csv``."""
        return quantiles_csv(TARGETS, self.quantiles, first_week=self.first_week)

    def actual_csv(self) -> str:
        """What came as the text of ``actual.csv``."""
        lines = [ACTUAL_HEADER]
        for target, values in zip(TARGETS, self.actual.tolist(), strict=True):
            lines += [f"{target},{self.first_week + t},{value}" for t, value in enumerate(values)]
        return "\n".join(lines) + "\n"

    def summary(self) -> dict[str, object]:
        """What ``forecast.json`` says; of what came after the origin it knows nothing."""
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
            "outlook": self.outlook.table(),
            "checked": None if self.checked is None else self.checked.table(),
            "past": dict(zip(TARGETS, self.past.tolist(), strict=True)),
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
        """Write tables, what came after the origin if anything did, and pictures if asked for.

        ``forecast.csv``, ``forecast.json`` and perhaps ``actual.csv``; pictures in a language.

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
        files = {TABLE: self.csv().encode(), SUMMARY: text.encode()}
        if self.actual.size:
            files[ACTUAL] = self.actual_csv().encode()
        if words is not None:
            from sim.report.forecasting import forecast_files

            files |= forecast_files(self, words=words)
        for name, content in files.items():
            with replacing(folder / name) as stream:
                stream.write(content)
        return [folder / name for name in files]


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
    dated: Sequence[Dated] = (),
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
        dated: Known shocks, past and coming (``sim.logs.dated``).

    Raises:
        UserError: ``too_short``/``weeks`` with fewer than 8 whole weeks with messages;
            ``out_of_range``/``until_before_log``; ``out_of_range``/``limits`` for the horizon.
    """
    until = table.end if until is None else until
    form = {} if prior is None else {"prior": prior}
    community = community_from_log(table, until=until, dated=dated, **form)
    scenario = scenario_from_community(community, weeks=weeks)
    if progress is not None:
        progress(0)
    crowd = np.zeros((replicates, len(CROWD)))

    def look(replicate: int, record: RunRecord) -> None:
        crowd[replicate] = crowd_of(record)

    series = simulate_weeks(
        community, scenario=scenario, weeks=weeks, replicates=replicates, seed=seed, jobs=jobs,
        progress=progress, look=look,
        ahead=coming(dated, first=community.start, weeks=weeks),
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
        outlook=outlook_of(past.speakers, series[:, :, 0], crowd),
        actual=_came(table, first=community.week, weeks=weeks),
    )


def _came(table: EventTable, *, first: int, weeks: int) -> NDArray[np.int64]:
    """The whole weeks that a log holds from a week on, at most so many: int64 of shape (3, A)."""
    series = weekly(table)
    every = np.stack([series.speakers, series.messages, series.newcomers])
    return np.ascontiguousarray(every[:, first : first + weeks])


def quantiles_csv(
    targets: Sequence[str], quantiles: NDArray[np.float64], *, first_week: int
) -> str:
    """Quantiles as text: target by target, week by week.

    Args:
        targets: Names.
        quantiles: float64 of shape (targets, weeks, 5).
        first_week: Index of the first week.
    """
    lines = [HEADER]
    for target, weeks in zip(targets, quantiles.tolist(), strict=True):
        for ahead, values in enumerate(weeks):
            cells = ",".join(f"{value:.10g}" for value in values)
            lines.append(f"{target},{first_week + ahead},{cells}")
    return "\n".join(lines) + "\n"


def load_forecast(folder: Path) -> ForecastResult:
    """Read back what :meth:`ForecastResult.write` wrote.

    Raises:
        UserError: ``not_found``/``file``; ``damaged``/``not_json`` for a file that lacks something,
            as that of an older version does.
    """
    told = read_json(folder / SUMMARY)
    try:
        targets = [told["targets"][target] for target in TARGETS]
        levels = [f"q{round(100 * level):02d}" for level in LEVELS]
        first = int(told["first_week"])
        checked = told["checked"]
        return ForecastResult(
            quantiles=np.array([[one[level] for level in levels] for one in targets])
            .transpose(0, 2, 1)
            .copy(),
            past=np.array([told["past"][target] for target in TARGETS], dtype=np.int64),
            first_week=first,
            start=_seconds(told["first_week_start"]) - first * _WEEK_SECONDS,
            until=_seconds(told["until"]),
            members=int(told["members"]),
            replicates=int(told["replicates"]),
            seed=int(told["seed"]),
            outlook=Outlook.of_table(told["outlook"]),
            actual=_read_actual(folder / ACTUAL),
            checked=None if checked is None else Checked(**checked),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("damaged", "not_json", file=str(folder / SUMMARY)) from error


def _read_actual(path: Path) -> NDArray[np.int64]:
    if not path.exists():
        return np.zeros((3, 0), dtype=np.int64)
    with path.open(newline="", encoding="ascii") as stream:
        rows = list(csv.DictReader(stream))
    found = [[int(row["actual"]) for row in rows if row["target"] == one] for one in TARGETS]
    return np.array(found, dtype=np.int64)


def simulate_weeks(
    community: Community,
    *,
    scenario: Scenario,
    weeks: int,
    replicates: int,
    seed: int = 0,
    jobs: int | None = None,
    progress: Callable[[int], object] | None = None,
    ahead: NDArray[np.float64] | None = None,
    look: Callable[[int, RunRecord], object] | None = None,
) -> NDArray[np.int64]:
    """Weekly speakers, messages and newcomers of many runs: int64 of shape (runs, weeks, 3).

    ``ahead`` is what known shocks add to the logit of speaking in each week, shape (weeks,);
    ``look`` is shown each run's number and record, in any order and from several threads.
    Threads serve, as the compiled days run free of Python's lock.
    """
    levers = Levers.neutral(7 * weeks, 1)  # read only: one for all runs
    series = np.zeros((replicates, weeks, 3), dtype=np.int64)

    def simulate(replicate: int) -> None:
        run = run_from_community(
            community, seed=seed, replicate=replicate, weeks=weeks, scenario=scenario,
            levers=levers, leaving=False, coming=ahead,
        )  # fmt: skip
        run.advance()
        record = run.record()
        series[replicate] = record.weekly[:, 0, :]
        if look is not None:
            look(replicate, record)

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


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
