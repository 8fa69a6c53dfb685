"""Options and arguments that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def option(name: str, group: str, metavar: str | None = None, *, about: str = "") -> Any:
    """An option of a group; its text is in the catalogue of words under ``about`` or its name."""
    key = f"cli.opt_{about or name.lstrip('-').replace('-', '_')}"
    return typer.Option(name, help=key, rich_help_panel=group, metavar=metavar)


def argument(key: str, metavar: str) -> Any:
    """An argument; its text is in the catalogue of words under its key."""
    return typer.Argument(help=f"cli.arg_{key}", rich_help_panel="what", metavar=metavar)


Days = Annotated[int | None, option("--days", "much", "N")]
Replicates = Annotated[int, option("--replicates", "much", "R")]
Seed = Annotated[int, option("--seed", "much", "S")]
Jobs = Annotated[int | None, option("--jobs", "much", "J")]
Scheduler = Annotated[str | None, option("--scheduler", "much", "threads|processes|tcp://...")]
RetryFailed = Annotated[bool, option("--retry-failed", "much")]
Out = Annotated[Path | None, option("--out", "where", "DIR")]
Lang = Annotated[str | None, option("--lang", "look", "en|zh")]
Quiet = Annotated[bool, option("--quiet", "look")]
Begins = Annotated[Path | None, option("--from", "what", "FILE", about="begins")]
Events = Annotated[Path, argument("events", "EVENTS")]
AsJson = Annotated[bool, option("--json", "look")]


def end(code: int) -> None:
    """Leave with an exit code, unless all went well."""
    if code:
        raise typer.Exit(code)
