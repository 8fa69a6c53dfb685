"""Thresholds and interactions against closed forms."""

import numpy as np
import pytest

from sim.study.discovery import effects
from sim.study.discovery.effects import interaction, interactions, threshold


class Formula:
    """A surrogate that knows the answer."""

    def __init__(self, sample, formula):
        self.sample, self._formula = sample, formula

    def means(self, x):
        return self._formula(x)


def logistic(x, *, middle, width):
    return 1 / (1 + np.exp((middle - x) / width))


@pytest.mark.parametrize("sign", [1, -1])
def test_the_threshold_of_a_logistic_share_is_found(made, sign):
    rng = np.random.default_rng(2)
    x = 100 + 200 * rng.random((900, 2))
    case = rng.random(900) < logistic(sign * x[:, 0], middle=sign * 180, width=15)
    sample = made.table(x, -1.0 * case, lows=np.full(2, 100.0), highs=np.full(2, 300.0))
    curve = threshold(sample, case, 0, seed=1)
    assert curve.crossings == (pytest.approx(180, abs=8),)
    low, high = curve.crossing_band
    assert low < 180 < high
    assert high - low < 25
    truth = logistic(sign * curve.at, middle=sign * 180, width=15)
    inside = (curve.low <= truth) & (truth <= curve.high)
    assert inside.mean() > 0.85
    assert np.abs(curve.share - truth).max() < 0.13
    nothing = threshold(sample, case, 1, seed=1)
    assert nothing.crossing_band is None
    assert nothing.strength < 0.05
    assert curve.strength > 0.5


def test_a_factor_that_decides_alone_tells_everything(made):
    rng = np.random.default_rng(3)
    x = rng.random((800, 1))
    case = x[:, 0] > 0.6
    curve = threshold(made.table(x, -1.0 * case), case, 0, seed=1)
    assert curve.crossings == (pytest.approx(0.6, abs=0.02),)
    assert curve.strength > 0.85


def test_a_line_is_drawn_as_it_is_up_to_its_ends(made):
    # Local lines have no bias on a line, also at the edges, where local means have.
    rng = np.random.default_rng(4)
    x = np.sort(rng.random((4000, 1)), axis=0)
    case = rng.random(4000) < 0.1 + 0.8 * x[:, 0]
    curve = threshold(made.table(x, -1.0 * case), case, 0, seed=1)
    assert curve.share == pytest.approx(0.1 + 0.8 * curve.at, abs=0.07)


def test_categories_are_shares_with_wilsons_interval(made):
    x = np.repeat([0.0, 1.0], [10, 20])[:, np.newaxis]
    case = np.r_[np.arange(10) < 8, np.arange(20) < 5]
    x = np.column_stack([x, np.arange(30) / 30])  # all points differ
    sample = made.table(
        x, -1.0 * case, kinds=["categorical", "continuous"], levels=[("a", "b"), ()]
    )
    curve = threshold(sample, case, 0, seed=1)
    assert curve.share.tolist() == [0.8, 0.25]
    assert (curve.low[0], curve.high[0]) == pytest.approx((0.4902, 0.9433), abs=1e-4)  # 8 of 10
    assert curve.crossings == ()
    between = (10 * (0.8 - 13 / 30) ** 2 + 20 * (0.25 - 13 / 30) ** 2) / 30
    assert curve.strength == pytest.approx(between / (13 / 30 * 17 / 30))


def test_futures_of_a_point_do_not_narrow_the_band(made):
    rng = np.random.default_rng(5)
    x = rng.random((200, 1))
    case = rng.random(200) < x[:, 0]
    once = threshold(made.table(x, -1.0 * case), case, 0, seed=1)
    copies, hits = np.repeat(x, 6, axis=0), np.repeat(case, 6)
    again = threshold(made.table(copies, -1.0 * hits), hits, 0, seed=1)
    assert (again.high - again.low).mean() > 0.7 * (once.high - once.low).mean()


def test_interactions_are_those_of_the_formula(made):
    rng = np.random.default_rng(6)
    x = rng.uniform(-1, 1, (400, 3))
    ends = {"lows": np.full(3, -1.0), "highs": np.full(3, 1.0)}

    def formed(formula):
        return Formula(made.table(x, formula(x), **ends), formula)

    product = interaction(formed(lambda x: x[:, 0] * x[:, 1] + x[:, 2]), 0, 1)
    assert product.h == pytest.approx(1.0)
    added = interaction(formed(lambda x: 3 * x[:, 0] + x[:, 1] ** 2), 0, 1)
    assert (added.h, added.share) == pytest.approx((0, 0), abs=1e-6)
    # a + b + ab on an even grid of g values with variance v = (g + 1) / (g - 1) / 3
    both = interaction(formed(lambda x: x[:, 0] + x[:, 1] + x[:, 0] * x[:, 1]), 0, 1)
    v = (effects._SIDE + 1) / (effects._SIDE - 1) / 3
    assert both.h**2 == pytest.approx(v / (2 + v))
    assert both.share == pytest.approx(v * v / (7 / 9), rel=0.15)  # of variance 1/3 + 1/3 + 1/9


def test_the_strongest_pair_comes_first(made):
    rng = np.random.default_rng(7)
    x = rng.random((200, 4))

    def formula(x):
        return x[:, 0] + 2 * x[:, 1] * x[:, 3]

    surfaces = interactions(Formula(made.table(x, formula(x)), formula), (0, 1, 3))
    assert (surfaces[0].first, surfaces[0].second) == (1, 3)
    assert surfaces[0].mean.shape == (effects._SIDE, effects._SIDE)


def test_levels_of_a_design_are_told_one_by_one(made):
    x = np.tile([0.0, 0.5, 1.0], 40)[:, np.newaxis]
    x = np.column_stack([x, np.arange(120) / 120])
    case = (x[:, 0] > 0.4) & (np.arange(120) % 2 == 0)
    curve = threshold(made.table(x, -1.0 * case), case, 0, seed=1)
    assert curve.at.tolist() == [0.0, 0.5, 1.0]
    assert curve.share.tolist() == [0.0, 0.5, 0.5]
