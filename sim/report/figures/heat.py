"""Heat maps: cells in one sequence of colours, hatched where there is nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.palette import LIGHT
from sim.words.typography import typeset

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from numpy.typing import NDArray

    from sim.report.figures.canvas import Canvas

    Floats = NDArray[np.float64]


def draw_cells(
    axes: Axes,
    shown: Floats,
    partial: NDArray[np.bool_],
    colours: Colormap,
    *,
    top: float = 1.0,
) -> None:
    """Each cell's colour, hatched where it is not known or rests on a part only.

    What is not known is one hatched ground: a hatch of its own for every empty cell takes longer to
    draw than all the rest.

    Args:
        axes: Where to.
        shown: Shape (rows, columns), NaN = not known.
        partial: Shape (rows, columns): known, but to be read with care.
        colours: The sequence of colours.
        top: Value of the last colour; the first is that of 0.
    """
    from matplotlib.patches import Rectangle

    rows, columns = shown.shape
    ground = Rectangle(
        (-0.5, -0.5), columns, rows, fc=LIGHT.panel, ec="#DDE1E6", hatch="////", lw=0
    )
    axes.add_patch(ground)
    axes.pcolormesh(
        np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5, np.ma.masked_invalid(shown),
        cmap=colours, vmin=0, vmax=top, edgecolor="white", linewidth=1,
    )  # fmt: skip
    for row, column in np.argwhere(partial & np.isfinite(shown)):
        box = (column - 0.5, row - 0.5)
        axes.add_patch(Rectangle(box, 1, 1, fc="none", ec="#FFFFFF66", hatch="////", lw=0))


def colour_scale(canvas: Canvas, colours: Colormap, *, ends: tuple[str, str] | None = None) -> None:
    """A short colour scale above the right end of the heat map.

    Args:
        canvas: The figure, whose axes have their place already.
        colours: The sequence of colours.
        ends: What its ends stand for; by default 0 and 100 per cent.
    """
    figure = canvas.figure
    spot = canvas.axes.get_position()
    tall = figure.get_figheight()
    left = spot.x1 - 0.2
    scale = figure.add_axes((left, spot.y1 + 0.1 / tall, 0.14, 0.1 / tall))
    scale.imshow(np.linspace(0, 1, 64)[None, :], aspect="auto", cmap=colours)
    scale.set_axis_off()
    percent = "%" if canvas.words.lang == "zh" else " %"
    low, high = ends or (f"0{percent}", f"100{percent}")
    for x, text, side in ((left - 0.006, low, "right"), (left + 0.146, high, "left")):
        figure.text(
            x, spot.y1 + 0.15 / tall, typeset(text), fontsize=8.5, color=LIGHT.secondary,
            ha=side, va="center",
        )  # fmt: skip


def hex_of(rgba: tuple[float, float, float, float]) -> str:
    """A colour of a sequence as ``#RRGGBB``."""
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in rgba[:3])
