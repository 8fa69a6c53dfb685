"""One target of the validation: what was published, what the model gives, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Verdict = Literal["hit", "partly", "miss"]

Mark = Literal["calibrated", "put in", "seen", "emergent"]
"""How independent a target is: parameters were fitted to it; the number is a mechanism's own
coefficient, so that meeting it proves only that the code is right; a result was looked at before
the form or a constant was changed for other reasons; nobody touched it."""

FIRST_SEED = 30_000_000
"""Seeds of the validation begin here; whoever calibrates stays below 10,000,000. The seeds between
were looked at in two earlier validations, before the last changes of parameters."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One row of the table of hits and misses.

    Attributes:
        key: Number of the target in the table of published figures, ``V1`` ...
        statement: What is measured.
        band: What was published, with its spread, in words.
        values: What the model gives, by name.
        verdict: Whether all, some or none of it holds.
        mark: How independent the target is.
        note: What a reader must know to judge it.
    """

    key: str
    statement: str
    band: str
    values: Mapping[str, float]
    verdict: Verdict
    mark: Mark
    note: str = ""


def judge(*tests: bool) -> Verdict:
    """``hit`` if all tests hold, ``miss`` if none does, ``partly`` otherwise."""
    if all(tests):
        return "hit"
    return "partly" if any(tests) else "miss"


def within(value: float | None, low: float, high: float) -> bool:
    """Whether a value is known and lies in a closed band."""
    return value is not None and low <= value <= high
