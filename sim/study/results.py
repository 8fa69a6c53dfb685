"""Simulate one community many times, and what comes of it: in memory, in a folder, or both."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.policies.planning import Caution, parse_policy, read_plan
from sim.scenario import Scenario
from sim.study.later import cautions_of, late_policies
from sim.study.store import Store, Study, read_manifest, read_study
from sim.study.study import Runs, opened
from sim.study.variant import BASE, Variant
from sim.study.workers import workers

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.study.ensemble import Progress
    from sim.study.simulate import Failure
    from sim.study.trace import Trace

_LIMITS = {
    "seed": (0, 2**63 - 1), "replicates": (1, 100_000), "jobs": (1, 10_000), "weeks": (1, 1_428),
    "sets": (1, 10_000),
}  # fmt: skip


@dataclass
class Result:
    """One community, simulated many times.

    Attributes:
        scenario: What was simulated, policies and horizon included.
        seed: Seed of the experiment.
        replicates: Runs asked for.
        kpis: KPIs of each finished run, by replicate, in order.
        failures: Runs that failed, in order, with the days that they had finished.
        interrupted: Whether it was stopped before all runs were done.
        already: Whether everything was there before and nothing was simulated.
        cautions: What in the policies is probably not meant.
        folder: Where it is kept, if anywhere.
        moved: Where results of the same experiment by other code were moved, if there were any.
        torn: Lines of the journal that could not be read, so that their runs were missing.
        remade: Whether all runs were there, but tables had to be written again.
    """

    scenario: Scenario
    seed: int
    replicates: int
    kpis: Mapping[int, Mapping[str, Value]]
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False
    already: bool = False
    cautions: tuple[Caution, ...] = ()
    folder: Path | None = None
    moved: Path | None = None
    torn: int = 0
    remade: bool = False
    _runs: Any = field(default=None, repr=False)
    _daily: Any = field(default=None, repr=False)

    @property
    def days(self) -> int:
        """Horizon H."""
        return self.scenario.days

    @property
    def summary(self) -> dict[str, Any]:
        """KPIs over the finished runs, ``{variant: {kpi: {"mean", "sd", "p05", ...}}}``."""
        from sim.metrics import summarise

        return {BASE: summarise([dict(run) for run in self.kpis.values()], days=self.days)}

    @property
    def traces(self) -> list[Trace]:
        """Daily counts and books of every finished run, in order of replicates."""
        runs: Runs = self._runs
        return runs.traces(BASE)

    @property
    def records(self) -> list[RunRecord]:
        """All that finished runs left behind, of the first hundred futures, in order.

        Raises:
            UserError: ``damaged``/``run_file``.
        """
        runs: Runs = self._runs
        return runs.whole_records(BASE)

    @property
    def daily(self) -> Any:
        """The daily table as a pandas DataFrame: one row a day and run (columns: DESIGN).

        Columns ``variant, replicate, day``, the fifteen daily KPIs (money in yuan) and ``stage``.
        Of a run that a policy ended it has the days before (``failures`` names such runs).
        """
        if self._daily is None:
            self._daily = self._runs.daily(self.folder)
        return self._daily

    def save(self, folder: str | os.PathLike[str], *, command: str = "") -> Path:
        """Write the result folder: manifest, journal, runs, Parquet, summary.

        Args:
            folder: Where; new, empty, or one of the same experiment.
            command: Command that makes this result again, for the manifest.

        Returns:
            The folder.

        Raises:
            UserError: ``taken``, ``no_space``, ``no_permission``.
        """
        from sim.study.simulate import Finished

        runs = self._runs
        store = Store.open(Path(folder), runs.study)
        try:
            store.begin(replicates=self.replicates, command=command)
            for (name, number), one in sorted(runs.kept.items()):
                record = runs.records.get((name, number))
                finished = Finished(
                    variant=name, replicate=number, kpis=one.kpis, trace=one.trace,
                    packed=one.packed, record=record,
                )  # fmt: skip
                if (name, number) not in store.runs:
                    store.keep(finished)
            for failure in self.failures:
                store.keep(failure)
            store.finish(replicates=self.replicates, command=command)
        finally:
            store.close()
        return store.folder


def configure(
    scenario: Scenario | str | os.PathLike[str],
    *,
    days: int | None = None,
    policies: Sequence[Mapping[str, Any] | str] = (),
) -> tuple[Scenario, tuple[Caution, ...]]:
    """The scenario that will be simulated, checked, and what in it is probably not meant.

    Args:
        scenario: A scenario, a preset's name or a TOML file.
        days: Horizon; the scenario's own by default.
        policies: More policies, as tables or as ``key[:name=value,...]``.

    Raises:
        UserError: As ``Scenario.read``, ``Scenario.replace`` and ``policies.planning.read_plan``.
    """
    if not isinstance(scenario, Scenario):
        scenario = Scenario.read(scenario)
    if days is not None:
        scenario = scenario.replace({"days": days})
    extra = [parse_policy(one) if isinstance(one, str) else dict(one) for one in policies]
    plan = read_plan(scenario, extra=extra)  # while places in the file are known
    late = late_policies(scenario, plan)
    own = [entry for index, entry in enumerate(scenario.policies) if index not in late]
    if extra or late:
        scenario = scenario.replace({"policies": [*own, *extra]})
    return scenario, (*plan.cautions, *cautions_of(late, days=scenario.days))


def run(
    scenario: Scenario | str | os.PathLike[str],
    *,
    days: int | None = None,
    replicates: int = 20,
    seed: int = 0,
    policies: Sequence[Mapping[str, Any] | str] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    scheduler: str | None = None,
    out: str | os.PathLike[str] | None = None,
    command: str = "",
    retry_failed: bool = True,
) -> Result:
    """Simulate a community many times.

    Args:
        scenario: A scenario, a preset's name or a TOML file.
        days: Horizon; the scenario's own by default.
        replicates: Number of simulated futures.
        seed: Seed of the experiment; equal seeds give equal results, on any machine.
        policies: Policies beside the scenario's own, as tables ``{"use": "red_packet",
            "amount": 200}`` or as text ``"red_packet:amount=200"``.
        jobs: Threads; as many as there are processors by default. Results do not depend on it.
        progress: Called as ``progress(done, failed=...)`` after every run.
        executor: Any ``concurrent.futures.Executor`` instead of threads.
        scheduler: ``threads``, ``processes`` or the address of a Dask scheduler.
        out: Folder to keep every finished run in at once. A folder of the same experiment is
            resumed, or extended by more replicates; finished runs are not repeated.
        command: Command that makes this result again, for the folder's manifest.
        retry_failed: Whether runs that failed before are simulated again.

    Returns:
        The result. After Ctrl-C it has what was finished and says ``interrupted``.

    Raises:
        UserError: What is wrong with the input or the folder, and how to mend it.

    Example:
        >>> result = run("knowledge", days=180, replicates=50, seed=7)  # doctest: +SKIP
        >>> result.summary["base"]["active_30d"]["p50"]  # doctest: +SKIP
    """
    check_numbers(seed=seed, replicates=replicates, jobs=jobs)
    scenario, cautions = configure(scenario, days=days, policies=policies)
    study = Study(variants=(Variant(scenario=scenario),), seed=seed)
    study.base.check()
    crew = workers(scheduler, jobs=jobs, executor=executor)
    with opened(study, crew=crew, out=out) as store:
        runs = Runs(study, store, crew)
        asked = max(replicates, *(number + 1 for _, number in runs.kept), 1)
        missing = _simulate(runs, asked, progress, command=command, retry=retry_failed)
        result = Result(
            scenario=scenario, seed=seed, replicates=asked, kpis=runs.kpis(BASE),
            failures=_in_order(runs), interrupted=runs.interrupted, already=not missing,
            cautions=cautions, folder=None if store is None else store.folder,
            moved=None if store is None else store.moved,
            torn=0 if store is None else store.torn, _runs=runs,
        )  # fmt: skip
        if store is not None:
            result.remade = _close(store, result, command=command)
    return result


def _simulate(
    runs: Runs, replicates: int, progress: Progress | None, *, command: str, retry: bool
) -> int:
    """Simulate what is missing; how many runs that was."""
    missing = runs.missing(range(replicates), retry=retry)
    try:
        if runs.store is not None and missing:
            runs.store.begin(replicates=replicates, command=command)
        before = replicates - len(missing)
        if progress is not None and missing:
            progress(before)
        if missing:
            runs.simulate(missing, progress=None if progress is None else _after(before, progress))
    except BaseException:
        if runs.store is not None:
            runs.store.discard_if_empty()
        raise
    return len(missing)


def _in_order(runs: Runs) -> tuple[Failure, ...]:
    return tuple(runs.failures[place] for place in sorted(runs.failures))


def check_numbers(**values: object) -> None:
    """Refuse numbers of a study that make no sense: ``seed, replicates, jobs, weeks``.

    Args:
        **values: Numbers by name; None = not given.

    Raises:
        UserError: ``out_of_range``/``limits``.
    """
    for name, value in values.items():
        low, high = _LIMITS[name]
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise UserError(
                "out_of_range", "limits", key=name, value=value, low=low, high=high, unit=name
            )


def _after(before: int, progress: Progress) -> Progress:
    """Progress that counts runs found finished as done."""

    def told(done: int, *, failed: int = 0) -> None:
        progress(before + done, failed=failed)

    return told


def _close(store: Store, result: Result, *, command: str) -> bool:
    """Write the tables of what is finished, unless they are there already or nothing is.

    Returns:
        Whether they had to be written though nothing was simulated.
    """
    kept = any(one.trace is not None for one in result.failures)
    if result.interrupted or not (result.kpis or kept):
        store.discard_if_empty()
    elif not (result.already and store.complete()):
        store.finish(replicates=result.replicates, command=command)
        return result.already
    return False


def load_run(folder: str | os.PathLike[str]) -> Result:
    """Read the folder of one community.

    Args:
        folder: What :func:`run` or :meth:`Result.save` wrote, finished or not.

    Raises:
        UserError: ``not_found``, ``damaged``, ``cannot_read``/``newer_schema``.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    study = read_study(folder)
    runs = Runs(study, Store.look(folder, study))
    kpis = runs.kpis(BASE)
    failures = tuple(one for one in _in_order(runs) if one.variant == BASE)
    return Result(
        scenario=study.base.scenario, seed=study.seed, replicates=manifest["replicates"],
        kpis=kpis, failures=failures,
        interrupted=len(kpis) + len(failures) < manifest["replicates"], already=True,
        folder=folder, _runs=runs,
    )  # fmt: skip
