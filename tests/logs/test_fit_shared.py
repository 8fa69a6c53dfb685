"""The law with what weeks do to all: against the plain fit, against brute force, against truth."""

import numpy as np
import pytest

from sim.logs.fit_law import FIT_WEEKS, Rows, fit_law, law_rows, map_logistic
from sim.logs.fit_shared import NOISE_PRIOR, SIZE_SPREAD, WALK_PRIOR, _Model, fit_shared
from sim.logs.law import POOLED, LawPrior
from sim.logs.synthetic import synthetic_log

LEVEL = LawPrior(terms=("intercept",), mean=(-1.0,), sd=(0.5,))


def weeks_of(spoken, *, of):
    """Weeks in which so many of the members spoke; only an intercept."""
    return [
        Rows(z=np.ones((of, 1), np.float32), spoke=np.arange(of) < count, weight=1.0, week=week)
        for week, count in enumerate(spoken)
    ]


def test_without_shifts_it_is_the_plain_fit():
    active = synthetic_log(POOLED.mean, weeks=40, arrivals=4.0, seed=1).active
    rows = law_rows(active, columns=POOLED.columns, weeks=FIT_WEEKS)
    top = _Model(rows, POOLED).top(np.array([-12.0, -12.0]))
    even = [Rows(z=block.z, spoke=block.spoke, weight=1.0) for block in rows]
    beta, curvature, _ = map_logistic(
        even, mean=np.array(POOLED.mean), precision=1 / np.square(POOLED.sd)
    )
    np.testing.assert_allclose(top.at[:12], beta, atol=1e-4)
    np.testing.assert_allclose(top.covariance, np.linalg.inv(curvature), rtol=1e-3, atol=1e-6)


def test_against_brute_force():
    # three weeks, 200 members: the whole posterior on a grid of (level, three shifts)
    spoken, of, sizes = [40, 70, 60], 200, np.log([0.3 / NOISE_PRIOR, 0.2 / WALK_PRIOR])
    top = _Model(weeks_of(spoken, of=of), LEVEL).top(sizes)
    # B is 0 after the last week: the weeks are 3, 2 and 1 steps away from it
    spread = 0.2**2 * np.array([[3, 2, 1], [2, 2, 1], [1, 1, 1]]) + 0.3**2 * np.eye(3)
    level = np.linspace(-2.6, 0.6, 41)
    shift = np.linspace(-1.6, 1.6, 33)
    b, *u = np.meshgrid(level, shift, shift, shift, indexing="ij", sparse=True)
    log = -0.5 * ((b + 1.0) / 0.5) ** 2 - 0.5 * np.log(2 * np.pi * 0.5**2)
    inverse = np.linalg.inv(spread)
    for i in range(3):
        for j in range(3):
            log = log - 0.5 * inverse[i, j] * u[i] * u[j]
        logit = b + u[i]
        log = log + spoken[i] * logit - of * np.logaddexp(0.0, logit)
    log = log - 0.5 * np.log(np.linalg.det(2 * np.pi * spread))
    peak = log.max()
    mass = np.exp(log - peak)
    by_level = mass.sum(axis=(1, 2, 3))
    mean = by_level @ level / by_level.sum()
    sd = np.sqrt(by_level @ np.square(level - mean) / by_level.sum())
    assert top.at[0] == pytest.approx(mean, abs=0.1 * sd)
    assert np.sqrt(top.covariance[0, 0]) == pytest.approx(sd, rel=0.03)
    volume = (level[1] - level[0]) * (shift[1] - shift[0]) ** 3
    evidence = np.log(mass.sum() * volume) + peak - 0.5 * np.sum((sizes / SIZE_SPREAD) ** 2)
    assert top.evidence == pytest.approx(evidence, abs=0.05)


def test_without_rows_the_prior_remains():
    fit = fit_shared([], prior=POOLED)
    np.testing.assert_allclose(fit.coefficients, POOLED.mean)
    np.testing.assert_allclose(fit.errors, POOLED.sd, rtol=1e-6)
    assert fit.size_errors == pytest.approx((SIZE_SPREAD, SIZE_SPREAD), rel=1e-3)


def test_sizes_are_found_again():
    rng = np.random.default_rng(5)
    shock = 0.1 * np.cumsum(rng.normal(size=100)) + 0.4 * rng.normal(size=100)
    spoken = rng.binomial(600, 1 / (1 + np.exp(1.0 - shock)))
    fit = fit_shared(weeks_of(spoken, of=600), prior=LEVEL)
    for size, truth, error in zip((fit.noise, fit.walk), (0.4, 0.1), fit.size_errors, strict=True):
        assert abs(np.log(size / truth)) < 3 * error
        assert error < 0.5
    # the level of today, to within what the noise of single weeks leaves
    assert fit.coefficients[0] == pytest.approx(-1.0 + shock[-10:].mean(), abs=3 * fit.errors[0])


def test_lasting_shocks_are_not_taken_for_feedback():
    # no feedback at all, but a fortune that lasts: members do not follow each other
    truth = np.array(POOLED.mean)
    truth[10:] = 0.0
    plain, shared = [], []
    for seed in range(4):
        active = synthetic_log(
            truth, weeks=120, arrivals=4.0, seed=[8, seed], noise=0.2, walk=0.1
        ).active
        plain.append(fit_law(active).coefficients[10:])
        rows = law_rows(active, columns=POOLED.columns, weeks=FIT_WEEKS)
        shared.append(fit_shared(rows, prior=POOLED).coefficients[10:])
    plain_error, shared_error = (np.sqrt(np.mean(np.square(x), axis=0)) for x in (plain, shared))
    assert np.all(shared_error < plain_error)
    assert plain_error[1] > 0.3
