"""Initiators (handbook: C3) and leaders from outside (A2): who they are and what they do."""

from functools import cache

import numpy as np
import pytest

from sim.metrics import run_kpis
from sim.policies.planning import plan_levers
from sim.policies.registry import policy_class
from sim.population import LANES, LEADER, LURKER, SEED_USER
from sim.record import ACCOUNTS, CHANNELS, DAILY
from sim.scenario import Scenario
from sim.simulation import Run

KEYS = ("initiator_programme", "outside_leader")
PAIRS = 40
Z = 1.96
PLAIN = Scenario.build(
    {
        "members": {"initial": 150},
        "days": 60,
        "groups": {"capacity": 500, "qr_limit": 500},
        "reach": {"open": 2.0},
        "owner": {"minutes_per_week": 10_080},
    }
)


def begin(*entries, scenario=PLAIN, replicate=0, until=None):
    levers = plan_levers(scenario, extra=entries)
    run = Run.start(scenario, seed=5, replicate=replicate, levers=levers)
    run.advance(until)
    return run


@cache
def futures(use=None):
    entries = [{"use": use}] if use else []
    return [begin(*entries, replicate=k).record() for k in range(PAIRS)]


@pytest.mark.parametrize(
    ("use", "kpi", "sign"),
    [(use, kpi, sign) for use in KEYS for kpi, sign in policy_class(use).kpis.items()],
)
def test_every_claim_is_seen(use, kpi, sign):
    with_it, without = (
        np.array([run_kpis(record, keys=[kpi])[kpi] for record in futures(arm)], float)
        for arm in (use, None)
    )
    difference = with_it - without
    half = Z * difference.std(ddof=1) / np.sqrt(PAIRS)
    mean = difference.mean()
    assert mean - half >= 0 if sign == "+" else mean + half < 0
    assert mean != 0


@pytest.mark.parametrize("use", KEYS)
def test_zero_intensity_is_as_if_absent(use):
    off = begin({"use": use, **policy_class(use).off}).record()
    plain = futures()[0]
    assert np.array_equal(off.daily, plain.daily)
    assert np.array_equal(off.ledger, plain.ledger)
    assert np.array_equal(off.members.role, plain.members.role)


def test_the_most_engaged_ordinary_members_become_initiators():
    # on day 0 nothing has happened yet: engagement is as founded
    run = Run.start(PLAIN, seed=2)
    rows = run.members.rows
    b, j = rows // LANES, rows % LANES
    engagement, role = run.members.column("engagement")[b, j], run.members.column("role")[b, j]
    ordinary = np.flatnonzero(role == LURKER)
    keenest = ordinary[np.argsort(-engagement[ordinary], kind="stable")[:7]]
    levers = plan_levers(PLAIN, extra=[{"use": "initiator_programme", "initiators": 7}])
    after = Run.start(PLAIN, seed=2, levers=levers)
    after.advance(1)
    now = after.members.column("role")[b, j]
    # a seed user without engagement may step back on the same day, these have the most
    assert set(np.flatnonzero((now == SEED_USER) & (role == LURKER))) == set(keenest)


def test_a_leader_from_outside_knows_nobody_and_counts_as_a_partner():
    run = begin({"use": "outside_leader", "leaders": 2, "start": 4}, until=5)
    plain = begin(until=5)
    new = run.members.fill.sum() - plain.members.fill.sum()
    record = run.record().members
    sought = (record.role == LEADER) & (record.joined == 4)
    assert new == sought.sum() == 2
    assert {CHANNELS[k] for k in record.channel[sought]} == {"partner"}
    assert (record.inviter[sought] == -1).all()
    joins = DAILY.index("joins")
    assert run.books.daily[4, 0, joins] - plain.books.daily[4, 0, joins] == 2


def test_no_leader_comes_into_a_full_group():
    full = PLAIN.replace({"groups.capacity": 150, "exit.hazard": 0.001, "reach.open": 0.0})
    run = begin({"use": "outside_leader", "leaders": 20}, scenario=full)
    assert run.books.daily[:, 0, DAILY.index("members")].max() <= 150


def test_what_is_planned_is_booked_by_the_table():
    two = PLAIN.replace({"groups.number": 2})
    minutes = PLAIN.minutes
    for entry, booked in (
        ({"use": "initiator_programme"},
         {"referral_reward": 2 * 10 * 5000, "staff_minutes": 2 * 10 * minutes.initiator}),
        ({"use": "outside_leader"},
         {"guest_fee": 2 * 200_000, "staff_minutes": 2 * minutes.search}),
    ):  # fmt: skip
        totals = plan_levers(two, extra=[entry]).planned[1].sum(axis=0)
        assert {ACCOUNTS[k]: int(totals[k]) for k in np.flatnonzero(totals)} == booked
