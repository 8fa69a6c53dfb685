"""What each of several changes adds, where the whole is more or less than its parts.

Shapley's value (1953): a change is worth what it adds on average over all orders in which the
changes can be made. The values of all changes add up to the whole, a change that does nothing is
worth nothing, and two that do the same are worth the same. Up to five changes all 2^p combinations
are looked at; of more, every replicate sees its own random order and the reverse of it (antithetic
pairs; Mitchell, Cooper, Frank and Holmes 2022), which is free of bias.

All amounts are whole numbers (fen, or steps of a fine grid), so that sums are exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

Coalition = frozenset[int]
"""Changes that are made, by number."""

MOST_EXACT = 5
"""Players of which all combinations are looked at; more are sampled."""


@dataclass(frozen=True)
class Shares:
    """What each player adds in each replicate, exactly.

    Attributes:
        scaled: Amounts times ``scale``: int64 of shape (P, N).
        scale: What they are multiplied by so that they are whole.
    """

    scaled: Whole
    scale: int

    @property
    def values(self) -> NDArray[np.float64]:
        """Amounts of shape (P, N)."""
        found: NDArray[np.float64] = self.scaled / self.scale
        return found

    def means(self) -> list[Fraction]:
        """Exact mean over replicates, by player."""
        count = self.scaled.shape[1]
        return [Fraction(sum(row.tolist()), self.scale * count) for row in self.scaled]


def all_coalitions(players: int) -> list[Coalition]:
    """All 2^p combinations, small ones first."""
    return [
        frozenset(chosen)
        for size in range(players + 1)
        for chosen in combinations(range(players), size)
    ]


def exact(players: int, value: Callable[[Coalition], Whole]) -> Shares:
    """Shapley values from all combinations.

    Args:
        players: How many, at least one.
        value: What a combination amounts to, in every replicate: whole numbers of shape (N,).

    Returns:
        Per replicate; over players they add up to ``value(all) - value(none)``.
    """
    known = {one: value(one) for one in all_coalitions(players)}
    scale = math.factorial(players)
    scaled = np.zeros((players, len(known[frozenset()])), np.int64)
    for player in range(players):
        for one, without in known.items():
            if player not in one:
                orders = math.factorial(len(one)) * math.factorial(players - len(one) - 1)
                scaled[player] += orders * (known[one | {player}] - without)
    return Shares(scaled, scale)


def orders_of(players: int, *, seed: int, replicate: int) -> tuple[tuple[int, ...], ...]:
    """The two orders in which a replicate sees the changes: a random one and its reverse."""
    rng = np.random.default_rng((seed, replicate))
    order = tuple(int(player) for player in rng.permutation(players))
    return order, order[::-1]


def prefixes(order: Sequence[int]) -> list[Coalition]:
    """The combinations that an order goes through, from nothing to everything."""
    return [frozenset(order[:size]) for size in range(len(order) + 1)]


def sampled(
    players: int,
    replicates: Iterable[int],
    value: Callable[[Coalition, int], int],
    *,
    seed: int,
) -> Shares:
    """Shapley values from the orders of :func:`orders_of`.

    Args:
        players: How many, at least one.
        replicates: Numbers of the replicates.
        value: What a combination amounts to in one replicate.
        seed: Seed of the orders.

    Returns:
        Per replicate; over players they add up to ``value(all) - value(none)``.
    """
    rows = []
    for replicate in replicates:
        row = [0] * players
        for order in orders_of(players, seed=seed, replicate=replicate):
            amounts = [value(one, replicate) for one in prefixes(order)]
            for place, player in enumerate(order):
                row[player] += amounts[place + 1] - amounts[place]
        rows.append(row)
    return Shares(np.array(rows, np.int64).reshape(-1, players).T, 2)


def rounded(amounts: Sequence[Fraction]) -> list[int]:
    """Whole numbers that add up to the rounded sum: the largest remainders are rounded up."""
    whole = [math.floor(one) for one in amounts]
    missing = round(sum(amounts, Fraction(0))) - sum(whole)
    order = sorted(range(len(amounts)), key=lambda i: (whole[i] - amounts[i], i))
    for index in order[:missing]:
        whole[index] += 1
    return whole
