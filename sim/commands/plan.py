"""``qunsim plan``: the mix of policies that a budget is best spent on, and its page."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report.differences import size
from sim.report.planning import plan_lines, plan_story
from sim.scenario import Scenario

if TYPE_CHECKING:
    from pathlib import Path

    from sim.study.experiment import Experiment
    from sim.study.plan import Planned
    from sim.words import Words

PAGE = "plan.html"


@dataclass(frozen=True, kw_only=True)
class AskedPlan:
    """What was asked on the command line.

    Attributes:
        source: An experiment.
        budget: Yuan above what is spent today; None = the experiment's.
        minutes: Staff minutes a week above today's; None = the experiment's.
        days: Horizon; None = the experiment's own.
        trials: Mixes to try; None = the experiment's own, else 2,000.
        seed: Seed; None = the experiment's own, else 0.
        jobs: Threads or processes; None = all processors.
        scheduler: Who computes; None = threads.
        out: Result folder; None = named by what is asked.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
        begins: A community to start from; None = the experiment's own.
    """

    source: str
    budget: float | None = None
    minutes: float | None = None
    days: int | None = None
    trials: int | None = None
    seed: int | None = None
    jobs: int | None = None
    scheduler: str | None = None
    out: Path | None = None
    quiet: bool = False
    as_json: bool = False
    begins: Path | None = None

    @property
    def command(self) -> str:
        """The command line that makes the result again: what decides numbers, nothing else."""
        parts = ["qunsim", "plan", self.source]
        for name, value in (
            ("--budget", self.budget), ("--minutes", self.minutes), ("--days", self.days),
            ("--trials", self.trials), ("--seed", self.seed),
        ):  # fmt: skip
            parts += [] if value is None else [name, f"{value:.12g}"]
        parts += [] if self.begins is None else ["--from", str(self.begins)]
        return shlex.join(parts)


def plan_command(asked: AskedPlan, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, 4 if no mix could be simulated, 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    from sim.study.plan import default_folder, plan, prepare

    experiment = _read(asked)
    study, choice, problem = prepare(
        experiment, budget=asked.budget, minutes=asked.minutes, trials=asked.trials,
        seed=asked.seed,
    )  # fmt: skip
    watching = _Watching(problem.goal, words=words, quiet=asked.quiet)
    planned = plan(
        experiment, budget=asked.budget, minutes=asked.minutes, trials=asked.trials,
        seed=asked.seed, jobs=asked.jobs, scheduler=asked.scheduler,
        out=asked.out or default_folder(study), progress=watching, command=asked.command,
    )  # fmt: skip
    watching.end(finished=not planned.interrupted)
    if planned.interrupted:
        shell.hint(watching.stopped())
        return shell.INTERRUPTED
    if not planned.finalists and planned.error:
        shell.hint(words.say("plan.all_failed", error=planned.error))
        return shell.SOME_FAILED
    _tell(planned, experiment, choice.space.now, asked, words)
    return shell.DONE


def _read(asked: AskedPlan) -> Experiment:
    from sim.study.reading import is_experiment, read_experiment

    if not is_experiment(asked.source):
        Scenario.read(asked.source)  # what is wrong with the file comes first
        raise UserError("wrong_form", "plan", value=asked.source)
    return read_experiment(asked.source, days=asked.days, begins=asked.begins)


class _Watching:
    """Progress of the search, then of judging what it found."""

    def __init__(self, goal: str, *, words: Words, quiet: bool) -> None:
        self._goal, self._words, self._quiet = goal, words, quiet
        self._stage, self._done, self._total = "", 0, 0
        self._line: Watch | None = None

    def __call__(self, stage: str, done: int, total: int, *, best: float | None = None) -> None:
        if stage != self._stage:
            self.end(finished=True)
            unit = "mix" if stage == "search" else "future"
            self._line = Watch(total, words=self._words, quiet=self._quiet, unit=unit)
            self._stage = stage
        extra = ""
        if best is not None and best > 0:
            shown = size(best, self._goal, words=self._words, half_width=best / 5, short=True)
            extra = self._words.say("plan.so_far", size=shown)
        self._done, self._total = done, total
        assert self._line is not None  # of this stage
        self._line(done, total=total, extra=extra)

    def end(self, *, finished: bool) -> None:
        """End the line of this stage."""
        if self._line is not None:
            self._line.end(finished=finished)

    def stopped(self) -> str:
        """What is told after Ctrl-C."""
        if self._stage == "judge":
            return self._words.say("plan.stopped_late")
        return self._words.say("plan.stopped", done=self._done, total=self._total)


def _tell(
    planned: Planned,
    experiment: Experiment,
    now: dict[str, dict[str, object]],
    asked: AskedPlan,
    words: Words,
) -> None:
    """Write the page, print the result."""
    from sim.report.page import write_report
    from sim.report.plan_page import plan_page

    folder = planned.folder
    assert folder is not None  # a command always has one
    story = plan_story(planned, experiment, now=now, words=words, command=asked.command)
    page = write_report(folder / PAGE, plan_page(story, words=words), words=words)
    if planned.moved is not None:
        shell.hint(words.say("run.moved", folder=planned.moved))
    if planned.already and not asked.quiet:
        shell.hint(words.say("run.already", folder=folder))
    if asked.as_json:
        shell.say_json(planned.table() | {"folder": str(folder), "report": str(page)})
        return
    commands = []
    if planned.recommended is not None:
        path = shlex.quote(str(folder / "recommended.toml"))
        commands.append((f"qunsim compare {path}", words.say("plan.next")))
    shell.say(plan_lines(story, words=words, report=str(page), next_commands=commands))
