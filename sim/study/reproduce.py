"""Make a result again and say whether it is the same."""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.metrics import NEVER, REGISTRY, restricted
from sim.study.folders import SENSITIVITY, stored
from sim.study.manifest import read_manifest
from sim.study.provenance import Files, code_digest, commit, machine, versions
from sim.study.simulate import Task
from sim.study.store import DAILY, GROUPS, SUMMARY, Store
from sim.study.study import Runs
from sim.study.workers import workers
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.metrics import Value
    from sim.study.ensemble import Progress
    from sim.study.journal import Place

Outcome = Literal["identical", "equivalent", "different"]

_DEFINED = 0.05
"""Share of runs by which two sides may differ in whether a KPI is defined."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A KPI whose mean is not what it was.

    Attributes:
        variant: Name of the variant.
        kpi: Key.
        stage: Where the KPI is a stage of life: the one whose share of runs moved most.
        before: Mean over the runs that were there, in the KPI's unit; None = undefined.
        after: Mean over the same runs simulated again.
        margin: What would have been equivalent, > 0.
        beyond: Whether it is not equivalent: it moved further than its margin, or it is defined in
            other runs.
    """

    variant: str
    kpi: str
    stage: str | None
    before: float | None
    after: float | None
    margin: float
    beyond: bool

    @property
    def margins(self) -> float:
        """How far it moved, in margins; infinite if it is defined on one side only."""
        if self.before is None or self.after is None:
            return 0.0 if self.before is self.after else math.inf
        return abs(self.after - self.before) / self.margin


@dataclass(frozen=True, kw_only=True)
class Since:
    """What is not as it was when a result was made.

    Attributes:
        before: Program, commit, code, versions and platform then, by name; only what is not the
            same now.
        after: The same now.
        files: Which sources changed; None = the manifest does not list them.
        new_kpis: KPIs that were not measured then.
        gone_kpis: KPIs that are not measured now.
    """

    before: dict[str, str]
    after: dict[str, str]
    files: Files | None
    new_kpis: tuple[str, ...]
    gone_kpis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reproduced:
    """What making a result again showed.

    Attributes:
        outcome: ``identical``: every run, number by number; ``equivalent``: no KPI's mean differs
            by more than its margin; ``different``: one does, or other runs fail.
        runs: Runs that were simulated again.
        changed: Of these, runs that are not the same.
        failing: Runs that failed now and not then, or the other way round.
        moved: KPIs that moved, those that moved most margins first.
        tables: Tables that are not the same bytes; they are looked at where all runs were repeated.
        since: What changed since.
        interrupted: Whether somebody stopped it; then nothing else is known.
    """

    outcome: Outcome
    runs: int
    changed: int
    failing: int
    moved: tuple[Moved, ...]
    tables: tuple[str, ...]
    since: Since
    interrupted: bool = False


