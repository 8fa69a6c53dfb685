"""Figures: each is drawn from plain arrays, says its finding, and returns a Matplotlib figure.

One idea a file: ``bands`` (members, activity), ``stages``, ``people`` (cohorts, participation),
``money``, ``forecast``, ``life``; ``canvas`` is the frame they share.
"""

from sim.report.figures.bands import band_table, draw_activity, draw_members
from sim.report.figures.canvas import to_png, to_svg
from sim.report.figures.forecast import draw_forecast
from sim.report.figures.life import draw_life
from sim.report.figures.money import draw_difference, draw_money, payback_days
from sim.report.figures.people import draw_cohorts, draw_participation
from sim.report.figures.stages import draw_stages

__all__ = [
    "band_table",
    "draw_activity",
    "draw_cohorts",
    "draw_difference",
    "draw_forecast",
    "draw_life",
    "draw_members",
    "draw_money",
    "draw_participation",
    "draw_stages",
    "payback_days",
    "to_png",
    "to_svg",
]
