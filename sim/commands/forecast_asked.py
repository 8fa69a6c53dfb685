"""What ``qunsim forecast`` is asked, and the folder that keeps the answer, whatever the target."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.files import read_json, result_in, taken
from sim.study.provenance import code_digest, machine, versions
from sim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

MANIFEST = "manifest.json"
SCHEMA = 1

ACTIVITY, PURCHASES, MEMBERS, RENEWALS = TARGETS = ("activity", "purchases", "members", "renewals")
"""What can be forecast: who speaks (the default), who buys, totals over time, who renews."""


@dataclass(frozen=True, kw_only=True)
class AskedForecast:
    """What was asked on the command line.

    Attributes:
        events: The event file, or the table of members or renewals.
        until: Date; events from its midnight (UTC) on are not looked at. None = all are.
        weeks: Weeks ahead.
        out: Result folder; None = named by the file and the options.
        replicates: Simulated futures.
        seed: Seed.
        jobs: Threads; None = all processors.
        checked: Folder of a backtest that must have looked at this log; None = the usual folder,
            which may hold nothing of it.
        quiet: No redrawn line, no hints.
        shocks: Known shocks, ``DATE:NAME`` in the past or ``DATE:SIZE`` ahead.
        target: What to forecast, one of :data:`TARGETS`.
    """

    events: Path
    until: str | None
    weeks: int
    out: Path | None
    replicates: int
    seed: int
    jobs: int | None
    checked: Path | None = None
    quiet: bool = False
    shocks: Sequence[str] = ()
    target: str = ACTIVITY

    @property
    def command(self) -> str:
        """The command line that makes the result again: what decides numbers, nothing else."""
        parts = ["qunsim", "forecast", str(self.events)]
        parts += [] if self.target == ACTIVITY else ["--target", self.target]
        parts += [] if self.until is None else ["--until", self.until]
        parts += [part for shock in self.shocks for part in ("--shock", shock)]
        parts += ["--weeks", str(self.weeks), "--replicates", str(self.replicates)]
        return shlex.join([*parts, "--seed", str(self.seed)])

    def digest(self) -> str:
        """SHA-256 of everything that determines the forecast; reads the file."""
        about = [self.until, self.weeks, self.replicates, self.seed, *self.shocks]
        about += [] if self.target == ACTIVITY else [self.target]
        return hashlib.sha256(json.dumps(about).encode() + self.events.read_bytes()).hexdigest()

    def folder(self, digest: str) -> Path:
        """The result folder: as asked, or named by the file and the digest."""
        name = self.events.name.partition(".")[0] or "log"
        return self.out or Path("results") / f"{name}-{digest[:4]}"


def check_target(name: str, *, among: Sequence[str] = TARGETS) -> None:
    """Refuse a target that is none.

    Raises:
        UserError: ``wrong_form``/``target``.
    """
    if name not in among:
        raise UserError("wrong_form", "target", value=name, known=list(among))


def manifest_of(asked: AskedForecast, digest: str) -> dict[str, Any]:
    """What the folder says of how its forecast was made."""
    return {
        "schema": SCHEMA,
        "kind": "forecast" if asked.target == ACTIVITY else asked.target,
        "digest": digest,
        "code": code_digest("study"),
        "events": asked.events.name,
        "until": asked.until,
        "shocks": list(asked.shocks),
        "weeks": asked.weeks,
        "replicates": asked.replicates,
        "seed": asked.seed,
        "command": asked.command,
        "qunsim": __version__,
        "versions": versions(),
        "platform": machine(),
    }


def is_made(folder: Path, *, digest: str, table: str) -> bool:
    """Whether a folder holds this very forecast already, made by this code.

    Args:
        folder: May be missing or empty.
        digest: Of what was asked.
        table: Name of the file that tells the forecast.

    Raises:
        UserError: ``taken`` if it holds anything else.
    """
    if not result_in(folder, MANIFEST):
        return False
    manifest = read_json(folder / MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("digest") != digest:
        raise taken("folder", folder)
    return manifest.get("code") == code_digest("study") and (folder / table).exists()
