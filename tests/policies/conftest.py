"""A community in which one policy is asked what it does: the same futures with and without it."""

from functools import cache

import numpy as np
import pytest

from sim.metrics import run_kpis
from sim.policies.planning import plan_levers
from sim.scenario import Scenario
from sim.simulation import Run

PAIRS = 40
Z = 1.96


class Place:
    """A hundred and fifty founders over sixty days, with an owner who has time for everything."""

    plain = Scenario.build(
        {
            "members": {"initial": 150, "leaders": 4},
            "days": 60,
            "groups": {"capacity": 500, "qr_limit": 500},
            "reach": {"open": 2.0},
            "owner": {"minutes_per_week": 10_080},
        }
    )

    def begin(self, *entries, scenario=None, replicate=0, until=None):
        scenario = scenario or self.plain
        levers = plan_levers(scenario, extra=entries)
        run = Run.start(scenario, seed=5, replicate=replicate, levers=levers)
        run.advance(until)
        return run

    @cache  # noqa: B019  one place for all tests
    def futures(self, use=None):
        entries = [{"use": use}] if use else []
        return [self.begin(*entries, replicate=k).record() for k in range(PAIRS)]

    def interval(self, use, kpi):
        """Ends of the 95 % interval of the paired difference."""
        with_it, without = (
            np.array([run_kpis(record, keys=[kpi])[kpi] for record in self.futures(arm)], float)
            for arm in (use, None)
        )
        difference = with_it - without
        half = Z * difference.std(ddof=1) / np.sqrt(PAIRS)
        return difference.mean() - half, difference.mean() + half


@pytest.fixture(scope="session")
def place():
    return Place()
