"""The stage rule against a slow reading of it, and against what it was measured to do."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.metrics.parameters import StageParameters
from sim.metrics.stage import (
    STAGES,
    spells,
    stage_codes,
    stage_names,
    stage_shares,
    too_quiet,
)


def labels(speakers, **parameters):
    return list(stage_names(stage_codes(speakers, parameters=StageParameters(**parameters))))


def order(speakers):
    """Stages in the order of their spells."""
    return [spell.stage for spell in spells(stage_codes(speakers))]


def read_slowly(x):
    """The rule of the KPI dictionary, section 8, line by line, with default parameters."""
    x = [float(value) for value in x]
    v, y, d, a14, out = [], [], [], [], []
    state, h0, l0, wish = "sprout", 6, 6, []
    record = 0.0
    for t in range(len(x)):
        z = [value for value in x[max(0, t - 28) : t] if value > 0]
        v.append(min(x[t], 3 * (sum(z) / len(z))) if len(z) >= 3 else x[t])
        for width in (14, 28, 56):
            seen = v[max(0, t + 1 - width) : t + 1]
            n = sum(seen)
            if n >= 150 or t + 1 < width:
                break
        y.append(math.log(n / len(seen) + 0.1))
        d.append(min(max(3 * math.sqrt(2 / max(n, 1)), 0.69), 1.10))
        fortnight = v[max(0, t - 13) : t + 1]
        a14.append(sum(fortnight) / len(fortnight))
        if t >= 13:
            record = max(record, a14[t])
        if t >= 14:
            state, h0, l0, wish = _next_state(x, y, d, a14, record, t, state, h0, l0, wish)
        out.append(state)
    return out


def _next_state(x, y, d, a14, record, t, state, h0, l0, wish):
    floor = max(0.5, 0.05 * record)
    highs = range(max(h0, t - 365), t + 1)
    lows = range(max(l0, t - 365), t + 1)
    hi, lo = max(y[s] for s in highs), min(y[s] for s in lows)
    last_hi = max(s for s in highs if y[s] == hi)
    last_lo = max(s for s in lows if y[s] == lo)
    up, down = y[t] - lo > d[t], hi - y[t] > d[t]
    rules = {
        "sprout": [
            (last_hi == t and up, "growth", 1),
            (down, "decline", 14),
            (t >= 56, "active", 1),
        ],
        "growth": [(down, "decline", 14), (t - last_hi >= 42, "active", 1)],
        "active": [(down, "decline", 14), (last_hi == t and up, "growth", 1)],
        "decline": [(up, "growth", 14), (t - last_lo >= 84, "active", 1)],
        "dormant": [(a14[t] >= 2 * floor, "active", 14)],
    }[state]
    if state != "dormant":
        silent = sum(x[t - 6 : t + 1]) == 0
        rules = [(a14[t] < floor, "dormant", 1 if silent else 14), *rules]
    target, needed = next(((goal, k) for holds, goal, k in rules if holds), (None, 0))
    wish = [*wish, target] if wish and wish[-1] == target else [target]
    if target is None or len(wish) < needed:
        return state, h0, l0, wish
    if target == "decline" or (target in {"growth", "active"} and state in {"decline", "dormant"}):
        h0 = t
    if target != "dormant":
        l0 = t
    return target, h0, l0, []


def wandering(seed, days):
    """Overdispersed counts around a level that jumps, fades and dies."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 0.5, days) * (rng.random(days) < 0.05)
    level = rng.choice([2, 8, 30]) * np.exp(np.cumsum(steps + rng.normal(0, 0.004)))
    level[rng.integers(days) :] *= rng.choice([0.0, 0.1, 1.0, 4.0])
    return rng.poisson(level * rng.gamma(3, 1 / 3, days)).astype(float)


@pytest.mark.parametrize("seed", range(30))
def test_agrees_with_a_slow_reading_of_the_rule(seed):
    speakers = wandering(seed, 500)
    assert labels(speakers) == read_slowly(speakers)


