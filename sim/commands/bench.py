"""``qunsim bench``: what the engine costs on this machine."""

from __future__ import annotations

import contextlib
import importlib
import json
from typing import TYPE_CHECKING, Any

from sim.commands import shell
from sim.study.files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from sim.bench.progress import Progress
    from sim.words import Words


def bench_command(*, peers: bool, file: Path | None, quiet: bool, words: Words) -> None:
    """Measure, print, and write the numbers to a file if one is named.

    Raises:
        UserError: ``no_space``, ``no_permission`` for the file.
    """
    measuring: Any = importlib.import_module("sim.bench")

    def told(news: Progress) -> None:
        if not quiet:
            shell.hint(words.say(f"bench.step_{news.step}", **vars(news)))

    with contextlib.ExitStack() as stack:
        # a place that cannot be written is refused now, not after minutes of measuring
        part = None if file is None else stack.enter_context(replacing(file))
        result = measuring.bench(peers=peers, progress=told)
        if part is not None:
            part.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    shell.say(measuring.bench_lines(result, words))
