"""What moving between groups draws (see ``sim.regrouping``); compiled where it first happens."""

from __future__ import annotations

import numpy as np

from sim.arithmetic import kernel
from sim.draws import INTEREST, uniforms
from sim.phases.arriving import identity

_ACCOUNT = 0xFF00


@kernel
def tastes(k0, k1, ids):
    """What members are interested in, as a uniform for each id: float32 of shape (R,)."""
    found = np.empty(len(ids), np.float32)
    for i in range(len(ids)):
        found[i] = uniforms(k0, k1, ids[i], 0, INTEREST, 0)[0]
    return found


@kernel
def account_number(k0, k1, g, day):
    """Id of the owner's account in a group that he opens."""
    return identity(k0, k1, np.uint32(_ACCOUNT + g), np.uint32(day), 0)
