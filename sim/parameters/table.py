"""The one table: every section under its name, every parameter as a row."""

from __future__ import annotations

from functools import cache

from sim.parameters.base import ParameterInfo, Section, rows
from sim.parameters.feeling import (
    Benefit,
    Cost,
    Engagement,
    Exit,
    Fatigue,
    Stimulus,
    Tie,
    Trust,
)
from sim.parameters.growth import Arrival, Invite, Market, Reach
from sim.parameters.habit import Again, Law, Opening, Rhythm
from sim.parameters.money import Buy, Finance, Minutes, Packet, Price
from sim.parameters.people import Hunter, Member, Members, Owner, Role
from sim.parameters.talk import Group, Groups, Matter, Talk
from sim.parameters.world import Shock, Stage


class Parameters(Section):
    """Every parameter of a scenario, by section; the names of the fields begin the paths."""

    members: Members = Members()
    groups: Groups = Groups()
    group: Group = Group()
    owner: Owner = Owner()
    role: Role = Role()
    member: Member = Member()
    hunter: Hunter = Hunter()
    law: Law = Law()
    again: Again = Again()
    opening: Opening = Opening()
    rhythm: Rhythm = Rhythm()
    talk: Talk = Talk()
    matter: Matter = Matter()
    benefit: Benefit = Benefit()
    cost: Cost = Cost()
    engagement: Engagement = Engagement()
    trust: Trust = Trust()
    fatigue: Fatigue = Fatigue()
    stimulus: Stimulus = Stimulus()
    tie: Tie = Tie()
    exit: Exit = Exit()
    invite: Invite = Invite()
    reach: Reach = Reach()
    market: Market = Market()
    arrival: Arrival = Arrival()
    buy: Buy = Buy()
    price: Price = Price()
    minutes: Minutes = Minutes()
    packet: Packet = Packet()
    finance: Finance = Finance()
    shock: Shock = Shock()
    stage: Stage = Stage()


SECTIONS: dict[str, type[Section]] = {
    name: type(field.default) for name, field in Parameters.model_fields.items()
}
"""Class of each section by its name, in the order of the table."""


@cache
def table() -> tuple[ParameterInfo, ...]:
    """Every parameter of a scenario, section by section.

    Returns:
        One :class:`ParameterInfo` a parameter, in order of declaration; paths are unique.
    """
    return tuple(info for name, section in SECTIONS.items() for info in rows(name, section))


@cache
def by_path() -> dict[str, ParameterInfo]:
    """The same table by dotted path."""
    return {info.path: info for info in table()}
