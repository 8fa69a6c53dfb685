"""community-lite in NumPy against a reading of the rules member by member."""

import math

import numpy as np
import pytest

from sim.bench.lite import reference


def by_hand(n, *, days, seed):
    """The rules one member at a time, with the same draws."""
    begin = reference.start(n, seed=seed)
    rng = np.random.default_rng(reference.stream(seed))
    motivation, active, present = begin.motivation.tolist(), begin.active.tolist(), [True] * n
    rows = []
    for _ in range(days):
        luck, fate = rng.random(n), rng.random(n)
        yesterday, messages = list(active), 0
        for i in range(n):
            if not present[i]:
                continue
            e = sum(yesterday[j] for j in begin.reads[i]) / 10
            p = 1 / (1 + math.exp(-(-3 + 2 * e + 2 * motivation[i])))
            posts = luck[i] < p
            messages += posts
            motivation[i] = 0.97 * motivation[i] + 0.06 * e
            if fate[i] < 0.003 * math.exp(-3 * motivation[i]):
                present[i] = active[i] = False
            else:
                active[i] = posts
        here = [i for i in range(n) if present[i]]
        rows.append((messages, len(here), sum(motivation[i] for i in here)))
    return rows


def test_agrees_with_the_rules_member_by_member():
    np.testing.assert_allclose(
        reference.run(60, days=200, seed=3), by_hand(60, days=200, seed=3), rtol=1e-12
    )


def test_nobody_reads_himself_and_everybody_else_is_read_alike():
    begin = reference.start(5, seed=1)
    assert not (begin.reads == np.arange(5)[:, None]).any()
    many = reference.start(20_000, seed=2)
    read = np.bincount(many.reads.ravel(), minlength=20_000)
    # 10 n readings on n members: mean 10, variance that of a Poisson count
    assert read.mean() == 10
    assert read.var() == pytest.approx(10, rel=0.05)
    assert many.active.mean() == pytest.approx(0.10, abs=4 * math.sqrt(0.09 / 20_000))


def test_draws_of_the_days_are_not_those_of_the_start():
    # integers drawn for the start with seed s must not return as uniforms of the days
    streams = {reference.stream(seed) for seed in range(1000)}
    assert len(streams) == 1000
    assert not streams & set(range(1000))


def test_same_seed_same_rows():
    a, b = (reference.run(200, days=20, seed=7) for _ in range(2))
    np.testing.assert_array_equal(a, b)
    assert (a != reference.run(200, days=20, seed=8)).any()
