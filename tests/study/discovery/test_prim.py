"""PRIM recovers what was planted, follows its rules, and finds nothing where there is nothing."""

import math

import numpy as np
import pytest

from sim.study.discovery.box import Box, Limit, agreement, quasi_p
from sim.study.discovery.prim import PrimOptions, prim
from sim.study.discovery.stability import stability


def boxes_of(sample, case):
    return [found.box.box for found in prim(sample, case)]


@pytest.mark.parametrize(
    ("n", "factors", "noise", "channel"),
    [
        (500, 5, 0.0, False),
        (400, 20, 0.0, False),  # eighteen factors of no account
        (1000, 10, 0.05, False),
        (1000, 10, 0.10, False),
        (500, 5, 0.0, True),
        (1500, 12, 0.05, True),
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_box_is_recovered(made, n, factors, noise, channel, seed):
    sample, inside = made.planted(n=n, factors=factors, seed=seed, noise=noise, channel=channel)
    found = prim(sample, sample.y < 0)
    coverage, density = made.truth([found[0].box.box], sample, inside)
    assert coverage > 0.9
    assert density > 0.9
    assert found[0].box.box.factors() == ([0, 1, 2] if channel else [0, 1])
    said = {one.factor: one for one in found[0].box.restrictions}
    assert said[0].low == pytest.approx(0.3, abs=0.06)
    assert said[0].high == pytest.approx(0.75, abs=0.06)
    assert said[1].low is None
    assert said[1].high == pytest.approx(0.5, abs=0.07)
    if channel:
        assert said[2].kept == (1, 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "factors", "noise", "channel", "least"),
    [
        (500, 5, 0.0, False, 40),
        (400, 20, 0.0, False, 40),
        (1000, 10, 0.05, False, 40),
        (500, 5, 0.0, True, 40),
        (1500, 12, 0.05, True, 40),
        (1500, 12, 0.10, True, 36),
    ],
)
def test_recovery_does_not_depend_on_the_sample(made, n, factors, noise, channel, least):
    recovered = 0
    for seed in range(40):
        sample, inside = made.planted(n=n, factors=factors, seed=seed, noise=noise, channel=channel)
        boxes = boxes_of(sample, sample.y < 0)[:1]
        recovered += min(made.truth(boxes, sample, inside)) > 0.9
    assert recovered >= least


def test_without_noise_coverage_and_density_are_those_reported(made):
    sample, inside = made.planted(n=600, factors=6, seed=4)
    found = prim(sample, sample.y < 0)[0].box
    assert (found.coverage, found.density) == pytest.approx(made.truth([found.box], sample, inside))
    assert found.mass == found.rows / 600


def test_two_boxes_are_found_one_after_the_other(made):
    rng = np.random.default_rng(8)
    x = rng.random((1500, 4))
    first = (x[:, 0] < 0.4) & (x[:, 1] < 0.5)
    second = (x[:, 0] > 0.75) & (x[:, 2] > 0.6)
    sample = made.table(x, np.where(first | second, -1.0, 1.0))
    found = prim(sample, sample.y < 0)
    assert [one.box.box.factors() for one in found[:2]] == [[0, 1], [0, 2]]
    coverage, density = made.truth([one.box.box for one in found], sample, first | second)
    assert coverage > 0.9
    assert density > 0.9
    assert sum(one.box.cases for one in found) <= sample.rows  # nobody counts twice
    assert sum(one.box.coverage for one in found) <= 1


def test_whole_numbers_are_bounded_by_whole_numbers(made):
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.integers(1, 9, 800), rng.random(800)])
    case = (x[:, 0] >= 6) & (x[:, 1] < 0.5)
    sample = made.table(x, -1.0 * case, kinds=["integer", "continuous"], highs=np.array([8.0, 1.0]))
    said = {one.factor: one for one in prim(sample, case)[0].box.restrictions}
    assert (said[0].low, said[0].high) == (6.0, None)


def test_chance_alone_gives_no_box_that_holds(made):
    rng = np.random.default_rng(3)
    for _ in range(4):
        sample = made.table(rng.random((400, 8)), np.zeros(400))
        case = rng.random(400) < 0.2
        judged = stability(sample, case, search=boxes_of, boxes=1, resamples=20, seed=1)
        assert not judged.holds


