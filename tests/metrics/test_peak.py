"""Peak and half-life on constructed curves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.metrics.peak import find_peak, half_life, window_width
from sim.metrics.values import NEVER


@pytest.mark.parametrize(
    ("days", "width"), [(1, 1), (6, 6), (7, 7), (55, 7), (56, 14), (111, 14), (112, 28), (900, 28)]
)
def test_the_window_grows_with_the_run(days, width):
    assert window_width(days) == width


def test_the_peak_is_the_centre_of_the_fullest_window():
    speakers = np.zeros(200, dtype=int)
    speakers[100:128] = 5
    peak = find_peak(speakers)
    assert (peak.day, peak.total, peak.at_edge) == (114, 140, False)


def test_the_first_window_wins_a_tie_and_rising_is_at_the_edge():
    assert find_peak([3] * 60).day == 7
    assert not find_peak([3] * 60).at_edge
    rising = find_peak(range(60))
    assert rising.at_edge
    assert rising.day == 60 - 14 + 7


def test_always_defined():
    for days in (1, 6, 7, 29, 30, 31):
        peak = find_peak([0] * days)
        assert peak.total == 0
        assert 0 <= peak.day < days


def test_half_life_of_exponential_decay_is_its_own():
    # Window sums of an exponential are exponential, so the centred mean halves after a half-life;
    # the peak window is the first.
    for life in (20, 45, 90):
        speakers = np.round(1e6 * 0.5 ** (np.arange(400) / life)).astype(int)
        assert half_life(speakers) == pytest.approx(life, abs=1)


def test_an_exact_half_counts():
    speakers = [10] * 100 + [5] * 100
    # The centred 28-day window lies wholly in the second part from day 114 on; the peak is day 14.
    assert half_life(speakers) == 114 - 14
    assert half_life([10] * 100 + [6] * 100) == NEVER


def test_a_dip_that_does_not_last_is_no_halving():
    # On day 100 the 28 days around it are at half; of the 28 after it only 13 are silent.
    assert half_life([10] * 100 + [0] * 14 + [10] * 74) == NEVER


def test_fewer_than_fourteen_days_left_is_never():
    # 7-day windows, peak on day 3; on day 40 four of the seven days around are silent.
    assert half_life([10] * 40 + [0] * 15) == 37
    assert half_life([10] * 40 + [0] * 14) == NEVER


def test_undefined_when_nobody_spoke_and_never_in_a_short_run():
    assert half_life([0] * 100) is None
    assert half_life([4]) == NEVER
    assert half_life([4] * 14) == NEVER


@given(st.lists(st.integers(0, 30), min_size=1, max_size=250))
def test_agrees_with_a_naive_reading(speakers):
    days = len(speakers)
    width = 28 if days >= 112 else 14 if days >= 56 else min(7, days)
    totals = [sum(speakers[s : s + width]) for s in range(days - width + 1)]
    start = totals.index(max(totals))
    centre = start + width // 2
    peak = find_peak(speakers)
    assert (peak.day, peak.at_edge) == (centre, start == days - width)
    expected = None if max(totals) == 0 else NEVER
    for day in range(centre + 1, days):
        after = speakers[day + 1 : day + 29]
        around = speakers[day - width // 2 : day - width // 2 + width]
        if len(after) < 14 or expected != NEVER:
            break
        half = max(totals) / width / 2
        if np.mean(around) <= half and np.mean(after) <= half:
            expected = day - centre
    assert half_life(speakers) == expected
