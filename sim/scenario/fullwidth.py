"""Full-width punctuation from a Chinese keyboard: find it, and mend a copy.

Inside text and comments it is welcome; anywhere else TOML cannot read it.
"""

from __future__ import annotations

from dataclasses import dataclass

_OPEN = "“”„〝＂「『"  # a text may begin with any of them: keyboards alternate
_CLOSE = "”“〞＂」』"
_SINGLE = "‘’＇"
_STRAIGHT = dict.fromkeys(_OPEN + _CLOSE, '"') | dict.fromkeys(_SINGLE, "'") | {
    "、": ",", "。": ".", "【": "[", "】": "]", "〔": "[", "〕": "]", "：": "=", "—": "-",
    "–": "-", "−": "-", "\u3000": " ", "\u00a0": " ", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_FULL_FIRST, _FULL_LAST = 0xFF01, 0xFF5E  # the full-width forms of ! to ~
_FULL_SHIFT = 0xFEE0


@dataclass(frozen=True)
class FullWidth:
    """The first full-width character outside text and comments.

    Attributes:
        character: As it stands in the file.
        straight: What TOML needs instead.
        line: From 1.
        column: From 1, in characters.
        mended: The whole text with all of them replaced.
    """

    character: str
    straight: str
    line: int
    column: int
    mended: str


def straight_form(character: str) -> str | None:
    """What TOML wants in place of a full-width character; ``None`` if it is not one."""
    if character in _STRAIGHT:
        return _STRAIGHT[character]
    if _FULL_FIRST <= ord(character) <= _FULL_LAST:
        return chr(ord(character) - _FULL_SHIFT)
    return None


def find_full_width(text: str) -> FullWidth | None:
    """Look for full-width punctuation where TOML cannot have it.

    Args:
        text: A file that is not valid TOML.

    Returns:
        The first such character and the mended text, or ``None``.
    """
    parts: list[str] = []
    first: int | None = None
    at = 0
    while at < len(text):
        end, replaced, wrong = _next(text, at)
        if wrong is not None and first is None:
            first = wrong
        parts.append(replaced)
        at = end
    if first is None:
        return None
    character = text[first]
    before = text[:first]
    return FullWidth(
        character=character,
        straight=straight_form(character) or "",
        line=before.count("\n") + 1,
        column=first - before.rfind("\n"),
        mended="".join(parts),
    )


def _next(text: str, at: int) -> tuple[int, str, int | None]:
    """The next piece: where it ends, its mended form, and where it holds a wrong character."""
    character = text[at]
    if text.startswith(('"""', "'''"), at):
        end = text.find(character * 3, at + 3)
        end = len(text) if end < 0 else end + 3
        return end, text[at:end], None
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    if character == "#":
        return line_end, text[at:line_end], None
    if character in "\"'":
        end = _closing(text, at, line_end)
        if end >= 0:
            return end + 1, text[at : end + 1], None
        # opened straight, closed full-width
        end = max(text.rfind(close, at + 1, line_end) for close in _CLOSE + _SINGLE)
        if end >= 0:
            return end + 1, text[at:end] + character, end
        return at + 1, character, None
    if character in _OPEN or character in _SINGLE:
        return _text(text, at, line_end)
    straight = straight_form(character)
    return at + 1, character if straight is None else straight, None if straight is None else at


def _text(text: str, at: int, line_end: int) -> tuple[int, str, int]:
    """A text opened by a full-width quote: up to its full-width close, else a straight one."""
    quote = _STRAIGHT[text[at]]
    closes = _CLOSE if quote == '"' else _SINGLE
    ends = [end for close in closes if (end := text.find(close, at + 1, line_end)) >= 0]
    end = min(ends) if ends else text.find(quote, at + 1, line_end)
    if end < 0:
        return at + 1, quote, at
    inside = text[at + 1 : end]
    if quote == '"':
        inside = inside.replace("\\", "\\\\").replace('"', '\\"')
    return end + 1, f"{quote}{inside}{quote}", at


def _closing(text: str, at: int, line_end: int) -> int:
    """Where a straight text closes on its line; -1 if it does not."""
    quote = text[at]
    position = at + 1
    while position < line_end:
        if text[position] == "\\" and quote == '"':
            position += 2
            continue
        if text[position] == quote:
            return position
        position += 1
    return -1
