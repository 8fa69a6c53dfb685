"""Who answers whom in a real community, by how much people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.logs.network import GROUPS
from sim.report import numbers
from sim.report.figures.canvas import Margins, finish, make_canvas
from sim.report.figures.heat import draw_cells, hex_of
from sim.report.fonts import figure_words
from sim.report.palette import LIGHT, ink_on
from sim.words.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from sim.logs.network import ReplyNetwork
    from sim.words import Words


def draw_answers(network: ReplyNetwork, *, words: Words, facts: Sequence[str] = ()) -> Figure:
    """Shares of all answers from each group to each group.

    Args:
        network: The replies.
        words: Language of the labels.
        facts: What else is known of the network, a short line each, written beside it in the same
            language.

    Returns:
        The figure; its title says what the busiest tenth gives and gets.
    """
    from matplotlib import colormaps

    said = figure_words(words)
    there = [i for i, count in enumerate(network.groups) if count]
    share = network.between[np.ix_(there, there)] / network.replies
    busy = [place for place, i in enumerate(there) if i < 2]
    title = said.say(
        "figure.answers_find", given=numbers.share(float(share[busy].sum()), words=said),
        got=numbers.share(float(share[:, busy].sum()), words=said),
    )  # fmt: skip
    canvas = make_canvas(
        words, title=title, subtitle=said.say("figure.answers_sub"),
        note=said.say("figure.answers_note"), height=4.3,
        margins=Margins(left=1.9, right=3.5, bottom=0.62, top=0.1),
    )  # fmt: skip
    colours, top, axes = colormaps["viridis_r"], float(share.max()), canvas.axes
    draw_cells(axes, share, np.zeros(share.shape, np.bool_), colours, top=top)
    for row, column in np.ndindex(*share.shape):
        value = 100 * float(share[row, column])
        canvas.text(
            column, row, f"{value:.0f}" if value >= 0.95 or not value else f"{value:.1f}", size=10,
            colour=ink_on(hex_of(colours(value / 100 / top))), ha="center", va="center",
        )  # fmt: skip
    rows = [said.say(f"figure.answers_{GROUPS[i]}", count=network.groups[i]) for i in there]
    short = [row.rpartition("（" if said.lang == "zh" else " (")[0] for row in rows]
    axes.set_xlim(-0.5, len(there) - 0.5)
    axes.set_ylim(len(there) - 0.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks(range(len(there)), list(map(typeset, rows)))
    axes.set_xticks(range(len(there)), list(map(typeset, short)), fontsize=8.5)
    axes.set_xlabel(canvas.say("figure.answers_to"), fontsize=9.5, color=LIGHT.text)
    axes.annotate(
        canvas.say("figure.answers_from"), (0, 1), (-8, 5), xycoords="axes fraction",
        textcoords="offset points", fontsize=9.5, color=LIGHT.text, ha="right",
    )  # fmt: skip
    axes.annotate(
        "\n".join(map(typeset, facts)), (1, 0.98), (26, 0), xycoords="axes fraction",
        textcoords="offset points", fontsize=10, color=LIGHT.text, va="top", linespacing=1.75,
    )  # fmt: skip
    return finish(canvas)
