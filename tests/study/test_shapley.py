"""Shapley values: games whose answer is known, and sums that are exact to the fen."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.explain.shapley import (
    all_coalitions,
    exact,
    orders_of,
    prefixes,
    rounded,
    sampled,
)


def column(value):
    return lambda one: np.array([value(one)], np.int64)


def test_in_an_additive_game_everybody_is_worth_what_he_adds():
    worth = (500, -200, 0, 70)
    shares = exact(4, column(lambda one: 1000 + sum(worth[i] for i in one)))
    assert [float(one) for one in shares.means()] == list(worth)


def test_in_the_glove_game_the_only_left_glove_is_worth_two_thirds():
    """Players 0 and 1 hold right gloves, 2 the left one; a pair is worth 600."""
    shares = exact(3, column(lambda one: 600 * (2 in one and bool(one & {0, 1}))))
    assert [float(one) for one in shares.means()] == [100.0, 100.0, 400.0]


def test_a_majority_is_shared_evenly_and_whoever_never_matters_gets_nothing():
    weights = (2, 2, 2, 1)  # four are needed: the last can never decide
    shares = exact(4, column(lambda one: 900 * (sum(weights[i] for i in one) >= 4)))
    assert [float(one) for one in shares.means()] == [300.0, 300.0, 300.0, 0.0]


def test_an_interaction_of_two_is_halved():
    shares = exact(2, column(lambda one: 100 * (len(one) == 2)))
    assert shares.means() == [Fraction(50), Fraction(50)]


@given(
    players=st.integers(1, 5), count=st.integers(1, 6), seed=st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_what_is_shared_is_everything_to_the_last_fen(players, count, seed):
    rng = np.random.default_rng(seed)
    value = {one: rng.integers(-(10**10), 10**10, count) for one in all_coalitions(players)}
    shares = exact(players, value.__getitem__)
    everything = value[frozenset(range(players))] - value[frozenset()]
    assert (shares.scaled.sum(axis=0) == everything * shares.scale).all()
    means = shares.means()
    assert sum(means) == Fraction(int(everything.sum()), count)
    assert sum(rounded(means)) == round(Fraction(int(everything.sum()), count))
    assert all(abs(whole - one) < 1 for whole, one in zip(rounded(means), means, strict=True))
    drawn = sampled(
        players, range(count), lambda one, number: int(value[one][number]), seed=seed % 1000
    )
    assert (drawn.scaled.sum(axis=0) == everything * drawn.scale).all()


def test_the_value_is_the_mean_over_all_orders():
    """The definition, order by order, against the formula by combinations."""
    from itertools import permutations

    rng = np.random.default_rng(7)
    value = {one: int(rng.integers(-1000, 1000)) for one in all_coalitions(4)}
    total = [0] * 4
    for order in permutations(range(4)):
        for place, player in enumerate(order):
            steps = prefixes(order)
            total[player] += value[steps[place + 1]] - value[steps[place]]
    expected = [Fraction(one, math.factorial(4)) for one in total]
    assert exact(4, column(value.__getitem__)).means() == expected


def test_sampled_orders_come_close_to_the_exact_value_and_orders_are_opposite():
    weights = (3, 1, 4, 1, 5, 9)

    def value(one):
        return sum(weights[i] for i in one) ** 2

    exactly = [w * sum(weights) for w in weights]  # of a square of sums
    drawn = sampled(6, range(400), lambda one, _: value(one), seed=3)
    assert drawn.values.mean(axis=1) == pytest.approx(exactly, rel=0.05)
    first, second = orders_of(6, seed=3, replicate=11)
    assert first == second[::-1]
    assert orders_of(6, seed=3, replicate=11) == (first, second)
    assert orders_of(6, seed=3, replicate=12) != (first, second)


@given(amounts=st.lists(st.fractions(-1000, 1000, max_denominator=720), min_size=1, max_size=8))
def test_rounding_meets_the_sum(amounts):
    whole = rounded(amounts)
    assert sum(whole) == round(sum(amounts))
    assert all(abs(one - amount) < 1 for one, amount in zip(whole, amounts, strict=True))
