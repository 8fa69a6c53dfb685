"""Whether a log's forecasts have been looked back at: what a backtest's folder knows of it."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import UserError
from sim.study.files import content_digest, read_json, write_json
from sim.study.provenance import code_digest, machine, versions
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MANIFEST, SCORES = "manifest.json", "scores.csv"
SCHEMA = 1


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How forecasts of a log from its own past did.

    Attributes:
        origins: Earlier dates from which one looked ahead.
        weeks: Weeks ahead.
        inside50: Share of the weeks in the range of 50 of 100 futures, by target.
        inside90: Share of the weeks in the range of 90 of 100, by target.
    """

    origins: int
    weeks: int
    inside50: Mapping[str, float]
    inside90: Mapping[str, float]

    def table(self) -> dict[str, Any]:
        """As ``forecast.json`` has it."""
        return asdict(self)


def write_manifest(folder: Path, paths: Sequence[Path], **about: object) -> None:
    """Say in a backtest's folder which logs it looked at, by content, and how.

    Args:
        folder: Where ``scores.csv`` is.
        paths: The event files.
        about: ``command``, ``weeks``, ``replicates``, ``seed`` and the like.
    """
    logs = [
        {"log": path.name.partition(".")[0], "file": path.name, "digest": content_digest(path)}
        for path in paths
        if path.is_file()
    ]
    digest = hashlib.sha256(json.dumps([logs, about]).encode()).hexdigest()
    made = {"qunsim": __version__, "versions": versions(), "platform": machine()}
    head = {"schema": SCHEMA, "kind": "backtest", "digest": digest, "code": code_digest("study")}
    write_json(folder / MANIFEST, {**head, "logs": logs, **about, **made})


def checked_in(folder: Path, events: Path) -> Checked | None:
    """What a backtest found about a log, if it looked at this very content with this very code.

    Args:
        folder: What ``qunsim backtest --out`` wrote, or nothing at all.
        events: The log.
    """
    try:
        manifest = read_json(folder / MANIFEST)
        with (folder / SCORES).open(newline="", encoding="utf-8") as stream:
            rows = [row for row in csv.DictReader(stream) if row["method"] == "qunsim"]
        if manifest["kind"] != "backtest" or manifest["code"] != code_digest("study"):
            return None
        names = {one["log"]: one["digest"] for one in manifest["logs"]}
        ambiguous = len(names) < len(manifest["logs"])  # scores go by names
        mine = [row for row in rows if names.get(row["log"]) == content_digest(events)]
        if not mine or ambiguous:
            return None
        targets = dict.fromkeys(row["target"] for row in mine)
        return Checked(
            origins=len({row["origin"] for row in mine}), weeks=int(manifest["weeks"]),
            inside50={one: _mean(mine, one, "coverage50") for one in targets},
            inside90={one: _mean(mine, one, "coverage90") for one in targets},
        )  # fmt: skip
    except (OSError, UserError, KeyError, TypeError, ValueError):
        return None  # no backtest is no mistake


def _mean(rows: Sequence[Mapping[str, str]], target: str, column: str) -> float:
    return float(np.mean([float(row[column]) for row in rows if row["target"] == target]))
