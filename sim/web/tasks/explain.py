"""Say where the difference of a variant comes from, and what would overturn it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.study.comparison import load_comparison
from sim.study.explain import explain
from sim.web.tasks.base import RESULT
from sim.web.tasks.compare import standing_of, told
from sim.web.tasks.pace import Clock
from sim.web.views.compare import compare_view
from sim.web.views.reasons import reason_texts, tornado_figure, waterfall_figure
from sim.web.views.writing import View, write_views

if TYPE_CHECKING:
    from sim.study.comparison import Comparison
    from sim.study.explain import Explanation
    from sim.web.tasks.base import Asked, Channel
    from sim.words import Words

FUTURES = 40
"""Futures in which combinations of changes are simulated at most; a page does not wait longer."""


def do(asked: Asked, channel: Channel) -> None:
    """Explain a variant of a comparison.

    ``options``: ``of`` = folder of the comparison's task, ``variant`` = number of the variant (1 is
    the first that is not the baseline) or None for the best.

    Raises:
        UserError: As ``sim.study.explain.explain``.
    """
    folder = Path(asked.options["of"]) / RESULT
    clock = Clock()

    def progress(done: int, *, failed: int = 0, total: int = 0) -> None:
        channel.progress(done, total, failed=failed, left=clock.left(done, total))

    number = asked.options.get("variant")
    name = None
    if number is not None:
        variants = load_comparison(folder).experiment.variants
        name = variants[min(int(number), len(variants) - 1)].name
    explanation = explain(
        folder, variant=name, replicates=FUTURES, jobs=asked.jobs, progress=progress
    )
    comparison = load_comparison(folder)
    write_views(asked.folder, lambda words: explain_view(comparison, explanation, words=words))
    channel.look()


def explain_view(comparison: Comparison, explanation: Explanation, *, words: Words) -> View:
    """An explanation as the page shows it: the comparison, and why it came out so."""
    story = told(comparison, words=words)
    table = explanation.table()
    view = compare_view(story, standing_of(comparison), words=words)
    names = [one.name for one in story.variants]
    figures = [figure(table, story, words=words) for figure in (waterfall_figure, tornado_figure)]
    return {
        **view, "kind": "explain", "variant": names.index(explanation.variant),
        "variant_name": story.label(explanation.variant),
        "reasons": reason_texts(table, story, words=words),
        "figures": [*(one for one in figures if one is not None), *view["figures"]],
    }  # fmt: skip
