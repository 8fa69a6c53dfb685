"""Compare ways to run a community: the same futures in every variant, as many as it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.metrics import REGISTRY
from sim.study.experiment import Experiment, experiment_of
from sim.study.files import holds, read_json, write_json
from sim.study.looking import telling
from sim.study.paired import (
    Difference,
    chance_of,
    compare_pairs,
    holm,
    paired_values,
)
from sim.study.reading import read_experiment
from sim.study.results import check_numbers
from sim.study.returns import Spread, payback_of, return_on_spend, takings_per_yuan
from sim.study.stopping import FIRST, Reached, next_size
from sim.study.store import SCHEMA, Store, Study
from sim.study.study import Runs, opened
from sim.study.workers import workers

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from sim.metrics import Value
    from sim.study.looking import Looking, Watching

FEWEST = 10
"""Pairs without which there is no verdict."""

WHOLE = 30
"""Futures of each variant of which everything is kept: enough to draw who stays and who talks."""

PRICE = ("cost", "revenue", "owner_minutes", "work_not_done_minutes", "work_not_done_money")
"""KPIs of money and time, which a verdict tells of beside goal and guards."""

FILE = "compare.json"

Differences = dict[str, dict[str, Difference]]


@dataclass
class Comparison:
    """What came of comparing.

    Attributes:
        experiment: What was compared.
        seed: Seed of the experiment.
        runs: Every run of every variant.
        differences: Of every KPI, by variant (the baseline is not among them).
        payback: When the variant has earned more than the baseline for good, by variant.
        return_on_spend: Profit for each yuan spent more, by variant.
        roas: Takings for each yuan spent more, by variant.
        pairs: Futures in which all variants finished.
        reached: Precision of the last look; None = none was asked.
        reason: ``precise``, ``maximum`` or empty.
        interrupted: Whether somebody stopped it.
        already: Whether everything was there before and nothing was simulated.
        folder: Where it is kept, if anywhere.
        moved: Where results of the same experiment by other code were moved, if there were any.
        torn: Lines of the journal that could not be read, so that their runs were missing.
        remade: Whether all runs were there, but something made of them had to be written again.
        assumptions: What ``explain`` found of assumptions, as ``compare.json`` has it.
        kpis: Keys of the KPIs that were looked at; empty = all.
    """

    experiment: Experiment
    seed: int
    runs: Runs
    differences: Differences
    payback: dict[str, Spread]
    return_on_spend: dict[str, Spread]
    roas: dict[str, Spread]
    pairs: int
    reached: Reached | None = None
    reason: str = ""
    interrupted: bool = False
    already: bool = False
    folder: Path | None = None
    moved: Path | None = None
    torn: int = 0
    remade: bool = False
    assumptions: Mapping[str, Any] | None = None
    kpis: tuple[str, ...] = ()

    @cached_property
    def summary(self) -> dict[str, Any]:
        """KPIs over the finished runs, ``{variant: {kpi: {"mean", "sd", "p05", ...}}}``."""
        return self.runs.summary(self.kpis)

    @property
    def daily(self) -> Any:
        """The daily table of all variants as a pandas DataFrame, as ``Result.daily``."""
        return self.runs.daily(self.folder)

    def table(self) -> dict[str, Any]:
        """The content of ``compare.json``."""
        experiment, stop = self.experiment, None
        if experiment.stop is not None and self.reached is not None:
            stop = {
                "kpi": experiment.stop.kpi, "asked": experiment.stop.half_width,
                "reached": self.reached.share, "reason": self.reason,
            }  # fmt: skip
        return {
            "schema": SCHEMA,
            "baseline": experiment.base.name,
            "variants": {
                name: {kpi: one.table() for kpi, one in found.items()}
                for name, found in self.differences.items()
            },
            "goal": experiment.goal,
            "guards": list(experiment.guards),
            "pairs": self.pairs,
            "stop": stop,
            "payback": {name: one.table() for name, one in self.payback.items()},
            "return_on_spend": {name: one.table() for name, one in self.return_on_spend.items()},
            "roas": {name: one.table() for name, one in self.roas.items()},
            "assumptions": self.assumptions,
        }


def compare(
    experiment: Experiment | str | os.PathLike[str],
    *,
    replicates: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    executor: Executor | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Watching | None = None,
    look: Looking | None = None,
    command: str = "",
    retry_failed: bool = True,
) -> Comparison:
    """Simulate every variant in the same futures and compare them with the baseline.

    Args:
        experiment: What is compared: an experiment's file, or what ``read_experiment`` and
            ``from_scenarios`` make.
        replicates: Futures of each variant, whatever the experiment asks for.
        seed: Seed; the experiment's own by default, else 0.
        jobs: Threads; as many as there are processors by default. Results do not depend on it.
        scheduler: ``threads``, ``processes`` or the address of a Dask scheduler.
        executor: Any ``concurrent.futures.Executor`` instead.
        out: Folder to keep every finished run in at once; the same experiment resumes there.
        progress: Told after every run.
        look: Called after every run, for those who want to see results before the end.
        command: Command that makes this result again, for the folder's manifest.
        retry_failed: Whether runs that failed before are simulated again.

    Returns:
        The comparison. After Ctrl-C it has what was finished and says ``interrupted``.

    Raises:
        UserError: What is wrong with the input or the folder, and how to mend it.
    """
    if not isinstance(experiment, Experiment):
        experiment = read_experiment(experiment)
    seed = (experiment.seed or 0) if seed is None else seed
    check_numbers(seed=seed, replicates=replicates, jobs=jobs)
    for one in experiment.variants:
        one.check()
    if replicates is not None:
        experiment = replace(experiment, stop=None, replicates=replicates)
    about = {"experiment": experiment.table()}
    study = Study(variants=experiment.variants, seed=seed, kind="compare", about=about)
    crew = workers(scheduler, jobs=jobs, executor=executor)
    with opened(study, crew=crew, out=out) as store:
        runs = Runs(study, store, crew, whole=WHOLE)
        reached, reason = _simulate(runs, experiment, progress, look, command, retry=retry_failed)
        comparison = replace(
            judge(runs, experiment), reached=reached, reason=reason,
            interrupted=runs.interrupted, already=not runs.simulated,
            folder=None if store is None else store.folder,
            moved=None if store is None else store.moved,
            torn=0 if store is None else store.torn,
            assumptions=None if store is None else _explained(store.folder),
        )  # fmt: skip
        if store is not None:
            comparison.remade = _close(store, comparison, command=command)
    return comparison


def _simulate(
    runs: Runs,
    experiment: Experiment,
    progress: Watching | None,
    look: Looking | None,
    command: str,
    *,
    retry: bool,
) -> tuple[Reached | None, str]:
    """Simulate until it is precise enough or there are as many futures as allowed."""
    stop = experiment.stop
    most = experiment.replicates if stop is None else stop.max_replicates
    size = most if stop is None else min(FIRST, most)
    reached: Reached | None = None
    try:
        while True:
            missing = runs.missing(range(size), retry=retry)
            if missing:
                if runs.store is not None:
                    runs.store.begin(replicates=size, command=command)
                total = size * len(experiment.variants)
                told = telling(
                    progress, look, so_far=lambda: so_far(runs, experiment),
                    before=total - len(missing), total=total, reached=reached,
                )  # fmt: skip
                runs.simulate(missing, progress=told)
            if runs.interrupted or stop is None:
                return reached, ""
            reached = precision(runs, experiment, kpi=stop.kpi, size=size)
            if reached is not None and reached.enough(stop.half_width):
                return reached, "precise"
            if size >= most:
                return reached, "maximum"
            known = reached or Reached(half_width=1.0, base=0.0)
            size = next_size(size, reached=known, asked=stop.half_width, most=most)
    except BaseException:
        if runs.store is not None:
            runs.store.discard_if_empty()
        raise


def so_far(runs: Runs, experiment: Experiment) -> Comparison:
    """What the futures that all variants have finished say of what decides, and of its price."""
    return judge(runs.common(), experiment, kpis=(experiment.goal, *experiment.guards, *PRICE))


def precision(runs: Runs, experiment: Experiment, *, kpi: str, size: int) -> Reached | None:
    """How well the differences of a KPI are known, the worst of the variants.

    Args:
        runs: The runs.
        experiment: What is compared.
        kpi: Key.
        size: Only replicates below this are looked at, so that resumed work decides alike.

    Returns:
        Half width and its base; None where no variant can be compared.
    """
    arms = {
        one.name: {n: kpis for n, kpis in runs.kpis(one.name).items() if n < size}
        for one in experiment.variants
    }
    base = arms[experiment.base.name]
    widths = []
    for one in experiment.variants[1:]:
        found = difference_of(base, arms[one.name], kpi=kpi, horizon=experiment.days)
        if found.lo is not None and found.hi is not None:
            widths.append((found.hi - found.lo) / 2)
    if not widths:
        return None
    mean = _base_of(base, kpi)
    return Reached(half_width=max(widths), base=mean)


def _base_of(base: Mapping[int, Mapping[str, Value]], kpi: str) -> float:
    """What a precision is a share of: the baseline's mean, of revenue for profit and its kind.

    It is never less than what makes the smallest difference worth acting on: nobody needs to know
    a profit to the fen where there are no takings.
    """
    margins = REGISTRY[kpi].margins
    key = "revenue" if margins.eq.of_revenue else kpi
    known = [abs(float(v)) for one in base.values() if isinstance(v := one.get(key), int | float)]
    mean = sum(known) / len(known) if known else 0.0
    act = margins.act
    return max(mean, act.floor / act.relative) if act is not None and act.relative else mean


def difference_of(
    base: Mapping[int, Mapping[str, Value]],
    variant: Mapping[int, Mapping[str, Value]],
    *,
    kpi: str,
    horizon: int,
) -> Difference:
    """The difference of one KPI between two arms.

    Args:
        base: KPIs of the baseline by replicate.
        variant: KPIs of the variant by replicate.
        kpi: Key.
        horizon: Days simulated.
    """
    before, after, why = paired_values(base, variant, kpi=kpi, horizon=horizon)
    if why:
        return Difference(n=len(before), why=why)
    return compare_pairs(before, after, direction=REGISTRY[kpi].direction)


def judge(runs: Runs, experiment: Experiment, *, kpis: Sequence[str] = ()) -> Comparison:
    """What finished runs say about the differences between variants.

    Args:
        runs: The runs.
        experiment: What is compared.
        kpis: Keys to look at; all by default.
    """
    base = runs.kpis(experiment.base.name)
    wanted = dict.fromkeys(kpis or REGISTRY)
    keys = [key for key in wanted if REGISTRY[key].unit != "stage"]
    differences: Differences = {}
    payback, profits, takings = {}, {}, {}
    complete = set(base)
    for one in experiment.variants[1:]:
        arm = runs.kpis(one.name)
        complete &= set(arm)
        differences[one.name] = {
            key: difference_of(base, arm, kpi=key, horizon=experiment.days) for key in keys
        }
        numbers = sorted(set(base) & set(arm))
        pairs = [
            (runs.kept[experiment.base.name, n].trace, runs.kept[one.name, n].trace)
            for n in numbers
        ]
        payback[one.name] = payback_of(pairs)
        profits[one.name] = return_on_spend(pairs)
        takings[one.name] = takings_per_yuan(pairs)
    _correct(differences, runs, experiment)
    return Comparison(
        experiment=experiment, seed=runs.study.seed, runs=runs, differences=differences,
        payback=payback, return_on_spend=profits, roas=takings, pairs=len(complete),
        kpis=tuple(kpis),
    )  # fmt: skip


def _correct(differences: Differences, runs: Runs, experiment: Experiment) -> None:
    """Holm's correction over goal and guards of all variants, in place."""
    base = runs.kpis(experiment.base.name)
    places, chances = [], []
    for name, found in differences.items():
        for kpi in (experiment.goal, *experiment.guards):
            if found[kpi].delta is None:
                continue
            before, after, _ = paired_values(
                base, runs.kpis(name), kpi=kpi, horizon=experiment.days
            )
            places.append((name, kpi))
            chances.append(chance_of(after - before))
    for (name, kpi), corrected in zip(places, holm(chances), strict=True):
        differences[name][kpi] = replace(differences[name][kpi], p_holm=corrected)


