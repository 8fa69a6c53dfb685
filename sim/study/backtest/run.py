"""Forecasts of many logs by many methods, case by case, kept as they come."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.logs.events import read_events
from sim.logs.table import MESSAGE
from sim.logs.weeks import active_weeks
from sim.study.backtest.bgbb import forecast_bgbb
from sim.study.backtest.cases import ORIGINS, Case, cases_of, family_of, name_of
from sim.study.backtest.classical import CLASSICAL, MEDIAN_OF, check_extra
from sim.study.backtest.scoring import Score, coverage, weighted_interval_score
from sim.study.ensemble import run_ensemble
from sim.study.files import append_line, refusals
from sim.study.forecast import TARGETS, forecast
from sim.study.provenance import code_digest
from sim.study.simulate import Failure
from sim.study.workers import PROCESSES, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from sim.logs.table import EventTable

    Numbers = NDArray[np.float64]

OURS, BGBB, ENSEMBLE = "qunsim", "bgbb", "median_log"
SINGLE = tuple(CLASSICAL)
"""Methods that stand alone, of which the best is the one to beat."""

METHODS = (OURS, *SINGLE, ENSEMBLE, BGBB)
REPLICATES = 300

JOURNAL, TABLE = "journal.jsonl", "scores.csv"
HEADER = "log,family,origin,target,method,wis,coverage50,coverage90"


@dataclass
class Backtest:
    """What came of it.

    Attributes:
        scores: All scores, in order of logs, origins, targets and methods.
        skipped: Files that were left out, each with the reason (``weeks``, ``quiet``,
            ``no_messages``, ``no_events``).
        failed: Keys of cases that ended in an error, each with it.
        interrupted: Whether somebody stopped it.
        simulated: Cases that were forecast here, not found.
    """

    scores: list[Score] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    interrupted: bool = False
    simulated: int = 0

    def csv(self) -> str:
        """The scores as the text of ``scores.csv``."""
        lines = [HEADER]
        for one in self.scores:
            numbers = (one.wis, one.coverage50, one.coverage90)
            about = (one.log, one.family, f"{one.origin:g}", one.target, one.method)
            lines.append(",".join([*about, *(f"{value:.6g}" for value in numbers)]))
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What became of a case, as an ensemble knows its tasks.

    Attributes:
        variant: The case's key.
        replicate: Always 0.
        scores: Of all methods and targets.
        error: Empty: what failed is a ``Failure``.
    """

    variant: str
    replicate: int
    scores: list[Score]
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class _Job:
    """One log's case, to be forecast by every method in one process."""

    path: Path
    case: Case
    weeks: int
    replicates: int
    seed: int
    key: str

    @property
    def place(self) -> tuple[str, int]:
        return self.key, 0