def test_what_was_planted_holds_on_points_left_out(made):
    sample, _ = made.planted(n=600, factors=6, seed=2, noise=0.05)
    case = sample.y < 0
    judged = stability(sample, case, search=boxes_of, boxes=1, resamples=20, seed=1)
    assert judged.holds
    assert min(judged.used[:2]) >= 0.9
    assert max(judged.used[2:]) <= 0.2
    assert judged.density[1] > 0.8  # 95 % are cases inside, 5 % outside
    assert judged == stability(sample, case, search=boxes_of, boxes=1, resamples=20, seed=1)


def naive_peels(x, case, *, alpha, least):
    """Peeling by the book for numbers without ties: runs and cases after each peel."""
    rows, path = list(range(len(x))), []
    while True:
        path.append((len(rows), sum(case[row] for row in rows)))
        k = max(1, int(alpha * len(rows)))
        if path[-1][0] == path[-1][1] or len(rows) - k < least:
            return path
        ends = []
        for factor in range(x.shape[1]):
            ordered = sorted(rows, key=lambda row: x[row, factor])
            ends += [ordered[k:], ordered[:-k]]
        tries = [(sum(case[row] for row in kept), kept) for kept in ends]
        hits, kept = max(tries, key=lambda one: one[0])
        if hits / len(kept) <= path[-1][1] / path[-1][0]:
            return path
        rows = kept


def test_the_trajectory_is_that_of_a_plain_reading_of_the_method(made):
    # An uneven tilt: no two slices hold equally many cases for long, so that ties are rare.
    rng = np.random.default_rng(12)
    x = rng.random((300, 2))
    case = rng.random(300) < x[:, 0] ** 2 * (0.3 + 0.7 * x[:, 1])
    path = naive_peels(x, case, alpha=0.1, least=20)
    steps = prim(made.table(x, case), case, options=PrimOptions(alpha=0.1))[0].steps
    assert [round(step.mass * 300) for step in steps] == [rows for rows, _ in path]
    assert [round(step.coverage * case.sum()) for step in steps][:8] == [
        cases for _, cases in path[:8]
    ]


def test_quasi_p_is_a_tail_of_the_binomial():
    rows, cases, share = 12, 9, 30 / 50
    tail = sum(
        math.comb(rows, k) * share**k * (1 - share) ** (rows - k) for k in range(cases, rows + 1)
    )
    assert quasi_p(rows, cases, rows_without=50, cases_without=30) == pytest.approx(tail)
    # five futures of each point are five times the runs and the same evidence
    again = quasi_p(5 * rows, 5 * cases, rows_without=250, cases_without=150, futures=5.0)
    assert again == pytest.approx(tail)


def test_agreement_is_the_weighted_harmonic_mean_of_coverage_and_density():
    coverage, density = 0.6, 0.9  # 90 of 150 cases in 100 runs
    even = 2 / (1 / coverage + 1 / density)
    assert agreement(100, 90, all_cases=150) == pytest.approx(even)
    twice = 5 / (4 / coverage + 1 / density)
    assert agreement(100, 90, all_cases=150, weight=2.0) == pytest.approx(twice)


def test_weight_trades_coverage_for_density(made):
    rng = np.random.default_rng(9)
    x = rng.random((1000, 3))
    case = rng.random(1000) < x[:, 0] * x[:, 1]  # no edge anywhere
    sample = made.table(x, -1.0 * case)
    found = [
        prim(sample, case, options=PrimOptions(weight=weight))[0].box for weight in (0.3, 1.0, 3.0)
    ]
    assert found[0].coverage < found[1].coverage < found[2].coverage
    assert found[0].density > found[1].density > found[2].density


def test_a_box_knows_its_bounds(made):
    sample, _ = made.planted(n=50, factors=4, seed=1, channel=True)
    box = Box.whole(sample).bounded(0, low=0.2, high=0.6).leaving(2, 1).leaving(2, 3)
    assert set(box.limits()) == {Limit(0, "low"), Limit(0, "high"), Limit(2, "levels")}
    x = np.array([[0.2, 0, 0, 0], [0.6, 0, 2, 0], [0.61, 0, 2, 0], [0.4, 0, 3, 0]])
    assert box.contains(x).tolist() == [True, True, False, False]
    assert box.free_of(2).contains(x).tolist() == [True, True, False, True]
