import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.logs.network import reply_network


def chat(make_table, *lines):
    """Lines ``who>whom`` or ``who``, an hour apart."""
    rows = []
    for hour, line in enumerate(lines):
        who, _, whom = line.partition(">")
        rows.append((hour / 24, who, "message", whom))
    return make_table(rows)


def test_a_small_network_by_hand(make_table):
    table = chat(make_table, "a", "b>a", "a>b", "c>a", "d", "d", "a>d", "e", "b>a", "a>a")
    found = reply_network(table)
    assert found.replies == 5  # a>a answers nobody else
    assert found.links == 4  # b>a, a>b, c>a, a>d
    assert found.reciprocity == 2 / 4
    # answered: a's first (by b), b's (by a), a's second (by c), d's second (by a), a's third (by b)
    assert found.answered == 5 / 10
    assert found.largest == 4 / 5
    assert (found.core_degree, found.core_size) == (1, 4)
    assert found.top10_received == pytest.approx(0.5 * 3 / 5)  # half of a, who got three of five
    assert found.first_answered is None
    assert sum(found.groups) == 5
    assert found.between.sum() == 5


def test_no_reply_is_unknown_not_zero(make_table):
    assert reply_network(chat(make_table, "a", "b", "a>a")) is None


def test_somebody_who_never_writes_is_not_answered(make_table):
    table = make_table([(0.0, "a"), (0.1, "ghost", "join"), (0.2, "a", "message", "ghost")])
    assert reply_network(table) is None


def test_newcomers_answered_on_their_first_day(make_table):
    rows = [(0.0, "old"), (1.0, "old")]
    rows += [(40.0, "x"), (40.5, "old", "message", "x")]  # within a day
    rows += [(50.0, "y"), (52.0, "old", "message", "y")]  # too late
    rows += [(60.0, "z"), (60.2, "z"), (60.3, "old", "message", "z"), (70.0, "old")]
    assert reply_network(make_table(rows)).first_answered == 2 / 3


def naive_core(edges):
    """The innermost core: remove everybody with too few neighbours, one at a time."""
    best = (0, 0)
    for level in itertools.count(1):
        left = {frozenset(edge) for edge in edges}
        while True:
            people = set().union(*left) if left else set()
            weak = {p for p in people if sum(p in edge for edge in left) < level}
            if not weak:
                break
            left = {edge for edge in left if not edge & weak}
        if not left:
            return best
        best = (level, len(set().union(*left)))
    return best


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(-1, 7)), min_size=1, max_size=60),
)
def test_the_network_is_that_of_a_naive_count(make_table, lines):
    rows = [
        (i / 24, f"m{a}", "message", f"m{b}" if b >= 0 else "") for i, (a, b) in enumerate(lines)
    ]
    found = reply_network(make_table(rows))
    writers = {a for a, _ in lines}
    replies = [(a, b) for a, b in lines if b in writers and b != a]
    if not replies:
        assert found is None
        return
    links = set(replies)
    assert (found.replies, found.links) == (len(replies), len(links))
    assert found.reciprocity == pytest.approx(np.mean([(b, a) in links for a, b in links]))
    assert (found.core_degree, found.core_size) == naive_core(links)
    answered = set()
    for place, (a, b) in enumerate(lines):
        before = [i for i in range(place) if lines[i][0] == b]
        if b != a and before:
            answered.add(before[-1])
    assert found.answered == len(answered) / len(lines)
