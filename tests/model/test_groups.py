"""Several groups under one owner."""

import numpy as np

from sim.levers import Levers
from sim.population import LEADER, OWNER, SEED_USER
from sim.record import DAILY
from sim.scenario import Scenario
from sim.simulation import Run


def three_groups():
    return Scenario.preset("knowledge").replace(
        {
            "groups.number": 3, "members.initial": 60, "members.leaders": 4,
            "members.seed_users": 5, "members.administrators": 0, "members.guests": 0,
        }
    )  # fmt: skip


def test_roles_are_dealt_in_turn():
    members = Run.start(three_groups(), days=1).record().members
    dealt = {
        role: np.bincount(members.group[members.role == role], minlength=3).tolist()
        for role in (OWNER, LEADER, SEED_USER)
    }
    # nine cards after the owners: leaders to groups 0 1 2 0, seed users to 1 2 0 1 2
    assert dealt == {OWNER: [1, 1, 1], LEADER: [2, 1, 1], SEED_USER: [1, 2, 2]}


def test_the_owner_speaks_by_plan_in_every_group():
    said = []
    for pieces in (0.0, 9.0):
        levers = Levers.neutral(1, 3)
        levers.set("content", 0, pieces, policy=0)
        run = Run.start(three_groups(), days=1, levers=levers)
        run.advance()
        said.append(run.books.daily[0, :, DAILY.index("messages")])
    assert (said[1] - said[0] >= 9).all()  # the pieces, and what is said in reply
