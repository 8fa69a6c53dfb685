"""Make a result again and say whether it is the same."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.metrics import NEVER, REGISTRY, restricted
from sim.study.folders import stored
from sim.study.manifest import read_manifest
from sim.study.provenance import code_digest, machine, versions
from sim.study.simulate import Task
from sim.study.store import DAILY, GROUPS, SUMMARY, Store
from sim.study.study import Runs
from sim.study.workers import workers

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
    """A KPI whose mean differs by more than its margin of equivalence.

    Attributes:
        variant: Name of the variant.
        kpi: Key.
        before: Mean over the runs that were there, in the KPI's unit; None = undefined.
        after: Mean over the same runs simulated again.
        margin: What would have been equivalent.
    """

    variant: str
    kpi: str
    before: float | None
    after: float | None
    margin: float


@dataclass(frozen=True, kw_only=True)
class Reproduced:
    """What making a result again showed.

    Attributes:
        outcome: ``identical``: every run, number by number; ``equivalent``: no KPI's mean differs
            by more than its margin; ``different``: one does, or other runs fail.
        runs: Runs that were simulated again.
        changed: Of these, runs that are not the same.
        failing: Runs that failed now and not then, or the other way round.
        moved: KPIs that differ.
        tables: Tables that are not the same bytes; they are looked at where all runs were repeated.
        before: Code, versions and platform then, by name; only what is not the same now.
        after: The same now.
        interrupted: Whether somebody stopped it; then nothing else is known.
    """

    outcome: Outcome
    runs: int
    changed: int
    failing: int
    moved: tuple[Moved, ...]
    tables: tuple[str, ...]
    before: dict[str, str]
    after: dict[str, str]
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
        folder: Result folder of kind ``run`` or ``compare``.
        replicates: Only futures below this number; all by default.
        jobs: Threads.
        progress: Told after every run.

    Raises:
        UserError: As ``stored``; as ``Variant.check``.
    """
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
    moved = tuple(
        one for variant in old.study.variants for one in _moved(old, new, both, variant.name)
    )
    before, after = _differences(old.folder)
    outcome: Outcome = "identical"
    if changed or tables:
        outcome = "equivalent"
    if moved or failing:
        outcome = "different"
    return Reproduced(
        outcome=outcome, runs=len(wanted), changed=changed + failing, failing=failing, moved=moved,
        tables=tables, before=before, after=after, interrupted=interrupted,
    )  # fmt: skip


def _moved(old: Store, new: Store, places: Sequence[Place], name: str) -> list[Moved]:
    chosen = [place for place in places if place[0] == name]
    horizon = old.study.variant(name).days
    revenue = _mean([old.runs[place].kpis.get("revenue") for place in chosen], horizon)
    found = []
    for key, kpi in REGISTRY.items():
        before: list[Value] = [old.runs[place].kpis.get(key) for place in chosen]
        after: list[Value] = [new.runs[place].kpis.get(key) for place in chosen]
        pairs = [(before, after)]
        if kpi.unit == "stage":  # share of runs that end in each stage
            pairs = [
                ([float(v == stage) for v in before], [float(v == stage) for v in after])
                for stage in {*before, *after}
            ]
        for first, second in pairs:
            a, b = _mean(first, horizon), _mean(second, horizon)
            gone = abs(first.count(None) - second.count(None))
            size = kpi.margins.eq.size(a or 0.0, revenue=revenue or 0.0)
            far = a is not None and b is not None and abs(a - b) > size
            if far or (a is None) != (b is None) or gone > _DEFINED * len(chosen):
                found.append(Moved(variant=name, kpi=key, before=a, after=b, margin=size))
                break
    return found


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


def _differences(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the result was made with then and what there is now, where they differ."""
    manifest = read_manifest(folder)
    then = {"code": str(manifest["code"])[:12], "platform": str(manifest["platform"])}
    then |= {name: str(value) for name, value in manifest["versions"].items()}
    now = {"code": code_digest()[:12], "platform": machine(), **versions()}
    names = [name for name in (*now, *then) if then.get(name) != now.get(name)]
    names = list(dict.fromkeys(names))
    return (
        {name: then.get(name, "") for name in names},
        {name: now.get(name, "") for name in names},
    )
