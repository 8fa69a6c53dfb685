import math

import numpy as np
import pytest
from scipy.optimize import minimize

from sim.logs.fit_law import Rows, fit_law, law_rows, map_logistic
from sim.logs.law import MINIMAL, POOLED
from sim.logs.replay import replay
from sim.logs.table import DAY, WEEK
from sim.logs.weeks import active_weeks


def test_map_logistic_against_a_general_optimiser():
    rng = np.random.default_rng(5)
    mean, precision = np.array([-1.0, 0.5, 0.0]), np.array([4.0, 25.0, 1.0])
    rows = []
    for weight in (1.0, 0.3):
        z = rng.normal(size=(200, 3)).astype(np.float32)
        spoke = rng.random(200) < 1 / (1 + np.exp(-z @ np.array([-0.5, 1.0, 2.0])))
        rows.append(Rows(z=z, spoke=spoke, weight=weight))

    def loss(beta):
        value = 0.5 * float(precision @ (beta - mean) ** 2)
        for block in rows:
            for z, spoke in zip(block.z.astype(float), block.spoke, strict=True):
                sign = 1.0 if spoke else -1.0
                value += block.weight * math.log1p(math.exp(-sign * float(z @ beta)))
        return value

    best = minimize(loss, mean, method="BFGS", options={"gtol": 1e-7})
    beta, curvature, steps = map_logistic(rows, mean=mean, precision=precision)
    np.testing.assert_allclose(beta, best.x, atol=1e-5)
    step = 1e-3 * np.eye(3)
    for i in range(3):
        for j in range(3):
            second = loss(beta + step[i] + step[j]) - loss(beta + step[i] - step[j])
            second -= loss(beta - step[i] + step[j]) - loss(beta - step[i] - step[j])
            assert curvature[i, j] == pytest.approx(second / 4e-6, rel=1e-3, abs=1e-3)
    assert steps <= 12


def test_without_observations_the_prior_remains():
    beta, curvature, _ = map_logistic([], mean=np.array([1.0, 2.0]), precision=np.array([4.0, 9.0]))
    np.testing.assert_array_equal(beta, [1.0, 2.0])
    np.testing.assert_array_equal(np.diag(curvature), [4.0, 9.0])


def test_rows_are_the_states_before_each_week(random_table):
    table = random_table(7)
    active = active_weeks(table)
    rows = law_rows(active, columns=POOLED.columns, weeks=5)
    assert len(rows) == 5
    for age, block in zip((5, 4, 3, 2, 1), rows, strict=True):
        at = table.start + (active.whole - age) * WEEK
        states = replay(table, until=at)
        np.testing.assert_allclose(block.z, states.terms(), rtol=1e-6)
        week = (table.seconds >= at) & (table.seconds < at + WEEK) & (table.event == 0)
        spoken = set(table.member[week].tolist())
        assert block.spoke.tolist() == [member in spoken for member in states.member]
        assert block.weight == pytest.approx(math.exp(-age / 40))


def test_the_cut_week_is_not_fitted(random_table):
    table = random_table(8)
    until = table.start + 105 * DAY
    a = fit_law(table, until=until)
    b = fit_law(table, until=until + 5 * DAY)
    np.testing.assert_array_equal(a.coefficients, b.coefficients)


@pytest.mark.parametrize("prior", [POOLED, MINIMAL], ids=["twelve", "eight"])
def test_known_coefficients_are_recovered(simulated_log, prior):
    truth = np.zeros(12)
    truth[prior.columns] = prior.mean
    # the intercept is a good deal from the prior, the slopes about one prior SD
    move = np.zeros(12)
    move[prior.columns] = np.array(prior.sd) * np.resize([-0.8, 0.9, -0.7], len(prior.sd))
    truth = truth + move
    table = simulated_log(truth, weeks=120, arrivals=8.0, seed=20)
    fit = fit_law(table, prior=prior)
    z = (fit.coefficients - truth[prior.columns]) / fit.errors
    # errors come from weighted rows and a prior one SD off: 3.5 of them for the worst of twelve
    assert np.abs(z).max() < 3.5, dict(zip(fit.terms, z.round(1), strict=True))
    assert np.sqrt(np.mean(z**2)) < 1.7
    assert fit.spoken > 300
    assert fit.member_weeks > fit.spoken


def test_a_dead_log_still_has_a_law(make_table):
    fit = fit_law(make_table([(0.0, "a"), (100.0, "b")]))
    assert np.isfinite(fit.coefficients).all()
    assert np.abs(fit.coefficients - POOLED.mean).max() < 0.5


def test_real_logs_stay_within_the_law_of_all_logs(train):
    # spread of single logs around the pooled law: a few prior SDs at most
    from sim.logs.events import read_events

    for name in ("forum_urho3d", "mail_cf_metadata", "irc_cro"):
        fit = fit_law(read_events(train / f"{name}.csv.gz"))
        away = (fit.coefficients - np.array(POOLED.mean)) / np.array(POOLED.sd)
        assert np.abs(away).max() < 3.0, name
