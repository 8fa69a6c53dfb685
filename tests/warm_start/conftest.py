from functools import cache

import numpy as np
import pytest

from sim.logs.community import community_from_log
from sim.logs.events import read_events
from sim.logs.table import DAY, MESSAGE, WEEK, build_table
from sim.warm_start import scenario_from_community

MONDAY = 1_704_067_200  # 2024-01-01T00:00:00Z


@pytest.fixture(scope="session")
def from_log(train):
    """Table, community and scenario of a log at three quarters of its whole weeks."""

    @cache
    def load(name):
        table = read_events(train / f"{name}.csv.gz")
        until = table.start + (table.end - table.start) * 3 // 4 // WEEK * WEEK
        community = community_from_log(table, until=until)
        return table.before(until), community, scenario_from_community(community)

    return load


@pytest.fixture(scope="session")
def make_table():
    """A table of messages from rows (day since Monday 2024-01-01, name)."""

    def make(rows):
        rows = sorted(rows)
        names = sorted({name for _, name in rows})
        size = len(rows)
        return build_table(
            np.array([MONDAY + round(day * DAY) for day, _ in rows], dtype=np.int64),
            np.array([names.index(name) for _, name in rows], dtype=np.int32),
            np.full(size, MESSAGE, dtype=np.uint8),
            np.full(size, -1, dtype=np.int32),
            np.full(size, np.nan),
            names=tuple(names),
        )

    return make
