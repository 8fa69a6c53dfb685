"""Paired differences: nothing differs from itself, intervals cover, known formulas hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.metrics import NEVER
from sim.study.paired import (
    Difference,
    chance_of,
    compare_pairs,
    holm,
    mean_interval,
    paired_values,
    skewness,
)
from sim.study.stopping import FIRST, Reached, next_size

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(numbers, min_size=2, max_size=60), st.sampled_from([-1, 0, 1]))
def test_nothing_differs_from_itself(values, direction):
    arm = np.array(values)
    found = compare_pairs(arm, arm, direction=direction)
    assert (found.delta, found.lo, found.hi) == (0.0, 0.0, 0.0)
    assert (found.d05, found.d50, found.d95) == (0.0, 0.0, 0.0)
    assert found.variance_reduction is None
    assert found.p_better == 0.5
    assert found.n == len(values)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=60))
def test_swapping_the_arms_mirrors_everything(pairs):
    a, b = np.array(pairs).T
    one, other = compare_pairs(a, b, direction=1), compare_pairs(b, a, direction=1)
    assert one.delta == pytest.approx(-other.delta)
    assert one.p_better == pytest.approx(1 - other.p_better)
    assert one.lo <= one.delta <= one.hi


def test_many_regular_values_have_student_s_interval():
    values = np.random.default_rng(3).normal(5, 2, 200)
    known = stats.t.interval(0.95, 199, values.mean(), stats.sem(values))
    assert mean_interval(values) == pytest.approx(known)
    assert chance_of(values - 5) == pytest.approx(stats.ttest_1samp(values, 5).pvalue)
    assert skewness(values) == pytest.approx(stats.skew(values))


def test_common_luck_is_worth_what_its_correlation_says():
    # for equal variances, [var(a) + var(b)] / var(a - b) = 1 / (1 - r)
    rng = np.random.default_rng(1)
    luck, own = rng.normal(size=20_000), rng.normal(size=(2, 20_000))
    r = 0.9
    a, b = math.sqrt(r) * luck + math.sqrt(1 - r) * own
    found = compare_pairs(a, b, direction=1)
    assert found.variance_reduction == pytest.approx(1 / (1 - r), rel=0.05)


@pytest.mark.parametrize("direction", [1, -1])
def test_better_is_told_in_the_kpi_s_direction(direction):
    base, variant = np.zeros(4), np.array([1.0, 1.0, 0.0, -1.0])
    share = compare_pairs(base, variant, direction=direction).p_better
    assert share == (0.625 if direction == 1 else 0.375)


@pytest.mark.parametrize(
    ("draw", "mean", "n"),
    [
        (lambda rng, n: rng.normal(size=n), 0.0, 12),
        (lambda rng, n: rng.normal(size=n), 0.0, 40),
        (lambda rng, n: rng.exponential(size=n), 1.0, 25),
        (lambda rng, n: rng.gamma(4, size=n), 4.0, 80),
    ],
)
def test_intervals_cover_as_often_as_they_say(draw, mean, n):
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(1000):
        lo, hi = mean_interval(draw(rng, n))
        hits += lo <= mean <= hi
    assert 0.93 <= hits / 1000 <= 0.97


@pytest.mark.parametrize("asked", [0.3, 0.15, 0.1])
def test_stopping_when_precise_keeps_coverage(asked):
    # values of a sample that grows by the rule until its mean is known well enough
    rng = np.random.default_rng(11)
    hits, sizes = 0, []
    for _ in range(1500):
        values, size = rng.normal(1.0, 1.0, 1000), FIRST
        while True:
            lo, hi = mean_interval(values[:size])
            reached = Reached(half_width=(hi - lo) / 2, base=1.0)
            if reached.enough(asked) or size == 1000:
                break
            size = next_size(size, reached=reached, asked=asked, most=1000)
        hits += lo <= 1.0 <= hi
        sizes.append(size)
    assert abs(hits / 1500 - 0.95) <= 0.02
    # about as many as the textbook says for a known variance
    assert np.mean(sizes) == pytest.approx(max(FIRST, (1.96 / asked) ** 2), rel=0.2)


def test_the_sample_grows_by_a_quarter_at_least_and_never_beyond_its_limit():
    nearly = Reached(half_width=0.0501, base=1.0)
    assert next_size(100, reached=nearly, asked=0.05, most=1000) == 130
    far = Reached(half_width=5.0, base=1.0)
    assert next_size(100, reached=far, asked=0.05, most=1000) == 400
    assert next_size(900, reached=far, asked=0.05, most=1000) == 1000
    assert Reached(half_width=0.0, base=0.0).enough(0.01)
    assert not Reached(half_width=1.0, base=0.0).enough(0.01)


def test_holm_by_hand():
    # smallest times 3, next times 2, largest times 1, never decreasing, at most 1
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.6, 0.7]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_helps(chances):
    corrected = holm(chances)
    assert all(c >= p for c, p in zip(corrected, chances, strict=True))
    assert [c for _, c in sorted(zip(chances, corrected, strict=True))] == sorted(corrected)


def values(base, variant, kpi, horizon=100):
    arms = [{n: {kpi: value} for n, value in enumerate(arm)} for arm in (base, variant)]
    return paired_values(*arms, kpi=kpi, horizon=horizon)


def test_pairs_with_an_undefined_side_drop_out():
    a, b, why = values([1.0, None, 3.0, 4.0], [2.0, 5.0, None, 5.0], "cac")
    assert (a.tolist(), b.tolist(), why) == ([1.0, 4.0], [2.0, 5.0], "")
    assert values([None, None], [1.0, 1.0], "cac")[2] == "undefined"
    assert values([1.0], [1.0], "cac")[2] == "few"


def test_replicates_of_one_arm_alone_are_no_pairs():
    a, b, _ = paired_values(
        {0: {"profit": 1.0}, 2: {"profit": 3.0}, 5: {"profit": 9.0}},
        {2: {"profit": 4.0}, 5: {"profit": 8.0}, 7: {"profit": 0.0}},
        kpi="profit", horizon=10,
    )  # fmt: skip
    assert (a.tolist(), b.tolist()) == ([3.0, 9.0], [4.0, 8.0])


def test_times_that_did_not_come_count_as_the_horizon():
    a, b, why = values([10.0, NEVER, 20.0], [5.0, 30.0, 20.0], "half_life_days")
    assert (a.tolist(), b.tolist(), why) == ([10.0, 100.0, 20.0], [5.0, 30.0, 20.0], "")
    assert values([NEVER, NEVER, 1.0], [1.0, 1.0, 1.0], "half_life_days")[2] == "never"


def test_what_cannot_be_compared_says_why():
    assert Difference(n=3, why="few").table()["why"] == "few"
    assert "why" not in Difference(n=3, delta=1.0).table()
