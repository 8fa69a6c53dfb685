"""The surrogate: Q2 against refits, intervals, and what it refuses to say."""

import numpy as np
import pytest

from sim.errors import UserError

pytest.importorskip("sklearn", reason="the extra plan is not installed")

from sklearn.gaussian_process import GaussianProcessRegressor

from sim.study.discovery.surrogate import fit_surrogate, leave_one_out


def smooth(x):
    return 1000 * (np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2])


def sample_of(made, n, *, factors=4, seed=1, noise=0.0, futures=1):
    rng = np.random.default_rng(seed)
    x = np.repeat(rng.random((n, factors)), futures, axis=0)
    return made.table(x, smooth(x) + noise * rng.standard_normal(len(x)))


@pytest.fixture(scope="module")
def fitted(made):
    return fit_surrogate(sample_of(made, 60, noise=40.0), seed=1)


def test_left_out_points_are_those_of_fits_without_them(fitted):
    sample, kernel = fitted.sample, fitted._model.kernel_
    mean, spread = sample.y.mean(), sample.y.std()
    naive, deviations = [], []
    for i in range(sample.rows):
        rest = np.arange(sample.rows) != i
        again = GaussianProcessRegressor(kernel, optimizer=None)
        again.fit(sample.x[rest], (sample.y[rest] - mean) / spread)
        answer, deviation = again.predict(sample.x[[i]], return_std=True)
        naive.append(mean + spread * answer[0])
        deviations.append(deviation[0])
    naive = np.array(naive)
    assert fitted.left_out == pytest.approx(naive, rel=1e-6, abs=1e-3)
    missed = ((sample.y - naive) ** 2).sum() / ((sample.y - mean) ** 2).sum()
    assert fitted.q2 == pytest.approx(1 - missed, abs=1e-8)
    _, closed = leave_one_out(kernel(sample.x), (sample.y - mean) / spread)
    assert closed == pytest.approx(np.array(deviations), rel=1e-5)


def test_new_points_are_foretold_as_well_as_q2_says(fitted):
    rng = np.random.default_rng(99)
    x = 0.05 + 0.9 * rng.random((400, 4))
    said = fitted.answer(x)
    truth = smooth(x) + 40 * rng.standard_normal(400)
    new = 1 - ((truth - said.mean) ** 2).sum() / ((truth - truth.mean()) ** 2).sum()
    assert fitted.q2 > 0.9
    assert new == pytest.approx(fitted.q2, abs=0.1)
    inside = (said.low <= truth) & (truth <= said.high)
    assert 0.8 < inside.mean() <= 1  # 90 % are meant
    assert fitted.means(x) == pytest.approx(said.mean)


def test_outside_the_ranges_it_refuses(fitted):
    with pytest.raises(UserError) as caught:
        fitted.predict([[0.5, 0.5, 1.2, 0.5]])
    assert (caught.value.kind, caught.value.reason) == ("out_of_range", "extrapolated")
    assert caught.value.values == {"key": "f2", "value": "1.2", "low": "0", "high": "1"}
    answer = fitted.predict(fitted.sample.x[:3])
    assert answer.mean == pytest.approx(fitted.sample.y[:3], abs=150)


def test_where_nothing_similar_was_simulated_it_refuses(made):
    rng = np.random.default_rng(4)
    along = rng.random(80)
    x = np.column_stack([along, along + 0.02 * rng.standard_normal(80)]).clip(0, 1)
    fitted = fit_surrogate(made.table(x, 5 * x.sum(axis=1)), seed=1)
    fitted.predict([[0.5, 0.51]])
    with pytest.raises(UserError) as caught:  # inside both ranges, but far from the diagonal
        fitted.predict([[0.5, 0.51], [0.9, 0.1]])
    assert (caught.value.kind, caught.value.reason) == ("out_of_range", "far_from_data")


def test_what_explains_too_little_is_not_asked(made):
    rng = np.random.default_rng(6)
    fitted = fit_surrogate(made.table(rng.random((80, 3)), rng.standard_normal(80)), seed=1)
    assert fitted.q2 < 0.3
    assert not fitted.trusted
    with pytest.raises(UserError) as caught:
        fitted.predict([[0.5, 0.5, 0.5]])
    assert (caught.value.kind, caught.value.reason) == ("too_short", "surrogate")


def test_futures_of_a_point_are_averaged_first(made):
    many = sample_of(made, 60, noise=400.0, futures=8, seed=3)
    fitted = fit_surrogate(many, seed=1)
    assert fitted.points == 60
    mean = many.y.reshape(60, 8).mean(axis=1)
    order = np.argsort(many.points[::8])
    left_out = 1 - ((mean[order] - fitted.left_out) ** 2).sum() / ((mean - mean.mean()) ** 2).sum()
    assert fitted.q2 == pytest.approx(left_out)
    alone = fit_surrogate(sample_of(made, 60, noise=400.0, seed=3), seed=1)
    assert fitted.q2 > alone.q2  # an eighth of the noise


def test_categories_are_told_apart(made):
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.random(90), rng.integers(0, 3, 90)])
    effect = np.array([0.0, 5.0, -5.0])
    y = effect[x[:, 1].astype(int)] + x[:, 0]
    sample = made.table(x, y, kinds=["continuous", "categorical"], levels=[(), ("a", "b", "c")])
    fitted = fit_surrogate(sample, seed=1)
    asked = np.array([[0.5, 0.0], [0.5, 1.0], [0.5, 2.0]])
    assert fitted.predict(asked).mean == pytest.approx([0.5, 5.5, -4.5], abs=0.2)


def test_boosting_takes_over_and_says_how_q2_was_made(made):
    fitted = fit_surrogate(sample_of(made, 400, noise=40.0), seed=1, method="boosting")
    assert fitted.table()["by"] == "10 folds"
    assert 0.8 < fitted.q2 < 1
    assert 0.8 < fitted.covered <= 1


def test_what_cannot_be_learnt_is_refused(made):
    rng = np.random.default_rng(6)
    with pytest.raises(UserError) as caught:
        fit_surrogate(made.table(rng.random((50, 2)), np.full(50, 7.0)), seed=1)
    assert (caught.value.kind, caught.value.reason) == ("never_happens", "constant_output")
    with pytest.raises(UserError) as caught:
        fit_surrogate(sample_of(made, 19), seed=1)
    assert (caught.value.kind, caught.value.reason) == ("too_short", "surrogate_points")


def test_the_same_seed_gives_the_same_numbers(made, fitted):
    again = fit_surrogate(sample_of(made, 60, noise=40.0), seed=1)
    assert (again.left_out == fitted.left_out).all()
