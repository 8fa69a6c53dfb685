"""A discovery in sentences and figures: what is claimed, and that it stays on the page."""

import copy

import numpy as np
import pytest

from sim.report import figures
from sim.report.discovering import discovery_lines, discovery_sentences
from sim.report.findings import factor_name, factor_value
from sim.report.fonts import chinese_family, missing_glyphs
from sim.words import Words
from sim.words.typography import width

EN, ZH = Words("en"), Words("zh")
LABELS = {"price": "price", "tolerance": "tolerance", "channel": "channel", "leaders": "leaders"}
LONG = "价格承受能力和群主多久说一次话的综合指标 with a very long name behind it"


def factor(name, *, low=0.0, high=1.0, kind="continuous", levels=()):
    return {"name": name, "kind": kind, "levels": list(levels), "low": low, "high": high,
            "strength": 0.1}  # fmt: skip


def restriction(name, *, low=None, high=None, kept=None, p=1e-5):
    return {"factor": name, "low": low, "high": high, "kept": kept, "p": p}


def box(*restrictions, rows=200, density=0.83, coverage=0.71):
    steps = [(1.0, 0.2, 1.0, 0), (0.9, 0.5, 0.4, 1), (coverage, density, 0.2, 2)]
    names = ("coverage", "density", "mass", "factors")
    return {
        "rows": rows, "cases": round(rows * density), "coverage": coverage, "density": density,
        "mass": 0.2, "restrictions": list(restrictions), "chosen": 2,
        "trajectory": [dict(zip(names, step, strict=True)) for step in steps],
    }  # fmt: skip


def curve(name, *, share, band=None, kind="continuous", levels=(), at=None):
    share = np.asarray(share)
    at = np.linspace(0, 1, len(share)) if at is None else at
    return {
        "factor": name, "kind": kind, "levels": list(levels), "strength": float(share.var()),
        "crossings": [sum(band) / 2] if band else [], "crossing_band": band, "at": list(at),
        "share": share.tolist(), "low": (share - 0.1).clip(0).tolist(),
        "high": (share + 0.1).clip(0, 1).tolist(),
    }  # fmt: skip


@pytest.fixture
def found():
    grid = np.linspace(0, 1, 12)
    ends = {name: {"p05": low, "p50": low + 0.08, "p95": low + 0.15}
            for name, low in (("coverage", 0.6), ("density", 0.7))}  # fmt: skip
    used = dict.fromkeys(LABELS, 0.02) | {"price": 1.0, "tolerance": 0.96}
    stable = {"resamples": 50, "found": 1.0, "holds": True, "used": used, **ends}
    channels = ("direct", "invited", "event")
    first = box(restriction("price", low=240.2), restriction("tolerance", high=0.4))
    return {
        "schema": 1,
        "condition": {"kpi": "profit", "op": "<", "value": 0.0, "text": "profit < 0"},
        "rows": 1175, "left_out": 25, "cases": 234, "base": 234 / 1175,
        "factors": [
            factor("price", low=100.0, high=300.0), factor("tolerance"),
            factor("leaders", low=1.0, high=20.0, kind="integer"),
            factor("channel", high=2.0, kind="categorical", levels=channels),
        ],
        "boxes": [first], "boxes_stability": stable,
        "tree": {"leaves": [first], "chosen": 1}, "tree_stability": stable,
        "curves": [
            curve("price", share=grid, band=[210.0, 222.0], at=100 + 200 * grid),
            curve("tolerance", share=0.4 - 0.3 * grid),
            curve("channel", share=[0.2, 0.1, 0.4], kind="categorical", levels=channels,
                  at=[0, 1, 2]),
        ],
        "surrogate": {"method": "process", "q2": 0.94, "covered90": 0.9, "points": 600,
                      "trusted": True, "by": "leave-one-out"},
        "interactions": [
            {
                "factors": ["price", "tolerance"], "kinds": ["continuous"] * 2,
                "levels": [[], []], "h": 0.34, "share": 0.12,
                "at": [(100 + 200 * grid).tolist(), grid.tolist()],
                "mean": (1000 - 4000 * np.outer(grid, 1 - grid)).tolist(),
            }
        ],
    }  # fmt: skip


def said(found, words=EN, labels=LABELS):
    return [line for part in discovery_sentences(found, words=words, labels=labels)
            for line in part]  # fmt: skip


def test_a_box_is_told_in_one_sentence(found):
    lines = said(found)
    assert lines[0] == "Loses money: 234 of 1,175 futures (20 %)."
    assert lines[1] == "Left out, as they failed or profit is not defined: 25."
    assert lines[2] == (
        "Loses money in 83 of 100 futures where price > 240 and tolerance < 0.4; "
        "these are 71 % of all futures that lose money."
    )
    assert lines[3] == (
        "Checked on points that the search had not seen (50 times): there 78 of 100, usually 70 to "
        "85; they hold 68 % of all futures that lose money."
    )
    assert "price 100 %, tolerance 96 %" in lines[4]
    assert "Price by itself: above 216 (210 to 222), more than half of the futures lose money." in (
        lines
    )
    assert not any(line.startswith("Take lightly") for line in lines)
    found["boxes_stability"]["used"]["tolerance"] = 0.28
    assert "Take lightly, as it came back in less than half: tolerance." in said(found)
    assert any(line.startswith("Price and tolerance act together: 12 %") for line in lines)
    assert said(found, ZH, {"price": "价格", "tolerance": "容忍"})[2] == (
        "价格 > 240，且容忍 < 0.4 时，100 个模拟未来里有 83 个亏钱。"
        "全部亏钱的模拟未来里，71% 落在这里。"
    )


