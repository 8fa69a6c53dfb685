"""``qunsim discover``: among the points of a study, where something goes wrong."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.words.typography import wrap

if TYPE_CHECKING:
    from pathlib import Path

    from sim.words import Words

FILE, REPORT = "discover.json", "discover.html"


@dataclass(frozen=True, kw_only=True)
class AskedDiscovery:
    """What was asked on the command line.

    Attributes:
        folder: A finished sensitivity study.
        where: The condition, ``profit < 0``.
        arm: The lever under which it is looked for; None = the base.
        seed: Seed of resampling.
        quiet: No hints.
        as_json: Print JSON instead of text.
    """

    folder: Path
    where: str
    arm: str | None = None
    seed: int = 0
    quiet: bool = False
    as_json: bool = False

    @property
    def command(self) -> str:
        """The command line that makes the result again."""
        parts = ["qunsim", "discover", str(self.folder), "--where", self.where]
        parts += [] if self.arm is None else ["--arm", self.arm]
        parts += ["--seed", str(self.seed)] if self.seed else []
        return shlex.join(parts)


def discover_command(asked: AskedDiscovery, *, words: Words) -> None:
    """Look for the condition, write ``discover.json`` and a page, print what was found.

    Raises:
        UserError: What the user can mend.
    """
    from sim.report.discovering import discovery_lines
    from sim.report.discovery_page import discovery_page
    from sim.report.page import write_report
    from sim.report.pictures import write_pictures
    from sim.report.run import Made
    from sim.report.terminal import next_lines
    from sim.study.discovery.condition import parse_condition
    from sim.study.discovery.discover import discover
    from sim.study.discovery.extra import check_extra
    from sim.study.files import write_json
    from sim.study.manifest import read_manifest
    from sim.study.sensitivity.given import load
    from sim.study.sensitivity.sampling import sample_of

    check_extra()
    result = load(asked.folder)
    computed = result.computed
    condition = parse_condition(asked.where, known=computed.study.measured)
    sample = sample_of(computed, condition.kpi, arm=asked.arm)
    if not asked.quiet:
        shell.hint(*wrap(words.say("discover.looking", rows=f"{sample.rows:,}"), 80))
    found = discover(sample, condition=condition, seed=asked.seed)
    manifest = read_manifest(asked.folder)
    about = {"arm": asked.arm, "command": asked.command, "study": manifest["digest"]}
    table = found.table() | about
    write_json(asked.folder / FILE, table)
    made = Made(
        command=asked.command, seed=asked.seed, version=manifest["qunsim"],
        digest=manifest["digest"], failed=len(result.failed), versions=manifest["versions"],
    )  # fmt: skip
    paths = {one: one for one in sample.names}  # a researcher's names
    page = discovery_page(table, name=result.asked.name, made=made, words=words, labels=paths)
    report = write_report(asked.folder / REPORT, page, words=words)
    write_pictures(asked.folder / "figures", page)
    if asked.as_json:
        shell.say_json(table | {"folder": str(asked.folder), "report": str(report)})
        return
    lines = discovery_lines(table, words=words, labels=paths)
    shell.say([*lines, *next_lines(str(report), [], words)])
