"""Figures: what their titles claim, that every character has a glyph, that bytes repeat."""

import datetime as dt
import sys
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.report import figures, fonts
from sim.report.figures.bands import bands_of
from sim.report.figures.canvas import count_axis, end_labels, make_canvas
from sim.report.figures.people import _pooled
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
DAYS = np.arange(100)
needs_chinese = pytest.mark.skipif(
    fonts.chinese_family() is None, reason="no Chinese font is installed on this machine"
)


def ramp(first, last, *, futures=25):
    return np.linspace(first, last, 100)[None, :] + np.linspace(-2, 2, futures)[:, None]


def texts(figure):
    figure.draw_without_rendering()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def every_figure(samples, words):
    series = samples.series()
    marks = [(7, words.policy("red_packet")), (9, words.policy("free_course"))]
    start = dt.date(2026, 3, 2)
    two = {words.say("word.as_now"): series.members, words.policy("red_packet"): series.members + 9}
    yield figures.draw_members(
        series.days, series.members, words=words, capacity=500, start=start, marks=marks
    )
    yield figures.draw_members(series.days, two, words=words)
    yield figures.draw_activity(series.days, series.speakers, words=words, kpi="speakers")
    yield figures.draw_activity(series.days, series.speakers, words=words)
    yield figures.draw_stages(series.days, series.stages, words=words, start=start)
    yield figures.draw_cohorts(
        series.cohorts.share, series.cohorts.joins / samples.R, words=words,
        censored=series.cohorts.censored, futures=samples.R,
    )  # fmt: skip
    yield figures.draw_participation(series.messages, words=words)
    yield figures.draw_money(series.days, series.revenue, series.cost, words=words, marks=marks)
    yield figures.draw_difference(
        series.days, {words.policy("red_packet"): series.revenue - series.cost}, words=words,
        base=words.say("word.as_now"),
    )  # fmt: skip
    past = np.abs(50 + 10 * np.sin(np.arange(60) / 5))
    fan = 50 + np.arange(13)[:, None] * np.array([-1.0, -0.4, 0.0, 0.4, 1.0])
    yield figures.draw_forecast(past, fan, words=words, start=start, actual=fan[:, 2] + 3)


@needs_chinese
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_character_has_a_glyph_and_every_figure_a_finding(samples, words):
    for figure in every_figure(samples, words):
        assert fonts.missing_glyphs(figure) == set()
        assert figure.get_label()
        written = " ".join(texts(figure)).replace("\n", "").replace("\u2009", " ")
        assert figure.get_label()[:8] in written


def test_a_character_without_a_glyph_is_found():
    figure = Figure()
    figure.text(0, 0, "day \U000f0000", fontfamily=fonts.LATIN)
    assert fonts.missing_glyphs(figure) == {"\U000f0000"}


def test_an_emoji_in_a_name_leaves_no_box():
    names = {"plain": ramp(1, 20), "hot \U0001fae0": ramp(1, 30)}
    figure = figures.draw_members(DAYS, names, words=EN)
    assert fonts.missing_glyphs(figure) == set()
    figures.to_png(figure, dpi=40)  # would warn of a missing glyph, and warnings are errors here
    assert any(text.startswith("hot") for text in texts(figure))


def test_without_a_chinese_font_labels_are_english_and_the_mend_is_told(monkeypatch):
    monkeypatch.setattr("sim.report.fonts.chinese_family", lambda: None)
    figure = figures.draw_members(DAYS, ramp(150, 468), words=ZH)
    assert figure.get_label() == "The group grows from 150 to 468 members"
    assert fonts.missing_glyphs(figure) == set()
    assert "fonts-noto-cjk" in fonts.font_notice(ZH, platform="linux")
    assert "brew" in fonts.font_notice(ZH, platform="darwin")
    assert fonts.font_notice(EN) is None


def test_the_same_figure_gives_the_same_bytes():
    def drawn():
        return figures.draw_members(DAYS, ramp(150, 468), words=EN, capacity=500)

    assert figures.to_svg(drawn()) == figures.to_svg(drawn())
    assert figures.to_png(drawn(), dpi=50) == figures.to_png(drawn(), dpi=50)
    svg = figures.to_svg(drawn())
    assert svg.startswith("<svg")
    assert "dc:date" not in svg


@pytest.mark.parametrize(
    ("paths", "capacity", "title"),
    [
        (ramp(150, 468), 500, "The group grows from 150 to 468 members"),
        (ramp(400, 120), None, "The group shrinks from 400 to 120 members"),
        (ramp(100, 103), None, "The group stays at about 103 members"),
        (np.minimum(ramp(200, 800), 500), 500, "The group is full (500) from about day 48"),
    ],
)
def test_members_say_growth_loss_or_full(paths, capacity, title):
    # Full: 200 + 600 t/99 reaches .98 x 500 = 490 at t = 47.85.
    figure = figures.draw_members(DAYS, paths, words=EN, capacity=capacity)
    assert figure.get_label() == title


