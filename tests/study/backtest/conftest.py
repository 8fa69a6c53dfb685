import numpy as np
import pytest

from sim.logs.table import DAY, EVENT_CODE, build_table


@pytest.fixture
def make_table():
    """A table of messages from rows (day, name)."""

    def make(rows):
        names = sorted({name for _, name in rows})
        return build_table(
            np.array([1_704_067_200 + round(day * DAY) for day, _ in rows], np.int64),
            np.array([names.index(name) for _, name in rows], np.int32),
            np.full(len(rows), EVENT_CODE["message"], np.uint8),
            np.full(len(rows), -1, np.int32),
            np.full(len(rows), np.nan),
            names=tuple(names),
        )

    return make
