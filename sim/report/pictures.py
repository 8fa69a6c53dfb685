"""The pictures of a page as files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.canvas import to_svg
from sim.report.page import write_file, write_pngs

if TYPE_CHECKING:
    from pathlib import Path

    from sim.report.page import Page


def write_pictures(folder: Path, page: Page) -> None:
    """Save every figure of a page as ``<name>.png``, for slides, and ``.svg``.

    Args:
        folder: Where; made if it is missing.
        page: Whose figures.

    Raises:
        UserError: ``no_permission``/``file`` or ``no_space``/``disk_full``.
    """
    write_pngs(folder, page)
    for picture in page.pictures():
        write_file(folder / f"{picture.name}.svg", to_svg(picture.figure).encode())
