"""One run of a study: a variant and its luck in, trace and KPIs out, in any thread or process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.metrics import KpiParameters, StageParameters, run_kpis
from sim.study.trace import pack, trace_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.metrics import Value
    from sim.record import RunRecord
    from sim.scenario import Scenario
    from sim.simulation import Run
    from sim.study.trace import Trace
    from sim.study.variant import Variant

MEMBER_DAYS = 5_000_000
"""Member-days between two looks at whether somebody wants to stop: under half a second."""


class Stopped(Exception):  # noqa: N818  nothing went wrong
    """A run that was given up because somebody asked to stop."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Everything that determines one run.

    Attributes:
        variant: The community, its policies and how it begins.
        seed: Seed of the experiment.
        replicate: Number of the replicate.
        whole: Whether its whole record is wanted, members included.
    """

    variant: Variant
    seed: int
    replicate: int
    whole: bool = True

    @property
    def place(self) -> tuple[str, int]:
        """Name of the variant and number of the replicate."""
        return self.variant.name, self.replicate


@dataclass(frozen=True, kw_only=True)
class Finished:
    """One run that came to its end.

    Attributes:
        variant: Name of its variant.
        replicate: Number of the replicate.
        kpis: Its KPIs.
        trace: What is kept of every run.
        packed: Trace and KPIs as the journal has them.
        record: All that it left behind; None = was not asked for.
    """

    variant: str
    replicate: int
    kpis: dict[str, Value]
    trace: Trace
    packed: str
    record: RunRecord | None = None


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A run without a result.

    Attributes:
        variant: Name of its variant.
        replicate: Number of the replicate.
        error: What went wrong, one line.
        policy: Name of the policy that failed; empty = something else did.
        day: Day on whose morning it failed; None = not known.
        trace: What the days before it left behind; None = nothing.
    """

    variant: str
    replicate: int
    error: str
    policy: str = ""
    day: int | None = None
    trace: Trace | None = None


def kpi_parameters(scenario: Scenario) -> KpiParameters:
    """What the measuring depends on, as the scenario has it."""
    return KpiParameters(
        stage=StageParameters(**dict(scenario.stage)),
        discount_rate=scenario.finance.discount_rate,
        hour_value=scenario.owner.hour_value,
    )


def to_the_end(run: Run, stopping: Callable[[], bool] | None = None) -> None:
    """Simulate a run to its horizon.

    Args:
        run: The run.
        stopping: Asked now and then whether to give up; results do not depend on it.

    Raises:
        Stopped: It said yes.
        UserError: ``policy_failed``.
    """
    while run.day < run.days:
        if stopping is not None and stopping():
            raise Stopped
        members = max(1, len(run.members.rows))
        run.advance(None if stopping is None else run.day + max(1, MEMBER_DAYS // members))


def simulate(task: Task, stopping: Callable[[], bool] | None = None) -> Finished | Failure:
    """Simulate one run from its first morning to its horizon and measure it.

    Args:
        task: The run.
        stopping: Asked now and then whether to give up; results do not depend on it.

    Returns:
        The run; if a policy failed, the days before.

    Raises:
        Stopped: It said yes.
    """
    name, replicate = task.place
    run = task.variant.start(seed=task.seed, replicate=replicate)
    first = run.day
    try:
        to_the_end(run, stopping)
    except UserError as error:
        if error.kind != "policy_failed":
            raise
        return Failure(
            variant=name, replicate=replicate, error=str(error.values["detail"]),
            policy=str(error.values["policy"]), day=run.day - first,
            trace=trace_of(run.record()) if run.day > first else None,
        )  # fmt: skip
    record = run.record()
    kpis = run_kpis(record, parameters=kpi_parameters(task.variant.scenario))
    trace = trace_of(record)
    return Finished(
        variant=name, replicate=replicate, kpis=kpis, trace=trace, packed=pack(trace, kpis),
        record=record if task.whole else None,
    )  # fmt: skip
