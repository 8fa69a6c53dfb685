"""What becomes of newcomers: do they speak, stay, bring others. Staff are not newcomers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.values import ratio

if TYPE_CHECKING:
    from sim.metrics.measured import Measured


def activation(run: Measured, *, window: int) -> float | None:
    """Share of newcomers with a message on days 0 to ``window - 1`` after joining.

    Only those whose window fits into the run; who left first has not spoken.
    """
    members = run.members
    cohort = run.stays & (members.joined <= run.days - window)
    spoke = members.first_spoke - members.joined < window
    spoke &= members.first_spoke >= 0
    return ratio(int(np.count_nonzero(cohort & spoke)), int(np.count_nonzero(cohort)))


def effective_joins(run: Measured, *, window: int) -> float:
    """Newcomers who are still members and opened the group in the last ``window`` days."""
    members = run.members
    stayed = run.stays & (members.left < 0)
    return float(np.count_nonzero(stayed & (members.last_opened >= max(run.days - window, 0))))


def k_factor(run: Measured, *, window: int) -> float | None:
    """Mean number of members that a newcomer brought in within ``window`` days of joining.

    Only newcomers whose window fits into the run; initial members and staff bring people too, but
    say nothing about growth that feeds itself.
    """
    members = run.members
    cohort = run.stays & (members.joined <= run.days - window)
    invited = np.flatnonzero((members.inviter >= 0) & (members.joined >= 0))
    inviter = members.inviter[invited]
    in_time = members.joined[invited] - members.joined[inviter] < window
    brought = np.count_nonzero(cohort[inviter] & in_time)
    return ratio(int(brought), int(np.count_nonzero(cohort)))


def invite_depth_max(run: Measured) -> float:
    """Greatest depth."""
    return float(run.cascade.depth)


def invite_depth3_share(run: Measured) -> float | None:
    """Share of the accepted invitations whose newcomer sits at depth 3 or more."""
    return ratio(run.cascade.deep, run.cascade.accepted)


def wiener_index(run: Measured) -> float | None:
    """Mean distance over all pairs of nodes of one tree, trees of at least 3 nodes."""
    return ratio(run.cascade.distance, run.cascade.pairs)


def retention(run: Measured, *, tenure: int) -> float | None:
    """Still a member after ``tenure`` days; leaving and removal both end a stay."""
    return run.survival.at(tenure)


def voluntary_retention(run: Measured, *, tenure: int) -> float | None:
    """The same with removals censored: optimistic, as the removed were the likeliest to fade."""
    return run.voluntary_survival.at(tenure)
