"""Whether a policy can be aimed at an audience, and whether anybody can belong to one.

What levers a policy uses is seen by letting it plan on a sheet that nobody carries out. A policy
that reacts may use any.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.audiences import (
    BY_CHANNEL,
    EVERYONE,
    HUNTERS,
    IN_ROLE,
    LEVEL,
    MOST,
    NEWCOMERS,
    PAYERS,
    SILENT,
    NumberError,
    UnknownNameError,
    read_audience,
)
from sim.levers import AIM_INDEX, LEVER_INDEX, LEVERS, Levers
from sim.policies.base import Draft
from sim.policies.guarding import guarded
from sim.record import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.audiences import Audience
    from sim.policies.operating import Planned
    from sim.scenario import Scenario

_WEEK = 7
_OF_MEMBERS = {"seed_user": "seed_users", "administrator": "administrators", "guest": "guests"}
"""Roles that only first members have, and how the scenario counts them."""
_CHANNELS = ("open", "content", "giveaway", "partner", "business")


def audience_of(value: object, *, key: str, add: Callable[..., None]) -> Audience | None:
    """The audience of ``to`` in an entry; mistakes go to ``add``.

    Args:
        value: As it was written.
        key: Name for messages.
        add: Takes mistakes: ``add(kind, reason, "to", **values)``.
    """
    text = value if isinstance(value, str) else ""
    try:
        return read_audience(text)
    except UnknownNameError as error:
        known = " ".join(error.known)
        add("not_found", "audience", "to", key=key, value=str(error), known=known)
    except NumberError as error:
        add(
            "out_of_range", "limits", "to", key=key, value=text, low=error.low, high=error.high,
            unit=text.partition(":")[0],
        )  # fmt: skip
    except ValueError:
        add("wrong_form", "audience", "to", key=key, value=value, everyone=EVERYONE)
    return None


def in_effect(one: Planned) -> bool:
    """Whether a policy does anything at all."""
    return not one.policy.is_off and bool(one.calendar.acting)


def levers_used(one: Planned, scenario: Scenario, *, days: int) -> frozenset[str] | None:
    """Levers that a policy moves; None = any, because it reacts.

    Raises:
        UserError: ``policy_failed``/``planning`` if it raises.
    """
    if one.policy.reacts():
        return None
    sheet = Draft(Levers.neutral(days, scenario.groups.number), scenario)
    guarded(partial(one.policy.plan, one.calendar, sheet), policy=one.name)
    return frozenset(
        name
        for deed in sheet.deeds.values()
        for name, amount, _ in deed.uses
        if amount != LEVERS[LEVER_INDEX[name]].neutral
    )


def cannot_be_aimed(one: Planned, scenario: Scenario, *, days: int) -> bool:
    """Whether a policy is given an audience, and none of the levers it moves can be aimed."""
    if one.audience is None:
        return False
    used = levers_used(one, scenario, days=days)
    return bool(used) and AIM_INDEX.keys().isdisjoint(used or ())


def audiences_of(planned: Sequence[Planned]) -> tuple[Audience, ...]:
    """The distinct audiences of the policies that are in effect, in order."""
    found = (one.audience for one in planned if in_effect(one))
    return tuple(dict.fromkeys(audience for audience in found if audience is not None))


def too_many(planned: Sequence[Planned]) -> Planned | None:
    """The first policy with one audience more than a run can have."""
    if sum(one.audience is not None for one in planned) <= MOST:
        return None
    for count, one in enumerate(planned, start=1):
        if len(audiences_of(planned[:count])) > MOST:
            return one
    return None


def for_nobody(planned: Sequence[Planned], scenario: Scenario, *, days: int) -> list[Planned]:
    """The policies whose audience nobody can ever belong to in this scenario."""
    aimed = [one for one in planned if one.audience is not None and in_effect(one)]
    if not aimed:
        return []
    moved = [levers_used(one, scenario, days=days) for one in planned if in_effect(one)]
    world = _World(scenario, days, None if None in moved else _union(moved))
    return [one for one in aimed if one.audience and not world.may_have(one.audience)]


def _union(parts: Sequence[frozenset[str] | None]) -> frozenset[str]:
    return frozenset(name for part in parts if part for name in part)


class _World:
    """What can happen in a scenario under levers that policies may move (None = any)."""

    def __init__(self, scenario: Scenario, days: int, moved: frozenset[str] | None) -> None:
        self._scenario, self._days, self._moved = scenario, days, moved

    def may_have(self, audience: Audience) -> bool:
        """Whether somebody might belong to an audience on some day."""
        past, number = _WEEK * self._scenario.members.history, audience.number
        newcomers = any(map(self._arrive, CHANNELS[1:]))
        possible = {
            NEWCOMERS: newcomers or number > past,
            SILENT: past + self._days - 1 > number,
            LEVEL: self._moves("points"),
            IN_ROLE: any(map(self._has_role, audience.members)),
            BY_CHANNEL: any(map(self._arrive, audience.members)),
            PAYERS: self._moves("price_member"),
            HUNTERS: any(self._arrive(one) and self._hunts(one) for one in CHANNELS[1:]),
        }
        return possible.get(audience.kind, True)

    def _moves(self, lever: str) -> bool:
        return self._moved is None or lever in self._moved

    def _has_role(self, role: str) -> bool:
        if role == "owner":
            return self._scenario.owner.leaves_on != 0
        return role not in _OF_MEMBERS or getattr(self._scenario.members, _OF_MEMBERS[role]) > 0

    def _arrive(self, channel: str) -> bool:
        if channel in _CHANNELS:
            reach = getattr(self._scenario.reach, channel)
            return bool(reach > 0) or self._moves(f"reach_{channel}")
        if channel == "invited":
            return self._scenario.invite.rate > 0 and self._scenario.invite.accept > 0
        return channel == "founder"

    def _hunts(self, channel: str) -> bool:
        share = getattr(self._scenario.hunter, f"share_{channel}", 0.0)
        return bool(share > 0) or (channel == "invited" and self._moves("invite_gift"))
