"""Talk and what there is to talk about: replies, matter, groups."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off


class Talk(Section):
    """How much is said, how replies branch, and who is answered."""

    n_max: float = parameter(
        0.87, low=0.5, high=0.88, unit="replies per message", mark="calibrated",
        confidence="medium",
        source="Burke et al. 2007: 40 % of posts unanswered; Meagher and Friel 2025: .60 to .75",
        note="bound of the mean number of replies a message begets; below 1, so talk dies out",
    )
    audience_for_n: float = parameter(
        2.0, low=0.001, high=12.0, unit="engaged openers", mark="calibrated", confidence="low",
        source="fitted; weakly identified", note="audience at which replies near their bound",
    )
    leaderless_loss: float = parameter(
        0.15, low=0.0, high=0.4, unit="share of replies", mark="assumption",
        confidence="unknown", source="none; sweep (handbook: F2)",
        note="replies lost when nobody leads",
    )
    audience_elasticity: float = parameter(
        0.6, low=0.0, high=0.8, unit="elasticity", mark="published", confidence="low",
        source="Zhang and Zhu 2011 (-42.8 % after an audience was cut off); sweep; the training "
        "logs forecast best with 0",
        note="appetite to talk against the engaged audience",
    )
    audience_reference: float = parameter(
        20.0, low=5.0, high=100.0, unit="engaged openers", mark="assumption",
        confidence="high", source="a scale, not an effect: leave it out of sweeps",
        note="audience at which the elasticity is neutral",
    )
    day_cap: float = parameter(
        80.0, low=40.0, high=100_000.0, unit="messages a day", mark="assumption", confidence="low",
        source="none", note="what one member can say in a day",
    )
    topic_gain: float = parameter(
        0.35, low=0.0, high=0.8, unit="per ln(1 + prompts)", mark="assumption",
        confidence="unknown", source="none (handbook: D2)", note="effect of prompted topics",
    )
    breadth: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", mark="assumption", confidence="low",
        source="a property of the scenario; form after Ren and Kraut 2014",
        note="how far the group's topics lie apart",
    )
    offtopic: float = parameter(
        0.15, low=0.0, high=0.6, unit="share", mark="assumption", confidence="low",
        source="a property of the scenario", note="messages of interest to nobody in particular",
    )
    tie_target: float = parameter(
        0.20, low=0.0, high=0.9, unit="share", mark="calibrated", confidence="low",
        source="training logs (order of magnitude)", note="replies that go to a person one knows",
    )
    leader_visibility: float = parameter(
        3.0, low=1.0, high=10.0, unit="factor", mark="assumption", confidence="low",
        source="Backstrom et al. 2008 (power users are answered far more often; sign)",
        note="chance of being answered of owner and leaders, relative to others",
    )
    volume_persistence: float = parameter(
        0.50, low=0.0, high=1.0, unit="elasticity", mark="calibrated", confidence="medium",
        source="concentration in 40 logs; their .71 (.70 to .73) holds what appetite carries too",
        note="messages of an active week against the smoothed messages of active weeks before",
    )
    operator_reply: float = parameter(
        0.6, low=0.0, high=2.0, unit="factor", mark="assumption", confidence="low",
        source="none", note="answers to the operator's pieces, relative to members' own",
    )
    stimulus: float = parameter(
        0.4, low=0.0, high=1.0, unit="factor per unit", mark="assumption", confidence="low",
        source="Chaudhry, Wang and Ouyang (gifts in live chat; sign)",
        note="how much a packet or an event raises the appetite of those who open",
    )


class Matter(Section):
    """The stock of what there is to talk about; talk uses it up.

    Organic groups (no operator) have other values: 25 times less from members, times luck.
    """

    limit: float = parameter(
        1.0, low=0.0, high=1.0, unit="0 to 1", mark="calibrated", confidence="medium",
        source="rise and decline goes without it (ablation)",
        note="1: talk is limited by matter; 0: it is not",
    )
    start: float = parameter(
        60.0, low=0.0, high=300.0, unit="roots", mark="calibrated", confidence="low",
        source="a property of the scenario", note="stock on day 0",
    )
    supply: float = parameter(
        0.2, low=0.0, high=5.0, unit="roots a day", mark="calibrated", confidence="low",
        source="fitted", note="what arises by itself",
    )
    from_engaged: float = parameter(
        0.9, low=0.01, high=1.6, unit="roots a day per engaged opener", mark="calibrated",
        confidence="low", source="fitted with member.activity_rate", note="brought by members",
    )
    from_newcomer: float = parameter(
        2.0, low=0.5, high=6.0, unit="roots", mark="calibrated", confidence="low",
        source="loss of half an audience (Zhang and Zhu 2011): newcomers must not carry the talk",
        note="brought by a newcomer",
    )
    from_content: float = parameter(
        4.0, low=1.0, high=10.0, unit="roots a piece", mark="assumption", confidence="low",
        source="none (handbook: D1)", note="brought by a piece of content",
    )
    from_event: float = parameter(
        8.0, low=2.0, high=20.0, unit="roots", mark="assumption", confidence="low",
        source="none (handbook: D3, D19)", note="brought by an event or a guest",
    )
    reply_use: float = parameter(
        0.12, low=0.02, high=0.3, unit="roots per reply", mark="calibrated", confidence="low",
        source="fitted", note="what a reply uses up",
    )
    keep: float = parameter(
        0.985, low=0.85, high=0.99, unit="share kept a day", mark="calibrated",
        confidence="low", source="fitted", note="how long unsaid things stay worth saying",
    )


class Group(Section):
    """Differences between groups that nobody chose."""

    luck_sigma: float = parameter(
        0.0, low=0.0, high=3.5, unit="sd of ln", mark="calibrated", confidence="low",
        source="Qiu et al. 2016 (40 % silent in a week, 30 % alive in a month): organic 3.4",
        note="spread of purpose between groups; 0 where an operator sets the purpose",
    )
    purpose_sigma: float = parameter(
        0.0, low=0.0, high=5.0, unit="logit", mark="calibrated", confidence="low",
        source="organic WeChat groups; intercepts of single training logs differ by .48",
        note="spread between groups of the wish to speak; 0 where an operator sets the purpose",
    )


class Groups(Section):
    """The groups of the community and their places."""

    number: int = parameter(
        1, low=1, high=200, unit="groups", mark="assumption", confidence="high",
        source="a property of the scenario", note="groups on day 0",
    )
    capacity: int = parameter(
        500, low=3, high=10_000_000, unit="persons", mark="published", confidence="high",
        source="platform rules: WeChat 500, QQ 2000", note="places in a group",
    )
    qr_limit: int = parameter(
        200, low=0, high=10_000_000, unit="persons", mark="published", confidence="high",
        source="platform rules: WeChat groups above 200 are joined by invitation only",
        note="size up to which a group can be joined by QR code",
    )
    follow: int = parameter(
        7, low=1, high=90, unit="days", mark="assumption", confidence="unknown", source="none",
        note="who has looked in within so many days follows into another group",
    )
    focus: float = parameter(
        0.6, low=0.1, high=1.0, unit="factor", mark="assumption", confidence="unknown",
        source="none (handbook: D11)",
        note="breadth of topics in a part of a group that was split by interest",
    )
