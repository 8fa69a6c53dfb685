"""Names that people take in turn."""

import pytest

from sim.logs.nicks import same_people

NAMES = ["alice", "alice_", "dee", "afk", "bob", "carol", "Guest1"]
OFTEN = [50, 5, 9, 2, 40, 30, 1]


@pytest.mark.parametrize(
    ("changes", "groups"),
    [
        ([(0, 1)], [{0, 1}]),
        ([(0, 2)], [{0, 2}]),
        ([(2, 0), (0, 2), (1, 2)], [{0, 1, 2}]),
        ([(0, 3), (4, 3)], []),  # two people are away
        ([(0, 3), (3, 0)], [{0, 3}]),  # one is
        ([(0, 2), (0, 6), (6, 1)], [{0, 1, 2, 6}]),
        ([(0, 3), (4, 3), (5, 3), (0, 1)], [{0, 1}]),
        ([(0, 0)], []),
    ],
)
def test_who_is_who(changes, groups):
    for order in (changes, changes[::-1], changes * 2):
        found = same_people(order, name=NAMES.__getitem__, weight=OFTEN.__getitem__)
        together = [{code for code in found if found[code] == stands} for stands in found]
        assert {frozenset(one) for one in together if len(one) > 1} == set(map(frozenset, groups))