def test_another_condition_has_other_words(found):
    found["condition"] = {"kpi": "active_30d", "op": "<=", "value": 50.0}
    assert (
        "Monthly active at most 50 in 83 of 100 futures where price > 240 and tolerance < 0.4; "
        "these are 71 % of all futures with monthly active at most 50."
    ) in said(found)
    found["condition"] = {"kpi": "stage", "op": "==", "value": 4.0}
    assert said(found)[0].startswith("Lifecycle stage = dormant: 234 of")
    assert said(found, ZH)[0].startswith("所处阶段 = 沉寂")


def test_limits_are_told_by_their_kind(found):
    found["boxes"] = [
        box(
            restriction("channel", kept=["direct", "event"]), restriction("leaders", low=3.0),
            restriction("tolerance", low=0.2, high=0.55), rows=30, density=0.5,
        )
    ]  # fmt: skip
    assert (
        "Loses money in 15 of 30 futures where channel is direct or event and leaders ≥ 3 and "
        "tolerance between 0.2 and 0.55; these are 71 % of all futures that lose money."
    ) in said(found)


def test_what_does_not_hold_is_said_to_be_chance(found):
    found["boxes_stability"] = found["boxes_stability"] | {"holds": False}
    found["tree_stability"] = found["boxes_stability"]
    lines = said(found)
    assert "On points that the search had not seen this does not hold: take it for chance." in lines
    assert not any("Checked on points" in line for line in lines)
    assert any("finds no rule" in line for line in lines)
    found["boxes"] = []
    assert "No limits tell these futures from the others." in said(found)


def test_a_surrogate_that_explains_little_is_not_quoted(found):
    found["surrogate"] |= {"q2": 0.31, "trusted": False}
    found["interactions"] = []
    assert said(found)[-1].startswith("A Gaussian process foretells too little of profit")
    found["surrogate"] = None
    assert not any("Gaussian" in line for line in said(found))


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_lines_fit_the_terminal(found, words):
    lines = discovery_lines(found, words=words, labels={"price": LONG})
    assert max(map(width, lines)) <= 80
    assert "" in lines


def test_values_are_as_exact_as_their_range():
    wide, narrow = factor("a", low=0.0, high=50_000.0), factor("b", low=0.001, high=0.004)
    assert factor_value(24_318.0, wide) == "24,300"
    assert factor_value(0.00243, narrow) == "0.00243"
    assert factor_value(0.5, factor("c")) == "0.5"
    assert factor_value(4.0, factor("d", low=1.0, high=9.0, kind="integer")) == "4"
    kind = {"kind": "categorical", "levels": ["x", "y"], "high": 1.0, "low": 0.0}
    assert factor_value(1.0, factor("e") | kind) == "y"


def test_a_parameter_is_named_by_its_meaning():
    assert factor_name("members.initial", words=EN).startswith("members before day 0")
    assert factor_name("members.initial", words=EN, labels={"members.initial": "size"}) == "size"
    assert factor_name("ishigami_x1", words=EN) == "ishigami_x1"


def test_titles_are_findings(found):
    drawn = figures.discovery_figures(found, words=EN, labels=LABELS)
    assert {name: figure.get_label() for name, figure in drawn.items()} == {
        "boxes": "Loses money: price > 240 and tolerance < 0.4",
        "thresholds": "Price above 216: more than half of the futures lose money",
        "interaction": "Price and tolerance act together: 12 % of the differences in profit",
    }
    found["curves"] = found["curves"][1:]
    assert figures.draw_thresholds(found, words=EN, labels=LABELS).get_label() == (
        "No factor alone decides: what tells most is channel, from 10 to 40 of 100 futures"
    )
    found["interactions"][0]["share"] = 0.001
    found["boxes"] = []
    drawn = figures.discovery_figures(found, words=EN, labels=LABELS)
    assert list(drawn) == ["thresholds", "interaction"]
    assert drawn["interaction"].get_label() == "Price and tolerance hardly act together"


def test_the_bars_of_a_box_are_its_limits_within_the_range_sampled(found):
    axes = figures.draw_boxes(found, words=EN, labels=LABELS).axes[1]
    inside = [line.get_xdata() for line in axes.lines if line.get_zorder() == 2]
    assert np.allclose(inside, [(0.701, 1.0), (0.0, 0.4)])


@pytest.mark.skipif(chinese_family() is None, reason="no Chinese font is installed")
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_character_has_a_glyph_and_stays_on_the_figure(found, words):
    many = copy.deepcopy(found)
    kept = [restriction("channel", kept=["direct", "event"]), restriction("leaders", low=3.0)]
    many["boxes"] += [box(*kept, coverage=0.1), box(*kept[:1], coverage=0.06, density=0.4)]
    many["curves"] += many["curves"][:1] * 3
    many["interactions"].append({
        "factors": ["leaders", "channel"], "kinds": ["integer", "categorical"],
        "levels": [[], ["direct", "invited", "event"]], "h": 0.1, "share": 0.0,
        "at": [[1, 8, 20], [0, 1, 2]], "mean": np.arange(9.0).reshape(3, 3).tolist(),
    })  # fmt: skip
    for labels in (LABELS, dict.fromkeys(LABELS, LONG)):
        drawn = figures.discovery_figures(many, words=words, labels=labels)
        pair = figures.draw_interaction(many, many["interactions"][1], words=words, labels=labels)
        for figure in (*drawn.values(), pair):
            figure.draw_without_rendering()
            assert missing_glyphs(figure) == set()
            wide, tall = figure.bbox.width, figure.bbox.height
            placed = [
                text for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels())
            ]
            for text in (*figure.texts, *placed):
                edges = text.get_window_extent()
                where = (figure.get_label(), text.get_text())
                assert -1 <= edges.x0 < edges.x1 <= wide + 1, where
                assert -1 <= edges.y0 < edges.y1 <= tall + 1, where
