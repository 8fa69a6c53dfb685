"""DiscordChatExporter: files into which one export was divided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sim.logs.files import files_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = re.compile(
    r"(?P<name>.*?)(?: \[part (?P<part>\d{1,6})\])?(?P<ending>\.(?:json|csv)(?:\.gz)?)"
)


def parts(path: Path) -> Sequence[Path]:
    """``name.json``, ``name [part 2].json`` ... beside each other, in order.

    Each part is a whole file with a head of its own.
    """
    own = _NAME.fullmatch(path.name)
    if own is None:
        return (path,)
    found = {1 if own["part"] is None else int(own["part"]): path}
    for file in files_in(path.parent):
        other = _NAME.fullmatch(file.name)
        if other is None or (other["name"], other["ending"]) != (own["name"], own["ending"]):
            continue
        found.setdefault(1 if other["part"] is None else int(other["part"]), file)
    return tuple(found[number] for number in sorted(found))
