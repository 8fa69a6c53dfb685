"""Daily columns of files, and the cohort table."""

import numpy as np
import pytest

from sim.metrics import (
    DAILY_KPIS,
    STAGES,
    cohort_table,
    daily_columns,
    group_columns,
    stage_codes,
)
from sim.record import DAILY_INDEX


def test_columns_money_and_stage(person, make_record):
    people = [person(role=3), person(paid={1: 1999, 2: 1})]
    table = daily_columns(make_record(people, days=20, ledger={(1, "ads"): 1_005}))
    assert list(table) == ["day", *DAILY_KPIS, "stage"]
    assert table["day"].tolist() == list(range(20))
    assert table["revenue"][:4].tolist() == [0.0, 19.99, 0.01, 0.0]
    assert table["cost"][1] == 10.05
    assert table["profit"][1] == 9.94
    assert [STAGES[code] for code in table["stage"]] == ["sprout"] * 14 + ["dormant"] * 6
    assert table["members"].dtype == np.int32
    assert all(column.shape == (20,) for column in table.values())


def test_groups_add_up_to_the_community(make_people, make_record):
    record = make_record(make_people(4, days=40, groups=3), days=40, groups=3)
    groups, community = group_columns(record), daily_columns(record)
    assert groups["group"].tolist() == [0] * 40 + [1] * 40 + [2] * 40
    assert groups["day"].tolist() == list(range(40)) * 3
    for key in DAILY_KPIS:
        total = groups[key].reshape(3, 40).sum(axis=0)
        assert total == pytest.approx(community[key])
    own = record.daily[:, 1, DAILY_INDEX["member_speakers"]]
    assert groups["stage"][40:80].tolist() == stage_codes(own).tolist()
    assert groups["moved_in"].shape == (120,)


def test_cohorts_by_hand(person, make_record):
    people = [
        person(),  # not a newcomer
        person(joined=0, role=5),  # staff
        person(joined=0),
        person(joined=1, left=1),  # gone on the day
        person(joined=6, left=13),  # gone on tenure day 7
        person(joined=7, left=20, pruned=True),  # 13 days
        person(joined=21),
        person(joined=24),
    ]
    table = cohort_table([make_record(people, days=25)])
    assert table.joins.tolist() == [3, 1, 0, 2]
    nan = np.nan
    expected = [[2 / 3, 1 / 3, 1 / 3, 1 / 3], [1, 1, 0, nan], [nan] * 4, [1, nan, nan, nan]]
    assert table.share == pytest.approx(np.array(expected), nan_ok=True)
    # Joiners of days 0-6 are seen for 18 days at least, of 7-13 for 11, of 14-20 for 4, of 21-24
    # for none.
    censored = [
        [False, False, False, True],
        [False, False, True, True],
        [False, True, True, True],
        [False, True, True, True],
    ]
    assert table.censored.tolist() == censored


def test_cohorts_pool_replicates(person, make_record):
    runs = [make_record([person(joined=0, left=left)], days=15) for left in (-1, 3)]
    table = cohort_table(runs)
    assert table.joins.tolist() == [2, 0, 0]
    assert table.share[0].tolist() == [1.0, 0.5, 0.5]
