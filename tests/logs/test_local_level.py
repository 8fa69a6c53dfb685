"""A level behind noisy weeks: against the joint normal law of all weeks, and by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.logs.local_level import local_level, week_noise


@given(
    st.lists(st.floats(-1, 1), min_size=1, max_size=8),
    st.floats(0.05, 0.5),
    st.floats(0.3, 1.0),
)
def test_it_is_the_conditional_law_of_a_walk(seen, step, start):
    size = len(seen)
    noise = np.linspace(0.5, 2.0, size)  # so wide that no week is a surprise
    found = local_level(np.array(seen), noise=noise, step=step, start=start)
    # the level after week t has covariance start^2 + step^2 min(s, t) with that after week s
    weeks = np.arange(1, size + 1)
    levels = start**2 + step**2 * np.minimum.outer(weeks, weeks)
    gain = levels[-1] @ np.linalg.inv(levels + np.diag(noise))
    assert found.mean == pytest.approx(float(gain @ seen), abs=1e-9)
    assert found.sd**2 == pytest.approx(float(levels[-1, -1] - gain @ levels[-1]), abs=1e-9)


def test_an_unseen_week_only_widens():
    found = local_level(np.full(3, np.nan), noise=np.ones(3), step=0.2, start=0.3)
    assert found.mean == 0.0
    assert found.sd == pytest.approx(math.sqrt(0.3**2 + 3 * 0.2**2))


def test_a_surprise_counts_as_three_deviations():
    wild, told = (
        local_level(np.array([off]), noise=np.ones(1), step=0.0, start=1.0)
        for off in (50.0, 3.0 * math.sqrt(2.0))
    )
    assert wild == told


def test_noise_is_half_of_the_changes_beside_the_walk():
    # changes 1, -1 and 2: half squares .5, .5 and 2; less .5 * .4^2 each; and two prior changes
    residuals = np.array([0.0, 1.0, 0.0, 2.0, np.nan])
    expected = math.sqrt((2 * 0.3**2 + 3.0 - 3 * 0.08) / 5)
    assert week_noise(residuals, step=0.4, prior=0.3, worth=2.0) == pytest.approx(expected)
    assert week_noise(residuals[:1], step=0.4, prior=0.3, worth=2.0) == pytest.approx(0.3)


def test_noise_of_a_walk_with_noise_is_found():
    rng = np.random.default_rng(4)
    level = np.cumsum(0.1 * rng.standard_normal(20_000))
    found = week_noise(
        level + 0.5 * rng.standard_normal(level.size), step=0.1, prior=0.3, worth=10.0
    )
    assert found == pytest.approx(0.5, rel=0.02)
