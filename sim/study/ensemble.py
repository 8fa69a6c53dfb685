"""Many runs of one community: the same in any order, on any number of threads or machines.

A run depends on its task alone (draws are keyed), so results do not depend on who computes them,
when, or beside what. What fails becomes a row; what is finished when somebody interrupts is kept.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import FIRST_COMPLETED, CancelledError, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sim.study.simulate import Failure, Finished, Stopped, Task, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor, Future

    from sim.levers import Levers
    from sim.scenario import Scenario

_WAIT = 0.1  # seconds; a wait without end would not notice Ctrl-C on every system


class OnProgress(Protocol):
    """Told after every run how far an ensemble is."""

    def __call__(self, done: int, *, failed: int = 0) -> None:
        """``done`` runs have ended, ``failed`` of them without a result."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """What became of the runs, each tuple in order of replicates.

    Attributes:
        finished: Runs with a result.
        failures: Runs without.
        interrupted: Whether somebody stopped it before the rest was done.
    """

    finished: tuple[Finished, ...]
    failures: tuple[Failure, ...]
    interrupted: bool = False


def run_ensemble(
    scenario: Scenario,
    *,
    replicates: Iterable[int],
    seed: int,
    levers: Levers,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: OnProgress | None = None,
    keep: Callable[[Finished | Failure], None] | None = None,
) -> Ensemble:
    """Simulate replicates of one community over its horizon.

    Args:
        scenario: The community.
        replicates: Numbers of the replicates.
        seed: Seed of the experiment.
        levers: Planned levers over ``scenario.days``.
        jobs: Threads (kernels hold no lock); None = as many as there are processors.
        executor: Any other executor instead of threads: processes, a cluster. It is not shut down.
        progress: Told after every run.
        keep: Called with every run as soon as it has ended or failed, in that order, by the calling
            thread. What it raises ends the ensemble.

    Returns:
        Results in order of replicates. After ``KeyboardInterrupt`` those that were finished, with
        ``interrupted`` set; no later than half a second after it, unless kernels still compile.
    """
    tasks = [
        Task(scenario=scenario, seed=seed, replicate=number, levers=levers) for number in replicates
    ]
    own = executor is None
    stop = threading.Event()
    pool = executor or ThreadPoolExecutor(max_workers=jobs or processors())
    collector = _Collector(progress=progress, keep=keep)
    interrupted = False
    futures: dict[Future[Finished | Failure], Task] = {}
    # a stopping event does not travel to other processes: there, waiting runs are cancelled
    asked = (stop.is_set,) if own else ()
    try:
        for task in tasks:
            futures[pool.submit(simulate, task, *asked)] = task
        collector.collect(futures)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        stop.set()
        for future in futures:
            future.cancel()
        if own:
            pool.shutdown(wait=False, cancel_futures=True)
    return Ensemble(
        finished=tuple(sorted(collector.finished, key=lambda one: one.replicate)),
        failures=tuple(sorted(collector.failures, key=lambda one: one.replicate)),
        interrupted=interrupted,
    )


def processors() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class _Collector:
    """Takes results as they come."""

    def __init__(
        self, *, progress: OnProgress | None, keep: Callable[[Finished | Failure], None] | None
    ) -> None:
        self.finished: list[Finished] = []
        self.failures: list[Failure] = []
        self._progress = progress
        self._keep = keep

    def collect(self, futures: dict[Future[Finished | Failure], Task]) -> None:
        waiting = set(futures)
        while waiting:
            done, waiting = wait(waiting, timeout=_WAIT, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda one: futures[one].replicate):
                self._take(future, futures[future])
            if done and self._progress is not None:
                ended = len(self.finished) + len(self.failures)
                self._progress(ended, failed=len(self.failures))

    def _take(self, future: Future[Finished | Failure], task: Task) -> None:
        try:
            one = future.result()
        except (Stopped, CancelledError):
            return
        except Exception as error:  # noqa: BLE001  whatever it was, the other runs go on
            lines = f"{type(error).__name__}: {error}".splitlines()
            one = Failure(replicate=task.replicate, error=lines[0])
        if self._keep is not None:
            self._keep(one)
        if isinstance(one, Failure):
            self.failures.append(one)
        else:
            self.finished.append(one)
