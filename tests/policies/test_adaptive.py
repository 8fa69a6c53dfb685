"""The policy that compares a community with its own past."""

import numpy as np

from sim.levers import LEVER_INDEX
from sim.policies.planning import plan_levers
from sim.record import DAILY
from sim.scenario import Scenario
from sim.simulation import Run

SMALL = Scenario.preset("knowledge").replace(
    {"members.initial": 120, "days": 120, "policies": [], "owner.minutes_per_week": 10_000}
)
ENTRY = {"use": "adaptive", "alarm": 0.9, "memory": 14, "packet": 40}


def live(seed, *entries):
    run = Run.start(SMALL, seed=seed, levers=plan_levers(SMALL, extra=entries))
    run.advance()
    return run


def test_it_acts_after_weeks_below_the_usual():
    run = live(1, ENTRY)
    spoke = run.books.daily[:, 0, DAILY.index("speakers")].astype(float)
    alarm = np.array([
        day > 7 and spoke[day - 7 : day].mean() < 0.9 * spoke[max(0, day - 21) : day - 7].mean()
        for day in range(SMALL.days)
    ])  # fmt: skip
    assert 3 < alarm.sum() < SMALL.days - 10
    topics = run.levers.values[:, 0, LEVER_INDEX["topic"]]
    assert np.array_equal(topics > 0, alarm)
    packets = np.flatnonzero(run.levers.values[:, 0, LEVER_INDEX["packet"]])
    assert set(packets) <= set(np.flatnonzero(alarm))
    assert (np.diff(packets) >= 7).all()
    last = -7
    for day in np.flatnonzero(alarm):  # thrown at the first alarm, then once a week
        if day - last >= 7:
            assert day in packets
            last = day


def test_it_brings_talk():
    pairs = [(live(seed, ENTRY), live(seed)) for seed in range(40)]
    messages = DAILY.index("messages")
    gains = np.array(
        [
            one.books.daily[:, 0, messages].sum() - other.books.daily[:, 0, messages].sum()
            for one, other in pairs
        ]
    )
    half = 1.96 * gains.std(ddof=1) / np.sqrt(len(gains))
    assert gains.mean() - half > 0


def test_no_prompts_and_no_packets_are_nothing():
    off = live(2, {**ENTRY, "amount": 0, "packet": 0})
    none = live(2)
    assert np.array_equal(off.groups, none.groups)
    assert np.array_equal(off.books.daily, none.books.daily)
