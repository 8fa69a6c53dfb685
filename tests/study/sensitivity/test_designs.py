import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.errors import UserError
from sim.study.sensitivity.dependence import mixing, together
from sim.study.sensitivity.factors import SHAPES, Factor, factor_of
from sim.study.sensitivity.methods import METHODS
from sim.study.sensitivity.methods.latin import latin_hypercube

CENTRES = np.full(4, 0.5)


@pytest.mark.parametrize("method", METHODS)
@given(seed=st.integers(1, 1000), factors=st.integers(2, 6))
def test_points_lie_in_the_cube_and_come_in_blocks(method, seed, factors):
    how = METHODS[method]
    design = how.design(factors, count=how.count, seed=seed, centres=np.full(factors, 0.5))
    assert design.shares.shape[1] == factors
    assert (design.shares >= 0).all()
    assert (design.shares <= 1).all()
    assert design.blocks * design.block == len(design.shares) == len(design.luck)
    assert set(np.unique(design.luck)) <= {0, 1}


@pytest.mark.parametrize("method", [key for key, one in METHODS.items() if one.extends])
def test_twice_the_size_keeps_the_points(method):
    how = METHODS[method]
    small = how.design(4, count=64, seed=3, centres=CENTRES)
    large = how.design(4, count=128, seed=3, centres=CENTRES)
    kept = large.shares[: len(small.shares)]
    assert (kept == small.shares).all()
    assert (large.luck[: len(small.luck)] == small.luck).all()


@pytest.mark.parametrize("method", ["sobol", "morris", "dgsm"])
def test_other_luck_reigns_only_where_the_inert_factor_has_moved(method):
    design = METHODS[method].design(4, count=16, seed=3, centres=CENTRES)
    shares = design.shares.reshape(16, design.block, 4)
    luck = design.luck.reshape(16, design.block)
    moved = shares[:, :, -1] != shares[:, :1, -1]
    if method == "sobol":
        moved[:, -1] = False  # B is another point, with the luck of A
    assert (luck == moved).all()


def test_sobols_blocks_differ_from_a_in_one_column_of_b():
    design = METHODS["sobol"].design(3, count=32, seed=9, centres=CENTRES)
    blocks = design.shares.reshape(32, 5, 3)
    for column in range(3):
        expected = blocks[:, 0].copy()
        expected[:, column] = blocks[:, -1, column]
        assert (blocks[:, 1 + column] == expected).all()


@given(st.integers(1, 200), st.integers(0, 99))
def test_a_latin_hypercube_has_one_point_in_every_cell(points, seed):
    drawn = latin_hypercube(points, 3, seed=seed)
    for column in drawn.T:
        assert sorted(np.floor(column * points).astype(int)) == list(range(points))


SCIPY = {
    "uniform": stats.uniform(1, 3),
    "loguniform": stats.loguniform(1, 4),
    "triangular": stats.triang(1 / 3, loc=1, scale=3),
    "normal": stats.truncnorm(-2, 4, loc=2, scale=0.5),
    "beta": stats.beta(2, 5, loc=1, scale=3),
}
SHAPE = {
    "triangular": {"mode": 2.0}, "normal": {"mean": 2.0, "sd": 0.5}, "beta": {"a": 2.0, "b": 5.0},
    "lognormal": {"median": 2.0, "sigma": 0.4},
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_values_have_their_distribution(name):
    factor = Factor(path="x", low=1.0, high=4.0, distribution=name, shape=SHAPE.get(name, {}))
    shares = np.linspace(0, 1, 101)
    values = factor.numbers(shares)
    assert (np.diff(values) >= 0).all()
    assert values[[0, -1]] == pytest.approx([1, 4])
    if name in SCIPY:
        assert values == pytest.approx(SCIPY[name].ppf(shares))
    else:  # the median of a log-normal that is cut off at both ends
        frozen = stats.lognorm(0.4, scale=2.0)
        ends = frozen.cdf([1, 4])
        assert values[50] == pytest.approx(frozen.ppf(ends.mean()))
    assert factor_of(factor.table()) == factor


def test_both_ends_of_a_count_are_as_likely_as_the_others():
    factor = Factor(path="x", kind="integer", low=1, high=4)
    values = factor.numbers((np.arange(4000) + 0.5) / 4000)
    assert np.unique(values, return_counts=True)[1].tolist() == [1000] * 4


def test_categories_have_their_weights():
    factor = Factor(
        path="x", kind="categorical", high=2, choices=("a", "b", "c"), labels=("a", "b", "c"),
        weights=(1, 2, 1),
    )  # fmt: skip
    values = factor.numbers((np.arange(4000) + 0.5) / 4000)
    assert np.unique(values, return_counts=True)[1].tolist() == [1000, 2000, 1000]
    assert factor.value(2.0) == "c"


def test_factors_go_together_as_asked_and_stay_uniform():
    mix = mixing(["a", "b", "c"], {("a", "b"): 0.6, ("b", "c"): -0.3})
    shares = together(latin_hypercube(4096, 3, seed=1), mix)
    ranks = stats.spearmanr(shares).statistic
    assert ranks[0, 1] == pytest.approx(0.6, abs=0.03)
    assert ranks[1, 2] == pytest.approx(-0.3, abs=0.03)
    assert abs(ranks[0, 2]) < 0.05
    for column in shares.T:
        assert stats.kstest(column, "uniform").pvalue > 0.01


def test_correlations_that_exclude_each_other_are_refused():
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    with pytest.raises(UserError) as caught:
        mixing(["a", "b", "c"], pairs)
    assert caught.value.reason == "dependence"
