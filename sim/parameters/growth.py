"""How members come: invitations, channels, the market, and the first day."""

from __future__ import annotations

from sim.parameters.base import Section, parameter

# Exploded to one argument a line, a table is unreadable.
# fmt: off


class Invite(Section):
    """Members invite friends, soon after joining and in bursts."""

    rate: float = parameter(
        0.10, low=0.0, high=2.0, unit="per opening day", mark="calibrated", confidence="low",
        source="fitted (organic groups .38)", note="invitations of a fully engaged newcomer",
    )
    tau: float = parameter(
        4.0, low=1.0, high=30.0, unit="days", mark="published", confidence="medium",
        source="Qiu et al. 2016 (80 % of first invitations within 5 days of joining)",
        note="how fast the urge to invite fades after joining",
    )
    floor: float = parameter(
        0.04, low=0.0, high=0.5, unit="share", mark="calibrated", confidence="low",
        source="fitted", note="urge to invite that remains",
    )
    burst: float = parameter(
        1.0, low=0.0, high=5.0, unit="per invitation yesterday", mark="published",
        confidence="medium", source="Qiu et al. 2016 (80 % of gaps between invitations <= 2 days)",
        note="an invitation makes the next more likely",
    )
    reward: float = parameter(
        1.0, low=0.0, high=3.0, unit="per unit of reward", mark="published", confidence="low",
        source="field experiment, doi 10.1287/mnsc.2024.05685 (uncertain reward +20.9 %)",
        note="effect of rewards for inviting; a unit is about 10 yuan",
    )
    loyalty: float = parameter(
        0.8, low=0.3, high=1.5, unit="factor", mark="published", confidence="low",
        source="Schmitt, Skiera and Van den Bulte 2011 (referred customers leave less)",
        note="hazard of leaving of invited members relative to others",
    )
    accept: float = parameter(
        0.35, low=0.05, high=0.7, unit="chance", mark="assumption", confidence="low",
        source="none", note="chance that an invitation is accepted",
    )
    friends: float = parameter(
        0.5, low=0.0, high=1.0, unit="share", mark="assumption", confidence="low",
        source="Backstrom et al. 2006 (those with friends inside join more often; sign)",
        note="invitations that go to people who know members already",
    )
    life: float = parameter(
        1.0, low=0.1, high=20.0, unit="speakers a day", mark="assumption", confidence="low",
        source="Qiu et al. 2016 (long-lived groups have the deeper trees; sign)",
        note="life of the group at which the urge to invite is half",
    )
    burst_size: float = parameter(
        1.8, low=1.01, high=5.0, unit="invitations per inviting day", mark="calibrated",
        confidence="low", source="fitted to gaps between invitations",
        note="invitations on a day on which one invites at all",
    )
    scarcity: float = parameter(
        1.3, low=1.0, high=1.6, unit="factor", mark="assumption", confidence="unknown",
        source="none: no number was found for scarcity itself; sweep (handbook: C1)",
        note="acceptance of invitations where codes are limited, relative to where they are not",
    )


class Market(Section):
    """The outside is finite."""

    size: int = parameter(
        20_000, low=1, high=1_500_000_000, unit="persons", mark="assumption",
        confidence="unknown", source="a property of the scenario",
        note="people who might ever join (organic groups 400)",
    )


class Reach(Section):
    """Candidates a day by channel, before any policy (handbook: C6 to C13)."""

    open: float = parameter(
        1.0, low=0.0, high=100_000.0, unit="candidates a day", mark="assumption",
        confidence="low", source="a property of the scenario", note="open QR code, search",
    )
    content: float = parameter(
        0.0, low=0.0, high=100_000.0, unit="candidates a day", mark="assumption",
        confidence="low", source="a property of the scenario", note="articles and posts outside",
    )
    giveaway: float = parameter(
        0.0, low=0.0, high=100_000.0, unit="candidates a day", mark="assumption",
        confidence="low", source="a property of the scenario", note="giveaways and discounts",
    )
    partner: float = parameter(
        0.0, low=0.0, high=100_000.0, unit="candidates a day", mark="assumption",
        confidence="low", source="a property of the scenario", note="partners and advertisements",
    )
    business: float = parameter(
        0.0, low=0.0, high=100_000.0, unit="candidates a day", mark="assumption",
        confidence="low", source="a property of the scenario", note="business customers",
    )
    cost_partner: float = parameter(
        6.0, low=0.0, high=1000.0, unit="yuan a candidate", mark="assumption",
        confidence="unknown", source="none", note="price of a candidate from partners or ads",
    )


class Arrival(Section):
    """The first day."""

    greeting: float = parameter(
        0.15, low=0.0, high=1.0, unit="chance", mark="assumption", confidence="low",
        source="none", note="chance that a newcomer's first message falls on the day of joining",
    )
    welcome: float = parameter(
        0.1, low=0.0, high=0.5, unit="engagement", mark="assumption", confidence="low",
        source="Morgan and Halfaker 2018 (invited newcomers stay longer; sign) (handbook: D8)",
        note="engagement added by a full welcome",
    )
    first_volume: float = parameter(
        1.0, low=0.0001, high=10_000.0, unit="factor", mark="logs", confidence="low",
        source="a property of the community, from its log; 1 where there is none",
        note="talk of the first week, as smoothed volume, relative to a newcomer's appetite",
    )
