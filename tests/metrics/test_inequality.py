"""Gini, Lorenz and top shares against closed forms and a quadratic reading."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.metrics import run_kpis
from sim.metrics.inequality import gini, lorenz, message_counts, top_share

amounts = st.lists(st.integers(0, 1000), min_size=1, max_size=60).filter(any)


@given(amounts)
def test_gini_is_half_the_relative_mean_difference(values):
    x = np.array(values, dtype=float)
    expected = np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())
    assert gini(values) == pytest.approx(expected)
    assert 0 <= gini(values) <= 1 - 1 / len(values) + 1e-12


@pytest.mark.parametrize("n", [1, 2, 7, 100])
def test_gini_of_closed_forms(n):
    assert gini([5] * n) == 0
    assert gini([0] * (n - 1) + [9]) == pytest.approx(1 - 1 / n)
    assert gini(range(1, n + 1)) == pytest.approx((n - 1) / (3 * n))


def test_lorenz_of_one_to_n_is_a_parabola():
    people, held = lorenz(range(1, 101))
    assert people == pytest.approx(np.arange(101) / 100)
    k = np.arange(101)
    assert held == pytest.approx(k * (k + 1) / (100 * 101))


@given(amounts, st.floats(0, 1))
def test_top_share_reads_the_lorenz_curve_by_interpolation(values, top):
    people, held = lorenz(values)
    assert top_share(values, top=top) == pytest.approx(1 - np.interp(1 - top, people, held))


@given(amounts)
def test_gini_is_twice_the_area_above_the_lorenz_curve(values):
    people, held = lorenz(values)
    area = np.sum((held[1:] + held[:-1]) / 2 * np.diff(people))
    assert gini(values) == pytest.approx(1 - 2 * area)


def test_top_share_does_not_round_to_whole_persons():
    assert top_share([1, 1, 8], top=0.01) == pytest.approx(0.03 * 0.8)
    assert top_share([1, 1, 8], top=0.5) == pytest.approx(0.8 + 0.5 * 0.1)
    assert top_share([1, 1, 8], top=1) == 1


def test_undefined_without_a_message():
    assert gini([]) is None
    assert gini([0, 0]) is None
    assert lorenz([0]) is None
    assert top_share([], top=0.1) is None


def test_the_population_is_those_who_wrote_staff_included(person, make_record):
    people = [person(role=3, messages={0: 3}), person(messages={1: 1}), person()]
    record = make_record(people, days=3)
    found = run_kpis(record, keys=["gini_messages", "top10_share"])
    assert found["gini_messages"] == pytest.approx(0.25)
    assert found["top10_share"] == pytest.approx(0.2 * 0.75)
    assert message_counts(record).tolist() == [3, 1]
    assert message_counts(record, population="members").tolist() == [3, 1, 0]
