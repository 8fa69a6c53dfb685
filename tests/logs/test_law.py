import math

import numpy as np
import pytest

from sim.logs.law import (
    DECAY,
    MINIMAL,
    POOLED,
    TERMS,
    chance,
    history_weight,
    law_terms,
)


def term(**changes):
    state = {
        "weeks_silent": 1,
        "weeks_known": 1,
        "once": True,
        "volume": 2.0,
        "short": 0.0,
        "trend": 0.0,
        "habits": (0.0, 0.0, 0.0),
    } | changes
    z = law_terms(
        np.array(state["habits"], dtype=np.float64)[:, None],
        weeks_silent=np.array([state["weeks_silent"]], dtype=np.int32),
        weeks_known=np.array([state["weeks_known"]], dtype=np.int32),
        once=np.array([state["once"]]),
        volume=np.array([state["volume"]]),
        short=state["short"],
        trend=state["trend"],
    )
    return dict(zip(TERMS, z[0], strict=True))


def test_a_newcomer_has_the_prior_habit_and_nothing_else():
    z = term(volume=math.e)
    for name in ("habit_fast", "habit_medium", "habit_slow"):
        assert z[name] == pytest.approx(math.log(0.1 / 0.9))
    assert (z["intercept"], z["once"], z["spoke_last_week"], z["log_volume"]) == (1, 1, 1, 1)
    assert (z["log_silence"], z["log_tenure"], z["once_log_silence"]) == (0, 0, 0)


def test_terms_of_a_regular_by_hand():
    # known for 3 weeks, spoke in the first of the two weeks since
    decay = [math.exp(-1 / 2), math.exp(-1 / 8), math.exp(-1 / 40)]
    z = term(
        habits=decay, weeks_silent=2, weeks_known=3, once=False, volume=5.0, short=0.5, trend=-0.1
    )
    for name, d in zip(("habit_fast", "habit_medium", "habit_slow"), decay, strict=True):
        share = (d + 0.5 * 0.1) / ((d + 1) + 0.5)
        assert z[name] == pytest.approx(math.log(share / (1 - share)))
    assert z["log_silence"] == pytest.approx(math.log(2))
    assert z["log_tenure"] == pytest.approx(math.log(3))
    assert (z["spoke_last_week"], z["once"], z["once_log_silence"]) == (0, 0, 0)
    assert (z["group_short"], z["group_trend"]) == (0.5, -0.1)


def test_the_worked_examples_of_the_source():
    # E8 from 1 to 2 active weeks of the last eight raises the habit from -2.0 to -1.2, the
    # logit by .15; four weeks of silence in place of one lower it by .89
    full = dict(zip(TERMS, POOLED.mean, strict=True))
    known = 200
    habits = [term(habits=(0.0, e, 0.0), weeks_known=known)["habit_medium"] for e in (1.0, 2.0)]
    assert habits == pytest.approx([-2.0, -1.2], abs=0.1)
    assert full["habit_medium"] * (habits[1] - habits[0]) == pytest.approx(0.15, abs=0.01)
    assert full["log_silence"] * math.log(4) == pytest.approx(-0.89, abs=0.01)


@pytest.mark.parametrize("decay", DECAY)
def test_the_weight_of_a_history_follows_from_its_length(decay):
    weight = 0.0
    for weeks in range(1, 60):
        assert history_weight(weeks, decay=decay) == pytest.approx(weight)
        weight = decay * weight + 1


def test_chance_is_logistic_in_terms_and_shock():
    z = np.array([[1.0, 2.0], [1.0, -1.0]])
    p = chance((0.5, 1.0), z=z, shock=-0.3)
    np.testing.assert_allclose(p, [1 / (1 + math.exp(-2.2)), 1 / (1 + math.exp(0.8))])
    closed, open_day = chance((0.5, 1.0), z=z, shock=-math.inf), chance((0.5, 1.0), z=z, shock=1e4)
    np.testing.assert_array_equal(closed, [0.0, 0.0])
    np.testing.assert_array_equal(open_day, [1.0, 1.0])


def test_priors_name_terms_of_the_law_in_order():
    for prior in (POOLED, MINIMAL):
        assert len(prior.terms) == len(prior.mean) == len(prior.sd)
        assert sorted(prior.columns.tolist()) == prior.columns.tolist()
    assert MINIMAL.columns.tolist() == [0, 2, 3, 5, 6, 8, 10, 11]
