"""``qunsim ui``: the local web application."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.verbs.options import Lang, Quiet, end, option


def ui(
    ctx: typer.Context,
    host: Annotated[str, option("--host", "where", "H")] = "127.0.0.1",
    port: Annotated[int, option("--port", "where", "P")] = 8765,
    token: Annotated[str | None, option("--token", "where", "TEXT")] = None,
    out: Annotated[Path, option("--out", "where", "DIR", about="ui_out")] = Path("results/ui"),
    jobs: Annotated[int | None, option("--jobs", "much", "J", about="ui_jobs")] = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Show the web page."""
    from sim.commands.web import AskedServer, ui_command

    asked = AskedServer(host=host, port=port, token=token, data=out, jobs=jobs, quiet=quiet)
    end(ui_command(asked, words=ctx.obj))