def test_variants_name_the_highest():
    figure = figures.draw_members(DAYS, {"现在": ramp(100, 200), "红包": ramp(100, 260)}, words=EN)
    assert figure.get_label() == '"红包" ends highest: 260, against 200 for "现在"'
    level = figures.draw_members(DAYS, {"a": ramp(100, 200), "b": ramp(100, 201)}, words=EN)
    assert level.get_label() == "All end at about 200"


def test_activity_finds_the_peak_and_leaves_short_windows_out():
    hill = np.tile(20 + 80 * np.exp(-(((DAYS - 60) / 15.0) ** 2)), (25, 1))
    hill[:, :29] = 500  # windows not full yet: must not count
    figure = figures.draw_activity(DAYS, hill, words=EN, kpi="active_30d")
    assert figure.get_label() == "Monthly active: highest around day 60 with 100, 20 at the end"
    rising = figures.draw_activity(DAYS, ramp(10, 90), words=ZH, kpi="speakers")
    assert "还在上升，最后是 90 人" in rising.get_label() or fonts.chinese_family() is None


def test_few_futures_show_no_range():
    few = figures.draw_members(DAYS, ramp(150, 468, futures=19), words=EN)
    enough = figures.draw_members(DAYS, ramp(150, 468, futures=20), words=EN)
    assert not any("usually" in text for text in texts(few))
    assert any("too few for a range" in text for text in texts(few))
    assert any("usually" in text for text in texts(enough))
    one = figures.draw_members(DAYS, ramp(150, 468, futures=1), words=EN)
    assert any("One future" in text for text in texts(one))


def test_bands_are_quantiles_day_by_day():
    paths = np.arange(101.0)[:, None] * np.ones((1, 3))
    bands = bands_of(paths)
    assert [float(q[1]) for q in (bands.q05, bands.q25, bands.q50, bands.q75, bands.q95)] == [
        5, 25, 50, 75, 95,
    ]  # fmt: skip
    header, rows = figures.band_table(np.arange(3), paths, words=EN)
    assert header == ["day", "5 of 100 below", "middle", "5 of 100 above"]
    assert rows[0] == ["0", "5", "50", "95"]


def test_stages_count_futures_at_the_end():
    stages = np.full((50, 100), 2)
    stages[:12, 60:] = 3
    stages[12, 60:] = 4
    assert figures.draw_stages(DAYS, stages, words=EN).get_label() == (
        "At the end 37 of 50 futures are in the stage “active”"
    )
    same = figures.draw_stages(DAYS, np.full((9, 100), 1), words=EN)
    assert same.get_label() == "At the end all 9 futures are in the stage “growth”"
    unknown = figures.draw_stages(DAYS, np.full((9, 100), -1), words=EN)
    assert unknown.get_label() == "not known yet"


def test_cohorts_weigh_by_those_who_joined():
    kept = np.full((6, 6), np.nan)
    kept[0, :5] = [1, 0.9, 0.8, 0.7, 0.6]
    kept[1, :5] = [1, 0.8, 0.6, 0.5, 0.4]
    joins = np.array([30.0, 10, 5, 5, 5, 5])
    figure = figures.draw_cohorts(kept, joins, words=EN)
    # (30 x .6 + 10 x .4) / 40 = .55
    assert figure.get_label() == "Of those who join, 55 % are still there after 4 weeks"
    nobody = figures.draw_cohorts(kept, np.zeros(6), words=EN)
    assert nobody.get_label() == "Nobody joined"


def test_long_tables_pool_neighbouring_weeks():
    kept = np.array([[1.0, 0.8], [1.0, 0.2], [1.0, np.nan]])
    joins = np.array([30.0, 10, 5])
    joined, share, partial = _pooled(kept, joins, np.isnan(kept), weeks=2)
    assert joined.tolist() == [40, 5]
    assert share[0].tolist() == pytest.approx([1, 0.65])  # (30 x .8 + 10 x .2) / 40
    assert np.isnan(share[1, 1])
    assert partial.tolist() == [[False, False], [False, True]]
    figure = figures.draw_cohorts(np.ones((40, 40)), np.full(40, 6.0), words=EN)
    assert "weeks 0 to 2 (18)" in texts(figure)


def test_crowded_policies_say_how_many_more_begin():
    marks = [(day, f"policy number {day}") for day in range(6)]
    figure = figures.draw_members(DAYS, ramp(1, 90), words=EN, marks=marks)
    written = [text for text in texts(figure) if text.startswith("policy number")]
    assert written == ["policy number 0", "policy number 1 +4"]


