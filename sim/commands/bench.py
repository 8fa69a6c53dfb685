"""``qunsim bench``: what the engine costs on this machine."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

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
    from sim.bench import bench, bench_lines

    def told(news: Progress) -> None:
        if not quiet:
            shell.hint(words.say(f"bench.step_{news.step}", **vars(news)))

    with contextlib.ExitStack() as stack:
        # a place that cannot be written is refused now, not after minutes of measuring
        part = None if file is None else stack.enter_context(replacing(file))
        result = bench(peers=peers, progress=told)
        if part is not None:
            part.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    shell.say(bench_lines(result, words))
