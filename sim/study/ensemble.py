"""Many runs: the same in any order, on any number of threads, processes or machines.

A run depends on its task alone (draws are keyed), so results do not depend on who computes them,
when, or beside what. What fails becomes a row; what is finished when somebody interrupts is kept.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sim.study.simulate import Failure, Finished, Stopped, simulate
from sim.study.workers import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from sim.study.workers import Workers

_WAIT = 0.1  # seconds; a wait without end would not notice Ctrl-C on every system
_AHEAD = 4  # tasks handed out for each worker; more would only fill memory
_ONE_BY_ONE = 2  # breakdowns without a run between them, after which runs are tried singly
_HOPELESS = 6  # breakdowns without a run between them, after which nothing is tried any more


class Job(Protocol):
    """What is handed out: anything with a place of its own in the ensemble."""

    @property
    def place(self) -> tuple[str, int]:
        """Name and number; what becomes of it has them as ``variant`` and ``replicate``."""


class Progress(Protocol):
    """Told after every run how far an ensemble is."""

    def __call__(self, done: int, *, failed: int = 0) -> None:
        """``done`` runs have ended, ``failed`` of them without a result."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """What became of the runs, each tuple in the order of the tasks.

    Attributes:
        finished: Runs with a result.
        failures: Runs without.
        interrupted: Whether somebody stopped it before the rest was done.
    """

    finished: tuple[Finished, ...]
    failures: tuple[Failure, ...]
    interrupted: bool = False


def run_ensemble(
    tasks: Iterable[Job],
    *,
    crew: Workers | None = None,
    progress: Progress | None = None,
    keep: Callable[[Any], None] | None = None,
) -> Ensemble:
    """Simulate runs.

    Args:
        tasks: The runs, begun in this order.
        crew: Who computes; as many threads as there are processors by default.
        progress: Told after every run.
        keep: Called with every run as soon as it has ended or failed, by the calling thread. What
            it raises ends the ensemble.

    Returns:
        Results in order of the tasks. After ``KeyboardInterrupt`` those that were finished, with
        ``interrupted`` set; no later than half a second after it, unless kernels still compile.
    """
    asked = list(tasks)
    work = _Work(asked, crew or workers(), progress=progress, keep=keep)
    interrupted = False
    try:
        work.do()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        work.stop()
    places = {task.place: number for number, task in enumerate(asked)}
    ended = sorted(work.ended, key=lambda one: places[one.variant, one.replicate])
    return Ensemble(
        finished=tuple(one for one in ended if isinstance(one, Finished)),
        failures=tuple(one for one in ended if isinstance(one, Failure)),
        interrupted=interrupted,
    )


class _Work:
    """Hands out tasks and takes results; a crew that breaks down is called together again."""

    def __init__(
        self,
        tasks: Sequence[Job],
        crew: Workers,
        *,
        progress: Progress | None,
        keep: Callable[[Any], None] | None,
    ) -> None:
        self.ended: list[Any] = []
        self._waiting = deque(tasks)
        self._crew, self._progress, self._keep = crew, progress, keep
        self._failed = self._breakdowns = 0
        self._out: dict[Future[Any], Job] = {}
        self._stop = threading.Event()
        self._pool: Executor | None = None
        # a stopping event does not travel to other processes: there, waiting runs are cancelled
        self._asked = (self._stop.is_set,) if crew.here else ()

    def do(self) -> None:
        """Compute everything."""
        while self._waiting or self._out:
            try:
                if self._pool is None:
                    self._pool = self._crew.hire()
                with _ctrl_c_held_back():
                    self._hand_out(self._pool)
                    done, _ = wait(self._out, timeout=_WAIT, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._take(future)
                if not done:
                    self._crew.mind(self._pool)
            except BrokenExecutor as error:
                self._call_together(error)
                continue
            if done and self._progress is not None:
                self._progress(len(self.ended), failed=self._failed)

    def stop(self) -> None:
        """Give up what is not finished."""
        self._stop.set()
        for future in self._out:
            future.cancel()
        self._dismiss()

    def _hand_out(self, pool: Executor) -> None:
        work: Callable[..., Any] = self._crew.work or simulate
        most = _AHEAD * self._crew.count if self._breakdowns < _ONE_BY_ONE else 1
        while self._waiting and len(self._out) < most:
            task = self._waiting[0]
            self._out[pool.submit(work, task, *self._asked)] = task
            self._waiting.popleft()

    def _take(self, future: Future[Any]) -> None:
        task = self._out[future]
        try:
            one = future.result()
        except BrokenExecutor:
            raise
        except CancelledError as error:  # not by us: a cluster that has lost its scheduler
            raise BrokenExecutor(str(error) or "cancelled") from error
        except Stopped:
            del self._out[future]
            return
        except Exception as error:  # noqa: BLE001  whatever it was, the other runs go on
            one = _failed(task, error)
        del self._out[future]
        self._breakdowns = 0
        self._end(one)

    def _end(self, one: Any) -> None:
        if self._keep is not None:
            self._keep(one)
        self.ended.append(one)
        self._failed += isinstance(one, Failure)

    def _call_together(self, error: BrokenExecutor) -> None:
        """A worker died and the others with it: their runs are begun again by a new crew.

        If that happens again and again, runs are tried one by one, so that the one that kills its
        worker fails alone.
        """
        self._breakdowns += 1
        for future in [one for one in self._out if _ended_well(one)]:
            self._take(future)
        lost = sorted(self._out.values(), key=lambda task: task.place[1])
        self._out.clear()
        self._dismiss()
        if self._breakdowns >= _HOPELESS:
            lost += self._waiting
            self._waiting.clear()
        elif len(lost) > 1 or self._breakdowns <= _ONE_BY_ONE:
            self._waiting.extendleft(reversed(lost))
            return
        for task in lost:
            self._end(_failed(task, error))

    def _dismiss(self) -> None:
        if self._pool is not None:
            self._crew.dismiss(self._pool)
        self._pool = None


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Ctrl-C is raised at the end.

    Waiting takes the lock of every future. Interrupted while it does, it would leave some of them
    locked, and who cancels these later, as Dask's own thread does, would wait for ever.
    """
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield  # nobody is interrupted here
        return
    asked: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if asked:
            usual(signal.SIGINT, None)


def _ended_well(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _failed(task: Job, error: Exception) -> Failure:
    lines = f"{type(error).__name__}: {error}".splitlines()
    name, replicate = task.place
    return Failure(variant=name, replicate=replicate, error=lines[0])
