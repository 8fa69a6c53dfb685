"""Fonts for figures in two languages, and the proof that no character is left without a glyph.

Figures are drawn with Matplotlib, whose own font (DejaVu Sans) has no Chinese. Looked for, in this
order: a family on this machine whose forms are simplified Chinese, a font file that Matplotlib's
cache does not know yet, the font package of the extra ``zh``.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from sim.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

LATIN = "DejaVu Sans"
"""Comes with Matplotlib, hence is always there and always the same."""

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Heiti SC",
    "STHeiti",
    "SimHei",
    "Arial Unicode MS",
)
"""Families with simplified Chinese, best first; sans-serif, as the page is."""

_FILE_PARTS = (
    "notosanscjk", "notosanssc", "sourcehansans", "pingfang", "hiragino", "msyh", "wqy-microhei",
    "wqy-zenhei", "droidsansfallback", "stheiti", "simhei",
)  # fmt: skip


@functools.cache
def chinese_family() -> str | None:
    """The family that draws Chinese on this machine, or None."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if not known.intersection(FAMILIES):
        for path in _font_files():
            font_manager.fontManager.addfont(path)
        known = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((family for family in FAMILIES if family in known), None)


def _font_files() -> list[str]:
    """Font files with Chinese that Matplotlib's cache has missed: installed since, or by pip."""
    from matplotlib import font_manager

    found = [
        path
        for path in font_manager.findSystemFonts()
        if any(part in Path(path).name.lower() for part in _FILE_PARTS)
    ]
    package = importlib.util.find_spec("mpl_font")
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / "fonts"
        found += [str(path) for path in sorted(folder.rglob("NotoSansCJKsc-[RB]*.otf"))]
    return sorted(found)


def families(words: Words) -> list[str]:
    """Families for a figure in a language, first choice first; later ones fill in glyphs."""
    chinese = chinese_family()
    if chinese is None:
        return [LATIN]
    return [chinese, LATIN] if words.lang == "zh" else [LATIN, chinese]


def figure_words(words: Words) -> Words:
    """The words a figure can be labelled with: English where no font has Chinese."""
    return Words("en") if words.lang == "zh" and chinese_family() is None else words


def font_notice(words: Words, *, platform: str = sys.platform) -> str | None:
    """What to tell a reader whose figures fell back to English, with the mend; else None."""
    if words.lang == "en" or chinese_family() is not None:
        return None
    system = {"darwin": "font.mac", "win32": "font.windows"}.get(platform, "font.linux")
    command = f"{words.say(system)}  /  {words.say('font.pip')}"
    return words.say("font.none", command=command)


def missing_glyphs(figure: Figure) -> set[str]:
    """Characters of a figure that none of their fonts can draw (they would print as boxes).

    Args:
        figure: A finished figure.

    Returns:
        The characters; empty if every text can be read.
    """
    from matplotlib.text import Text

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they say what is to be found out here
        figure.draw_without_rendering()  # tick labels get their text only now
    missing: set[str] = set()
    for text in figure.findobj(Text):
        if text.get_visible():
            missing |= _missing_in(text.get_text(), text.get_fontfamily())
    return missing


def drawable(text: str, names: Sequence[str]) -> str:
    """A text without the characters that none of some families can draw."""
    missing = _missing_in(text, names)
    return "".join(char for char in text if char not in missing) if missing else text


def _missing_in(text: str, names: Sequence[str]) -> set[str]:
    wanted = {char for char in text if not char.isspace()}
    for family in names:
        wanted -= _characters(family)
        if not wanted:
            break
    return wanted


@functools.cache
def _characters(family: str) -> frozenset[str]:
    """Every character that a family has a glyph for."""
    from matplotlib import font_manager

    try:
        path = font_manager.findfont(family, fallback_to_default=False)
    except ValueError:
        return frozenset()
    return frozenset(map(chr, font_manager.get_font(path).get_charmap()))
