"""``qunsim results reproduce``: whether a result can be made again, and if not, what changed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.report import numbers
from sim.report.terminal import COLUMNS, table_lines
from sim.words.typography import fold, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.study.provenance import Files
    from sim.study.reproduce import Moved, Reproduced, Since
    from sim.words import Words

DIFFERENT = 1
"""Exit code of a result that came out otherwise."""

_BEYOND, _WITHIN = 12, 5
_NAMES = 8
"""Rows of KPIs and names of files that are printed as text; all of them as JSON."""


def reproduce_command(
    folder: Path,
    *,
    replicates: int | None,
    jobs: int | None,
    words: Words,
    as_json: bool,
    quiet: bool,
) -> int:
    """Make a result again and say whether it is the same; the exit code.

    Raises:
        UserError: As ``sim.study.reproduce.reproduce``.
    """
    from sim.commands.watch import Watch
    from sim.study.folders import glance
    from sim.study.reproduce import reproduce
    from sim.study.results import check_numbers

    check_numbers(replicates=replicates, jobs=jobs)
    about = glance(folder)
    total = about.finished + about.failed
    if replicates is not None:
        total = min(total, replicates * max(1, about.variants))
    watch = Watch(total, words=words, quiet=quiet)
    found = reproduce(folder, replicates=replicates, jobs=jobs, progress=watch)
    watch.end(finished=not found.interrupted)
    if found.interrupted:
        shell.hint(words.say("stop.plain"))
        return shell.INTERRUPTED
    if as_json:
        shell.say_json({"schema": 1, "folder": str(folder), **_as_json(found)})
    else:
        shell.say(_lines(found, words))
    return DIFFERENT if found.outcome == "different" else shell.DONE


def _as_json(found: Reproduced) -> dict[str, Any]:
    files = found.since.files
    return {
        "outcome": found.outcome, "runs": found.runs, "changed": found.changed,
        "failing": found.failing,
        "kpis": [_moved_as_json(one) for one in found.moved if one.beyond],
        "within": [_moved_as_json(one) for one in found.moved if not one.beyond],
        "tables": list(found.tables), "before": found.since.before, "after": found.since.after,
        "files": None if files is None else vars(files),
        "new_kpis": list(found.since.new_kpis), "gone_kpis": list(found.since.gone_kpis),
    }  # fmt: skip


def _moved_as_json(one: Moved) -> dict[str, Any]:
    margins = one.margins if math.isfinite(one.margins) else None
    return {
        "variant": one.variant, "kpi": one.kpi, "stage": one.stage, "before": one.before,
        "after": one.after, "margin": one.margin, "margins": margins,
    }  # fmt: skip


def _lines(found: Reproduced, words: Words) -> list[str]:
    values = {"count": found.runs, "changed": found.changed}
    texts = [words.say(f"results.{found.outcome}", **values)]
    texts += [words.say("results.failing", count=found.failing)] if found.failing else []
    if found.tables and not found.changed:  # tables of other runs are other tables
        texts.append(words.say("results.tables", tables=words.join(found.tables)))
    lines = [line for text in texts for line in wrap(text, COLUMNS)]
    for beyond, key, rows in ((True, "moved", _BEYOND), (False, "within", _WITHIN)):
        if moved := [one for one in found.moved if one.beyond == beyond]:
            lines += ["", *wrap(words.say(f"results.{key}", count=len(moved)), COLUMNS)]
            lines += _moved_lines(moved[:rows], words)
            if (rest := len(moved) - rows) > 0:
                lines += wrap(words.say("results.more_kpis", count=rest), COLUMNS)
    return [*lines, "", *_since_lines(found.since, words)]


def _moved_lines(moved: Sequence[Moved], words: Words) -> list[str]:
    names = ("variant", "kpi", "before", "after", "margin", "margins")
    rows = [
        (
            one.variant, _label(one, words),
            *(numbers.decimal(value, digits=4) for value in (one.before, one.after, one.margin)),
            numbers.decimal(one.margins) if math.isfinite(one.margins) else "-",
        )
        for one in moved
    ]  # fmt: skip
    header = [words.say(f"results.{name}") for name in names]
    return table_lines(header, rows, right=frozenset({2, 3, 4, 5}))


def _label(one: Moved, words: Words) -> str:
    label = words.kpi(one.kpi)
    if one.stage is None:
        return label
    return words.say("results.in_stage", kpi=label, stage=words.stage(one.stage))


def _since_lines(since: Since, words: Words) -> list[str]:
    """What is not as it was when the result was made."""
    if not since.before:
        return wrap(words.say("results.unchanged"), COLUMNS)
    rows = [(name, since.before[name] or "-", since.after[name] or "-") for name in since.before]
    header = [words.say(f"results.{name}") for name in ("changed", "before", "after")]
    lines = table_lines(header, rows)
    if "code" in since.before:
        lines += ["", *_file_lines(since.files, words)]
    for key, kpis in (("new_kpis", since.new_kpis), ("gone_kpis", since.gone_kpis)):
        if kpis:
            labels = [words.kpi(one) for one in kpis]
            lines += fold(words.say(f"results.{key}", kpis=_some(labels, words)), COLUMNS)
    return lines


def _file_lines(files: Files | None, words: Words) -> list[str]:
    if files is None:
        return wrap(words.say("results.files_unknown"), COLUMNS)
    lines = wrap(words.say("results.files"), COLUMNS)
    for key, names in vars(files).items():
        if names:
            likely = sorted(names, key=lambda name: name.startswith("logs/"))  # runs read no logs
            text = words.say(f"results.files_{key}", count=len(names), files=_some(likely, words))
            lines += ["  " + line for line in fold(text, COLUMNS - 2, indent="  ")]
    return lines


def _some(names: Sequence[str], words: Words) -> str:
    """The first names of a list, and how many more there are."""
    shown = words.join(names[:_NAMES])
    rest = len(names) - _NAMES
    return shown if rest <= 0 else words.say("results.and_more", names=shown, count=rest)
