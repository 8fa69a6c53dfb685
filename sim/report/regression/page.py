"""The page of a check: what changed, before and now, with pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.page import Page
from sim.report.regression.telling import answer
from sim.version import __version__

if TYPE_CHECKING:
    from sim.study.regression.baseline import Baseline
    from sim.study.regression.check import Report
    from sim.words import Words


def check_page(report: Report, *, baseline: Baseline, words: Words) -> Page:
    """The page of a check."""
    return Page(
        title=words.say("ci.question"), verdict=tuple(answer(report, words=words)),
        footer=words.say("report.footer", version=__version__),
    )  # fmt: skip
