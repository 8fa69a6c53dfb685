"""Membership with places and refunds, codes for some (handbook: E1, C1)."""

import numpy as np

from sim.policies.planning import plan_levers
from sim.population import LURKER
from sim.record import ACCOUNTS, DAILY
from sim.scenario import Scenario
from sim.simulation import Run

PLAIN = Scenario.build(
    {
        "members": {"initial": 200},
        "days": 120,
        "groups": {"capacity": 500, "qr_limit": 500},
        "reach": {"open": 2.0},
        "exit": {"hazard": 0.02},
        "owner": {"minutes_per_week": 10_080},
    }
)


def lived(*entries, scenario=PLAIN):
    run = Run.start(scenario, seed=8, levers=plan_levers(scenario, extra=entries))
    run.advance()
    return run.record()


def total(record, account):
    return int(record.ledger[:, ACCOUNTS.index(account)].sum())


def test_there_are_never_more_members_than_places():
    held = DAILY.index("paid_members")
    free = lived({"use": "paid_membership", "price": 20.0})
    few = lived({"use": "paid_membership", "price": 20.0, "places": 5})
    assert free.daily[:, 0, held].max() > 10
    assert few.daily[:, 0, held].max() == 5
    assert 0 < total(few, "membership") < total(free, "membership")


def test_who_leaves_soon_gets_his_fee_back():
    kept = lived({"use": "paid_membership", "price": 20.0})
    given = lived({"use": "paid_membership", "price": 20.0, "refund": 60})
    back = -total(given, "refund")
    assert total(kept, "refund") == 0
    assert back > 0
    assert back % 2000 == 0, "whole fees of twenty yuan"
    left = given.members.left >= 0
    assert given.members.spent.sum() == total(given, "membership") - back
    # the day decides alike: money given back after leaving changes nobody's mind
    assert np.array_equal(kept.members.left, given.members.left)
    assert (kept.members.spent - given.members.spent)[left].sum() == back


def test_codes_for_seed_users_and_leaders_only():
    wide = PLAIN.replace({
        "invite.rate": 0.2, "member.friends_median": 40.0, "role.probability": 0.0,
        "role.seed_burnout": 0.0, "role.leader_fade": 0.0, "exit.hazard": 0.0, "reach.open": 0.0,
        "members.seed_users": 60,
    })  # fmt: skip
    anybody, chosen = (
        lived({"use": "invitation_code", "holders": k}, {"use": "personal_invitation"},
              scenario=wide)
        for k in (0, 1)
    )  # fmt: skip

    def inviters(record):
        """Roles of those who brought somebody; nobody changes his role here."""
        return {*record.members.role[record.members.inviter[record.members.inviter >= 0]].tolist()}

    assert LURKER in inviters(anybody)
    assert inviters(chosen)
    assert LURKER not in inviters(chosen)


def test_a_shut_door_lets_nobody_in_by_qr_code():
    record = lived({"use": "invitation_code", "shut": 1, "start": 30})
    by_code = record.members.joined[record.members.channel == 2]
    assert (by_code >= 0).any()
    assert by_code.max() < 30


def test_before_the_first_codes_nobody_can_invite():
    wide = PLAIN.replace({"invite.rate": 0.2})
    entry = {"use": "invitation_code", "weekdays": ["sun"]}
    run = Run.start(wide, seed=8, levers=plan_levers(wide, extra=[entry]))
    run.advance()
    sent = run.books.daily[:, 0, DAILY.index("invites_sent")]
    assert sent[:6].sum() == 0
    assert sent[6:].sum() > 0
