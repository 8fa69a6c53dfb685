"""``qunsim sensitivity`` and ``discover``: studies of many runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.verbs.options import (
    AsJson,
    Days,
    Jobs,
    Lang,
    Out,
    Quiet,
    RetryFailed,
    Scheduler,
    Seed,
    argument,
    end,
    option,
)


def sensitivity(
    ctx: typer.Context,
    study: Annotated[Path, argument("sensitivity", "STUDY")],
    assignments: Annotated[list[str] | None, option("--set", "what", "path=value")] = None,
    method: Annotated[str | None, option("--method", "what", "METHOD")] = None,
    factors: Annotated[str | None, option("--factors", "what", "A,B")] = None,
    outputs: Annotated[str | None, option("--outputs", "what", "Y,Z")] = None,
    count: Annotated[int | None, option("--n", "much", "N")] = None,
    replicates: Annotated[
        int | None, option("--replicates", "much", "R", about="point_replicates")
    ] = None,
    days: Days = None,
    seed: Annotated[int | None, option("--seed", "much", "S")] = None,
    shard: Annotated[str | None, option("--shard", "much", "I/N")] = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    retry_failed: RetryFailed = False,
    dry_run: Annotated[bool, option("--dry-run", "much")] = False,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Say which uncertain values decide."""
    from sim.commands.sensitivity import AskedSensitivity, sensitivity_command

    asked = AskedSensitivity(
        source=study, method=method, count=count, replicates=replicates, days=days, seed=seed,
        assignments=tuple(assignments or ()), shard=shard, out=out, jobs=jobs,
        scheduler=scheduler, retry_failed=retry_failed, dry_run=dry_run, quiet=quiet,
        as_json=as_json, factors=factors, outputs=outputs,
    )  # fmt: skip
    end(sensitivity_command(asked, words=ctx.obj))


def discover(
    ctx: typer.Context,
    folder: Annotated[Path, argument("study_folder", "DIR")],
    where: Annotated[str, option("--where", "what", "CONDITION")],
    arm: Annotated[str | None, option("--arm", "what", "NAME")] = None,
    seed: Seed = 0,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Say where something goes wrong."""
    from sim.commands.discover import AskedDiscovery, discover_command

    asked = AskedDiscovery(
        folder=folder, where=where, arm=arm, seed=seed, quiet=quiet, as_json=as_json
    )
    discover_command(asked, words=ctx.obj)
