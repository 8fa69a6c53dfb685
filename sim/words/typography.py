"""Widths and spaces: what lines up in a terminal, and how Chinese meets Latin on a page.

Widths follow Unicode Standard Annex 11 (East Asian Width); characters of ambiguous width count two,
as terminals in Chinese show them.
"""

from __future__ import annotations

import re
import unicodedata

THIN_SPACE = "\N{THIN SPACE}"

_CJK = r"\u3400-\u9fff\uf900-\ufaff"
_LATIN = r"A-Za-z0-9¥%+\-<>"
_BETWEEN = re.compile(rf"(?<=[{_CJK}]) (?=[{_LATIN}])|(?<=[{_LATIN}]) (?=[{_CJK}])")
_NO_LINE_START = set("，。、；：？！”’）》」』%…—")
_NO_LINE_END = set("“‘（《「『¥")


def typeset(text: str) -> str:
    """A sentence as printed: a thin space where Chinese meets Latin letters or digits.

    The catalogue writes an ordinary space there (``第 74 天``), which is right in a terminal and
    too wide on a page.
    """
    return _BETWEEN.sub(THIN_SPACE, text)


def char_width(char: str) -> int:
    """Columns of one character in a terminal: 0, 1 or 2."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def width(text: str) -> int:
    """Columns of a text in a terminal."""
    return sum(map(char_width, text))


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled with spaces to a number of columns; ``right`` puts it at the right edge."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def clip(text: str, columns: int) -> str:
    """A text cut to a number of columns, ending in ``..`` if something is missing."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        if (used := used + char_width(char)) > columns - 2:
            break
        kept.append(char)
    return "".join(kept) + ".."


def wrap(text: str, columns: int, *, indent: str = "") -> list[str]:
    """Lines of at most ``columns`` columns; Chinese breaks anywhere, Latin between words.

    Args:
        text: One paragraph.
        columns: Width of a line, the indent of the second and later lines included.
        indent: What later lines begin with.

    Returns:
        The lines, without trailing spaces. No line begins with a closing mark or ends with an
        opening one.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def fold(text: str, columns: int, *, indent: str = "") -> list[str]:
    """As :func:`wrap`, but a word that is longer than a line is broken: no line is wider."""
    lines: list[str] = []
    for line in wrap(text, columns, indent=indent):
        part = ""
        for char in line:
            if width(part) + char_width(char) > columns:
                lines.append(part)
                part = indent
            part += char
        lines.append(part)
    return lines


def _pieces(text: str) -> list[str]:
    """The smallest parts that a line may not break: words with their spaces, single characters."""
    pieces: list[str] = []
    for char in text:
        glued = pieces and (
            char in _NO_LINE_START
            or char == " "
            or pieces[-1][-1] in _NO_LINE_END
            or (char_width(char) < 2 and char_width(pieces[-1][-1]) < 2 and pieces[-1][-1] != " ")
        )
        if glued:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
