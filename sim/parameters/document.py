"""The parameter table as Markdown, for the description of the model."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.parameters.table import SECTIONS, table

if TYPE_CHECKING:
    from sim.parameters.base import ParameterInfo

BEGIN = "<!-- parameters: written by `python -m sim.parameters.document docs/ODD.md` -->"
END = "<!-- end of parameters -->"
_HEAD = ("parameter", "default", "range", "unit", "meaning", "source", "mark", "confidence")


def markdown() -> str:
    """One Markdown table a section, with the section's own sentence above it.

    Returns:
        Text that ends with a newline; the same for the same table, so that a test can hold a
        document against it.
    """
    by_section: dict[str, list[ParameterInfo]] = {name: [] for name in SECTIONS}
    for info in table():
        by_section[info.path.partition(".")[0]].append(info)
    parts = []
    for name, section in SECTIONS.items():
        # the first paragraph of the docstring, on one line
        about = " ".join((section.__doc__ or "").split("\n\n")[0].split())
        lines = [f"### `{name}`", "", about, "", _row(_HEAD), _row(("---",) * len(_HEAD))]
        lines += [_row(_cells(info)) for info in by_section[name]]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _cells(info: ParameterInfo) -> tuple[str, ...]:
    return (
        f"`{info.path}`",
        _number(info.default),
        f"{_number(info.low)} to {_number(info.high)}",
        info.unit,
        info.note,
        info.source,
        info.mark,
        info.confidence,
    )


def _number(value: float) -> str:
    """Shortest plain writing: ``150``, ``0.985``, ``10,000,000``."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return repr(value)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def refreshed(text: str) -> str:
    """A document with the present table between its two marks.

    Raises:
        ValueError: A mark is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no place between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{markdown()}\n{END}{after}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(refreshed(Path(name).read_text("utf-8")), "utf-8")
