"""Opinion leaders (handbook A2): known by how much the group answers them."""

from __future__ import annotations

import numpy as np

from sim.arithmetic import HALF, ONE, TWO, ZERO, behaviour
from sim.population import LEADER, OWNER

_f = np.float32


@behaviour
def becomes_leader(role, standing, engagement, cultivate, u):
    """Whether an ordinary member or seed user is recognised as a leader today.

    Standing (replies received a day) above ``role.leader_at`` and a mind to stay; the operator can
    cultivate leaders. Assumption; the form follows the handbook's "calls and all answer".
    """
    chance = role.probability * (ONE + role.cultivate * cultivate)
    ready = standing > role.leader_at and engagement > HALF
    return ready and u < chance


@behaviour
def loses_rank(role, standing, cultivate, u):
    """Whether a leader whom the group no longer answers steps back today."""
    return standing < role.keep and u < role.leader_fade * (ONE - HALF * cultivate)


@behaviour
def leader_grief(exit_, role):
    """Weight of a departure for those tied to it: a leader takes followers along (evidence 56)."""
    leads = role == LEADER or role == OWNER
    return TWO * (ONE + (exit_.leader_pull if leads else ZERO))
