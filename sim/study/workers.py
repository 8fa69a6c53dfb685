"""Who computes: threads of this process (kernels hold no lock), other processes, or a cluster."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Any

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

THREADS, PROCESSES = "threads", "processes"
_NOTICED = 2.0  # seconds in which the death of a process is noticed, if it is
_CLUSTER = ("tcp://", "tls://", "ucx://", "ws://", "wss://", "inproc://")


def _dismissed(executor: Executor) -> None:
    # processes with nothing to do end at once; left alone, they would leave semaphores behind
    idle = isinstance(executor, _Processes) and not executor.out
    executor.shutdown(wait=idle, cancel_futures=True)


def _minded(executor: Executor) -> None:
    if isinstance(executor, _Processes):
        executor.mind()


def _nothing(*_: object) -> None:
    """Leave it as it is."""


@dataclass(frozen=True, kw_only=True)
class Workers:
    """A crew that can be called together again if it breaks down.

    Attributes:
        hire: Makes an executor.
        count: Runs that it computes at once.
        here: Whether it works in this process, where it can be told to stop half-way.
        dismiss: Lets an executor go without waiting for what it still does.
        mind: Looks after an executor of which nothing has ended for a moment.
        close: Ends the crew, when no executor will be hired any more.
        work: What is done with a task; None = ``sim.study.simulate.simulate``.
    """

    hire: Callable[[], Executor]
    count: int
    here: bool = False
    dismiss: Callable[[Executor], None] = _dismissed
    mind: Callable[[Executor], None] = _minded
    close: Callable[[], None] = _nothing
    work: Callable[..., Any] | None = None


def workers(
    scheduler: str | None = None, *, jobs: int | None = None, executor: Executor | None = None
) -> Workers:
    """The crew that a user named.

    Args:
        scheduler: ``threads`` (by default), ``processes``, or the address of a Dask scheduler such
            as ``tcp://10.0.0.1:8786``.
        jobs: Threads or processes; None = as many as there are processors. A cluster has as many
            as it has.
        executor: Somebody's own executor instead: it is used as it is and not shut down.

    Raises:
        UserError: ``wrong_form``/``scheduler``; as ``sim.study.cluster.connect``.
    """
    if executor is not None:
        return Workers(hire=lambda: executor, count=processors(), dismiss=_nothing)
    count = jobs or processors()
    if scheduler in (None, THREADS):
        hire: Callable[[], Executor] = partial(ThreadPoolExecutor, max_workers=count)
        return Workers(hire=hire, count=count, here=True)
    if scheduler == PROCESSES:
        return Workers(hire=partial(_processes, count), count=count)
    if str(scheduler).startswith(_CLUSTER):
        from sim.study.cluster import Cluster

        cluster = Cluster.connect(str(scheduler))
        return Workers(
            hire=cluster.hire, count=cluster.threads, dismiss=cluster.dismiss,
            close=cluster.close, work=cluster.work,
        )  # fmt: skip
    raise UserError(
        "wrong_form", "scheduler", value=scheduler, choices=[THREADS, PROCESSES, "tcp://HOST:PORT"]
    )


def processors() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class _Processes(ProcessPoolExecutor):
    """Processes that leave Ctrl-C to this one and do not outlive it.

    Attributes:
        out: What has been asked of them and is not done.
        missed: Since when one of them is seen to be dead, monotonic seconds; None = all live.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.out: set[Future[Any]] = set()
        self.missed: float | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with _ctrl_c_waits():  # children are begun here and inherit what is held back
            future = super().submit(fn, *args, **kwargs)
        self.out.add(future)
        future.add_done_callback(self.out.discard)
        return future

    def mind(self) -> None:
        """Break down if one is dead and nobody noticed.

        Killed while it sent a result, it leaves the thread that reads results waiting for the rest
        of it, which would never ask who has died. Without any other end of the pipe it reads the
        end, and tells.
        """
        processes = list((self._processes or {}).values())
        if all(one.is_alive() for one in processes):
            self.missed = None
            return
        if self.missed is None:
            self.missed = time.monotonic()
        if time.monotonic() - self.missed > _NOTICED:
            for one in processes:
                one.kill()
            results: Any = self._result_queue
            results._writer.close()  # noqa: SLF001  nothing public closes this end alone


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processes(count: int) -> Executor:
    # not forked: a fork of a process with threads may hang
    return _Processes(max_workers=count, mp_context=get_context("spawn"), initializer=_in_a_child)


def _in_a_child() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """End at once when the parent does: a killed parent cannot say that there is no more work."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
