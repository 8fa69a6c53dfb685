import numpy as np
import pytest

from sim.logs.rhythm import burstiness, member_burstiness


def test_a_clock_a_poisson_process_and_bursts():
    rng = np.random.default_rng(0)
    clock = np.arange(0, 36_000, 60)
    poisson = np.cumsum(rng.exponential(600, size=50_000)).astype(np.int64)
    bursts = np.cumsum(np.where(np.arange(2_000) % 50, 10, 100_000))
    assert burstiness(clock) == -1.0
    assert burstiness(poisson) == pytest.approx(0.0, abs=0.01)
    # gaps 10 (49 of 50) and 100,000 (1 of 50): sd / mean is 7
    assert burstiness(bursts) == pytest.approx((7 - 1) / (7 + 1), abs=0.01)


def test_too_few_gaps_or_one_moment_cannot_be_told():
    assert burstiness(np.arange(20)) is None
    assert burstiness(np.zeros(50, dtype=np.int64)) is None


def test_the_median_member():
    seconds = np.repeat(np.arange(0, 6_000, 60), 3)
    member = np.tile(np.array([0, 1, 2], dtype=np.int32), 100)
    assert member_burstiness(seconds, member) == -1.0
    assert member_burstiness(seconds[:30], member[:30]) is None
