"""Who computes: threads of this process (kernels hold no lock), other processes, or a cluster."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from sim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

THREADS, PROCESSES = "threads", "processes"
_CLUSTER = ("tcp://", "tls://", "ucx://", "ws://", "wss://", "inproc://")
_PATIENCE = 10  # seconds to wait for a cluster to answer


@dataclass(frozen=True, kw_only=True)
class Workers:
    """A crew that can be called together again if it breaks down.

    Attributes:
        hire: Makes an executor.
        count: Runs that it computes at once.
        here: Whether it works in this process, where it can be told to stop half-way.
        ours: Whether the executor is to be shut down afterwards.
    """

    hire: Callable[[], Executor]
    count: int
    here: bool = False
    ours: bool = True


def workers(scheduler: str | None = None, *, jobs: int | None = None) -> Workers:
    """The crew that a user named.

    Args:
        scheduler: ``threads`` (by default), ``processes``, or the address of a Dask scheduler such
            as ``tcp://10.0.0.1:8786``.
        jobs: Threads or processes; None = as many as there are processors. A cluster has as many
            as it has.

    Raises:
        UserError: ``wrong_form``/``scheduler``; ``missing_extra``/``extra``;
            ``not_found``/``scheduler`` if no scheduler answers at the address.
    """
    count = jobs or processors()
    if scheduler in (None, THREADS):
        hire: Callable[[], Executor] = partial(ThreadPoolExecutor, max_workers=count)
        return Workers(hire=hire, count=count, here=True)
    if scheduler == PROCESSES:
        return Workers(hire=partial(_processes, count), count=count)
    if str(scheduler).startswith(_CLUSTER):
        return _cluster(str(scheduler))
    raise UserError(
        "wrong_form", "scheduler", value=scheduler, choices=[THREADS, PROCESSES, "tcp://HOST:PORT"]
    )


def given(executor: Executor) -> Workers:
    """Somebody's own executor: it is used as it is and not shut down."""
    return Workers(hire=lambda: executor, count=processors(), ours=False)


def processors() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _processes(count: int) -> Executor:
    # not forked: a fork of a process with threads may hang
    return ProcessPoolExecutor(
        max_workers=count, mp_context=get_context("spawn"), initializer=_leave_ctrl_c_to_the_parent
    )


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cluster(address: str) -> Workers:
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError("missing_extra", "extra", extra="dask", package="distributed") from error
    try:
        client: Any = Client(address, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError("not_found", "scheduler", value=address) from error
    threads = sum(client.nthreads().values())
    # pure: the same run twice is the same run; a lost worker's runs go to the others
    hire = partial(client.get_executor, pure=False, retries=3)
    return Workers(hire=hire, count=max(1, threads))
