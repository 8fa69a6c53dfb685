"""``qunsim results``: what was kept, joined, and asked in SQL."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.report.terminal import COLUMNS, table_lines
from sim.words.typography import pad, width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.study.folders import Glance
    from sim.study.querying import Answer
    from sim.study.simulate import Failure
    from sim.study.store import Store
    from sim.study.variant import Variant
    from sim.words import Words

_ROWS = 100
"""Rows of a query that are printed as text; all of them as CSV or JSON."""


def list_command(parent: Path, *, words: Words, as_json: bool) -> None:
    """Print which results there are.

    Raises:
        UserError: ``not_found``/``folder``.
    """
    from sim.study.folders import folders_in

    found = folders_in(parent)
    if as_json:
        shell.say_json({"schema": 1, "results": [_about(one) for one in found]})
        return
    if not found:
        shell.hint(words.say("results.none", folder=parent))
        return
    names = ("name", "kind", "variants", "runs", "failed", "days", "seed", "modified", "size")
    rows = [
        (
            one.folder.name, words.say(f"verb.{one.kind}"), str(one.variants or "-"),
            str(one.finished) if one.finished == one.asked else f"{one.finished}/{one.asked}",
            str(one.failed), _or_dash(one.days),
            _or_dash(one.seed), f"{_when(one):%m-%d %H:%M}", _size(one.size),
        )
        for one in found
    ]  # fmt: skip
    right = frozenset({2, 3, 4, 5, 6, 8})
    shell.say(table_lines([words.say(f"results.{name}") for name in names], rows, right=right))


def _about(one: Glance) -> dict[str, Any]:
    return {
        "folder": str(one.folder), "kind": one.kind, "name": one.name, "variants": one.variants,
        "runs": one.asked, "finished": one.finished, "failed": one.failed, "days": one.days,
        "seed": one.seed, "modified": _when(one).isoformat(timespec="seconds"), "bytes": one.size,
    }  # fmt: skip


def _when(one: Glance) -> datetime:
    return datetime.fromtimestamp(one.modified, UTC).astimezone()


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _or_dash(value: object) -> str:
    return "-" if value is None else str(value)


def show_command(folder: Path, *, failed: bool, words: Words, as_json: bool) -> None:
    """Print what a result folder holds.

    Raises:
        UserError: As ``sim.study.folders.stored``.
    """
    from sim.study.folders import SENSITIVITY, glance, stored
    from sim.study.manifest import read_manifest

    if read_manifest(folder)["kind"] == SENSITIVITY:
        from sim.commands.results_of_studies import show_study

        show_study(folder, failed=failed, words=words, as_json=as_json)
        return
    store, manifest, about = stored(folder), read_manifest(folder), glance(folder)
    failures = [store.failures[place] for place in sorted(store.failures)]
    if as_json:
        from sim.study.journal import failed_entry

        entries = [failed_entry(one) for one in failures]
        variants = {one.name: _variant_about(one, store, words) for one in store.study.variants}
        known = {"variants": variants, "torn": store.torn, "manifest": manifest}
        shell.say_json({"schema": 1, **_about(about), "failures": entries, **known})
        return
    if failed:
        shell.say(_failure_lines(failures, words))
        return
    lines = _head(about, manifest, words)
    lines += ["", *_variant_lines(store, words)]
    lines += ["", words.say("results.differs"), *_difference_lines(store, words)]
    missing = about.asked - about.finished - about.failed
    for key, count in (("torn", store.torn), ("missing", missing)):
        if count > 0:
            lines += ["", *wrap(words.say(f"results.{key}", count=count), COLUMNS)]
    if failures:
        lines += ["", *_failure_lines(failures, words)]
    shell.say(lines)


def _head(about: Glance, manifest: dict[str, Any], words: Words) -> list[str]:
    """What was asked and what it was made with."""
    from sim.study.manifest import program
    from sim.study.provenance import code_digest

    code, now = str(manifest["code"])[:8], code_digest()[:8]
    key = "results.same_code" if code == now else "results.other_code"
    question = dict(manifest.get("experiment") or {}).get("question")
    rows = {
        "folder": str(about.folder),
        "question": question,
        "community": words.preset(about.name),
        "command": manifest["command"],
        "days": f"{about.days}",
        "seed": f"{about.seed}",
        "size": _size(about.size),
        "modified": f"{_when(about):%Y-%m-%d %H:%M}",
        "made_with": words.join(
            [program(manifest), manifest["platform"]]
            + [f"{name} {version}" for name, version in manifest["versions"].items()]
        ),
        "code": words.say(key, code=code, now=now),
    }
    left = max(width(words.say(f"results.{name}")) for name in rows) + 2
    lines = []
    for name, text in rows.items():
        body = wrap(str(text), COLUMNS - left) if text else []
        for number, line in enumerate(body):
            lines.append(pad(words.say(f"results.{name}") if not number else "", left) + line)
    return lines


def _variant_lines(store: Store, words: Words) -> list[str]:
    header = [words.say(f"results.{name}") for name in ("name", "runs", "failed", "whole")]
    rows = [
        (
            one.name,
            str(sum(name == one.name for name, _ in store.runs)),
            str(sum(name == one.name for name, _ in store.failures)),
            str(len(list((store.record_file((one.name, 0)).parent).glob("*.npz")))),
        )
        for one in store.study.variants
    ]
    return table_lines(header, rows, right=frozenset({1, 2, 3}))


def _difference_lines(store: Store, words: Words) -> list[str]:
    lines = []
    for one in store.study.variants[1:]:
        texts = _differences(one, store, words) or [words.say("results.nothing")]
        for text in texts:
            indent = "  " if text is texts[0] else "    "
            label = f"{one.name}: " if text is texts[0] else ""
            lines += [indent + line for line in wrap(label + text, COLUMNS - len(indent))]
    return lines or ["  " + words.say("results.nothing")]


def _differences(variant: Variant, store: Store, words: Words) -> list[str]:
    """In which parameters, policies and beginnings a variant is not the base."""
    base = store.study.base
    before, after = base.scenario.flat(), variant.scenario.flat()
    texts = [
        f"{path} = {value}"
        for path, value in after.items()
        if value != before.get(path) and path not in {"name", "title"}
    ]
    old, new = list(base.scenario.policies), list(variant.scenario.policies)
    texts += [words.say("results.added", policy=_written(one)) for one in new if one not in old]
    texts += [words.say("results.left_out", policy=_written(one)) for one in old if one not in new]
    if variant.begins != base.begins and variant.begins is not None:
        texts.append(words.say("results.saved", file=variant.begins.path))
    return texts


def _written(entry: Any) -> str:
    """A policy as it is written on the command line."""
    values = [f"{name}={value}" for name, value in entry.items() if name != "use"]
    return f"{entry['use']}{':' if values else ''}{','.join(values)}"


def _variant_about(variant: Variant, store: Store, words: Words) -> dict[str, Any]:
    return {
        "finished": sum(name == variant.name for name, _ in store.runs),
        "failed": sum(name == variant.name for name, _ in store.failures),
        "differs": _differences(variant, store, words),
    }


def _failure_lines(failures: Sequence[Failure], words: Words) -> list[str]:
    if not failures:
        return [words.say("results.no_failures")]
    names = ("variant", "future", "policy", "day", "error")
    rows = [
        (one.variant, str(one.replicate), one.policy or "-", _or_dash(one.day), one.error)
        for one in failures
    ]
    header = [words.say(f"results.{name}") for name in names]
    return table_lines(header, rows, right=frozenset({1, 3}))


def merge_command(folders: Sequence[Path], *, out: Path, words: Words) -> None:
    """Join folders and say what there is now.

    Raises:
        UserError: As ``sim.study.folders.merge``.
    """
    from sim.study.folders import SENSITIVITY, merge
    from sim.study.manifest import read_manifest

    if read_manifest(folders[0])["kind"] == SENSITIVITY:
        from sim.commands.results_of_studies import merge_shards

        merge_shards(folders, out=out, words=words)
        return
    store = merge(folders, out=out)
    values = {"count": len(store.runs), "failed": len(store.failures), "folder": out}
    shell.say([words.say("results.merged", **values)])


def sql_command(folder: Path, text: str, *, words: Words, form: str) -> None:
    """Print what a query gives, as ``text``, ``csv`` or ``json``.

    Raises:
        UserError: As ``sim.study.querying.query``.
    """
    from sim.study.querying import query

    answer = query(folder, text)
    if form == "json":
        rows = [
            {name: _plain(value) for name, value in zip(answer.columns, row, strict=True)}
            for row in answer.rows
        ]
        shell.say_json(rows)
    elif form == "csv":
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows([answer.columns, *answer.rows])
        shell.say(stream.getvalue().splitlines())
    else:
        shell.say(_answer_lines(answer, words))
        if (rest := len(answer.rows) - _ROWS) > 0:
            shell.hint(words.say("results.more_rows", count=f"{rest:,}"))


def _plain(value: Any) -> Any:
    """A value as JSON has it; a time that never came is a word there."""
    if isinstance(value, float) and not math.isfinite(value):
        return "never" if value > 0 else None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value)


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}".replace("inf", "never")
    return "-" if value is None else " ".join(str(value).split())


def _answer_lines(answer: Answer, words: Words) -> list[str]:
    """Rows beneath each other; where they are too wide, one line a value."""
    rows = [[_shown(value) for value in row] for row in answer.rows[:_ROWS]]
    if not rows:
        return [words.say("results.no_rows")]
    columns = range(len(answer.columns))
    numbers_in = (int, float, type(None))
    right = frozenset(
        i for i in columns if all(isinstance(row[i], numbers_in) for row in answer.rows[:_ROWS])
    )
    widest = [max(width(row[i]) for row in (answer.columns, *rows)) for i in columns]
    numeric = sum(widest[i] if i in right else min(widest[i], 8) for i in columns)
    if numeric + 2 * (len(widest) - 1) <= COLUMNS:
        return table_lines(answer.columns, rows, right=right)
    left = max(map(width, answer.columns)) + 2
    lines = []
    for row in rows:
        for name, text in zip(answer.columns, row, strict=True):
            lines += wrap(pad(name, left) + text, COLUMNS, indent=" " * left)
        lines.append("")
    return lines[:-1]
