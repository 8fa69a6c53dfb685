"""Write a finished comparison as a page, a workbook, tables or a text to take along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.report.comparison import comparison_head, comparison_page
from sim.report.exports import write_csv, write_md, write_xlsx
from sim.report.page import write_file, write_report
from sim.report.sheets import comparison_sheets
from sim.study.comparison import load_comparison
from sim.web.tasks.base import FILES, RESULT
from sim.web.tasks.compare import told
from sim.words import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.comparison_story import ComparisonStory
    from sim.report.sheets import Sheet
    from sim.study.comparison import Comparison
    from sim.web.tasks.base import Asked, Channel
    from sim.words import Language

FORMATS = ("html", "xlsx", "csv", "md")


def do(asked: Asked, channel: Channel) -> None:
    """Write the report of a comparison into ``files``.

    ``options``: ``of`` = folder of the comparison's task, ``format`` = one of ``FORMATS``, ``lang``
    = its language; None = a page in every language, each with a link to the other.

    What comes of it: ``report.html`` (``report_en.html``), ``report.xlsx``, ``tables.zip`` (a table
    a file, ``futures.csv`` with every day of every future), ``report.zip`` (Markdown, pictures).

    Raises:
        UserError: ``wrong_form``/``report_format``; ``not_found`` if nothing was compared there.
    """
    form, lang = str(asked.options.get("format", "html")), asked.options.get("lang")
    if form not in FORMATS:
        raise UserError("wrong_form", "report_format", value=form, choices=list(FORMATS))
    channel.progress(0, 1)
    comparison = load_comparison(Path(asked.options["of"]) / RESULT)
    files = asked.folder / FILES
    if form == "html":
        _pages(comparison, files, [lang] if lang in LANGUAGES else list(LANGUAGES))
    else:
        words = Words(lang if lang in LANGUAGES else LANGUAGES[0])
        story = told(comparison, words=words)
        if form == "md":
            _text(story, files, words)
        else:
            sheets = comparison_sheets(story, comparison_head(story, words=words), words=words)
            if form == "xlsx":
                write_xlsx(files / "report.xlsx", sheets)
            else:
                _tables(sheets, comparison, files)
    channel.progress(1, 1)


def _pages(comparison: Comparison, files: Path, langs: list[Language]) -> None:
    names = {lang: "report.html" if lang == langs[-1] else f"report_{lang}.html" for lang in langs}
    for lang in langs:
        words = Words(lang)
        other = next((name for one, name in names.items() if one != lang), "")
        story = told(comparison, words=words)
        page = comparison_page(story, words=words, other=other)
        write_report(files / names[lang], page, words=words)


def _tables(sheets: Sequence[Sheet], comparison: Comparison, files: Path) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_csv(folder, sheets)
        every = comparison.daily.to_csv(index=False)
        write_file(folder / "futures.csv", every.encode("utf-8-sig"))
        write_file(files / "tables.zip", _packed(folder))


def _text(story: ComparisonStory, files: Path, words: Words) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_md(folder / "report.md", comparison_page(story, words=words), words=words)
        write_file(files / "report.zip", _packed(folder))


def _packed(folder: Path) -> bytes:
    """A folder as an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return content.getvalue()
