"""One run of a study: levers in, record and KPIs out. It runs in any thread, process or cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.metrics import KpiParameters, StageParameters, run_kpis

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.levers import Levers
    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.scenario import Scenario

MEMBER_DAYS = 5_000_000
"""Member-days between two looks at whether somebody wants to stop: under half a second."""


class Stopped(Exception):  # noqa: N818  nothing went wrong
    """A run that was given up because somebody asked to stop."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Everything that determines one run.

    Attributes:
        scenario: The community; its policies are in ``levers`` already.
        seed: Seed of the experiment.
        replicate: Number of the replicate.
        levers: Planned levers over the horizon ``scenario.days``; shared by runs, never written.
    """

    scenario: Scenario
    seed: int
    replicate: int
    levers: Levers


@dataclass(frozen=True, kw_only=True)
class Finished:
    """One run that came to its end.

    Attributes:
        replicate: Number of the replicate.
        record: What it left behind.
        kpis: Its KPIs.
    """

    replicate: int
    record: RunRecord
    kpis: dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A run without a result.

    Attributes:
        replicate: Number of the replicate.
        error: What went wrong, one line.
        policy: Name of the policy that failed; empty = something else did.
        day: Day on whose morning it failed; None = not known.
        record: What the days before it left behind; None = nothing.
    """

    replicate: int
    error: str
    policy: str = ""
    day: int | None = None
    record: RunRecord | None = None


def kpi_parameters(scenario: Scenario) -> KpiParameters:
    """What the measuring depends on, as the scenario has it."""
    return KpiParameters(
        stage=StageParameters(**dict(scenario.stage)),
        discount_rate=scenario.finance.discount_rate,
        hour_value=scenario.owner.hour_value,
    )


def simulate(task: Task, stopping: Callable[[], bool] | None = None) -> Finished | Failure:
    """Simulate one run from day 0 to its horizon and measure it.

    Args:
        task: The run.
        stopping: Asked now and then whether to give up; results do not depend on it.

    Returns:
        The run; if a policy failed, the days before.

    Raises:
        Stopped: It said yes.
    """
    from sim.simulation import Run  # loads the compiler

    run = Run.start(
        task.scenario, seed=task.seed, replicate=task.replicate, days=task.scenario.days,
        levers=task.levers,
    )  # fmt: skip
    try:
        while run.day < run.days:
            if stopping is not None and stopping():
                raise Stopped
            members = max(1, len(run.members.rows))
            run.advance(None if stopping is None else run.day + max(1, MEMBER_DAYS // members))
    except UserError as error:
        if error.kind != "policy_failed":
            raise
        return Failure(
            replicate=task.replicate, error=str(error.values["detail"]),
            policy=str(error.values["policy"]), day=run.day,
            record=run.record() if run.day else None,
        )  # fmt: skip
    record = run.record()
    return Finished(
        replicate=task.replicate,
        record=record,
        kpis=run_kpis(record, parameters=kpi_parameters(task.scenario)),
    )
