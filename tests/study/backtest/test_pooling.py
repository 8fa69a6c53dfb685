"""The pooled law of other families: closed forms, and nothing of the family that is left out."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from scipy.optimize import minimize

from sim.logs.fit_law import law_rows
from sim.logs.law import POOLED
from sim.logs.weeks import active_weeks
from sim.study.backtest.pooling import MOST_SPOKEN, Evidence, evidence, left_out_prior

SIZE = len(POOLED.terms)


def said(family, value, *, bend=1.0, spoken=100):
    return Evidence(family, np.full(SIZE, value), bend * np.eye(SIZE), spoken)


def test_sharper_logs_count_more_and_big_ones_no_more_than_others():
    known = [
        said("a", 1.0), said("b", 2.0, bend=3.0), said("c", 3.0),
        said("d", 4.0, bend=10.0, spoken=10 * MOST_SPOKEN), said("left out", 99.0),
    ]  # fmt: skip
    prior = left_out_prior(known, family="left out")
    # bends 1, 3, 1 and, of the big log, 10 / 10: sums 14 and 6
    assert prior.mean == pytest.approx(np.full(SIZE, 14.0 / 6.0))
    assert prior.sd == POOLED.sd


def test_many_logs_of_a_family_do_not_drown_the_others():
    known = [said(name, 0.0) for name in "abc"] + [said("d", 1.0)] * 4 + [said("e", 99.0)]
    # four logs, each with weight 1 / sqrt(4)
    assert left_out_prior(known, family="e").mean[0] == pytest.approx(2.0 / 5.0)


def test_with_too_few_other_families_the_shipped_prior_stays():
    assert left_out_prior([said(name, 1.0) for name in "abcd"], family="a") is None


def test_what_a_family_says_does_not_reach_its_own_prior():
    known = [said(name, 1.0) for name in "abcde"]
    changed = [*known[:-1], replace(known[-1], coefficients=np.full(SIZE, 5.0))]
    assert left_out_prior(known, family="e") == left_out_prior(changed, family="e")
    assert left_out_prior(known, family="a") != left_out_prior(changed, family="a")


def test_evidence_is_where_the_likelihood_is_highest(make_table):
    rng = np.random.default_rng(1)
    habit = rng.beta(1, 2, 25)
    rows = [
        (7 * week + rng.uniform(0, 7), f"m{who}")
        for week in range(40)
        for who in range(25)
        if rng.random() < habit[who]
    ]
    active = active_weeks(make_table(sorted(rows)))
    found = evidence(active, family="f")
    blocks = law_rows(active, columns=POOLED.columns, weeks=active.whole, memory=inf)
    z = np.concatenate([block.z for block in blocks]).astype(float)
    y = np.concatenate([block.spoke for block in blocks]).astype(float)

    def lost(beta):
        logit = z @ beta
        return np.logaddexp(0, logit).sum() - y @ logit + 0.005 * beta @ beta

    naive = minimize(lost, np.zeros(SIZE), method="BFGS").x
    np.testing.assert_allclose(z @ found.coefficients, z @ naive, atol=0.02)
    p = 1 / (1 + np.exp(-(z @ found.coefficients)))
    np.testing.assert_allclose(found.curvature, (z.T * (p * (1 - p))) @ z, rtol=1e-5, atol=1e-5)
    assert found.spoken == y.sum()
    assert evidence(active_weeks(make_table(sorted(rows)[:30])), family="f") is None
