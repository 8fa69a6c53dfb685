"""Simulators that answer from a process of their own, one request at a time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from sim.bench.environments import UnavailableError, last_line

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

LITE = Path(__file__).parent / "lite"
"""Where the scripts are."""

_SURROUNDINGS = {
    "PYTHONDONTWRITEBYTECODE": "1",  # nothing is left beside the scripts
    "PYTHONPATH": "",
    **dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
}
"""One thread each, as one simulation of our engine takes."""


@dataclass(frozen=True)
class Answer:
    """One simulated community.

    Attributes:
        seconds: Wall time of the days alone.
        rows: float64 of shape (days, 3): messages, members, summed motivation.
    """

    seconds: float
    rows: NDArray[np.float64]


class Worker:
    """A script of :mod:`sim.bench.lite` under another interpreter; a context manager.

    Args:
        interpreter: The Python to run it with.
        script: Name of the script in ``sim/bench/lite``.
        log: File that takes what the simulator prints.

    Raises:
        UnavailableError: It cannot be started.
    """

    def __init__(self, interpreter: Path, *, script: str, log: Path) -> None:
        self._log = log
        try:
            with log.open("w", encoding="utf-8") as errors:
                self._process = subprocess.Popen(
                    [interpreter, LITE / script],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                    encoding="utf-8",
                    env=os.environ | _SURROUNDINGS,
                )
        except OSError as error:
            raise UnavailableError(str(error)) from error
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def ask(self, n: int, *, days: int, seed: int, patience: float) -> Answer:
        """Let it simulate a community.

        Args:
            n: Members at the start.
            days: Days.
            seed: Seed of the start, and of the simulator's own draws apart from it.
            patience: Seconds to wait, building included.

        Raises:
            UnavailableError: It failed or took too long; it is not asked again.
        """
        assert self._process.stdin is not None
        try:
            request = json.dumps({"n": n, "days": days, "seed": seed})
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=patience)
        except queue.Empty:
            self.close()
            raise UnavailableError(f"no answer for {n} members within {patience:.0f} s") from None
        except (OSError, ValueError):
            line = ""
        if not line:
            self.close()
            raise UnavailableError(last_line(self._log.read_text("utf-8", errors="replace")))
        answer = json.loads(line)
        return Answer(seconds=answer["seconds"], rows=np.array(answer["rows"], dtype=np.float64))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None and not stream.closed:
                try:
                    stream.close()
                except OSError:  # what was left to write has no reader any more
                    continue

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()
