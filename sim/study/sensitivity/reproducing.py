"""Make a sensitivity study again from its manifest alone, and say whether it is the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.metrics.registry import REGISTRY
from sim.study.manifest import read_manifest
from sim.study.reproduce import Moved, Outcome, Reproduced, judge, since_of
from sim.study.sensitivity.community import NUMERIC
from sim.study.sensitivity.folder import INDICES, RUNS, SCREENED, study_of
from sim.study.sensitivity.formulas import Formula
from sim.study.sensitivity.points import Answers
from sim.study.sensitivity.run import sensitivity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.study.ensemble import Progress
    from sim.study.explain.lab import Watching
    from sim.study.sensitivity.points import Place
    from sim.study.sensitivity.study import SensitivityStudy

_TABLES = (INDICES, RUNS, SCREENED)


def reproduce_study(
    folder: Path, *, replicates: int | None, jobs: int | None, progress: Progress | None
) -> Reproduced:
    """Simulate the points of a study again and compare.

    Args:
        folder: Its folder.
        replicates: Only the first so many runs of each point; all by default.
        jobs: Threads.
        progress: Told after every point.

    Raises:
        UserError: As ``study_of``.
    """
    study, old = study_of(folder), Answers(folder)
    fewer = replicates is not None and replicates < study.replicates
    asked = replace(study, replicates=replicates or study.replicates) if fewer else study
    with tempfile.TemporaryDirectory(prefix="qunsim-") as parent:
        again = Path(parent) / "again"
        try:
            sensitivity(
                asked, out=again, jobs=jobs, shard=_shard(folder),
                progress=None if progress is None else _told(progress),
            )  # fmt: skip
            interrupted = False
        except KeyboardInterrupt:
            interrupted = True
        new = Answers(again)
        whole = not fewer and not interrupted
        tables = tuple(name for name in _TABLES if _other(folder, again, name)) if whole else ()
    return _judged(folder, study, old, new, tables=tables, interrupted=interrupted)


def _shard(folder: Path) -> tuple[int, int] | None:
    part = read_manifest(folder).get("shard")
    return (int(part[0]), int(part[1])) if part else None


def _told(progress: Progress) -> Watching:
    """Progress of points as progress of runs."""

    def tell(done: int, *, failed: int = 0, total: int = 0) -> None:  # noqa: ARG001  told before
        progress(done, failed=failed)

    return tell


def _other(old: Path, new: Path, name: str) -> bool:
    contents = [path.read_bytes() if path.exists() else None for path in (old / name, new / name)]
    return contents[0] != contents[1]


def _judged(
    folder: Path,
    study: SensitivityStudy,
    old: Answers,
    new: Answers,
    *,
    tables: tuple[str, ...],
    interrupted: bool,
) -> Reproduced:
    measured = tuple(read_manifest(folder)["measured"])
    wanted = [place for place in (*old.known, *old.failed) if not new.lacks(place)]
    both = [place for place in wanted if place in old.known and place in new.known]
    failing = sum((place in old.known) != (place in new.known) for place in wanted)
    changed = sum(old.known[place] != new.known[place] for place in both)
    moved: list[Moved] = []
    if not isinstance(study.base, Formula):
        moved = _moved(study, old, new, both, measured)
    outcome: Outcome = "identical"
    if changed or tables:
        outcome = "equivalent"
    if failing or any(one.beyond for one in moved) or (changed and isinstance(study.base, Formula)):
        outcome = "different"
    plain = tuple(name for name in measured if "@" not in name)
    known = study.outputs if isinstance(study.base, Formula) else NUMERIC
    return Reproduced(
        outcome=outcome, runs=len(wanted), changed=changed + failing, failing=failing,
        moved=tuple(moved), tables=tables, since=since_of(folder, plain, known=known),
        interrupted=interrupted,
    )  # fmt: skip


def _moved(
    study: SensitivityStudy,
    old: Answers,
    new: Answers,
    places: Sequence[Place],
    measured: Sequence[str],
) -> list[Moved]:
    """What was measured then and now whose values over all points are not the same."""
    now = {name: k for k, name in enumerate(study.measured)}
    incomes = [old.known[place][measured.index("revenue")] or 0.0 for place in places]
    revenue = sum(incomes) / max(len(incomes), 1)
    found = []
    for k, name in enumerate(measured):
        if name not in now or name.partition("@")[0] not in REGISTRY:
            continue
        before = [old.known[place][k] for place in places]
        after = [new.known[place][now[name]] for place in places]
        if before != after:
            found.append(
                judge(name, before, after, variant="", horizon=study.days, revenue=revenue)
            )
    return sorted(found, key=lambda one: (-one.beyond, -one.margins))
