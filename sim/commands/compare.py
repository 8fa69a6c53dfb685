"""``qunsim compare``: ways to run a community in the same futures, the verdict and the report."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands import shell
from sim.commands.run import stopped
from sim.commands.watch import Watch
from sim.errors import UserError
from sim.report.comparing import comparison_lines, progress_extra
from sim.scenario import Scenario, parse_assignment, preset_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.comparison_story import ComparisonStory
    from sim.study.comparison import Comparison
    from sim.study.experiment import Experiment
    from sim.study.stopping import Reached
    from sim.words import Words

REPORT = "report.html"


@dataclass(frozen=True, kw_only=True)
class AskedComparison:
    """What was asked on the command line.

    Attributes:
        sources: An experiment, or communities of which the first is the baseline.
        days: Horizon; None = the experiment's own.
        replicates: Futures of each variant; None = as many as the experiment asks for.
        seed: Seed; None = the experiment's own, else 0.
        assignments: ``path=value`` texts, for all variants.
        policies: ``key[:name=value,...]`` texts, for all variants.
        jobs: Threads or processes; None = all processors.
        scheduler: Who computes; None = threads.
        out: Result folder; None = named by the file.
        retry_failed: Whether failed runs are simulated again.
        quiet: No redrawn line, no hints.
        as_json: Print JSON instead of text.
        begins: A community to start from; None = the experiment's own.
    """

    sources: tuple[str, ...]
    days: int | None = None
    replicates: int | None = None
    seed: int | None = None
    assignments: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    jobs: int | None = None
    scheduler: str | None = None
    out: Path | None = None
    retry_failed: bool = False
    quiet: bool = False
    as_json: bool = False
    begins: Path | None = None

    @property
    def command(self) -> str:
        """The command line that makes the result again: what decides numbers, nothing else."""
        parts = ["qunsim", "compare", *self.sources]
        for name, value in (
            ("--days", self.days), ("--replicates", self.replicates), ("--seed", self.seed),
        ):  # fmt: skip
            parts += [] if value is None else [name, str(value)]
        for text in self.assignments:
            parts += ["--set", text]
        for text in self.policies:
            parts += ["--policy", text]
        parts += [] if self.begins is None else ["--from", str(self.begins)]
        return shlex.join(parts)


def compare_command(asked: AskedComparison, *, words: Words) -> int:
    """Do what was asked.

    Returns:
        The exit code: 0, 4 if runs failed, 130 if interrupted.

    Raises:
        UserError: What the user can mend.
    """
    experiment = read(asked)
    folder = asked.out or default_folder(experiment.name, begins=asked.begins)
    watch = Watch(0, words=words, quiet=asked.quiet)

    def progress(
        done: int, *, failed: int = 0, total: int = 0, reached: Reached | None = None
    ) -> None:
        stop = experiment.stop
        extra = ""
        if stop is not None and reached is not None:
            extra = progress_extra(reached.share, stop.half_width, words=words)
        watch(done, failed=failed, total=total, extra=extra)

    try:
        from sim.study.comparison import compare

        comparison = compare(
            experiment, replicates=asked.replicates, seed=asked.seed, jobs=asked.jobs,
            scheduler=asked.scheduler, out=folder, progress=progress, command=asked.command,
            retry_failed=asked.retry_failed,
        )  # fmt: skip
        watch.end(finished=not comparison.interrupted)
        if comparison.interrupted:
            return stopped(len(comparison.runs.kept), watch.total, words)
        _tell(comparison, asked, words)
    except KeyboardInterrupt:
        watch.end(finished=False)
        return stopped(watch.done, watch.total, words)
    return shell.SOME_FAILED if comparison.runs.failures else shell.DONE


def default_folder(name: str, *, begins: Path | None) -> Path:
    """Where a comparison is kept, by its experiment and what it begins with."""
    start = "" if begins is None else f"-{begins.name.partition('.')[0]}"
    return Path("results") / f"{name}{start}"


def read(asked: AskedComparison) -> Experiment:
    """The experiment that the command line names.

    Raises:
        UserError: What is wrong with it.
    """
    from sim.policies.planning import parse_policy
    from sim.study.beginning import begun
    from sim.study.experiment import from_scenarios
    from sim.study.reading import is_experiment, read_experiment

    changes = dict(map(parse_assignment, asked.assignments))
    policies = [parse_policy(text) for text in asked.policies]
    first = asked.sources[0]
    if len(asked.sources) == 1:
        if not is_experiment(first):
            Scenario.read(first)  # what is wrong with the file comes first
            raise UserError("wrong_form", "comparison")
        return read_experiment(
            first, days=asked.days, begins=asked.begins, changes=changes, policies=policies
        )
    if asked.begins is not None:
        raise UserError("contradiction", "from_files", value=str(asked.begins))
    communities = []
    for source in asked.sources:
        scenario, begins = begun(source, days=asked.days)
        entries = [*scenario.policies, *policies]
        more = changes | ({"policies": entries} if policies else {})
        communities.append((scenario.replace(more) if more else scenario, begins))
    return from_scenarios(communities, names=_names(asked.sources[1:]), name=Path(first).stem)


def _names(sources: Sequence[str]) -> list[str]:
    """What variants are called that are whole files: the file's name, numbered where it repeats."""
    names: list[str] = []
    for source in sources:
        stem = source if source in preset_names() else Path(source).stem
        name, number = stem, 2
        while name in {*names, "base"}:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    return names


def _tell(comparison: Comparison, asked: AskedComparison, words: Words) -> None:
    """Write report and figures, print the result."""
    from sim.report.compared import story_of

    folder = comparison.folder
    assert folder is not None  # a command always has one
    story = story_of(comparison, words=words, command=asked.command)
    report = render(story, folder, words=words)
    if comparison.moved is not None:
        shell.hint(words.say("run.moved", folder=comparison.moved))
    if comparison.torn:
        shell.hint(words.say("run.torn", count=comparison.torn))
    if comparison.remade:
        shell.hint(words.say("run.remade", folder=folder))
    elif comparison.already and not asked.quiet:
        shell.hint(words.say("run.already", folder=folder))
    if asked.as_json:
        about = {"folder": str(folder), "report": str(report)}
        shell.say_json(dict(story.compared) | about)
        return
    commands = [(f"qunsim explain {shlex.quote(str(folder))}", words.say("compare.next_explain"))]
    if len(asked.sources) == 1:
        source = shlex.quote(asked.sources[0])
        budget = f" --budget {story.budget:.0f}" if story.budget is not None else ""
        start = "" if asked.begins is None else f" --from {shlex.quote(str(asked.begins))}"
        commands.append((f"qunsim plan {source}{start}{budget}", words.say("compare.next_plan")))
    shell.say(comparison_lines(story, words=words, report=str(report), next_commands=commands))


def render(story: ComparisonStory, folder: Path, *, words: Words) -> Path:
    """Write the report of a comparison, and its figures as pictures.

    Args:
        story: The comparison.
        folder: Its result folder.
        words: Language.

    Returns:
        The report.
    """
    from sim.report.comparison import comparison_page
    from sim.report.page import write_pngs, write_report

    page = comparison_page(story, words=words)
    report = write_report(folder / REPORT, page, words=words)
    write_pngs(folder / "figures", page)
    return report
