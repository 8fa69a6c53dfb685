"""What every task of the web application gets, and whom it tells how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILES = "files"
"""Folder of a task's downloads, within its own."""

RESULT = "result"
"""Folder of what a task simulated, within its own; there again, it goes on."""


RAW = "raw"
"""Folder of a log as it was sent, within the task that reads it; gone when that has ended."""

EVENTS = "events.csv.gz"
"""What is kept of an uploaded log, in its task's folder; no texts, no names."""

NAME = "name.txt"
"""What an uploaded log is called, beside its events."""

SCENARIO = "scenario.toml"
"""What is simulated of an uploaded log, beside its events: it can be checked without fitting."""


class Channel(Protocol):
    """Whom a task tells how far it is. Calls are cheap and may come often."""

    def progress(
        self, done: int, total: int, *, failed: int = 0, left: float | None = None, stage: str = ""
    ) -> None:
        """``done`` of ``total`` are done.

        Args:
            done: Runs, points or bytes that are done, failed ones among them.
            total: How many there will be; 0 = not known yet.
            failed: How many of the done ones failed.
            left: Seconds that the rest takes; None = not known.
            stage: Key of a text (``web.stage.*``) for what is being done; empty = the kind's own.
        """

    def look(self) -> None:
        """New views were written."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a task is asked to do.

    Attributes:
        folder: The task's own folder, which is there; everything it writes is in it.
        experiment: An experiment file (TOML); None where the kind needs none.
        options: What the request said, by the kind of task.
        jobs: Threads that it may use, >= 1.
    """

    folder: Path
    experiment: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    jobs: int = 1