def test_participation_reads_the_top_tenth():
    # 9 people with 1 message, one with 11: the top tenth sends 11 of 20.
    messages = np.array([1] * 9 + [11] + [0] * 40)
    figure = figures.draw_participation([messages] * 3, words=EN)
    assert figure.get_label() == "The most talkative tenth sends 55 % of the messages"
    silent = figures.draw_participation([np.zeros(5, dtype=int)], words=EN)
    assert silent.get_label() == "Nothing to show"


def test_payback_is_marked_only_where_money_was_missing_first():
    def texts(profit):
        took = np.maximum(np.diff(profit, prepend=0.0), 0)
        spent = np.maximum(-np.diff(profit, prepend=0.0), 0)
        rows = [np.tile(one, (24, 1)) for one in (took, spent)]
        return [
            text.get_text()
            for text in figures.draw_money(np.arange(4), *rows, words=EN).axes[0].texts
        ]

    assert "pays back: day 2" in texts([-5.0, -1.0, 2.0, 8.0])
    assert not [text for text in texts([1.0, 2.0, 3.0, 8.0]) if "pays back" in text]
    assert "does not pay back in 24 of 24" in texts([-1.0, -2.0, -3.0, -8.0])


def test_payback_is_the_day_after_the_last_loss():
    cumulative = np.array(
        [[-1, -1, 0, 1, 2], [1, 1, 1, 1, 1], [1, -1, 2, -3, 4], [1, 1, 1, 1, -1]], dtype=float
    )
    assert figures.payback_days(cumulative).tolist() == [2, 0, 4, np.inf]


@pytest.mark.parametrize(
    ("revenue", "cost", "title"),
    [
        (0.0, 0.0, "No money moves"),
        (10.0, 4.0, "Earns ¥600 in 100 days, never below zero"),
        (1.0, 4.0, "Loses ¥300 in 100 days"),
    ],
)
def test_money_says_what_is_left(revenue, cost, title):
    flat = np.ones((25, 100))
    figure = figures.draw_money(DAYS, revenue * flat, cost * flat, words=EN)
    assert figure.get_label() == title


def test_money_says_when_it_pays_for_itself():
    revenue = np.where(DAYS >= 20, 10.0, 0.0) * np.ones((25, 1))
    cost = np.where(DAYS < 20, 10.0, 0.0) * np.ones((25, 1))
    revenue[:2] = 0
    # Loses 200 by day 19, gains 10 a day from day 20: back at zero at the end of day 39.
    figure = figures.draw_money(DAYS, revenue, cost, words=EN)
    assert figure.get_label() == "Pays for itself around day 39, in 23 of 25 futures"
    figure = figures.draw_difference(
        DAYS, {"course": revenue - cost, "packet": -cost}, words=EN, base="as now"
    )
    assert figure.get_label() == '"course" pays for itself around day 39, in 23 of 25 futures'
    none = figures.draw_difference(DAYS, {"packet": -cost}, words=EN, base="as now")
    assert none.get_label() == 'None earns more than "as now" in the middle future'


def test_forecast_compares_with_now():
    past = np.concatenate((np.full(20, 90.0), np.full(4, 60.0)))
    fan = np.tile([30.0, 38, 42, 47, 58], (13, 1))
    figure = figures.draw_forecast(past, fan, words=EN)
    assert figure.get_label() == (
        "13 weeks ahead: about 42 speakers a week (usually 30 to 58); now 60"
    )


@pytest.mark.parametrize("length", [1, 6, 7, 31])
def test_short_runs_can_be_drawn(length):
    days = np.arange(length)
    flat = np.full((3, length), 5.0)
    figures.draw_members(days, flat, words=EN)
    figures.draw_activity(days, flat, words=EN)
    figures.draw_stages(days, np.zeros((3, length), dtype=np.int8), words=EN)
    figures.draw_money(days, flat, flat, words=EN)


def test_labels_at_line_ends_do_not_cover_each_other():
    canvas = make_canvas(EN, title="t", subtitle="s")
    count_axis(canvas, top=100)
    end_labels(canvas, [(50, "one", "k"), (50, "two", "k"), (51, "three", "k"), (106, "top", "k")])
    canvas.figure.draw_without_rendering()
    boxes = sorted((text.get_window_extent() for text in canvas.axes.texts), key=lambda box: box.y0)
    for lower, upper in pairwise(boxes):
        assert lower.y1 <= upper.y0 + 1
    assert boxes[-1].y1 <= canvas.axes.get_window_extent().y1 + 6


def test_drawing_leaves_global_settings_alone():
    before, plotting = dict(mpl.rcParams), "matplotlib.pyplot" in sys.modules
    figures.to_svg(figures.draw_members(DAYS, ramp(1, 9), words=EN))
    assert dict(mpl.rcParams) == before
    assert ("matplotlib.pyplot" in sys.modules) == plotting
