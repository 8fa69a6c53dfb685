"""Simulate one community many times, and what comes of it: in memory, in a folder, or both."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.policies.planning import Caution, parse_policy, plan_levers, read_plan
from sim.scenario import Scenario
from sim.study.ensemble import Ensemble, run_ensemble
from sim.study.parquet import read_parquet
from sim.study.simulate import Finished
from sim.study.store import (
    DAILY,
    SUMMARY,
    Store,
    daily_table,
    read_manifest,
    summary_of,
    with_failed,
)  # fmt: skip

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.study.ensemble import OnProgress
    from sim.study.simulate import Failure

_LIMITS = {
    "seed": (0, 2**63 - 1), "replicates": (1, 100_000), "jobs": (1, 10_000), "weeks": (1, 1_428),
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
    _records: dict[int, RunRecord] = field(default_factory=dict, repr=False)
    _daily: Any = field(default=None, repr=False)

    @property
    def days(self) -> int:
        """Horizon H."""
        return self.scenario.days

    @property
    def summary(self) -> dict[str, Any]:
        """KPIs over the finished runs, ``{variant: {kpi: {"mean", "sd", "p05", ...}}}``."""
        return summary_of(self.scenario, {number: dict(run) for number, run in self.kpis.items()})

    @property
    def records(self) -> list[RunRecord]:
        """What each finished run left behind, in order of replicates; read from the folder once.

        Raises:
            UserError: ``damaged``/``run_file``.
        """
        for number in self.kpis:
            if number not in self._records:
                assert self.folder is not None  # without a folder, all records are in memory
                store = Store(self.folder, self.scenario, self.seed, {}, fresh=False)
                self._records[number] = store.record(number)
        return [self._records[number] for number in self.kpis]

    @property
    def daily(self) -> Any:
        """The daily table as a pandas DataFrame: one row a day and run (columns: DESIGN).

        Columns ``variant, replicate, day``, the fifteen daily KPIs (money in yuan) and ``stage``.
        Of a run that a policy ended it has the days before (``failures`` names such runs).
        """
        if self._daily is None:
            if self.folder is not None and (self.folder / DAILY).exists():
                self._daily = read_parquet(self.folder / DAILY)
            else:
                import pandas as pd

                finished = dict(zip(self.kpis, self.records, strict=True))
                runs = with_failed(finished, self.failures)
                self._daily = pd.DataFrame(daily_table(self.scenario, runs) if runs else {})
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
        store = Store.open(Path(folder), scenario=self.scenario, seed=self.seed)
        store.begin(replicates=self.replicates, command=command)
        for (number, kpis), record in zip(self.kpis.items(), self.records, strict=True):
            if number not in store.kpis:
                store.keep(Finished(replicate=number, record=record, kpis=dict(kpis)))
        for failure in self.failures:
            store.keep(failure)
        records = [
            self._records[number] if number in self._records else store.record(number)
            for number in sorted(store.kpis)
        ]
        store.finish(records, replicates=self.replicates, command=command, failures=self.failures)
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
    late = {
        index: plan.policies[index]
        for index in range(len(scenario.policies))
        if scenario.place(f"policies.{index}").shipped and not plan.policies[index].calendar.acting
    }
    own = [entry for index, entry in enumerate(scenario.policies) if index not in late]
    if extra or late:
        scenario = scenario.replace({"policies": [*own, *extra]})
    later = [
        Caution(key="warning.later", values={"policy": one.name, "days": scenario.days})
        for one in late.values()
    ]
    return scenario, (*plan.cautions, *later)


def run(
    scenario: Scenario | str | os.PathLike[str],
    *,
    days: int | None = None,
    replicates: int = 20,
    seed: int = 0,
    policies: Sequence[Mapping[str, Any] | str] = (),
    jobs: int | None = None,
    progress: OnProgress | None = None,
    executor: Executor | None = None,
    out: str | os.PathLike[str] | None = None,
    command: str = "",
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
        out: Folder to keep every finished run in at once. A folder of the same experiment is
            resumed, or extended by more replicates; finished runs are not repeated.
        command: Command that makes this result again, for the folder's manifest.

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
    levers = plan_levers(scenario)
    store = None if out is None else Store.open(Path(out), scenario=scenario, seed=seed)
    records = {} if store is None else _there(store)
    before = len(records)
    asked = max(replicates, *(number + 1 for number in records), 1)
    missing = [number for number in range(asked) if number not in records]
    ensemble = Ensemble(finished=(), failures=())
    try:
        if store is not None and missing:
            store.begin(replicates=asked, command=command)
        if progress is not None and missing:
            progress(before)
        if missing:
            ensemble = run_ensemble(
                scenario, replicates=missing, seed=seed, levers=levers, jobs=jobs,
                executor=executor, keep=None if store is None else store.keep,
                progress=None if progress is None else _after(before, progress),
            )  # fmt: skip
    except BaseException:
        if store is not None:
            store.discard_if_empty()
        raise
    kpis = {} if store is None else dict(store.kpis)
    for one in ensemble.finished:
        records[one.replicate], kpis[one.replicate] = one.record, one.kpis
    result = Result(
        scenario=scenario, seed=seed, replicates=asked,
        kpis={number: kpis[number] for number in sorted(kpis)},
        failures=ensemble.failures, interrupted=ensemble.interrupted,
        already=not missing, cautions=cautions,
        folder=None if store is None else store.folder,
        moved=None if store is None else store.moved, _records=records,
    )  # fmt: skip
    if store is not None:
        _close(store, result, command=command)
    return result


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


def _there(store: Store) -> dict[int, RunRecord]:
    """Records of the runs that a folder holds; damaged ones are forgotten, and simulated again."""
    records = {}
    for number in sorted(store.kpis):
        try:
            records[number] = store.record(number)
        except UserError:
            del store.kpis[number]
    return records


def _after(before: int, progress: OnProgress) -> OnProgress:
    """Progress that counts runs found finished as done."""

    def told(done: int, *, failed: int = 0) -> None:
        progress(before + done, failed=failed)

    return told


def _close(store: Store, result: Result, *, command: str) -> None:
    """Write the tables of what is finished, unless they are there already or nothing is."""
    complete = (store.folder / SUMMARY).exists() and (store.folder / DAILY).exists()
    kept = any(one.record is not None for one in result.failures)
    if result.interrupted or not (result.kpis or kept):
        store.discard_if_empty()
    elif not (result.already and complete):
        store.finish(
            result.records, replicates=result.replicates, command=command,
            failures=result.failures,
        )  # fmt: skip


def load(folder: str | os.PathLike[str]) -> Result:
    """Read a result folder.

    Args:
        folder: What :func:`run` or :meth:`Result.save` wrote, finished or not.

    Raises:
        UserError: ``not_found``, ``damaged``, ``cannot_read``/``newer_schema``.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    try:
        scenario = Scenario.build(manifest["configuration"])
    except UserError as error:
        raise UserError("damaged", "not_json", file=str(folder / "manifest.json")) from error
    kpis = Store.finished(folder)
    failures = Store.failed(folder)
    return Result(
        scenario=scenario, seed=manifest["seed"], replicates=manifest["replicates"],
        kpis={number: kpis[number] for number in sorted(kpis)}, failures=failures,
        interrupted=len(kpis) + len(failures) < manifest["replicates"], already=True,
        folder=folder,
    )  # fmt: skip
