"""``qunsim presets``, ``policies`` and ``glossary``: what there is, and on what grounds."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.commands.help import Verb, Verbs
from sim.verbs.options import (
    AsJson,
    Lang,
    argument,
)

presets_app = typer.Typer(cls=Verbs, help="presets", rich_markup_mode=None)


@presets_app.callback(invoke_without_command=True)
def presets(ctx: typer.Context, as_json: AsJson = False, lang: Lang = None) -> None:
    """List the kinds of community."""
    from sim.commands import catalogue

    if ctx.invoked_subcommand is None:
        catalogue.presets(words=ctx.obj, as_json=as_json)


@presets_app.command("show", cls=Verb, help="presets_show")
def show_preset(
    ctx: typer.Context,
    name: Annotated[str, argument("preset", "NAME")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what one community assumes, and on what grounds."""
    from sim.commands import presets

    presets.show_preset(name, words=ctx.obj, as_json=as_json)


policies_app = typer.Typer(cls=Verbs, help="policies", rich_markup_mode=None)


@policies_app.callback(invoke_without_command=True)
def policies(ctx: typer.Context, as_json: AsJson = False, lang: Lang = None) -> None:
    """List what operators can do."""
    from sim.commands import catalogue

    if ctx.invoked_subcommand is None:
        catalogue.policies(words=ctx.obj, as_json=as_json)


@policies_app.command("show", cls=Verb, help="policies_show")
def show_policy(
    ctx: typer.Context,
    key: Annotated[str, argument("policy", "POLICY")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what one policy is."""
    from sim.commands import catalogue

    catalogue.show_policy(key, words=ctx.obj, as_json=as_json)


def glossary(
    ctx: typer.Context,
    term: Annotated[str | None, argument("term", "TERM")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what the words of the field mean."""
    from sim.commands.glossary import glossary as tell

    tell(term, words=ctx.obj, as_json=as_json)
