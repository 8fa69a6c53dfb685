"""The command line: verbs and their options, nothing else (what they do: ``sim.commands``)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.commands import shell
from sim.commands.help import Verb, Verbs
from sim.verbs import catalogue, logs, researcher, web
from sim.verbs.catalogue import policies_app, presets_app
from sim.verbs.ci import ci_app
from sim.verbs.options import (
    AsJson,
    Begins,
    Days,
    Jobs,
    Lang,
    Out,
    Quiet,
    Replicates,
    RetryFailed,
    Scheduler,
    Seed,
    argument,
    end,
    option,
)
from sim.verbs.results import results_app
from sim.version import __version__
from sim.words import Words

app = typer.Typer(
    cls=Verbs, help="program", add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, no_args_is_help=False,
)  # fmt: skip


@app.callback(invoke_without_command=True)
def program(
    ctx: typer.Context,
    version: Annotated[bool, option("--version", "look")] = False,
    lang: Lang = None,
) -> None:
    """The program itself."""
    if version:
        shell.say([f"qunsim {__version__}"])
    elif ctx.invoked_subcommand is None:
        shell.say([ctx.get_help().rstrip()])


@app.command("run", cls=Verb, help="run")
def run(
    ctx: typer.Context,
    scenario: Annotated[str, argument("scenario", "SCENARIO")],
    assignments: Annotated[list[str] | None, option("--set", "what", "path=value")] = None,
    policies: Annotated[
        list[str] | None, option("--policy", "what", "key[:name=value,...]")
    ] = None,
    days: Days = None,
    replicates: Replicates = 20,
    seed: Seed = 0,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    retry_failed: RetryFailed = False,
    out: Out = None,
    save: Annotated[Path | None, option("--save", "where", "FILE")] = None,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Simulate one community."""
    from sim.commands.run import Asked, run_command

    asked = Asked(
        source=scenario, days=days, replicates=replicates, seed=seed, jobs=jobs,
        scheduler=scheduler, retry_failed=retry_failed, out=out,
        assignments=tuple(assignments or ()), policies=tuple(policies or ()), quiet=quiet,
        as_json=as_json, save=save,
    )  # fmt: skip
    end(run_command(asked, words=ctx.obj))


