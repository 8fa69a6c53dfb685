"""What policies cost: a year of a full group with twenty planned and with five reacting ones.

Planned policies are levers and entries in the books before a run begins, so what they cost while it
goes on is what they bring about: more who look in, more talk. Policies that react are asked on
every morning.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from sim.policies.planning import plan_levers
from sim.simulation import Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.levers import Levers
    from sim.scenario import Scenario

TALKING = (
    "value_content", "daily_topic", "fixed_activity", "red_packet", "ritual", "points_levels",
    "team_contest", "welcome", "moderation", "offline_meeting", "care", "privilege", "service",
    "push_rhythm", "self_management", "guest_visit", "paid_membership", "paid_course", "goods_sale",
    "coupon",
)  # fmt: skip
"""Twenty that keep a group talking and sell to it."""
TRADING = (
    "welcome", "moderation", "care", "privilege", "service", "push_rhythm", "self_management",
    "entry_threshold", "friend_referral", "invitation_code", "points_levels", "offline_meeting",
    "guest_visit", "paid_membership", "paid_course", "goods_sale", "coupon", "commission", "agents",
    "brand",
)  # fmt: skip
"""Twenty that bring people and sell, with less to talk about."""
REACTING = tuple({"use": "adaptive", "alarm": 0.9 + 0.01 * k} for k in range(5))
"""Five that look at every morning, each with an alarm of its own."""
ARMS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "none": (),
    "talking_20": tuple({"use": key} for key in TALKING),
    "trading_20": tuple({"use": key} for key in TRADING),
    "reacting_5": REACTING,
}


def policy_cost(scenario: Scenario, *, rounds: int) -> dict[str, float]:
    """Processor time of a run with policies, as a multiple of one without.

    Args:
        scenario: A community without policies.
        rounds: Runs of each kind, in turn.

    Returns:
        The median over rounds of ``talking_20``, ``trading_20`` and ``reacting_5``, and
        ``talking_20_messages``: how many times the messages of a run without are written.
    """
    busy = scenario.replace({"owner.minutes_per_week": 10_080})
    plans = {name: plan_levers(busy, extra=entries) for name, entries in ARMS.items()}
    for levers in plans.values():
        _timed(busy, levers, replicate=rounds)
    spent: dict[str, list[float]] = {name: [] for name in ARMS}
    said: dict[str, int] = dict.fromkeys(ARMS, 0)
    for replicate in range(rounds):
        for name, levers in plans.items():
            seconds, messages = _timed(busy, levers, replicate=replicate)
            spent[name].append(seconds)
            said[name] += messages
    found = {
        name: statistics.median(
            one / none for one, none in zip(spent[name], spent["none"], strict=True)
        )
        for name in ARMS
        if name != "none"
    }
    return found | {"talking_20_messages": said["talking_20"] / max(1, said["none"])}


def _timed(scenario: Scenario, levers: Levers, *, replicate: int) -> tuple[float, int]:
    """Seconds of processor time of one run, and its messages."""
    run = Run.start(scenario, replicate=replicate, levers=levers)
    begin = time.process_time()
    run.advance()
    return time.process_time() - begin, int(run.record().total("messages").sum())
