"""Waterfall, tornado, budget curve and calendar: what titles claim, what is marked, no boxes."""

import numpy as np
import pytest
from matplotlib.text import Text

from sim.report import figures
from sim.report.figures import Mix, Part, Swing
from sim.report.fonts import chinese_family, missing_glyphs
from sim.report.policy_lines import PolicyLine
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
DAYS = np.arange(60)
LONG = "课程加上老带新再加每周打卡的大组合, with a very long name"


def texts(figure):
    figure.draw_without_rendering()
    return [text.get_text().replace("\u2009", " ") for text in figure.findobj(Text)]


def part(name, value, half):
    return Part(name=name, value=value, low=value - half, high=value + half)


def waterfall(*parts, words=EN, **changes):
    values = {"kpi": "profit", "base": "as now", "base_value": 21_000.0, "variant": "course"}
    total = sum(one.value for one in parts)
    return figures.draw_waterfall(parts, words=words, total=total, **(values | changes))


def tornado(*swings, words=EN, default=12_400.0):
    return figures.draw_tornado(
        swings, words=words, kpi="profit", default=default, variant="course", base="as now"
    )


def swing(name, at_low, at_high):
    return Swing(name=name, low="0.5 %", high="6 %", at_low=at_low, at_high=at_high)


def test_a_waterfall_names_what_adds_most_and_ends_at_the_total():
    figure = waterfall(part("free course", -2100.0, 400.0), part("paid course", 14_500.0, 900.0))
    assert figure.get_label() == (
        'What "course" changes comes mostly from paid course: +¥14,500 profit'
    )
    said = texts(figure)
    assert "¥21,000" in said
    assert "+¥12,400  (which makes ¥33,400)" in said  # 21,000 - 2,100 + 14,500
    bars = [patch for patch in figure.axes[0].patches if patch.get_width()]
    assert [bar.get_x() for bar in bars] == [0, -2100, 0]  # each begins where the last one ended
    assert [bar.get_x() + bar.get_width() for bar in bars] == [-2100, 12_400, 12_400]


def test_what_cannot_be_told_from_nothing_is_hatched():
    figure = waterfall(part("a", 500.0, 900.0), part("b", 2000.0, 100.0))
    hatches = [patch.get_hatch() for patch in figure.axes[0].patches]
    assert [bool(hatch) for hatch in hatches] == [True, False, False]
    assert any("Hatched" in text for text in texts(figure))
    unclear = waterfall(part("a", 500.0, 900.0))
    assert unclear.get_label() == 'No single policy of "course" clearly adds profit'
    less = waterfall(part("a", -60.0, 9.0), kpi="owner_minutes", base_value=600.0, good=-1)
    assert "comes mostly from a" in less.get_label()


def test_a_tornado_says_whether_anything_overturns_the_result():
    weak, strong = swing("weak", 11_000.0, 13_000.0), swing("strong", -900.0, 30_000.0)
    figure = tornado(weak, strong)
    assert figure.get_label() == "One assumption could overturn it: strong"
    assert texts(figure).count("overturns") == 1
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["strong", "weak"]  # the one that moves most on top
    assert {"0.5 %", "6 %"} <= set(texts(figure))
    assert tornado(weak).get_label() == (
        'No single assumption overturns the order of "course" and "as now"'
    )
    two = tornado(strong, swing("other", -1.0, 20_000.0))
    assert two.get_label() == "2 assumptions could overturn it, first of all: strong"
    behind = tornado(swing("helps", -4000.0, 100.0), default=-2000.0)  # the loser may win as well
    assert "could overturn" in behind.get_label()


def test_a_tornado_shows_the_ten_strongest():
    rows = [swing(f"assumption {i}", 10_000.0 - i, 10_000.0 + i) for i in range(14)]
    figure = tornado(*rows, default=10_000.0)
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == [f"assumption {i}" for i in range(13, 3, -1)]


