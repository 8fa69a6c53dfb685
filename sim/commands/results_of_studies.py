"""``qunsim results`` for sensitivity studies: what a folder holds, joining shards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands import shell
from sim.report.terminal import COLUMNS, next_lines, table_lines
from sim.study.manifest import read_manifest
from sim.words.typography import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.words import Words


def show_study(folder: Path, *, failed: bool, words: Words, as_json: bool) -> None:
    """Print what the folder of a sensitivity study holds.

    Raises:
        UserError: As ``sim.study.sensitivity.given.finished``.
    """
    from sim.study.sensitivity.given import finished

    study, answers = finished(folder)
    errors = [
        {"point": key, "replicate": number, "error": error}
        for (key, number), error in sorted(answers.failed.items())
    ]
    manifest = read_manifest(folder)
    if as_json:
        shell.say_json({
            "schema": 1, "folder": str(folder), "kind": manifest["kind"], "name": study.name,
            "runs": len(answers.known), "failed": len(errors), "torn": answers.torn,
            "failures": errors, "manifest": manifest,
        })  # fmt: skip
        return
    lines = [] if failed else _about(folder, manifest, len(answers.known), words)
    if not errors:
        lines.append(words.say("results.no_failures"))
    else:
        head = [words.say(f"results.{name}") for name in ("point", "future", "error")]
        rows = [[str(value) for value in one.values()] for one in errors]
        lines += table_lines(head, rows, right=frozenset({1}))
    shell.say(lines)


def _about(folder: Path, manifest: dict[str, object], runs: int, words: Words) -> list[str]:
    rows = [
        (words.say("results.folder"), str(folder)),
        (words.say("results.command"), str(manifest["command"])),
        (words.say("results.runs"), f"{runs:,}"),
        (words.say("results.seed"), str(manifest["seed"])),
        (words.say("results.code"), str(manifest["code"])[:8]),
    ]
    return [*table_lines(["", ""], rows), ""]


def merge_shards(folders: Sequence[Path], *, out: Path, words: Words) -> None:
    """Join shards and say what there is now.

    Raises:
        UserError: As ``sim.study.sensitivity.merging.merge_studies``.
    """
    from sim.report.sensitivity import sensitivity_lines
    from sim.study.sensitivity.merging import merge_studies
    from sim.study.sensitivity.points import Answers

    result = merge_studies(folders, out=out)
    line = words.say(
        "sensitivity.merged", count=f"{len(Answers(out).known):,}", parts=len(folders), folder=out,
        missing=f"{result.missing:,}",
    )  # fmt: skip
    lines = wrap(line, COLUMNS)
    if result.missing:
        command = f"{read_manifest(out)['command']} --out {out}"
        lines += next_lines("", [(command, words.say("sensitivity.merge_next"))], words)
        shell.say(lines)
        return
    shell.say([*lines, "", *sensitivity_lines(result, words=words, report="", next_commands=[])])
