"""The parameter table as Markdown, for the description of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.parameters.table import SECTIONS, table

if TYPE_CHECKING:
    from sim.parameters.base import ParameterInfo

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
