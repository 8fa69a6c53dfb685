"""The desk: takes tasks, hands them to workers, knows how far each is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.web.crew import Crew
from sim.web.records import ENDED, FILE, Record, Task, now
from sim.web.refusing import refused, unknown
from sim.web.sessions import Session, is_id, new_id
from sim.web.tasks.base import RAW
from sim.words import LANGUAGES, Words

if TYPE_CHECKING:
    from sim.web.crew import Worker
    from sim.web.records import Kind, State
    from sim.web.settings import Settings

EXPERIMENT = "experiment.toml"
_QUICK = frozenset({"members", "life", "report"})
"""Kinds that take seconds: they wait for nobody's comparison."""
_SAVING = 0.3
"""Seconds between two savings of how far a task is."""


class _Seat:
    """A task's place at a worker; gone on with after a stop, it takes another."""

    def __init__(self) -> None:
        self.worker: Worker | None = None


class Desk:
    """All tasks of a server.

    Args:
        settings: Limits and the data folder.
    """

    def __init__(self, settings: Settings) -> None:
        limits = settings.limits
        self._limits = limits
        self.crew = Crew(settings.data / "workers.log", memory_mb=limits.memory_mb)
        self._records: dict[tuple[str, str], Record] = {}
        self._queue: list[tuple[str, str]] = []
        self._running: dict[tuple[str, str], _Seat] = {}
        self._jobs: set[asyncio.Task[None]] = set()
        self._news = asyncio.Condition()
        self._closing = False

    def begin(self) -> None:
        """Begin the first worker."""
        self._spawn(self.crew.warm_up())

    async def close(self) -> None:
        """Stop everything; what was running can be gone on with."""
        self._closing = True
        for key, record in self._records.items():
            if key in self._running or key in self._queue:
                record.change(state="interrupted", ended=now(), left_s=None)
                _settle(record)
        await self.crew.close()
        for job in list(self._jobs):
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)

    def load(self, session: Session) -> None:
        """Know the tasks of a session that are kept; those that ran are interrupted."""
        for folder in session.tasks.iterdir() if session.tasks.is_dir() else ():
            if not (folder / FILE).exists():  # a log that had not arrived: nobody can ask for it
                shutil.rmtree(folder, ignore_errors=True)
                continue
            with contextlib.suppress(UserError, ValueError, KeyError, TypeError):  # torn: left out
                record = Record.read(folder)
                if record.task.state not in ENDED:
                    record.change(state="interrupted", left_s=None, place=0)
                    _settle(record)
                self._records[session.key, record.task.id] = record

    def find(self, session: Session, name: str) -> Record:
        """A task of a session.

        Raises:
            Refused: 404.
        """
        record = self._records.get((session.key, name)) if is_id(name) else None
        if record is None:
            raise unknown("web_task", name)
        return record

    def of(self, session: Session, *, work: str | None = None) -> list[Record]:
        """Tasks of a session, the newest first; of one work if it is named."""
        found = [
            record
            for (owner, _), record in self._records.copy().items()  # other threads ask too
            if owner == session.key and (work is None or record.task.work == work)
        ]
        return sorted(found, key=lambda one: one.task.created, reverse=True)

    def new(
        self, session: Session, kind: Kind, *, work: str | None = None, name: str = "",
        asked: dict[str, Any] | None = None,
    ) -> Record:  # fmt: skip
        """A task with its folder, not yet waiting: what it needs can be put there first.

        Raises:
            Refused: 429 if there are too many.
        """
        self._check_room(session)
        key = new_id("t")
        folder = session.tasks / key
        folder.mkdir()
        task = Task(id=key, kind=kind, work=work, name=name, asked=asked or {}, created=now())
        record = Record(folder, task)
        self._records[session.key, key] = record
        return record

    def _check_room(self, session: Session) -> None:
        busy = [*self._queue, *self._running]
        mine = sum(owner == session.key for owner, _ in busy)
        if mine >= self._limits.tasks or len(busy) >= self._limits.all_tasks:
            raise refused(429, "too_big", "tasks", high=self._limits.tasks)

    async def submit(self, session: Session, record: Record) -> None:
        """Let a task wait for a worker.

        Raises:
            Refused: 409 if it is waiting or running already; 429 if there are too many.
        """
        key = (session.key, record.task.id)
        if key in self._queue or key in self._running:
            raise refused(409, "taken", "task")
        self._check_room(session)
        record.errors = {}
        record.change(state="queued", error=None, started=None, ended=None, left_s=None)
        record.save()
        self._queue.append(key)
        self._hand_out()
        await self._tell()

    def _hand_out(self) -> None:
        """Give workers what waits: quick tasks at once, others as there is room."""
        while not self._closing and (key := self._next()) is not None:
            self._queue.remove(key)
            self._running[key] = seat = _Seat()
            self._spawn(self._run(key, self._records[key], seat))
        for place, key in enumerate(self._queue):
            if self._records[key].task.place != place + 1:
                self._records[key].change(place=place + 1)

    def _next(self) -> tuple[str, str] | None:
        """The task that is next: of the session that has the fewest at work, the oldest."""
        busy = Counter(self._is_quick(key) for key in self._running)
        room = {True: busy[True] < 1, False: busy[False] < self._limits.workers}
        owners = Counter(owner for owner, _ in self._running)
        waiting = [key for key in self._queue if room[self._is_quick(key)]]
        return min(waiting, key=lambda key: owners[key[0]], default=None)

    def _is_quick(self, key: tuple[str, str]) -> bool:
        return self._records[key].task.kind in _QUICK

    async def _run(self, key: tuple[str, str], record: Record, seat: _Seat) -> None:
        finished = False
        try:
            record.change(state="running", place=0, stage="" if self.crew.warm else "warming")
            await self._tell()
            seat.worker = await self.crew.take()
            if self._running.get(key) is not seat:  # stopped meanwhile
                finished = True
                return
            async with asyncio.timeout(self._limits.seconds):
                finished = await self._follow(seat.worker, record)
        except TimeoutError:
            error = UserError("stopped", "time", seconds=round(self._limits.seconds))
            self._fail(record, "stopped", error)
        finally:
            if seat.worker is not None:
                (self.crew.give_back if finished else self.crew.dismiss)(seat.worker)
            if self._running.get(key) is seat:
                del self._running[key]
                if record.task.state == "running" and not self._closing:
                    self._fail(record, "interrupted", UserError("stopped", "worker_died"))
                _settle(record)
            if not self._closing:
                if not self._queue:  # else the worker that is free takes what comes next
                    self._spawn(self.crew.warm_up())
                self._hand_out()
                await self._tell()

    async def _follow(self, worker: Worker, record: Record) -> bool:
        """Do a task; whether the worker can do another."""
        if not await worker.wait_ready():
            return False
        record.change(started=now(), stage="")
        await self._tell()
        experiment = record.folder / EXPERIMENT
        order = {
            "kind": record.task.kind, "folder": str(record.folder),
            "experiment": str(experiment) if experiment.exists() else None,
            "options": record.task.asked, "jobs": self._threads(),
        }  # fmt: skip
        saved = time.monotonic()
        async for message in worker.do(order):
            if "progress" in message:
                told = message["progress"]
                record.change(failed_runs=told.pop("failed"), **told)
                if time.monotonic() - saved > _SAVING:
                    saved = time.monotonic()
                    record.save()
            elif "look" in message:
                record.looks += 1
            elif message["end"] == "done":
                record.looks += 1
                record.change(
                    state="done", done=record.task.total, ended=now(), left_s=None, stage=""
                )
                return True
            else:
                record.fail("failed", message["error"])
                return bool(message["end"] != "over")
            await self._tell()
        return False

    def _threads(self) -> int:
        """Threads of a task that begins now: all processors for one who is alone."""
        alone = len(self._running) == 1 and not self._queue
        return (os.cpu_count() or 1) if alone else 1

    def _fail(self, record: Record, state: State, error: UserError) -> None:
        texts = {lang: Words(lang).error(error) for lang in LANGUAGES}
        record.fail(state, {"code": f"{error.kind}/{error.reason}"} | texts)

    async def stop(self, session: Session, record: Record) -> None:
        """Stop a task now; what it finished is kept."""
        key = (session.key, record.task.id)
        if key in self._queue:
            self._queue.remove(key)
        elif key in self._running:
            seat = self._running.pop(key)
            if seat.worker is not None:
                await self.crew.end(seat.worker)
        else:
            return
        record.change(state="stopped", ended=now(), left_s=None, place=0)
        _settle(record)
        self._hand_out()
        await self._tell()

    async def forget(self, session: Session, record: Record) -> None:
        """Stop a task, know it no more, and remove its folder."""
        await self.stop(session, record)
        self._records.pop((session.key, record.task.id), None)
        shutil.rmtree(record.folder, ignore_errors=True)

    async def changed(self, record: Record, *, since: tuple[int, int]) -> tuple[int, int]:
        """Wait until a task changed or there is something new to see; what it is now."""
        async with self._news:
            await self._news.wait_for(lambda: (record.version, record.looks) != since)
        return record.version, record.looks

    async def ended(self, record: Record) -> None:
        """Wait until a task has ended."""
        async with self._news:
            await self._news.wait_for(lambda: record.task.state in ENDED)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _spawn(self, work: Any) -> None:
        job = asyncio.get_running_loop().create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)


def _settle(record: Record) -> None:
    """Write down how a task ended; of a chat log nothing stays as it was sent."""
    if record.task.kind == "import" and record.task.state in ENDED:
        shutil.rmtree(record.folder / RAW, ignore_errors=True)
    record.save()
