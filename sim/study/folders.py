"""Result folders from outside: which there are, what is in them, joining folders of one study."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.files import write_json
from sim.study.journal import JOURNAL
from sim.study.manifest import MANIFEST, read_manifest, read_study
from sim.study.provenance import code_digest
from sim.study.simulate import Finished
from sim.study.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.study.journal import Kept, Place

STORED = ("run", "compare")
"""Kinds of results that are nothing but runs and what is made of them."""


SENSITIVITY = "sensitivity"
"""Kind of a result whose runs are points of a design."""


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A result folder at a glance.

    Attributes:
        folder: Where it is.
        kind: What was done: ``run``, ``compare``, ``forecast``.
        name: The community.
        variants: Variants.
        asked: Runs asked for, all variants together.
        finished: Runs that came to their end.
        failed: Runs that failed and never finished since.
        days: Horizon; None = not told.
        seed: Seed.
        modified: Seconds since 1970 when it was last written to.
        size: Bytes.
    """

    folder: Path
    kind: str
    name: str
    variants: int
    asked: int
    finished: int
    failed: int
    days: int | None
    seed: int | None
    modified: float
    size: int


def glance(folder: Path) -> Glance:
    """What is in a result folder, without unpacking its runs.

    Raises:
        UserError: As ``read_manifest``.
    """
    manifest = read_manifest(folder)
    if manifest["kind"] == SENSITIVITY:
        finished, failed = _points(folder)
    else:
        finished, failed = _places(folder)
    variants = len(manifest.get("variants", {}))
    asked = int(manifest.get("replicates", 0)) * max(1, variants)
    if manifest["kind"] == SENSITIVITY:
        variants = len(manifest.get("arms", "f"))
        asked = 0
    elif JOURNAL not in {path.name for path in folder.iterdir()} and not variants:
        finished = {("", number) for number in range(asked)}  # a forecast keeps no single runs
    stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return Glance(
        folder=folder, kind=str(manifest["kind"]), name=str(manifest.get("name") or folder.name),
        variants=variants, asked=max(asked, len(finished | failed)), finished=len(finished),
        failed=len(failed), days=manifest.get("days"), seed=manifest.get("seed"),
        modified=max(one.st_mtime for one in stats), size=sum(one.st_size for one in stats),
    )  # fmt: skip


def _points(folder: Path) -> tuple[set[Place], set[Place]]:
    """Finished and failed runs of a sensitivity study."""
    from sim.study.sensitivity.points import Answers

    answers = Answers(folder)
    return set(answers.known), set(answers.failed)


def _places(folder: Path) -> tuple[set[Place], set[Place]]:
    """Finished and failed runs as the journal names them."""
    finished: set[Place] = set()
    failed: set[Place] = set()
    with suppress(FileNotFoundError), (folder / JOURNAL).open("rb") as stream:
        for raw in stream:
            with suppress(ValueError, KeyError, TypeError, AttributeError):
                line = json.loads(raw)
                chosen = failed if line.get("status") == "failed" else finished
                chosen.add((str(line["variant"]), int(line["replicate"])))
    return finished, failed - finished


def folders_in(parent: Path) -> list[Glance]:
    """Result folders in a folder, by name; what is none, or cannot be read, is passed over.

    Raises:
        UserError: ``not_found``/``folder``.
    """
    if not parent.is_dir():
        raise UserError("not_found", "folder", file=str(parent), suggestion=None)
    found = []
    for folder in sorted(parent.iterdir()):
        if (folder / MANIFEST).exists():
            with suppress(UserError):
                found.append(glance(folder))
    return found


def stored(folder: Path) -> Store:
    """The runs of a folder that holds nothing but runs and what is made of them.

    Raises:
        UserError: ``wrong_form``/``kind_of_result`` for another kind; as ``read_study``.
    """
    kind = read_manifest(folder)["kind"]
    if kind not in STORED:
        raise UserError(
            "wrong_form", "kind_of_result", file=str(folder), value=kind, choices=list(STORED)
        )
    return Store.look(folder, read_study(folder))


def merge(folders: Sequence[Path], *, out: Path) -> Store:
    """Join results of one study, made on several machines or in several goes.

    Args:
        folders: Result folders of the same variants, seed, kind and code.
        out: Where to: a new folder, or one of the same study.

    Returns:
        The new folder, closed.

    Raises:
        UserError: ``contradiction``/``merge_study`` if they are not of one study;
            ``contradiction``/``merge_runs`` if a run differs between folders; ``taken``,
            ``no_space``, ``no_permission``.
    """
    stores = [stored(folder) for folder in folders]
    manifests = [read_manifest(folder) for folder in folders]
    _refuse_strangers(folders, manifests)
    runs, origin = _united(stores)
    into = Store.open(out, stores[0].study)
    try:
        replicates = 1 + max((number for _, number in runs), default=0)
        replicates = max(replicates, *(int(one["replicates"]) for one in manifests))
        command = str(manifests[0]["command"])
        into.begin(replicates=replicates, command=command)
        for place, one in sorted(runs.items()):
            if place in into.runs:
                if into.runs[place].packed != one.packed:
                    raise _differ(place, origin[place], into)
                continue
            for store in stores:
                if (source := store.record_file(place)).exists():
                    into.record_file(place).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, into.record_file(place))
                    break
            name, replicate = place
            into.keep(
                Finished(
                    variant=name, replicate=replicate, kpis=one.kpis, trace=one.trace,
                    packed=one.packed,
                )
            )  # fmt: skip
        for store in stores:
            for place, failure in sorted(store.failures.items()):
                if place not in into.runs and place not in into.failures:
                    into.keep(failure)
        into.finish(replicates=replicates, command=command)
        if into.study.kind == "compare":
            from sim.study.comparison import FILE, load_comparison

            write_json(out / FILE, load_comparison(out).table())
    finally:
        into.close()
    return into


def _refuse_strangers(folders: Sequence[Path], manifests: Sequence[dict[str, Any]]) -> None:
    """Refuse folders that are not of one study and of this code."""
    for folder, one in zip(folders, manifests, strict=True):
        for key in ("kind", "digest", "seed", "code"):
            expected = code_digest() if key == "code" else manifests[0][key]
            if one[key] != expected:
                raise UserError(
                    "contradiction", "merge_study", file=str(folder), other=str(folders[0]),
                    key=key, value=str(one[key])[:12], expected=str(expected)[:12],
                )  # fmt: skip


def _united(stores: Sequence[Store]) -> tuple[dict[Place, Kept], dict[Place, Store]]:
    """All runs, and where each was found first."""
    runs: dict[Place, Kept] = {}
    origin: dict[Place, Store] = {}
    for store in stores:
        for place, one in store.runs.items():
            if place not in runs:
                runs[place], origin[place] = one, store
            elif runs[place].packed != one.packed:
                raise _differ(place, origin[place], store)
    return runs, origin


def _differ(place: Place, first: Store, second: Store) -> UserError:
    return UserError(
        "contradiction", "merge_runs", name=place[0], value=place[1], file=str(first.folder),
        other=str(second.folder),
    )  # fmt: skip
