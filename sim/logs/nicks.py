"""Who is who among people who change the name under which they are known."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST = 50  # names that were exchanged for one and are compared with each other
_ALIKE = 3  # characters in a row that two names of one person share


def same_people(
    changes: Iterable[tuple[int, int]], *, name: Callable[[int], str], weight: Callable[[int], int]
) -> dict[int, int]:
    """For each name that was changed, the one that stands for its bearer.

    Names that are alike are one person's. Of two that are not, the less used one is the other's
    if nobody else is known to have borne it: a name such as ``afk``, which many take, joins nobody.

    Args:
        changes: Old and new name.
        name: How it is written.
        weight: How often it occurs.
    """
    pairs = sorted({(min(pair), max(pair)) for pair in changes if pair[0] != pair[1]})
    stands: dict[int, int] = {}

    def find(code: int) -> int:
        while stands.get(code, code) != code:
            code = stands[code]
        return code

    def unite(one: int, other: int) -> None:
        low, high = sorted((find(one), find(other)))
        stands[high] = low

    borne: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        borne[one].append(other)
        borne[other].append(one)
    for code, others in borne.items():
        # also two that are alike and were exchanged for the same third
        for one, other in combinations((code, *others[:_MOST]), 2):
            if _alike(name(one), name(other)):
                unite(one, other)
    edges = {tuple(sorted((find(one), find(other)))) for one, other in pairs}
    edges = {(one, other) for one, other in edges if one != other}
    used: dict[int, int] = defaultdict(int)
    for code in {code for pair in pairs for code in pair}:
        used[find(code)] += weight(code)
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    for one, other in sorted(edges):
        least = min(used[one], used[other])
        if any(len(near[code]) == 1 for code in (one, other) if used[code] == least):
            unite(one, other)
    return {code: find(code) for pair in pairs for code in pair}


def _alike(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    runs = {one[at : at + _ALIKE] for at in range(len(one) - _ALIKE + 1)}
    return any(other[at : at + _ALIKE] in runs for at in range(len(other) - _ALIKE + 1))
