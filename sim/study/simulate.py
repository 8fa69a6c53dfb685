"""One run of a study: levers in, record and KPIs out. It runs in any thread, process or cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def kpi_parameters(scenario: Scenario) -> KpiParameters:
    """What the measuring depends on, as the scenario has it."""
    return KpiParameters(
        stage=StageParameters(**dict(scenario.stage)),
        discount_rate=scenario.finance.discount_rate,
        hour_value=scenario.owner.hour_value,
    )


def simulate(task: Task, stopping: Callable[[], bool] | None = None) -> Finished:
    """Simulate one run from day 0 to its horizon and measure it.

    Args:
        task: The run.
        stopping: Asked now and then whether to give up; results do not depend on it.

    Raises:
        Stopped: It said yes.
    """
    from sim.simulation import Run  # loads the compiler

    run = Run.start(
        task.scenario, seed=task.seed, replicate=task.replicate, days=task.scenario.days,
        levers=task.levers,
    )  # fmt: skip
    while run.day < run.days:
        if stopping is not None and stopping():
            raise Stopped
        members = max(1, len(run.members.rows))
        run.advance(None if stopping is None else run.day + max(1, MEMBER_DAYS // members))
    record = run.record()
    return Finished(
        replicate=task.replicate,
        record=record,
        kpis=run_kpis(record, parameters=kpi_parameters(task.scenario)),
    )
