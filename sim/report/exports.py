"""A result for other programs: a workbook, tables as CSV, a page as Markdown.

Texts stay texts: what begins like a formula is never one, whoever wrote the name of a variant.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.report.page import (
    Code,
    Matrix,
    Picture,
    Prose,
    Table,
    write_file,
    write_pngs,
)
from sim.words.typography import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.report.page import Block, Page
    from sim.report.sheets import Sheet, Value
    from sim.words import Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 60, 8  # columns of a workbook, in characters
_TITLE = 31  # longest name of a worksheet
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the same result gives the same bytes


def write_xlsx(path: Path | str, sheets: Sequence[Sheet]) -> Path:
    """Write tables as one workbook, a sheet each.

    Args:
        path: The ``.xlsx`` file; its folder is made if it is missing.
        sheets: At least one table.

    Returns:
        The path.

    Raises:
        UserError: ``missing_extra``/``install`` without XlsxWriter; as
            :func:`sim.report.page.write_report` where the file cannot be written.
    """
    if importlib.util.find_spec("xlsxwriter") is None:
        raise UserError("missing_extra", "install", extra="office")
    import xlsxwriter

    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, {"in_memory": True, **plain}) as book:
        book.set_properties({"created": _CREATED, "author": "qunsim"})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for sheet in sheets:
            _fill(book.add_worksheet(_sheet_name(sheet.title, taken)), sheet, bold, wrapped)
    return write_file(Path(path), content.getvalue())


def write_csv(folder: Path | str, sheets: Sequence[Sheet]) -> list[Path]:
    """Write each table as ``<key>.csv``: UTF-8 with a byte order mark, as Excel and WPS read it.

    Args:
        folder: Where; made if it is missing.
        sheets: The tables.

    Returns:
        The files, in order.

    Raises:
        UserError: As :func:`sim.report.page.write_report`.
    """
    paths = []
    for sheet in sheets:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(map(harmless, sheet.header))
        writer.writerows([_cell(value) for value in row] for row in sheet.rows)
        path = Path(folder) / f"{sheet.key}.csv"
        paths.append(write_file(path, text.getvalue().encode("utf-8-sig")))
    return paths


def write_md(path: Path | str, page: Page, *, words: Words, dpi: int = 150) -> Path:
    """Write a page as Markdown, its pictures beside it in ``<name>-figures/``.

    Args:
        path: The ``.md`` file.
        page: What it says.
        words: Its language.
        dpi: Dots an inch of the pictures.

    Returns:
        The path.

    Raises:
        UserError: As :func:`sim.report.page.write_report`.
    """
    path = Path(path)
    folder = path.with_name(f"{path.stem}-figures")
    write_pngs(folder, page, dpi=dpi)
    return write_file(path, markdown(page, folder=folder.name, words=words).encode("utf-8"))


def markdown(page: Page, *, folder: str, words: Words) -> str:
    """The Markdown text of a page whose pictures lie in a folder beside it."""
    parts = [f"# {_marked(page.title)}", _marked(page.line)]
    parts += [f"*{_marked(page.badge)}*" if page.badge else ""]
    parts += [f"**{_marked(page.verdict[0])}**"] if page.verdict else []
    parts += [_marked(sentence) for sentence in page.verdict[1:]]
    parts.append(
        "\n".join(
            f"- {_marked(tile.label)}: **{_marked(tile.value)}** {_marked(tile.note)}".rstrip()
            for tile in page.tiles
        )
    )
    parts += map(_marked, page.more)
    parts += [f"> {_marked(note)}" for note in page.notes]
    for section in page.sections:
        parts.append(f"## {_marked(section.heading)}")
        parts += [text for block in section.blocks for text in _block(block, folder, words)]
    parts.append(_marked(page.footer))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, folder: str, words: Words) -> Iterator[str]:
    match block:
        case Prose():
            yield from map(_marked, block.paragraphs)
        case Code():
            yield f"```\n{block.text}\n```"
        case Picture():
            yield f"![{_marked(str(block.figure.get_label()))}]({folder}/{block.name}.png)"
        case Table():
            if block.folded:
                yield f"**{_marked(block.folded)}**"
            yield _rows(block.header, block.rows, right=block.right)
            yield _marked(block.note)
        case Matrix():
            rows = [
                (label, *(f"{cell.value} {cell.mark}".rstrip() for cell in cells))
                for label, cells in block.rows
            ]
            right = frozenset(range(1, len(block.names) + 1))
            yield _rows((words.say("report.kpi"), *block.names), rows, right=right)
            yield _marked(block.note)


def _rows(header: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int]) -> str:
    lines = [header, ["---:" if i in right else "---" for i in range(len(header))]]
    text = [f"| {' | '.join(map(_marked, line))} |" for line in (header, *rows)]
    return "\n".join([text[0], f"| {' | '.join(lines[1])} |", *text[1:]])


def _marked(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    for char in "\\`*_[]<>|#":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else value


def _sheet_name(title: str, taken: set[str]) -> str:
    r"""A title as a worksheet may be called: 31 characters, none of ``[]:*?/\\``, each once."""
    name = "".join(" " if char in "[]:*?/\\" else char for char in title).strip("' ")[:_TITLE]
    name, number = name or "-", 1
    while name.casefold() in taken:
        number += 1
        name = f"{name[: _TITLE - 4]} {number}"
    taken.add(name.casefold())
    return name


def _fill(target: Any, sheet: Sheet, bold: Any, wrapped: Any) -> None:
    widths = [_NARROWEST] * len(sheet.header)
    for row, values in enumerate((sheet.header, *sheet.rows)):
        for column, value in enumerate(values):
            if isinstance(value, str):
                target.write_string(row, column, value, wrapped if row else bold)
            elif value is not None:
                target.write_number(row, column, value)
            if row or column:
                widths[column] = max(widths[column], min(_WIDEST, width(str(value)) + 1))
    for column, columns in enumerate(widths):
        target.set_column(column, column, columns)
    target.freeze_panes(1, 0)
