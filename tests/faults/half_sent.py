"""Runs in processes of which one is killed in the middle of sending its result.

    python half_sent.py FOLDER

Prints the numbers of the runs that were kept.
"""

import os
import signal
import struct
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from sim.study.ensemble import run_ensemble
from sim.study.workers import workers


@dataclass(frozen=True)
class Job:
    """One run."""

    number: int
    folder: str

    @property
    def place(self):
        return "base", self.number


@dataclass(frozen=True)
class Result:
    """What came of it."""

    variant: str
    replicate: int


def work(job):
    """Do a run; number 3 dies when it is done for the first time."""
    mark = Path(job.folder) / "died"
    if job.number == 3 and not mark.exists():
        mark.touch()
        frame = sys._getframe()
        while "result_queue" not in frame.f_locals:
            frame = frame.f_back
        results = frame.f_locals["result_queue"]
        results._wlock.acquire()
        os.write(results._writer.fileno(), struct.pack("!i", 1000) + b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return Result("base", job.number)


if __name__ == "__main__":
    kept = []
    run_ensemble(
        [Job(number, sys.argv[1]) for number in range(8)],
        crew=replace(workers("processes", jobs=2), work=work),
        keep=lambda one: kept.append(one.replicate),
    )
    print(sorted(kept))
