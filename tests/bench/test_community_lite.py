"""community-lite on the engine's machinery simulates what the reference does."""

import numpy as np
import pytest
from numba import njit

from sim.bench import community_lite as lite
from sim.bench.lite import reference
from sim.bench.peers import largest_z
from sim.draws import LOOK, uniforms


@njit
def draws(k0, k1, n, day):
    cells = np.empty((n, 2))
    for who in range(n):
        cells[who, 0], cells[who, 1], _, _ = uniforms(k0, k1, who, day, LOOK, 0)
    return cells


DAYS = [1, 10, 50, 150, 364]


def test_agrees_with_the_reference():
    rows = np.stack([lite.run_lite(300, 365, seed)[DAYS] for seed in range(100)])
    against = np.stack([reference.run(300, days=365, seed=seed)[DAYS] for seed in range(100)])
    assert largest_z(rows, against) < 4


def test_is_the_rules_in_numpy_with_the_same_draws():
    n, days, seed = 300, 60, 5
    begin = reference.start(n, seed=seed)
    k0, k1 = lite.build(n, seed).key
    motivation, active, present = begin.motivation, begin.active, np.ones(n, bool)
    rows = lite.run_lite(n, days, seed)
    for day in range(days):
        luck, fate = draws(k0, k1, n, day).T
        exposure = active[begin.reads].mean(axis=1)
        posts = present & (luck < 1 / (1 + np.exp(3 - 2 * exposure - 2 * motivation)))
        motivation = 0.97 * motivation + 0.06 * exposure
        present &= fate >= 0.003 * np.exp(-3 * motivation)
        active = posts & present
        # float32 in one, float64 in the other: no draw lies within the difference here
        assert rows[day, :2].tolist() == [posts.sum(), present.sum()]
        assert rows[day, 2] == pytest.approx(motivation[present].sum(), rel=1e-4)


def test_days_in_two_parts_are_the_same_days():
    state = lite.build(700, 3)
    parts = np.concatenate([lite.advance(state, 4), lite.advance(state, 9)])
    np.testing.assert_array_equal(parts, lite.run_lite(700, 13, 3))


def test_timing_repeats_the_same_days():
    ticks = iter(range(100))
    seconds, rows = lite.timed(500, days=4, seed=1, clock=lambda: next(ticks), steps=9_000)
    assert seconds == 1, "a tick for each of the repeats, averaged"
    assert next(ticks) == 10, "five repeats make 9,000 agent-steps"
    np.testing.assert_array_equal(rows, lite.run_lite(500, 4, 1))