def mix(spend, gain):
    return Mix(spend=spend, gain=gain, low=gain - 900.0, high=gain + 900.0)


def test_a_budget_names_the_recommended_spending_or_says_that_none_pays():
    mixes = [mix(0.0, 0.0), mix(9000.0, 14_000.0), mix(15_000.0, 17_000.0)]

    def label(**changes):
        values = {"kpi": "profit", "base": "as now", "words": EN}
        return figures.draw_budget(mixes, **(values | changes)).get_label()

    assert label(recommended=mixes[2]) == ("Best use of the money: ¥15,000 spent, +¥17,000 profit")
    assert label(recommended=mixes[2], enough=15_000.0) == (
        "Beyond ¥15,000 more money hardly helps"
    )
    assert label() == "No mix clearly beats spending nothing"
    assert label(recommended=mixes[0]) == "No mix clearly beats spending nothing"


def drawn(words):
    rng = np.random.default_rng(5)
    names = [words.say("word.as_now"), words.policy("red_packet"), LONG, "plan B", "C", "D", "E"]
    paths = {name: 200.0 + rng.normal(i, 3, (24, 60)).cumsum(axis=1)
             for i, name in enumerate(names)}  # fmt: skip
    codes = {name: np.full((24, 60), i % 5) for i, name in enumerate(names)}
    lines = (PolicyLine("red_packet", 7, None), PolicyLine("free_course", 10, 90))
    yield figures.draw_members(DAYS, paths, words=words)
    yield figures.draw_members(DAYS, dict(list(paths.items())[:5]), words=words)
    yield figures.draw_activity(DAYS, paths, words=words, kpi="speakers")
    yield figures.draw_stages(DAYS, codes, words=words)
    yield figures.draw_difference(DAYS, dict(list(paths.items())[1:]), words=words, base=names[0])
    yield figures.draw_calendar({names[0]: (), LONG: lines}, days=60, words=words)
    yield waterfall(part(LONG, 1.0, 2.0), part("b", 3.0, 1.0), words=words, kpi="active_30d")
    yield tornado(swing(LONG, -1.0, 3.0), words=words)
    curves = {LONG: [(0.0, 0.0), (9.0, -4.0)], "b": [(0.0, 0.0), (7.0, 5.0)]}
    yield figures.draw_budget(
        [mix(0.0, 0.0), mix(5000.0, 2000.0)], words=words, kpi="active_30d", base=names[0],
        recommended=mix(5000.0, 2000.0), curves=curves, budget=9000.0, enough=5000.0,
    )  # fmt: skip


@pytest.mark.skipif(chinese_family() is None, reason="no Chinese font is installed")
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_character_has_a_glyph_and_stays_on_the_figure(words):
    for figure in drawn(words):
        assert missing_glyphs(figure) == set()
        wide = figure.bbox.width
        placed = [text for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels())]
        for text in (*figure.texts, *placed):
            box = text.get_window_extent()
            assert box.x0 >= -1, (figure.get_label(), text.get_text())
            assert box.x1 <= wide + 1, (figure.get_label(), text.get_text())


def test_more_than_three_variants_get_a_panel_each():
    paths = {name: np.full((24, 60), 9.0) for name in "abcd"}
    assert len(figures.draw_members(DAYS, paths, words=EN).axes) == 3  # beside the baseline
    del paths["d"]
    assert len(figures.draw_members(DAYS, paths, words=EN).axes) == 1


def test_strips_say_where_fewest_decline():
    fine, half = np.full((20, 60), 2), np.full((20, 60), 2)
    half[:10] = 3
    figure = figures.draw_stages(DAYS, {"now": half, "then": fine}, words=EN)
    assert figure.get_label() == (
        'Neither in decline nor dormant at the end: "then" in 20 of 20 futures, "now" in 10'
    )
    assert len(figure.axes) == 2
    alike = figures.draw_stages(DAYS, {"now": fine, "then": fine}, words=EN)
    assert alike.get_label() == "The stage at the end is about the same everywhere"