def reproduce(
    folder: Path,
    *,
    replicates: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Reproduced:
    """Simulate the runs of a folder again, from its manifest alone, and compare.

    Args:
        folder: Result folder of kind ``run``, ``compare`` or ``sensitivity``.
        replicates: Only futures below this number; all by default.
        jobs: Threads.
        progress: Told after every run.

    Raises:
        UserError: As ``stored``; as ``Variant.check``.
    """
    if read_manifest(folder)["kind"] == SENSITIVITY:
        from sim.study.sensitivity.reproducing import reproduce_study

        return reproduce_study(folder, replicates=replicates, jobs=jobs, progress=progress)
    old = stored(folder)
    for one in old.study.variants:
        one.check()
    there = sorted({*old.runs, *old.failures}, key=lambda place: (place[1], place[0]))
    wanted = [place for place in there if replicates is None or place[1] < replicates]
    tasks = [
        Task(variant=old.study.variant(name), seed=old.study.seed, replicate=number, whole=False)
        for name, number in wanted
    ]
    everything = len(wanted) == len(there)
    with tempfile.TemporaryDirectory(prefix="qunsim-") as parent:
        new = Store.open(Path(parent) / "again", old.study)
        try:
            new.begin(replicates=1, command="")
            runs = Runs(old.study, new, workers(jobs=jobs))
            if progress is not None:
                progress(0)
            runs.simulate(tasks, progress=progress)
            if everything and not runs.interrupted and (new.runs or new.failures):
                new.finish(replicates=1, command="")
            tables = _other_bytes(old, new) if everything and not runs.interrupted else ()
        finally:
            new.close()
    return _judged(old, new, wanted, tables=tables, interrupted=runs.interrupted)


def _judged(
    old: Store, new: Store, wanted: Sequence[Place], *, tables: tuple[str, ...], interrupted: bool
) -> Reproduced:
    both = [place for place in wanted if place in old.runs and place in new.runs]
    failing = sum((place in old.runs) != (place in new.runs) for place in wanted)
    changed = sum(old.runs[place].packed != new.runs[place].packed for place in both)
    moved = [one for variant in old.study.variants for one in _moved(old, new, both, variant.name)]
    moved.sort(key=lambda one: (-one.beyond, -one.margins))
    outcome: Outcome = "identical"
    if changed or tables:
        outcome = "equivalent"
    if failing or any(one.beyond for one in moved):
        outcome = "different"
    return Reproduced(
        outcome=outcome, runs=len(wanted), changed=changed + failing, failing=failing,
        moved=tuple(moved), tables=tables, since=since_of(old.folder, old.study.kpis),
        interrupted=interrupted,
    )  # fmt: skip


def _moved(old: Store, new: Store, places: Sequence[Place], name: str) -> list[Moved]:
    """KPIs of a variant, measured then and now, whose values are not the same."""
    chosen = [place for place in places if place[0] == name]
    horizon = old.study.variant(name).days
    revenue = _mean([old.runs[place].kpis.get("revenue") for place in chosen], horizon)
    found = []
    for key in REGISTRY:
        before = [old.runs[place].kpis.get(key) for place in chosen]
        after = [new.runs[place].kpis.get(key) for place in chosen]
        if key in old.study.kpis and before != after:
            judged = [
                judge(key, *pair, variant=name, stage=stage, horizon=horizon, revenue=revenue)
                for stage, pair in _as_numbers(key, before, after).items()
            ]
            found.append(max(judged, key=lambda one: one.margins))
    return found


def _as_numbers(
    key: str, before: Sequence[Value], after: Sequence[Value]
) -> dict[str | None, tuple[Sequence[Value], Sequence[Value]]]:
    """Values that have a mean: of a stage of life, for each stage, whether a run ends in it."""
    if REGISTRY[key].unit != "stage":
        return {None: (before, after)}
    stages = sorted({str(one) for one in (*before, *after) if one is not None})
    return {
        stage: ([float(v == stage) for v in before], [float(v == stage) for v in after])
        for stage in stages
    }


def judge(
    key: str,
    before: Sequence[Value],
    after: Sequence[Value],
    *,
    variant: str,
    horizon: int,
    revenue: float | None,
    stage: str | None = None,
) -> Moved:
    """How far the mean of one KPI moved, over the same runs then and now.

    Args:
        key: The KPI, or a daily count's mean up to a day, ``members@60``.
        before: Values then.
        after: Values of the same runs now.
        variant: Name of their variant.
        horizon: Days simulated.
        revenue: Mean revenue then, yuan.
        stage: Where the KPI is a stage of life: the one that is counted.
    """
    a, b = _mean(before, horizon), _mean(after, horizon)
    margin = REGISTRY[key.partition("@")[0]].margins.eq.size(a or 0.0, revenue=revenue or 0.0)
    one = Moved(
        variant=variant, kpi=key, stage=stage, before=a, after=b, margin=margin, beyond=False
    )
    elsewhere = abs(before.count(None) - after.count(None)) > _DEFINED * len(before)
    return replace(one, beyond=elsewhere or one.margins > 1.0)


def _mean(values: Sequence[Value], horizon: int) -> float | None:
    """Mean over runs in which it is defined; a time that never came counts as the horizon."""
    known = [
        restricted(value, horizon=horizon) if value == NEVER else float(value)
        for value in values
        if value is not None
    ]
    return sum(one for one in known if one is not None) / len(known) if known else None


def _other_bytes(old: Store, new: Store) -> tuple[str, ...]:
    """Tables of the two folders that are not the same bytes."""
    names = []
    for name in (DAILY, GROUPS, SUMMARY):
        files = [store.folder / name for store in (old, new)]
        contents = [path.read_bytes() if path.exists() else None for path in files]
        if contents[0] != contents[1]:
            names.append(name)
    return tuple(names)


def since_of(
    folder: Path, measured: Sequence[str], *, known: Sequence[str] = tuple(REGISTRY)
) -> Since:
    """What a result was made with then and what there is now, where they differ.

    Args:
        folder: Its folder.
        measured: KPIs that it has.
        known: KPIs that it would have now.
    """
    manifest = read_manifest(folder)
    then = {"qunsim": str(manifest.get("qunsim", "")), "commit": str(manifest.get("commit", ""))}
    then |= {"code": str(manifest["code"]), "platform": str(manifest["platform"])}
    then |= {name: str(value) for name, value in manifest["versions"].items()}
    now = {"qunsim": __version__, "commit": commit(), "code": code_digest()}
    now |= {"platform": machine(), **versions()}
    names = [name for name in dict.fromkeys((*now, *then)) if then.get(name) != now.get(name)]
    if not (then["commit"] and now["commit"]) and "commit" in names:
        names.remove("commit")  # not known is not another one
    shorten = {"code": 12, "commit": 12}
    return Since(
        before={name: then.get(name, "")[: shorten.get(name)] for name in names},
        after={name: now.get(name, "")[: shorten.get(name)] for name in names},
        files=Files.since(manifest["sources"]) if "sources" in manifest else None,
        new_kpis=tuple(key for key in known if key not in measured),
        gone_kpis=tuple(key for key in measured if key not in known),
    )
