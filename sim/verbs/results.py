"""``qunsim results``: what is kept in result folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.commands import shell
from sim.commands.help import Verb, Verbs
from sim.verbs.options import (
    AsJson,
    Jobs,
    Lang,
    Quiet,
    argument,
    end,
    option,
)

results_app = typer.Typer(cls=Verbs, help="results", rich_markup_mode=None)
Results = Annotated[Path, argument("results", "DIR")]


@results_app.callback(invoke_without_command=True)
def results(ctx: typer.Context, lang: Lang = None) -> None:
    """Results that were kept."""
    if ctx.invoked_subcommand is None:
        shell.say([ctx.get_help().rstrip()])


@results_app.command("ls", cls=Verb, help="results_ls")
def list_results(
    ctx: typer.Context,
    folder: Annotated[Path, argument("results_in", "[FOLDER]")] = Path("results"),
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
    failed: Annotated[bool, option("--failed", "look")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what a result folder holds."""
    from sim.commands import results

    results.show_command(folder, failed=failed, words=ctx.obj, as_json=as_json)


@results_app.command("merge", cls=Verb, help="results_merge")
def merge_results(
    ctx: typer.Context,
    folders: Annotated[list[Path], argument("results_more", "DIR...")],
    out: Annotated[Path, option("--out", "where", "DIR", about="merged_out")],
    lang: Lang = None,
) -> None:
    """Join result folders of one study."""
    from sim.commands import results

    results.merge_command(folders, out=out, words=ctx.obj)


@results_app.command("sql", cls=Verb, help="results_sql")
def query_results(
    ctx: typer.Context,
    folder: Results,
    query: Annotated[str, argument("sql", "QUERY")],
    as_json: AsJson = False,
    as_csv: Annotated[bool, option("--csv", "look")] = False,
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
        int | None, option("--replicates", "much", "N", about="reproduce_replicates")
    ] = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Make a result again and say whether it is the same."""
    from sim.commands.reproduce import reproduce_command

    code = reproduce_command(
        folder, replicates=replicates, jobs=jobs, words=ctx.obj, as_json=as_json, quiet=quiet
    )
    end(code)
