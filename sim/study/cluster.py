"""Runs on a Dask cluster: every worker has to have the same code, any of them may be lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.study.provenance import code_digest
from sim.study.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

_PATIENCE = 10  # seconds to wait for a scheduler, and for its first worker
_RETRIES = 3  # of a run that ended in an error on one worker, on another
_FEWEST = 16  # runs handed out at least for each look, as workers may join later


class OtherCodeError(RuntimeError):
    """A worker that joined later has other code than the process that asks."""


def simulate_alike(code: str, task: Any, *, work: Callable[[Any], Any] = simulate) -> Any:
    """Do a task, usually to simulate a run, where the code is the same as where it was asked for.

    Args:
        code: Digest of the code there.
        task: The run.
        work: What is done with it.

    Raises:
        OtherCodeError: It is not.
    """
    if code_digest() != code:
        raise OtherCodeError(f"code {code_digest()[:8]} instead of {code[:8]}")
    return work(task)


class Cluster:
    """A connection to a Dask scheduler.

    Attributes:
        threads: Runs computed at once.
        work: What workers do with a task.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self.threads = max(_FEWEST, sum(client.nthreads().values()))
        self.work = partial(simulate_alike, code_digest())

    @classmethod
    def connect(cls, address: str) -> Cluster:
        """The cluster of a scheduler.

        Raises:
            UserError: ``missing_extra``/``extra``; ``not_found``/``scheduler`` if no scheduler
                answers at the address, ``not_found``/``workers`` if it has no workers,
                ``contradiction``/``worker_code`` if one of them has other code or none.
        """
        client = _client(address)
        try:
            _check(client, address, code=code_digest())
        except BaseException:
            client.close(timeout=1)
            raise
        return cls(client, address)

    def hire(self) -> Executor:
        """An executor; the connection is made again if it was lost.

        Raises:
            UserError: As :meth:`connect`.
        """
        if self._client.status != "running":
            self._client.close(timeout=1)
            self._client = _client(self._address)
            _check(self._client, self._address, code=code_digest())
        # each run is a task of its own, however alike; a lost worker's go to the others
        executor: Executor = self._client.get_executor(pure=False, retries=_RETRIES)
        return executor

    @staticmethod
    def dismiss(executor: Executor) -> None:
        """Cancel what is not finished."""
        executor.shutdown(wait=False)

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close(timeout=1)


def _client(address: str) -> Any:
    try:
        import distributed
    except ImportError as error:
        raise UserError("missing_extra", "extra", extra="dask", package="distributed") from error
    make: Any = distributed.Client
    try:
        return make(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError("not_found", "scheduler", value=address) from error


def _check(client: Any, address: str, *, code: str) -> None:
    """Refuse a cluster without workers, or with one that would simulate something else."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise UserError("not_found", "workers", value=address) from error
    try:
        codes = set(client.run(code_digest).values())
    except Exception as error:
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        raise UserError("contradiction", "worker_code", value=address, detail=detail) from error
    if other := codes - {code}:
        detail = f"{min(other)[:8]} / {code[:8]}"
        raise UserError("contradiction", "worker_code", value=address, detail=detail)
