"""Initiators (handbook: C3) and leaders from outside (A2): who they are and what they do."""

import numpy as np
import pytest

from sim.policies.planning import plan_levers
from sim.policies.registry import policy_class
from sim.population import LANES, LEADER, LURKER, SEED_USER
from sim.record import ACCOUNTS, CHANNELS, DAILY
from sim.simulation import Run

KEYS = ("initiator_programme", "outside_leader")


@pytest.mark.parametrize(
    ("use", "kpi", "sign"),
    [(use, kpi, sign) for use in KEYS for kpi, sign in policy_class(use).kpis.items()],
)
def test_every_claim_is_seen(place, use, kpi, sign):
    low, high = place.interval(use, kpi)
    assert low > 0 if sign == "+" else high < 0


@pytest.mark.parametrize("use", KEYS)
def test_zero_intensity_is_as_if_absent(place, use):
    off = place.begin({"use": use, **policy_class(use).off}).record()
    plain = place.futures()[0]
    assert np.array_equal(off.daily, plain.daily)
    assert np.array_equal(off.ledger, plain.ledger)
    assert np.array_equal(off.members.role, plain.members.role)


def test_the_most_engaged_ordinary_members_become_initiators(place):
    # on day 0 nothing has happened yet: engagement is as founded
    run = Run.start(place.plain, seed=2)
    rows = run.members.rows
    b, j = rows // LANES, rows % LANES
    engagement, role = run.members.column("engagement")[b, j], run.members.column("role")[b, j]
    ordinary = np.flatnonzero(role == LURKER)
    keenest = ordinary[np.argsort(-engagement[ordinary], kind="stable")[:7]]
    levers = plan_levers(place.plain, extra=[{"use": "initiator_programme", "initiators": 7}])
    after = Run.start(place.plain, seed=2, levers=levers)
    after.advance(1)
    now = after.members.column("role")[b, j]
    # a seed user without engagement may step back on the same day, these have the most
    assert set(np.flatnonzero((now == SEED_USER) & (role == LURKER))) == set(keenest)


def test_a_leader_from_outside_knows_nobody_and_counts_as_a_partner(place):
    run = place.begin({"use": "outside_leader", "leaders": 2, "start": 4}, until=5)
    plain = place.begin(until=5)
    new = run.members.fill.sum() - plain.members.fill.sum()
    record = run.record().members
    sought = (record.role == LEADER) & (record.joined == 4)
    assert new == sought.sum() == 2
    assert {CHANNELS[k] for k in record.channel[sought]} == {"partner"}
    assert (record.inviter[sought] == -1).all()
    joins = DAILY.index("joins")
    assert run.books.daily[4, 0, joins] - plain.books.daily[4, 0, joins] == 2


def test_no_leader_comes_into_a_full_group(place):
    full = place.plain.replace({"groups.capacity": 150, "exit.hazard": 0.001, "reach.open": 0.0})
    run = place.begin({"use": "outside_leader", "leaders": 20}, scenario=full)
    assert run.books.daily[:, 0, DAILY.index("members")].max() <= 150


def test_what_is_planned_is_booked_by_the_table(place):
    two = place.plain.replace({"groups.number": 2})
    minutes = place.plain.minutes
    for entry, booked in (
        ({"use": "initiator_programme"},
         {"referral_reward": 2 * 10 * 5000, "staff_minutes": 2 * 10 * minutes.initiator}),
        ({"use": "outside_leader"},
         {"guest_fee": 2 * 200_000, "staff_minutes": 2 * minutes.search}),
    ):  # fmt: skip
        totals = plan_levers(two, extra=[entry]).planned[1].sum(axis=0)
        assert {ACCOUNTS[k]: int(totals[k]) for k in np.flatnonzero(totals)} == booked
