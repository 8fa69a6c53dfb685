"""Where a group is going, from futures whose answer is known beforehand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim.study.outlook import Outlook, crowd_of, outlook_of

NOBODY = np.zeros((100, 5))


def outlook(past, futures):
    return outlook_of(np.array(past), np.array(futures), NOBODY[: len(futures)])


def test_chances_are_shares_of_futures():
    """Of ten futures of six weeks, three end at 8 and seven at 14; the last four weeks were 10."""
    futures = [[10, 10, 8, 8, 8, 8]] * 3 + [[10, 10, 14, 14, 14, 14]] * 7
    found = outlook([50, 10, 9, 11, 10], futures)
    assert (found.now, found.middle) == (10.0, 14.0)
    assert (found.below, found.above, found.silent) == (0.3, 0.7, 0.0)
    assert found.near == 0.3  # 8 lies within a fifth of 10, 14 does not
    assert found.direction == "growing"


@pytest.mark.parametrize(
    ("now", "end", "direction"),
    [
        (10, 8, "falling"), (10, 12, "growing"), (10, 10, "holding"),
        (100, 95, "holding"),  # less than a tenth
        (3, 2, "falling"), (1, 1, "silent"), (1, 3, "growing"), (2, 1, "falling"),
    ],
)  # fmt: skip
def test_futures_that_agree_have_a_direction(now, end, direction):
    assert outlook([now] * 8, [[end] * 4] * 10).direction == direction


def test_futures_that_disagree_have_none():
    assert outlook([10] * 8, [[2] * 4] * 50 + [[30] * 4] * 50).direction == "unclear"


def test_who_reads_quieter_sees_a_smaller_number():
    """Chances alone make no fall where the number printed stays the same."""
    found = outlook([8, 7, 7, 7], [[6, 6, 6, 7]] * 10)
    assert (found.below, round(found.now), round(found.middle)) == (1.0, 7, 7)
    assert found.direction == "holding"


def test_silence_is_four_quiet_weeks_in_a_row():
    futures = [
        [5, 1, 0, 1, 1, 5],  # four quiet weeks, then somebody comes back
        [1, 1, 1, 2, 1, 1],  # never four in a row
        [5, 5, 0, 0, 0, 0],
    ]
    assert outlook([5] * 8, futures).silent == pytest.approx(2 / 3)
    assert outlook([5] * 8, [[0, 1], [0, 2]]).silent == 0.5  # a shorter horizon: all of it


def test_the_crowd_is_counted_from_members():
    """Five members known, two who joined; the last 28 of 42 days are days 14 and later."""
    members = SimpleNamespace(
        joined=np.array([-1, -1, -1, -1, -1, 3, 20]), messages=np.array([0, 4, 1, 2, 0, 6, 7]),
        last_spoke=np.array([-1, 41, 13, 14, 30, 10, 25]),
    )  # fmt: skip
    record = SimpleNamespace(members=members, days=42)
    # member 4 spoke before the run, however late it says: he wrote nothing in it
    assert crowd_of(record) == (3.0, 2.0, 2.0, 1.0, 13 / 20)
    members.messages[:] = 0
    assert crowd_of(record) == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_a_table_and_back():
    found = outlook([10] * 8, [[8, 9, 7]] * 10)
    assert Outlook.of_table(found.table()) == found
    assert found.table()["direction"] == "falling"
    listed = {name: list(value) if isinstance(value, tuple) else value
              for name, value in found.table().items()}  # fmt: skip
    assert Outlook.of_table(listed) == found
    with pytest.raises(KeyError):
        Outlook.of_table({})
    assert replace(found, now=7.0).direction == "holding"
