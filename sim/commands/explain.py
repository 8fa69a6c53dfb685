"""``qunsim explain``: where a difference comes from, and what would overturn it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.run import stopped
from sim.commands.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from sim.study.explain import Explanation
    from sim.words import Words


@dataclass(frozen=True, kw_only=True)
class AskedExplanation:
    """What was asked on the command line.

    Attributes:
        folder: What ``compare`` wrote.
        variant: The variant explained; None = the best by the goal.
        replicates: Futures at most; None = those of the comparison.
        sets: Sets of assumptions.
        jobs: Threads or processes; None = all processors.
        scheduler: Who computes; None = threads.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
    """

    folder: Path
    variant: str | None = None
    replicates: int | None = None
    sets: int = 40
    jobs: int | None = None
    scheduler: str | None = None
    quiet: bool = False
    as_json: bool = False

    @property
    def command(self) -> str:
        """The command line that makes the result again."""
        parts = ["qunsim", "explain", str(self.folder)]
        parts += [] if self.variant is None else ["--variant", self.variant]
        parts += [] if self.replicates is None else ["--replicates", str(self.replicates)]
        return shlex.join([*parts, "--sets", str(self.sets)])


def explain_command(asked: AskedExplanation, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, 4 if runs failed, 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    watch = Watch(0, words=words, quiet=asked.quiet)
    try:
        from sim.study.explain import explain

        explanation = explain(
            asked.folder, variant=asked.variant, replicates=asked.replicates, sets=asked.sets,
            jobs=asked.jobs, scheduler=asked.scheduler, progress=watch, command=asked.command,
        )  # fmt: skip
        watch.end(finished=True)
        _tell(explanation, asked, words)
    except KeyboardInterrupt:
        watch.end(finished=False)
        return stopped(watch.done, watch.total, words)
    return shell.SOME_FAILED if explanation.failed else shell.DONE


def _tell(explanation: Explanation, asked: AskedExplanation, words: Words) -> None:
    """Write the report of the comparison once more, print what was found."""
    from sim.commands.compare import render
    from sim.report.compared import story_of
    from sim.report.explaining import explanation_lines
    from sim.study.comparison import load_comparison
    from sim.study.store import read_manifest

    folder = asked.folder
    comparison = load_comparison(folder)
    story = story_of(comparison, words=words, command=read_manifest(folder)["command"])
    report = render(story, folder, words=words)
    if asked.as_json:
        shell.say_json(explanation.table() | {"folder": str(folder), "report": str(report)})
        return
    variant = shlex.quote(explanation.variant)
    command = f"qunsim life {shlex.quote(str(folder))} --variant {variant}"
    shell.say(explanation_lines(
        explanation.table(), words=words, name=story.name, days=story.days, badge=story.badge,
        labels={one.name: one.label for one in story.variants}, report=str(report),
        next_commands=[(command, words.say("explain.next_life"))],
    ))  # fmt: skip
