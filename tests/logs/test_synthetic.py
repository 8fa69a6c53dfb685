import numpy as np
import pytest

from sim.logs.law import POOLED
from sim.logs.synthetic import synthetic_events, synthetic_log
from sim.logs.weeks import active_weeks, weekly_series

FLAT = np.zeros(12)


def test_the_log_as_events_has_the_same_weeks():
    active = synthetic_log(POOLED.mean, weeks=12, arrivals=3.0, seed=1, noise=0.3).active
    again = active_weeks(synthetic_events(active, seed=2))
    assert again.whole == 12
    assert again.cut == 0.0
    assert again.messages.sum() == active.messages.sum()
    for name in ("speakers", "messages", "newcomers"):
        np.testing.assert_array_equal(
            getattr(weekly_series(again), name), getattr(weekly_series(active), name)
        )


def test_everybody_speaks_with_the_chance_of_the_law():
    # only an intercept: known members speak with logistic(-0.5), whatever they did before
    made = synthetic_log([-0.5, *FLAT[1:]], weeks=80, arrivals=20.0, seed=3)
    series = weekly_series(made.active)
    known = np.cumsum(series.newcomers) - series.newcomers
    share = (series.speakers - series.newcomers)[1:].sum() / known[1:].sum()
    assert share == pytest.approx(1 / (1 + np.exp(0.5)), abs=4 * np.sqrt(0.25 / known.sum()))


def test_what_all_share():
    made = synthetic_log(FLAT, weeks=400, arrivals=0.5, seed=4, noise=0.3, walk=0.1)
    steps = np.diff(made.shock)
    # a step of the walk and the difference of two noises
    assert steps.std() == pytest.approx(np.sqrt(0.1**2 + 2 * 0.3**2), rel=0.1)
    walk = synthetic_log(FLAT, weeks=400, arrivals=0.5, seed=4, walk=0.1).shock
    assert np.diff(walk).std() == pytest.approx(0.1, rel=0.1)
    assert abs(walk[-1]) < 0.4  # one step before its end, where it is 0
    dated = synthetic_log(FLAT, weeks=400, arrivals=0.5, seed=4, dated={7: -2.0})
    assert np.flatnonzero(dated.shock).tolist() == [7]


def test_the_replay_sees_what_the_log_was_made_of(simulated_log):
    # the test's own simulation and this one agree on the mean level of a community
    own = [
        weekly_series(active_weeks(simulated_log(POOLED.mean, weeks=60, arrivals=6.0, seed=seed)))
        for seed in range(5)
    ]
    new = [
        weekly_series(synthetic_log(POOLED.mean, weeks=60, arrivals=6.0, seed=seed).active)
        for seed in range(5, 10)
    ]
    a, b = (np.mean([one.speakers[20:].mean() for one in every]) for every in (own, new))
    assert a == pytest.approx(b, rel=0.15)
