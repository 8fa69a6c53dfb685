"""The report page: one HTML file that opens offline, prints on A4, and asks for nothing.

Pictures stand in the file itself; there is no script and no address from which anything is loaded,
which the page's own security policy enforces. Every text is escaped.
"""

from __future__ import annotations

import base64
import errno
import functools
import html
import re
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.report.figures.canvas import to_png, to_svg
from sim.report.palette import DARK, LIGHT, Theme
from sim.words.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from sim.words import Words

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_SIGN = re.compile(r"([+-])(?=¥)")
_HTML_LANGUAGE = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True)
class Prose:
    """Paragraphs.

    Attributes:
        paragraphs: One text each.
        quiet: Whether it is a note in small print.
    """

    paragraphs: tuple[str, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        header: One text a column.
        rows: Texts, as many a row as the header has.
        right: Columns of numbers, set flush right.
        note: What stands beneath.
        folded: Words on which it unfolds; empty = always open.
        whole: Columns whose texts stay on one line.
        cards: Whether it becomes one card a row where the window is narrow.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    note: str = ""
    folded: str = ""
    whole: frozenset[int] = frozenset()
    cards: bool = False


@dataclass(frozen=True)
class Picture:
    """A figure.

    Attributes:
        name: File name (without ending) when it is saved as a picture.
        figure: Its label is the finding, read to those who cannot see it.
        data: The numbers behind it, folded.
        end: Whether a narrow window shows its right end first.
    """

    name: str
    figure: Figure
    data: Table | None = None
    end: bool = False


@dataclass(frozen=True)
class Code:
    """A command to copy, kept as it is."""

    text: str


@dataclass(frozen=True)
class Cell:
    """What a variant comes to in one row of a comparison.

    Attributes:
        value: The number, its difference to the baseline or its level.
        mark: What that means, in a word.
    """

    value: str
    mark: str = ""


@dataclass(frozen=True)
class Matrix:
    """Variants beside each other; one card a variant where the window is narrow.

    Attributes:
        names: One a variant, the baseline first.
        rows: Label of a row, and its cell for each variant.
        note: What stands beneath.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    note: str = ""


Block = Prose | Table | Picture | Code | Matrix


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Tile:
    """One of the few numbers on the first screen.

    Attributes:
        value: The number with its unit.
        label: What it is.
        note: Its range.
    """

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Page:
    """Everything on a report page, as text.

    Attributes:
        title: The question.
        line: Community, members, days, futures.
        badge: How far it is fitted (``badge.*``).
        verdict: The answer, first sentence first.
        tiles: The few numbers of the first screen.
        more: What else the answer says, beneath the numbers.
        notes: What to keep in mind, in small print.
        sections: The rest.
        footer: Last line.
        other: Address of the same page in the other language, relative; empty = none.
    """

    title: str
    line: str = ""
    badge: str = ""
    verdict: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    more: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    footer: str = ""
    other: str = ""

    def pictures(self) -> list[Picture]:
        """Every figure of the page, in order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return [block for block in blocks if isinstance(block, Picture)]


def write_report(path: Path | str, page: Page, *, words: Words) -> Path:
    """Write a page as one self-contained HTML file.

    Args:
        path: Where; its folder is made if it is missing.
        page: What it says.
        words: Its language.

    Returns:
        The path.

    Raises:
        UserError: ``no_permission``/``file`` or ``no_space``/``disk_full``.
    """
    return write_file(Path(path), render(page, words=words).encode("utf-8"))


def write_pngs(folder: Path | str, page: Page, *, dpi: int = 200) -> list[Path]:
    """Save every figure of a page as ``<name>.png``, for slides.

    Args:
        folder: Where; made if it is missing.
        page: Whose figures.
        dpi: Dots an inch; a figure is 9.6 inches wide.

    Returns:
        The files, in the order of the page.

    Raises:
        UserError: As :func:`write_report`.
    """
    paths = []
    for picture in page.pictures():
        path = Path(folder) / f"{picture.name}.png"
        paths.append(write_file(path, to_png(picture.figure, dpi=dpi)))
    return paths


def render(page: Page, *, words: Words) -> str:
    """The HTML text of a page; the same page gives the same text."""
    tiles = "".join(map(_tile, page.tiles))
    verdict = "".join(f"<p>{_text(sentence)}</p>" for sentence in page.verdict)
    more = "".join(f"<p>{_text(sentence)}</p>" for sentence in page.more)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_HTML_LANGUAGE[words.lang]}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<link rel="icon" href="data:,">',
        f"<title>{_text(page.title)}</title>",
        f"<style>{_style()}</style></head>",
        "<body><main>",
        _other(page, words),
        f"<h1>{_text(page.title)}</h1>",
        f'<p class="line">{_text(page.line)}</p>' if page.line else "",
        f'<span class="badge">{_text(page.badge)}</span>' if page.badge else "",
        f'<div class="verdict">{verdict}</div>' if verdict else "",
        f'<ul class="tiles">{tiles}</ul>' if tiles else "",
        f'<div class="more">{more}</div>' if more else "",
        *(f'<p class="note">{_text(note)}</p>' for note in page.notes),
        *(_section(section, words) for section in page.sections),
        f"<footer>{_text(page.footer)}</footer>" if page.footer else "",
        "</main></body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _other(page: Page, words: Words) -> str:
    """The link to the same page in the other language, if there is one."""
    if not page.other:
        return ""
    name = words.say("report.other_language")
    return f'<a class="other" href="{html.escape(page.other)}">{name}</a>'


def _section(section: Section, words: Words) -> str:
    body = "\n".join(_block(block, words) for block in section.blocks)
    return f"<section><h2>{_text(section.heading)}</h2>\n{body}</section>"


