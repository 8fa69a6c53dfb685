"""Buying, prices, the operator's minutes, red packets, finance."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off


class Buy(Section):
    """How members decide to buy."""

    member_rate: float = parameter(
        0.006, low=0.001, high=0.03, unit="per seen day", mark="assumption", confidence="low",
        source="practitioners: 2 to 10 % of free members pay", note="level of membership sales",
    )
    trust: float = parameter(
        1.5, low=0.5, high=3.0, unit="logit", mark="assumption", confidence="unknown",
        source="none", note="trust, centred at one half, in the decision to buy",
    )
    engagement: float = parameter(
        1.5, low=0.5, high=3.0, unit="logit", mark="assumption", confidence="unknown",
        source="none", note="engagement, centred at one half, in the decision to buy",
    )
    price: float = parameter(
        1.6, low=0.5, high=3.0, unit="logit per ln", mark="assumption", confidence="unknown",
        source="none", note="price against the willingness to pay",
    )
    peer_odds: float = parameter(
        1.5, low=1.3, high=1.8, unit="odds per .5 tie weight", mark="published",
        confidence="high", source="Bapna and Umyarov 2015 (field experiment, +50 to +60 %)",
        note="people one is tied to pay",
    )
    goods_rate: float = parameter(
        0.01, low=0.001, high=0.1, unit="per day", mark="assumption", confidence="unknown",
        source="none", note="level of sales of goods",
    )
    discount_elasticity: float = parameter(
        1.5, low=0.5, high=3.0, unit="elasticity", mark="assumption", confidence="unknown",
        source="none", note="sales of goods against the price after discount",
    )
    needs_reminder: float = parameter(
        0.10, low=0.0, high=0.8, unit="share of demand", mark="calibrated",
        confidence="medium", source="Wang, Greenwood and Pavlou 2020 (purchases +6 %)",
        note="demand that is there only when reminded",
    )
    renew_trust: float = parameter(
        1.0, low=0.0, high=2.0, unit="logit", mark="assumption", confidence="unknown",
        source="none", note="trust above its start, in renewing",
    )


class Price(Section):
    """What the operator's doings cost in money."""

    content: float = parameter(
        60.0, low=0.0, high=100_000.0, unit="yuan a piece", mark="assumption",
        confidence="low", source="none", note="a piece of content",
    )
    prompt: float = parameter(
        10.0, low=0.0, high=10_000.0, unit="yuan", mark="assumption", confidence="low",
        source="none", note="a prompted topic",
    )
    answer: float = parameter(
        0.5, low=0.0, high=1000.0, unit="yuan", mark="assumption", confidence="low",
        source="none", note="an answer by the operator",
    )
    care: float = parameter(
        60.0, low=0.0, high=10_000.0, unit="yuan a day", mark="assumption", confidence="low",
        source="none", note="personal care, at full dose",
    )
    moderation: float = parameter(
        30.0, low=0.0, high=10_000.0, unit="yuan a day", mark="assumption", confidence="low",
        source="none", note="moderation, at full dose",
    )
    event: float = parameter(
        300.0, low=0.0, high=1_000_000.0, unit="yuan", mark="assumption", confidence="low",
        source="none", note="an event of intensity 1",
    )
    guest: float = parameter(
        2000.0, low=0.0, high=1_000_000.0, unit="yuan", mark="assumption", confidence="low",
        source="none", note="a visit of a guest",
    )
    meeting: float = parameter(
        1500.0, low=0.0, high=1_000_000.0, unit="yuan", mark="assumption", confidence="low",
        source="none", note="an offline meeting",
    )
    kit: float = parameter(
        200.0, low=0.0, high=100_000.0, unit="yuan", mark="assumption", confidence="low",
        source="none (handbook: C13)", note="equipping a business customer",
    )
    goods_cost: float = parameter(
        0.45, low=0.0, high=1.0, unit="share of the list price", mark="assumption",
        confidence="low", source="none", note="cost of goods sold",
    )
    payment_fee: float = parameter(
        0.006, low=0.0, high=0.2, unit="share of takings", mark="assumption",
        confidence="medium", source="usual fee of payment platforms", note="payment fee",
    )


def _minutes(default: float, what: str, unit: str) -> float:
    """Staff time of one doing; no study measured any of them."""
    minutes: float = parameter(
        default, low=0.0, high=10_080.0, unit=f"minutes {unit}", mark="assumption",
        confidence="low", source="none", note=f"staff time of {what}",
    )
    return minutes


class Minutes(Section):
    """What the operator's doings cost in staff time."""

    content: float = _minutes(30.0, "a piece of content", "a piece")
    prompt: float = _minutes(10.0, "a prompted topic", "each")
    packet: float = _minutes(5.0, "giving a red packet", "each")
    ritual: float = _minutes(10.0, "rituals at full dose", "a day")
    points: float = _minutes(10.0, "points and levels at full dose", "a day")
    welcome: float = _minutes(3.0, "welcoming a newcomer", "each")
    answer: float = _minutes(3.0, "an answer", "each")
    care: float = _minutes(45.0, "personal care at full dose", "a day")
    moderation: float = _minutes(30.0, "moderation at full dose", "a day")
    contest: float = _minutes(15.0, "a team contest at full dose", "a day")
    privilege: float = _minutes(10.0, "privileges and a say at full dose", "a day")
    push: float = _minutes(2.0, "a pushed message", "each")
    pruning: float = _minutes(20.0, "a round of removing the silent", "each")
    notice: float = _minutes(5.0, "a notice to the group", "each")
    invitation: float = _minutes(5.0, "asking a member to invite", "each")
    promotion: float = _minutes(15.0, "a promotion", "each")
    partner: float = _minutes(240.0, "arranging a campaign with a partner", "each")
    business: float = _minutes(60.0, "winning and equipping a business customer", "each")
    screening: float = _minutes(5.0, "screening a candidate", "each")
    lesson: float = _minutes(90.0, "a lesson", "each")
    event: float = _minutes(180.0, "an event of intensity 1", "each")
    guest: float = _minutes(120.0, "a visit of a guest", "each")
    meeting: float = _minutes(480.0, "an offline meeting", "each")
    initiator: float = _minutes(60.0, "choosing and equipping an initiator", "each")
    search: float = _minutes(480.0, "finding and winning a leader from outside", "each")
    moving: float = _minutes(120.0, "splitting or closing a group", "each")
    tier: float = _minutes(15.0, "moving payers up a tier", "each")


class Packet(Section):
    """Red packets among members."""

    repaid: float = parameter(
        0.18, low=0.0, high=0.6, unit="yuan per yuan", mark="published", confidence="high",
        source="Yuan et al. 2024 (36 million packets, 174,131 groups)",
        note="sent back to the group within a day per yuan received",
    )
    luckiest: float = parameter(
        1.5, low=1.0, high=3.0, unit="factor", mark="published", confidence="high",
        source="Yuan et al. 2024", note="what the luckiest receiver sends back, relative to others",
    )


class Finance(Section):
    """How money is valued over time."""

    discount_rate: float = parameter(
        0.08, low=0.0, high=1.0, unit="per year", mark="assumption", confidence="medium",
        source="none", note="discount rate of net present values",
    )
