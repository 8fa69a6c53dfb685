"""Two arms of a comparison share their luck: small differences show with few runs."""

import numpy as np
import pytest

from sim.levers import Levers
from sim.record import DAILY_INDEX
from sim.scenario import Scenario
from sim.simulation import Run

PAIRS = 200
DAYS = 91


def arm(scenario, *, packets, replicate):
    levers = Levers.neutral(DAYS, 1, ("value_content", "red_packet"))
    for day in range(DAYS):
        levers.set("content", day, 1.0, policy=1)
    if packets:
        for day in range(0, DAYS, 7):
            levers.set("packet", day, 50.0, policy=2)
            levers.set("packet_parts", day, 10, policy=2)
    run = Run.start(scenario, seed=20_261, replicate=replicate, days=DAYS, levers=levers)
    run.advance()
    daily = run.books.daily.sum(axis=1)
    return (
        daily[DAYS - 1, DAILY_INDEX["members"]],
        daily[:, DAILY_INDEX["messages"]].sum(),
        daily[DAYS - 1, DAILY_INDEX["messages"]],
    )


@pytest.fixture(scope="module")
def pairs():
    scenario = Scenario.preset("knowledge")
    runs = [
        (arm(scenario, packets=False, replicate=k), arm(scenario, packets=True, replicate=k))
        for k in range(PAIRS)
    ]
    return np.array(runs, float)  # (pairs, arms, KPIs)


@pytest.mark.parametrize(
    ("kpi", "least"),
    [
        pytest.param(0, 10, id="members"),
        pytest.param(1, 3, id="messages"),
        pytest.param(2, 3, id="messages-that-day"),
    ],
)
def test_common_luck_reduces_the_variance_of_a_difference(pairs, kpi, least):
    without, with_packets = pairs[:, 0, kpi], pairs[:, 1, kpi]
    apart = without.var(ddof=1) + with_packets.var(ddof=1)
    together = (with_packets - without).var(ddof=1)
    assert apart / together >= least
