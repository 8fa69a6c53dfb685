"""Worker processes: begun ahead of time, given one task at a time, killed to stop one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

_LONGEST_LINE = 4_000_000


@dataclass(eq=False)
class Worker:
    """One worker process.

    Attributes:
        process: The process.
        ready: Set when it has loaded (and, once, compiled) everything.
        killed: Whether it was ended; what it said last is not heard any more.
    """

    process: asyncio.subprocess.Process
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    killed: bool = False

    async def wait_ready(self) -> bool:
        """Wait until it is ready; False if it ended before."""
        if self.ready.is_set():
            return True
        message = await self._read()
        if message is None or "ready" not in message:
            return False
        self.ready.set()
        return True

    async def do(self, order: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """Have a task done; yields its messages, the last of which has ``end``.

        If the process ends before, no message with ``end`` comes.
        """
        assert self.process.stdin is not None
        with contextlib.suppress(ConnectionError):
            self.process.stdin.write(json.dumps(order).encode() + b"\n")
            await self.process.stdin.drain()
        while (message := await self._read()) is not None:
            yield message
            if "end" in message:
                return

    async def _read(self) -> dict[str, Any] | None:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if self.killed:
            return None
        try:
            message = json.loads(line)
        except ValueError:  # it ended, perhaps in the middle of a line
            return None
        return message if isinstance(message, dict) else None

    def kill(self) -> None:
        """End it now, with everything that it began."""
        self.killed = True
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Crew:
    """Workers that wait for tasks.

    One is always begun ahead, so that a task need not wait until Python has loaded.

    Args:
        log: File for what workers print on standard error.
        memory_mb: Megabytes that each may use.
    """

    def __init__(self, log: Path, *, memory_mb: int) -> None:
        self._log, self._memory_mb = log, memory_mb
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._first = asyncio.Lock()
        self.warm = False

    async def begin(self) -> Worker:
        """Begin a process."""
        with self._log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "sim.web.worker", str(self._memory_mb),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
                start_new_session=True, limit=_LONGEST_LINE,
            )  # fmt: skip
        worker = Worker(process)
        self._all.add(worker)
        return worker

    async def warm_up(self) -> None:
        """Have one worker ready; the first compiles what a new installation lacks."""
        async with self._first:  # two would compile the same side by side
            if self._idle:
                return
            worker = await self.begin()
            if await worker.wait_ready():
                self.warm = True
                self._idle.append(worker)
            else:
                self.dismiss(worker)

    async def take(self) -> Worker:
        """A worker that is ready, or will be."""
        for attempt in range(2):
            while self._idle:
                worker = self._idle.pop()
                if worker.process.returncode is None:
                    return worker
                self.dismiss(worker)  # somebody ended it while it waited
            if attempt == 0:
                await self.warm_up()
        return await self.begin()  # of what keeps it from being ready, its task tells

    def give_back(self, worker: Worker) -> None:
        """A worker that has done its task."""
        if worker.process.returncode is None and len(self._idle) < 1:
            self._idle.append(worker)
        else:
            self.dismiss(worker)

    def dismiss(self, worker: Worker) -> None:
        """End a worker."""
        worker.kill()
        self._all.discard(worker)

    async def end(self, worker: Worker) -> None:
        """End a worker and wait until it is gone, so that its folder is free."""
        self.dismiss(worker)
        await worker.process.wait()

    async def close(self) -> None:
        """End all."""
        self._idle.clear()
        for worker in list(self._all):
            await self.end(worker)
