"""Progress of a command that simulates, from the compiler to the last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands import shell
from sim.report.terminal import Progress

if TYPE_CHECKING:
    from sim.words import Words


class Watch:
    """Progress that begins with the first news; before it, kernels are compiled.

    Not earlier, so that nobody waits for the compiler to be told of a wrong input; not later, so
    that the time left is told by how long runs take.
    """

    def __init__(self, total: int, *, words: Words, quiet: bool, unit: str = "future") -> None:
        """Of ``total`` runs; ``quiet`` = hints and redrawn lines are not wanted.

        ``unit`` = what is counted, a key of ``unit.*``.
        """
        self.total, self._words, self._quiet, self._unit = total, words, quiet, unit
        self._line: Progress | None = None
        self.done = 0

    def __call__(
        self, done: int, *, failed: int = 0, total: int | None = None, extra: str = ""
    ) -> None:
        """Tell how many runs have ended, how many of them failed, and what else is known."""
        self.total = max(self.total if total is None else total, done)
        if self._line is None:
            self._prepare()
            self._line = Progress(self.total, words=self._words, quiet=self._quiet, unit=self._unit)
        self._line.total = self.total
        self._line.update(done, failed=failed, extra=extra)
        self.done = done - failed

    def _prepare(self) -> None:
        from sim.kernel_cache import is_cold

        if is_cold():
            if not self._quiet:
                shell.hint(self._words.say("progress.compiling"))
            from sim.study.compiling import compile_kernels

            compile_kernels()

    def end(self, *, finished: bool) -> None:
        """Draw the last line, or take the line away where something else is told."""
        if self._line is not None and finished:
            self._line.finish()
        elif self._line is not None:
            self._line.clear()
