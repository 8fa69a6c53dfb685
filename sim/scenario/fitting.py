"""Checks that need several values at once, and the shape of policies.

They work on raw values, so that one report can name them together with mistakes of single values.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.errors import UserError
from sim.parameters import by_path
from sim.scenario.platforms import CAPACITY
from sim.scenario.toml_text import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROLES = ("members.leaders", "members.seed_users", "members.administrators", "members.guests")

_DEEPEST = 8  # tables in tables in a policy; no policy needs more than two


def contradictions(values: Mapping[str, object]) -> list[UserError]:
    """Values that are fine alone and impossible together.

    Args:
        values: Raw values by dotted path; what is missing has its default, what is not a whole
            number within its range is somebody else's mistake and silences the checks that need it.

    Returns:
        One error a contradiction; ``keys`` lists the paths involved, the most telling first.
    """
    return [*_roles(values), *_capacity(values), *_places(values)]


def _count(values: Mapping[str, object], path: str) -> int | None:
    info = by_path()[path]
    value = values.get(path, info.default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not info.low <= value <= info.high or not float(value).is_integer():
        return None
    return int(value)


def _roles(values: Mapping[str, object]) -> Iterator[UserError]:
    roles = [_count(values, path) for path in ROLES]
    initial = _count(values, "members.initial")
    owners = _count(values, "groups.number")  # one account a group
    known = [role for role in roles if role is not None]
    if initial is None or owners is None or len(known) < len(roles):
        return
    total = sum(known) + owners
    if total > initial:
        leaders, seed_users, administrators, guests = known
        yield UserError(
            "contradiction",
            "roles",
            keys=("members.initial", *ROLES, "groups.number"),
            leaders=leaders,
            seed_users=seed_users,
            administrators=administrators,
            guests=guests,
            owner=owners,
            total=total,
            initial=initial,
        )


def _capacity(values: Mapping[str, object]) -> Iterator[UserError]:
    platform = values.get("platform", "wechat")
    capacity = _count(values, "groups.capacity")
    if capacity is None or not isinstance(platform, str) or platform not in CAPACITY:
        return
    if capacity > CAPACITY[platform]:
        larger = next(name for name, places in CAPACITY.items() if places >= capacity)
        yield UserError(
            "out_of_range",
            "platform_capacity",
            key="groups.capacity",
            keys=("groups.capacity", "platform"),
            value=capacity,
            platform=platform,
            low=int(by_path()["groups.capacity"].low),
            high=CAPACITY[platform],
            other=larger,
            other_high=CAPACITY[larger],
        )


def _places(values: Mapping[str, object]) -> Iterator[UserError]:
    number = _count(values, "groups.number")
    capacity = _count(values, "groups.capacity")
    initial = _count(values, "members.initial")
    if number is None or capacity is None or initial is None:
        return
    if number * capacity < initial:
        yield UserError(
            "contradiction",
            "places",
            keys=("members.initial", "groups.capacity", "groups.number"),
            groups=number,
            capacity=capacity,
            places=number * capacity,
            initial=initial,
        )


def policy_mistakes(value: object) -> list[UserError]:
    """Whether ``policies`` is a list of tables with ``use``, of values that a file can hold.

    What the tables say is checked where policies are known.
    """
    if not isinstance(value, list | tuple):
        return [UserError("wrong_form", "policies", key="policies", value=written(value))]
    errors = []
    for index, entry in enumerate(value):
        path = f"policies.{index}"
        if not isinstance(entry, dict):
            errors.append(UserError("wrong_form", "policies", key=path, value=written(entry)))
            continue
        use = entry.get("use")
        if not isinstance(use, str) or not use:
            errors.append(UserError("wrong_form", "policy_use", key=path))
        errors += [
            UserError("wrong_form", "policy_value", key=where, value=written(item))
            for where, item in _unwritable(entry, path)
        ]
    return errors


def _unwritable(value: object, path: str, depth: int = 0) -> Iterator[tuple[str, object]]:
    """What neither JSON nor our TOML can hold: dates, NaN, broken text, foreign objects."""
    if depth > _DEEPEST:
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(key, str) and _encodable(key):
                yield from _unwritable(item, f"{path}.{key}", depth + 1)
            else:
                yield path, key
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _unwritable(item, f"{path}.{index}", depth + 1)
    elif not _plain(value):
        yield path, value


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return _encodable(value)
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, bool | int)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True