def backtest(
    paths: Sequence[Path | str],
    *,
    origins: Sequence[float] = ORIGINS,
    weeks: int = 26,
    replicates: int = REPLICATES,
    seed: int = 0,
    jobs: int | None = None,
    out: Path | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Backtest:
    """Forecast from the past of logs and score against what came.

    Args:
        paths: Event files.
        origins: Shares of a log's weeks after which one looks ahead, each in (0, 1).
        weeks: Horizon, 1 to 104.
        replicates: Simulated futures of each forecast.
        seed: Seed.
        jobs: Processes; one a processor by default.
        out: Folder in which every finished case is kept at once; the same backtest resumes there.
        progress: Told cases done and in all.

    Raises:
        UserError: ``missing_extra``/``extra``; ``no_space``, ``no_permission``; what a file that
            cannot be read is about, if there is no other.
    """
    check_extra()
    result = Backtest()
    planned = list(_jobs(paths, result, origins, weeks=weeks, replicates=replicates, seed=seed))
    journal = None if out is None else out / JOURNAL
    known = {} if journal is None else _read(journal)
    missing = [job for job in planned if job.key not in known]
    if out is not None and missing:
        with refusals(out):
            out.mkdir(parents=True, exist_ok=True)
    before = len(planned) - len(missing)
    if progress is not None:
        progress(before, len(planned))
    missing.sort(key=lambda job: -int(job.case.past[1].sum()))  # the largest first

    def keep(one: Scored | Failure) -> None:
        result.simulated += 1
        if isinstance(one, Failure):
            result.failed.append((one.variant, one.error))
            return
        known[one.variant] = one.scores
        if journal is not None:
            line = {"key": one.variant, "scores": [asdict(each) for each in one.scores]}
            append_line(journal, json.dumps(line, ensure_ascii=False))

    def told(done: int, *, failed: int = 0) -> None:  # noqa: ARG001  told with the others
        if progress is not None:
            progress(before + done, len(planned))

    crew = replace(workers(PROCESSES, jobs=jobs), work=_scored)
    try:
        ended = run_ensemble(missing, crew=crew, progress=told, keep=keep)
    finally:
        crew.close()
    result.interrupted = ended.interrupted
    result.scores = [one for job in planned for one in known.get(job.key, ())]
    return result


def _jobs(
    paths: Sequence[Path | str], result: Backtest, origins: Sequence[float], **options: int
) -> Iterator[_Job]:
    """Cases of the files that can be looked at; the others are noted."""
    refused: list[UserError] = []
    for path in map(Path, paths):
        try:
            table = read_events(path)
        except UserError as error:
            refused.append(error)
            result.skipped.append((path, "no_events"))
            continue
        if not (table.event == MESSAGE).any():
            result.skipped.append((path, "no_messages"))
            continue
        cases = cases_of(
            table, log=name_of(path), family=family_of(path), origins=origins,
            weeks=options["weeks"],
        )  # fmt: skip
        if not cases:
            long_enough = (table.end - table.start) // (7 * 86_400) >= 72
            result.skipped.append((path, "quiet" if long_enough else "weeks"))
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        for case in cases:
            about = [content, case.log, case.family, case.week, case.origin, options, code_digest()]
            key = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:24]
            yield _Job(path=path, case=case, key=key, **options)
    if refused and len(refused) == len(paths):
        raise refused[0]


def _scored(job: _Job) -> Scored:
    """All methods in one case."""
    case = job.case
    table = read_events(job.path).before(case.until)  # nobody sees what comes later
    quantiles = _forecasts(table, job)
    actual = case.future.astype(np.float64)
    found = []
    for place, target in enumerate(TARGETS):
        for method in METHODS:
            given = quantiles[method][place][: actual.shape[1]]
            found.append(
                Score(
                    log=case.log, family=case.family, origin=case.origin, target=target,
                    method=method,
                    wis=float(weighted_interval_score(given, actual[place]).mean()),
                    coverage50=coverage(given, actual[place], share=0.5),
                    coverage90=coverage(given, actual[place], share=0.9),
                )
            )  # fmt: skip
    return Scored(variant=job.key, replicate=0, scores=found)


def _forecasts(table: EventTable, job: _Job) -> dict[str, Numbers]:
    """Quantiles of shape (3, weeks, levels) by method."""
    case, weeks = job.case, job.weeks
    past = case.past.astype(np.float64)
    found: dict[str, Any] = {
        name: np.stack([method(series, weeks) for series in past])
        for name, method in CLASSICAL.items()
    }
    found[ENSEMBLE] = np.median([found[name] for name in MEDIAN_OF], axis=0)
    active = active_weeks(table, until=case.until)
    found[BGBB] = forecast_bgbb(active, weeks=weeks, seed=job.seed)
    found[OURS] = forecast(
        table, until=case.until, weeks=weeks, replicates=job.replicates, seed=job.seed, jobs=1
    ).quantiles
    return found


def _read(journal: Path) -> dict[str, list[Score]]:
    """What is there already; a line that was torn is no case."""
    known = {}
    with suppress(FileNotFoundError), journal.open("rb") as stream:
        for raw in stream:
            with suppress(ValueError, KeyError, TypeError):
                line = json.loads(raw)
                known[str(line["key"])] = [Score(**one) for one in line["scores"]]
    return known
