"""``qunsim sensitivity --dry-run``: what would be moved, and what that costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.report.terminal import COLUMNS, clock_time, table_lines
from sim.study.sensitivity.factors import INERT
from sim.study.workers import processors
from sim.words.typography import wrap

if TYPE_CHECKING:
    from pathlib import Path

    from sim.study.sensitivity import SensitivityStudy
    from sim.study.sensitivity.factors import Factor
    from sim.words import Words

_TRIED = 3  # runs that are timed
_BYTES = 14  # of the journal and the tables, for each number of a run


def tell_ahead(
    study: SensitivityStudy, folder: Path, *, jobs: int | None, words: Words, as_json: bool
) -> None:
    """Print factors with ranges and sources, number of runs, time, disk."""
    from sim.study.sensitivity.points import Answers

    runs = study.runs()
    found = len(Answers(folder).known) if folder.is_dir() else 0
    crew = jobs or processors()
    seconds = max(runs - found, 0) * _seconds(study) / crew
    size = runs * len(study.measured) * _BYTES
    if as_json:
        shell.say_json({
            "schema": 1, "factors": [one.table() for one in study.factors], "runs": runs,
            "found": found, "seconds": seconds, "bytes": size, "jobs": crew,
        })  # fmt: skip
        return
    head = ["factor", "dry_range", "dry_assumed", "dry_trust", "dry_source"]
    rows = [_row(one, words) for one in study.factors] + [[INERT, "-", "-", "-", "-"]]
    lines = table_lines([words.say(f"sensitivity.{one}") for one in head], rows)
    text = words.say(
        "sensitivity.dry_runs", runs=f"{runs:,}", found=f"{min(found, runs):,}",
        time=clock_time(seconds, words=words), jobs=crew, disk=f"{max(size / 1e6, 0.1):.1f} MB",
    )  # fmt: skip
    shell.say([*lines, "", *wrap(text, COLUMNS)])


def _seconds(study: SensitivityStudy) -> float:
    """Seconds of a run, as measured by a few of the community as it is."""
    from sim.study.sensitivity.community import Community

    base = next(iter(study.arms.values()))
    if isinstance(base, Community):
        from sim.study.compiling import compile_kernels

        compile_kernels()
    base.measure({}, seed=study.seed, replicate=0)
    began = time.perf_counter()
    for number in range(_TRIED):
        base.measure({}, seed=study.seed, replicate=number)
    return (time.perf_counter() - began) / _TRIED


def _row(one: Factor, words: Words) -> list[str]:
    if one.kind == "categorical":
        spread = ", ".join(one.labels)
    else:
        spread = f"{one.low:.4g} - {one.high:.4g}"
        if one.distribution != "uniform":
            spread += f" {one.distribution}"
    assumed = "-" if one.assumed is None else f"{one.assumed:.4g}"
    trust = words.say(f"confidence.{one.confidence}") if one.confidence else "-"
    return [one.path, spread, assumed, trust, one.source or "-"]