def _close(store: Store, comparison: Comparison, *, command: str) -> bool:
    """Write the tables of what is finished, unless they are there already or nothing is.

    Returns:
        Whether they had to be written though nothing was simulated.
    """
    if comparison.interrupted or not store.runs:
        store.discard_if_empty()
        return False
    replicates = 1 + max(number for _, number in (*store.runs, *store.failures))
    path, table = store.folder / FILE, comparison.table()
    whole = comparison.already and store.complete()
    if not whole:
        store.finish(replicates=replicates, command=command)
    if not holds(path, table):
        write_json(path, table)
        whole = False
    return comparison.already and not whole


def load_comparison(folder: str | os.PathLike[str]) -> Comparison:
    """Read what :func:`compare` wrote.

    Raises:
        UserError: ``not_found``/``comparison`` for a folder of something else; as ``load``.
    """
    from sim.study.store import read_study

    folder = Path(folder)
    study = read_study(folder)
    if study.kind != "compare":
        raise UserError("not_found", "comparison", file=str(folder), made_by=study.kind)
    experiment = experiment_of(study)
    runs = Runs(study, Store.look(folder, study), whole=WHOLE)
    found = judge(runs, experiment)
    reached, reason = None, ""
    if experiment.stop is not None:
        reached = precision(runs, experiment, kpi=experiment.stop.kpi, size=10**9)
        precise = reached is not None and reached.enough(experiment.stop.half_width)
        reason = "precise" if precise else "maximum"
    return replace(
        found, reached=reached, reason=reason, already=True, folder=folder,
        assumptions=_explained(folder),
    )  # fmt: skip


def _explained(folder: Path) -> Mapping[str, Any] | None:
    """What was found of assumptions before, which more futures do not make wrong."""
    path = folder / FILE
    try:
        table = read_json(path)
    except UserError:  # not there yet, or cut
        return None
    return table.get("assumptions") if isinstance(table, dict) else None
