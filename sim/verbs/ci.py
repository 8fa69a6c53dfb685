"""``qunsim ci``: did a change alter what the simulation says?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.commands import shell
from sim.commands.help import Verb, Verbs
from sim.verbs.options import AsJson, Jobs, Lang, Quiet, argument, end, option

ci_app = typer.Typer(cls=Verbs, help="ci", rich_markup_mode=None)

SUITE = "experiments/ci/suite.toml"
Suite = Annotated[str, argument("suite", "[SUITE.toml]")]
Baseline = Annotated[Path | None, option("--baseline", "where", "FILE")]
Out = Annotated[Path, option("--out", "where", "DIR", about="ci_out")]
Fresh = Annotated[bool, option("--fresh", "much")]
Seed = Annotated[int | None, option("--seed", "much", "S", about="ci_seed")]
Budget = Annotated[float | None, option("--budget", "much", "SECONDS", about="ci_budget")]
RESULTS = Path("results/ci")


@ci_app.callback(invoke_without_command=True)
def ci(ctx: typer.Context, lang: Lang = None) -> None:
    """Checks of the model against a baseline."""
    if ctx.invoked_subcommand is None:
        shell.say([ctx.get_help().rstrip()])


@ci_app.command("record", cls=Verb, help="ci_record")
def record(
    ctx: typer.Context,
    suite: Suite = SUITE,
    baseline: Baseline = None,
    jobs: Jobs = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Record the first baseline."""
    from sim.commands.ci import record_command

    end(record_command(suite, baseline=baseline, jobs=jobs, quiet=quiet, words=ctx.obj))


@ci_app.command("check", cls=Verb, help="ci_check")
def check(
    ctx: typer.Context,
    suite: Suite = SUITE,
    baseline: Baseline = None,
    fresh: Fresh = False,
    seed: Seed = None,
    budget: Budget = None,
    jobs: Jobs = None,
    junit: Annotated[Path | None, option("--junit", "where", "FILE")] = None,
    markdown: Annotated[Path | None, option("--markdown", "where", "FILE")] = None,
    out: Out = RESULTS,
    annotations: Annotated[bool, option("--annotations", "look")] = False,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Hold the model against the baseline."""
    from sim.commands.ci import AskedCheck, check_command

    asked = AskedCheck(
        suite=suite, baseline=baseline, fresh=fresh, seed=seed, budget=budget, jobs=jobs,
        junit=junit, markdown=markdown, out=out, annotations=annotations, quiet=quiet,
        as_json=as_json,
    )  # fmt: skip
    end(check_command(asked, words=ctx.obj))


@ci_app.command("diff", cls=Verb, help="ci_diff")
def diff(
    ctx: typer.Context,
    suite: Suite = SUITE,
    baseline: Baseline = None,
    fresh: Fresh = False,
    seed: Seed = None,
    budget: Budget = None,
    jobs: Jobs = None,
    out: Out = RESULTS,
    lang: Lang = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Show every KPI before and now."""
    from sim.commands.ci import AskedCheck, check_command

    asked = AskedCheck(
        suite=suite, baseline=baseline, fresh=fresh, seed=seed, budget=budget, jobs=jobs, out=out,
        quiet=quiet, as_json=as_json, everything=True,
    )  # fmt: skip
    end(check_command(asked, words=ctx.obj))


@ci_app.command("accept", cls=Verb, help="ci_accept")
def accept(
    ctx: typer.Context,
    suite: Suite = SUITE,
    reason: Annotated[str, option("--reason", "what", "TEXT")] = "",
    baseline: Baseline = None,
    jobs: Jobs = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Accept a change."""
    from sim.commands.ci import accept_command

    end(
        accept_command(
            suite, reason=reason, baseline=baseline, jobs=jobs, quiet=quiet, words=ctx.obj
        )
    )
