"""A worker process: reads one task a line, does it, tells how far it is.

    python -m sim.web.worker MEMORY_MB

Standard input: ``{"kind", "folder", "experiment", "options", "jobs"}``. Standard output, one JSON a
line: ``{"ready": true}`` once; then ``{"progress": {...}}``, ``{"look": true}`` and at last
``{"end": "done"}`` or ``{"end": "failed", "error": {"en": ..., "zh": ...}}`` (``over`` instead of
``failed`` if the process ends too). The process ends when its input does, so it never outlives the
server, and when it needs more memory than it may.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError

if TYPE_CHECKING:
    from typing import TextIO

_POLITE = 10
"""Added to the process's niceness: the server and the browser come first."""

_PACE = 0.1
"""Seconds between two tellings of progress, at least."""


class Speaker:
    """Tells the server; the ``Channel`` of a task."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lock, self._last = stream, threading.Lock(), 0.0

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message."""
        with self._lock:
            self._stream.write(json.dumps(message) + "\n")
            self._stream.flush()

    def progress(
        self, done: int, total: int, *, failed: int = 0, left: float | None = None, stage: str = ""
    ) -> None:
        """``done`` of ``total`` are done, ``left`` seconds are left; not told more than often."""
        now = time.monotonic()
        if done < total and now - self._last < _PACE:
            return
        self._last = now
        told = {"done": done, "total": total, "failed": failed, "left_s": left, "stage": stage}
        self.tell({"progress": told})

    def look(self) -> None:
        """There is something new to see."""
        self.tell({"look": True})


def main() -> None:
    """Work until the input ends."""
    memory_mb = int(sys.argv[1])
    speaker = Speaker(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    os.dup2(2, 1)  # what a library prints is no message
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    threading.Thread(target=_mind, args=(speaker, memory_mb), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    _load()
    speaker.tell({"ready": True})
    while True:
        _carry_out(orders.get(), speaker)


def _load() -> None:
    """Load what tasks need, compile what a new installation lacks."""
    from sim.kernel_cache import use_cache_folder

    use_cache_folder()
    from sim.study.compiling import compile_days, compile_kernels, compile_rest
    from sim.web.tasks import task

    compile_kernels()
    compile_days()
    compile_rest()
    task("compare")  # with all that it needs: its first results are waited for


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take orders; without the server there is nothing more to do."""
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(0)


def _mind(speaker: Speaker, memory_mb: int) -> None:
    """End the process when it has used more memory than it may."""
    try:
        import resource
    except ImportError:  # Windows
        return
    unit = 1 if sys.platform == "darwin" else 1024
    while True:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
        if used > memory_mb:
            error = UserError("too_big", "memory", limit_mb=memory_mb)
            speaker.tell({"end": "over", "error": _in_both(error)})
            os._exit(1)
        time.sleep(0.2)


def _carry_out(order: dict[str, Any], speaker: Speaker) -> None:
    from sim.web.tasks import task
    from sim.web.tasks.base import Asked

    try:
        experiment = order["experiment"]
        asked = Asked(
            folder=Path(order["folder"]),
            experiment=None if experiment is None else Path(experiment),
            options=order["options"], jobs=order["jobs"],
        )  # fmt: skip
        task(order["kind"])(asked, speaker)
    except UserError as error:
        speaker.tell({"end": "failed", "error": _in_both(error)})
    except Exception as error:  # noqa: BLE001  the developer finds it in the log, the user is told of it
        traceback.print_exc()
        told = UserError("stopped", "internal", detail=f"{type(error).__name__}: {error}"[:300])
        speaker.tell({"end": "failed", "error": _in_both(told)})
    else:
        speaker.tell({"end": "done"})


def _in_both(error: UserError) -> dict[str, str]:
    """What is told in both languages; of folders of the server nobody has to know."""
    from sim.web.said import mistake_said
    from sim.words import LANGUAGES, Words

    told = {"code": f"{error.kind}/{error.reason}"}
    several = [_without_place(one) for one in getattr(error, "errors", [error])]
    for lang in LANGUAGES:
        told[lang] = "\n".join(mistake_said(one, words=Words(lang)).message for one in several)
    return told


def _without_place(error: UserError) -> UserError:
    from sim.web.desk import EXPERIMENT

    values = dict(error.values)
    if "file" in values:
        values["file"] = Path(str(values["file"])).name
    if values.get("file") == EXPERIMENT:  # nobody has seen it
        values = {key: values[key] for key in values.keys() - {"file", "line", "column"}}
    return UserError(error.kind, error.reason, **values)


if __name__ == "__main__":
    main()
