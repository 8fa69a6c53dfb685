"""What a result folder is about: the study, and the manifest that describes it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, UserErrors
from sim.metrics import REGISTRY
from sim.study.files import read_json
from sim.study.journal import failed_entry
from sim.study.provenance import Files, code_digest, commit, machine, sources, versions
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sim.scenario import Scenario
    from sim.study.simulate import Failure
    from sim.study.variant import Variant

SCHEMA = 1
"""Version of the folder's form; a newer one is refused."""

MANIFEST = "manifest.json"

_FILES = 8
"""Names of changed sources in a message."""


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a folder holds the results of.

    Attributes:
        variants: The arms, the baseline first.
        seed: Seed of the experiment.
        kind: What was done: ``run``, ``compare``, ``explain``, ``plan``.
        about: What else belongs into the manifest; it does not tell studies apart.
        kpis: What is measured; a study that other code wrote may have measured something else.
    """

    variants: tuple[Variant, ...]
    seed: int
    kind: str = "run"
    about: Mapping[str, Any] = field(default_factory=dict)
    kpis: tuple[str, ...] = tuple(REGISTRY)

    @property
    def base(self) -> Variant:
        """The baseline."""
        return self.variants[0]

    def digest(self) -> str:
        """SHA-256 of what determines the runs; of one founded community, that of its scenario."""
        if len(self.variants) == 1:
            return self.base.key
        keys = " ".join(f"{one.name}={one.key}" for one in self.variants)
        return hashlib.sha256(keys.encode()).hexdigest()

    def variant(self, name: str) -> Variant:
        """The arm of a name."""
        return next(one for one in self.variants if one.name == name)


def manifest_of(
    study: Study, *, replicates: int, command: str, failures: Iterable[Failure]
) -> dict[str, Any]:
    """Everything that determines the result, and what failed.

    Args:
        study: What is simulated.
        replicates: Runs of each variant asked for.
        command: Command that makes this result again.
        failures: Runs that failed.
    """
    base = study.base
    return {
        "schema": SCHEMA,
        "kind": study.kind,
        "name": base.scenario.name,
        "days": base.days,
        "replicates": replicates,
        "seed": study.seed,
        "digest": study.digest(),
        "code": code_digest(),
        "command": command,
        "failed": failed_entries(failures),
        "qunsim": __version__,
        "commit": commit(),
        "versions": versions(),
        "platform": machine(),
        **study.about,
        "configuration": base.scenario.resolved(),
        "variants": {one.name: _described(one, base) for one in study.variants},
        "kpis": list(REGISTRY),  # the journal has their values in this order
        "sources": sources(),
    }


def failed_entries(failures: Iterable[Failure]) -> list[dict[str, Any]]:
    """Failed runs as the manifest lists them, in order."""
    ordered = sorted(failures, key=lambda one: (one.variant, one.replicate))
    return [failed_entry(one) for one in ordered]


def _described(variant: Variant, base: Variant) -> dict[str, Any]:
    """What makes a variant differ from the baseline, and what identifies it."""
    about: dict[str, Any] = {"key": variant.key}
    if variant.begins is not None:
        from sim.study.beginning import told

        about["begins"] = told(variant.begins)
    before, after = base.scenario.resolved(), variant.scenario.resolved()
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    return about | {"configuration": changed}


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder.

    Raises:
        UserError: ``not_found``/``folder``, ``not_found``/``result``, ``damaged``/``not_json``,
            ``cannot_read``/``newer_schema``.
    """
    if not folder.is_dir():
        raise UserError("not_found", "folder", file=str(folder), suggestion=None)
    path = folder / MANIFEST
    if not path.exists():
        raise UserError("not_found", "result", file=str(folder))
    manifest = read_json(path)
    schema = manifest.get("schema") if isinstance(manifest, dict) else None
    if not isinstance(schema, int) or "kind" not in manifest:
        raise UserError("damaged", "not_json", file=str(path))
    if schema > SCHEMA:
        raise UserError(
            "cannot_read", "newer_schema", file=str(path), value=schema, newest=SCHEMA
        )  # fmt: skip
    found: dict[str, Any] = manifest
    return found


def read_study(folder: Path) -> Study:
    """The study of a result folder, as its manifest describes it.

    Raises:
        UserError: As :func:`read_manifest`; ``damaged``/``not_json``.
        UserErrors: ``cannot_read``/``other_code`` and what does not fit, if other code wrote it.
    """
    from sim.study.beginning import beginning_of
    from sim.study.variant import Variant

    manifest = read_manifest(folder)
    try:
        base = manifest["configuration"]
        variants = []
        for name, about in manifest["variants"].items():
            scenario = _built(base | about["configuration"], manifest, folder)
            begins = beginning_of(about["begins"]) if "begins" in about else None
            variants.append(Variant(name=name, scenario=scenario, begins=begins))
        about = {key: value for key, value in manifest.items() if key not in _KEYS}
        return Study(
            variants=tuple(variants), seed=manifest["seed"], kind=manifest["kind"], about=about,
            kpis=tuple(manifest["kpis"]),
        )  # fmt: skip
    except UserErrors:
        raise
    except (UserError, KeyError, TypeError, AttributeError) as error:
        raise UserError("damaged", "not_json", file=str(folder / MANIFEST)) from error


def _built(configuration: dict[str, Any], manifest: dict[str, Any], folder: Path) -> Scenario:
    """The scenario that a configuration describes.

    Raises:
        UserErrors: If it is of other code and does not fit this one.
    """
    from sim.scenario import Scenario

    try:
        return Scenario.build(configuration)
    except UserError as error:
        if manifest["code"] == code_digest():
            raise UserError("damaged", "not_json", file=str(folder / MANIFEST)) from error
        told = [
            UserError(
                "cannot_read", "other_code", file=str(folder / MANIFEST),
                version=program(manifest),
            ),
            *(error.errors if isinstance(error, UserErrors) else [error]),
        ]  # fmt: skip
        if "sources" in manifest:
            files = Files.since(manifest["sources"])
            names = [*files.changed, *files.added, *files.removed]
            shown = [*names[:_FILES], *(["..."] if len(names) > _FILES else [])]
            told.insert(1, UserError("cannot_read", "other_sources", names=shown))
        raise UserErrors(told) from error


def program(manifest: Mapping[str, Any]) -> str:
    """What wrote a manifest: ``qunsim 0.1.0``, with its commit if that is known."""
    known = str(manifest.get("commit", ""))[:8]
    return f"qunsim {manifest['qunsim']}" + (f" ({known})" if known else "")


_KEYS = {
    "schema", "kind", "name", "days", "replicates", "seed", "digest", "code", "command", "failed",
    "qunsim", "commit", "versions", "platform", "configuration", "variants", "kpis", "sources",
}  # fmt: skip