def test_the_slow_readings_visit_every_stage():
    seen = {stage for seed in range(30) for stage in labels(wandering(seed, 500))}
    assert seen == set(STAGES)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=260), st.integers(1, 260))
@settings(max_examples=150)
def test_the_future_never_rewrites_a_label(speakers, cut):
    assert labels(speakers)[:cut] == labels(speakers[:cut])


def test_long_series_are_causal_where_highs_are_forgotten():
    speakers = wandering(3, 1200)
    whole = labels(speakers)
    for cut in (380, 555, 801, 1199):
        assert labels(speakers[:cut]) == whole[:cut]


@pytest.mark.parametrize("level", [10, 30])
def test_level_series_stay_active(level):
    rhythm = level * np.tile([1.2, 1.1, 1.0, 1.0, 0.9, 0.8, 1.0], 53)[:365]
    strays = sum(
        not set(order(np.random.default_rng(seed).poisson(rhythm))) <= {"sprout", "active"}
        for seed in range(100)
    )
    assert strays <= 1


def test_events_do_not_make_growth():
    for seed in range(20):
        speakers = np.random.default_rng(seed).poisson(np.full(365, 20.0))
        for event in range(60, 365, 60):
            speakers[event : event + 2] *= 6
        assert order(speakers) == ["sprout", "active"]


def test_exponential_decay_declines_then_falls_dormant():
    decay = 40 * 0.5 ** (np.arange(600) / 60)
    orders = [order(np.random.default_rng(seed).poisson(decay)) for seed in range(50)]
    expected = ["active", "decline", "dormant"]
    assert sum([s for s in found if s != "sprout"] == expected for found in orders) >= 45


def test_decline_is_seen_three_weeks_after_a_halving_step():
    delays = []
    for seed in range(20):
        level = np.where(np.arange(300) < 150, 40.0, 16.0)
        path = labels(np.random.default_rng(seed).poisson(level))
        delays.append(path.index("decline") - 150)
    assert 18 <= np.median(delays) <= 28


def test_logistic_growth_grows_then_is_active():
    growth = 2 + 60 / (1 + np.exp(-(np.arange(500) - 150) / 25))
    orders = [order(np.random.default_rng(seed).poisson(growth)) for seed in range(50)]
    assert sum(found[-2:] == ["growth", "active"] for found in orders) >= 45


def test_burst_then_plateau_becomes_active_again():
    level = np.where(np.arange(600) < 80, 60.0, 15.0)
    for seed in range(20):
        found = order(np.random.default_rng(seed).poisson(level))
        assert found[-2:] == ["decline", "active"]


def test_silence_is_dormant_after_a_week_and_a_fortnight():
    assert set(labels([0] * 14)) == {"sprout"}
    assert labels([0] * 15)[-1] == "dormant"


def test_nearly_silent_needs_a_fortnight():
    one_a_week = [1, 0, 0, 0, 0, 0, 0] * 6
    assert labels(one_a_week).index("dormant") == 27


def test_dormant_groups_wake_up():
    speakers = [0] * 60 + [5] * 40
    path = labels(speakers)
    # 2 of 14 days at 5 reach 2 x 0.5 on day 62; the 14th day in a row is day 75.
    assert path[74] == "dormant"
    assert path[75] == "active"


def test_parameters_reach_the_rule():
    assert labels([10] * 40, settle=20)[19:21] == ["sprout", "active"]


def test_shares_of_runs_by_day():
    shares = stage_shares([[0, 2, 2], [0, 2, 4]])
    assert shares.tolist() == [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0.5, 0, 0.5]]


def test_spells_are_stretches_and_the_last_is_open():
    found = [(s.stage, s.start, s.days, s.open) for s in spells([0, 0, 2, 2, 2, 4])]
    assert found == [("sprout", 0, 2, False), ("active", 2, 3, False), ("dormant", 5, 1, True)]
    assert spells([]) == []


def test_too_quiet_to_tell_unless_dormant():
    assert too_quiet([1] * 100)
    assert not too_quiet([2] * 100)
    assert not too_quiet([0] * 100)
