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
from sim.logs.weeks import active_weeks
from sim.study.backtest.bgbb import forecast_bgbb
from sim.study.backtest.cases import ORIGINS, Case, family_of, name_of
from sim.study.backtest.classical import CLASSICAL, MEDIAN_OF, check_extra
from sim.study.backtest.looking import Look, Seen, from_json, look, to_json
from sim.study.backtest.pooling import FEWEST_FAMILIES, left_out_prior
from sim.study.backtest.scoring import Score, coverage, weighted_interval_score
from sim.study.ensemble import run_ensemble
from sim.study.files import append_line, content_digest, refusals
from sim.study.forecast import TARGETS, forecast
from sim.study.provenance import code_digest
from sim.study.simulate import Failure
from sim.study.workers import PROCESSES, THREADS, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from sim.logs.law import LawPrior
    from sim.logs.table import EventTable
    from sim.study.workers import Workers

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
class _Forecast:
    """One log's case, to be forecast by every method in one process."""

    path: Path
    case: Case
    prior: LawPrior | None
    weeks: int
    replicates: int
    seed: int
    key: str

    @property
    def place(self) -> tuple[str, int]:
        return self.key, 0

    @property
    def size(self) -> int:
        return int(self.case.past[1].sum())


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

    With logs of five families or more, the law's prior of each is fitted to the other families.

    Args:
        paths: Event files.
        origins: Shares of a log's weeks after which one looks ahead, each in (0, 1).
        weeks: Horizon, 1 to 104.
        replicates: Simulated futures of each forecast.
        seed: Seed.
        jobs: Processes; one a processor by default.
        out: Folder in which every log that was looked at and every finished case is kept at once;
            the same backtest resumes there.
        progress: Told what is done and in all: logs looked at, and cases as soon as they are known.

    Raises:
        UserError: ``missing_extra``/``extra``; ``no_space``, ``no_permission``; what a file that
            cannot be read is about, if there is no other.
    """
    check_extra()
    if out is not None:
        with refusals(out):
            out.mkdir(parents=True, exist_ok=True)
    result = Backtest()
    crew = workers(PROCESSES, jobs=jobs)  # classical methods hold the interpreter
    if jobs == 1:  # nobody to share it with, and no methods to load once more
        crew = replace(workers(THREADS, jobs=1), here=False)  # a case is not left half-way
    bench = _Bench(result, crew, out=out, progress=progress)
    files = [Path(path) for path in paths]
    try:
        looks = _looks(files, origins, weeks=weeks)
        bench.compute(looks, work=look, kind="look")
        seen = {one.key: bench.seen[one.key] for one in looks if one.key in bench.seen}
        if not result.interrupted:
            _note(looks, seen, result)
            cases = _forecasts_of(looks, seen, weeks=weeks, replicates=replicates, seed=seed)
            bench.compute(cases, work=_scored, kind="scores")
            result.scores = [one for job in cases for one in bench.scores.get(job.key, ())]
    finally:
        bench.crew.close()
    return result


class _Bench:
    """Computes what is not in the journal yet, and writes it there."""

    def __init__(
        self,
        result: Backtest,
        crew: Workers,
        *,
        out: Path | None,
        progress: Callable[[int, int], object] | None,
    ) -> None:
        self.crew, self._result, self._progress = crew, result, progress
        self._journal = None if out is None else out / JOURNAL
        self.seen: dict[str, Seen] = {}
        self.scores: dict[str, list[Score]] = {}
        self._done = self._total = 0
        if self._journal is not None:
            self._read(self._journal)

    def compute(self, jobs: Sequence[Any], *, work: Callable[..., Any], kind: str) -> None:
        """Do the jobs; what was asked before is found."""
        known = self.seen if kind == "look" else self.scores
        missing = [job for job in jobs if job.key not in known]
        missing.sort(key=lambda job: -job.size)  # the largest first: nobody waits for them alone
        before = self._done + len(jobs) - len(missing)
        self._total += len(jobs)
        self._tell(before)

        def told(done: int, *, failed: int = 0) -> None:  # noqa: ARG001  told with the others
            self._tell(before + done)

        crew = replace(self.crew, work=work)
        ended = run_ensemble(missing, crew=crew, progress=told, keep=self._keep)
        self._result.interrupted = ended.interrupted

    def _tell(self, done: int) -> None:
        self._done = done
        if self._progress is not None:
            self._progress(done, self._total)

    def _keep(self, one: Seen | Scored | Failure) -> None:
        if isinstance(one, Failure):
            self._result.failed.append((one.variant, one.error))
            return
        if isinstance(one, Seen):
            self.seen[one.variant] = one
            line: dict[str, Any] = {"look": to_json(one)}
            wanted = one.refused is None  # a file that could not be read is tried again
        else:
            self._result.simulated += 1
            self.scores[one.variant] = one.scores
            line = {"scores": [asdict(each) for each in one.scores]}
            wanted = True
        if self._journal is not None and wanted:
            text = json.dumps({"key": one.variant, **line}, ensure_ascii=False)
            append_line(self._journal, text)

    def _read(self, journal: Path) -> None:
        """What is there already; a line that was torn is nothing."""
        with suppress(FileNotFoundError), journal.open("rb") as stream:
            for raw in stream:
                with suppress(ValueError, KeyError, TypeError):
                    line = json.loads(raw)
                    key = str(line["key"])
                    if "look" in line:
                        self.seen[key] = from_json(key, line["look"])
                    else:
                        self.scores[key] = [Score(**one) for one in line["scores"]]


def _looks(paths: Sequence[Path], origins: Sequence[float], *, weeks: int) -> list[Look]:
    """The files, each to be looked at; evidence is wanted where others can do without it."""
    families = [family_of(path) for path in paths]
    pools = len(set(families)) > FEWEST_FAMILIES
    looks = []
    for path, family in zip(paths, families, strict=True):
        about = {"origins": list(origins), "weeks": weeks, "family": family, "pools": pools}
        key = _key("look", str(path), _content(path), about)
        one = Look(
            path=path, log=name_of(path), family=family, origins=tuple(origins), weeks=weeks,
            pools=pools, key=key,
        )  # fmt: skip
        looks.append(one)
    return looks


def _note(looks: Sequence[Look], seen: Mapping[str, Seen], result: Backtest) -> None:
    """Tell which files make no case.

    Raises:
        UserError: Why the first cannot be read, if none can be.
    """
    found = [(one, seen[one.key]) for one in looks if one.key in seen]
    result.skipped += [(one.path, what.why) for one, what in found if what.why]
    refused = [what.refused for _, what in found if what.refused is not None]
    if refused and len(refused) == len(looks):
        kind, reason, values = refused[0]
        raise UserError(kind, reason, **values)


def _forecasts_of(
    looks: Sequence[Look], seen: Mapping[str, Seen], **options: int
) -> list[_Forecast]:
    """The cases of all logs."""
    known = [one.evidence for one in seen.values() if one.evidence is not None]
    priors = {one.family: left_out_prior(known, family=one.family) for one in looks}
    jobs = []
    for one in looks:
        for case in seen[one.key].cases if one.key in seen else ():
            prior = priors[one.family]
            mean = None if prior is None else prior.mean
            key = _key("case", one.key, case.week, case.origin, mean, options)
            jobs.append(_Forecast(path=one.path, case=case, prior=prior, key=key, **options))
    return jobs


def _content(path: Path) -> str:
    try:
        return content_digest(path)
    except OSError:
        return ""  # reading it will tell


def _key(*about: object) -> str:
    text = json.dumps([*about, code_digest("study")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _scored(job: _Forecast) -> Scored:
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


def _forecasts(table: EventTable, job: _Forecast) -> dict[str, Numbers]:
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
        table, until=case.until, weeks=weeks, replicates=job.replicates, seed=job.seed, jobs=1,
        prior=job.prior,
    ).quantiles  # fmt: skip
    return found
