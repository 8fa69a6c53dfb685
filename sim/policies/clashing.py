"""Pairs of policies that are allowed together and work against each other.

Each pair is told as a caution and simulated as it is written: what comes of it is the day's to
decide. Why two clash follows from what they write: two prices of one thing are one lever, of which
the larger value counts; codes limit the invitations that a reward asks for; who comes by an open
door needs no code and mostly reads without speaking (46 to 82 % never post: Nonnecke and Preece
2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sim.policies.operating import Planned


@dataclass(frozen=True)
class Clash:
    """Some policies that clash with one.

    Attributes:
        text: Its text in the catalogue of words, ``warning.*``.
        one: Key of a policy.
        others: Keys of the policies that it clashes with.
        applies: Whether two policies clash as they are set.
    """

    text: str
    one: str
    others: tuple[str, ...]
    applies: Callable[[Any, Any], bool] = lambda _one, _other: True


_OPEN_DOORS = ("qr_channel", "partnership", "paid_ads", "giveaway")

CLASHES = (
    Clash("warning.clash_codes", "invitation_code", ("friend_referral", "personal_invitation")),
    Clash("warning.clash_door", "invitation_code", _OPEN_DOORS),
    Clash(
        "warning.clash_places", "invitation_code", ("seed_promotion",),
        lambda one, other: other.places > 0 and other.places != one.codes,
    ),
    Clash("warning.clash_silent", "pruning", _OPEN_DOORS),
    Clash(
        "warning.clash_entry", "paid_entry", ("entry_threshold",),
        lambda one, other: other.fee not in {0.0, one.price},
    ),
    Clash(
        "warning.clash_price", "paid_course", ("free_course",),
        lambda one, other: other.price not in {0.0, one.price},
    ),
    Clash(
        "warning.clash_price", "goods_sale", ("agents", "commission"),
        lambda one, other: other.price not in {0.0, one.price},
    ),
    Clash(
        "warning.clash_margin", "affiliate", ("goods_sale", "agents", "commission"),
        lambda _one, other: other.price > 0.0,
    ),
)  # fmt: skip


def clashing(planned: Sequence[Planned]) -> Iterator[tuple[str, dict[str, object]]]:
    """The clashes among the policies of a run: text and values, each pair of keys once."""
    told = set()
    for clash in CLASHES:
        for one in planned:
            for other in planned:
                pair = (clash.text, one.policy.key, other.policy.key)
                if pair in told or one.policy.key != clash.one:
                    continue
                if other.policy.key in clash.others and _meet(one, other, clash):
                    told.add(pair)
                    yield clash.text, {"policy": one.policy.key, "other": other.policy.key}


def _meet(one: Planned, other: Planned, clash: Clash) -> bool:
    """Whether both are there on one day in one group, and clash as they are set."""
    if one.policy.is_off or other.policy.is_off:
        return False
    first = max(one.calendar.start, other.calendar.start)
    groups = not one.groups or not other.groups or {*one.groups} & {*other.groups}
    together = first < min(one.calendar.end, other.calendar.end) and bool(groups)
    return together and clash.applies(one.policy, other.policy)
