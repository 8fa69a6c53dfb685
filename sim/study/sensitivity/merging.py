"""Join folders of one study: shards of a job array, or what several machines did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.study.manifest import read_manifest
from sim.study.provenance import code_digest
from sim.study.sensitivity.folder import open_folder, study_of, write_manifest
from sim.study.sensitivity.points import Answered, Answers
from sim.study.sensitivity.run import sensitivity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sim.study.sensitivity.result import Sensitivity


def merge_studies(folders: Sequence[Path], *, out: Path) -> Sensitivity:
    """Join folders.

    Args:
        folders: Results of the same study by the same code.
        out: Where to: a new folder, or one of the same study.

    Returns:
        The study, its indices worked out if no run is missing.

    Raises:
        UserError: ``contradiction``/``merge_study`` if they are not of one study;
            ``contradiction``/``merge_runs`` if a run differs between folders; as ``open_folder``.
    """
    manifests = [read_manifest(folder) for folder in folders]
    for folder, one in zip(folders, manifests, strict=True):
        for key in ("kind", "digest", "seed", "study", "code"):
            expected = code_digest() if key == "code" else manifests[0].get(key)
            if one.get(key) != expected:
                raise UserError(
                    "contradiction", "merge_study", file=str(folder), other=str(folders[0]),
                    key=key, value=str(one.get(key))[:12], expected=str(expected)[:12],
                )  # fmt: skip
    study, command = study_of(folders[0]), str(manifests[0]["command"])
    lock, _ = open_folder(out, study)
    try:
        write_manifest(out, study, command=command)
        into = Answers(out)
        origin = dict.fromkeys(into.known, out)
        for folder in folders:
            _take_over(Answers(folder), folder, into, origin)
    finally:
        lock.release()
    return sensitivity(study, out=out, simulate=False, command=command)


def _take_over(
    part: Answers, folder: Path, into: Answers, origin: dict[tuple[str, int], Path]
) -> None:
    """Put down what one folder has and the result has not."""
    for place, found in part.known.items():
        if place in into.known:
            if into.known[place] != found:
                raise UserError(
                    "contradiction", "merge_runs", name=place[0], value=place[1],
                    file=str(origin[place]), other=str(folder),
                )  # fmt: skip
            continue
        origin[place] = folder
        into.keep(
            Answered(variant=place[0], replicate=place[1], answers={place[1]: found}, errors={})
        )
    for (key, number), error in part.failed.items():
        if into.lacks((key, number)):
            into.keep(Answered(variant=key, replicate=number, answers={}, errors={number: error}))
