"""What is known of a task: its state, kept in a file so that a restart forgets nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from sim.study.files import read_json, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from sim.words import Language

State = Literal["queued", "running", "done", "stopped", "failed", "interrupted"]
Kind = Literal["compare", "explain", "plan", "import", "forecast", "report", "life", "members"]

ENDED: frozenset[State] = frozenset({"done", "stopped", "failed", "interrupted"})
FILE = "task.json"


class TaskError(BaseModel):
    """Why a task failed or was ended.

    Attributes:
        code: ``kind/reason`` of the error catalogue.
        message: The sentence in the language asked for.
    """

    code: str
    message: str


class Task(BaseModel):
    """A task as the API tells it.

    Attributes:
        id: Its id.
        kind: What it does.
        work: The saved work that it was asked for; None for an uploaded log.
        name: Name of what it is about: of the work, or of the uploaded file.
        state: ``interrupted`` = the server or the worker ended meanwhile; it can be gone on with.
        done: Runs that have ended.
        total: Runs asked for, as far as is known; 0 = not yet.
        failed_runs: Runs that failed.
        left_s: Seconds left; None = not known.
        stage: Key of what it is doing, of a task with several parts.
        place: Tasks that come before it while it waits.
        asked: What the request said.
        error: Why it failed.
        created, started, ended: Times, ISO 8601; None = not yet.
    """

    id: str
    kind: Kind
    work: str | None = None
    name: str = ""
    state: State = "queued"
    done: int = Field(default=0, ge=0)
    total: int = Field(default=0, ge=0)
    failed_runs: int = Field(default=0, ge=0)
    left_s: float | None = None
    stage: str = ""
    place: int = 0
    asked: dict[str, Any] = Field(default_factory=dict)
    error: TaskError | None = None
    created: str
    started: str | None = None
    ended: str | None = None


class Record:
    """A task inside the server.

    Args:
        folder: The task's folder.
        task: What is told of it.
        errors: The message of ``task.error`` by language.
    """

    def __init__(self, folder: Path, task: Task, errors: dict[str, str] | None = None) -> None:
        self.folder, self.task, self.errors = folder, task, errors or {}
        self.version, self.looks = 0, 0

    @classmethod
    def read(cls, folder: Path) -> Record:
        """Read it back.

        Raises:
            UserError: As ``read_json``; ``ValueError`` if the file has another form.
        """
        table = read_json(folder / FILE)
        return cls(folder, Task.model_validate(table["task"]), table["errors"])

    def save(self) -> None:
        """Write it down."""
        if self.folder.is_dir():
            write_json(self.folder / FILE, {"task": self.task.model_dump(), "errors": self.errors})

    def told(self, lang: Language) -> Task:
        """The task in a language, without folders of the server."""
        values: dict[str, Any] = {
            "asked": {key: value for key, value in self.task.asked.items() if key != "of"}
        }
        if (error := self.task.error) is not None:
            message = self.errors.get(lang, error.message)
            values["error"] = TaskError(code=error.code, message=message)
        return self.task.model_copy(update=values)

    def change(self, **values: Any) -> None:
        """Change what is told, for everybody who watches."""
        self.task = self.task.model_copy(update=values)
        self.version += 1

    def fail(self, state: State, error: dict[str, str]) -> None:
        """End it with an error in every language, ``{"code", "en", "zh"}``."""
        self.errors = {lang: text for lang, text in error.items() if lang != "code"}
        told = TaskError(code=error["code"], message=self.errors.get("en", ""))
        self.change(state=state, error=told, ended=now(), left_s=None)

    def view(self, lang: Language) -> Path:
        """The file of what is to be seen of it."""
        return self.folder / f"view.{lang}.json"


def now() -> str:
    """The time, ISO 8601, to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
