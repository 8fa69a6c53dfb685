"""The command line: verbs and their options, nothing else (what they do: ``sim.commands``)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sim import __version__
from sim.commands import shell
from sim.commands.help import Verb, Verbs
from sim.words import Words

app = typer.Typer(
    cls=Verbs, help="program", add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, no_args_is_help=False,
)  # fmt: skip


def _option(name: str, group: str, metavar: str | None = None) -> Any:
    key = f"cli.opt_{name.lstrip('-').replace('-', '_')}"
    return typer.Option(name, help=key, rich_help_panel=group, metavar=metavar)


def _argument(key: str, metavar: str) -> Any:
    return typer.Argument(help=f"cli.arg_{key}", rich_help_panel="what", metavar=metavar)


Days = Annotated[int | None, _option("--days", "much", "N")]
Replicates = Annotated[int, _option("--replicates", "much", "R")]
Seed = Annotated[int, _option("--seed", "much", "S")]
Jobs = Annotated[int | None, _option("--jobs", "much", "J")]
Out = Annotated[Path | None, _option("--out", "where", "DIR")]
Lang = Annotated[str | None, _option("--lang", "look", "en|zh")]
Quiet = Annotated[bool, _option("--quiet", "look")]
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
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Simulate one community."""
    from sim.commands.run import Asked, run_command

    asked = Asked(
        source=scenario, days=days, replicates=replicates, seed=seed, jobs=jobs, out=out,
        assignments=tuple(assignments or ()), policies=tuple(policies or ()), quiet=quiet,
        as_json=as_json,
    )  # fmt: skip
    _end(run_command(asked, words=ctx.obj))


def _command(arguments: list[str], words: Words) -> int:
    command = typer.main.get_command(app)
    code = command.main(arguments, prog_name="qunsim", standalone_mode=False, obj=words)
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the command line; never returns."""
    shell.execute(_command, sys.argv[1:])
