"""Figures of a sensitivity study: what is drawn equals the indices, titles say what they show."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from sim.report.figures import Part, draw_waterfall, to_svg
from sim.report.figures.courses import course_finding, draw_course, sizes_of
from sim.report.figures.points import Spread, draw_points, line_of, points_finding
from sim.report.figures.screening import Effect, draw_plane
from sim.report.figures.sensitivity import draw_influences
from sim.report.fonts import chinese_family, missing_glyphs
from sim.report.influences import Course, Influence, output_name, parted
from sim.report.palette import tint
from sim.words import Words

EN, ZH = Words("en"), Words("zh")
LONG = "how far a member who was invited trusts the operator before anything was said"
# total and first-order indices of Ishigami's function with a = 7, b = 0.1 (Saltelli et al. 2008)
ISHIGAMI = {"x1": (0.5576, 0.3139), "x2": (0.4424, 0.4424), "x3": (0.2437, 0.0)}


def texts(figure):
    figure.draw_without_rendering()
    return [text.get_text().replace("\u2009", " ") for text in figure.findobj(Text)]


def row(path, value, *, half=0.05, alone=None, told=True, **more):
    values = {"name": path, "half": half, "alone": alone, "told": told} | more
    return Influence(path=path, value=value, **values)


def ishigami(*, told=("x1", "x2", "x3")):
    rows = [row(name, st, alone=s1, told=name in told) for name, (st, s1) in ISHIGAMI.items()]
    return [*rows, row("x4", -0.004, half=0.02, alone=0.001, told=False)]


def tornado(rows, *, words=EN, label="y", index="ST", floor=0.03):
    return draw_influences(rows, words=words, label=label, index=index, floor=floor)


def bars(figure):
    """(row, width) of each bar; the band and its like are no bars."""
    found = [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle) and patch.get_height() < 0.9
    ]
    return [(round(p.get_y() + p.get_height() / 2), p.get_width()) for p in found]


def test_bars_are_the_indices_and_whiskers_their_ranges():
    figure = tornado(ishigami())
    totals, firsts = bars(figure)[::2], bars(figure)[1::2]
    assert totals == [(0, 0.5576), (1, 0.4424), (2, 0.2437), (3, -0.004)]
    assert firsts == [(0, 0.3139), (1, 0.4424), (2, 0.0), (3, 0.001)]
    spans = [
        tuple(line.get_xdata())
        for line in figure.axes[0].lines
        if len(set(line.get_ydata())) == 1 and len(set(line.get_xdata())) == 2
    ]
    for row_ in ishigami():
        assert (row_.value - row_.half, row_.value + row_.half) in spans
    band = next(patch for patch in figure.axes[0].patches if patch.get_height() >= 0.9)
    assert (band.get_x(), band.get_x() + band.get_width()) == (-0.03, 0.03)


def test_a_tornado_says_how_much_has_to_do_with_the_strongest():
    assert tornado(ishigami()).get_label() == 'y: 56 % of the variance has to do with "x1"'
    assert tornado(ishigami(), words=ZH).get_label() == "y的方差有 56% 与“x1”有关"
    nothing = tornado(ishigami(told=()))
    assert nothing.get_label() == "y: no factor can be told from luck"
    assert [bool(patch.get_hatch()) for patch in nothing.axes[0].patches].count(True) == 4
    second = tornado(ishigami(told=("x2",)))  # what cannot be told from luck is no finding
    assert 'with "x2"' in second.get_label()
    money = tornado(
        [row("a.b", 15_800.0, half=900.0)], label="profit", index="mu_star", floor=700.0
    )
    assert money.get_label() == 'Profit: most decisive is "a.b", by ¥15,800 over its range'
    assert any("up to ¥700" in text for text in texts(money))


def test_twelve_factors_are_drawn_and_the_others_counted():
    rows = [row(f"f{n}", 1 / (n + 1)) for n in range(15)]
    figure = tornado(rows, index="delta")
    assert len(bars(figure)) == 12
    assert any("3 factors with less" in text for text in texts(figure))


def test_both_ends_of_a_range_are_drawn():
    figure = tornado([row("a", 4.0, ends=(-4.0, 2.5))], index="span")
    assert sorted(width for _, width in bars(figure)) == [-4.0, 2.5]


def test_a_floor_far_beyond_the_bars_leaves_them_room():
    figure = tornado(ishigami(told=()), floor=40.0)
    assert figure.axes[0].get_xlim()[1] < 1.0
    assert "luck: up to 40.0 →" in texts(figure)


def course(values, told=None, whys=None):
    values = np.array(values, float)
    told = np.isfinite(values) if told is None else np.array(told)
    days = tuple(30 * (n + 1) for n in range(values.shape[1]))
    return Course(
        label="members", days=days, values=values, told=told, whys=whys or ("",) * len(days)
    )


def test_a_course_names_what_matters_first_and_last():
    names = ("invitations", "leaving")
    assert course_finding(course([[0.8, 0.3], [0.1, 0.6]]), names, words=EN) == (
        'Members: most decisive is "invitations" up to day 30, "leaving" up to day 60'
    )
    same = course([[0.8, 0.7], [0.1, 0.6]])
    assert course_finding(same, names, words=EN) == (
        'Members: most decisive is "invitations", from day 30 to day 60'
    )
    hidden = course([[0.8, 0.3], [0.1, 0.6]], told=[[False, True], [True, False]])
    assert course_finding(hidden, names, words=EN) == (
        'Members: most decisive is "leaving" up to day 30, "invitations" up to day 60'
    )
    none = course([[0.8, 0.3]], told=[[False, False]])
    assert course_finding(none, names, words=ZH) == ("群人数：任何时候都没有哪个因素能和运气区分开")


def test_cells_are_the_indices_and_what_has_none_is_told():
    nan = float("nan")
    one = course([[0.25, nan, 1.3], [0.5, nan, -0.1]], whys=("", "luck", ""))
    names = [("invitations", "invite.rate"), (LONG, "member.trust_start")]
    figure = draw_course(one, words=EN, index="ST", names=names)
    cells = figure.axes[0].collections[0].get_array()
    assert cells.mask.tolist() == [[False, True, False]] * 2
    assert cells.filled(-1).tolist() == [[0.25, -1, 1.0], [0.5, -1, 0.1]]  # the stronger on top
    assert any("no index up to day 60, as nothing but luck" in text for text in texts(figure))
    assert {"0.25", "1.30", "0.50", "-0.10"} <= set(texts(figure))
    relative = sizes_of(course([[2.0, 30.0], [-4.0, 15.0]]), relative=True)
    assert relative.tolist() == [[0.5, 1.0], [1.0, 0.5]]


def plane(words=EN):
    """Many weak effects in a heap, as screening leaves them."""
    rng = np.random.default_rng(4)
    effects = [
        Effect(name=f"{LONG} {n}", size=100 * s, spread=50 * t, told=n < 3, kept=n < 5)
        for n, (s, t) in enumerate(rng.random((60, 2)) ** 6)
    ]
    effects += [Effect(name="strong", size=300.0, spread=30.0)]
    inert = Effect(name="", size=20.0, spread=12.0, told=False, inert=True)
    return draw_plane([*effects, inert], words=words, label="active_30d")


def test_the_plane_has_the_lines_of_the_literature_and_no_two_names_overlap():
    figure = plane()
    axes = figure.axes[0]
    lines = [line for line in axes.lines if len(line.get_xdata()) == 2]
    slopes = [np.diff(line.get_ydata())[0] / np.diff(line.get_xdata())[0] for line in lines]
    assert slopes == pytest.approx([0.1, 0.5, 1.0])
    assert figure.get_label() == (
        'Monthly active: 4 of 61 factors can be told from luck, first of all "strong"'
    )
    figure.draw_without_rendering()
    boxes = [t.get_window_extent() for t in axes.texts if t.get_text()]
    assert len(boxes) > 8
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])
        assert box.x0 >= figure.bbox.x0
        assert box.x1 <= figure.bbox.x1
    assert "inert factor" in texts(figure)
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines
              if len(line.get_xdata()) == 1]  # fmt: skip
    assert {(300.0, 30.0), (20.0, 12.0)} <= set(points)


def test_a_line_is_the_mean_of_neighbouring_points():
    rng = np.random.default_rng(1)
    values, answers = rng.random(600), rng.normal(size=600)
    line = line_of(values, answers)
    assert line.counts.tolist() == [50] * 12
    order = np.argsort(values)
    assert line.means == pytest.approx(answers[order].reshape(12, 50).mean(axis=1))
    assert line.at == pytest.approx(values[order].reshape(12, 50).mean(axis=1))
    steps = line_of(np.array([1.0, 0.0, 1.0, 2.0]), np.array([1.0, 5.0, 3.0, 9.0]))
    assert steps.at.tolist() == [0, 1, 2]
    assert steps.means.tolist() == [5, 2, 9]
    assert steps.counts.tolist() == [1, 2, 1]


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (lambda x: 100 * x, "from ¥4 to ¥96 as"),
        (lambda x: 100 - 400 * (x - 0.45) ** 2, 'highest, ¥100, where "price" is near 0.458; ¥33'),
        (lambda x: 400 * (x - 0.45) ** 2, 'lowest, ¥0, where "price" is near 0.458; ¥67'),
    ],
)
def test_points_tell_a_rise_from_an_extreme_inside(shape, said):
    x = (np.arange(1200) + 0.5) / 1200
    factor = Spread(name="price", values=x)
    finding = points_finding(factor, line_of(x, shape(x)), label="profit", words=EN)
    assert finding.startswith(f"Profit: {said}")


def test_points_tell_the_best_category_and_nothing_where_luck_may_be_all():
    which, answers = np.repeat([0.0, 1.0, 2.0], 20), np.repeat([5.0, 50.0, 20.0], 20)
    factor = Spread(name="opening", values=which, labels=("none", "packets", "course"))
    line = line_of(which, answers)
    assert points_finding(factor, line, label="profit", words=EN) == (
        'Profit: highest, ¥50, with packets in "opening"; lowest ¥5'
    )
    assert "+¥50" in points_finding(factor, line, label="profit[paid - base]", words=EN)
    luck = Spread(name="opening", values=which, labels=factor.labels, told=False)
    assert points_finding(luck, line, label="profit", words=EN) == (
        "Profit: no factor can be told from luck"
    )


def test_labels_are_taken_apart():
    assert parted("members@60[paid - base]") == ("members", 60, "paid - base")
    assert parted("profit") == ("profit", None, "")
    assert output_name("members@60[paid]", words=EN, first=True) == "Members up to day 60 (paid)"
    assert output_name("members@60[paid]", words=ZH) == "截至第 60 天的群人数（paid）"
    assert output_name("y", words=EN, first=True) == "y"


def every_figure(words):
    rows = [row("member.trust_start", 0.6, name=LONG), row("platform", 0.2, told=False)]
    yield tornado(rows, words=words, label="profit[a long name of a lever - base]")
    yield draw_course(
        course([[0.8] * 12, [0.3] * 12], told=[[True] * 12, [False] * 12]), words=words,
        index="ST", names=[(LONG, "member.trust_start"), ("platform", "platform")],
    )  # fmt: skip
    yield plane(words)
    x = np.random.default_rng(0).random((5, 400))
    factors = [Spread(name=LONG, values=10.0 ** (4 * one), curved=True) for one in x]
    yield draw_points(factors, x[0], words=words, label="retention_d30[b - a]", replicates=2)


@pytest.mark.skipif(chinese_family() is None, reason="no Chinese font is installed")
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_character_has_a_glyph_and_stays_on_the_figure(words):
    for figure in every_figure(words):
        assert missing_glyphs(figure) == set()
        assert figure.get_label()
        placed = [text for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels())]
        for text in (*figure.texts, *placed):
            box = text.get_window_extent()
            assert box.x0 >= -1, (figure.get_label(), text.get_text())
            assert box.x1 <= figure.bbox.width + 1, (figure.get_label(), text.get_text())


def test_the_same_figure_gives_the_same_bytes():
    assert to_svg(plane()) == to_svg(plane())


def test_a_tint_is_mixed_with_white():
    assert tint("#1A5FB4", 1.0) == "#1A5FB4"
    assert tint("#000000", 0.25) == "#BFBFBF"
    assert tint("#FFFFFF", 0.1) == "#FFFFFF"


def test_hatched_bars_are_hatched_in_an_svg_too():
    part = Part(name="a", value=5.0, low=-1.0, high=11.0)
    waterfall = draw_waterfall(
        [part], words=EN, kpi="profit", base="b", base_value=1.0, variant="v", total=5.0
    )
    for figure in (waterfall, tornado(ishigami(told=()))):
        grounds = re.findall(r'<pattern[^>]*>\s*<rect[^>]*fill="(#\w+)"', to_svg(figure))
        assert grounds
        assert to_hex("#1A5FB4") not in grounds  # of the same colour as its strokes