@app.command("compare", cls=Verb, help="compare")
def compare(
    ctx: typer.Context,
    sources: Annotated[list[str], argument("experiment", "EXPERIMENT")],
    assignments: Annotated[list[str] | None, option("--set", "what", "path=value")] = None,
    policies: Annotated[
        list[str] | None, option("--policy", "what", "key[:name=value,...]")
    ] = None,
    begins: Begins = None,
    days: Days = None,
    replicates: Annotated[int | None, option("--replicates", "much", "R")] = None,
    seed: Annotated[int | None, option("--seed", "much", "S")] = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    retry_failed: RetryFailed = False,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Compare ways to run a community."""
    from sim.commands.compare import AskedComparison, compare_command

    asked = AskedComparison(
        sources=tuple(sources), days=days, replicates=replicates, seed=seed, jobs=jobs,
        scheduler=scheduler, out=out, assignments=tuple(assignments or ()),
        policies=tuple(policies or ()), retry_failed=retry_failed, quiet=quiet, as_json=as_json,
        begins=begins,
    )  # fmt: skip
    end(compare_command(asked, words=ctx.obj))


@app.command("explain", cls=Verb, help="explain")
def explain(
    ctx: typer.Context,
    folder: Annotated[Path, argument("comparison", "DIR")],
    variant: Annotated[str | None, option("--variant", "what", "V", about="explained")] = None,
    replicates: Annotated[
        int | None, option("--replicates", "much", "R", about="explain_replicates")
    ] = None,
    sets: Annotated[int, option("--sets", "much", "M")] = 40,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Say where a difference comes from and what would overturn it."""
    from sim.commands.explain import AskedExplanation, explain_command

    asked = AskedExplanation(
        folder=folder, variant=variant, replicates=replicates, sets=sets, jobs=jobs,
        scheduler=scheduler, quiet=quiet, as_json=as_json,
    )  # fmt: skip
    end(explain_command(asked, words=ctx.obj))


@app.command("life", cls=Verb, help="life")
def life(
    ctx: typer.Context,
    folder: Annotated[Path, argument("folder", "DIR")],
    variant: Annotated[str | None, option("--variant", "what", "V", about="lived")] = None,
    replicate: Annotated[int, option("--replicate", "what", "R")] = 0,
    member: Annotated[int | None, option("--member", "what", "ID")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Tell one member's life."""
    from sim.commands.life import life_command

    life_command(
        folder, variant=variant, replicate=replicate, member=member, as_json=as_json,
        words=ctx.obj,
    )  # fmt: skip


@app.command("plan", cls=Verb, help="plan")
def plan(
    ctx: typer.Context,
    experiment: Annotated[str, argument("plan", "EXPERIMENT")],
    budget: Annotated[float | None, option("--budget", "what", "YUAN")] = None,
    minutes: Annotated[float | None, option("--minutes", "what", "PER_WEEK")] = None,
    begins: Begins = None,
    days: Days = None,
    trials: Annotated[int | None, option("--trials", "much", "N")] = None,
    seed: Annotated[int | None, option("--seed", "much", "S")] = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Spend a budget."""
    from sim.commands.plan import AskedPlan, plan_command

    asked = AskedPlan(
        source=experiment, budget=budget, minutes=minutes, days=days, trials=trials, seed=seed,
        jobs=jobs, scheduler=scheduler, out=out, quiet=quiet, as_json=as_json, begins=begins,
    )  # fmt: skip
    end(plan_command(asked, words=ctx.obj))


app.command("sensitivity", cls=Verb, help="sensitivity")(researcher.sensitivity)
app.command("discover", cls=Verb, help="discover")(researcher.discover)


@app.command("report", cls=Verb, help="report")
def report(
    ctx: typer.Context,
    folder: Annotated[Path, argument("folder", "DIR")],
    form: Annotated[str, option("--format", "what", "html|xlsx|csv|md", about="report_format")] = (
        "html"
    ),
    out: Annotated[Path | None, option("--out", "where", "PATH", about="report_out")] = None,
    lang: Lang = None,
) -> None:
    """Write a result's report once more, in any form."""
    from sim.commands.report import report_command

    report_command(folder, form=form, out=out, words=ctx.obj)


app.add_typer(ci_app, name="ci")
app.add_typer(results_app, name="results")
app.add_typer(presets_app, name="presets")
app.add_typer(policies_app, name="policies")
app.command("glossary", cls=Verb, help="glossary")(catalogue.glossary)
app.command("import", cls=Verb, help="import")(logs.import_)
app.command("describe", cls=Verb, help="describe")(logs.describe)
app.command("fit", cls=Verb, help="fit")(logs.fit)
app.command("forecast", cls=Verb, help="forecast")(logs.forecast)
app.command("backtest", cls=Verb, help="backtest")(logs.backtest)
app.command("ui", cls=Verb, help="ui")(web.ui)


@app.command("bench", cls=Verb, help="bench")
def bench(
    ctx: typer.Context,
    peers: Annotated[bool, option("--peers", "what")] = False,
    file: Annotated[Path | None, option("--json", "where", "FILE", about="bench_json")] = None,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Measure the engine on this machine."""
    from sim.commands.bench import bench_command

    bench_command(peers=peers, file=file, quiet=quiet, words=ctx.obj)


def _command(arguments: list[str], words: Words) -> int:
    command = typer.main.get_command(app)
    try:
        # not command.main(): it would turn Ctrl-C and closed pipes into answers of its own
        with command.make_context("qunsim", arguments, obj=words) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return int(ended.exit_code)
    return shell.DONE


def main() -> None:
    """Run the command line; never returns."""
    shell.execute(_command, sys.argv[1:])
