"""Simulated weeks join on to the log without a jump."""

import numpy as np
import pytest

from sim.levers import Levers
from sim.logs.community import community_from_log
from sim.logs.events import read_events
from sim.logs.table import MESSAGE
from sim.study.backtest.cases import cases_of
from sim.warm_start import run_from_community, scenario_from_community

RUNS = 20


@pytest.mark.slow
def test_the_first_week_has_no_bias_over_the_logs(train):
    """Speakers of the first week ahead, over all cases of the backtest: within 5 % of what came."""
    expected = came = 0.0
    for path in sorted(train.glob("*.csv.gz")):
        table = read_events(path)
        if not (table.event == MESSAGE).any():
            continue
        for case in cases_of(table, log=path.name, family=""):
            community = community_from_log(table.before(case.until), until=case.until)
            scenario = scenario_from_community(community, weeks=1)
            first = []
            for replicate in range(RUNS):
                run = run_from_community(
                    community, replicate=replicate, weeks=1, scenario=scenario,
                    levers=Levers.neutral(7, 1), leaving=False,
                )  # fmt: skip
                run.advance()
                first.append(run.record().weekly[0, 0, 0])
            expected += float(np.mean(first))
            came += float(case.future[0, 0])
    assert expected / came == pytest.approx(1.0, abs=0.05)
