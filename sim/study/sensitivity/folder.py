"""The folder of a sensitivity study.

::

    manifest.json      what determines the result: study, configurations, seed, code, versions
    journal.jsonl      a line a point, written when it has ended
    indices.json       {output: {factor: {index: value}}}
    sensitivity.json   all that is known of the indices: luck, stability, what was left out
    runs.parquet       a row a run: values of the factors, all that was measured
    screening.parquet  likewise for a screening
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.files import Lock, free_folder, leftovers, refusals, result_in, taken, write_json
from sim.study.manifest import MANIFEST, SCHEMA, read_manifest
from sim.study.provenance import code_digest, commit, machine, sources, versions
from sim.study.sensitivity.community import Community
from sim.study.sensitivity.factors import factor_of
from sim.study.sensitivity.formulas import Formula
from sim.study.sensitivity.study import Screening, SensitivityStudy
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sim.study.sensitivity.study import Subject

KIND = "sensitivity"
INDICES, TOLD = "indices.json", "sensitivity.json"
RUNS, SCREENED = "runs.parquet", "screening.parquet"

Shard = tuple[int, int]
"""Number of the part, from 1, and how many parts there are."""


def open_folder(folder: Path, study: SensitivityStudy) -> tuple[Lock, Path | None]:
    """A folder to put results in: a new one, an empty one, or one that holds comparable runs.

    Results of other code are moved aside.

    Returns:
        The lock, to be released; where results of other code were moved to.

    Raises:
        UserError: ``taken`` if it holds anything else, is a file, or somebody writes to it;
            ``no_permission``, ``no_space``; as ``read_manifest``.
    """
    moved = None
    if result_in(folder, MANIFEST):
        manifest = read_manifest(folder)
        asked = (KIND, study.digest, study.seed)
        if (manifest["kind"], manifest.get("digest"), manifest.get("seed")) != asked:
            about = (manifest.get("name"), manifest.get("days"), manifest.get("seed"))
            raise taken("folder", folder, detail=" ({}, --days {} --seed {})".format(*about))
        if manifest.get("code") != code_digest():
            moved = free_folder(folder.with_name(f"{folder.name}-{str(manifest.get('code'))[:4]}"))
            with refusals(folder):
                folder.rename(moved)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = Lock.of(folder)
    for path in leftovers(folder):
        path.unlink(missing_ok=True)
    return lock, moved


def write_manifest(
    folder: Path,
    study: SensitivityStudy,
    *,
    command: str,
    shard: Shard | None = None,
    failed: Mapping[str, str] | None = None,
    kept: tuple[str, ...] = (),
) -> None:
    """Say what the folder is about.

    Args:
        folder: The folder.
        study: The study as it was asked for.
        command: Command that makes this result again.
        shard: The part that is simulated here; None = everything.
        failed: Failed runs, ``point/replicate``, and what went wrong.
        kept: Factors that were kept after a screening.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    base = study.base
    about: dict[str, Any] = {
        "schema": SCHEMA, "kind": KIND, "name": study.name, "days": study.days,
        "replicates": study.replicates, "seed": study.seed, "digest": study.digest,
        "code": code_digest(), "commit": commit(), "command": command,
        "shard": None if shard is None else list(shard),
        "failed": [{"run": run, "error": error} for run, error in (failed or {}).items()],
        "qunsim": __version__, "versions": versions(), "platform": machine(),
        "sources": sources(), "study": study.table(), "kept": list(kept),
        "measured": list(study.measured),
    }  # fmt: skip
    if isinstance(base, Formula):
        about |= {"formula": base.name}
    elif isinstance(base, Community):
        about |= {
            "series": list(base.series), "every": base.every,
            "arms": {name: _arm(one) for name, one in study.arms.items()},
        }  # fmt: skip
    write_json(folder / MANIFEST, about)


def _arm(subject: Subject) -> dict[str, Any]:
    assert isinstance(subject, Community)
    from sim.study.beginning import told

    variant = subject.variant
    about: dict[str, Any] = {"key": variant.key, "configuration": variant.scenario.resolved()}
    if variant.begins is not None:
        about["begins"] = told(variant.begins)
    return about


def study_of(folder: Path) -> SensitivityStudy:
    """The study of a folder, as its manifest describes it.

    Raises:
        UserError: As ``read_manifest``; ``wrong_form``/``kind_of_result`` for another kind of
            folder; ``damaged``/``not_json``.
    """
    manifest = read_manifest(folder)
    if manifest["kind"] != KIND:
        raise UserError(
            "wrong_form", "kind_of_result", file=str(folder), value=manifest["kind"],
            choices=[KIND],
        )  # fmt: skip
    try:
        about = manifest["study"]
        screening = about["screening"]
        return SensitivityStudy(
            name=manifest["name"], subjects=_subjects(manifest), seed=manifest["seed"],
            factors=tuple(factor_of(one) for one in about["factors"]),
            outputs=tuple(about["outputs"]), method=about["method"], count=about["count"],
            replicates=about["replicates"], question=about["question"],
            question_zh=about["question_zh"], source=about["source"],
            dependence={(first, second): rank for first, second, rank in about["dependence"]},
            screening=None if screening is None else Screening(**screening),
        )  # fmt: skip
    except (UserError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("damaged", "not_json", file=str(folder / MANIFEST)) from error


def _subjects(manifest: Mapping[str, Any]) -> dict[str, Subject]:
    from sim.scenario import Scenario
    from sim.study.beginning import beginning_of
    from sim.study.variant import Variant

    if "formula" in manifest:
        return {"base": Formula(name=manifest["formula"])}
    found: dict[str, Subject] = {}
    for name, arm in manifest["arms"].items():
        begins = beginning_of(arm["begins"]) if "begins" in arm else None
        scenario = Scenario.build(arm["configuration"])
        variant = Variant(name=name, scenario=scenario, begins=begins)
        found[name] = Community(
            variant=variant, series=tuple(manifest["series"]), every=manifest["every"]
        )
    return found
