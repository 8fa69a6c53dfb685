"""The command line: verbs and their options, nothing else (what they do: ``sim.commands``)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.commands import shell
from sim.commands.help import Verb, Verbs
from sim.version import __version__
from sim.words import Words

app = typer.Typer(
    cls=Verbs, help="program", add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, no_args_is_help=False,
)  # fmt: skip


def _option(name: str, group: str, metavar: str | None = None, *, about: str = "") -> Any:
    key = f"cli.opt_{about or name.lstrip('-').replace('-', '_')}"
    return typer.Option(name, help=key, rich_help_panel=group, metavar=metavar)


def _argument(key: str, metavar: str) -> Any:
    return typer.Argument(help=f"cli.arg_{key}", rich_help_panel="what", metavar=metavar)


Days = Annotated[int | None, _option("--days", "much", "N")]
Replicates = Annotated[int, _option("--replicates", "much", "R")]
Seed = Annotated[int, _option("--seed", "much", "S")]
Jobs = Annotated[int | None, _option("--jobs", "much", "J")]
Scheduler = Annotated[str | None, _option("--scheduler", "much", "threads|processes|tcp://...")]
RetryFailed = Annotated[bool, _option("--retry-failed", "much")]
Out = Annotated[Path | None, _option("--out", "where", "DIR")]
Lang = Annotated[str | None, _option("--lang", "look", "en|zh")]
Quiet = Annotated[bool, _option("--quiet", "look")]
TimeZone = Annotated[str, _option("--tz", "what", "TZ")]
Events = Annotated[Path, _argument("events", "EVENTS")]
EVENTS_FILE = Path("events.csv.gz")
AsJson = Annotated[bool, _option("--json", "look")]


def _end(code: int) -> None:
    if code:
        raise typer.Exit(code)


@app.callback(invoke_without_command=True)
def program(
    ctx: typer.Context,
    version: Annotated[bool, _option("--version", "look")] = False,
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
    scenario: Annotated[str, _argument("scenario", "SCENARIO")],
    assignments: Annotated[list[str] | None, _option("--set", "what", "path=value")] = None,
    policies: Annotated[
        list[str] | None, _option("--policy", "what", "key[:name=value,...]")
    ] = None,
    days: Days = None,
    replicates: Replicates = 20,
    seed: Seed = 0,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    retry_failed: RetryFailed = False,
    out: Out = None,
    save: Annotated[Path | None, _option("--save", "where", "FILE")] = None,
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
    _end(run_command(asked, words=ctx.obj))


@app.command("compare", cls=Verb, help="compare")
def compare(
    ctx: typer.Context,
    sources: Annotated[list[str], _argument("experiment", "EXPERIMENT")],
    assignments: Annotated[list[str] | None, _option("--set", "what", "path=value")] = None,
    policies: Annotated[
        list[str] | None, _option("--policy", "what", "key[:name=value,...]")
    ] = None,
    days: Days = None,
    replicates: Annotated[int | None, _option("--replicates", "much", "R")] = None,
    seed: Annotated[int | None, _option("--seed", "much", "S")] = None,
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
    )  # fmt: skip
    _end(compare_command(asked, words=ctx.obj))


@app.command("explain", cls=Verb, help="explain")
def explain(
    ctx: typer.Context,
    folder: Annotated[Path, _argument("comparison", "DIR")],
    variant: Annotated[str | None, _option("--variant", "what", "V", about="explained")] = None,
    replicates: Annotated[
        int | None, _option("--replicates", "much", "R", about="explain_replicates")
    ] = None,
    sets: Annotated[int, _option("--sets", "much", "M")] = 40,
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
    _end(explain_command(asked, words=ctx.obj))


@app.command("life", cls=Verb, help="life")
def life(
    ctx: typer.Context,
    folder: Annotated[Path, _argument("folder", "DIR")],
    variant: Annotated[str | None, _option("--variant", "what", "V", about="lived")] = None,
    replicate: Annotated[int, _option("--replicate", "what", "R")] = 0,
    member: Annotated[int | None, _option("--member", "what", "ID")] = None,
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
    experiment: Annotated[str, _argument("plan", "EXPERIMENT")],
    budget: Annotated[float | None, _option("--budget", "what", "YUAN")] = None,
    minutes: Annotated[float | None, _option("--minutes", "what", "PER_WEEK")] = None,
    days: Days = None,
    trials: Annotated[int | None, _option("--trials", "much", "N")] = None,
    seed: Annotated[int | None, _option("--seed", "much", "S")] = None,
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
        jobs=jobs, scheduler=scheduler, out=out, quiet=quiet, as_json=as_json,
    )  # fmt: skip
    _end(plan_command(asked, words=ctx.obj))


@app.command("report", cls=Verb, help="report")
def report(
    ctx: typer.Context,
    folder: Annotated[Path, _argument("folder", "DIR")],
    form: Annotated[str, _option("--format", "what", "html|xlsx|csv|md", about="report_format")] = (
        "html"
    ),
    out: Annotated[Path | None, _option("--out", "where", "PATH", about="report_out")] = None,
    lang: Lang = None,
) -> None:
    """Write a result's report once more, in any form."""
    from sim.commands.report import report_command

    report_command(folder, form=form, out=out, words=ctx.obj)


