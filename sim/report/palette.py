"""Colours of figures and pages, and what may be written upon them.

Any two of the seven series colours differ by at least 23 in CIE 1976 colour difference under normal
sight and under protan, deutan and tritan deficiency (Machado, Oliveira and Fernandes 2009, full
strength), and each stands out from its ground by at least 3:1 (WCAG 2.2). Line style repeats the
coding, so that nothing depends on colour alone. Red and green never mean bad and good: to Chinese
readers red is gain.
"""

from __future__ import annotations

from dataclasses import dataclass

LineStyle = str | tuple[float, tuple[float, ...]]

STAGES = ("sprout", "growth", "active", "decline", "dormant")
"""Lifecycle stages in order; their index is the code of a stage."""

OUTLINE = "#6B7480"
"""Outline of the bands of the stage strip."""

BAND_50, BAND_90 = 0.28, 0.12
"""Opacity of the bands that hold 50 and 90 of 100 futures, on a light ground."""


@dataclass(frozen=True)
class Theme:
    """Colours on one ground.

    Attributes:
        ground: Behind everything.
        text: Ordinary text.
        secondary: Notes and axes.
        panel: Behind tiles and code.
        link: Links.
        series: Baseline, then variants 1 to 6.
        better: Words and bars of what is better.
        worse: Likewise for worse.
        stages: One colour a stage, in the order of :data:`STAGES`.
    """

    ground: str
    text: str
    secondary: str
    panel: str
    link: str
    series: tuple[str, ...]
    better: str
    worse: str
    stages: tuple[str, ...]


LIGHT = Theme(
    ground="#FFFFFF",
    text="#1C2127",
    secondary="#5A6370",
    panel="#F5F6F8",
    link="#1D4ED8",
    series=("#6B7480", "#0A317F", "#EC7018", "#0EAA69", "#68032D", "#5A4802", "#8729FA"),
    better="#1A5FB4",
    worse="#B85C00",
    stages=("#D6D61F", "#4CE682", "#133486", "#A15717", "#8B9099"),
)

DARK = Theme(
    ground="#14181D",
    text="#E6EAEF",
    secondary="#9AA5B2",
    panel="#1D232A",
    link="#8AB8FF",
    series=("#A9B4C2", "#0B7BCB", "#C9641D", "#0CE98D", "#DA0B62", "#E6CF4C", "#764CF6"),
    better="#4EA3F0",
    worse="#F0953F",
    stages=("#CDD61F", "#50D38B", "#4C78E6", "#AE5019", "#6C737D"),
)

LINE_STYLES: tuple[LineStyle, ...] = (
    "solid",
    "solid",
    (0, (7, 3)),
    (0, (1.2, 1.8)),
    (0, (7, 2.5, 1.5, 2.5)),
    (0, (3.5, 2)),
    (0, (1.2, 1.8, 1.2, 4)),
)
"""Baseline, variants 1 to 6: solid, solid, long dash, dot, dash-dot, short dash, double dot."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 (black) to 1 (white); WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 (none) to 21 (black on white); WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    return "#000000" if contrast("#000000", colour) >= contrast("#FFFFFF", colour) else "#FFFFFF"


def tint(colour: str, share: float) -> str:
    """A colour thinned with white, opaque: an SVG drops the hatch of a bar that is transparent.

    Args:
        colour: ``#RRGGBB``.
        share: What is left of it, 0 (white) to 1.
    """
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - one)):02X}" for one in channels)
