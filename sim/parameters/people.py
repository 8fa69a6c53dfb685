"""Who is there: traits of members, the initial community, roles, the owner, deal hunters."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off


class Member(Section):
    """Distributions of the traits a member is born with."""

    activity_sigma: float = parameter(
        1.35, low=0.3, high=2.6, unit="sd of ln", mark="calibrated", confidence="medium",
        source="van Mierlo 2014 (1 % rule: 1.5 to 3); totals in chat and mail logs, sd 1.8 to 2.2",
        note="spread of the appetite to talk; totals spread further because staying multiplies it",
    )
    activity_rate: float = parameter(
        0.55, low=0.001, high=50.0, unit="messages per opening day", mark="calibrated",
        confidence="low", source="fitted to volume per opener; tied to matter.from_engaged",
        note="level of talk of a median member who is fully engaged",
    )
    fit_activity_rho: float = parameter(
        0.45, low=0.0, high=0.8, unit="correlation", mark="calibrated", confidence="low",
        source="fitted; form after Ren and Kraut 2014",
        note="talkative people fit the group better",
    )
    burst: float = parameter(
        1.3, low=1.2, high=10.0, unit="messages per speaking day", mark="calibrated",
        confidence="medium",
        source="posters with one message, and of one day, in 40 logs",
        note="messages on a day on which one speaks at all; set by the medium",
    )
    restless_shape: float = parameter(
        0.3, low=0.25, high=3.0, unit="gamma shape", mark="calibrated", confidence="low",
        source="Zhang et al. 2016 (power-law quitting): hazard of week 1 three times month 2's",
        note="1/shape is the variance of restlessness between members",
    )
    tolerance_sigma: float = parameter(
        0.7, low=0.0, high=1.2, unit="sd of ln", mark="assumption", confidence="low",
        source="eMarketer surveys: one message a day is too many for 27 %, two for 32 % more",
        note="spread of the tolerance of promotion",
    )
    wallet_median: float = parameter(
        120.0, low=10.0, high=2000.0, unit="yuan", mark="assumption", confidence="unknown",
        source="none: a property of the scenario", note="median willingness to pay",
    )
    wallet_sigma: float = parameter(
        1.0, low=0.3, high=1.5, unit="sd of ln", mark="assumption", confidence="low",
        source="none", note="spread of the willingness to pay",
    )
    buy_shape: float = parameter(
        0.243, low=0.1, high=1.0, unit="gamma shape", mark="published", confidence="medium",
        source="Fader, Hardie and Lee 2005 (BG/NBD on CDNOW, r = .243)",
        note="spread of the rate of buying goods",
    )
    lapse_alpha: float = parameter(
        0.668, low=0.3, high=1.5, unit="beta alpha", mark="published", confidence="medium",
        source="Fader and Hardie 2007 (shifted beta-geometric, high-end segment)",
        note="chance of not renewing, first parameter; a period is a year",
    )
    lapse_beta: float = parameter(
        3.806, low=0.8, high=8.0, unit="beta beta", mark="published", confidence="medium",
        source="Fader and Hardie 2007 (regular segment: .704 and 1.182)",
        note="chance of not renewing, second parameter",
    )
    friends_median: float = parameter(
        6.0, low=1.0, high=40.0, unit="persons", mark="assumption", confidence="low",
        source="Leskovec, Adamic and Huberman 2007 (recommendations do not spread far)",
        note="median number of friends outside who might join; used up by inviting",
    )
    friends_sigma: float = parameter(
        1.0, low=0.3, high=1.5, unit="sd of ln", mark="assumption", confidence="low",
        source="none", note="spread of the number of friends outside",
    )
    engagement_start: float = parameter(
        0.85, low=0.4, high=1.0, unit="0 to 1", mark="calibrated", confidence="low",
        source="fitted to early silence and early leaving", note="new members look in",
    )
    engagement_start_sd: float = parameter(
        0.20, low=0.0, high=0.4, unit="sd", mark="calibrated", confidence="low",
        source="fitted", note="spread of the engagement of new members",
    )
    trust_start: float = parameter(
        0.5, low=0.2, high=0.8, unit="0 to 1", mark="assumption", confidence="unknown",
        source="none", note="trust of a newcomer in the operator; invited members have .12 more",
    )


class Members(Section):
    """The members present before day 0."""

    initial: int = parameter(
        150, low=1, high=10_000_000, unit="persons", mark="assumption", confidence="high",
        source="a property of the scenario", note="members before day 0, owner and staff included",
    )
    leaders: int = parameter(
        3, low=0, high=10_000_000, unit="persons", mark="assumption", confidence="medium",
        source="a property of the scenario (handbook: A2)",
        note="opinion leaders among the initial members",
    )
    seed_users: int = parameter(
        10, low=0, high=10_000_000, unit="persons", mark="assumption", confidence="medium",
        source="a property of the scenario (handbook: A4)",
        note="seed users among the initial members",
    )
    administrators: int = parameter(
        1, low=0, high=10_000_000, unit="persons", mark="assumption", confidence="medium",
        source="a property of the scenario (handbook: A3)",
        note="administrators among the initial members",
    )
    guests: int = parameter(
        0, low=0, high=10_000_000, unit="persons", mark="assumption", confidence="medium",
        source="a property of the scenario (handbook: A6)",
        note="guests among the initial members",
    )
    habit: float = parameter(
        0.3, low=0.0, high=1.0, unit="share of weeks", mark="assumption", confidence="low",
        source="training logs: posters seen in a month speak in about a third of its weeks",
        note="mean share of the past weeks in which an initial member spoke",
    )
    history: int = parameter(
        8, low=0, high=200, unit="weeks", mark="assumption", confidence="low",
        source="a property of the scenario",
        note="weeks of shared past of the initial members; 0 = all are newcomers",
    )


class Owner(Section):
    """The owner of the community (handbook: A1)."""

    minutes_per_week: float = parameter(
        600.0, low=0.0, high=10_080.0, unit="minutes a week", mark="assumption",
        confidence="medium", source="a property of the scenario",
        note="time that owner and staff have for the community",
    )
    purse: float = parameter(
        1e6, low=0.0, high=1e9, unit="yuan", mark="assumption", confidence="high",
        source="a property of the scenario",
        note="money at the start; what it and the earnings so far do not cover is not spent",
    )
    hour_value: float = parameter(
        60.0, low=0.0, high=2000.0, unit="yuan an hour", mark="assumption", confidence="low",
        source="a property of the scenario",
        note="what an hour of the owner is worth; used in profit after time only",
    )
    half_life: float = parameter(
        540.0, low=30.0, high=5000.0, unit="days", mark="assumption", confidence="low",
        source="handbook: A1 (downhill within two years)",
        note="days in which the freshness of the owner's own pieces halves",
    )
    activity: float = parameter(
        1.0, low=0.0, high=10.0, unit="factor", mark="assumption", confidence="low",
        source="none", note="how much the owner talks, relative to the usual owner",
    )
    leaves_on: int = parameter(
        -1, low=-1, high=100_000, unit="day", mark="assumption", confidence="high",
        source="a property of the scenario (handbook: F8)",
        note="day on which the owner goes; -1 = never",
    )


class Role(Section):
    """How roles differ, and how one becomes and stays a leader or a seed user."""

    leader_at: float = parameter(
        1.0, low=0.1, high=10.0, unit="replies a day", mark="assumption", confidence="unknown",
        source="none", note="standing above which an engaged member may become a leader",
    )
    keep: float = parameter(
        0.3, low=0.0, high=5.0, unit="replies a day", mark="assumption", confidence="unknown",
        source="none", note="standing below which a leader may lose the rank",
    )
    probability: float = parameter(
        0.02, low=0.0, high=0.5, unit="chance a day", mark="assumption", confidence="unknown",
        source="none", note="chance of becoming a leader once the standing is there",
    )
    seed_fit: float = parameter(
        0.5, low=0.0, high=2.0, unit="sd", mark="assumption", confidence="low",
        source="none (handbook: A4, quality before number)",
        note="how much closer to the group's core seed users are than others",
    )
    leader_exit: float = parameter(
        0.3, low=0.0, high=2.0, unit="factor", mark="assumption", confidence="low",
        source="none", note="hazard of leaving of leaders, relative to others",
    )
    inviting: float = parameter(
        2.0, low=0.0, high=10.0, unit="factor", mark="assumption", confidence="low",
        source="Hinz et al. 2011 (hubs win because they participate more)",
        note="invitations by owner, leaders and seed users, relative to others",
    )
    seed_floor: float = parameter(
        2.0, low=0.0, high=50.0, unit="factor of the median appetite", mark="assumption",
        confidence="low", source="none", note="least appetite to talk of a seed user",
    )
    leader_floor: float = parameter(
        4.0, low=0.0, high=100.0, unit="factor of the median appetite", mark="assumption",
        confidence="low", source="none", note="least appetite to talk of an appointed leader",
    )
    seed_keep: float = parameter(
        0.3, low=0.0, high=1.0, unit="engagement", mark="assumption", confidence="low",
        source="none", note="engagement below which a seed user may burn out",
    )
    seed_burnout: float = parameter(
        0.05, low=0.0, high=1.0, unit="chance a day", mark="assumption", confidence="low",
        source="none", note="chance that a disengaged seed user becomes an ordinary member",
    )
    leader_fade: float = parameter(
        0.02, low=0.0, high=1.0, unit="chance a day", mark="assumption", confidence="low",
        source="none", note="chance that a leader without answers loses the rank",
    )
    cultivate: float = parameter(
        4.0, low=0.0, high=20.0, unit="factor per unit", mark="assumption", confidence="unknown",
        source="none (handbook: A2, D15)",
        note="how much cultivating raises the chance of becoming a leader",
    )
    standing_memory: float = parameter(
        0.97, low=0.8, high=0.999, unit="share kept a day", mark="assumption", confidence="low",
        source="none", note="memory of the replies that one received",
    )


class Hunter(Section):
    """Deal hunters: their share by channel, and how they differ (handbook: A8)."""

    share_open: float = parameter(
        0.15, low=0.0, high=1.0, unit="share", mark="assumption", confidence="low",
        source="set so that giveaway joiners are worth what Lewis 2006 and Datta et al. 2015 found",
        note="deal hunters among those who join by open QR code",
    )
    share_content: float = parameter(
        0.075, low=0.0, high=1.0, unit="share", mark="assumption", confidence="low",
        source="as hunter.share_open", note="deal hunters among those who come for content",
    )
    share_giveaway: float = parameter(
        0.70, low=0.0, high=1.0, unit="share", mark="calibrated", confidence="low",
        source="Lewis 2006 (discount: half the value); Datta et al. 2015 (free trial: -59 %)",
        note="deal hunters among those who come for a giveaway",
    )
    share_partner: float = parameter(
        0.075, low=0.0, high=1.0, unit="share", mark="assumption", confidence="low",
        source="as hunter.share_open", note="deal hunters among those from partners and ads",
    )
    share_invited: float = parameter(
        0.08, low=0.0, high=1.0, unit="share", mark="assumption", confidence="low",
        source="as hunter.share_open",
        note="deal hunters among invited members, before gifts to invitees",
    )
    share_business: float = parameter(
        0.05, low=0.0, high=1.0, unit="share", mark="assumption", confidence="unknown",
        source="none", note="deal hunters among business customers",
    )
    value: float = parameter(
        0.3, low=0.0, high=1.0, unit="factor", mark="calibrated", confidence="medium",
        source="Lewis 2006; Datta et al. 2015 (value of 41 to 50 %)",
        note="what a hunter is worth when buying, relative to others",
    )
    information: float = parameter(
        0.5, low=0.0, high=1.0, unit="factor", mark="assumption", confidence="low",
        source="none", note="worth of information to a hunter, relative to others",
    )
    talk: float = parameter(
        0.3, low=0.0, high=1.0, unit="factor", mark="assumption", confidence="low",
        source="none", note="appetite to talk of a hunter, relative to others",
    )
    hazard: float = parameter(
        1.5, low=1.0, high=5.0, unit="factor", mark="assumption", confidence="low",
        source="none", note="hazard of leaving of a hunter, relative to others",
    )
