"""``qunsim import``, ``describe``, ``fit`` and ``forecast``: real communities."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.verbs.options import (
    AsJson,
    Events,
    Jobs,
    Lang,
    Out,
    Quiet,
    Seed,
    argument,
    end,
    option,
)

EVENTS_FILE = Path("events.csv.gz")
BACKTEST = Path("results/backtest")
COMMUNITY = Path("community.toml")

Until = Annotated[str | None, option("--until", "what", "DATE")]


def import_(
    ctx: typer.Context,
    files: Annotated[list[Path] | None, argument("files", "FILE...")] = None,
    form: Annotated[str | None, option("--format", "what", "FORMAT")] = None,
    tz: Annotated[str | None, option("--tz", "what", "TZ", about="import_tz")] = None,
    out: Annotated[Path, option("--out", "where", "FILE", about="events_out")] = EVENTS_FILE,
    keep_names: Annotated[bool, option("--keep-names", "what")] = False,
    formats: Annotated[bool, option("--formats", "look")] = False,
    lang: Lang = None,
) -> None:
    """Merge chat exports into one event file."""
    from sim.commands import logs

    if formats:
        logs.formats(words=ctx.obj)
    else:
        logs.import_command(
            files or [], form=form, tz=tz, out=out, keep_names=keep_names, words=ctx.obj
        )


def describe(
    ctx: typer.Context,
    events: Events,
    tz: Annotated[str, option("--tz", "what", "TZ", about="describe_tz")] = "UTC",
    out: Annotated[Path | None, option("--out", "where", "DIR", about="describe_out")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show what kind of community a log is of."""
    from sim.commands.describe import AskedPortrait, describe_command

    asked = AskedPortrait(events=events, tz=tz, out=out, as_json=as_json)
    describe_command(asked, words=ctx.obj)


def fit(
    ctx: typer.Context,
    events: Events,
    until: Until = None,
    shocks: Annotated[
        list[str] | None, option("--shock", "what", "DATE:NAME", about="past_shock")
    ] = None,
    out: Annotated[Path, option("--out", "where", "FILE", about="community_out")] = COMMUNITY,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Fit a scenario to a real community."""
    from sim.commands.fit import AskedFit, fit_command

    asked = AskedFit(
        events=events, out=out, until=until, shocks=tuple(shocks or ()), quiet=quiet,
        as_json=as_json,
    )  # fmt: skip
    fit_command(asked, words=ctx.obj)


def forecast(
    ctx: typer.Context,
    events: Events,
    target: Annotated[str, option("--target", "what", "TARGET")] = "activity",
    until: Until = None,
    shocks: Annotated[
        list[str] | None, option("--shock", "what", "DATE:NAME|SIZE", about="shock")
    ] = None,
    weeks: Annotated[int, option("--weeks", "much", "H")] = 26,
    replicates: Annotated[int, option("--replicates", "much", "R", about="futures")] = 300,
    seed: Seed = 0,
    jobs: Jobs = None,
    out: Out = None,
    checked: Annotated[Path | None, option("--checked", "where", "DIR")] = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Forecast a real community."""
    from sim.commands.forecast import forecast_command
    from sim.commands.forecast_asked import AskedForecast

    asked = AskedForecast(
        events=events, until=until, weeks=weeks, out=out, replicates=replicates, seed=seed,
        jobs=jobs, checked=checked, quiet=quiet, shocks=tuple(shocks or ()), target=target,
    )  # fmt: skip
    end(forecast_command(asked, words=ctx.obj))


def backtest(
    ctx: typer.Context,
    events: Annotated[list[Path], argument("events", "EVENTS...")],
    target: Annotated[str, option("--target", "what", "TARGET", about="score_target")] = "activity",
    origins: Annotated[str, option("--origins", "what", "SHARES")] = "0.5,0.75",
    weeks: Annotated[int, option("--weeks", "much", "H")] = 26,
    replicates: Annotated[int, option("--replicates", "much", "R", about="futures")] = 300,
    seed: Seed = 0,
    jobs: Jobs = None,
    out: Annotated[Path, option("--out", "where", "DIR", about="backtest_out")] = BACKTEST,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Check how well forecasts would have done."""
    from sim.commands.backtest import AskedBacktest, backtest_command

    asked = AskedBacktest(
        events=events, origins=origins, weeks=weeks, replicates=replicates, seed=seed, jobs=jobs,
        out=out, quiet=quiet, as_json=as_json, target=target,
    )  # fmt: skip
    end(backtest_command(asked, words=ctx.obj))
