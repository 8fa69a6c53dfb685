"""The ordinary member (handbook A5): mostly silent; speaking up needs no change of role."""

from __future__ import annotations

from sim.arithmetic import ZERO, behaviour


@behaviour
def may_be_pruned(role_code, paid):
    """Whether rules of removal apply: ordinary members who do not pay."""
    return role_code == 0 and paid == ZERO
