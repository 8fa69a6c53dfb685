"""Views as files: both languages, whole or not at all, as small as they can be."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.study.files import write_text
from sim.words import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sim.report.page import Table

View = dict[str, Any]

MOST_POINTS = 400
"""Days that a figure shows; of a longer run every second (third ...) one."""


def view_file(folder: Path, lang: str) -> Path:
    """Where the view of a task is, in one language."""
    return folder / f"view.{lang}.json"


def write_views(folder: Path, view: Callable[[Words], Mapping[str, Any]]) -> None:
    """Write a view in every language, each in one step.

    Args:
        folder: The task's folder.
        view: Makes it in a language.

    Raises:
        UserError: ``no_space``, ``no_permission``.
    """
    for lang in LANGUAGES:
        text = json.dumps(
            view(Words(lang)), ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        write_text(view_file(folder, lang), text)


def shown_days(days: int) -> Any:
    """Which of so many days a figure shows: all, or every so many and the last."""
    step = -(-days // MOST_POINTS)
    return np.arange((days - 1) % step, days, step)


def numbers_of(values: Any, *, digits: int = 0) -> list[Any]:
    """Numbers as JSON has them: rounded, None where there is none; whole ones without a point."""
    rounded = np.round(np.asarray(values, np.float64), digits).tolist()
    return [_plain(one) for one in rounded] if isinstance(rounded, list) else [_plain(rounded)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def digits_for(values: Any) -> int:
    """Decimals of numbers so that about four digits are told: 0 from 100 on."""
    finite = np.abs(np.asarray(values, np.float64))
    most = float(np.nanmax(finite, initial=0.0, where=np.isfinite(finite)))
    if most <= 0:
        return 0
    return max(0, min(6, 3 - math.floor(math.log10(most))))


def table_of(table: Table) -> View:
    """A table of a report as a page shows it."""
    return {"columns": list(table.header), "rows": [list(row) for row in table.rows]}
