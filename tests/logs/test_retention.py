import numpy as np
import pytest

from sim.logs.retention import MOST_MONTHS, retention


def naive(rows, days):
    """Member by member: rows of (day, name), ``days`` in the log, the first a 1 January."""
    firsts = {}
    for day, name in rows:
        firsts.setdefault(name, day)
    cells = {}
    start = np.datetime64("2024-01-01")
    for name, first in firsts.items():
        month = str((start + np.timedelta64(int(first), "D")).astype("datetime64[M]"))
        for k in range(1, MOST_MONTHS + 1):
            if first + 30 * (k + 1) > days:
                break
            spoke = any(who == name and 30 * k <= d - first < 30 * (k + 1) for d, who in rows)
            count = cells.setdefault((month, k), [0, 0])
            count[0] += 1
            count[1] += spoke
    return firsts, cells


@pytest.mark.parametrize("seed", range(6))
def test_cohorts_are_those_of_a_count_member_by_member(make_table, seed):
    rng = np.random.default_rng(seed)
    days = int(rng.integers(20, 400))
    rows = sorted(
        (float(day), f"m{who}")
        for day, who in zip(
            np.append(rng.uniform(0, days, 120), [0.5, days - 0.001]),
            rng.integers(0, 40, 122),
            strict=True,
        )
    )
    found = retention(make_table(rows))
    firsts, cells = naive(rows, days)
    assert found.firsts.sum() == len(firsts)
    told = {
        (str(month), k + 1): [int(found.followed[row, k]), int(found.spoke[row, k])]
        for row, month in enumerate(found.months)
        for k in range(found.followed.shape[1])
        if found.followed[row, k]
    }
    assert told == cells


def test_pooling_keeps_everybody_and_follows_the_calendar(make_table):
    rows = [(float(day), f"m{day}") for day in range(0, 400, 3)]
    found = retention(make_table(rows))
    quarters = found.pooled(3)
    assert [str(month) for month in quarters.months] == [
        "2024-01", "2024-04", "2024-07", "2024-10", "2025-01",
    ]  # fmt: skip
    for name in ("firsts", "followed", "spoke"):
        np.testing.assert_array_equal(
            getattr(quarters, name).sum(axis=0), getattr(found, name).sum(axis=0)
        )


def test_nobody_is_followed_in_a_log_of_a_day(make_table):
    found = retention(make_table([(0.1, "a"), (0.2, "b")]))
    assert (found.firsts.tolist(), found.followed.shape) == ([2], (1, 0))
    assert found.document()["cohorts"][0]["share"] == []


def test_a_month_that_the_log_cuts_off_is_not_known(make_table):
    # b's second month ends on day 70; the log ends on day 69 or 70.
    rows = [(0.0, "a"), (10.0, "b"), (45.0, "b")]
    short = retention(make_table([*rows, (68.5, "a")]))
    whole = retention(make_table([*rows, (69.5, "a")]))
    assert (short.followed[0, 0], short.spoke[0, 0]) == (1, 0)
    assert (whole.followed[0, 0], whole.spoke[0, 0]) == (2, 1)
    np.testing.assert_array_equal(whole.share[0], [0.5])
