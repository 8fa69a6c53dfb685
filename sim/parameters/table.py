"""The one table: every section under its name, every parameter as a row."""

from __future__ import annotations

from functools import cache
from typing import cast

from pydantic import Field

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

    members: Members = Field(default_factory=Members)
    groups: Groups = Field(default_factory=Groups)
    group: Group = Field(default_factory=Group)
    owner: Owner = Field(default_factory=Owner)
    role: Role = Field(default_factory=Role)
    member: Member = Field(default_factory=Member)
    hunter: Hunter = Field(default_factory=Hunter)
    law: Law = Field(default_factory=Law)
    again: Again = Field(default_factory=Again)
    opening: Opening = Field(default_factory=Opening)
    rhythm: Rhythm = Field(default_factory=Rhythm)
    talk: Talk = Field(default_factory=Talk)
    matter: Matter = Field(default_factory=Matter)
    benefit: Benefit = Field(default_factory=Benefit)
    cost: Cost = Field(default_factory=Cost)
    engagement: Engagement = Field(default_factory=Engagement)
    trust: Trust = Field(default_factory=Trust)
    fatigue: Fatigue = Field(default_factory=Fatigue)
    stimulus: Stimulus = Field(default_factory=Stimulus)
    tie: Tie = Field(default_factory=Tie)
    exit: Exit = Field(default_factory=Exit)
    invite: Invite = Field(default_factory=Invite)
    reach: Reach = Field(default_factory=Reach)
    market: Market = Field(default_factory=Market)
    arrival: Arrival = Field(default_factory=Arrival)
    buy: Buy = Field(default_factory=Buy)
    price: Price = Field(default_factory=Price)
    minutes: Minutes = Field(default_factory=Minutes)
    packet: Packet = Field(default_factory=Packet)
    finance: Finance = Field(default_factory=Finance)
    shock: Shock = Field(default_factory=Shock)
    stage: Stage = Field(default_factory=Stage)


SECTIONS: dict[str, type[Section]] = {
    name: cast("type[Section]", field.annotation) for name, field in Parameters.model_fields.items()
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
