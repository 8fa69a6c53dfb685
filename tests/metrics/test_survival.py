"""Survival of stays: a worked example, a naive reading, and where the data are silent."""

import random
from fractions import Fraction

import numpy as np
import pytest

from sim.metrics import run_kpis
from sim.metrics.survival import survival

RETENTION = [f"retention_d{days}" for days in (7, 30, 90)]
VOLUNTARY = [f"voluntary_retention_d{days}" for days in (7, 30, 90)]


def naive(stays, tenure, horizon):
    """Product over the exit days, by fractions; None where the curve is not known.

    Args:
        stays: (joined, left or -1) of each.
    """
    if not any(joined + tenure <= horizon - 1 for joined, _ in stays):
        return None
    share = Fraction(1)
    for day in range(tenure + 1):
        at_risk = [
            (joined, left)
            for joined, left in stays
            if (horizon - 1 if left < 0 else left) - joined >= day
        ]
        if not at_risk:
            return 0 if share == 0 else None
        gone = sum(left >= 0 and left - joined == day for joined, left in at_risk)
        share *= 1 - Fraction(gone, len(at_risk))
    return share


def test_freireich_leukaemia_arm():
    # Remission in weeks under 6-MP, + = censored (Freireich et al. 1963, Blood 21, 699-716); the
    # Kaplan-Meier estimates below are those printed in textbooks (Kleinbaum and Klein, ch. 2).
    ended = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23])
    censored = np.array([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
    tenure = np.concatenate([ended, censored]).astype(np.int32)
    exited = np.arange(tenure.size) < ended.size
    curve = survival(tenure, exited=exited, horizon=36, reach=35)
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {week: round(float(curve.share[week]), 3) for week in expected} == expected
    assert curve.at_risk[[6, 7, 10, 13, 16, 22, 23]].tolist() == [21, 17, 15, 12, 11, 7, 6]


@pytest.mark.parametrize("seed", range(25))
def test_retention_agrees_with_a_naive_reading(seed, person, make_record):
    rng = random.Random(seed)  # noqa: S311 (no secret)
    horizon = rng.choice([20, 60, 100, 200])
    people = []
    for joined in sorted(rng.randrange(horizon) for _ in range(rng.choice([1, 3, 30]))):
        left = min(joined + rng.randrange(60), horizon) if rng.random() < 0.7 else -1
        people.append(person(joined=joined, left=-1 if left == horizon else left))
    found = run_kpis(make_record(people, days=horizon), keys=RETENTION)
    for days in (7, 30, 90):
        expected = naive([(p.joined, p.left) for p in people], days, horizon)
        value = found[f"retention_d{days}"]
        assert value == (None if expected is None else pytest.approx(float(expected)))


def test_removal_ends_a_stay_but_only_censors_a_voluntary_one(person, make_record):
    people = [person(joined=0), person(joined=0, left=3), person(joined=0, left=5, pruned=True)]
    found = run_kpis(make_record(people, days=40), keys=[*RETENTION, *VOLUNTARY])
    assert found["retention_d7"] == pytest.approx(1 / 3)
    assert found["voluntary_retention_d7"] == pytest.approx(2 / 3)


def test_leaving_on_day_seven_is_not_staying_seven_days(person, make_record):
    for left, expected in ((7, 0.0), (8, 1.0)):
        record = make_record([person(joined=2, left=2 + left)], days=40)
        assert run_kpis(record, keys=["retention_d7"]) == {"retention_d7": expected}


def test_undefined_without_joins_or_before_anybody_was_seen_that_long(person, make_record):
    initial = make_record([person(role=3), person(left=2)], days=100)
    assert set(run_kpis(initial, keys=RETENTION + VOLUNTARY).values()) == {None}
    for horizon, expected in ((7, None), (8, 1.0)):
        record = make_record([person(joined=0)], days=horizon)
        assert run_kpis(record, keys=["retention_d7"])["retention_d7"] == expected


def test_everybody_gone_is_known_to_be_zero(person, make_record):
    record = make_record([person(joined=0, left=0), person(joined=1, left=4)], days=50)
    found = run_kpis(record, keys=RETENTION)
    assert found == {"retention_d7": 0.0, "retention_d30": 0.0, "retention_d90": None}


def test_unknown_when_only_the_censored_might_have_stayed(person, make_record):
    people = [person(joined=0, left=5), person(joined=40)]
    assert run_kpis(make_record(people, days=50), keys=["retention_d30"])["retention_d30"] is None


def test_staff_are_no_newcomers(person, make_record):
    people = [person(joined=0), person(joined=0, left=0, role=5)]
    assert run_kpis(make_record(people, days=10), keys=["retention_d7"])["retention_d7"] == 1.0


def test_exit_rate_counts_members_of_thirty_days_ago(person, make_record):
    people = [
        person(),  # stayed
        person(left=20),  # gone before the window
        person(left=69),  # left on its last day before: day 69 = t - 30
        person(left=70),  # left in it
        person(left=80, pruned=True),  # removed in it: in neither line
        person(joined=69, left=99),  # joined in time, left
        person(joined=70, left=71),  # joined too late
        person(role=3),
    ]
    found = run_kpis(make_record(people, days=100), keys=["exit_rate_30d"])
    assert found["exit_rate_30d"] == pytest.approx(2 / 3)
