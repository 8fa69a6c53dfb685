"""The vocabulary through which policies act on the day.

A lever is a named daily quantity of one group. Policies write levers before the run (or a few days
ahead); the day reads them. Nothing else connects a policy to members.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.record import ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.audiences import Audience


@dataclass(frozen=True)
class LeverInfo:
    """One lever.

    Attributes:
        name: Its key.
        unit: What one unit is.
        low: Smallest value.
        high: Largest value.
        neutral: The value at which it does nothing.
        adds: Whether several policies on one day add up (otherwise the larger one counts).
        booked: Whether money moves inside the day because of it, booked under its policy.
        aimed: Whether it can be meant for some members only (``sim.audiences``).
    """

    name: str
    unit: str
    low: float
    high: float
    neutral: float = 0.0
    adds: bool = True
    booked: bool = False
    aimed: bool = False


LEVERS = (
    LeverInfo("content", "pieces of substance a day", 0, 20, aimed=True),
    LeverInfo("quality", "factor on content", 0, 2, neutral=1.0, adds=False),
    LeverInfo("topic", "prompted interactions a day", 0, 50),
    LeverInfo("event", "intensity", 0, 2, adds=False),
    LeverInfo("guest", "presence", 0, 1, adds=False),
    LeverInfo("packet", "yuan a day", 0, 1e6, booked=True, aimed=True),
    LeverInfo("packet_parts", "portions a day", 1, 10_000, neutral=1.0, adds=False, aimed=True),
    LeverInfo("ritual", "strength", 0, 1, adds=False),
    LeverInfo("points", "strength", 0, 1, adds=False),
    LeverInfo("team", "strength", 0, 1, adds=False),
    LeverInfo("welcome", "strength", 0, 1, adds=False),
    LeverInfo("moderation", "strictness", 0, 1, adds=False),
    LeverInfo("personal", "share of what does not match that is kept away", 0, 1, adds=False),
    LeverInfo("service", "share of unanswered posts that are answered", 0, 1, adds=False),
    LeverInfo("care", "strength", 0, 1, adds=False, aimed=True),
    LeverInfo("cultivate", "strength", 0, 1, adds=False),
    LeverInfo("meet", "share of the engaged who meet", 0, 1, adds=False),
    LeverInfo("lesson", "a lesson today", 0, 1, adds=False),
    LeverInfo("push_noise", "messages without interest a day", 0, 1000),
    LeverInfo("bad_hour", "share sent at quiet hours", 0, 1, adds=False),
    LeverInfo("promo", "hard blasts a day", 0, 10, aimed=True),
    LeverInfo("soft", "soft mentions a day", 0, 10, aimed=True),
    LeverInfo("price_member", "yuan a period, 0 = not on sale", 0, 1e5, adds=False, booked=True),
    LeverInfo("period_member", "days a period", 1, 3650, neutral=365.0, adds=False),
    LeverInfo("price_course", "yuan, 0 = not on sale", 0, 1e5, adds=False, booked=True),
    LeverInfo("price_goods", "yuan a basket, 0 = not on sale", 0, 1e5, adds=False, booked=True),
    LeverInfo("margin", "share of others' goods kept, 0 = own goods", 0, 1, adds=False),
    LeverInfo("discount", "share off", 0, 0.9, adds=False, aimed=True),
    LeverInfo("commission", "share of a sale to the inviter", 0, 0.9, adds=False, booked=True),
    LeverInfo("invite_reward", "about 10 yuan each", 0, 2, adds=False, booked=True, aimed=True),
    LeverInfo("invite_gift", "about 10 yuan each", 0, 2, adds=False, booked=True),
    LeverInfo("quota", "codes a member; 0 = unlimited, -1 = closed", -1, 100, adds=False),
    LeverInfo("ask", "requests to invite a member and day", 0, 10, aimed=True),
    LeverInfo("reach_open", "candidates a day", 0, 1e6),
    LeverInfo("reach_content", "candidates a day", 0, 1e6),
    LeverInfo("reach_giveaway", "candidates a day", 0, 1e6),
    LeverInfo("reach_partner", "candidates a day", 0, 1e6),
    LeverInfo("reach_business", "candidates a day", 0, 1e6),
    LeverInfo("entry", "share screened out", 0, 0.9, adds=False),
    LeverInfo("entry_price", "yuan", 0, 1e5, adds=False, booked=True),
    LeverInfo("prune", "days of silence tolerated, 0 = never", 0, 3650, adds=False),
    LeverInfo("member_places", "paid memberships at a time, 0 = unlimited", 0, 1e7, adds=False),
    LeverInfo("refund_days", "days within which who leaves gets his fee back", 0, 3650, adds=False),
    LeverInfo("code_holders", "1 = only seed users and leaders have codes", 0, 1, adds=False),
    LeverInfo("door_shut", "1 = nobody joins by QR code", 0, 1, adds=False),
    LeverInfo("leaders", "leaders brought in from outside today", 0, 100),
    LeverInfo("initiators", "members who are made initiators today", 0, 1000),
    LeverInfo("split", "parts into which the group is split today", 0, 10, adds=False),
    LeverInfo("by_interest", "1 = split by interest, 0 = at random", 0, 1, adds=False),
    LeverInfo("relay", "1 = who pays moves up a tier today", 0, 1, adds=False),
    LeverInfo("close", "1 = who does not look in is left behind today", 0, 1, adds=False),
)  # fmt: skip
LEVER_INDEX = {lever.name: k for k, lever in enumerate(LEVERS)}

(CONTENT, QUALITY, TOPIC, EVENT, GUEST_VISIT, PACKET_YUAN, PACKET_PARTS, RITUAL, POINTS_GAME, TEAM,
 WELCOME, MODERATION, PERSONAL, SERVICE, CARE, CULTIVATE, MEETING, LESSON, PUSH_NOISE, BAD_HOUR,
 PROMO, SOFT, PRICE_MEMBER, PERIOD_MEMBER, PRICE_COURSE, PRICE_GOODS, MARGIN, DISCOUNT, COMMISSION,
 INVITE_REWARD, INVITE_GIFT, QUOTA, ASK, REACH_OPEN, REACH_CONTENT, REACH_GIVEAWAY, REACH_PARTNER,
 REACH_BUSINESS, ENTRY, ENTRY_PRICE, PRUNE_AFTER, MEMBER_PLACES, REFUND_DAYS, CODE_HOLDERS,
 DOOR_SHUT, LEADERS, INITIATORS, SPLIT, BY_INTEREST, RELAY, CLOSE) = range(len(LEVERS))  # fmt: skip

ORDERS = ("split", "relay", "close")
"""Levers that move members between groups, before the day begins (``sim.regrouping``)."""
ORDER_COLUMNS = [LEVER_INDEX[name] for name in ORDERS]

NEUTRAL = np.array([lever.neutral for lever in LEVERS], np.float32)
SCENARIO = 0
"""Index of the booker that is no policy."""

AIMED = np.array([k for k, lever in enumerate(LEVERS) if lever.aimed])
"""Columns of ``LEVERS`` of the levers that can be aimed, int64 of shape (T,)."""
AIMED_ADDS = np.array([LEVERS[k].adds for k in AIMED])
AIMED_HIGH = np.array([LEVERS[k].high for k in AIMED], np.float32)
AIMED_NEUTRAL = NEUTRAL[AIMED]
AIM_INDEX = {LEVERS[k].name: place for place, k in enumerate(AIMED)}
AIM_PACKET, AIM_PARTS = AIM_INDEX["packet"], AIM_INDEX["packet_parts"]
"""Places of both among the aimed levers."""


class Aims(NamedTuple):
    """Levers that are meant for some members only, beside those for everybody.

    Attributes:
        kind: int32 of shape (A,): kind of each audience (``sim.audiences``).
        number: int32 of shape (A,): its days, level or bits.
        values: float32 of shape (H, G, A, T): the aimed levers for each audience.
        booker: int16 of shape (H, G, A, T).
    """

    kind: NDArray[np.int32]
    number: NDArray[np.int32]
    values: NDArray[np.float32]
    booker: NDArray[np.int16]


def no_aims(days: int, groups: int, audiences: Sequence[Audience] = ()) -> Aims:
    """Aimed levers that do nothing."""
    shape = (days, groups, len(audiences), len(AIMED))
    return Aims(
        kind=np.array([one.kind for one in audiences], np.int32),
        number=np.array([one.number for one in audiences], np.int32),
        values=np.broadcast_to(AIMED_NEUTRAL, shape).copy(),
        booker=np.zeros(shape, np.int16),
    )


class Operator(Protocol):
    """Whoever operates a community day by day (see ``sim.policies.operating``)."""

    def morning(self, run: Any) -> None:
        """Write the levers of ``run.day``, and book what was spent on them."""

    def memory(self) -> dict[str, Any]:
        """All that is needed to make him again, as JSON can hold it."""

    def own(self) -> Operator:
        """An operator for one run, who keeps what he remembers to himself."""


@dataclass(frozen=True)
class Levers:
    """All levers of a run, and what policies spend on planned work.

    Attributes:
        values: float32 of shape (H, G, len(LEVERS)).
        booker: int16 of shape (H, G, len(LEVERS)): the policy under whose name money moved by this
            lever is booked.
        planned: int64 of shape (P, H, len(ACCOUNTS)): fen and minutes that policies spend by plan.
        policies: Names of the P bookers, ``policies[0] == "scenario"``.
        aims: Levers that are meant for some members only.
        operator: Who writes the levers of each day on its morning, where that depends on the run;
            None = all is written beforehand.
    """

    values: NDArray[np.float32]
    booker: NDArray[np.int16]
    planned: NDArray[np.int64]
    policies: tuple[str, ...]
    aims: Aims
    operator: Operator | None = None

    @classmethod
    def neutral(
        cls,
        days: int,
        groups: int,
        policies: tuple[str, ...] = (),
        audiences: Sequence[Audience] = (),
    ) -> Levers:
        """Levers that do nothing, for the scenario, the named policies and their audiences."""
        names = ("scenario", *policies)
        values = np.broadcast_to(NEUTRAL, (days, groups, len(LEVERS))).copy()
        booker = np.zeros((days, groups, len(LEVERS)), np.int16)
        planned = np.zeros((len(names), days, len(ACCOUNTS)), np.int64)
        aims = no_aims(days, groups, audiences)
        return cls(values=values, booker=booker, planned=planned, policies=names, aims=aims)

    def set(
        self,
        name: str,
        day: int,
        amount: float,
        *,
        policy: int,
        group: int = -1,
        audience: int = -1,
    ) -> None:
        """Use one lever on one day.

        Args:
            name: Key of the lever.
            day: Day of the run, 0-based.
            amount: In the lever's unit; clipped to its range.
            policy: Index of the policy in ``policies``.
            group: One group, or -1 for all.
            audience: Index of the audience in ``aims``, or -1 for everybody; a lever that cannot be
                aimed is for everybody.

        Raises:
            KeyError: No lever has this name.
        """
        lever = LEVERS[LEVER_INDEX[name]]
        groups = slice(None) if group < 0 else slice(group, group + 1)
        values, booker, column = self.values[day], self.booker[day], LEVER_INDEX[name]
        if audience >= 0 and lever.aimed:
            values, booker = self.aims.values[day, :, audience], self.aims.booker[day, :, audience]
            column = AIM_INDEX[name]
        cell = values[groups, column]
        new = cell + amount if lever.adds else np.full_like(cell, amount)
        if not lever.adds:
            used = cell != lever.neutral
            new = np.where(used, np.maximum(cell, amount), new)
        booker[groups, column] = np.where(new != cell, policy, booker[groups, column])
        values[groups, column] = np.clip(new, lever.low, lever.high)

    def clear(self, day: int) -> None:
        """Take back all levers of one day."""
        self.values[day], self.booker[day] = NEUTRAL, SCENARIO
        self.aims.values[day], self.aims.booker[day] = AIMED_NEUTRAL, SCENARIO

    def own(self) -> Levers:
        """A copy for one run, in which an operator may write."""
        return replace(
            self,
            values=self.values.copy(),
            booker=self.booker.copy(),
            planned=self.planned.copy(),
            aims=self.aims._replace(values=self.aims.values.copy(), booker=self.aims.booker.copy()),
            operator=None if self.operator is None else self.operator.own(),
        )

    def spend(self, account: str, day: int, amount: int, *, policy: int) -> None:
        """Book planned spending (fen, or minutes on the minutes' accounts) under a policy."""
        self.planned[policy, day, ACCOUNTS.index(account)] += amount