results_app = typer.Typer(cls=Verbs, help="results", rich_markup_mode=None)
app.add_typer(results_app, name="results")
Results = Annotated[Path, _argument("results", "DIR")]


@results_app.callback(invoke_without_command=True)
def results(ctx: typer.Context, lang: Lang = None) -> None:
    """Results that were kept."""
    if ctx.invoked_subcommand is None:
        shell.say([ctx.get_help().rstrip()])


@results_app.command("ls", cls=Verb, help="results_ls")
def list_results(
    ctx: typer.Context,
    folder: Annotated[Path, _argument("results_in", "[FOLDER]")] = Path("results"),
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List result folders."""
    from sim.commands import results

    results.list_command(folder, words=ctx.obj, as_json=as_json)


@results_app.command("show", cls=Verb, help="results_show")
def show_results(
    ctx: typer.Context,
    folder: Results,
    failed: Annotated[bool, _option("--failed", "look")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what a result folder holds."""
    from sim.commands import results

    results.show_command(folder, failed=failed, words=ctx.obj, as_json=as_json)


@results_app.command("merge", cls=Verb, help="results_merge")
def merge_results(
    ctx: typer.Context,
    folders: Annotated[list[Path], _argument("results_more", "DIR...")],
    out: Annotated[Path, _option("--out", "where", "DIR", about="merged_out")],
    lang: Lang = None,
) -> None:
    """Join result folders of one study."""
    from sim.commands import results

    results.merge_command(folders, out=out, words=ctx.obj)


@results_app.command("sql", cls=Verb, help="results_sql")
def query_results(
    ctx: typer.Context,
    folder: Results,
    query: Annotated[str, _argument("sql", "QUERY")],
    as_json: AsJson = False,
    as_csv: Annotated[bool, _option("--csv", "look")] = False,
    lang: Lang = None,
) -> None:
    """Ask a result folder something in SQL."""
    from sim.commands import results

    form = "json" if as_json else "csv" if as_csv else "text"
    results.sql_command(folder, query, words=ctx.obj, form=form)


@results_app.command("reproduce", cls=Verb, help="results_reproduce")
def reproduce_results(
    ctx: typer.Context,
    folder: Results,
    replicates: Annotated[
        int | None, _option("--replicates", "much", "N", about="reproduce_replicates")
    ] = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Make a result again and say whether it is the same."""
    from sim.commands import results

    code = results.reproduce_command(
        folder, replicates=replicates, jobs=jobs, words=ctx.obj, as_json=as_json, quiet=quiet
    )
    _end(code)


presets_app = typer.Typer(cls=Verbs, help="presets", rich_markup_mode=None)
app.add_typer(presets_app, name="presets")


@presets_app.callback(invoke_without_command=True)
def presets(ctx: typer.Context, as_json: AsJson = False, lang: Lang = None) -> None:
    """List the kinds of community."""
    from sim.commands import catalogue

    if ctx.invoked_subcommand is None:
        catalogue.presets(words=ctx.obj, as_json=as_json)


@presets_app.command("show", cls=Verb, help="presets_show")
def show_preset(
    ctx: typer.Context,
    name: Annotated[str, _argument("preset", "NAME")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what one community assumes, and on what grounds."""
    from sim.commands import presets

    presets.show_preset(name, words=ctx.obj, as_json=as_json)


policies_app = typer.Typer(cls=Verbs, help="policies", rich_markup_mode=None)
app.add_typer(policies_app, name="policies")


@policies_app.callback(invoke_without_command=True)
def policies(ctx: typer.Context, as_json: AsJson = False, lang: Lang = None) -> None:
    """List what operators can do."""
    from sim.commands import catalogue

    if ctx.invoked_subcommand is None:
        catalogue.policies(words=ctx.obj, as_json=as_json)


@policies_app.command("show", cls=Verb, help="policies_show")
def show_policy(
    ctx: typer.Context,
    key: Annotated[str, _argument("policy", "POLICY")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what one policy is."""
    from sim.commands import catalogue

    catalogue.show_policy(key, words=ctx.obj, as_json=as_json)


@app.command("glossary", cls=Verb, help="glossary")
def glossary(
    ctx: typer.Context,
    term: Annotated[str | None, _argument("term", "TERM")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what the words of the field mean."""
    from sim.commands.glossary import glossary as tell

    tell(term, words=ctx.obj, as_json=as_json)


@app.command("import", cls=Verb, help="import")
def import_(
    ctx: typer.Context,
    files: Annotated[list[Path] | None, _argument("files", "FILE...")] = None,
    form: Annotated[str | None, _option("--format", "what", "FORMAT")] = None,
    tz: TimeZone = "UTC",
    out: Annotated[Path, _option("--out", "where", "FILE", about="events_out")] = EVENTS_FILE,
    formats: Annotated[bool, _option("--formats", "look")] = False,
    lang: Lang = None,
) -> None:
    """Merge chat exports into one event file."""
    from sim.commands import logs

    if formats:
        logs.formats(words=ctx.obj)
    else:
        logs.import_command(files or [], form=form, tz=tz, out=out, words=ctx.obj)


@app.command("describe", cls=Verb, help="describe")
def describe(
    ctx: typer.Context,
    events: Events,
    tz: TimeZone = "UTC",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print the portrait of a log."""
    from sim.commands import logs

    logs.describe_command(events, tz=tz, words=ctx.obj, as_json=as_json)


@app.command("forecast", cls=Verb, help="forecast")
def forecast(
    ctx: typer.Context,
    events: Events,
    until: Annotated[str | None, _option("--until", "what", "DATE")] = None,
    weeks: Annotated[int, _option("--weeks", "much", "H")] = 26,
    replicates: Annotated[int, _option("--replicates", "much", "R", about="futures")] = 300,
    seed: Seed = 0,
    jobs: Jobs = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Forecast a real community."""
    from sim.commands.forecast import AskedForecast, forecast_command

    asked = AskedForecast(
        events=events, until=until, weeks=weeks, out=out, replicates=replicates, seed=seed,
        jobs=jobs, quiet=quiet,
    )  # fmt: skip
    _end(forecast_command(asked, words=ctx.obj))


@app.command("bench", cls=Verb, help="bench")
def bench(
    ctx: typer.Context,
    peers: Annotated[bool, _option("--peers", "what")] = False,
    file: Annotated[Path | None, _option("--json", "where", "FILE", about="bench_json")] = None,
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
