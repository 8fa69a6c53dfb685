"""What a day is worth to a member and what that does: benefit, engagement, trust, ties, leaving."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off


class Benefit(Section):
    """What an opener gets out of a day."""

    information: float = parameter(
        0.75, low=0.4, high=1.2, unit="weight", mark="calibrated", confidence="low",
        source="fitted; kinds after Ren and Kraut 2014", note="weight of information",
    )
    company: float = parameter(
        0.45, low=0.2, high=0.9, unit="weight", mark="calibrated", confidence="low",
        source="fitted; kinds after Ren and Kraut 2014", note="weight of company",
    )
    recognition: float = parameter(
        0.20, low=0.0, high=0.6, unit="weight", mark="calibrated", confidence="low",
        source="fitted; kinds after Ren and Kraut 2014", note="weight of being answered",
    )
    treat: float = parameter(
        0.4, low=0.0, high=0.8, unit="weight", mark="assumption", confidence="low",
        source="none", note="weight of packets and events",
    )
    info_half: float = parameter(
        40.0, low=20.0, high=80.0, unit="matching messages", mark="published",
        confidence="medium", source="Ren and Kraut 2014",
        note="scale at which information saturates",
    )
    piece: float = parameter(
        20.0, low=5.0, high=40.0, unit="messages", mark="assumption", confidence="low",
        source="set by the completion of free courses (Jordan 2015)",
        note="a piece of content is worth so many messages",
    )
    company_half: float = parameter(
        1.3, low=0.3, high=2.0, unit="tie weight", mark="calibrated", confidence="low",
        source="fitted", note="scale at which company saturates",
    )


class Cost(Section):
    """What reading costs."""

    reading: float = parameter(
        0.0010, low=0.0004, high=0.002, unit="per message and match", mark="assumption",
        confidence="low", source="form of Ren and Kraut 2014", note="cost of reading a message",
    )
    capacity: float = parameter(
        200.0, low=50.0, high=500.0, unit="messages a day", mark="assumption",
        confidence="low", source="form of Jones, Ravid and Rafaeli 2004",
        note="what a member reads in a day at most",
    )


class Engagement(Section):
    """How engagement follows benefit."""

    learn: float = parameter(
        0.035, low=0.02, high=0.2, unit="share per opening day", mark="calibrated",
        confidence="low", source="fitted", note="how fast engagement moves to the day's benefit",
    )
    forget: float = parameter(
        0.11, low=0.01, high=0.15, unit="share per absent day", mark="calibrated",
        confidence="low", source="fitted", note="how fast a group is forgotten",
    )


class Trust(Section):
    """Trust in the operator: slow, carries brand, price and the long run of promotion."""

    up: float = parameter(
        0.004, low=0.0012, high=0.012, unit="per day", mark="assumption", confidence="unknown",
        source="none", note="gained by good content, care and service",
    )
    down: float = parameter(
        0.015, low=0.0045, high=0.045, unit="per blast", mark="assumption",
        confidence="unknown", source="Wang, Greenwood and Pavlou 2020 (long-term sales fall; sign)",
        note="lost by hard promotion",
    )
    home: float = parameter(
        0.002, low=0.0006, high=0.006, unit="share per day", mark="assumption",
        confidence="unknown", source="none", note="pull back to where trust started",
    )


class Fatigue(Section):
    """Fatigue from promotion: fast, carries the spacing of blasts."""

    half_life: float = parameter(
        7.0, low=2.0, high=21.0, unit="days", mark="assumption", confidence="low",
        source="Cellit 2012 (opt-outs lowest at two messages a week or fewer)",
        note="days in which a seen blast loses half its weight",
    )


class Stimulus(Section):
    """Packets and events wear off when repeated (satiation)."""

    rho: float = parameter(
        0.8, low=0.6, high=0.95, unit="factor per use", mark="assumption",
        confidence="unknown", source="Chaudhry, Wang and Ouyang (falls with earlier gifts; sign)",
        note="freshness left after a use",
    )
    half_life: float = parameter(
        10.0, low=7.0, high=21.0, unit="days", mark="assumption", confidence="unknown",
        source="none; sweep", note="days in which satiation halves",
    )
    guest: float = parameter(
        1.5, low=0.0, high=4.0, unit="events", mark="assumption", confidence="unknown",
        source="none: no visit to a chat group was measured; sweep (handbook: D19)",
        note="attention that the visit of a guest draws, in events of intensity 1",
    )


class Tie(Section):
    """Who is tied to whom."""

    gain: float = parameter(
        0.12, low=0.05, high=0.3, unit="share per reply", mark="assumption", confidence="low",
        source="none", note="how much a reply strengthens a tie",
    )
    decay: float = parameter(
        0.99, low=0.97, high=0.995, unit="share kept a day", mark="published",
        confidence="medium", source="Cottica, Online Community Simulator (ties fade 1 % a day)",
        note="fading of ties",
    )
    invite: float = parameter(
        0.35, low=0.0, high=0.7, unit="tie weight", mark="assumption", confidence="low",
        source="none", note="tie between inviter and invited on joining",
    )
    founders: float = parameter(
        0.2, low=0.0, high=0.7, unit="tie weight", mark="assumption", confidence="low",
        source="a property of the scenario (handbook: B5): strangers 0, acquaintances .35",
        note="ties among the initial members",
    )
    cut: float = parameter(
        0.6, low=0.0, high=1.0, unit="share lost", mark="assumption", confidence="unknown",
        source="none: no study of split groups was found",
        note="what a tie loses when its ends come into different groups",
    )


class Exit(Section):
    """Leaving and muting: one impulse, multiplied by what drives people out."""

    hazard: float = parameter(
        0.12, low=0.0, high=0.15, unit="per look", mark="calibrated", confidence="low",
        source="practitioners: .023 a day in a bad first week, .0035 a day in an old group",
        note="hazard of an exit impulse of a median opener",
    )
    when_not_looking: float = parameter(
        0.02, low=0.005, high=0.3, unit="share", mark="calibrated", confidence="low",
        source="Zhang et al. 2016: hazard of week 1 three times that of month 2",
        note="hazard on days without opening, relative to days with",
    )
    engagement: float = parameter(
        0.7, low=0.5, high=3.0, unit="log hazard per 1", mark="calibrated", confidence="low",
        source="Zhang et al. 2016: hazard of week 1 three times that of month 2",
        note="how much engagement holds back",
    )
    contagion: float = parameter(
        0.8, low=0.0, high=1.2, unit="per full tie", mark="published", confidence="medium",
        source="Nitzan and Libai 2011 (+80 % per neighbour who left)",
        note="departure of people one is tied to",
    )
    promo: float = parameter(
        0.9, low=0.5, high=2.5, unit="log hazard per blast seen", mark="calibrated",
        confidence="medium",
        source="Wang, Greenwood and Pavlou 2020: 2.5 to 5 times on the day, over mixed tolerances",
        note="promotion, among those who see it",
    )
    fatigue: float = parameter(
        0.15, low=0.0, high=0.4, unit="log hazard per unit", mark="assumption",
        confidence="low", source="none", note="promotion seen lately",
    )
    overload: float = parameter(
        0.5, low=0.0, high=1.0, unit="per excess", mark="assumption", confidence="low",
        source="Jones, Ravid and Rafaeli 2004 (sign)",
        note="yesterday's volume beyond the capacity to read",
    )
    mute_share: float = parameter(
        0.6, low=0.2, high=0.9, unit="share", mark="assumption", confidence="low",
        source="none; a property of the platform",
        note="exit impulses that end in muting the group instead of leaving it",
    )
    habit: float = parameter(
        0.5, low=0.0, high=3.0, unit="log hazard per logit", mark="calibrated",
        confidence="low", source="fitted",
        note="leaving is rarer the more one is used to speak: exp(-habit x max(0, logit + 3))",
    )
    leader_pull: float = parameter(
        1.0, low=0.0, high=3.0, unit="per full tie", mark="assumption", confidence="unknown",
        source="Abufouda (sites decay with their experts; sign) (handbook: F8)",
        note="grief for a departed leader, times the tie, beyond that for other members",
    )
    pruned_grief: float = parameter(
        0.0, low=0.0, high=1.0, unit="share", mark="assumption", confidence="unknown",
        source="none: no causal effect of removing members was published; sweep (handbook: D10)",
        note="grief for a member who is removed, relative to one who leaves",
    )