def _block(block: Block, words: Words) -> str:
    match block:
        case Prose():
            kind = ' class="note"' if block.quiet else ""
            return "\n".join(f"<p{kind}>{_text(text)}</p>" for text in block.paragraphs)
        case Table():
            return _table(block)
        case Code():
            return f"<pre>{html.escape(block.text)}</pre>"
        case Picture():
            return _picture(block, words)
        case Matrix():
            return _matrix(block)


def _matrix(matrix: Matrix) -> str:
    """The table, and the same as cards; the style sheet shows the one that fits."""

    def cell(tag: str, one: Cell) -> str:
        mark = f'<span class="mark">{_text(one.mark)}</span>' if one.mark else ""
        return f'<{tag} class="right"><span class="number">{_text(one.value)}</span>{mark}</{tag}>'

    heads = "".join(f'<th class="right" scope="col">{_text(name)}</th>' for name in matrix.names)
    body = "\n".join(
        f'<tr><th scope="row">{_text(label)}</th>{"".join(cell("td", one) for one in cells)}</tr>'
        for label, cells in matrix.rows
    )
    cards = "\n".join(
        f"<li><h3>{_text(name)}</h3><dl>"
        + "".join(f"<dt>{_text(label)}</dt>{cell('dd', cells[i])}" for label, cells in matrix.rows)
        + "</dl></li>"
        for i, name in enumerate(matrix.names)
    )
    text = (
        f'<div class="scroll matrix"><table><thead><tr><td></td>{heads}</tr></thead><tbody>\n{body}'
        f'</tbody></table></div>\n<ul class="cards">{cards}</ul>'
    )
    return text + (f'<p class="note">{_text(matrix.note)}</p>' if matrix.note else "")


def _table(table: Table) -> str:
    def cell(tag: str, kind: str, i: int, text: str) -> str:
        shape = f' class="{kind}"' if kind else ""
        head = f' data-head="{_text(table.header[i])}"' if table.cards and tag == "td" else ""
        return f"<{tag}{shape}{head}>{_text(text)}</{tag}>"

    def cells(tag: str, texts: Sequence[str]) -> str:
        kinds = ((table.right, "right"), (table.whole, "whole"))
        classes = (
            " ".join(name for columns, name in kinds if i in columns) for i in range(len(texts))
        )
        return "".join(
            cell(tag, kind, i, text)
            for i, (text, kind) in enumerate(zip(texts, classes, strict=True))
        )

    body = "\n".join(f"<tr>{cells('td', row)}</tr>" for row in table.rows)
    head = f"<thead><tr>{cells('th', table.header)}</tr></thead>"
    shape = ' class="rows"' if table.cards else ""
    text = f'<div class="scroll"><table{shape}>{head}<tbody>\n{body}</tbody></table></div>'
    if table.note:
        text += f'<p class="note">{_text(table.note)}</p>'
    if table.folded:
        return f"<details><summary>{_text(table.folded)}</summary>{text}</details>"
    return text


def _picture(picture: Picture, words: Words) -> str:
    svg = base64.b64encode(to_svg(picture.figure).encode("utf-8")).decode("ascii")
    size = [round(100 * inches) for inches in picture.figure.get_size_inches()]
    finding = html.escape(str(picture.figure.get_label()), quote=True)
    shape = "paper end" if picture.end else "paper"
    image = (
        f'<div class="{shape}"><img alt="{finding}" width="{size[0]}" height="{size[1]}" '
        f'src="data:image/svg+xml;base64,{svg}"></div>'
    )
    data = "" if picture.data is None else _table(_folded(picture.data, words))
    title = _text(str(picture.figure.get_label()))
    caption = f'<figcaption aria-hidden="true">{title}</figcaption>'
    return f"<figure>{caption}{image}{data}</figure>"


def _folded(table: Table, words: Words) -> Table:
    title = table.folded or words.say("report.data")
    return Table(table.header, table.rows, table.right, table.note, title)


def _tile(tile: Tile) -> str:
    note = f'<span class="range">{_text(tile.note)}</span>' if tile.note else ""
    # a number never breaks, words may
    kind = "value" if any(map(str.isdigit, tile.value)) else "value said"
    return (
        f'<li><span class="label">{_text(tile.label)}</span>'
        f'<span class="{kind}">{_text(tile.value)}</span>{note}</li>'
    )


def _text(text: str) -> str:
    """Escaped, with thin spaces; a percent sign stays with its number, a sign with its amount."""
    return _SIGN.sub(r"\1&NoBreak;", html.escape(typeset(text)).replace(" %", "&nbsp;%"))


@functools.cache
def _style() -> str:
    """The style sheet, its colours from the palette."""
    sheet = resources.files("sim.report").joinpath("page.css").read_text("utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_colours(DARK)} }} }}"
    return f":root {{ {_colours(LIGHT)} }}\n{dark}\n{sheet}"


def _colours(theme: Theme) -> str:
    values: Mapping[str, object] = asdict(theme)
    names = ("ground", "text", "secondary", "panel", "link")
    edge = "#C3C9D1" if theme is LIGHT else "#3A434E"
    return " ".join(f"--{name}: {values[name]};" for name in names) + f" --edge: {edge};"


def write_file(path: Path, content: bytes) -> Path:
    """Write a file so that it is there completely or not at all; its folder is made if missing.

    Raises:
        UserError: ``no_permission``/``file`` or ``no_space``/``disk_full``.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise UserError("no_space", "disk_full", file=str(path)) from error
        raise UserError("no_permission", "file", file=str(path)) from error
    return path
