"""The tree recovers what was planted, divides all of space, and stays a stump on noise."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the extra plan is not installed")

from sim.study.discovery.tree import grow, leaf_boxes


@pytest.mark.parametrize(
    ("n", "factors", "noise", "channel"),
    [
        (500, 5, 0.0, False),
        (400, 20, 0.0, False),
        (1000, 10, 0.05, False),
        (800, 5, 0.0, True),
        (1500, 10, 0.05, True),
    ],
)
def test_a_planted_box_is_recovered(made, n, factors, noise, channel):
    sample, inside = made.planted(n=n, factors=factors, seed=1, noise=noise, channel=channel)
    tree = grow(sample, sample.y < 0, seed=1)
    coverage, density = made.truth([leaf.box for leaf in tree.rules], sample, inside)
    assert coverage > 0.9
    assert density > 0.9
    assert tree.rules[0].box.factors() == ([0, 1, 2] if channel else [0, 1])
    assert tree.brier < tree.brier_base / 2


def test_leaves_divide_all_of_space(made):
    sample, _ = made.planted(n=800, factors=5, seed=3, noise=0.1, channel=True)
    boxes = leaf_boxes(sample, sample.y < 0, pruning=0.0, seed=1)
    rng = np.random.default_rng(2)
    anywhere = rng.random((3000, 5))
    anywhere[:, 2] = rng.integers(0, 4, 3000)
    times = np.sum([box.contains(anywhere) for box in boxes], axis=0)
    assert (times == 1).all()
    assert len(boxes) > 4


def test_whole_numbers_are_divided_between_them(made):
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.integers(1, 9, 600), rng.random(600)])
    case = x[:, 0] >= 6
    sample = made.table(x, -1.0 * case, kinds=["integer", "continuous"], highs=np.array([8.0, 1.0]))
    rule = grow(sample, case, seed=1).rules[0]
    assert [(one.factor, one.low, one.high) for one in rule.restrictions] == [(0, 6.0, None)]
    assert (rule.coverage, rule.density) == (1.0, 1.0)


def test_noise_gives_no_rule(made):
    rng = np.random.default_rng(7)
    for seed in range(5):
        sample = made.table(rng.random((500, 6)), np.zeros(500))
        tree = grow(sample, rng.random(500) < 0.3, seed=seed)
        assert tree.chosen == 0
        assert tree.rules == ()


def test_futures_of_a_point_are_no_evidence_of_their_own(made):
    # What decides is a point's own luck: with its futures in learning and in testing alike, a tree
    # would learn the points by heart.
    rng = np.random.default_rng(11)
    x = np.repeat(rng.random((120, 3)), 10, axis=0)
    case = np.repeat(rng.random(120) < 0.4, 10)
    assert grow(made.table(x, -1.0 * case), case, seed=1).chosen == 0


def test_the_same_seed_gives_the_same_tree(made):
    sample, _ = made.planted(n=600, factors=6, seed=5, noise=0.1)
    first, second = (grow(sample, sample.y < 0, seed=9).table(sample) for _ in range(2))
    assert first == second
