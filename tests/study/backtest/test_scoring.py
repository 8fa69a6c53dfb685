"""Scores by closed forms, and comparisons of methods on planted scores."""

import math

import numpy as np
import pytest

from sim.study.backtest.scoring import (
    OFFSET,
    Score,
    best_single,
    coverage,
    mean_coverage,
    ratio,
    weighted_interval_score,
)


def score(log, family, method, wis, target="speakers", c50=0.5, c90=0.9):
    return Score(
        log=log, family=family, origin=0.5, target=target, method=method, wis=wis,
        coverage50=c50, coverage90=c90,
    )  # fmt: skip


def test_a_point_forecast_is_scored_by_its_distance():
    # five equal quantiles q: twice the mean of tau and 1 - tau, which is 1/2 on average
    q = np.full((3, 5), 10.0)
    assert weighted_interval_score(q, np.array([10.0, 13.0, 6.0])) == pytest.approx([0, 3, 4])


def test_the_score_by_hand():
    q = np.array([[0.0, 2.0, 4.0, 6.0, 10.0]])
    # above all: tau (12 - q); inside: each level's own pinball
    above = 2 / 5 * (0.05 * 12 + 0.25 * 10 + 0.5 * 8 + 0.75 * 6 + 0.95 * 2)
    inside = 2 / 5 * (0.05 * 4 + 0.25 * 2 + 0.5 * 0 + 0.25 * 2 + 0.05 * 6)
    assert weighted_interval_score(q, np.array([12.0])) == pytest.approx([above])
    assert weighted_interval_score(q, np.array([4.0])) == pytest.approx([inside])


def test_coverage_counts_ends():
    q = np.tile([0.0, 2.0, 4.0, 6.0, 10.0], (5, 1))
    actual = np.array([0.0, 2.0, 5.0, 7.0, 11.0])
    assert coverage(q, actual, share=0.5) == 2 / 5
    assert coverage(q, actual, share=0.9) == 4 / 5


def test_families_weigh_alike_and_dead_logs_make_no_infinity():
    offset = OFFSET["speakers"]
    scores = [score("a", "big", "m", 2 - offset), score("a", "big", "r", 1 - offset)]
    scores += [score("b", "big", "m", 8 - offset), score("b", "big", "r", 1 - offset)]
    scores += [score("c", "small", "m", 0.0), score("c", "small", "r", 0.0)]
    scores += [score("d", "alone", "m", 5.0)]  # nobody to be compared with
    # big: mean of log 2 and log 8 is log 4; small: log 1
    assert ratio(scores, method="m", reference="r", target="speakers") == pytest.approx(2)
    assert math.isnan(ratio(scores, method="m", reference="r", target="messages"))


def test_the_best_single_method_is_the_lowest_over_all():
    scores = [score(log, log, name, wis) for log in "ab" for name, wis in (("x", 3), ("y", 2))]
    assert best_single(scores, ["x", "y"], target="speakers") == "y"
    assert best_single(scores, ["y", "x"], target="speakers") == "y"


def test_coverage_over_families():
    scores = [score("a", "f", "m", 1, c90=1.0), score("b", "f", "m", 1, c90=0.8)]
    scores += [score("c", "g", "m", 1, c90=0.5)]
    assert mean_coverage(scores, method="m", target="speakers") == pytest.approx((0.5, 0.7))
