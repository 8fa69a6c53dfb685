"""Which policies there are: every module of this package, and what other distributions add."""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
from functools import cache
from importlib import metadata

import sim.policies as package
from sim.errors import UserError
from sim.policies.base import Policy

GROUP = "qunsim.policies"
"""Entry-point group of policies from elsewhere; the entry's name is the policy's key."""


@cache
def _own() -> dict[str, type[Policy]]:
    found: dict[str, type[Policy]] = {}
    for entry in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(entry.name)
        for policy in vars(module).values():
            if _is_policy(policy) and policy.__module__ == entry.name:
                found[policy.key] = policy
    return dict(sorted(found.items(), key=lambda item: _order(item[1])))


def _is_policy(value: object) -> bool:
    return (
        inspect.isclass(value)
        and issubclass(value, Policy)
        and not inspect.isabstract(value)
        and hasattr(value, "key")
    )


def _order(policy: type[Policy]) -> tuple[str, int]:
    """Handbook order: D2 before D10."""
    first = policy.handbook[0] if policy.handbook else "Z0"
    return first[0], int(first[1:])


def _foreign() -> dict[str, metadata.EntryPoint]:
    return {entry.name: entry for entry in metadata.entry_points(group=GROUP)}


def own_policies() -> tuple[type[Policy], ...]:
    """The policies of this package, in the handbook's order."""
    return tuple(_own().values())


def policy_keys() -> tuple[str, ...]:
    """Keys of all policies: qunsim's own in the handbook's order, then others by name."""
    own = _own()
    return (*own, *sorted(key for key in _foreign() if key not in own))


def policy_class(key: str) -> type[Policy]:
    """The policy of a key; qunsim's own come first.

    Raises:
        UserError: ``not_found``/``policy`` with the nearest key; ``policy_failed``/``import`` if
            one from elsewhere cannot be imported or is no policy.
    """
    if key in _own():
        return _own()[key]
    entry = _foreign().get(key)
    if entry is None:
        near = difflib.get_close_matches(key, policy_keys(), n=1, cutoff=0.6)
        raise UserError("not_found", "policy", name=key, suggestion=near[0] if near else None)
    try:
        policy = entry.load()
    except Exception as error:
        raise UserError("policy_failed", "import", policy=key, detail=_told(error)) from error
    if not _is_policy(policy):
        raise UserError(
            "policy_failed", "import", policy=key, detail=f"{entry.value}: not a Policy"
        )
    loaded: type[Policy] = policy
    return loaded


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
