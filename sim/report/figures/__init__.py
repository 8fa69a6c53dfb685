"""Figures: each is drawn from plain arrays, says its finding, and returns a Matplotlib figure.

One idea a file: ``bands`` (members, activity), ``stages``, ``people`` (cohorts, participation),
``money``, ``reasons`` (waterfall, tornado), ``budget``, ``calendar``, ``forecast``, ``life``; of a
sensitivity study ``sensitivity`` (tornado), ``courses`` (over time), ``screening`` (Morris' plane),
``points``; of a discovery ``discovery`` (boxes), ``effects`` (thresholds, interactions); of a log
``past``, ``returning``, ``rhythm``, ``answers``, ``placed``. ``canvas`` is the frame they share,
``heat`` what heat maps share, ``rows`` what rows of bars share.
"""

from sim.report.figures.answers import draw_answers
from sim.report.figures.bands import band_table, bands_of, draw_activity, draw_members
from sim.report.figures.budget import Mix, draw_budget
from sim.report.figures.calendar import draw_calendar
from sim.report.figures.canvas import to_png, to_svg
from sim.report.figures.discovery import discovery_figures, draw_boxes
from sim.report.figures.effects import draw_interaction, draw_thresholds
from sim.report.figures.forecast import draw_forecast
from sim.report.figures.life import draw_life
from sim.report.figures.money import draw_difference, draw_money, payback_days
from sim.report.figures.past import draw_past
from sim.report.figures.people import draw_cohorts, draw_participation
from sim.report.figures.placed import draw_placed
from sim.report.figures.reasons import Part, Swing, draw_tornado, draw_waterfall
from sim.report.figures.returning import draw_returning
from sim.report.figures.rhythm import draw_rhythm
from sim.report.figures.stages import draw_stages

__all__ = [
    "Mix",
    "Part",
    "Swing",
    "band_table",
    "bands_of",
    "discovery_figures",
    "draw_activity",
    "draw_answers",
    "draw_boxes",
    "draw_budget",
    "draw_calendar",
    "draw_cohorts",
    "draw_difference",
    "draw_forecast",
    "draw_interaction",
    "draw_life",
    "draw_members",
    "draw_money",
    "draw_participation",
    "draw_past",
    "draw_placed",
    "draw_returning",
    "draw_rhythm",
    "draw_stages",
    "draw_thresholds",
    "draw_tornado",
    "draw_waterfall",
    "payback_days",
    "to_png",
    "to_svg",
]
